/**
 * Functions that captured the resource: what calling one does, and whether a value holds one that
 * will release it.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import { pathOf } from "./access-path.ts";
import { closuresIn } from "./closures.ts";
import { type CallEffect, fromSummary } from "./effects.ts";
import { type Disjunct, hasAlias } from "./obligation-state.ts";
import { isReleaseMethod } from "./releases.ts";
import type { TrackingContext } from "./tracking.ts";

/** `cleanup()` where `cleanup` is a function of this file that captured the resource. */
export function calledClosure(
  disjunct: Disjunct,
  callee: ts.Expression,
  context: TrackingContext,
): CallEffect | undefined {
  if (!ts.isIdentifier(callee)) return undefined;
  for (const closure of closuresIn(callee, context.environment)) {
    const effect = context.summaries.captureEffect(closure, disjunct, context.tracked.kind);
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
    const effect = context.summaries.captureEffect(closure, disjunct, context.tracked.kind);
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
