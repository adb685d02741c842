/**
 * Awaits: what a rejected promise leaves held.
 */
import ts from "typescript";
import { type FlowEvent, valueOf } from "../flow/graph.ts";
import { type AccessPath, keyOf, pathOf } from "./access-path.ts";
import { callsIn } from "./calls-in.ts";
import { capturedByValue } from "./captured.ts";
import { sourceMember } from "./effects.ts";
import type { Environment } from "./environment.ts";
import { updateGuards } from "./known-conditions.ts";
import {
  type Disjunct,
  Ended,
  hasAlias,
  membersBehind,
  type State,
  type Strength,
  weaken,
} from "./obligation-state.ts";
import { promiseAllElements } from "./promise-combinators.ts";
import type { Step, TrackingContext } from "./tracking.ts";

/**
 * `child.exited.then(() => { if (!restarting) file.close(); });`: a promise that is a member of something
 * tells of an event, and who has something done then has handed it over, as with a listener.
 */
function isHandedToEvent(
  disjunct: Disjunct,
  { node }: Extract<FlowEvent, { kind: "await" }>,
  context: TrackingContext,
): boolean {
  if (!ts.isPropertyAccessExpression(node) || context.environment.unknownCallee !== "owns")
    return false;
  const then = node.parent;
  const call = then.parent;
  return (
    ts.isPropertyAccessExpression(then) &&
    ts.isCallExpression(call) &&
    call.expression === then &&
    ts.isExpressionStatement(call.parent) &&
    call.arguments.some((argument) => capturedByValue(disjunct, argument, context))
  );
}

export function awaitEvent(
  state: State,
  event: Extract<FlowEvent, { kind: "await" }>,
  context: TrackingContext,
): Step {
  const given = state.held.filter((disjunct) => isHandedToEvent(disjunct, event, context));
  if (given.length > 0) {
    const held = state.held.filter((disjunct) => !given.includes(disjunct));
    return { normal: { held, ended: state.ended | Ended.kept }, thrown: undefined };
  }
  const strength = context.summaries.rejectStrength(event.value);
  const path = pathOf(event.value, context.environment.resolve);
  const normal: State = {
    held: state.held.map((disjunct) => updateGuards(disjunct, event, context.environment)),
    ended: state.ended,
  };
  for (const disjunct of state.held) notePending(disjunct, path, context);
  if (strength === undefined) return { normal, thrown: undefined };
  const held = state.held.flatMap((disjunct) => {
    const members = membersBehind(disjunct, path);
    // `once(r, …)` rejects with the error of r, and an emitter that failed has ended.
    if (awaitsEventOf(disjunct, event.value, context)) return [];
    if (stepsGenerator(disjunct, event.value, context)) return [];
    if (failsClean(disjunct, event.value, context))
      return [{ ...weaken(disjunct, strength, event.node), armed: false }];
    // A rejected acquisition acquired nothing.
    if (members.length > 0 && path.root === context.tracked.call) return [];
    if (members.some((one) => one.length === 0 || one[0] === sourceMember)) return [];
    const element = members.find((one) => one.length > 0)?.[0];
    const sibling =
      element === undefined ? strength : siblingRejects(event.value, element, strength, context);
    return sibling === undefined ? [] : [weaken(disjunct, sibling, event.node)];
  });
  return { normal, thrown: { held, ended: state.ended } };
}

function awaitsEventOf(
  disjunct: Disjunct,
  value: ts.Expression,
  context: TrackingContext,
): boolean {
  const call = valueOf(value);
  if (ts.isNewExpression(call)) return failsWith(disjunct, call, context);
  if (!ts.isCallExpression(call) || context.environment.recogniser.calleeName(call) !== "once")
    return false;
  const [emitter] = call.arguments;
  return emitter !== undefined && hasAlias(disjunct, pathOf(emitter, context.environment.resolve));
}

/** `await rows.next()`: a generator whose next value is rejected is over. */
function stepsGenerator(
  disjunct: Disjunct,
  value: ts.Expression,
  { tracked, environment }: TrackingContext,
): boolean {
  const { kind } = tracked;
  if (kind.automatic?.iteration !== true || kind.armedBy?.includes("next") !== true) return false;
  return memberCalledOn(disjunct, value, environment) === "next";
}

/** `await client.connect()`: what did not connect has nothing to end. */
function failsClean(
  disjunct: Disjunct,
  value: ts.Expression,
  { tracked, environment }: TrackingContext,
): boolean {
  const { failsClean: members } = tracked.kind;
  const member = members && memberCalledOn(disjunct, value, environment);
  return member !== undefined && members?.includes(member) === true;
}

/** The member of the resource that an expression calls. */
function memberCalledOn(
  disjunct: Disjunct,
  value: ts.Expression,
  { resolve }: Environment,
): string | undefined {
  const call = valueOf(value);
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression))
    return undefined;
  const { expression, name } = call.expression;
  return hasAlias(disjunct, pathOf(expression, resolve)) ? name.text : undefined;
}

/** `new Promise((resolve, reject) => r.once("error", reject))` rejects when r itself fails. */
function failsWith(
  disjunct: Disjunct,
  promise: ts.NewExpression,
  context: TrackingContext,
): boolean {
  return callsIn(promise).some(({ expression, arguments: args }) => {
    if (!ts.isPropertyAccessExpression(expression) || !/^(?:on|once)$/.test(expression.name.text))
      return false;
    const [event] = args ?? [];
    const isError = event !== undefined && ts.isStringLiteralLike(event) && event.text === "error";
    return (
      isError && hasAlias(disjunct, pathOf(expression.expression, context.environment.resolve))
    );
  });
}

/** `await this.pending`: whoever ends the object meanwhile finds the resource only there. */
function notePending(disjunct: Disjunct, awaited: AccessPath, context: TrackingContext): void {
  const { fieldRoots } = context.tracked;
  if (fieldRoots === undefined || !hasAlias(disjunct, awaited)) return;
  const fields = [...disjunct.aliases.values()].filter(({ root }) => fieldRoots.has(root));
  if (fields.length > 0) context.notes.pendingIn.set(fields.map(keyOf).join(), fields);
}

/** `Promise.all([a, b])` rejects with `a` in hand when `b` does. */
function siblingRejects(
  value: ts.Expression,
  element: string,
  otherwise: Strength,
  context: TrackingContext,
): Strength | undefined {
  const elements = promiseAllElements(value);
  if (elements === undefined) return otherwise;
  const strengths = elements.flatMap((one, index) =>
    String(index) === element
      ? []
      : [ts.isSpreadElement(one) ? "likely" : context.summaries.rejectStrength(one)],
  );
  if (strengths.includes("likely")) return "likely";
  return strengths.includes("possible") ? "possible" : undefined;
}
