/**
 * Timers that guard an operation: when time is up they give up on it, abort it or stop it. Such a
 * timer has done its work when the operation settles, and must not stay armed.
 *
 * What the callback of a timer does tells whether it guards. Whether it stays armed is answered by
 * the obligation engine: the handle is an obligation with the duty to stop, followed over the flow
 * graph of the function to every exit. A timer that is itself the product (a sleep, a debounce, a
 * delayed step) is no guard.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import type { Start } from "../../flow/solve.ts";
import { type AccessPath, keyOf, pathOf } from "../../ownership/access-path.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import type { Engine } from "../../ownership/engine.ts";
import { unitOf } from "../../ownership/find-acquisitions.ts";
import { judge, type Verdict } from "../../ownership/judge.ts";
import { absent, Ended, freshDisjunct, type State } from "../../ownership/obligation-state.ts";
import { trackObligation } from "../../ownership/track-obligation.ts";
import { isReleaseName } from "../../resources/infer-kind.ts";
import { guardTimer } from "../../resources/catalog/timeouts.ts";
import { isInside, withWrappers } from "../../typescript/syntax.ts";
import {
  type Executor,
  executorAround,
  isResolvedOutside,
  isSettledOutside,
  settlementsIn,
  settlementsOutside,
} from "./executors.ts";
import { answersThatLeave, pendingEntryOf } from "./pending-entries.ts";
import type { Races } from "./races.ts";
import { isHeldAfter } from "./timer-handle.ts";
import { constantNumber, mentionsSymbol, rootOf, settledValue } from "../holders/values.ts";

export interface DanglingTimer {
  /** The call that arms the timer, or makes the promise of a timer that nothing can stop. */
  readonly site: ts.CallExpression;
  /** The function that leaves it armed. */
  readonly unit: ts.Node;
  readonly how:
    | Extract<Verdict, { leaks: true }>["how"]
    /** The promise of the timer was made elsewhere, and its handle stays there. */
    | "unreachable"
    /** A place that settles the guarded promise leaves the timer armed. */
    | "settled"
    /** An answered entry of a table keeps its timer. */
    | "answered";
  /** Where it stays armed, the first in the source first. */
  readonly at: readonly ts.Node[];
  /** At most a second, known from constants: it does little harm. */
  readonly short: boolean;
}

const shortDelay = 1000;

/** A timer with what it guards. */
export interface Guard {
  readonly arming: ts.CallExpression;
  readonly unit: FunctionWithBody;
  /** The executor whose promise the timer settles, among others. */
  readonly executor: Executor | undefined;
  readonly callbacks: readonly FunctionWithBody[];
}

/** Every guard timer of a file that stays armed on some way out. */
export function danglingTimers(
  file: ts.SourceFile,
  engine: Engine,
  races: Races,
): readonly DanglingTimer[] {
  const found: DanglingTimer[] = [];
  const raced = new Set<ts.Node>();
  for (const race of races.in(file)) {
    for (const timer of race.timers) {
      if (timer.armedHere) raced.add(timer.site);
      else if (!timer.stoppable && isIn(file, timer.site))
        found.push({
          site: timer.site,
          unit: race.site,
          how: "unreachable",
          at: [race.site],
          short: timer.milliseconds !== undefined && timer.milliseconds <= shortDelay,
        });
    }
  }
  for (const call of callsIn(file)) {
    if (!races.timers.armsTimer(call)) continue;
    const guard = guardOf(call, raced.has(call), engine);
    const dangling = guard && judgeGuard(guard, engine);
    if (dangling !== undefined) found.push(dangling);
  }
  return found.sort((a, b) => a.site.pos - b.site.pos);
}

function isIn(file: ts.SourceFile, node: ts.Node): boolean {
  return node.getSourceFile() === file;
}

// ---- what a timer guards

function guardOf(arming: ts.CallExpression, raced: boolean, engine: Engine): Guard | undefined {
  const { environment } = engine;
  const [callback] = arming.arguments;
  if (callback === undefined) return undefined;
  const unit = unitOf(arming, environment);
  if (unit === undefined) return undefined;
  const callbacks = closuresIn(callback, environment).filter((one) =>
    isIn(arming.getSourceFile(), one),
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
    setsDeadlineFlag(callbacks, unit, engine);
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
        stopped.some((symbol) =>
          mentionsSymbol(settledValue(event.value, environment), symbol, environment),
        ),
    ),
  );
}

/** `() => { expired = true; }`, where a loop of the function runs until then. */
function setsDeadlineFlag(
  callbacks: readonly FunctionWithBody[],
  unit: FunctionWithBody,
  { environment }: Engine,
): boolean {
  const flags = callbacks.flatMap((one) => {
    const statements = ts.isBlock(one.body) ? one.body.statements : [];
    const [only] = statements;
    const assignment = ts.isBlock(one.body)
      ? statements.length === 1 && only !== undefined && ts.isExpressionStatement(only)
        ? only.expression
        : undefined
      : one.body;
    if (assignment === undefined || !ts.isBinaryExpression(assignment)) return [];
    if (assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
    const target = rootOf(assignment.left);
    return ts.isIdentifier(target) && target === assignment.left
      ? (environment.resolve(target) ?? [])
      : [];
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

// ---- whether it stays armed

function judgeGuard(guard: Guard, engine: Engine): DanglingTimer | undefined {
  const { arming, unit } = guard;
  const short = isShort(arming, engine);
  const outcome = follow(guard, engine);
  if (outcome === undefined) return undefined;
  const { verdict, ended } = outcome;
  if (verdict.leaks && !isClearedByEarlierClosure(guard, engine)) {
    if (verdict.strength === "possible") return undefined;
    // The graph leaves by the throw of a timer that rejects; where nothing clears it, that says little.
    const how = ended === 0 ? "never" : verdict.how;
    return { site: arming, unit, how, at: verdict.at, short };
  }
  if (guard.executor === undefined) return undefined;
  if (!verdict.leaks && (ended & Ended.kept) === 0) return undefined;
  const entry = pendingEntryOf(arming, guard.executor, engine);
  if (entry !== undefined) {
    const answers = answersThatLeave(entry, arming.getSourceFile(), engine).filter(
      (one) => !guard.callbacks.some((callback) => isInside(one, callback)),
    );
    return answers.length === 0
      ? undefined
      : { site: arming, unit, how: "answered", at: answers, short };
  }
  // Closures that clear it took it over: each of those that settle the promise must.
  const left = settlementsThatLeave(guard, guard.executor, engine);
  return left.length === 0 ? undefined : { site: arming, unit, how: "settled", at: left, short };
}

/** A listener that was registered before the timer was armed clears it: it captured the name, not the handle. */
function isClearedByEarlierClosure({ arming, unit }: Guard, engine: Engine): boolean {
  const { environment } = engine;
  const path = handlePath(arming, engine);
  if (path === undefined) return false;
  const key = keyOf(path);
  return callsIn(unit).some(
    (call) =>
      call.pos < arming.pos &&
      unitOf(call, environment) !== unit &&
      guardTimer.release.some((release) => {
        if ("argument" in release && typeof release.argument === "number") {
          const given = call.arguments?.[release.argument];
          const name = environment.recogniser.calleeName(call);
          return (
            given !== undefined &&
            release.name === name &&
            keyOf(pathOf(given, environment.resolve)) === key
          );
        }
        const callee = valueOf(call.expression);
        return (
          "method" in release &&
          ts.isPropertyAccessExpression(callee) &&
          callee.name.text === release.method &&
          keyOf(pathOf(callee.expression, environment.resolve)) === key
        );
      }),
  );
}

function isShort(arming: ts.CallExpression, { environment }: Engine): boolean {
  const [, delay] = arming.arguments;
  // Without a delay it fires at once.
  const milliseconds = delay === undefined ? 0 : constantNumber(delay, environment);
  return milliseconds !== undefined && milliseconds <= shortDelay;
}

/** The handle as an obligation of the function that arms the timer. */
function follow(
  { arming, unit }: Guard,
  { environment, summaries }: Engine,
): { verdict: Verdict; ended: number } | undefined {
  const graph = environment.graph(unit);
  const positions = environment.callPositions(graph).get(arming);
  if (positions === undefined) return undefined;
  const held = freshDisjunct([{ root: arming, members: [] }], new Map(), true);
  const starts = positions.map(({ block, index }): Start<State> => ({
    block,
    index: index + 1,
    state: { ...absent, held: [held] },
  }));
  const acquired = { kind: guardTimer, graph, starts, site: arming, call: arming };
  const outcome = trackObligation(acquired, environment, summaries);
  return {
    verdict: judge(acquired, outcome),
    ended: outcome.atEnd.ended | outcome.atThrow.ended,
  };
}

/** The places that settle the promise and leave the timer armed. */
function settlementsThatLeave(
  { arming, callbacks }: Guard,
  executor: Executor,
  engine: Engine,
): readonly ts.Node[] {
  const { environment } = engine;
  const path = handlePath(arming, engine);
  if (path === undefined) return [];
  const graph = environment.graph(unitOf(arming, environment) ?? executor.body);
  return settlementsOutside(executor, [arming, ...callbacks], environment)
    .filter(({ call, passed }) => {
      const around = unitOf(call, environment);
      // What runs in the graph of the function itself was followed with it.
      if (around === undefined || around === graph.unit) return passed && isListened(call);
      if (passed) return isListened(call);
      return !isNamedLocally(around) && leavesHeld(around, call, path, engine);
    })
    .map(({ call }) => call);
}

/** `emitter.once("error", reject)`: the function itself is the listener. */
function isListened(call: ts.CallExpression | ts.NewExpression): boolean {
  const callee = call.expression;
  return (
    ts.isPropertyAccessExpression(callee) &&
    /^(?:on|once|addListener|prependListener|addEventListener)$/.test(callee.name.text)
  );
}

/** A helper of the executor: who calls it may have cleared the timer. */
function isNamedLocally(unit: FunctionWithBody): boolean {
  return (
    ts.isFunctionDeclaration(unit) ||
    (ts.isVariableDeclaration(unit.parent) && unit.parent.initializer === unit) ||
    // An argument of a local helper, `finish(() => resolve(value))`, is run by that helper.
    (ts.isCallExpression(unit.parent) && ts.isIdentifier(unit.parent.expression))
  );
}

/** The name under which the handle of a timer is kept. */
function handlePath(arming: ts.CallExpression, { environment }: Engine): AccessPath | undefined {
  const node = withWrappers(arming);
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
    return pathOf(parent.name, environment.resolve);
  if (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    parent.right === node
  )
    return pathOf(parent.left, environment.resolve);
  return undefined;
}

/**
 * Whether a function may end with the timer still armed after it has run `settling`.
 *
 * @param path the handle when the function is entered
 */
function leavesHeld(
  unit: FunctionWithBody,
  settling: ts.Node,
  path: AccessPath,
  engine: Engine,
): boolean {
  const { entry } = engine.environment.graph(unit);
  return isHeldAfter([{ block: entry, index: 0 }], path, settling, unit, engine);
}
