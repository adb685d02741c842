/**
 * Functions that make a function, or an object with functions, and return it: read off their text.
 */
import ts from "typescript";
import { skipWrappers } from "../typescript/syntax.ts";

const returning = new WeakMap<ts.Node, boolean>();

/** The body makes a function or an object with functions, and returns it. */
export function returnsFunctions(body: ts.FunctionLikeDeclaration): boolean {
  let returns = returning.get(body);
  if (returns === undefined) {
    returns = body.body !== undefined && returnsFunctionFrom(body.body);
    returning.set(body, returns);
  }
  return returns;
}

function returnsFunctionFrom(code: ts.Node): boolean {
  const made = new Set<string>();
  const makesFunction = (node: ts.Expression): boolean => {
    const value = skipWrappers(node);
    if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return true;
    if (ts.isIdentifier(value)) return made.has(value.text);
    return (
      ts.isObjectLiteralExpression(value) &&
      value.properties.some(
        (property) =>
          ts.isMethodDeclaration(property) ||
          (ts.isShorthandPropertyAssignment(property) && made.has(property.name.text)) ||
          (ts.isPropertyAssignment(property) && makesFunction(property.initializer)),
      )
    );
  };
  if (!ts.isBlock(code)) return ts.isExpression(code) && makesFunction(code);
  const results: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) made.add(node.name.text);
    else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
      if (node.initializer !== undefined && makesFunction(node.initializer))
        made.add(node.name.text);
    } else if (ts.isReturnStatement(node) && node.expression !== undefined)
      results.push(node.expression);
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  visit(code);
  return results.some(makesFunction);
}
