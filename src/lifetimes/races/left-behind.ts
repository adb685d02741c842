/**
 * What a `new Promise` registers so that something may settle it later: a listener, an entry in a
 * table, a place in a queue. When time is up it has to be taken off again, for nothing else will.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import { type AccessPath, keyOf, pathOf } from "../../ownership/access-path.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import { removals } from "../../resources/catalog/timeouts.ts";
import { releaseMembers } from "../../resources/infer-kind.ts";
import { functionAround, isInside, someInside } from "../../typescript/syntax.ts";
import type { AbandonedOperation } from "./abandoned-operations.ts";
import { type Executor, settlerNamed } from "./executors.ts";
import type { Race } from "./races.ts";
import { registersAs } from "./registering.ts";
import { isLocalTo, someReachableCall, timerCallbacks } from "./timeout-path.ts";

interface Registration {
  readonly site: ts.CallExpression;
  /** What the listener or the entry was put on. */
  readonly holder: AccessPath;
  readonly what: "listener" | "entry";
}

/** What an executor registered and nobody takes off when time is up. */
export function leftBehind(
  executor: Executor,
  race: Race,
  engine: Engine,
): Pick<AbandonedOperation, "site" | "fault"> | undefined {
  const callbacks = timerCallbacks(race, engine);
  for (const call of callsIn(executor.body)) {
    if (callbacks.some((one) => isInside(call, one))) continue;
    const registration = registrationAt(call, executor, engine);
    if (registration === undefined) continue;
    const unit = functionAround(executor.promise);
    if (isLocalTo(registration.holder, unit)) continue;
    if (isMadeIn(executor, registration.holder, engine)) continue;
    if (isTakenOff(registration, executor, race, engine)) continue;
    return { site: registration.site, fault: { how: "left-behind", what: registration.what } };
  }
  return undefined;
}

/** `this.child = spawn(…); this.child.on("error", reject)`: what the operation makes is its own. */
function isMadeIn(
  { body }: Executor,
  { root, members }: AccessPath,
  { environment }: Engine,
): boolean {
  return someInside(body, (node) => {
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
      return false;
    const made = valueOf(node.right);
    if (!ts.isCallExpression(made) && !ts.isNewExpression(made)) return false;
    const target = pathOf(node.left, environment.resolve);
    return (
      target.root === root &&
      target.members.length > 0 &&
      target.members.every((member, index) => members[index] === member)
    );
  });
}

function registrationAt(
  call: ts.CallExpression | ts.NewExpression,
  executor: Executor,
  engine: Engine,
): Registration | undefined {
  if (!ts.isCallExpression(call)) return undefined;
  const callee = valueOf(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  if (!call.arguments.some((argument) => settles(argument, executor, engine))) return undefined;
  const what = registersAs(call, engine.environment);
  if (what === undefined) return undefined;
  // An options object may say that a signal takes it off.
  if (what === "listener" && call.arguments.length > 2) return undefined;
  return { site: call, holder: pathOf(callee.expression, engine.environment.resolve), what };
}

/** The argument is, holds or calls one of the functions that settle the promise. */
function settles(argument: ts.Expression, executor: Executor, { environment }: Engine): boolean {
  const isSettler = (node: ts.Node): boolean =>
    ts.isIdentifier(node) && settlerNamed(node, executor, environment) !== undefined;
  return (
    someInside(argument, isSettler) ||
    closuresIn(argument, environment).some((closure) => someInside(closure, isSettler))
  );
}

/** Somebody takes the registration off: the timer, or what stands behind the promise. */
function isTakenOff(
  registration: Registration,
  executor: Executor,
  race: Race,
  engine: Engine,
): boolean {
  const isRemoval = (call: ts.CallExpression | ts.NewExpression): boolean =>
    removes(call, registration, engine);
  const byTimer = timerCallbacks(race, engine).some(
    (callback) =>
      someReachableCall(callback, engine, isRemoval) || replaces(callback, registration, engine),
  );
  if (byTimer) return true;
  const last = Math.max(executor.promise.end, race.site.end);
  const around = functionAround(race.site);
  return someInside(around, (node) => {
    if (node.pos < executor.promise.end || node.end < last || isInside(race.site, node))
      return false;
    if (ts.isCallExpression(node)) return isRemoval(node) || callsRemoval(node, engine, isRemoval);
    return replacesIn(node, registration, engine);
  });
}

function callsRemoval(
  call: ts.CallExpression,
  engine: Engine,
  isRemoval: (call: ts.CallExpression | ts.NewExpression) => boolean,
): boolean {
  return engine.environment.types
    .implementations(call.expression, false)
    .some((body) => someReachableCall(body, engine, isRemoval, 1));
}

function removes(
  call: ts.CallExpression | ts.NewExpression,
  { holder }: Registration,
  { environment }: Engine,
): boolean {
  const key = keyOf(holder);
  const callee = valueOf(call.expression);
  if (ts.isPropertyAccessExpression(callee)) {
    const { text } = callee.name;
    const ends = removals.includes(text) || releaseMembers.includes(text);
    if (ends && keyOf(pathOf(callee.expression, environment.resolve)) === key) return true;
    // Ending a thing takes its listeners along: `socket.destroy()` for `socket.parser.on(…)`.
    const receiver = pathOf(callee.expression, environment.resolve);
    if (ends && receiver.root === holder.root && receiver.members.length < holder.members.length)
      return releaseMembers.includes(text);
  }
  // Whoever is given the holder may take it off.
  return (call.arguments ?? []).some(
    (argument) => keyOf(pathOf(argument, environment.resolve)) === key,
  );
}

/** `delete pending[id]`, `waiters = waiters.filter(…)` */
function replaces(code: ts.Node, registration: Registration, engine: Engine): boolean {
  return someInside(code, (node) => replacesIn(node, registration, engine));
}

function replacesIn(node: ts.Node, { holder }: Registration, { environment }: Engine): boolean {
  const key = keyOf(holder);
  if (ts.isDeleteExpression(node)) {
    const target = valueOf(node.expression);
    return (
      ts.isElementAccessExpression(target) &&
      keyOf(pathOf(target.expression, environment.resolve)) === key
    );
  }
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    keyOf(pathOf(node.left, environment.resolve)) === key
  );
}
