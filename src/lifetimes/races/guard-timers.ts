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
import { pathKey } from "../../ownership/condition-keys.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Engine } from "../../ownership/engine.ts";
import { unitOf } from "../../ownership/find-acquisitions.ts";
import { judge, type Verdict } from "../../ownership/judge.ts";
import { absent, Ended, freshDisjunct, type State } from "../../ownership/obligation-state.ts";
import { trackObligation } from "../../ownership/track-obligation.ts";
import { guardTimer } from "../../resources/catalog/timeouts.ts";
import { type Executor, settlementsOutside } from "./executors.ts";
import { flagsSetIn, type Guard, guardOf } from "./guards.ts";
import { answersThatLeave, pendingEntryOf, replacementOf } from "./pending-entries.ts";
import type { Races } from "./races.ts";
import { registersAs } from "./registering.ts";
import { handlePath, isHeldAfter } from "./timer-handle.ts";
import { isAsyncFunction } from "../../typescript/modifiers.ts";
import { isInside, isWrapper, someInside } from "../../typescript/syntax.ts";
import { constantNumber } from "../holders/values.ts";

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
    | "answered"
    /** An entry of a table is put over one that is still pending, with its timer. */
    | "replaced";
  /** Where it stays armed, the first in the source first. */
  readonly at: readonly ts.Node[];
  /** The race that it lost. */
  readonly race?: ts.Expression;
  /** How the obligation to clear it ended on some path, as bits; only where it is followed through its function. */
  readonly ended?: number;
  /** At most a second, known from constants: it does little harm. */
  readonly short: boolean;
}

const shortDelay = 1000;

/** Every guard timer of a file that stays armed on some way out. */
export function danglingTimers(
  file: ts.SourceFile,
  engine: Engine,
  races: Races,
): readonly DanglingTimer[] {
  const found: DanglingTimer[] = [];
  const raced = new Map<ts.Node, ts.Expression>();
  for (const race of races.in(file)) {
    for (const timer of race.timers) {
      if (timer.armedHere) raced.set(timer.site, race.site);
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
    const race = raced.get(call);
    if (dangling !== undefined) found.push(race === undefined ? dangling : { ...dangling, race });
  }
  return found.sort((a, b) => a.site.pos - b.site.pos);
}

function isIn(file: ts.SourceFile, node: ts.Node): boolean {
  return node.getSourceFile() === file;
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
    // A promise that is kept rejects where it is awaited.
    if (verdict.how === "throw" && verdict.at.every(isOfKeptPromise)) return undefined;
    // The graph leaves by the throw of a timer that rejects; where nothing clears it, that says little.
    const how = ended === 0 && !isClearedInClosure(guard, engine) ? "never" : verdict.how;
    if (how === "never" || leavesSettled(guard, verdict, engine))
      return { site: arming, unit, how, at: verdict.at, ended, short };
  }
  if (guard.executor === undefined) return undefined;
  if ((ended & Ended.kept) === 0) return undefined;
  const entry = pendingEntryOf(arming, guard.executor, engine);
  if (entry !== undefined) {
    const answers = answersThatLeave(entry, arming.getSourceFile(), engine).filter(
      (one) => !guard.callbacks.some((callback) => isInside(one, callback)),
    );
    if (answers.length > 0) return { site: arming, unit, how: "answered", at: answers, short };
    const replacing = replacementOf(entry, engine);
    return replacing && { site: arming, unit, how: "replaced", at: [replacing], short };
  }
  // Closures that clear it took it over: each of those that settle the promise must.
  const left = settlementsThatLeave(guard, guard.executor, engine);
  return left.length === 0 ? undefined : { site: arming, unit, how: "settled", at: left, short };
}

/**
 * Whether the function may be left with the guarded promise settled. A promise that is still pending,
 * because listeners wait, or the function around it has failed, needs the timer.
 */
function leavesSettled(
  { arming, unit, executor, callbacks }: Guard,
  verdict: Extract<Verdict, { leaks: true }>,
  engine: Engine,
): boolean {
  if (executor === undefined) return true;
  // What an executor throws rejects its promise, unless it is an async function.
  if (verdict.how === "throw") return !isAsyncFunction(executor.body);
  const { environment } = engine;
  const graph = environment.graph(unit);
  return settlementsOutside(executor, [arming, ...callbacks], environment).some(
    ({ call, passed }) => {
      const around = unitOf(call, environment);
      const isHere = around === undefined || around === graph.unit;
      return isHere && !(passed && isListened(call, engine));
    },
  );
}

/** A listener that was registered before the timer was armed clears it: it captured the name, not the handle. */
function isClearedByEarlierClosure(guard: Guard, engine: Engine): boolean {
  return isClearedInClosure(guard, engine, guard.arming.pos);
}

/** @param before where the clearing call has to end */
function isClearedInClosure(
  { arming, unit }: Guard,
  engine: Engine,
  before = Number.POSITIVE_INFINITY,
): boolean {
  const { environment } = engine;
  const path = handlePath(arming, engine);
  if (path === undefined) return false;
  const key = keyOf(path);
  return callsIn(unit).some(
    (call) =>
      call.pos < before &&
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

/** `const pending = open().then(…)`: nothing is thrown there. */
function isOfKeptPromise(node: ts.Node): boolean {
  let current = node;
  while (
    ts.isPropertyAccessExpression(current.parent) ||
    ts.isCallExpression(current.parent) ||
    isWrapper(current.parent)
  )
    current = current.parent;
  return (
    current !== node &&
    ts.isVariableDeclaration(current.parent) &&
    current.parent.initializer === current
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
  { arming, unit, callbacks }: Guard,
  { environment, summaries }: Engine,
): { verdict: Verdict; ended: number } | undefined {
  const graph = environment.graph(unit);
  const positions = environment.callPositions(graph).get(arming);
  if (positions === undefined) return undefined;
  const guards = new Map(
    callbacks
      .flatMap((one) => flagsSetIn(one, environment))
      .filter((flag) => isRaisedIn(callbacks, flag, unit, environment))
      .map((root) => [pathKey({ root, members: [] }), false] as const),
  );
  const held = freshDisjunct([{ root: arming, members: [] }], guards, true);
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

/** Only the timer makes the flag true: where it is, the timer has fired. */
function isRaisedIn(
  callbacks: readonly FunctionWithBody[],
  flag: ts.Symbol,
  unit: FunctionWithBody,
  { resolve }: Engine["environment"],
): boolean {
  const declaration = flag.valueDeclaration;
  if (declaration === undefined || !isInside(declaration, unit)) return false;
  return !someInside(unit.body, (node) => {
    if (!ts.isBinaryExpression(node) || !ts.isIdentifier(node.left)) return false;
    if (node.left.text !== flag.name || resolve(node.left) !== flag) return false;
    return (
      node.right.kind !== ts.SyntaxKind.FalseKeyword &&
      !callbacks.some((one) => isInside(node, one))
    );
  });
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
      if (around === undefined || around === graph.unit) return passed && isListened(call, engine);
      if (passed) return isListened(call, engine);
      return !isNamedLocally(around) && leavesHeld(around, call, path, engine);
    })
    .map(({ call }) => call);
}

/** `emitter.once("error", reject)`: the function itself is the listener. */
function isListened(call: ts.CallExpression | ts.NewExpression, { environment }: Engine): boolean {
  return ts.isCallExpression(call) && registersAs(call, environment) === "listener";
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
