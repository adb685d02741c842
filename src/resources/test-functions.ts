/**
 * Which code is a test: what a test runner is given to call.
 */
import ts from "typescript";
import type { Types } from "../typescript/types.ts";
import { runnerFunctions } from "./catalog/test-runners.ts";

/**
 * A function of a test runner, by its name and because the program does not declare it.
 *
 * @param name the last part of the callee
 */
export function isTestFunction(callee: ts.Expression, name: string, types: Types): boolean {
  if (!runnerFunctions.includes(name)) return false;
  const symbol = types.calleeSymbol(callee);
  // A global whose types are not installed belongs to no file of the program either.
  if (symbol === undefined) return true;
  return types.declaredNames(symbol).every(({ origin }) => origin !== "program");
}

/** The node stands in a function that a test runner is given: `it("works", async () => { … })`. */
export function isInTest(node: ts.Node, types: Types): boolean {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isArrowFunction(at) && !ts.isFunctionExpression(at)) continue;
    const call = at.parent;
    if (!ts.isCallExpression(call) || !call.arguments.includes(at)) continue;
    const names = namesIn(call.expression);
    if (names.some((name) => isTestFunction(name, name.text, types))) return true;
  }
  return false;
}

/** `it` and `only` of `it.only`, `test` of `t.test`. */
function namesIn(callee: ts.Expression): readonly ts.Identifier[] {
  if (ts.isIdentifier(callee)) return [callee];
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.name)) return [];
  return [callee.name, ...namesIn(callee.expression)];
}
