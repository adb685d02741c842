/**
 * Promises that settle because time passes: `new Promise` around `setTimeout`, the functions of the
 * catalog that return one, and functions of the program whose bodies do nothing else.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import type { Environment } from "../../ownership/environment.ts";
import { armingFunctions, guardTimer, timerFunctions } from "../../resources/catalog/timeouts.ts";
import { matchesPattern, namesOf, lastPart } from "../../resources/catalog-index.ts";
import type { TimerFunction } from "../../resources/timeouts.ts";
import { isAsyncFunction } from "../../typescript/modifiers.ts";
import { isInside, returnedValues, someInside } from "../../typescript/syntax.ts";
import { executorOf, isSettledOutside, settlementsIn, settlerNamed } from "./executors.ts";
import { bodiesOf, chainStep, constantNumber, settledValue } from "../holders/values.ts";

/** A promise that a timer settles. */
export interface TimerPromise {
  /** The call that makes it where it is used: `setTimeout(…)`, `sleep(ms)`. */
  readonly site: ts.CallExpression;
  /** The timer is armed in the function that is looked at, so its handle can be followed there. */
  readonly armedHere: boolean;
  /** Something can stop the timer: it is unreferenced, or was given a signal. */
  readonly stoppable: boolean;
  /** It settles by rejecting. */
  readonly rejects: boolean;
  /** The milliseconds as they are written where it is used. */
  readonly delay: ts.Expression | undefined;
  readonly milliseconds: number | undefined;
}

/** What a function whose result is a timer promise says of it. */
interface TimerSummary {
  readonly stoppable: boolean;
  readonly rejects: boolean;
  /** The parameter with the milliseconds. */
  readonly delayParameter: number | undefined;
  readonly milliseconds: number | undefined;
}

const timerNames = new Set(timerFunctions.flatMap((one) => namesOf(one).map(lastPart)));

export class TimerPromises {
  private readonly environment: Environment;
  private readonly summaries = new WeakMap<FunctionWithBody, TimerSummary | "none">();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** The call is one of `setTimeout`, under whatever name. */
  armsTimer(call: ts.CallExpression | ts.NewExpression): call is ts.CallExpression {
    if (!ts.isCallExpression(call) || call.arguments.length === 0) return false;
    if (this.environment.recogniser.calleeName(call) !== "setTimeout") return false;
    const symbol = this.environment.types.calleeSymbol(call.expression);
    if (symbol === undefined) return false;
    const declared = this.environment.types.declaredNames(symbol);
    return armingFunctions.some((one) => matchesPattern(one, declared));
  }

  /** The timer promise that an expression is; undefined where it is none, or nobody knows. */
  of(expression: ts.Expression): TimerPromise | undefined {
    const value = settledValue(expression, this.environment);
    const step = chainStep(value);
    if (step !== undefined) {
      const inner = this.of(step.promise);
      if (inner === undefined) return undefined;
      const thrown = step.method === "then" && step.call.arguments.some(throwsAlways);
      return thrown ? { ...inner, rejects: true } : inner;
    }
    if (ts.isNewExpression(value)) return this.written(value);
    if (!ts.isCallExpression(value)) return undefined;
    return this.fromCatalog(value) ?? this.promisified(value) ?? this.fromBodies(value);
  }

  /** `new Promise((resolve, reject) => setTimeout(reject, ms))` */
  private written(node: ts.NewExpression): TimerPromise | undefined {
    const executor = executorOf(node, this.environment);
    if (executor === undefined) return undefined;
    const { environment } = this;
    for (const call of callsIn(executor.body)) {
      if (!this.armsTimer(call)) continue;
      const [callback] = call.arguments;
      if (callback === undefined) continue;
      const named = settlerNamed(callback, executor, environment);
      const closures = closuresIn(callback, environment);
      const settlements = closures.flatMap((one) => settlementsIn(one, executor, environment));
      if (named === undefined && settlements.length === 0) continue;
      // What something else settles as well is a race, not a timer.
      if (isSettledOutside(executor, [call, ...closures], environment)) return undefined;
      const [, delay] = call.arguments;
      return {
        site: call,
        armedHere: true,
        stoppable: isReleasedInside(call, executor.body),
        rejects: named === "reject" || settlements.some((one) => one.rejects),
        delay,
        milliseconds: constantNumber(delay, environment),
      };
    }
    return undefined;
  }

  private fromCatalog(call: ts.CallExpression): TimerPromise | undefined {
    const name = this.environment.recogniser.calleeName(call);
    if (name === undefined) return undefined;
    // A default import has a name of the importer's choosing.
    if (!timerNames.has(name) && !isDefaultImport(call.expression, this.environment))
      return undefined;
    const symbol = this.environment.types.calleeSymbol(call.expression);
    if (symbol === undefined) return undefined;
    const declared = this.environment.types.declaredNames(symbol);
    const known = timerFunctions.find((one) => matchesPattern(one, declared));
    if (known === undefined) return undefined;
    const delay = call.arguments[known.delay];
    return {
      site: call,
      armedHere: false,
      stoppable: isStoppedByOptions(call, known),
      rejects: false,
      delay,
      milliseconds: constantNumber(delay, this.environment),
    };
  }

  /** `const sleep = promisify(setTimeout)` */
  private promisified(call: ts.CallExpression): TimerPromise | undefined {
    if (!ts.isIdentifier(call.expression)) return undefined;
    const declaration = this.environment.resolve(call.expression)?.valueDeclaration;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
    const made = declaration.initializer && valueOf(declaration.initializer);
    if (made === undefined || !ts.isCallExpression(made)) return undefined;
    if (this.environment.recogniser.calleeName(made) !== "promisify") return undefined;
    const [original] = made.arguments;
    const symbol = original && this.environment.types.calleeSymbol(original);
    if (symbol === undefined) return undefined;
    const declared = this.environment.types.declaredNames(symbol);
    if (!armingFunctions.some((one) => matchesPattern(one, declared))) return undefined;
    const [delay] = call.arguments;
    return {
      site: call,
      armedHere: false,
      stoppable: false,
      rejects: false,
      delay,
      milliseconds: constantNumber(delay, this.environment),
    };
  }

  private fromBodies(call: ts.CallExpression): TimerPromise | undefined {
    const callee = valueOf(call.expression);
    const isWrittenHere = ts.isArrowFunction(callee) || ts.isFunctionExpression(callee);
    const bodies = isWrittenHere ? [callee] : bodiesOf(call.expression, this.environment);
    const [body] = bodies;
    if (body === undefined || bodies.length > 1) return undefined;
    const summary = this.summaryOf(body);
    if (summary === "none") return undefined;
    const given =
      summary.delayParameter === undefined ? undefined : call.arguments[summary.delayParameter];
    return {
      site: call,
      armedHere: false,
      stoppable: summary.stoppable,
      rejects: summary.rejects,
      delay: given,
      milliseconds: constantNumber(given, this.environment) ?? summary.milliseconds,
    };
  }

  private summaryOf(body: FunctionWithBody): TimerSummary | "none" {
    let summary = this.summaries.get(body);
    if (summary === undefined) {
      // A function that calls itself is no timer.
      this.summaries.set(body, "none");
      summary = this.summarise(body);
      this.summaries.set(body, summary);
    }
    return summary;
  }

  private summarise(body: FunctionWithBody): TimerSummary | "none" {
    if ("asteriskToken" in body && body.asteriskToken !== undefined) return "none";
    const awaited = isAsyncFunction(body) ? awaitedIn(body) : [];
    const values = awaited.length > 0 ? awaited : returnedValues(body);
    const [value] = values;
    if (value === undefined || values.length > 1) return "none";
    const timer = this.of(value);
    if (timer === undefined) return "none";
    const delay = timer.delay && valueOf(timer.delay);
    const parameter =
      delay !== undefined && ts.isIdentifier(delay)
        ? body.parameters.findIndex(
            ({ name }) =>
              ts.isIdentifier(name) &&
              this.environment.resolve(name) === this.environment.resolve(delay),
          )
        : -1;
    return {
      stoppable: timer.stoppable,
      rejects: timer.rejects || (awaited.length > 0 && someInside(body.body, ts.isThrowStatement)),
      delayParameter: parameter < 0 ? undefined : parameter,
      milliseconds: timer.milliseconds,
    };
  }
}

function isDefaultImport(callee: ts.Expression, environment: Environment): boolean {
  return ts.isIdentifier(callee) && environment.resolve(callee)?.name === "default";
}

/** The timer is unreferenced or cleared by the code that makes the promise. */
function isReleasedInside(arming: ts.CallExpression, executor: ts.Node): boolean {
  const methods = guardTimer.release.flatMap((one) => ("method" in one ? [one.method] : []));
  const functions = guardTimer.release.flatMap((one) => ("argument" in one ? namesOf(one) : []));
  return someInside(executor, (node) => {
    if (!ts.isCallExpression(node) || isInside(node, arming)) return false;
    const { expression } = node;
    if (ts.isPropertyAccessExpression(expression)) return methods.includes(expression.name.text);
    return ts.isIdentifier(expression) && functions.includes(expression.text);
  });
}

/** `{ signal }` or `{ ref: false }` in the options, or options that are not written here. */
function isStoppedByOptions(call: ts.CallExpression, { options }: TimerFunction): boolean {
  const given = options === undefined ? undefined : call.arguments[options];
  if (given === undefined) return false;
  const value = valueOf(given);
  if (!ts.isObjectLiteralExpression(value)) return true;
  return value.properties.some(
    (property) =>
      ts.isSpreadAssignment(property) ||
      property.name.getText() === "signal" ||
      property.name.getText() === "ref",
  );
}

/** A callback that ends in a `throw`, or returns `Promise.reject(…)`. */
function throwsAlways(callback: ts.Expression): boolean {
  const value = valueOf(callback);
  if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value)) return false;
  const { body } = value;
  if (ts.isBlock(body)) return body.statements.some(ts.isThrowStatement);
  return /^Promise\.reject\b/.test(body.getText());
}

/** What a function awaits, nested functions left out. */
export function awaitedIn(body: FunctionWithBody): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isAwaitExpression(node)) found.push(node.expression);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(body.body);
  return found;
}
