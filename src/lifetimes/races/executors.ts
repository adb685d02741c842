/**
 * `new Promise((resolve, reject) => …)`: who settles it, and how.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isGlobal, settledValue } from "../holders/values.ts";
import {
  functionAround,
  isConstant,
  isInside,
  someInside,
  withWrappers,
} from "../../typescript/syntax.ts";

export interface Executor {
  readonly promise: ts.NewExpression;
  readonly body: (ts.ArrowFunction | ts.FunctionExpression) & FunctionWithBody;
  /** The parameters that settle the promise. */
  readonly resolve: ts.Symbol | undefined;
  readonly reject: ts.Symbol | undefined;
}

/** A place that settles a promise. */
export interface Settlement {
  /** The call of `resolve` or `reject`, or the call that is given one of them as a callback. */
  readonly call: ts.CallExpression | ts.NewExpression;
  readonly rejects: boolean;
  /** The function is passed on: the call only registers it. */
  readonly passed: boolean;
}

/** The executor of a `new Promise` whose function is written there. */
export function executorOf(node: ts.Node, environment: Environment): Executor | undefined {
  if (!ts.isNewExpression(node) || !isGlobal(node.expression, "Promise", environment))
    return undefined;
  const [argument] = node.arguments ?? [];
  const body = argument && valueOf(argument);
  if (body === undefined || !(ts.isArrowFunction(body) || ts.isFunctionExpression(body)))
    return undefined;
  const symbolOf = (index: number): ts.Symbol | undefined => {
    const name = body.parameters[index]?.name;
    return name !== undefined && ts.isIdentifier(name) ? environment.resolve(name) : undefined;
  };
  return { promise: node, body, resolve: symbolOf(0), reject: symbolOf(1) };
}

/** The executor in which a node stands directly, not in a function inside it. */
export function executorAround(node: ts.Node, environment: Environment): Executor | undefined {
  const literal = functionAround(node);
  if (ts.isSourceFile(literal)) return undefined;
  const { parent } = withWrappers(literal);
  if (!ts.isNewExpression(parent)) return undefined;
  const executor = executorOf(parent, environment);
  return executor?.body === literal ? executor : undefined;
}

/** What an expression is in the eyes of the executor: one of its two parameters, or nothing. */
export function settlerNamed(
  expression: ts.Expression,
  executor: Executor,
  environment: Environment,
): "resolve" | "reject" | undefined {
  const value = settledValue(expression, environment);
  if (!ts.isIdentifier(value)) return undefined;
  const symbol = environment.resolve(value);
  if (symbol === undefined) return undefined;
  if (symbol === executor.resolve) return "resolve";
  return symbol === executor.reject ? "reject" : undefined;
}

/** Every place in a piece of code that settles the promise, in source order. */
export function settlementsIn(
  code: ts.Node,
  executor: Executor,
  environment: Environment,
): readonly Settlement[] {
  return callsIn(code).flatMap((call): Settlement[] => {
    const called = settlerNamed(call.expression, executor, environment);
    if (called !== undefined) return [{ call, rejects: called === "reject", passed: false }];
    return (call.arguments ?? []).flatMap((argument): Settlement[] => {
      const given = settlerNamed(argument, executor, environment);
      return given === undefined ? [] : [{ call, rejects: given === "reject", passed: true }];
    });
  });
}

/** The places outside `without` that settle the promise. */
export function settlementsOutside(
  executor: Executor,
  without: readonly ts.Node[],
  environment: Environment,
): readonly Settlement[] {
  return settlementsIn(executor.body, executor, environment).filter(
    ({ call }) => !without.some((node) => isInside(call, node)),
  );
}

/** Something outside `without` may settle the promise: it names one of the two functions. */
export function isSettledOutside(
  executor: Executor,
  without: readonly ts.Node[],
  environment: Environment,
): boolean {
  return namesSettler(executor, without, ["resolve", "reject"], environment);
}

/** Something outside `without` may fulfil the promise. */
export function isResolvedOutside(
  executor: Executor,
  without: readonly ts.Node[],
  environment: Environment,
): boolean {
  return namesSettler(executor, without, ["resolve"], environment);
}

function namesSettler(
  executor: Executor,
  without: readonly ts.Node[],
  which: readonly ("resolve" | "reject")[],
  environment: Environment,
): boolean {
  return someInside(executor.body.body, (node) => {
    if (!ts.isIdentifier(node) || without.some((one) => isInside(node, one))) return false;
    // Another name for it is looked through where it is used.
    if (ts.isVariableDeclaration(node.parent) && isConstant(node.parent)) return false;
    const named = settlerNamed(node, executor, environment);
    return named !== undefined && which.includes(named);
  });
}
