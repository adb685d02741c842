/**
 * Follows what a slot holds through one operation, to every exit. Who else fills the slot while the operation waits is not asked, so
 * that two operations at once may hide a leak and never make one.
 */
import ts from "typescript";
import type { Edge, EdgeCondition, FlowEvent, FunctionWithBody } from "../../flow/graph.ts";
import { solveForward } from "../../flow/solve.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import type { Strength } from "../../ownership/obligation-state.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import { strengthOfThrow } from "../../ownership/unexpected-throws.ts";
import { isInside, skipWrappers } from "../../typescript/syntax.ts";
import type { SlotDeclaration, SlotUse } from "./slots.ts";
import type { Effect, HeldExit, SlotOutcome } from "./slot-outcome.ts";
import {
  asMessage,
  before,
  empty,
  held,
  includes,
  join,
  likely,
  none,
  possible,
  recovered,
  type State,
  strengthOf,
  sure,
  union,
  weaken,
} from "./slot-state.ts";
import { onlyClears, said } from "./slot-conditions.ts";

/** What is followed. */
export interface FollowedSlot {
  readonly declaration: SlotDeclaration;
  readonly uses: readonly SlotUse[];
  /** A list that gathers a message part by part: what it has before the message is whole is needed. */
  readonly gathers?: true;
}

export class SlotFlow {
  private readonly slot: FollowedSlot;
  private readonly environment: Environment;
  private readonly summaries: Summaries;
  private readonly useAt: ReadonlyMap<ts.Node, SlotUse>;
  private readonly effects = new Map<string, Effect | "asked">();
  private readonly ids = new Map<ts.Node, number>();

  constructor(slot: FollowedSlot, environment: Environment, summaries: Summaries) {
    this.slot = slot;
    this.environment = environment;
    this.summaries = summaries;
    this.useAt = new Map(slot.uses.map((use) => [use.node, use]));
  }

  /**
   * Follows the slot from the start of a function to its exits.
   *
   * @param entry what it holds at the start: nothing of this operation, or its message already
   * @returns undefined when the function is too entangled to be followed
   */
  follow(unit: FunctionWithBody, entry: "before" | "held"): SlotOutcome | undefined {
    const run = new Run(unit, entry === "before" ? before : sure, this);
    return run.outcome();
  }

  // ---- what runs need to know

  useOf(target: ts.Expression): SlotUse | undefined {
    return this.useAt.get(skipWrappers(target));
  }

  /** What the call itself does, when it is a use of the slot. */
  useByCall(node: ts.Node): SlotUse | undefined {
    return this.useAt.get(node);
  }

  /** The slot gathers a message, and the test says that something has failed. */
  failsAt(test: ts.Expression): boolean {
    if (this.slot.gathers !== true) return false;
    const { types } = this.environment;
    return types
      .classSymbols(types.valueType(test))
      .some((symbol) =>
        types.declaredNames(symbol).some((one) => one.origin === "global" && one.name === "Error"),
      );
  }

  /** The slot is mentioned in the code, functions inside it left out. */
  readsIn(code: ts.Node, includeFunctions = false): boolean {
    return this.slot.uses.some(
      ({ node, does }) =>
        does === "read" &&
        isInside(node, code) &&
        (includeFunctions || !isInNestedFunction(node, code)),
    );
  }

  /** What a call does to the slot by the bodies it runs; undefined when they do nothing to it. */
  effectOf(event: Extract<FlowEvent, { kind: "call" }>, bit: number): Effect | undefined {
    const bodies = this.summaries.bodies(event).filter((body) => this.mayTouch(body));
    const effects = bodies.map((body) => this.effect(body, bit));
    if (effects.length === 0) return undefined;
    return effects.reduce((a, b) => ({
      end: a.end | b.end,
      thrown: a.thrown | b.thrown,
      readsEarlier: a.readsEarlier || b.readsEarlier,
    }));
  }

  /** The body mentions the slot, or calls a function of the same file that may. */
  private mayTouch(body: FunctionWithBody, seen = new Set<ts.Node>()): boolean {
    if (seen.has(body) || body.getSourceFile() !== this.slot.declaration.getSourceFile())
      return false;
    seen.add(body);
    return this.slot.uses.some(({ node }) => isInside(node, body))
      ? true
      : seen.size < 20 &&
          callsOf(body).some((node) =>
            this.summaries
              .bodies({ kind: "call", node, callee: node.expression, args: node.arguments })
              .some((inner) => this.mayTouch(inner, seen)),
          );
  }

  private effect(body: FunctionWithBody, bit: number): Effect {
    const key = `${this.idOf(body)} ${bit}`;
    const known = this.effects.get(key);
    // A function that calls itself does what its other paths do.
    if (known === "asked") return { end: 0, thrown: 0, readsEarlier: false };
    if (known !== undefined) return known;
    this.effects.set(key, "asked");
    const effect = new Run(body, bit, this).effect();
    this.effects.set(key, effect);
    return effect;
  }

  private idOf(node: ts.Node): number {
    const id = this.ids.get(node) ?? this.ids.size;
    this.ids.set(node, id);
    return id;
  }

  graph(unit: FunctionWithBody): ReturnType<Environment["graph"]> {
    return this.environment.graph(unit);
  }

  throwStrength(event: FlowEvent): Strength | undefined {
    switch (event.kind) {
      case "call":
        return this.summaries.throwStrength(event);
      case "await":
        return this.summaries.rejectStrength(event.value);
      case "throw":
        return strengthOfThrow(event.node, this.environment);
      default:
        return undefined;
    }
  }

  /** A function that is made here, and runs later, empties the slot on some path. */
  clearsLater(code: ts.Node): boolean {
    if (this.slot.uses.some(({ node, does }) => does === "clear" && isInside(node, code)))
      return true;
    return callsOf(code).some((node) =>
      this.summaries
        .bodies({ kind: "call", node, callee: node.expression, args: node.arguments })
        .some((body) => this.mayTouch(body) && (this.effect(body, sure).end & empty) !== 0),
    );
  }
}

/** One function, followed from one state. */
class Run {
  private readonly unit: FunctionWithBody;
  private readonly entry: number;
  private readonly flow: SlotFlow;
  private readsEarlier = false;
  private clears = false;
  private readonly useOf = (node: ts.Expression): SlotUse | undefined => this.flow.useOf(node);

  constructor(unit: FunctionWithBody, entry: number, flow: SlotFlow) {
    this.unit = unit;
    this.entry = entry;
    this.flow = flow;
  }

  effect(): Effect {
    const graph = this.flow.graph(this.unit);
    const states = this.solve();
    // Too entangled: whatever may be, is.
    if (states === undefined) return { end: empty | this.entry, thrown: 0, readsEarlier: true };
    return {
      end: states.get(graph.end)?.bits ?? 0,
      thrown: states.get(graph.thrown)?.bits ?? 0,
      readsEarlier: this.readsEarlier,
    };
  }

  outcome(): SlotOutcome | undefined {
    const graph = this.flow.graph(this.unit);
    const states = this.solve();
    if (states === undefined) return undefined;
    const end = states.get(graph.end);
    const thrown = states.get(graph.thrown);
    const exits: HeldExit[] = [];
    if (end !== undefined && (end.bits & held) !== 0) {
      const strength = (end.bits & sure) !== 0 ? "sure" : strengthOf(end.bits);
      const at =
        strength === "sure" || end.via.size === 0
          ? inOrder(end.returns.size === 0 ? [this.unit] : [...end.returns])
          : inOrder([...end.via]);
      exits.push({ how: strength === "sure" ? "path" : "throw", strength, at, unit: this.unit });
    }
    if (thrown !== undefined && (thrown.bits & held) !== 0) {
      exits.push({
        how: "throw",
        strength: strengthOf(thrown.bits),
        at: inOrder([...thrown.via]),
        unit: this.unit,
      });
    }
    return {
      readsEarlier: this.readsEarlier,
      clears: this.clears,
      endsEmpty: end !== undefined && (end.bits & empty) !== 0,
      exits,
    };
  }

  private solve(): ReturnType<typeof solveForward<State>> {
    const graph = this.flow.graph(this.unit);
    const state: State = { bits: this.entry, returns: none, via: none };
    return solveForward<State>([{ block: graph.entry, index: 0, state }], {
      isBottom: ({ bits }) => bits === 0,
      join,
      includes,
      transfer: (one, event) => this.event(one, event),
      follow: (one, edge) => this.edge(one, edge),
    });
  }

  private event(
    state: State,
    event: FlowEvent,
  ): { readonly normal: State; readonly thrown: State | undefined } {
    if ((state.bits & before) !== 0 && this.reads(event)) this.readsEarlier = true;
    const strength = this.flow.throwStrength(event);
    const thrown = strength === undefined ? undefined : weaken(state, strength, event.node);
    switch (event.kind) {
      case "call":
        return this.call(state, event, thrown);
      case "assign":
        return { normal: this.assign(state, event), thrown };
      case "return":
        return (state.bits & held) === 0
          ? { normal: state, thrown }
          : { normal: { ...state, returns: new Set([event.node]) }, thrown };
      case "recovered":
        return { normal: recovered(state), thrown };
      case "closure":
        return { normal: this.closure(state, event.node), thrown };
      default:
        return { normal: state, thrown };
    }
  }

  private reads(event: FlowEvent): boolean {
    switch (event.kind) {
      case "assign":
        return event.from !== undefined && this.flow.readsIn(event.from);
      case "return":
      case "throw":
      case "await":
      case "yield":
        return event.value !== undefined && this.flow.readsIn(event.value);
      case "closure":
        return this.flow.readsIn(event.node, true);
      case "iterate":
        return this.flow.readsIn(event.value);
      case "value":
        return this.flow.readsIn(event.from);
      case "call":
        return this.flow.readsIn(event.callee) || event.args.some((one) => this.flow.readsIn(one));
      default:
        return false;
    }
  }

  private call(
    state: State,
    event: Extract<FlowEvent, { kind: "call" }>,
    thrown: State | undefined,
  ): { readonly normal: State; readonly thrown: State | undefined } {
    const own = this.flow.useByCall(event.node);
    if (own?.does === "clear") {
      if ((state.bits & held) !== 0) this.clears = true;
      return { normal: { bits: empty, returns: none, via: none }, thrown: undefined };
    }
    // Feeding an object runs code of its own, which may throw before it keeps anything.
    if (own?.does === "fill")
      return { normal: { bits: sure, returns: none, via: none }, thrown: undefined };
    if (own?.does === "complete") {
      return { normal: asMessage(state), thrown };
    }
    let bits = 0;
    let thrownBits = 0;
    let isTouched = false;
    for (const bit of [before, sure, likely, possible, empty]) {
      if ((state.bits & bit) === 0) continue;
      const effect = this.flow.effectOf(event, bit === before || bit === empty ? bit : sure);
      if (effect === undefined) return { normal: state, thrown };
      isTouched = true;
      if (bit === before && effect.readsEarlier) this.readsEarlier = true;
      if ((effect.end & empty) !== 0 && bit !== empty) this.clears = true;
      // What was held before the call keeps how surely control came here.
      const kept = (bit & held) !== 0 && (effect.end & sure) !== 0 ? bit : effect.end & sure;
      bits |= (effect.end & ~sure) | kept;
      // Emptying it counts as soon as it is tried.
      if ((effect.end & held) !== 0 || bit === before) thrownBits |= effect.thrown;
    }
    if (!isTouched) return { normal: state, thrown };
    const normal = (bits & held) === 0 ? { bits, returns: none, via: none } : { ...state, bits };
    const via = union(state.via, new Set([event.node]));
    return {
      normal,
      thrown: thrownBits === 0 ? undefined : { bits: thrownBits, returns: none, via },
    };
  }

  private assign(state: State, { target }: Extract<FlowEvent, { kind: "assign" }>): State {
    const use = this.flow.useOf(target);
    if (use === undefined || use.does === "read") return state;
    if (use.does === "clear") {
      if ((state.bits & held) !== 0) this.clears = true;
      return { bits: empty, returns: none, via: none };
    }
    return { bits: sure, returns: none, via: none };
  }

  /** What empties the slot when the work is done is made here: from now on it is its business. */
  private closure(state: State, node: ts.Node): State {
    if ((state.bits & held) === 0 || !this.flow.clearsLater(node)) return state;
    this.clears = true;
    return { ...state, bits: (state.bits & ~held) | empty };
  }

  private edge(state: State, { condition }: Edge): State {
    if (condition === undefined) return state;
    if (condition.kind !== "truthy" && condition.kind !== "nullish") return state;
    const { test, is } = condition;
    if ((state.bits & before) !== 0 && this.flow.readsIn(test) && !onlyClears(test, this.useOf))
      this.readsEarlier = true;
    if (this.saysFailed(condition)) return asMessage(state);
    const says = said(test, condition.kind === "nullish" ? is : !is, this.useOf);
    if (says === undefined) return state;
    const rest = state.bits & ~held;
    // What holds a message is not empty: this edge is not taken with it.
    if (says === "nothing" || (state.bits & held) === 0) return { ...state, bits: rest };
    return { bits: rest | empty, returns: none, via: none };
  }

  /** What is gathered will not become a whole message any more. */
  private saysFailed({ kind, test, is }: Extract<EdgeCondition, { test: ts.Expression }>): boolean {
    return is === (kind === "truthy") && this.flow.failsAt(test);
  }
}

function inOrder(nodes: readonly ts.Node[]): readonly ts.Node[] {
  return [...nodes].sort((a, b) => a.pos - b.pos || a.end - b.end);
}

function isInNestedFunction(node: ts.Node, code: ts.Node): boolean {
  for (let current = node; current !== code; current = current.parent)
    if (current !== node && ts.isFunctionLike(current)) return true;
  return false;
}

function callsOf(code: ts.Node): readonly ts.CallExpression[] {
  return callsIn(code).filter((one) => ts.isCallExpression(one));
}
