/**
 * What the test of a branch says of a slot.
 */
import ts from "typescript";
import { isNothing, skipWrappers } from "../../typescript/syntax.ts";
import type { SlotUse } from "./slots.ts";

/** The use of the slot that an expression is, if it is one. */
type UseOf = (node: ts.Expression) => SlotUse | undefined;

/**
 * What a test says of the slot: it holds nothing, or another message than the one it is compared with.
 *
 * @param fails the test is false, or what it names is nullish
 */
export function said(
  test: ts.Expression,
  fails: boolean,
  useOf: UseOf,
): "nothing" | "another" | undefined {
  const node = skipWrappers(test);
  if (useOf(node) !== undefined) return fails ? "nothing" : undefined;
  if (!ts.isBinaryExpression(node)) return undefined;
  const others = [node.left, node.right].filter((one) => useOf(one) === undefined);
  const [other] = others;
  if (other === undefined || others.length > 1) return undefined;
  const operator = node.operatorToken.kind;
  const equals =
    operator === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    operator === ts.SyntaxKind.EqualsEqualsToken;
  const differs =
    operator === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
    operator === ts.SyntaxKind.ExclamationEqualsToken;
  if (!equals && !differs) return undefined;
  const isSame = equals !== fails;
  if (isNothing(skipWrappers(other))) return isSame ? "nothing" : undefined;
  return isSame ? undefined : "another";
}

/** `if (this.last) this.last = undefined`: a look that only serves to empty it. */
export function onlyClears(test: ts.Expression, useOf: UseOf): boolean {
  let node: ts.Node = test;
  while (ts.isExpression(node.parent)) node = node.parent;
  const statement = node.parent;
  if (!ts.isIfStatement(statement) || statement.elseStatement !== undefined) return false;
  const { thenStatement } = statement;
  const inner = ts.isBlock(thenStatement) ? thenStatement.statements : [thenStatement];
  return inner.every(
    (one) =>
      ts.isExpressionStatement(one) &&
      ts.isBinaryExpression(one.expression) &&
      useOf(one.expression.left)?.does === "clear",
  );
}
