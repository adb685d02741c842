/**
 * Races against time: an operation, and a timer after which nobody waits for it any more.
 *
 * The forms are `Promise.race` and `Promise.any` with a timer promise, a `new Promise` whose timer
 * gives up on what else settles it, a helper of a package, and a helper of the program that is known
 * by its body. Unknown is silent: a race whose timer cannot be recognised is no race here.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import type { Environment } from "../../ownership/environment.ts";
import { combinatorOf } from "../../ownership/promise-combinators.ts";
import { timeoutHelpers } from "../../resources/catalog/timeouts.ts";
import { lastPart, matchesPattern, namesOf } from "../../resources/catalog-index.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { isAsyncFunction } from "../../typescript/modifiers.ts";
import { isInside, returnedValues } from "../../typescript/syntax.ts";
import {
  type Executor,
  executorOf,
  isResolvedOutside,
  isSettledOutside,
  settlementsIn,
} from "./executors.ts";
import { mayRace, RaceHelpers, type HelperSummary } from "./race-helpers.ts";
import { awaitedIn, type TimerPromise, TimerPromises } from "./timer-promises.ts";
import { bodiesOf, chainStep, settledValue } from "../holders/values.ts";

export interface Race {
  readonly form: "race" | "package" | "helper" | "executor";
  /** The expression whose promise is waited for. */
  readonly site: ts.CallExpression | ts.NewExpression;
  /** What runs on when time is up, as written. */
  readonly operations: readonly Operation[];
  /** The timers among the promises of a combinator. */
  readonly timers: readonly TimerPromise[];
  /** The milliseconds as they are written at the race. */
  readonly delay: ts.Expression | undefined;
  /** The race rejects when time is up; otherwise it resolves. */
  readonly rejects: boolean;
  /** For `new Promise`: its executor and the call that arms its timer. */
  readonly executor?: { readonly executor: Executor; readonly arming: ts.CallExpression };
}

export interface Operation {
  readonly expression: ts.Expression;
  /** Members that the helper calls on the promise itself when time is up. */
  readonly cancels: readonly string[];
  /** The helper hands the operation a signal that it aborts when time is up. */
  readonly signalParameter?: { readonly index: number };
  /** One of several steps of a function that runs there: whether it has begun, nobody can say. */
  readonly isStep?: true;
}

const helperNames = new Set(timeoutHelpers.flatMap((one) => namesOf(one).map(lastPart)));

export class Races {
  readonly timers: TimerPromises;
  private readonly environment: Environment;
  private readonly files = new WeakMap<ts.SourceFile, readonly Race[]>();
  private readonly helpers: RaceHelpers;

  constructor(environment: Environment) {
    this.environment = environment;
    this.timers = new TimerPromises(environment);
    this.helpers = new RaceHelpers(environment, (call) => this.at(call));
  }

  /** Every race in a file, in source order. */
  in(file: ts.SourceFile): readonly Race[] {
    let races = this.files.get(file);
    if (races === undefined) {
      races = callsIn(file).flatMap((call) => this.at(call) ?? []);
      this.files.set(file, races);
    }
    return races;
  }

  private at(call: CallLike): Race | undefined {
    if (ts.isNewExpression(call)) return this.written(call);
    const combinator = combinatorOf(call);
    if (combinator !== undefined)
      return combinator === "race" || combinator === "any"
        ? this.combined(call, combinator)
        : undefined;
    return this.ofPackage(call) ?? this.ofHelper(call);
  }

  // ---- Promise.race

  private combined(call: ts.CallExpression, combinator: "race" | "any"): Race | undefined {
    const [list] = call.arguments;
    const elements = list && settledValue(list, this.environment);
    if (elements === undefined || !ts.isArrayLiteralExpression(elements)) return undefined;
    const timers: TimerPromise[] = [];
    const operations: Operation[] = [];
    for (const element of elements.elements) {
      if (ts.isSpreadElement(element)) {
        operations.push(...this.mapped(element.expression));
        continue;
      }
      const timer = this.timers.of(element);
      if (timer === undefined)
        operations.push({ expression: element, cancels: [] }, ...this.stepsOfCalled(element));
      // `Promise.any` waits on when a promise is rejected.
      else if (combinator === "race" || !timer.rejects) timers.push(timer);
    }
    const [timer] = timers;
    if (timer === undefined || operations.length === 0) return undefined;
    return {
      form: "race",
      site: call,
      operations,
      timers,
      delay: timer.delay,
      rejects: timers.every((one) => one.rejects),
    };
  }

  /** `...urls.map((url) => fetch(url))` */
  private mapped(list: ts.Expression): readonly Operation[] {
    const call = settledValue(list, this.environment);
    if (!ts.isCallExpression(call)) return [];
    if (
      !this.environment.recogniser.isStandardMember(call.expression, [
        "Array.map",
        "ReadonlyArray.map",
      ])
    )
      return [];
    const [callback] = call.arguments;
    const literal = callback && valueOf(callback);
    if (literal === undefined || !isFunctionLiteral(literal)) return [];
    const [made, ...others] = returnedValues(literal);
    return made === undefined || others.length > 0 ? [] : [{ expression: made, cancels: [] }];
  }

  // ---- new Promise((resolve, reject) => { const timer = setTimeout(reject, ms); … })

  private written(node: ts.NewExpression): Race | undefined {
    const executor = executorOf(node, this.environment);
    if (executor === undefined) return undefined;
    for (const arming of callsIn(executor.body)) {
      if (!this.timers.armsTimer(arming)) continue;
      const guard = this.guardIn(executor, arming);
      if (guard === undefined) continue;
      const [, delay] = arming.arguments;
      const operations = this.awaitedBy(executor, guard.callbacks);
      return {
        form: "executor",
        site: node,
        operations,
        timers: [],
        delay,
        rejects: guard.rejects,
        executor: { executor, arming },
      };
    }
    return undefined;
  }

  /** The timer settles the promise, and so does something else. */
  private guardIn(
    executor: Executor,
    arming: ts.CallExpression,
  ): { rejects: boolean; callbacks: readonly ts.Node[] } | undefined {
    const { environment } = this;
    const [callback] = arming.arguments;
    if (callback === undefined) return undefined;
    const callbacks = closuresIn(callback, environment).filter((one) =>
      isInside(one, executor.body),
    );
    const own = [
      ...settlementsIn(arming, executor, environment),
      ...callbacks.flatMap((one) => settlementsIn(one, executor, environment)),
    ];
    if (own.length === 0) return undefined;
    if (!isSettledOutside(executor, [arming, ...callbacks], environment)) return undefined;
    const rejects = own.some((one) => one.rejects);
    // What others can only break off is a sleep.
    if (!rejects && !isResolvedOutside(executor, [arming, ...callbacks], environment))
      return undefined;
    return { rejects, callbacks: [arming, ...callbacks] };
  }

  /** `operation.then(resolve, reject)` inside an executor: what the promise waits for. */
  private awaitedBy(executor: Executor, callbacks: readonly ts.Node[]): readonly Operation[] {
    const found: Operation[] = [];
    for (const call of callsIn(executor.body)) {
      if (callbacks.some((one) => isInside(call, one))) continue;
      const step = chainStep(call);
      if (step === undefined || chainStep(valueOf(step.promise)) !== undefined) continue;
      if (settlementsIn(outermostStep(call), executor, this.environment).length === 0) continue;
      if (!this.environment.types.isPromise(step.promise)) continue;
      found.push({ expression: call, cancels: [] });
    }
    return isAsyncFunction(executor.body) ? [...found, ...this.stepsOf(executor.body)] : found;
  }

  // ---- helpers

  private ofPackage(call: ts.CallExpression): Race | undefined {
    const name = this.environment.recogniser.calleeName(call);
    const isNamed = name !== undefined && helperNames.has(name);
    if (!isNamed && !ts.isIdentifier(call.expression)) return undefined;
    const symbol = this.environment.types.calleeSymbol(call.expression);
    if (symbol === undefined) return undefined;
    if (!isNamed && symbol.name !== "default") return undefined;
    const declared = this.environment.types.declaredNames(symbol);
    const known = timeoutHelpers.find((one) => matchesPattern(one, declared));
    if (known === undefined) return undefined;
    const expression =
      known.operation === "this" ? receiverOf(call) : call.arguments[known.operation];
    if (expression === undefined) return undefined;
    return {
      form: "package",
      site: call,
      operations: [{ expression, cancels: known.cancels }],
      timers: [],
      delay: undefined,
      rejects: true,
    };
  }

  /** `withTimeout(operation, ms)` of the program. */
  private ofHelper(call: ts.CallExpression): Race | undefined {
    if (!call.arguments.some(mayBeOperation)) return undefined;
    const callee = valueOf(call.expression);
    const { program } = this.environment.types;
    if (ts.isPropertyAccessExpression(callee) && !mayRace(callee.name.text, program))
      return undefined;
    const bodies = bodiesOf(call.expression, this.environment);
    const [body] = bodies;
    if (body === undefined || bodies.length > 1) return undefined;
    const helper = this.helpers.of(body);
    if (helper === "none" || helper.stops) return undefined;
    const given = call.arguments[helper.parameter];
    if (given === undefined) return undefined;
    const operations = this.givenOperations(given, helper);
    if (operations.length === 0) return undefined;
    return {
      form: "helper",
      site: call,
      operations,
      timers: [],
      delay:
        helper.delayParameter === undefined ? undefined : call.arguments[helper.delayParameter],
      rejects: helper.rejects,
    };
  }

  private givenOperations(given: ts.Expression, helper: HelperSummary): readonly Operation[] {
    const signal =
      helper.signalIndex === undefined ? {} : { signalParameter: { index: helper.signalIndex } };
    if (!helper.invoked) return [{ expression: given, cancels: [] }, ...this.stepsOfCalled(given)];
    const literal = settledValue(given, this.environment);
    if (!isFunctionLiteral(literal)) return [];
    const [made, ...others] = returnedValues(literal);
    const whole: readonly Operation[] =
      made === undefined || others.length > 0 ? [] : [{ expression: made, cancels: [], ...signal }];
    return [...whole, ...this.stepsOf(literal).map((step) => ({ ...step, ...signal }))];
  }

  // ---- functions that are written there

  /** `(async () => { const response = await fetch(url); … })()` */
  private stepsOfCalled(element: ts.Expression): readonly Operation[] {
    const call = settledValue(element, this.environment);
    const literal = ts.isCallExpression(call) ? valueOf(call.expression) : call;
    return isFunctionLiteral(literal) ? this.stepsOf(literal) : [];
  }

  /** What a function awaits or returns, its timers left out. */
  private stepsOf(literal: FunctionLiteral): readonly Operation[] {
    const values = [...awaitedIn(literal), ...returnedValues(literal)];
    return values.flatMap((expression): readonly Operation[] => {
      const isCall = ts.isCallExpression(settledValue(expression, this.environment));
      return isCall && this.timers.of(expression) === undefined
        ? [{ expression, cancels: [], isStep: true }]
        : [];
    });
  }
}

type FunctionLiteral = (ts.ArrowFunction | ts.FunctionExpression) & FunctionWithBody;

function isFunctionLiteral(node: ts.Node): node is FunctionLiteral {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function receiverOf(call: ts.CallExpression): ts.Expression | undefined {
  const callee = call.expression;
  return ts.isPropertyAccessExpression(callee) ? callee.expression : undefined;
}

/** The whole chain of `then`, `catch` and `finally` that a step begins. */
function outermostStep(call: ts.CallExpression | ts.NewExpression): ts.Node {
  let node: ts.Node = call;
  while (
    ts.isPropertyAccessExpression(node.parent) &&
    ts.isCallExpression(node.parent.parent) &&
    chainStep(node.parent.parent) !== undefined
  )
    node = node.parent.parent;
  return node;
}

/** An argument that could be a pending promise or a function that makes one: asked before any type. */
function mayBeOperation(argument: ts.Expression): boolean {
  const value = valueOf(argument);
  return (
    ts.isCallExpression(value) ||
    ts.isNewExpression(value) ||
    ts.isArrowFunction(value) ||
    ts.isFunctionExpression(value) ||
    ts.isIdentifier(value)
  );
}
