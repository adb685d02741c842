/**
 * Flags by which a function makes sure that it fills something once: `if (this.started) return;
 * this.started = true;`.
 */
import ts from "typescript";
import { isAssignment, isUpdate, someInside } from "../typescript/syntax.ts";
import { keyOf, pathOf, type ResolveName } from "./access-path.ts";
import { constantTruth } from "./condition-keys.ts";

/**
 * A condition before the site reads what the function sets to a constant, or counts: who comes a second
 * time may be turned away there. Whether anybody resets it is not asked.
 */
export function isLatched(site: ts.Node, unit: ts.Node, resolve: ResolveName): boolean {
  const tests = testsBefore(site, unit);
  if (tests.length === 0) return false;
  const set = new Set<string>();
  someInside(unit, (node) => {
    const target = setToConstant(node);
    if (target !== undefined) set.add(keyOf(pathOf(target, resolve)));
    return false;
  });
  return (
    set.size > 0 &&
    tests.some((test) =>
      someInside(
        test,
        (node) =>
          (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) &&
          set.has(keyOf(pathOf(node, resolve))),
      ),
    )
  );
}

function setToConstant(node: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
    const isSet =
      node.operatorToken.kind !== ts.SyntaxKind.EqualsToken ||
      constantTruth(node.right) !== undefined;
    return isSet ? node.left : undefined;
  }
  return (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    isUpdate(node.operator)
    ? node.operand
    : undefined;
}

/** The tests of the `if`s around a node, and of those before it that leave the function. */
function testsBefore(site: ts.Node, unit: ts.Node): readonly ts.Expression[] {
  const tests: ts.Expression[] = [];
  for (let node = site; node !== unit && !ts.isSourceFile(node); node = node.parent) {
    const { parent } = node;
    if (ts.isIfStatement(parent) && node !== parent.expression) tests.push(parent.expression);
    if (!ts.isBlock(parent)) continue;
    for (const one of parent.statements) {
      if (one === node) break;
      if (ts.isIfStatement(one) && leaves(one.thenStatement)) tests.push(one.expression);
    }
  }
  return tests;
}

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}
