/** The expressions that may get something around them without meaning anything else. */
import ts from "typescript";
import { insertAt, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";

/** Values that are given on: to a variable, a field, a call, the caller; and receivers that are names. */
export function plainExpressions(program: Program): readonly ts.Expression[] {
  return program.all(
    (node): node is ts.Expression => ts.isExpression(node) && isPlain(program, node),
  );
}

function isPlain(program: Program, node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node)
    return ts.isIdentifier(node) && isVariable(program, node);
  if (!isGiven(node, parent)) return false;
  if (ts.isIdentifier(node)) return isVariable(program, node);
  return (
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isConditionalExpression(node)
  );
}

function isGiven(node: ts.Expression, parent: ts.Node): boolean {
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node;
  if (ts.isPropertyDeclaration(parent)) return parent.initializer === node;
  if (ts.isReturnStatement(parent) || ts.isAwaitExpression(parent)) return true;
  if (ts.isBinaryExpression(parent))
    return parent.right === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return (
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) &&
    (parent.arguments?.includes(node) ?? false) &&
    (!ts.isCallExpression(parent) || parent.expression.kind !== ts.SyntaxKind.ImportKeyword)
  );
}

export function isVariable(program: Program, name: ts.Identifier): boolean {
  const symbol = program.symbolOf(name);
  // Nobody writes `(Promise)!.all(…)`.
  return (
    symbol !== undefined &&
    (symbol.flags & ts.SymbolFlags.Variable) !== 0 &&
    program.declarationOf(symbol) !== undefined
  );
}

/** All of them with the same words around. */
export function around(
  expressions: readonly ts.Expression[],
  before: string,
  after: (expression: ts.Expression) => string,
): readonly Rewritten[] {
  if (expressions.length === 0) return [];
  return [
    {
      edits: expressions.flatMap((one) => [
        insertAt(one.getStart(), before),
        insertAt(one.end, after(one)),
      ]),
    },
  ];
}
