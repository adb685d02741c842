/**
 * Code without a branch, told by its syntax, so that no graph need be built of it.
 */
import ts from "typescript";
import { isLogical, isLogicalAssignment, isUsing } from "../typescript/syntax.ts";
import { mayBeChain } from "./syntax.ts";

const known = new WeakMap<ts.Node, boolean>();

/**
 * Nothing in a function or initialiser is decided, repeated or caught, and no other function is built
 * into its graph. Where that cannot be told from single nodes it is false.
 */
export function isStraightLine(unit: ts.Node): boolean {
  let is = known.get(unit);
  if (is === undefined) {
    is = !(ts.forEachChild(unit, mayBranch) ?? false);
    known.set(unit, is);
  }
  return is;
}

function mayBranch(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  return branches(node) || (ts.forEachChild(node, mayBranch) ?? false);
}

function branches(node: ts.Node): boolean {
  switch (node.kind) {
    case ts.SyntaxKind.IfStatement:
    case ts.SyntaxKind.ConditionalExpression:
    case ts.SyntaxKind.SwitchStatement:
    case ts.SyntaxKind.TryStatement:
    case ts.SyntaxKind.ForStatement:
    case ts.SyntaxKind.ForInStatement:
    case ts.SyntaxKind.ForOfStatement:
    case ts.SyntaxKind.WhileStatement:
    case ts.SyntaxKind.DoStatement:
    case ts.SyntaxKind.LabeledStatement:
    case ts.SyntaxKind.WithStatement:
    case ts.SyntaxKind.YieldExpression:
    case ts.SyntaxKind.ClassDeclaration:
    case ts.SyntaxKind.ClassExpression:
      return true;
    case ts.SyntaxKind.VariableDeclarationList:
      return isUsing(node as ts.VariableDeclarationList);
    case ts.SyntaxKind.BinaryExpression:
      return decides(node as ts.BinaryExpression);
    case ts.SyntaxKind.NewExpression:
      return (node as ts.NewExpression).arguments?.some(ts.isFunctionLike) === true;
    default:
      return (
        ts.isOptionalChain(node) ||
        ((ts.isBindingElement(node) || ts.isParameter(node)) && node.initializer !== undefined) ||
        (ts.isCallExpression(node) && (mayBeChain(node) || !isNamed(node.expression)))
      );
  }
}

/** `a && b`, and assignments that may have a default in their pattern. */
function decides({ left, operatorToken: { kind } }: ts.BinaryExpression): boolean {
  if (isLogical(kind) || isLogicalAssignment(kind)) return true;
  const isPattern = ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left);
  return kind === ts.SyntaxKind.EqualsToken && isPattern;
}

/** Something else than a function that is called where it is written. */
function isNamed(callee: ts.Expression): boolean {
  return (
    ts.isIdentifier(callee) ||
    ts.isPropertyAccessExpression(callee) ||
    callee.kind === ts.SyntaxKind.SuperKeyword
  );
}
