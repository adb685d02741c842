/**
 * What a method does to the resource it is called on, or to what its receiver holds.
 */
import ts from "typescript";
import { anyElement } from "../flow/build-graph.ts";
import { isRetainingName } from "../resources/counted.ts";
import { isReleaseName } from "../resources/infer-kind.ts";
import { type AccessPath, extend, pathOf } from "./access-path.ts";
import { takes } from "./argument-effects.ts";
import { collectionEffect } from "./collections.ts";
import {
  type CallEffect,
  type CallEvent,
  fromSummary,
  kept,
  receiverOf,
  released,
  sourceMember,
  uses,
} from "./effects.ts";
import { type Disjunct, hasAlias, membersBehind } from "./obligation-state.ts";
import { hasErrorHandler } from "./pipes.ts";
import { isReleaseMethod, namesAutomaticEvent } from "./releases.ts";
import { reachesSender } from "./told-emitters.ts";
import type { TrackingContext } from "./tracking.ts";

const listenerMethods = new Set([
  "on",
  "once",
  "addListener",
  "prependListener",
  "addEventListener",
]);

/** A method of the resource itself; undefined where it says nothing of it. */
export function methodOnResource(
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
  // What is not armed yet will be watched when it is.
  if (listenerMethods.has(name) && namesAutomaticEvent(event.args[0], kind))
    return kind.armedBy === undefined ? released : kept;
  if (kind.armedBy?.includes(name) === true) {
    const steps = name === "next" && kind.automatic?.iteration === true;
    if (steps && isExpectedToFail(event.node)) return released;
    return {
      ...uses,
      arms: true,
      ...(kind.failsClean?.includes(name) === true && { failsClean: true as const }),
      ...(steps && overByThrowing),
      copies: context.environment.types.returnsThis(event.node as ts.CallExpression)
        ? [toResult(event, receiverOf(callee), context)]
        : [],
    };
  }
  const fact = context.environment.recogniser.functionFact(callee, name);
  if (fact !== undefined && takes(fact, "this", event.args)) return kept;
  const mayEnd = fact === undefined || fact.returns === "this";
  if (mayEnd && kind.automatic?.members?.includes(name) === true) return kept;
  if (fact?.returns === "this")
    return { ...uses, copies: [toResult(event, receiverOf(callee), context)] };
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
  // A slice with a reference of its own is another value, however equal the types are.
  if (kind.counted === true && isRetainingName(name)) return uses;
  // `a.add(b)` of a tensor is another tensor, however equal the types are.
  if (
    ts.isCallExpression(event.node) &&
    context.environment.types.returnsThis(event.node) &&
    !context.environment.recogniser.makesKnownResource(event.node)
  ) {
    return { ...uses, copies: [toResult(event, receiverOf(callee), context)] };
  }
  const own = context.summaries.methodEffect(callee, [], kind);
  if (own !== undefined) return fromSummary(own, event, receiverOf(callee), context);
  // A member that the catalog does not know, as a wrapper adds them, and that is called as releases are.
  return isReleaseName(name) && kind.notReleasedBy?.includes(name) !== true ? released : undefined;
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

/** A generator that throws is over, so nothing is held then. */
const overByThrowing = { throws: "never" } as const;

/** `assert.rejects(rows.next())`: who is given the promise of the next value expects it to fail. */
function isExpectedToFail(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && node.parent.expression !== node;
}

/** A method of something that holds the resource. */
export function methodOnHolder(
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
    const isHeard =
      listenerMethods.has(name) &&
      event.args.some((argument) => reachesSender(argument, context.environment));
    if (isHeard) return kept;
    const collection = collectionEffect(disjunct, event, receiver, name, context);
    if (collection !== undefined) return collection;
    // One resource under several names: what is done to it under any of them is done.
    const effects = membersBehind(disjunct, receiver).flatMap((members) => {
      const own = context.summaries.methodEffect(callee, members, context.tracked.kind);
      return own === undefined ? [] : [fromSummary(own, event, receiverOf(callee), context)];
    });
    const effect = effects.find(({ stays }) => !stays) ?? effects[0];
    if (effect !== undefined) return effect;
  }
  return uses;
}
