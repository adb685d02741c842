/**
 * What names stand for: small questions about values that several analyses of lifetimes ask.
 */
import ts from "typescript";
import { isChainMethod } from "../../flow/syntax.ts";
import type { FunctionWithBody } from "../../flow/graph.ts";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { nodesIn } from "../../typescript/nodes-in-file.ts";
import { firstAssignment, isAssignment, isConstant, someInside } from "../../typescript/syntax.ts";

/** `const a = b; const b = c; …` is followed this far. */
const maximalSteps = 4;

/**
 * The expression that a name was given once and for all, names looked through; the expression itself
 * where it is no such name. An `await` is looked through as well.
 */
export function settledValue(expression: ts.Expression, environment: Environment): ts.Expression {
  let value = valueOf(expression);
  for (let steps = 0; steps < maximalSteps && ts.isIdentifier(value); steps++) {
    const declaration = environment.resolve(value)?.valueDeclaration;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration)) break;
    const given = valueForGood(declaration);
    if (given === undefined) break;
    value = valueOf(given);
  }
  return value;
}

/** The one value of a variable: that of a constant, or of `let h; h = open();` if nothing follows. */
export function valueForGood(declaration: ts.VariableDeclaration): ts.Expression | undefined {
  if (isConstant(declaration)) return declaration.initializer;
  const first = firstAssignment(declaration);
  if (first === undefined || !ts.isIdentifier(declaration.name)) return undefined;
  const names = nodesIn(declaration.getSourceFile()).names.get(declaration.name.text) ?? [];
  const isTarget = (name: ts.Node): boolean =>
    name !== first.left &&
    ts.isBinaryExpression(name.parent) &&
    name.parent.left === name &&
    isAssignment(name.parent.operatorToken.kind);
  return names.some(isTarget) ? undefined : first.right;
}

/** The number an expression is known to be: a literal, a constant, or arithmetic with such. */
export function constantNumber(
  expression: ts.Expression | undefined,
  environment: Environment,
): number | undefined {
  if (expression === undefined) return undefined;
  const value = settledValue(expression, environment);
  if (ts.isNumericLiteral(value)) return Number(value.text);
  if (!ts.isBinaryExpression(value)) return undefined;
  const left = constantNumber(value.left, environment);
  const right = constantNumber(value.right, environment);
  if (left === undefined || right === undefined) return undefined;
  switch (value.operatorToken.kind) {
    case ts.SyntaxKind.AsteriskToken:
      return left * right;
    case ts.SyntaxKind.SlashToken:
      return left / right;
    case ts.SyntaxKind.PlusToken:
      return left + right;
    case ts.SyntaxKind.MinusToken:
      return left - right;
    default:
      return undefined;
  }
}

/** The functions with a body that an expression calls, wherever they are declared. */
export function bodiesOf(
  callee: ts.Expression,
  environment: Environment,
): readonly FunctionWithBody[] {
  return environment.types
    .implementations(callee, false)
    .filter((body): body is FunctionWithBody => "body" in body && body.body !== undefined);
}

/** The code uses the variable. */
export function mentionsSymbol(
  code: ts.Node,
  symbol: ts.Symbol,
  environment: Environment,
): boolean {
  return someInside(
    code,
    (node) =>
      ts.isIdentifier(node) && node.text === symbol.name && environment.resolve(node) === symbol,
  );
}

/** The expression names this global, and nothing of the program or a package that is called the same. */
export function isGlobal(
  expression: ts.Expression,
  name: string,
  { types }: Environment,
): expression is ts.Identifier {
  if (!ts.isIdentifier(expression) || expression.text !== name) return false;
  const symbol = types.symbolAt(expression);
  return (
    symbol !== undefined && types.declaredNames(symbol).some(({ origin }) => origin === "global")
  );
}

/** `a` of `a.b().c`, `this` included: what a chain of members and calls starts from. */
export function rootOf(expression: ts.Expression): ts.Expression {
  let node = valueOf(expression);
  for (;;) {
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
      node = valueOf(node.expression);
    else if (ts.isCallExpression(node)) node = valueOf(node.expression);
    else return node;
  }
}

/** `then`, `catch` or `finally` of a promise, with the promise. */
export function chainStep(
  expression: ts.Expression,
):
  | { readonly call: ts.CallExpression; readonly method: string; readonly promise: ts.Expression }
  | undefined {
  if (!ts.isCallExpression(expression)) return undefined;
  const callee = expression.expression;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const method = callee.name.text;
  return isChainMethod(method)
    ? { call: expression, method, promise: callee.expression }
    : undefined;
}
