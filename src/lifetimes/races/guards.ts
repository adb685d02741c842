/**
 * What a timer guards, read off what its callback does: it settles a promise that something else settles
 * too, aborts what it gave a signal to, stops what is waited for, or ends a loop.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import { keyOf, pathOf } from "../../ownership/access-path.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import { unitOf } from "../../ownership/find-acquisitions.ts";
import { isReleaseName } from "../../resources/infer-kind.ts";
import {
  type Executor,
  executorAround,
  isResolvedOutside,
  isSettledOutside,
  settlementsIn,
} from "./executors.ts";
import { isController } from "./signals.ts";
import { isLocalTo } from "./timeout-path.ts";
import { handlePath } from "./timer-handle.ts";
import { isInside } from "../../typescript/syntax.ts";
import { mentionsSymbol, settledValue } from "../holders/values.ts";

/** A timer with what it guards. */
export interface Guard {
  readonly arming: ts.CallExpression;
  readonly unit: FunctionWithBody;
  /** The executor whose promise the timer settles, among others. */
  readonly executor: Executor | undefined;
  readonly callbacks: readonly FunctionWithBody[];
}

/**
 * What a timer guards.
 *
 * @param raced it is the timer of a race
 * @returns undefined where it guards nothing
 */
export function guardOf(
  arming: ts.CallExpression,
  raced: boolean,
  engine: Engine,
): Guard | undefined {
  const { environment } = engine;
  const [callback] = arming.arguments;
  if (callback === undefined) return undefined;
  const unit = unitOf(arming, environment);
  if (unit === undefined) return undefined;
  const callbacks = closuresIn(callback, environment).filter(
    (one) => one.getSourceFile() === arming.getSourceFile(),
  );
  const executor = executorAround(arming, environment);
  if (raced) return { arming, unit, executor: undefined, callbacks };
  if (executor !== undefined) {
    const own = [arming, ...callbacks].flatMap((one) => settlementsIn(one, executor, environment));
    // A timer that resolves what others can only break off is a sleep: it is the product.
    const isAnswered = own.some((one) => one.rejects) ? isSettledOutside : isResolvedOutside;
    const others = isAnswered(executor, [arming, ...callbacks], environment);
    if (own.length > 0 && others) return { arming, unit, executor, callbacks };
  }
  const guards =
    abortsOperation(callback, callbacks, arming, unit, engine) ||
    stopsAwaited(callbacks, arming, unit, engine) ||
    setsDeadlineFlag(callbacks, unit, engine) ||
    isClearedBehindAwait(arming, unit, engine);
  return guards ? { arming, unit, executor: undefined, callbacks } : undefined;
}

/** `() => controller.abort()`, where the function gives the signal of the controller to an operation. */
function abortsOperation(
  callback: ts.Expression,
  callbacks: readonly FunctionWithBody[],
  arming: ts.CallExpression,
  unit: FunctionWithBody,
  { environment }: Engine,
): boolean {
  const controllers = [
    ...callbacks.flatMap((one) => callsIn(one).map(({ expression }) => expression)),
    ...[valueOf(callback)].flatMap((one) => (ts.isCallExpression(one) ? [one.expression] : [])),
  ].flatMap((callee) => {
    const bound = ts.isPropertyAccessExpression(callee) && callee.name.text === "bind";
    const method = bound ? valueOf(callee.expression) : callee;
    if (!ts.isPropertyAccessExpression(method) || method.name.text !== "abort") return [];
    const controller = valueOf(method.expression);
    if (!ts.isIdentifier(controller)) return [];
    if (!isController(environment.types.valueType(controller), environment)) return [];
    return environment.resolve(controller) ?? [];
  });
  return controllers.some((controller) => isSignalGiven(controller, arming, unit, environment));
}

/** The function passes `controller.signal` to a call. */
function isSignalGiven(
  controller: ts.Symbol,
  arming: ts.CallExpression,
  unit: FunctionWithBody,
  environment: Engine["environment"],
): boolean {
  const signals = new Set<ts.Symbol>();
  const visit = (node: ts.Node): void => {
    if (
      ts.isVariableDeclaration(node) &&
      node.initializer !== undefined &&
      mentionsSymbol(node.initializer, controller, environment)
    ) {
      // `const { signal } = controller`, `const options = { signal: controller.signal }`
      for (const name of namesOf(node.name)) {
        const symbol = environment.resolve(name);
        if (symbol !== undefined) signals.add(symbol);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(unit.body);
  const names = [controller, ...signals];
  return callsIn(unit).some(
    (call) =>
      !isInside(call, arming) &&
      !isInside(arming, call) &&
      call.arguments?.some(
        (argument) =>
          !ts.isFunctionLike(valueOf(argument)) &&
          names.some((name) => mentionsSymbol(argument, name, environment)),
      ) === true,
  );
}

function namesOf(name: ts.BindingName): readonly ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : namesOf(element.name),
  );
}

/** `() => child.kill()`, where the function goes on to wait for that very child. */
function stopsAwaited(
  callbacks: readonly FunctionWithBody[],
  arming: ts.CallExpression,
  unit: FunctionWithBody,
  { environment }: Engine,
): boolean {
  const stopped = callbacks.flatMap((one) =>
    callsIn(one).flatMap(({ expression }) => {
      if (!ts.isPropertyAccessExpression(expression)) return [];
      const receiver = valueOf(expression.expression);
      if (!ts.isIdentifier(receiver)) return [];
      return isReleaseName(expression.name.text) ? (environment.resolve(receiver) ?? []) : [];
    }),
  );
  if (stopped.length === 0) return false;
  const graph = environment.graph(unit);
  return graph.blocks.some(({ events }) =>
    events.some(
      (event) =>
        event.kind === "await" &&
        event.node.pos > arming.end &&
        !callbacks.some((one) => isInside(event.node, one)) &&
        !isGivenAway(event.value, environment) &&
        stopped.some((symbol) =>
          mentionsSymbol(settledValue(event.value, environment), symbol, environment),
        ),
    ),
  );
}

/** `await cleanup(server)`: what nobody knows may as well end what it is given; `once(child, …)` waits. */
function isGivenAway(
  awaited: ts.Expression,
  { types, recogniser }: Engine["environment"],
): boolean {
  const call = valueOf(awaited);
  if (!ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return false;
  const symbol = types.calleeSymbol(call.expression);
  return symbol === undefined || !recogniser.isClosedWorld(symbol);
}

/** `() => { expired = true; }`, where a loop of the function runs until then. */
function setsDeadlineFlag(
  callbacks: readonly FunctionWithBody[],
  unit: FunctionWithBody,
  { environment }: Engine,
): boolean {
  const flags = callbacks.flatMap((one) => {
    const statements = ts.isBlock(one.body) ? one.body.statements : [];
    return ts.isBlock(one.body) && statements.length !== 1 ? [] : flagsSetIn(one, environment);
  });
  if (flags.length === 0) return false;
  let found = false;
  const visit = (node: ts.Node): void => {
    const condition =
      ts.isWhileStatement(node) || ts.isDoStatement(node)
        ? node.expression
        : ts.isForStatement(node)
          ? node.condition
          : undefined;
    found ||=
      condition !== undefined && flags.some((flag) => mentionsSymbol(condition, flag, environment));
    if (!found) ts.forEachChild(node, visit);
  };
  visit(unit.body);
  return found;
}

/**
 * `const timer = setTimeout(warn, ms); await work(); clearTimeout(timer);`: whatever the timer does, the
 * function says itself that it is for the time of the work.
 */
function isClearedBehindAwait(
  arming: ts.CallExpression,
  unit: FunctionWithBody,
  engine: Engine,
): boolean {
  const { environment } = engine;
  const handle = handlePath(arming, engine);
  if (handle === undefined || !isLocalTo(handle, unit)) return false;
  const key = keyOf(handle);
  let waits = false;
  for (const { events } of environment.graph(unit).blocks) {
    waits ||= events.some(({ kind, node }) => kind === "await" && node.pos > arming.end);
  }
  if (!waits) return false;
  return callsIn(unit.body).some((call) => {
    const [given] = call.arguments ?? [];
    return (
      call.pos > arming.end &&
      given !== undefined &&
      environment.recogniser.calleeName(call) === "clearTimeout" &&
      keyOf(pathOf(given, environment.resolve)) === key &&
      unitOf(call, environment) === unit
    );
  });
}

/** The variables that the statements of a function assign. */
export function flagsSetIn(
  unit: FunctionWithBody,
  environment: Engine["environment"],
): readonly ts.Symbol[] {
  const expressions = ts.isBlock(unit.body)
    ? unit.body.statements.flatMap((one) => (ts.isExpressionStatement(one) ? [one.expression] : []))
    : [unit.body];
  return expressions.flatMap((one) => {
    if (!ts.isBinaryExpression(one)) return [];
    if (one.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isIdentifier(one.left))
      return [];
    return environment.resolve(one.left) ?? [];
  });
}
