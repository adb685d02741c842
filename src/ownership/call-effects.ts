/**
 * What one call does to one resource: release it, arm it, take it over, give it another name, or
 * only use it.
 *
 * The order of evidence for an argument: the ways the kind is released, facts of the catalog, the
 * body of the callee, then what is unknown, which the option `unknownCallee` decides.
 */
import ts from "typescript";
import { anyElement } from "../flow/build-graph.ts";
import type { FlowEvent } from "../flow/graph.ts";
import { valueOf } from "../flow/graph.ts";
import { lastPart, matchesPattern, namesOf } from "../resources/catalog-index.ts";
import { hasReleaseMember, isReleaseName } from "../resources/infer-kind.ts";
import type { FunctionFact, ResourceKind } from "../resources/kind.ts";
import { optionHolds } from "../resources/option-conditions.ts";
import { skipWrappers } from "../typescript/types.ts";
import { type AccessPath, extend, pathOf, thisRoot } from "./access-path.ts";
import { closuresIn, mentions } from "./closures.ts";
import { collectionEffect } from "./collections.ts";
import {
  type Disjunct,
  Ended,
  hasAlias,
  membersBehind,
  reaches,
  type Strength,
} from "./obligation-state.ts";
import { hasErrorHandler } from "./pipes.ts";
import { combinatorOf } from "./promise-combinators.ts";
import type { ParameterEffect } from "./summaries.ts";
import type { TrackingContext } from "./track-obligation.ts";

export type CallEvent = Extract<FlowEvent, { kind: "call" }>;

export interface CallEffect {
  /** The obligation is still held behind the call. */
  readonly stays: boolean;
  /** How it ended, on the paths where it did (bits of {@link Ended}). */
  readonly ended: number;
  /** What holds when the call throws: `ends` where the call discharges on that edge too. */
  readonly onThrow: "held" | "ends";
  /** How likely it is that the call throws with the resource held; absent: as for any call of the callee. */
  readonly throws?: Strength | "never";
  readonly arms?: true;
  /** New names of the resource. */
  readonly copies: readonly { readonly from: AccessPath; readonly to: AccessPath }[];
  readonly wrongRelease?: true;
  readonly pipes?: true;
}

/** Stands in a path for what a reader was made of. */
export const sourceMember = "#source";

export const uses: CallEffect = { stays: true, ended: 0, onThrow: "held", copies: [] };
export const released: CallEffect = {
  stays: false,
  ended: Ended.released,
  onThrow: "ends",
  copies: [],
};
export const kept: CallEffect = { stays: false, ended: Ended.kept, onThrow: "ends", copies: [] };

/** @param disjunct under which names the resource is reachable before the call */
export function callEffect(
  disjunct: Disjunct,
  event: CallEvent,
  context: TrackingContext,
): CallEffect {
  const { environment, tracked } = context;
  const callee = skipWrappers(event.callee);
  const name = environment.recogniser.nameOfCallee(callee) ?? "";
  const receiver = receiverOf(callee);
  const receiverPath = receiver && pathOf(receiver, environment.resolve);

  if (receiverPath !== undefined && hasAlias(disjunct, receiverPath)) {
    const effect = methodOnResource(event, callee, name, context);
    if (effect?.stays === false) return effect;
    if (effect !== undefined) {
      return combine(effect, argumentsEffect(disjunct, event, callee, name, receiverPath, context));
    }
  }
  if (releasesByFunction(disjunct, event, callee, name, context)) return released;
  if (
    tracked.kind.release.some((release) => "invoke" in release) &&
    hasAlias(disjunct, pathOf(callee, environment.resolve))
  ) {
    return released;
  }
  if (receiverPath !== undefined && reaches(disjunct, receiverPath)) {
    const effect = methodOnHolder(disjunct, event, callee, receiverPath, name, context);
    if (effect !== uses) return effect;
  }
  const called = calledClosure(disjunct, callee, context) ?? uses;
  return combine(called, argumentsEffect(disjunct, event, callee, name, receiverPath, context));
}

function receiverOf(callee: ts.Expression): ts.Expression | undefined {
  return ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)
    ? callee.expression
    : undefined;
}

// ---- methods of the resource

const listenerMethods = new Set([
  "on",
  "once",
  "addListener",
  "prependListener",
  "addEventListener",
]);

function methodOnResource(
  event: CallEvent,
  callee: ts.Expression,
  name: string,
  context: TrackingContext,
): CallEffect | undefined {
  const { kind } = context.tracked;
  if (ts.isElementAccessExpression(callee)) {
    return context.environment.types.isDisposeKey(callee.argumentExpression) ? released : undefined;
  }
  if (isReleaseMethod(kind, name)) return released;
  if (kind.wrongRelease?.includes(name) === true) return { ...kept, wrongRelease: true };
  if (listenerMethods.has(name) && namesAutomaticEvent(event.args[0], kind)) return released;
  if (kind.armedBy?.includes(name) === true) {
    return {
      ...uses,
      arms: true,
      copies: context.environment.types.returnsThis(event.node as ts.CallExpression)
        ? [toResult(event, receiverOf(callee), context)]
        : [],
    };
  }
  const fact = context.environment.recogniser.functionFact(callee, name);
  if (fact !== undefined) {
    if (takes(fact, "this", event.args)) return kept;
    if (fact.returns === "this")
      return { ...uses, copies: [toResult(event, receiverOf(callee), context)] };
  } else if (kind.automatic?.members?.includes(name) === true) return kept;
  if (name === "pipe" && event.args.length > 0) {
    return hasErrorHandler(event.node as ts.CallExpression, context.environment.resolve)
      ? kept
      : { ...kept, pipes: true };
  }
  const each = kind.release.find((release) => "ofEach" in release && release.ofEach === name);
  if (each !== undefined) {
    const { from, to } = toResult(event, receiverOf(callee), context);
    return { ...uses, copies: [{ from, to: extend(to, [anyElement]) }] };
  }
  if (ts.isCallExpression(event.node) && context.environment.types.returnsThis(event.node)) {
    return { ...uses, copies: [toResult(event, receiverOf(callee), context)] };
  }
  const own = context.summaries.methodEffect(callee, [], kind);
  if (own !== undefined) return fromSummary(own, event, receiverOf(callee), context);
  // A member that the catalog does not know, as a wrapper adds them, and that is called as releases are.
  return isReleaseName(name) && kind.notReleasedBy?.includes(name) !== true ? released : undefined;
}

export function isReleaseMethod(kind: ResourceKind, name: string): boolean {
  return kind.release.some((release) => "method" in release && release.method === name);
}

function namesAutomaticEvent(argument: ts.Expression | undefined, kind: ResourceKind): boolean {
  return (
    argument !== undefined &&
    ts.isStringLiteralLike(argument) &&
    kind.automatic?.events?.includes(argument.text) === true
  );
}

function toResult(
  event: CallEvent,
  from: ts.Expression | undefined,
  context: TrackingContext,
): { from: AccessPath; to: AccessPath } {
  const result: AccessPath = { root: event.node, members: [] };
  return {
    from: from === undefined ? result : pathOf(from, context.environment.resolve),
    to: result,
  };
}

// ---- functions that release

function releasesByFunction(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  name: string,
  context: TrackingContext,
): boolean {
  const { kind } = context.tracked;
  const { environment } = context;
  for (const release of kind.release) {
    if (!("argument" in release) || !namesOf(release).some((one) => lastPart(one) === name))
      continue;
    const argument = event.args[release.argument];
    if (argument === undefined || !hasAlias(disjunct, pathOf(argument, environment.resolve)))
      continue;
    const symbol = environment.types.calleeSymbol(callee);
    if (symbol !== undefined && matchesPattern(release, environment.types.declaredNames(symbol)))
      return true;
  }
  return false;
}

// ---- methods of something that holds the resource

function methodOnHolder(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  receiver: AccessPath,
  name: string,
  context: TrackingContext,
): CallEffect {
  if (listenerMethods.has(name) && hasAlias(disjunct, extend(receiver, [sourceMember])))
    return kept;
  if (!hasAlias(disjunct, receiver)) {
    const collection = collectionEffect(disjunct, event, receiver, name, context);
    if (collection !== undefined) return collection;
    for (const members of membersBehind(disjunct, receiver)) {
      const own = context.summaries.methodEffect(callee, members, context.tracked.kind);
      if (own !== undefined) return fromSummary(own, event, receiverOf(callee), context);
    }
  }
  return uses;
}

// ---- closures that are called by name

/** `cleanup()` where `cleanup` is a function of this file that captured the resource. */
function calledClosure(
  disjunct: Disjunct,
  callee: ts.Expression,
  context: TrackingContext,
): CallEffect | undefined {
  if (!ts.isIdentifier(callee)) return undefined;
  for (const closure of closuresIn(callee, context.environment)) {
    const effect = context.summaries.captureEffect(closure, disjunct, context);
    if (effect === undefined) continue;
    return fromSummary(effect, undefined, undefined, context);
  }
  return undefined;
}

/**
 * Whether the value of an expression holds a function that captured the resource and will release it
 * or pass it on. A function that only uses it takes nothing over: whoever has it cannot release.
 */
export function capturedByValue(
  disjunct: Disjunct,
  expression: ts.Expression,
  context: TrackingContext,
): boolean {
  const { kind } = context.tracked;
  const bound = boundRelease(expression);
  if (
    bound !== undefined &&
    isReleaseMethod(kind, bound.name) &&
    hasAlias(disjunct, pathOf(bound.receiver, context.environment.resolve))
  ) {
    return true;
  }
  for (const closure of closuresIn(expression, context.environment)) {
    const effect = context.summaries.captureEffect(closure, disjunct, context);
    if (effect === undefined) continue;
    if (effect.unknown || effect.normalEnded !== 0) return true;
  }
  return false;
}

/** `h.close` or `h.close.bind(h)` as a value. */
function boundRelease(
  expression: ts.Expression,
): { name: string; receiver: ts.Expression } | undefined {
  let node = valueOf(expression);
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === "bind"
  ) {
    node = valueOf(node.expression.expression);
  }
  return ts.isPropertyAccessExpression(node)
    ? { name: node.name.text, receiver: node.expression }
    : undefined;
}

// ---- arguments

function argumentsEffect(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  name: string,
  receiver: AccessPath | undefined,
  context: TrackingContext,
): CallEffect {
  let effect = uses;
  event.args.forEach((argument, index) => {
    const value = ts.isSpreadElement(argument) ? argument.expression : argument;
    if (!mentions(value, disjunct, context.environment)) return;
    const path = pathOf(value, context.environment.resolve);
    const members = membersBehind(disjunct, path);
    if (members.length > 0) {
      effect = combine(
        effect,
        givenEffect(disjunct, event, callee, name, receiver, index, path, members, context),
      );
    } else if (capturedByValue(disjunct, value, context)) {
      effect = combine(effect, kept);
    }
  });
  return effect;
}

function combine(a: CallEffect, b: CallEffect): CallEffect {
  if (a === uses) return b;
  if (b === uses) return a;
  return {
    ...a,
    ...b,
    stays: a.stays && b.stays,
    ended: a.ended | b.ended,
    onThrow: a.onThrow === "ends" || b.onThrow === "ends" ? "ends" : "held",
    copies: [...a.copies, ...b.copies],
  };
}

function unknownCallee(context: TrackingContext): CallEffect {
  return context.environment.unknownCallee === "owns" ? kept : uses;
}

/** The resource itself, or something that holds it at `members`, is passed as argument `index`. */
function givenEffect(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  name: string,
  receiver: AccessPath | undefined,
  index: number,
  path: AccessPath,
  members: readonly (readonly string[])[],
  context: TrackingContext,
): CallEffect {
  const { environment, summaries, tracked } = context;
  const result: AccessPath = { root: event.node, members: [] };
  const combined = combinatorEffect(event, path);
  if (combined !== undefined) return combined;
  const collected = collectionEffect(disjunct, event, receiver, name, context, { index, path });
  if (collected !== undefined) return collected;
  const fact = environment.recogniser.functionFact(callee, name);
  if (fact !== undefined) {
    if (takes(fact, index, event.args, members)) return kept;
    const { reads } = fact;
    if (reads?.argument === index && members.some((inner) => inner[0] === reads.property)) {
      const source = extend(result, [sourceMember]);
      return { ...uses, copies: [{ from: extend(path, [reads.property]), to: source }] };
    }
    if (fact.returns === index) return { ...uses, copies: [{ from: path, to: result }] };
    if (listensToEnd(event, index, tracked.kind)) return released;
    return uses;
  }
  const bodies = summaries.bodies(event);
  if (bodies.length > 0) {
    const effects = members.map((inner) =>
      summaries.argumentEffect(bodies, index, inner, tracked.kind),
    );
    return effects
      .map((effect) =>
        constructionOwns(fromSummary(effect, event, event.args[index], context), event, context),
      )
      .reduce(combine, uses);
  }
  const symbol = environment.types.calleeSymbol(callee);
  if (symbol !== undefined && environment.recogniser.isClosedWorld(symbol)) {
    return listensToEnd(event, index, tracked.kind) ? released : uses;
  }
  if (ts.isNewExpression(event.node)) {
    const type = environment.types.typeOf(event.node);
    if (!environment.types.isAny(type) && hasReleaseMember(type, environment.types)) return kept;
  }
  return unknownCallee(context);
}

/** `Promise.all(rs)` holds what its argument holds; the late loser of a race is not followed here. */
function combinatorEffect(event: CallEvent, path: AccessPath): CallEffect | undefined {
  const combinator = combinatorOf(event.node);
  const result: AccessPath = { root: event.node, members: [] };
  switch (combinator) {
    case undefined:
      return undefined;
    case "all":
      return { ...uses, copies: [{ from: path, to: result }] };
    case "allSettled":
      return {
        ...uses,
        copies: [{ from: extend(path, [anyElement]), to: extend(result, [anyElement, "value"]) }],
      };
    case "race":
    case "any":
      return kept;
  }
}

/** `once(child, "exit")` and `finished(stream)` watch the end of what they are given. */
function listensToEnd(event: CallEvent, index: number, kind: ResourceKind): boolean {
  return index === 0 && namesAutomaticEvent(event.args[1], kind);
}

/** An object that is itself a resource owns what its constructor stored in it. */
function constructionOwns(
  effect: CallEffect,
  event: CallEvent,
  context: TrackingContext,
): CallEffect {
  if (!ts.isNewExpression(event.node) || effect.copies.length === 0) return effect;
  const { recogniser, types } = context.environment;
  const acquired = recogniser
    .acquisitions(event.node)
    .some((one) => one.freshness !== "body" && one.kind.weak !== true);
  const owner = acquired || recogniser.kindOfType(types.typeOf(event.node)) !== undefined;
  return owner ? { ...kept, onThrow: effect.onThrow } : effect;
}

function takes(
  fact: FunctionFact,
  argument: number | "this",
  args: readonly ts.Expression[],
  members: readonly (readonly string[])[] = [[]],
): boolean {
  const taken = fact.takes?.some((one) => {
    if (one === "all") return argument !== "this";
    if (typeof one === "object") {
      return one.argument === argument && members.some((path) => path[0] === one.property);
    }
    return one === argument;
  });
  if (taken !== true) return false;
  return (fact.unless ?? []).every((condition) => optionHolds(condition, args) !== true);
}

// ---- summaries as effects

/** What `super(…)` makes is `this`. */
function resultOf(event: CallEvent): AccessPath {
  const isSuper = event.callee.kind === ts.SyntaxKind.SuperKeyword;
  return { root: isSuper ? thisRoot : event.node, members: [] };
}

function fromSummary(
  effect: ParameterEffect,
  event: CallEvent | undefined,
  given: ts.Expression | undefined,
  context: TrackingContext,
): CallEffect {
  if (effect.unknown) return unknownCallee(context);
  const copies =
    event === undefined || given === undefined
      ? []
      : [...effect.returnedAs].map((member) => ({
          from: pathOf(given, context.environment.resolve),
          to: extend(resultOf(event), member === "" ? [] : member.split(".")),
        }));
  // An owner that keeps it on some path is an owner; that it may not is for strict readers.
  const mayKeep =
    (effect.normalEnded & Ended.kept) !== 0 && context.environment.unknownCallee === "owns";
  const stays = !mayKeep && (effect.normalHeld || (effect.normalEnded & Ended.returned) !== 0);
  const endsOnThrow = effect.thrownHeld === undefined && effect.thrownEnded !== 0;
  return {
    stays,
    ended: effect.normalEnded & ~Ended.returned,
    onThrow: endsOnThrow ? "ends" : "held",
    throws: effect.thrownHeld ?? "never",
    copies,
  };
}
