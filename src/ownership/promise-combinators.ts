/**
 * `Promise.all` and its kin: how the resources behind several promises come out of one.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";

const combinators = new Set(["all", "allSettled", "race", "any"]);

export type Combinator = "all" | "allSettled" | "race" | "any";

/** Which combinator a call is; undefined for other calls. */
export function combinatorOf(node: ts.Node): Combinator | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression))
    return undefined;
  if (callee.expression.text !== "Promise" || !combinators.has(callee.name.text)) return undefined;
  return callee.name.text as Combinator;
}

export function isPromiseAll(expression: ts.Expression): boolean {
  const elements = promiseAllElements(expression);
  return elements === undefined ? combinatorOf(valueOf(expression)) === "all" : elements.length > 1;
}

/** The promises of `Promise.all([…])`, where they are written out. */
export function promiseAllElements(
  expression: ts.Expression,
): readonly ts.Expression[] | undefined {
  const call = valueOf(expression);
  if (!ts.isCallExpression(call) || combinatorOf(call) !== "all") return undefined;
  const [list] = call.arguments;
  return list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : undefined;
}
