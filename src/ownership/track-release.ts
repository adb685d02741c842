/**
 * Follows one resource past its release: is it used, released again or handed out although it is
 * released on every path that leads there?
 *
 * Domain. The disjuncts of `obligation-state.ts`, read otherwise: `armed` says that the resource is
 * alive, or that it cannot be told; a disjunct that is not armed is released, and `via` says where.
 * A release disarms the disjuncts that have the released name; whatever may revive the resource, or
 * decides something about it, arms them. A disjunct that is alive and lost its last name stays, and
 * one that is released and lost it is dropped. Being kept by somebody else ends nothing here.
 *
 * Join. As there; two disjuncts that are merged are alive if one of them is. A fault is one only
 * where no disjunct is alive, so every loss of knowledge is towards silence. Unsound towards noise
 * only where an alias of a released resource is given something else by code that cannot be seen:
 * names that such code can reach are forgotten at every call that may run it.
 */
import ts from "typescript";
import { anyElement, type Block, type Edge, type FlowEvent, mayThrow } from "../flow/graph.ts";
import { solveForward } from "../flow/solve.ts";
import {
  type AccessPath,
  callerRoot,
  extend,
  isSymbol,
  keyOf,
  pathOf,
  thisRoot,
} from "./access-path.ts";
import { callEffect } from "./call-effects.ts";
import { captures, closuresIn } from "./closures.ts";
import { refine } from "./conditions.ts";
import type { CallEvent } from "./effects.ts";
import type { Environment } from "./environment.ts";
import { updateGuards } from "./known-conditions.ts";
import {
  copyAliases,
  type Disjunct,
  hasAlias,
  includes,
  isAbsent,
  join,
  killAliases,
  mergeDisjuncts,
  reaches,
  type State,
} from "./obligation-state.ts";
import { isLocalRoot } from "./places.ts";
import { type Handling, handlingOf, worksWith } from "./released-uses.ts";
import type { Summaries } from "./summaries.ts";
import { Notes, type Tracked, type TrackingContext } from "./tracking.ts";

export type ReleaseFault =
  /** A member is called, or a function is given it. */
  | "used"
  /** It is released once more, in the same way. */
  | "released-twice"
  /** It is returned, and released before the caller has it. */
  | "returned"
  /** A promise that works with it is returned, and it is released before that settles. */
  | "pending"
  /** Something that outlives the block of its `using` keeps it. */
  | "kept";

export interface WrongUse {
  readonly fault: ReleaseFault;
  readonly node: ts.Node;
  /** The calls and `using` declarations that release it, the first in the source first. */
  readonly releasedAt: readonly ts.Node[];
}

/** What becomes of the resource in one function. */
export interface ReleaseOutcome {
  /** In no particular order; a node has at most one. */
  readonly wrong: readonly WrongUse[];
  /** It is released on every path that ends normally. */
  readonly releases: boolean;
}

/** What functions do with a released resource, or with one they are given, from their summaries. */
export interface HelperFacts {
  /** Released on every path on which the call returns. */
  readonly releasesArgument: (event: CallEvent, disjunct: Disjunct, tracked: Tracked) => boolean;
  /** Used, whatever happens, in a way that needs it alive. */
  readonly usesArgument: (event: CallEvent, disjunct: Disjunct, tracked: Tracked) => boolean;
}

const nothingWrong: ReleaseOutcome = { wrong: [], releases: false };

export function trackRelease(
  tracked: Tracked,
  environment: Environment,
  summaries: Summaries,
  helpers: HelperFacts,
): ReleaseOutcome {
  return new ReleaseTracker(tracked, environment, summaries, helpers).run();
}

class ReleaseTracker {
  private readonly tracked: Tracked;
  private readonly environment: Environment;
  private readonly helpers: HelperFacts;
  private readonly context: TrackingContext;
  private readonly wrong = new Map<ts.Node, WrongUse>();
  /** Returns that hand out the resource, or a promise that works with it, while it is alive. */
  private readonly handedOut = new Map<ts.Node, "returned" | "pending">();
  private readonly stored = new Map<string, ts.Node>();
  private readonly keptClosures = new Set<ts.Node>();

  constructor(
    tracked: Tracked,
    environment: Environment,
    summaries: Summaries,
    helpers: HelperFacts,
  ) {
    this.tracked = tracked;
    this.environment = environment;
    this.helpers = helpers;
    this.context = {
      tracked,
      environment,
      summaries,
      notes: new Notes(),
      inConstructor: false,
      isLocal: (root) => isLocalRoot(root, tracked, false),
    };
  }

  run(): ReleaseOutcome {
    const { graph } = this.tracked;
    const starts = this.tracked.starts.map((start) => ({
      ...start,
      state: { held: start.state.held.map((one) => ({ ...one, via: [] })), ended: 0 },
    }));
    const states = solveForward<State>(starts, {
      isBottom: isAbsent,
      join,
      includes,
      transfer: (state, event) => {
        const held = mergeDisjuncts(this.after(state.held, event));
        // Whatever throws leaves with what was known before it, or with the release it attempted.
        const thrown = mergeDisjuncts([...(releases(held) ? [] : state.held), ...held]);
        return {
          normal: { held, ended: 0 },
          thrown: mayThrow(event) ? { held: thrown, ended: 0 } : undefined,
        };
      },
      follow: (state, edge) => ({
        held: mergeDisjuncts(state.held.flatMap((one) => this.follow(one, edge) ?? [])),
        ended: 0,
      }),
    });
    if (states === undefined) return nothingWrong;
    for (const { block, index, state } of starts) this.judge(block, index, state.held);
    for (const [block, { held }] of states) this.judge(block, 0, held);
    const atEnd = states.get(graph.end)?.held ?? [];
    this.judgeEnd(atEnd);
    return { wrong: [...this.wrong.values()], releases: isReleased(atEnd) };
  }

  // ---- what events do

  private after(held: readonly Disjunct[], event: FlowEvent): readonly Disjunct[] {
    switch (event.kind) {
      case "call":
        // A new value of the acquiring call is another resource.
        return event.node === this.tracked.call
          ? []
          : held.flatMap((one) => this.called(one, event));
      case "assign":
        return held.flatMap((one) => this.assigned(one, event));
      case "value":
        return held.map((one) => {
          const whole: AccessPath = { root: event.node, members: [] };
          const to = event.member === undefined ? whole : extend(whole, [event.member]);
          return copyAliases(one, pathOf(event.from, this.environment.resolve), to);
        });
      case "return":
        return held.map((one) => ({ ...one, exits: [event.node] }));
      case "await":
      case "yield":
        return held.flatMap((one) =>
          this.forgetReachable(updateGuards(one, event, this.environment)),
        );
      case "dispose":
        return held.map((one) => this.disposed(one, event.node));
      case "closure":
      case "iterate":
      case "recovered":
      case "throw":
        return held;
    }
  }

  private called(before: Disjunct, event: CallEvent): readonly Disjunct[] {
    const disjunct = updateGuards(before, event, this.environment);
    const handling = handlingOf(disjunct, event, this.context);
    let next = disjunct;
    for (const { from, to } of callEffect(disjunct, event, this.context).copies)
      next = copyAliases(next, from, to);
    if (handling.does === "releases") {
      return [next.armed ? { ...next, armed: false, via: [event.node] } : next];
    }
    if (handling.does === "revives") {
      if (next.armed && this.helpers.releasesArgument(event, next, this.tracked))
        return [{ ...next, armed: false, via: [event.node] }];
      return [{ ...next, armed: true, via: [] }];
    }
    return this.isHarmlessCallee(event) ? [next] : this.forgetReachable(next);
  }

  /** Code that cannot be seen may run at a call, except in what is known through and through. */
  private isHarmlessCallee(event: CallEvent): boolean {
    const symbol = this.environment.types.calleeSymbol(event.callee);
    return symbol !== undefined && this.environment.recogniser.isClosedWorld(symbol);
  }

  /** Names of a released resource that code elsewhere may have given something else meanwhile. */
  private forgetReachable(disjunct: Disjunct): readonly Disjunct[] {
    if (disjunct.armed) return [disjunct];
    let rest = disjunct;
    for (const alias of disjunct.aliases.values()) {
      if (this.isOutOfReach(alias)) continue;
      rest = killAliases(rest, alias);
    }
    return rest.aliases.size === 0 ? [] : [rest];
  }

  private isOutOfReach({ root, members }: AccessPath): boolean {
    if (members.length > 0) return false;
    if (!isSymbol(root)) return root !== thisRoot && root !== callerRoot;
    return this.context.isLocal(root) && !this.isAssignedByClosure(root);
  }

  private isAssignedByClosure(symbol: ts.Symbol): boolean {
    const { unit } = this.tracked.graph;
    const visit = (node: ts.Node, inClosure: boolean): boolean => {
      if (
        inClosure &&
        ts.isBinaryExpression(node) &&
        node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
        ts.isIdentifier(node.left) &&
        node.left.text === symbol.name
      )
        return true;
      const inside = inClosure || (node !== unit && ts.isFunctionLike(node));
      return ts.forEachChild(node, (child) => visit(child, inside)) ?? false;
    };
    return visit(unit, false);
  }

  private assigned(
    before: Disjunct,
    event: Extract<FlowEvent, { kind: "assign" }>,
  ): readonly Disjunct[] {
    const { resolve } = this.environment;
    const disjunct = updateGuards(before, event, this.environment);
    const target = pathOf(event.target, resolve);
    const source =
      event.from === undefined ? undefined : extend(pathOf(event.from, resolve), event.path);
    if (source !== undefined && keyOf(source) === keyOf(target)) return [disjunct];
    let next = killAliases(disjunct, target);
    // One element of several: which one it is cannot be told.
    const isOne = source !== undefined && !source.members.includes(anyElement);
    if (isOne && reaches(disjunct, source)) {
      next = copyAliases(reaches(next, source) ? next : disjunct, source, target);
      if (disjunct.armed) this.stored.set(keyOf(target), event.node);
    }
    return next.aliases.size === 0 && !next.armed ? [] : [next];
  }

  private disposed(disjunct: Disjunct, declaration: ts.VariableDeclaration): Disjunct {
    const { name } = declaration;
    if (!ts.isIdentifier(name) || !disjunct.armed) return disjunct;
    return hasAlias(disjunct, pathOf(name, this.environment.resolve))
      ? { ...disjunct, armed: false, via: [declaration] }
      : disjunct;
  }

  private follow(disjunct: Disjunct, { condition }: Edge): Disjunct | undefined {
    if (condition === undefined) return disjunct;
    const refined = refine(disjunct, condition, {
      resolve: this.environment.resolve,
      isTypeGuard: (call) => this.environment.types.isTypeGuard(call),
      releasedWhen: disjunct.armed ? (this.tracked.kind.releasedWhen ?? []) : [],
    });
    if (refined === undefined || refined.armed || condition.kind === "element") return refined;
    // A question about the resource: what the answer means for its being released is not known.
    const tests =
      condition.kind === "case" ? [condition.subject, condition.label] : [condition.test];
    return tests.some((test) => this.asksAbout(refined, test))
      ? { ...refined, armed: true, via: [] }
      : refined;
  }

  private asksAbout(disjunct: Disjunct, test: ts.Node): boolean {
    const visit = (node: ts.Node): boolean => {
      if (
        ts.isPropertyAccessExpression(node) &&
        hasAlias(disjunct, pathOf(node.expression, this.environment.resolve))
      )
        return true;
      return ts.forEachChild(node, visit) ?? false;
    };
    return visit(test);
  }

  // ---- what is wrong

  private judge(block: Block, from: number, entry: readonly Disjunct[]): void {
    let held = entry;
    for (const event of block.events.slice(from)) {
      if (held.length === 0) return;
      if (event.kind === "call") this.judgeCall(held, event);
      else if (event.kind === "return") this.judgeReturn(held, event);
      else if (event.kind === "assign") this.noteKeptClosure(held, event);
      held = mergeDisjuncts(this.after(held, event));
      if (event.kind === "throw") return;
    }
  }

  private judgeCall(held: readonly Disjunct[], event: CallEvent): void {
    if (!isReleased(held) || event.node === this.tracked.call) return;
    const faults = held.map((one) => this.faultOfCall(one, event));
    const [fault] = faults;
    if (fault !== undefined && faults.every((one) => one === fault))
      this.note(fault, event.node, held);
  }

  private faultOfCall(disjunct: Disjunct, event: CallEvent): ReleaseFault | undefined {
    const handling = handlingOf(disjunct, event, this.context);
    switch (handling.does) {
      case "uses":
        return "used";
      case "releases":
        return this.repeats(disjunct, handling) ? "released-twice" : undefined;
      case "revives":
        return this.helpers.usesArgument(event, disjunct, this.tracked) ? "used" : undefined;
      case "nothing":
        return undefined;
    }
  }

  /** Only the very same release does harm the second time: `cancel()` before `releaseLock()` does none. */
  private repeats(disjunct: Disjunct, handling: Extract<Handling, { does: "releases" }>): boolean {
    if (this.tracked.kind.releaseTwice !== "throws") return false;
    return disjunct.via.every((node) => {
      if (ts.isVariableDeclaration(node)) return true;
      if (!ts.isCallExpression(node)) return false;
      const name = this.environment.recogniser.calleeName(node);
      return name === handling.by;
    });
  }

  private judgeReturn(
    held: readonly Disjunct[],
    { node, value }: Extract<FlowEvent, { kind: "return" }>,
  ): void {
    if (value === undefined || !held.every((one) => one.armed)) return;
    const path = pathOf(value, this.environment.resolve);
    if (ts.isAwaitExpression(value)) return;
    if (held.every((one) => reaches(one, path)) || this.isClosureOf(held, value))
      this.handedOut.set(node, "returned");
    else if (held.every((one) => worksWith(value, one, this.environment)))
      this.handedOut.set(node, "pending");
  }

  private isClosureOf(held: readonly Disjunct[], value: ts.Expression): boolean {
    return closuresIn(value, this.environment).some((closure) =>
      held.every((one) => captures(closure, one, this.environment)),
    );
  }

  private noteKeptClosure(
    held: readonly Disjunct[],
    event: Extract<FlowEvent, { kind: "assign" }>,
  ): void {
    const { from, target } = event;
    if (from === undefined || ts.isParameter(from)) return;
    if (this.context.isLocal(pathOf(target, this.environment.resolve).root)) return;
    if (this.isClosureOf(held, from)) this.keptClosures.add(event.node);
  }

  private judgeEnd(atEnd: readonly Disjunct[]): void {
    for (const [node, fault] of this.handedOut) {
      const after = atEnd.filter((one) => one.exits.includes(node));
      if (isReleased(after)) this.note(fault, node, after);
    }
    if (!isReleased(atEnd) || !atEnd.every((one) => one.via.every(ts.isVariableDeclaration)))
      return;
    const [first] = atEnd;
    for (const alias of first?.aliases.values() ?? []) {
      const node = this.stored.get(keyOf(alias));
      if (node === undefined || this.context.isLocal(alias.root)) continue;
      if (atEnd.every((one) => hasAlias(one, alias))) this.note("kept", node, atEnd);
    }
    for (const node of this.keptClosures) this.note("kept", node, atEnd);
  }

  private note(fault: ReleaseFault, node: ts.Node, held: readonly Disjunct[]): void {
    if (this.wrong.has(node)) return;
    const releasedAt = [...new Set(held.flatMap((one) => one.via))].sort((a, b) => a.pos - b.pos);
    this.wrong.set(node, { fault, node, releasedAt });
  }
}

/** Nothing else is possible than that it is released. */
function isReleased(held: readonly Disjunct[]): boolean {
  return held.length > 0 && held.every((one) => !one.armed);
}

function releases(held: readonly Disjunct[]): boolean {
  return held.some((one) => !one.armed);
}
