/**
 * Follows one resource through one function, from where it is acquired (or received) to every exit.
 *
 * The abstract domain is stated in `obligation-state.ts`. This file says what each event does to it;
 * what a call does is decided in `call-effects.ts`.
 */
import ts from "typescript";
import { anyElement } from "../flow/build-graph.ts";
import { type Edge, type FlowEvent, type FlowGraph, valueOf } from "../flow/graph.ts";
import { solveForward, type Start } from "../flow/solve.ts";
import { bindingKey } from "../flow/syntax.ts";
import type { ResourceKind } from "../resources/kind.ts";
import {
  type AccessPath,
  extend,
  isSymbol,
  keyOf,
  pathOf,
  type Root,
  thisRoot,
} from "./access-path.ts";
import { type CallEffect, callEffect, capturedByValue, sourceMember } from "./call-effects.ts";
import { isPromiseAll, promiseAllElements } from "./promise-combinators.ts";
import { callsIn } from "./calls-in.ts";
import { refine } from "./conditions.ts";
import type { Environment } from "./environment.ts";
import { updateGuards } from "./known-conditions.ts";
import {
  absent,
  copyAliases,
  type Disjunct,
  Ended,
  hasAlias,
  includes,
  isAbsent,
  join,
  killAliases,
  membersBehind,
  mergeDisjuncts,
  reaches,
  recover,
  type State,
  type Strength,
  weaken,
} from "./obligation-state.ts";
import type { Summaries } from "./summaries.ts";

/** What is followed, and as what. */
export interface Tracked {
  readonly kind: ResourceKind;
  readonly graph: FlowGraph;
  readonly starts: readonly Start<State>[];
  /** The acquiring call; undefined when the resource comes in as a parameter or a captured variable. */
  readonly site: ts.Node | undefined;
  /** The call in whose value the resource comes, when it runs again the value is another resource. */
  readonly call: ts.Node | undefined;
  /** Fields of `this` are followed as names of the resource instead of counting as another owner. */
  readonly followsFields?: true;
}

/** A point where the last name of a live resource went away. */
export interface Loss {
  readonly node: ts.Node;
  readonly disjunct: Disjunct;
}

export interface Outcome {
  /** The function was too entangled to be followed: nothing can be said. */
  readonly unknown: boolean;
  readonly atEnd: State;
  readonly atThrow: State;
  readonly atAbandon: State;
  readonly losses: readonly Loss[];
  /** Below which members of the returned value the resource was found, as joined paths. */
  readonly returnedAs: ReadonlySet<string>;
  /** Returns of a type that hides how to release the resource. */
  readonly hiddenReturns: readonly ts.Node[];
  /** Calls that only look like a release, or release the wrong way. */
  readonly wrongReleases: readonly ts.CallExpression[];
  /** `pipe` calls that leave the resource open when the other stream fails. */
  readonly pipes: readonly ts.CallExpression[];
  /** Returned promises of several resources that lose the others when one rejects. */
  readonly siblings: readonly ts.Node[];
  /** Sets of fields of `this` that were its only names while its acquisition was awaited. */
  readonly pendingIn: readonly (readonly string[])[];
  /** Some disjunct was armed: the resource owed something at all. */
  readonly owed: boolean;
}

const nothing: Outcome = {
  unknown: false,
  atEnd: absent,
  atThrow: absent,
  atAbandon: absent,
  losses: [],
  returnedAs: new Set(),
  hiddenReturns: [],
  wrongReleases: [],
  pipes: [],
  siblings: [],
  pendingIn: [],
  owed: false,
};

export const unknownOutcome: Outcome = { ...nothing, unknown: true };

/** Follows the resource; never throws for code that TypeScript can parse. */
export function trackObligation(
  tracked: Tracked,
  environment: Environment,
  summaries: Summaries,
): Outcome {
  return new Tracker(tracked, environment, summaries).run();
}

interface Step {
  readonly normal: State;
  readonly thrown: State | undefined;
}

/** What the parts of the tracker and the call effects know of the resource that is followed. */
export interface TrackingContext {
  readonly tracked: Tracked;
  readonly environment: Environment;
  readonly summaries: Summaries;
  readonly isLocal: (root: Root) => boolean;
}

class Tracker {
  private readonly tracked: Tracked;
  private readonly environment: Environment;
  private readonly context: TrackingContext;
  private readonly losses = new Map<string, Loss>();
  private readonly returnedAs = new Set<string>();
  private readonly hiddenReturns = new Set<ts.Node>();
  private readonly wrongReleases = new Set<ts.CallExpression>();
  private readonly siblings = new Set<ts.Node>();
  private readonly pendingIn = new Map<string, readonly string[]>();
  private readonly pipes = new Set<ts.CallExpression>();
  private readonly inConstructor: boolean;

  constructor(tracked: Tracked, environment: Environment, summaries: Summaries) {
    this.tracked = tracked;
    this.environment = environment;
    this.inConstructor =
      ts.isConstructorDeclaration(tracked.graph.unit) && tracked.site === undefined;
    this.context = { tracked, environment, summaries, isLocal: (root) => this.isLocal(root) };
  }

  run(): Outcome {
    const { graph, starts, kind } = this.tracked;
    let owed = kind.armedBy === undefined;
    const conditions = {
      resolve: this.environment.resolve,
      isTypeGuard: (call: ts.CallExpression) => this.environment.types.isTypeGuard(call),
      releasedWhen: kind.releasedWhen ?? [],
    };
    const states = solveForward<State>(starts, {
      isBottom: isAbsent,
      join,
      includes,
      transfer: (state, event) => {
        const step = this.event(state, event);
        owed ||= step.normal.held.some((disjunct) => disjunct.armed);
        return step;
      },
      follow: (state: State, edge: Edge) => {
        const { condition } = edge;
        if (condition === undefined) return state;
        const held = state.held.flatMap(
          (disjunct) => refine(disjunct, condition, conditions) ?? [],
        );
        return { held: mergeDisjuncts(held), ended: state.ended };
      },
    });
    if (states === undefined) return unknownOutcome;
    const at = (block: FlowGraph["end"]): State => states.get(block) ?? absent;
    return {
      unknown: false,
      atEnd: this.inConstructor ? this.leaveConstructor(at(graph.end)) : at(graph.end),
      atThrow: at(graph.thrown),
      atAbandon: at(graph.abandoned),
      losses: [...this.losses.values()],
      returnedAs: this.returnedAs,
      hiddenReturns: [...this.hiddenReturns],
      wrongReleases: [...this.wrongReleases],
      pipes: [...this.pipes],
      siblings: [...this.siblings],
      pendingIn: [...this.pendingIn.values()],
      owed,
    };
  }

  /** What a constructor stored in `this` is part of the new object, like a member of a result. */
  private leaveConstructor(state: State): State {
    const self: AccessPath = { root: thisRoot, members: [] };
    const held: Disjunct[] = [];
    let { ended } = state;
    for (const disjunct of state.held) {
      if (this.recordReturn(disjunct, self)) ended |= Ended.returned;
      else held.push(disjunct);
    }
    return { held, ended };
  }

  private event(state: State, event: FlowEvent): Step {
    switch (event.kind) {
      case "call":
        return this.call(state, event);
      case "assign":
        return this.quiet(state, (disjunct) => this.assign(disjunct, event));
      case "value":
        return this.quiet(state, (disjunct) => this.value(disjunct, event));
      case "return":
        return this.quiet(state, (disjunct) => this.return(disjunct, event));
      case "await":
        return this.await(state, event);
      case "throw":
        return { normal: state, thrown: this.thrown(state, "likely", event.node) };
      case "yield":
        return this.quiet(state, (disjunct) => {
          const given = event.value !== undefined && this.isGiven(disjunct, event.value);
          return given ? ended(Ended.kept) : keeps(disjunct);
        });
      case "dispose":
        return this.dispose(state, event);
      case "recovered":
        return {
          normal: { held: mergeDisjuncts(state.held.map(recover)), ended: state.ended },
          thrown: undefined,
        };
      case "iterate":
        return this.quiet(state, (disjunct) => this.iterate(disjunct, event.value));
      case "closure":
        return { normal: state, thrown: undefined };
    }
  }

  /** Applies an event that cannot throw. */
  private quiet(state: State, apply: (disjunct: Disjunct) => Applied): Step {
    const held: Disjunct[] = [];
    let bits = state.ended;
    for (const disjunct of state.held) {
      const applied = apply(disjunct);
      held.push(...applied.held);
      bits |= applied.ended;
    }
    return { normal: { held: mergeDisjuncts(held), ended: bits }, thrown: undefined };
  }

  private thrown(state: State, strength: Strength, node: ts.Node): State {
    return {
      held: state.held.map((disjunct) => weaken(disjunct, strength, node)),
      ended: state.ended,
    };
  }

  // ---- calls

  private call(state: State, event: Extract<FlowEvent, { kind: "call" }>): Step {
    const held: Disjunct[] = [];
    const thrownHeld: Disjunct[] = [];
    let bits = state.ended;
    let thrownBits = state.ended;
    const throws = this.context.summaries.throwStrength(event);
    for (const disjunct of state.held) {
      const updated = updateGuards(disjunct, event, this.environment);
      const again = this.forgetEarlierTurn(updated, event.node);
      if (again === undefined) continue;
      const effect = callEffect(again, event, this.context);
      this.note(effect, event.node);
      const applied = this.disarmed(again, effect) ?? applyEffect(again, effect);
      held.push(...applied.held);
      bits |= applied.ended;
      if (effect.onThrow === "ends")
        thrownBits |= effect.ended === 0 ? Ended.released : effect.ended;
      else {
        const strength = effect.throws === "never" ? undefined : (effect.throws ?? throws);
        const arming = effect.arms === true ? { ...again, armed: true } : again;
        if (strength !== undefined) thrownHeld.push(weaken(arming, strength, event.node));
      }
    }
    const mayThrow = throws !== undefined || thrownHeld.length > 0 || thrownBits !== state.ended;
    return {
      normal: { held: mergeDisjuncts(held), ended: bits },
      thrown: mayThrow ? { held: mergeDisjuncts(thrownHeld), ended: thrownBits } : undefined,
    };
  }

  /** When the acquiring call runs again, the value of its expression is the new resource. */
  private forgetEarlierTurn(disjunct: Disjunct, node: ts.Node): Disjunct | undefined {
    if (node !== this.tracked.call) return disjunct;
    return this.killOrLose(disjunct, { root: node, members: [] }, node);
  }

  /** What is armed by a call can be armed again after its release. */
  private disarmed(disjunct: Disjunct, effect: CallEffect): Applied | undefined {
    if (this.tracked.kind.armedBy === undefined || effect.stays || effect.ended !== Ended.released)
      return undefined;
    return { held: [{ ...disjunct, armed: false }], ended: disjunct.armed ? Ended.released : 0 };
  }

  private note(effect: CallEffect, node: ts.Node): void {
    if (!ts.isCallExpression(node)) return;
    if (effect.wrongRelease === true) this.wrongReleases.add(node);
    if (effect.pipes === true) this.pipes.add(node);
  }

  /** Iterating the resource, or what reads it, to its end releases it. */
  private iterate(disjunct: Disjunct, value: ts.Expression): Applied {
    if (this.tracked.kind.automatic?.iteration !== true) return keeps(disjunct);
    const path = pathOf(value, this.environment.resolve);
    const read = hasAlias(disjunct, path) || hasAlias(disjunct, extend(path, [sourceMember]));
    return read ? ended(Ended.released) : keeps(disjunct);
  }

  // ---- values

  private assign(before: Disjunct, event: Extract<FlowEvent, { kind: "assign" }>): Applied {
    const { resolve } = this.environment;
    const target = pathOf(event.target, resolve);
    if (this.isDefaultNotTaken(before, event)) return ended(0);
    const disjunct = this.armedByAssignment(before, target);
    const guarded = updateGuards(disjunct, event, this.environment);
    const source =
      event.from === undefined ? undefined : extend(pathOf(event.from, resolve), event.path);
    const stored = source !== undefined && reaches(guarded, source);
    const storesCapture =
      !stored &&
      event.from !== undefined &&
      !ts.isParameter(event.from) &&
      capturedByValue(guarded, event.from, this.context);
    if (!this.isLocal(target.root)) {
      return stored || storesCapture ? ended(Ended.kept) : this.killed(guarded, target, event.node);
    }
    if (target.members.length > 0 && (stored || storesCapture) && !this.isOwnContainer(target)) {
      return ended(Ended.kept);
    }
    if (storesCapture && target.members.length > 0) return ended(Ended.kept);
    if (source === undefined || !stored) return this.killed(guarded, target, event.node);
    if (keyOf(source) === keyOf(target)) return keeps(guarded);
    // Copy first: `h = wrap(h)` must not lose h before its new name is known. An element that may be
    // any element replaces none for sure.
    const base = target.members.includes(anyElement)
      ? guarded
      : killUnless(guarded, target, source);
    const held = copyAliases(base, source, target);
    return this.isGivenAway(held, source) ? ended(Ended.kept) : keeps(held);
  }

  /** `{ h = open() }`: a default is for what is not given, so the resource is not what is there. */
  private isDefaultNotTaken(
    disjunct: Disjunct,
    { from, node }: Extract<FlowEvent, { kind: "assign" }>,
  ): boolean {
    for (let at = node; ts.isBindingElement(at) || ts.isParameter(at); at = at.parent.parent) {
      if (at.initializer !== undefined && at.initializer === from) {
        const given = this.boundPath(at);
        return given !== undefined && reaches(disjunct, given);
      }
      if (ts.isParameter(at)) return false;
    }
    return false;
  }

  /** The path of what a parameter or a part of a destructuring pattern is given. */
  private boundPath(element: ts.BindingElement | ts.ParameterDeclaration): AccessPath | undefined {
    if (ts.isParameter(element)) {
      return pathOf(
        ts.isIdentifier(element.name) ? element.name : element,
        this.environment.resolve,
      );
    }
    const pattern = element.parent;
    const owner = pattern.parent;
    if (element.dotDotDotToken !== undefined) return undefined;
    const key = ts.isArrayBindingPattern(pattern)
      ? String(pattern.elements.indexOf(element))
      : bindingKey(element);
    const value = ts.isVariableDeclaration(owner)
      ? owner.initializer && pathOf(owner.initializer, this.environment.resolve)
      : this.boundPath(owner);
    return value === undefined || key === undefined ? undefined : extend(value, [key]);
  }

  /** `const s = connect(port, () => resolve(s))`: the acquiring call was given who owns its result. */
  private isGivenAway(disjunct: Disjunct, source: AccessPath): boolean {
    const { call } = this.tracked;
    if (call === undefined || source.root !== call || source.members.length > 0) return false;
    if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return false;
    return (
      call.arguments?.some((argument) => capturedByValue(disjunct, argument, this.context)) === true
    );
  }

  /** `port.onmessage = …` starts what a call would start. */
  private armedByAssignment(disjunct: Disjunct, target: AccessPath): Disjunct {
    const member = target.members.at(-1);
    if (member === undefined || this.tracked.kind.armedBy?.includes(member) !== true)
      return disjunct;
    const owner: AccessPath = { root: target.root, members: target.members.slice(0, -1) };
    return hasAlias(disjunct, owner) ? { ...disjunct, armed: true } : disjunct;
  }

  private killed(disjunct: Disjunct, target: AccessPath, node: ts.Node): Applied {
    if (target.members.includes(anyElement)) return keeps(disjunct);
    const rest = this.killOrLose(disjunct, target, node);
    return rest === undefined ? ended(0) : keeps(rest);
  }

  /** Takes a name away; when it was the last one, the resource is lost here. */
  private killOrLose(disjunct: Disjunct, target: AccessPath, node: ts.Node): Disjunct | undefined {
    const rest = killAliases(disjunct, target);
    if (rest === disjunct) return disjunct;
    const named = [...rest.aliases.values()].some((alias) => !isStaleTemporary(alias, node));
    if (named) return rest;
    if (disjunct.armed) {
      const key = `${String(node.pos)}:${String(node.end)}`;
      if (this.losses.get(key)?.disjunct.strength !== "sure")
        this.losses.set(key, { node, disjunct });
    }
    return undefined;
  }

  private value(disjunct: Disjunct, event: Extract<FlowEvent, { kind: "value" }>): Applied {
    const from = pathOf(event.from, this.environment.resolve);
    const whole: AccessPath = { root: event.node, members: [] };
    const to = event.member === undefined ? whole : extend(whole, [event.member]);
    const stale =
      event.member === undefined && isLiteral(event.node) ? disjunct : killAliases(disjunct, to);
    // A value that is only computed anew keeps whatever else names the resource.
    const base = stale.aliases.size === 0 ? disjunct : stale;
    return keeps(copyAliases(base, from, to));
  }

  private return(disjunct: Disjunct, event: Extract<FlowEvent, { kind: "return" }>): Applied {
    const { value } = event;
    if (value !== undefined && !this.isResultIgnored()) {
      const path = pathOf(value, this.environment.resolve);
      const hidden =
        this.hides(disjunct, value, path) && !capturedByValue(disjunct, value, this.context);
      if (this.recordReturn(disjunct, path)) {
        // Returned beside the function that releases it: whoever has that is the owner.
        if (!hasAlias(disjunct, path) && capturedByValue(disjunct, value, this.context)) {
          return ended(Ended.returned | Ended.kept);
        }
        if (hidden) this.hiddenReturns.add(event.node);
        if (isPromiseAll(value) && !hasAlias(disjunct, path)) this.siblings.add(event.node);
        return ended(hidden ? Ended.returned | Ended.hidden : Ended.returned);
      }
      if (capturedByValue(disjunct, value, this.context)) return ended(Ended.kept);
    }
    return keeps({ ...disjunct, exits: [event.node] });
  }

  /** `forEach((path) => open(path))`: nobody takes what the callback returns. */
  private isResultIgnored(): boolean {
    const { unit } = this.tracked.graph;
    if (!ts.isArrowFunction(unit) && !ts.isFunctionExpression(unit)) return false;
    return (
      ts.isCallExpression(unit.parent) && this.environment.types.isExpectedToReturnNothing(unit)
    );
  }

  /** The result type of the function has none of the members that release the resource. */
  private hides(disjunct: Disjunct, value: ts.Expression, path: AccessPath): boolean {
    const { unit } = this.tracked.graph;
    if (this.tracked.site === undefined || !ts.isFunctionLike(unit)) return false;
    const methods = this.tracked.kind.release.flatMap((release) =>
      "method" in release ? [release.method] : [],
    );
    if (methods.length === 0) return false;
    const { types } = this.environment;
    const whole =
      types.declaredResult(unit) ?? (isCast(value) ? types.valueType(value) : undefined);
    if (whole === undefined) return false;
    return membersBehind(disjunct, path).every((members) => {
      let type: ts.Type | undefined = whole;
      for (const member of members) type = type && types.memberType(type, member);
      return type !== undefined && this.lacksRelease(type, methods);
    });
  }

  private lacksRelease(type: ts.Type, methods: readonly string[]): boolean {
    const { types } = this.environment;
    if ((type.flags & ts.TypeFlags.Unknown) !== 0) return true;
    if (types.isAny(type) || types.isPrimitive(type)) return false;
    // Who iterates to the end releases, and so does leaving the loop.
    if (types.isIterable(type)) return false;
    const carried = types.disposeSymbols(type);
    if (carried.dispose || carried.asyncDispose) return false;
    return types
      .constituents(type)
      .every((part) => methods.every((method) => types.member(part, method) === undefined));
  }

  private recordReturn(disjunct: Disjunct, path: AccessPath): boolean {
    const found = membersBehind(disjunct, path);
    for (const members of found) this.returnedAs.add(members.join("."));
    return found.length > 0;
  }

  private isGiven(disjunct: Disjunct, value: ts.Expression): boolean {
    return (
      reaches(disjunct, pathOf(value, this.environment.resolve)) ||
      capturedByValue(disjunct, value, this.context)
    );
  }

  private await(state: State, event: Extract<FlowEvent, { kind: "await" }>): Step {
    const strength = this.context.summaries.rejectStrength(event.value);
    const path = pathOf(event.value, this.environment.resolve);
    const normal: State = {
      held: state.held.map((disjunct) => updateGuards(disjunct, event, this.environment)),
      ended: state.ended,
    };
    for (const disjunct of state.held) this.notePending(disjunct, path);
    if (strength === undefined) return { normal, thrown: undefined };
    const held = state.held.flatMap((disjunct) => {
      const members = membersBehind(disjunct, path);
      // `once(r, …)` rejects with the error of r, and an emitter that failed has ended.
      if (this.awaitsEventOf(disjunct, event.value)) return [];
      // A rejected acquisition acquired nothing.
      if (members.some((one) => one.length === 0 || one[0] === sourceMember)) return [];
      const element = members.find((one) => one.length > 0)?.[0];
      const sibling =
        element === undefined ? strength : this.siblingRejects(event.value, element, strength);
      return sibling === undefined ? [] : [weaken(disjunct, sibling, event.node)];
    });
    return { normal, thrown: { held, ended: state.ended } };
  }

  private awaitsEventOf(disjunct: Disjunct, value: ts.Expression): boolean {
    const call = valueOf(value);
    if (ts.isNewExpression(call)) return this.failsWith(disjunct, call);
    if (!ts.isCallExpression(call) || this.environment.recogniser.calleeName(call) !== "once")
      return false;
    const [emitter] = call.arguments;
    return emitter !== undefined && hasAlias(disjunct, pathOf(emitter, this.environment.resolve));
  }

  /** `new Promise((resolve, reject) => r.once("error", reject))` rejects when r itself fails. */
  private failsWith(disjunct: Disjunct, promise: ts.NewExpression): boolean {
    return callsIn(promise).some(({ expression, arguments: args }) => {
      if (!ts.isPropertyAccessExpression(expression) || !/^(?:on|once)$/.test(expression.name.text))
        return false;
      const [event] = args ?? [];
      const isError =
        event !== undefined && ts.isStringLiteralLike(event) && event.text === "error";
      return isError && hasAlias(disjunct, pathOf(expression.expression, this.environment.resolve));
    });
  }

  /** `await this.pending`: whoever ends the object meanwhile finds the resource only there. */
  private notePending(disjunct: Disjunct, awaited: AccessPath): void {
    if (this.tracked.followsFields !== true || !hasAlias(disjunct, awaited)) return;
    const fields = [...disjunct.aliases.values()].flatMap(({ root, members }) =>
      root === thisRoot && members.length === 1 ? members : [],
    );
    if (fields.length > 0) this.pendingIn.set(fields.join(), fields);
  }

  /** `Promise.all([a, b])` rejects with `a` in hand when `b` does. */
  private siblingRejects(
    value: ts.Expression,
    element: string,
    otherwise: Strength,
  ): Strength | undefined {
    const elements = promiseAllElements(value);
    if (elements === undefined) return otherwise;
    const strengths = elements.flatMap((one, index) =>
      String(index) === element
        ? []
        : [ts.isSpreadElement(one) ? "likely" : this.context.summaries.rejectStrength(one)],
    );
    if (strengths.includes("likely")) return "likely";
    return strengths.includes("possible") ? "possible" : undefined;
  }

  private dispose(state: State, event: Extract<FlowEvent, { kind: "dispose" }>): Step {
    const { name } = event.node;
    if (!ts.isIdentifier(name)) return { normal: state, thrown: undefined };
    const path = pathOf(name, this.environment.resolve);
    const held = state.held.filter((disjunct) => !reaches(disjunct, path));
    const bits = held.length < state.held.length ? state.ended | Ended.released : state.ended;
    const normal: State = { held, ended: bits };
    // A stack throws what its elements throw, and one that was moved from has none.
    const isStack = this.environment.recogniser
      .kindOfType(this.environment.types.typeOf(name))
      ?.id.startsWith("js.");
    return {
      normal,
      thrown: isStack === true ? undefined : this.thrown(normal, "possible", event.node),
    };
  }

  // ---- places

  /** The root is a value or a variable of this very function, so what it holds dies with the call. */
  private isLocal(root: Root): boolean {
    if (root === thisRoot) return this.inConstructor || this.tracked.followsFields === true;
    if (!isSymbol(root)) return true;
    const { declarations } = root;
    const { graph } = this.tracked;
    return (
      declarations?.some((declaration) => {
        const owner = enclosingFunction(declaration, graph.inlined);
        return owner === graph.unit && !ts.isSourceFile(owner);
      }) === true
    );
  }

  /** A member of a local object that this function made from a literal, or of `this` in a constructor. */
  private isOwnContainer(path: AccessPath): boolean {
    if (path.root === thisRoot) return true;
    if (!isSymbol(path.root)) return true;
    const declaration = path.root.declarations?.find(ts.isVariableDeclaration);
    const { initializer } = declaration ?? {};
    if (initializer === undefined) return false;
    return ts.isObjectLiteralExpression(initializer) || ts.isArrayLiteralExpression(initializer);
  }
}

interface Applied {
  readonly held: readonly Disjunct[];
  readonly ended: number;
}

function applyEffect(disjunct: Disjunct, effect: CallEffect): Applied {
  if (!effect.stays) return ended(effect.ended);
  let result = effect.arms === true ? { ...disjunct, armed: true } : disjunct;
  for (const { from, to } of effect.copies) result = copyAliases(result, from, to);
  return { held: [result], ended: effect.ended };
}

function keeps(disjunct: Disjunct): Applied {
  return { held: [disjunct], ended: 0 };
}

function ended(bits: number): Applied {
  return { held: [], ended: bits };
}

function killUnless(disjunct: Disjunct, target: AccessPath, source: AccessPath): Disjunct {
  const rest = killAliases(disjunct, target);
  return reaches(rest, source) ? rest : disjunct;
}

/** A temporary names the resource only while the statement that computes it runs. */
function isStaleTemporary(alias: AccessPath, node: ts.Node): boolean {
  if (isSymbol(alias.root) || alias.root === thisRoot) return false;
  return alias.root.pos < node.pos || alias.root.end > node.end;
}

function isCast(value: ts.Expression): boolean {
  return (
    ts.isAsExpression(value) ||
    ts.isTypeAssertionExpression(value) ||
    (ts.isParenthesizedExpression(value) && isCast(value.expression))
  );
}

function isLiteral(node: ts.Node): boolean {
  return ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);
}

/** The function, static block or file whose graph the node's events belong to. */
export function enclosingFunction(node: ts.Node, inlined: ReadonlySet<ts.Node>): ts.Node {
  // The members of an imported module belong to a declaration that is a whole file.
  if (ts.isSourceFile(node)) return node;
  let current: ts.Node = node.parent;
  while (!ts.isSourceFile(current)) {
    if (
      (ts.isFunctionLike(current) && !inlined.has(current)) ||
      ts.isClassStaticBlockDeclaration(current)
    )
      return current;
    current = current.parent;
  }
  return current;
}
