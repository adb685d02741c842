/**
 * Functions of the program that race one of their parameters against time: `withTimeout(operation, ms)`,
 * known by their bodies.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import type { Environment } from "../../ownership/environment.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { someMemberThat } from "../../typescript/declared-members.ts";
import { isInside, someInside } from "../../typescript/syntax.ts";
import { chainStep, settledValue } from "../holders/values.ts";
import type { Race } from "./races.ts";
import { isSignal } from "./signals.ts";

/** How a function of the program races one of its parameters against time. */
export interface HelperSummary {
  readonly parameter: number;
  /** The parameter is a function that makes the promise. */
  readonly invoked: boolean;
  /** The position of an abort signal among what the helper passes to that function. */
  readonly signalIndex: number | undefined;
  /** The parameter with the milliseconds. */
  readonly delayParameter: number | undefined;
  readonly rejects: boolean;
  /** It stops the operation itself, or lets the caller say how. */
  readonly stops: boolean;
}

export class RaceHelpers {
  private readonly environment: Environment;
  private readonly raceAt: (call: CallLike) => Race | undefined;
  private readonly known = new WeakMap<FunctionWithBody, HelperSummary | "none">();

  /** @param raceAt what a call inside a body races */
  constructor(environment: Environment, raceAt: (call: CallLike) => Race | undefined) {
    this.environment = environment;
    this.raceAt = raceAt;
  }

  /** What a function of the program says of itself; the word "none" where it races no parameter. */
  of(body: FunctionWithBody): HelperSummary | "none" {
    let helper = this.known.get(body);
    if (helper === undefined) {
      // A helper that calls itself is none.
      this.known.set(body, "none");
      helper = this.summarise(body);
      this.known.set(body, helper);
    }
    return helper;
  }

  private summarise(body: FunctionWithBody): HelperSummary | "none" {
    if (body.parameters.length === 0 || !mentionsTime(body)) return "none";
    for (const race of callsIn(body).flatMap((call) => this.raceAt(call) ?? [])) {
      for (const { expression } of race.operations) {
        const parameter = this.parameterOf(expression, body);
        if (parameter === undefined) continue;
        return {
          ...parameter,
          delayParameter: this.parameterIndex(race.delay, body),
          rejects: race.rejects,
          stops: this.stopsItself(body, parameter.parameter, race),
        };
      }
    }
    return "none";
  }

  /** The parameter that an operation is, or that makes it. */
  private parameterOf(
    expression: ts.Expression,
    body: FunctionWithBody,
  ): Pick<HelperSummary, "parameter" | "invoked" | "signalIndex"> | undefined {
    const value = settledValue(expression, this.environment);
    const step = chainStep(value);
    if (step !== undefined) return this.parameterOf(step.promise, body);
    const direct = this.parameterIndex(value, body);
    if (direct !== undefined) return { parameter: direct, invoked: false, signalIndex: undefined };
    if (!ts.isCallExpression(value)) return undefined;
    const called = this.parameterIndex(value.expression, body);
    if (called === undefined) return undefined;
    const { types } = this.environment;
    const signal = value.arguments.findIndex((argument) =>
      isSignal(types.valueType(argument), this.environment),
    );
    return { parameter: called, invoked: true, signalIndex: signal < 0 ? undefined : signal };
  }

  private parameterIndex(
    expression: ts.Expression | undefined,
    body: FunctionWithBody,
  ): number | undefined {
    const value = expression && valueOf(expression);
    if (value === undefined || !ts.isIdentifier(value)) return undefined;
    const symbol = this.environment.resolve(value);
    const index = body.parameters.findIndex(
      ({ name }) => ts.isIdentifier(name) && this.environment.resolve(name) === symbol,
    );
    return index < 0 || symbol === undefined ? undefined : index;
  }

  /** It calls a member of the operation that is no `then`, or another function that it was given. */
  private stopsItself(body: FunctionWithBody, operation: number, race: Race): boolean {
    return someInside(body.body, (node) => {
      if (!ts.isCallExpression(node)) return false;
      const callee = valueOf(node.expression);
      if (ts.isPropertyAccessExpression(callee)) {
        const on = this.parameterIndex(callee.expression, body);
        if (on !== operation) return false;
        return (
          chainStep(node) === undefined ||
          (race.form !== "executor" && !isInside(node, race.site) && this.endsLate(node, body))
        );
      }
      const called = this.parameterIndex(callee, body);
      return called !== undefined && called !== operation;
    });
  }

  /** `operation.then((late) => …)` beside the race does something with a late result. */
  private endsLate(node: ts.CallExpression, body: FunctionWithBody): boolean {
    const [callback] = node.arguments;
    return (
      callback !== undefined &&
      node.expression.getText().endsWith("then") &&
      (closuresIn(callback, this.environment).length > 0 ||
        this.parameterIndex(callback, body) !== undefined)
    );
  }
}

/** A cheap test of whether a function could race at all: the words of every form that is recognised. */
function mentionsTime(code: ts.Node): boolean {
  return /race|any\(|imeout/i.test(code.getText());
}

/** Some member of the name may be a helper that races. */
export const mayRace = someMemberThat(mentionsTime);
