/**
 * Operations that lose a race against time and are not told: they take a signal that nobody aborts,
 * have a way to be cancelled that nobody uses, or still bring a resource that nobody releases.
 *
 * Silent where the work has nothing to stop, and where somebody else holds the promise: a parameter, a
 * field, a promise that is used beside the race.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import { type AccessPath, keyOf, pathOf } from "../../ownership/access-path.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import { freshFromBodies } from "../../ownership/find-acquisitions.ts";
import { counterparts, promiseCancels } from "../../resources/catalog/timeouts.ts";
import { releaseMembers } from "../../resources/infer-kind.ts";
import { saysItMakes } from "../../resources/verbs.ts";
import { functionAround, isInside, someInside, withWrappers } from "../../typescript/syntax.ts";
import { executorOf, settlerNamed } from "./executors.ts";
import { leftBehind } from "./left-behind.ts";
import type { Operation, Race } from "./races.ts";
import { givenSignal, type SignalPlace } from "./signals.ts";
import { isLocalTo, isStoppedInTime, someReachableCall } from "./timeout-path.ts";
import { chainStep, mentionsSymbol, rootOf, settledValue } from "../holders/values.ts";

/** What is wrong with an operation when time is up. */
export type Abandonment =
  | { readonly how: "no-signal"; readonly place: SignalPlace }
  | {
      readonly how: "signal-not-aborted";
      readonly controller: string;
      readonly symbol: ts.Symbol;
    }
  /** It has a member that stops it, and nothing calls it. */
  | { readonly how: "not-cancelled"; readonly method: string }
  /** Its result must be released, and arrives when nobody waits for it. */
  | { readonly how: "late-result"; readonly label: string; readonly method: string }
  /** A controller whose signal somebody was given, and nobody ever aborts. */
  | { readonly how: "never-aborted"; readonly controller: string; readonly strict: boolean }
  /** A controller that is aborted, and whose signal nobody has. */
  | { readonly how: "unheard"; readonly controller: string }
  /** A function has a signal and starts work that could be aborted without it. */
  | { readonly how: "not-forwarded"; readonly strict: true }
  /** A listener or an entry that was made for it stays where it is. */
  | { readonly how: "left-behind"; readonly what: "listener" | "entry" };

export interface AbandonedOperation {
  /** What gives up: a race, or a loop with a deadline. */
  readonly wait: { readonly is: "race"; readonly race: Race } | { readonly is: "loop" };
  readonly waitsAt: ts.Node;
  /** What begins the operation, or registers what stays behind. */
  readonly site: ts.CallExpression | ts.NewExpression;
  /** The operation as the race is given it. */
  readonly operation?: ts.Expression;
  readonly fault: Abandonment;
}

/** The first operation of a race that goes on when time is up; undefined where there is none. */
export function abandonedIn(race: Race, engine: Engine): AbandonedOperation | undefined {
  for (const operation of race.operations) {
    const found = judgeOperation(operation, race, engine);
    if (found !== undefined) return { ...found, ...waits(race), operation: operation.expression };
  }
  if (race.executor === undefined) return undefined;
  const left = leftBehind(race.executor.executor, race, engine);
  return left && { ...left, ...waits(race) };
}

function waits(race: Race): Pick<AbandonedOperation, "wait" | "waitsAt"> {
  return { wait: { is: "race", race }, waitsAt: race.site };
}

type Judged = Pick<AbandonedOperation, "site" | "fault">;

function judgeOperation(operation: Operation, race: Race, engine: Engine): Judged | undefined {
  const begun = beginningOf(operation.expression, engine);
  if (begun === undefined) return undefined;
  const { site } = begun;
  if (ts.isNewExpression(site)) {
    const executor = executorOf(site, engine.environment);
    return executor && leftBehind(executor, race, engine);
  }
  const inHand = receiverAndArguments(site, engine);
  if (inHand.some((path) => isStoppedInTime(race, path, anyRelease, engine, "does not count")))
    return undefined;
  const named = namedPath(operation.expression, engine);
  if (named !== undefined && isStoppedInTime(race, named, promiseCancels, engine, "does not count"))
    return undefined;
  const signal = givenSignal(site, engine.environment);
  switch (signal.is) {
    case "timeout":
    case "unknown":
      return undefined;
    case "controller":
      return isAborted(signal.controller, race, engine)
        ? undefined
        : {
            site,
            fault: {
              how: "signal-not-aborted",
              controller: signal.name.text,
              symbol: signal.controller,
            },
          };
    case "missing":
      // What only watches an object of this function ends with it.
      return watchesLocal(site, race, engine)
        ? undefined
        : { site, fault: { how: "no-signal", place: signal.place } };
    case "not-taken":
      break;
  }
  if (operation.isStep === true) return undefined;
  const fault =
    cancellable(site, operation, race, engine) ??
    lateResult(begun, operation, race, engine) ??
    counterpartOf(site, race, engine);
  return fault && { site, fault };
}

interface Beginning {
  readonly site: ts.CallExpression | ts.NewExpression;
  /** Callbacks of `then` between the call and the race. */
  readonly callbacks: readonly ts.Expression[];
}

/** The call that begins an operation, behind names and the steps of a promise chain. */
function beginningOf(expression: ts.Expression, { environment }: Engine): Beginning | undefined {
  const callbacks: ts.Expression[] = [];
  let value = settledValue(expression, environment);
  for (let step = chainStep(value); step !== undefined; step = chainStep(value)) {
    if (step.method === "then") callbacks.push(...step.call.arguments.slice(0, 1));
    if (step.method === "finally") return undefined;
    value = settledValue(step.promise, environment);
  }
  return ts.isCallExpression(value) || ts.isNewExpression(value)
    ? { site: value, callbacks }
    : undefined;
}

// ---- stopped by way of something else

const anyRelease: readonly string[] = [
  ...new Set([
    ...releaseMembers,
    ...promiseCancels,
    ...counterparts.flatMap(({ gives }) => gives),
    "return",
    "unref",
  ]),
];

/** What the operation works on: ending that ends the operation. */
function receiverAndArguments(
  call: ts.CallExpression,
  { environment }: Engine,
): readonly AccessPath[] {
  const { types } = environment;
  const callee = valueOf(call.expression);
  const receiver = ts.isPropertyAccessExpression(callee) ? [callee.expression] : [];
  return [...receiver, ...call.arguments]
    .map(valueOf)
    .filter(
      (one) =>
        ts.isIdentifier(one) ||
        ts.isPropertyAccessExpression(one) ||
        one.kind === ts.SyntaxKind.ThisKeyword,
    )
    .filter((one) => !types.isPrimitive(types.typeOf(one)))
    .map((one) => pathOf(one, environment.resolve));
}

/** The call waits for something of an object that this very function made. */
function watchesLocal(call: ts.CallExpression, race: Race, { environment }: Engine): boolean {
  const [first] = call.arguments;
  if (first === undefined || !ts.isIdentifier(first)) return false;
  const declaration = environment.resolve(first)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false;
  const made = declaration.initializer && valueOf(declaration.initializer);
  return (
    made !== undefined &&
    (ts.isCallExpression(made) || ts.isNewExpression(made)) &&
    !environment.types.isPrimitive(environment.types.valueType(first)) &&
    isLocalTo(pathOf(first, environment.resolve), functionAround(race.site))
  );
}

/** Somebody aborts the controller when time is up: the timer, the code behind the race, or a function made here. */
function isAborted(controller: ts.Symbol, race: Race, engine: Engine): boolean {
  const path: AccessPath = { root: controller, members: [] };
  const { environment } = engine;
  if (isStoppedInTime(race, path, ["abort"], engine)) return true;
  const scope = controller.valueDeclaration?.getSourceFile();
  if (scope === undefined) return true;
  // A callback that aborts may be the timer of another guard.
  return someInside(functionAround(race.site), (node) => {
    if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
    if (isInside(race.site, node)) return false;
    return someReachableCall(node, engine, ({ expression }) => {
      const callee = valueOf(expression);
      if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== "abort") return false;
      const owner = valueOf(callee.expression);
      return ts.isIdentifier(owner) && environment.resolve(owner) === controller;
    });
  });
}

// ---- a promise that can be cancelled

function cancellable(
  site: ts.CallExpression,
  operation: Operation,
  race: Race,
  engine: Engine,
): Abandonment | undefined {
  const { types } = engine.environment;
  const type = types.typeOf(site);
  const method = promiseCancels.find((name) => {
    const member = types.plainMemberType(type, name);
    return member !== undefined && types.isCallable(member);
  });
  if (method === undefined || operation.cancels.includes(method)) return undefined;
  const path = namedPath(operation.expression, engine);
  if (path !== undefined && isStoppedInTime(race, path, promiseCancels, engine)) return undefined;
  return { how: "not-cancelled", method };
}

/** The variable that holds the promise of an operation. */
function namedPath(expression: ts.Expression, { environment }: Engine): AccessPath | undefined {
  const value = valueOf(expression);
  return ts.isIdentifier(value) ? pathOf(value, environment.resolve) : undefined;
}

// ---- a result that must be released

function lateResult(
  { site, callbacks }: Beginning,
  operation: Operation,
  race: Race,
  engine: Engine,
): Abandonment | undefined {
  if (ts.isNewExpression(site)) return undefined;
  const resource = resourceOf(site, engine);
  if (resource === undefined) return undefined;
  if (callbacks.some((callback) => takesCareOfResult(callback, race, engine))) return undefined;
  if (isHeldElsewhere(operation.expression, race, engine)) return undefined;
  return { how: "late-result", ...resource };
}

/** The fresh resource that a call brings, and how it is released. */
function resourceOf(
  site: ts.CallExpression,
  { environment, summaries }: Engine,
): { label: string; method: string } | undefined {
  const { recogniser, types } = environment;
  for (const one of recogniser.acquisitions(site)) {
    if (one.freshness === "body") {
      const fresh = freshFromBodies(site, environment, summaries).find(({ paths }) =>
        paths.some((path) => path.length === 0),
      );
      if (fresh !== undefined) return describe(fresh.kind);
    } else if (one.place === undefined && one.kind.duty !== "stop") return describe(one.kind);
  }
  // A verb of making, and a type of the program or a package with a way to release it.
  const name = recogniser.calleeName(site);
  if (name === undefined || !saysItMakes(name)) return undefined;
  const type = types.valueType(site);
  if (types.isAny(type) || types.isPrimitive(type) || types.isCallable(type)) return undefined;
  // `client.connect()` that brings the client itself.
  const callee = valueOf(site.expression);
  if (ts.isPropertyAccessExpression(callee) && types.valueType(callee.expression) === type)
    return undefined;
  if (!types.classSymbols(type).some((symbol) => isDeclaredOutsideLibrary(symbol, environment)))
    return undefined;
  const method = releaseMembers.find((member) => {
    const declared = types.plainMemberType(type, member);
    return declared !== undefined && types.isCallable(declared);
  });
  return method === undefined ? undefined : { label: types.display(type), method };
}

function isDeclaredOutsideLibrary(symbol: ts.Symbol, { types }: Engine["environment"]): boolean {
  return types.declaredNames(symbol).some((one) => one.origin !== "global");
}

function describe(kind: {
  readonly label: string;
  readonly release: readonly object[];
}): { label: string; method: string } | undefined {
  const [release] = kind.release.flatMap((one) =>
    "method" in one && typeof one.method === "string" ? [one.method] : [],
  );
  return { label: kind.label, method: release ?? "its release" };
}

/** The callback releases what it is given, or passes it to who may: whether it is in time, it may know. */
function takesCareOfResult(callback: ts.Expression, race: Race, { environment }: Engine): boolean {
  const executor = race.executor?.executor;
  const isSettler = (expression: ts.Expression): boolean =>
    executor !== undefined && settlerNamed(expression, executor, environment) !== undefined;
  const value = valueOf(callback);
  if (isSettler(value)) return false;
  if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value)) return true;
  const [parameter] = value.parameters;
  if (parameter === undefined) return false;
  if (!ts.isIdentifier(parameter.name)) return true;
  const result = environment.resolve(parameter.name);
  return callsIn(value.body).some(({ expression, arguments: args }) => {
    const callee = valueOf(expression);
    if (ts.isPropertyAccessExpression(callee) && releaseMembers.includes(callee.name.text)) {
      const owner = rootOf(callee.expression);
      if (ts.isIdentifier(owner) && environment.resolve(owner) === result) return true;
    }
    if (isSettler(callee) || result === undefined) return false;
    return args?.some((argument) => mentionsSymbol(argument, result, environment)) === true;
  });
}

/** The promise has a name that is used beside the race, other than to silence its rejection. */
function isHeldElsewhere(expression: ts.Expression, race: Race, engine: Engine): boolean {
  const { environment } = engine;
  const name = valueOf(expression);
  if (!ts.isIdentifier(name)) return false;
  const symbol = environment.resolve(name);
  if (symbol === undefined) return true;
  return someInside(functionAround(race.site), (node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name) return false;
    if (ts.isVariableDeclaration(node.parent) && node.parent.name === node) return false;
    if (environment.resolve(node) !== symbol || isInside(node, race.site)) return false;
    return !isSilencing(node, engine);
  });
}

/** `promise.catch(() => {})`, or `promise.then(log)`: nobody releases anything there. */
function isSilencing(name: ts.Identifier, { environment }: Engine): boolean {
  const whole = withWrappers(name);
  const access = whole.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== whole) return false;
  const step = chainStep(access.parent as ts.Expression);
  if (step === undefined) return false;
  if (step.method !== "then") return true;
  const [callback] = step.call.arguments;
  return (
    callback === undefined ||
    closuresIn(callback, environment).every(({ parameters }) => parameters.length === 0)
  );
}

// ---- a pair of methods

/** `client.subscribe()` where the client has an `unsubscribe` as well. */
function counterpartOf(
  site: ts.CallExpression,
  race: Race,
  engine: Engine,
): Abandonment | undefined {
  const callee = valueOf(site.expression);
  // What it brings is released whenever it arrives, or that is what is said of it.
  if (resourceOf(site, engine) !== undefined) return undefined;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const pair = counterparts.find(({ begins }) => begins.includes(callee.name.text));
  if (pair === undefined) return undefined;
  const { environment } = engine;
  const { types } = environment;
  const type = types.valueType(callee.expression);
  if (types.isAny(type)) return undefined;
  const method = pair.gives.find((name) => {
    const member = types.plainMemberType(type, name);
    return member !== undefined && types.isCallable(member);
  });
  if (method === undefined) return undefined;
  const path = pathOf(callee.expression, environment.resolve);
  const around = functionAround(race.site);
  // A resource that this function made is followed as such, unless it may live as long as the program.
  const kind = environment.recogniser.kindOfType(type);
  if (kind !== undefined && kind.grade !== "idle" && isLocalTo(path, around)) return undefined;
  return isEndedBefore(race, path, pair.gives, around, engine)
    ? undefined
    : { how: "not-cancelled", method };
}

/** `client.disconnect()` before `client.connect()`: whoever tries again ends what the last try left. */
function isEndedBefore(
  race: Race,
  path: AccessPath,
  methods: readonly string[],
  around: ts.Node,
  { environment }: Engine,
): boolean {
  const key = keyOf(path);
  return callsIn(around).some(({ expression, end }) => {
    const callee = valueOf(expression);
    return (
      end < race.site.pos &&
      ts.isPropertyAccessExpression(callee) &&
      methods.includes(callee.name.text) &&
      keyOf(pathOf(callee.expression, environment.resolve)) === key
    );
  });
}
