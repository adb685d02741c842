/**
 * What a `new Promise` registers so that something may settle it later: a listener, an entry in a
 * table, a place in a queue. When time is up it has to be taken off again, for nothing else will.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import { type AccessPath, isSymbol, keyOf, pathOf } from "../../ownership/access-path.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import { removals, runners } from "../../resources/catalog/timeouts.ts";
import { matchesPattern } from "../../resources/catalog-index.ts";
import { releaseMembers } from "../../resources/infer-kind.ts";
import type { Runner } from "../../resources/timeouts.ts";
import { functionAround, isInside, someInside } from "../../typescript/syntax.ts";
import { mentionsSymbol, settledValue } from "../holders/values.ts";
import type { AbandonedOperation } from "./abandoned-operations.ts";
import { type Executor, settlerNamed } from "./executors.ts";
import type { Race } from "./races.ts";
import { registersAs } from "./registering.ts";
import { givenSignal } from "./signals.ts";
import { isLocalTo, isStoppedInTime, someReachableCall, timerCallbacks } from "./timeout-path.ts";

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
    if (isLocalTo(registration.holder, unit)) {
      const running = leftRunning(registration.holder, race, engine);
      if (running !== undefined) return running;
      continue;
    }
    if (isMadeIn(executor, registration.holder, engine)) continue;
    if (isTakenOff(registration, executor, race, engine)) continue;
    return { site: registration.site, fault: { how: "left-behind", what: registration.what } };
  }
  return undefined;
}

/**
 * `const child = spawn(…); child.once("exit", resolve)`: what the function began for this promise alone,
 * and what goes on until it is told to stop.
 */
function leftRunning(
  { root }: AccessPath,
  race: Race,
  engine: Engine,
): Pick<AbandonedOperation, "site" | "fault"> | undefined {
  const { environment } = engine;
  const declaration = isSymbol(root) ? root.valueDeclaration : undefined;
  if (!isSymbol(root) || declaration === undefined || !ts.isVariableDeclaration(declaration))
    return undefined;
  const site = declaration.initializer && valueOf(declaration.initializer);
  if (site === undefined || !ts.isCallExpression(site)) return undefined;
  const { types } = environment;
  const known = runners.find((one) =>
    types
      .classSymbols(types.valueType(site))
      .some((symbol) => matchesPattern(one, types.declaredNames(symbol))),
  );
  if (known === undefined || isLimited(site, known, environment)) return undefined;
  const inTime = timerCallbacks(race, engine).some((one) => mentionsSymbol(one, root, environment));
  if (inTime || isUsedBehind(root, race, engine)) return undefined;
  return isStoppedInTime(race, { root, members: [] }, [known.stop], engine)
    ? undefined
    : { site, fault: { how: "not-cancelled", method: known.stop } };
}

/** The options limit its life, or are not written here. */
function isLimited(
  call: ts.CallExpression,
  { limits }: Runner,
  environment: Engine["environment"],
): boolean {
  const signal = givenSignal(call, environment).is;
  if (signal !== "missing" && signal !== "not-taken") return true;
  return call.arguments.some((argument) => {
    const options = settledValue(argument, environment);
    return (
      ts.isObjectLiteralExpression(options) &&
      options.properties.some((one) => limits.includes(one.name?.getText() ?? ""))
    );
  });
}

/** The function still names it behind the race: it may stop it there in ways of its own. */
function isUsedBehind(symbol: ts.Symbol, race: Race, { environment }: Engine): boolean {
  return someInside(
    functionAround(race.site),
    (node) =>
      ts.isIdentifier(node) &&
      node.text === symbol.name &&
      node.pos >= race.site.end &&
      environment.resolve(node) === symbol,
  );
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
  if (what === "listener" && mayHaveSignal(call.arguments[2])) return undefined;
  return { site: call, holder: pathOf(callee.expression, engine.environment.resolve), what };
}

/** The options may say that a signal takes the listener off. */
function mayHaveSignal(options: ts.Expression | undefined): boolean {
  if (options === undefined) return false;
  const value = valueOf(options);
  if (!ts.isObjectLiteralExpression(value)) return true;
  return value.properties.some(
    (one) => ts.isSpreadAssignment(one) || one.name.getText() === "signal",
  );
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
