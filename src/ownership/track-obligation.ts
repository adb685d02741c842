/**
 * Follows one resource through one function, from where it is acquired (or received) to every exit.
 *
 * The abstract domain is stated in `obligation-state.ts`. This file says what each event does to it;
 * what a call does is decided in `call-effects.ts`.
 */
import ts from "typescript";
import type { Edge, EdgeCondition, FlowEvent, FlowGraph } from "../flow/graph.ts";
import { solveForward } from "../flow/solve.ts";
import { namesClassOf } from "../resources/feature-tests.ts";
import { skipWrappers } from "../typescript/syntax.ts";
import { extend, pathOf } from "./access-path.ts";
import { callEffect } from "./call-effects.ts";
import { capturedByValue, handedOverBehind } from "./captured.ts";
import { listedByKey, storedByLoop } from "./collections.ts";
import { refine } from "./conditions.ts";
import { type CallEffect, type CallEvent, receiverOf, sourceMember } from "./effects.ts";
import type { Environment } from "./environment.ts";
import { updateGuards } from "./known-conditions.ts";
import {
  absent,
  copyAliases,
  dropBehind,
  type Disjunct,
  Ended,
  giveBackAnother,
  hasAlias,
  includes,
  isAbsent,
  join,
  maximalDisjuncts,
  mergeDisjuncts,
  reaches,
  recover,
  sameDisjuncts,
  type State,
  type Strength,
  takeAnother,
  weaken,
} from "./obligation-state.ts";
import { isLocalRoot } from "./places.ts";
import type { Summaries } from "./summaries.ts";
import { strengthOfThrow } from "./unexpected-throws.ts";
import { assign, isStaleTemporary, killElement, killOrLose, value } from "./track-assignments.ts";
import { awaitEvent } from "./track-awaits.ts";
import { leaveConstructor, returnEvent } from "./track-returns.ts";
import {
  type Applied,
  ended,
  keeps,
  Notes,
  type Outcome,
  type Step,
  type Tracked,
  type TrackingContext,
  unknownOutcome,
} from "./tracking.ts";

/** Follows the resource; never throws for code that TypeScript can parse. */
export function trackObligation(
  tracked: Tracked,
  environment: Environment,
  summaries: Summaries,
): Outcome {
  return new Tracker(tracked, environment, summaries).run();
}

class Tracker {
  private readonly tracked: Tracked;
  private readonly environment: Environment;
  private readonly context: TrackingContext;
  private readonly notes = new Notes();

  constructor(tracked: Tracked, environment: Environment, summaries: Summaries) {
    this.tracked = tracked;
    this.environment = environment;
    const inConstructor =
      ts.isConstructorDeclaration(tracked.graph.unit) && tracked.site === undefined;
    this.context = {
      tracked,
      environment,
      summaries,
      inConstructor,
      notes: this.notes,
      isLocal: (root) => isLocalRoot(root, tracked, inConstructor),
    };
  }

  run(): Outcome {
    const { graph, starts, kind } = this.tracked;
    let owed = kind.armedBy === undefined;
    const conditions = {
      resolve: this.environment.resolve,
      isTypeGuard: (call: ts.CallExpression) => this.environment.types.isTypeGuard(call),
      isFeature: (expression: ts.Expression) =>
        namesClassOf(kind, expression, this.environment.types),
      releasedWhen: kind.releasedWhen ?? [],
      isAlwaysThere: (expression: ts.Expression) =>
        this.environment.types.isNeverNullish(expression),
      listedByKey: (listing: ts.Expression) => listedByKey(listing, this.environment),
      storedByLoop,
      releaseMethods: kind.release.flatMap((release) =>
        "method" in release ? [release.method] : [],
      ),
      // What is released by its own methods is an object.
      typeOf: kind.release.every((release) => "method" in release) ? "object" : undefined,
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
        let bits = state.ended;
        const held = state.held.flatMap((disjunct) => {
          const refined = refine(disjunct, condition, conditions);
          if (refined === undefined || !this.isCutOff(refined, condition)) return refined ?? [];
          bits |= Ended.kept;
          return [];
        });
        return changed(state, held, bits);
      },
    });
    if (states === undefined) return unknownOutcome;
    const at = (block: FlowGraph["end"]): State => states.get(block) ?? absent;
    return {
      unknown: false,
      atEnd: this.context.inConstructor
        ? leaveConstructor(at(graph.end), this.context)
        : at(graph.end),
      atThrow: at(graph.thrown),
      atAbandon: at(graph.abandoned),
      losses: [...this.notes.losses.values()],
      returnedAs: this.notes.returnedAs,
      releasers: this.notes.releasers,
      releasedBy: [...this.notes.releasedBy],
      hiddenReturns: [...this.notes.hiddenReturns],
      wrongReleases: [...this.notes.wrongReleases],
      pipes: [...this.notes.pipes],
      siblings: [...this.notes.siblings],
      pendingIn: [...this.notes.pendingIn.values()],
      namedAtReturn: [...this.notes.namedAtReturn.values()],
      guessed: this.notes.guessed,
      owed,
    };
  }

  /** Who listens to something that may be missing says so for the sake of the types: it is there. */
  private isCutOff(disjunct: Disjunct, condition: EdgeCondition): boolean {
    return (
      condition.kind === "nullish" &&
      condition.is &&
      this.environment.unknownCallee === "owns" &&
      handedOverBehind(disjunct, condition.test, this.context)
    );
  }

  private event(state: State, event: FlowEvent): Step {
    switch (event.kind) {
      case "call":
        return this.call(state, event);
      case "assign":
        return this.quiet(state, (disjunct) => assign(disjunct, event, this.context));
      case "value":
        return this.quiet(state, (disjunct) => value(disjunct, event, this.context));
      case "return":
        return this.quiet(state, (disjunct) => returnEvent(disjunct, event, this.context));
      case "await":
        return awaitEvent(state, event, this.context);
      case "throw":
        return {
          normal: state,
          thrown: this.thrown(
            state,
            strengthOfThrow(event.node, this.environment) ?? "possible",
            event.node,
          ),
        };
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
    return { normal: changed(state, held, bits), thrown: undefined };
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
      const rest = this.forgetEarlierTurn(updated, event.node);
      if (rest === undefined) continue;
      const again = this.takesAnother(rest, event) ? takeAnother(rest) : rest;
      if (event.node === this.tracked.lostAt) {
        if (again.armed) this.notes.lost(event.node, again);
        continue;
      }
      const effect = callEffect(again, event, this.context);
      this.note(effect, event.node);
      // Who gives back, or takes over, one of several references leaves the others.
      const others = effect.stays ? undefined : giveBackAnother(again);
      if (others !== undefined) {
        held.push(others);
        continue;
      }
      const applied =
        this.disarmed(again, effect) ??
        this.dropped(again, effect, event.node) ??
        this.removed(applyEffect(again, effect), effect, event.node);
      const owes = this.tracked.owesAfter?.has(event.node) === true;
      held.push(...(owes ? applied.held.map((one) => ({ ...one, armed: true })) : applied.held));
      bits |= applied.ended;
      if (effect.onThrow === "ends")
        thrownBits |= effect.ended === 0 ? Ended.released : effect.ended;
      else {
        const strength = effect.throws === "never" ? undefined : (effect.throws ?? throws);
        const arms = effect.arms === true && effect.failsClean !== true;
        const arming = arms ? { ...again, armed: true } : again;
        if (strength !== undefined) thrownHeld.push(weaken(arming, strength, event.node));
      }
    }
    const mayThrow = throws !== undefined || thrownHeld.length > 0 || thrownBits !== state.ended;
    return {
      normal: changed(state, held, bits),
      thrown: mayThrow ? { held: mergeDisjuncts(thrownHeld), ended: thrownBits } : undefined,
    };
  }

  /** When the acquiring call runs again, the value of its expression is the new resource. */
  private forgetEarlierTurn(disjunct: Disjunct, node: ts.Node): Disjunct | undefined {
    if (node !== this.tracked.call) return disjunct;
    return killOrLose(disjunct, { root: node, members: [] }, node, this.context);
  }

  /** `buffer.retain()`: there is one more reference to give back. */
  private takesAnother(disjunct: Disjunct, { node, callee }: CallEvent): boolean {
    const { kind } = this.tracked;
    if (kind.counted !== true || !ts.isCallExpression(node)) return false;
    const receiver = receiverOf(skipWrappers(callee));
    if (receiver === undefined) return false;
    if (!hasAlias(disjunct, pathOf(receiver, this.environment.resolve))) return false;
    return this.environment.recogniser
      .acquisitions(node)
      .some((one) => one.freshness !== "body" && one.ofReceiver === true);
  }

  /** What is armed by a call can be armed again after its release. */
  private disarmed(disjunct: Disjunct, effect: CallEffect): Applied | undefined {
    if (this.tracked.kind.armedBy === undefined || effect.stays || effect.ended !== Ended.released)
      return undefined;
    return { held: [{ ...disjunct, armed: false }], ended: disjunct.armed ? Ended.released : 0 };
  }

  private removed(applied: Applied, { removes }: CallEffect, node: ts.Node): Applied {
    if (removes === undefined || this.tracked.losesElements !== true) return applied;
    const held = applied.held.flatMap(
      (disjunct) => killElement(disjunct, removes, node, this.context) ?? [],
    );
    return { ...applied, held };
  }

  /** A collection lets go of the resource; where that was its last name it is lost. */
  private dropped(disjunct: Disjunct, effect: CallEffect, node: ts.Node): Applied | undefined {
    if (effect.drops === undefined) return undefined;
    const { path, oneOfMany, how } = effect.drops;
    const rest = dropBehind(disjunct, path);
    const named = [...rest.aliases.values()].some((alias) => !isStaleTemporary(alias, node));
    if (!named && disjunct.armed) this.notes.lost(node, disjunct, how);
    if (oneOfMany === true) return keeps(disjunct);
    return named ? keeps(rest) : ended(0);
  }

  private note(effect: CallEffect, node: ts.Node): void {
    if (!ts.isCallExpression(node)) return;
    if (!effect.stays && effect.ended === Ended.released) this.notes.releasedBy.add(node);
    if (effect.wrongRelease === true) this.notes.wrongReleases.add(node);
    if (effect.pipes === true) this.notes.pipes.add(node);
  }

  /** Iterating the resource, or what reads it, to its end releases it. */
  private iterate(disjunct: Disjunct, value: ts.Expression): Applied {
    if (this.tracked.kind.automatic?.iteration !== true) return keeps(disjunct);
    const path = pathOf(value, this.environment.resolve);
    const read = hasAlias(disjunct, path) || hasAlias(disjunct, extend(path, [sourceMember]));
    return read ? ended(Ended.released) : keeps(disjunct);
  }

  // ---- values

  private isGiven(disjunct: Disjunct, value: ts.Expression): boolean {
    return (
      reaches(disjunct, pathOf(value, this.environment.resolve)) ||
      capturedByValue(disjunct, value, this.context)
    );
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
}

/** A state with other disjuncts; itself where they are the same, as behind most events. */
function changed(state: State, held: readonly Disjunct[], ended: number): State {
  const isSame = held.length <= maximalDisjuncts && sameDisjuncts(held, state.held);
  return isSame && ended === state.ended ? state : { held: mergeDisjuncts(held), ended };
}

function applyEffect(disjunct: Disjunct, effect: CallEffect): Applied {
  if (!effect.stays) return ended(effect.ended);
  let result = effect.arms === true ? { ...disjunct, armed: true } : disjunct;
  for (const { from, to } of effect.copies) result = copyAliases(result, from, to);
  return { held: [result], ended: effect.ended };
}
