/**
 * Conditions as text: the keys under which decided conditions (guards) are remembered, and the truth
 * of constants.
 *
 * `#12.member` is a path, `#12===:text` a comparison.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import { isNothing } from "../typescript/syntax.ts";
import {
  type AccessPath,
  idOf,
  isSymbol,
  pathOf,
  type ResolveName,
  thisRoot,
} from "./access-path.ts";

export function pathKey(path: AccessPath): string {
  return `#${String(idOf(path.root))}${path.members.map((member) => `.${member}`).join("")}`;
}

/** Whether a guard speaks of `path` or of something behind it. */
export function speaksOf(key: string, path: AccessPath): boolean {
  const name = pathKey(path);
  let index = key.indexOf(name);
  while (index >= 0) {
    const next = key.charAt(index + name.length);
    if (!/[\p{ID_Continue}$]/u.test(next)) return true;
    index = key.indexOf(name, index + 1);
  }
  return false;
}

/** Whether a guard speaks of a member of `this`, which any method may change. */
export function speaksOfThisMember(key: string): boolean {
  return key.includes(`#${String(idOf(thisRoot))}.`);
}

/** A stable text for an expression made of paths, literals and operators; undefined for anything else. */
export function expressionKey(expression: ts.Expression, resolve: ResolveName): string | undefined {
  const node = valueOf(expression);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node))
    return `:${JSON.stringify(node.text)}`;
  if (isNothing(node)) return ":null";
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ":true";
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ":false";
  if (
    ts.isIdentifier(node) ||
    ts.isPropertyAccessExpression(node) ||
    node.kind === ts.SyntaxKind.ThisKeyword
  ) {
    const path = pathOf(node, resolve);
    // What a call returns may differ from one call to the next.
    return !isSymbol(path.root) && ts.isCallExpression(path.root) ? undefined : pathKey(path);
  }
  if (ts.isBinaryExpression(node)) {
    const left = expressionKey(node.left, resolve);
    const right = expressionKey(node.right, resolve);
    if (left === undefined || right === undefined) return undefined;
    return `(${left}${node.operatorToken.getText()}${right})`;
  }
  return undefined;
}

export function isLiteralLike(node: ts.Expression): boolean {
  return (
    isNothing(node) ||
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** The truth of a constant, for `flag = true`; undefined for anything that is not constant. */
export function constantTruth(expression: ts.Expression): boolean | undefined {
  const node = valueOf(expression);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword || isNothing(node)) return false;
  if (ts.isStringLiteralLike(node)) return node.text !== "";
  if (ts.isNumericLiteral(node)) return Number(node.text) !== 0;
  if (ts.isBigIntLiteral(node)) return !/^0(?:[xob]0+)?n$/i.test(node.text);
  const isObject =
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isClassExpression(node) ||
    ts.isRegularExpressionLiteral(node);
  return isObject ? true : undefined;
}
