/**
 * What the builder of flow graphs reads off a node by its syntax alone.
 */
import ts from "typescript";
import { anyElement, type FunctionWithBody } from "./graph.ts";

/**
 * The receivers and left operands inside `expression`, outermost first: what is evaluated before it
 * and may nest without limit.
 *
 * @param beforeChains ends at a call of `then`, whose receiver may have to be guarded
 */
export function leftSpine(expression: ts.Expression, beforeChains: boolean): ts.Expression[] {
  const spine: ts.Expression[] = [];
  let node: ts.Expression | undefined = expression;
  while (node !== undefined && !isLeaf(node)) {
    spine.push(node);
    node = beforeChains && mayBeChain(node) ? undefined : leftOf(node);
  }
  return spine;
}

export function leftOf(node: ts.Expression): ts.Expression | undefined {
  if (ts.isOptionalChain(node)) return undefined;
  if (ts.isCallExpression(node)) {
    const callee = node.expression;
    if (ts.isPropertyAccessExpression(callee)) return callee.expression;
    return ts.isCallExpression(callee) || ts.isElementAccessExpression(callee) ? callee : undefined;
  }
  if (
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isNonNullExpression(node)
  )
    return node.expression;
  if (ts.isBinaryExpression(node) && !isAssignment(node.operatorToken.kind)) return node.left;
  return undefined;
}

export function mayBeChain(node: ts.Expression): boolean {
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression;
  return ts.isPropertyAccessExpression(callee) && /^(?:then|catch|finally)$/.test(callee.name.text);
}

/** A function literal whose body can be built where it is called. */
export type InlinableFunction = (ts.ArrowFunction | ts.FunctionExpression) & FunctionWithBody;

export function isInlinable(node: ts.Node): node is InlinableFunction {
  return (
    ts.isArrowFunction(node) || (ts.isFunctionExpression(node) && node.asteriskToken === undefined)
  );
}

/** A call that makes up a statement, a result, or an arm of a branch: `ok || fail()`, `return fail()`. */
export function decidesCompletion(call: ts.CallExpression): boolean {
  let child: ts.Node = call;
  let { parent }: ts.Node = call;
  while (
    ts.isParenthesizedExpression(parent) ||
    ts.isAwaitExpression(parent) ||
    ts.isVoidExpression(parent)
  ) {
    child = parent;
    parent = parent.parent;
  }
  if (ts.isExpressionStatement(parent) || ts.isReturnStatement(parent)) return true;
  if (ts.isArrowFunction(parent)) return parent.body === child;
  if (ts.isConditionalExpression(parent)) return parent.condition !== child;
  return (
    ts.isBinaryExpression(parent) &&
    parent.right === child &&
    (isLogical(parent.operatorToken.kind) ||
      isLogicalAssignment(parent.operatorToken.kind) ||
      parent.operatorToken.kind === ts.SyntaxKind.CommaToken)
  );
}

/** The promise of this call is neither awaited, returned, stored nor passed on. */
export function isFloating(node: ts.Expression): boolean {
  let child: ts.Node = node;
  let { parent } = node;
  while (ts.isParenthesizedExpression(parent) || ts.isVoidExpression(parent)) {
    child = parent;
    parent = parent.parent;
  }
  return ts.isExpressionStatement(parent) && parent.expression === child;
}

export function isNothing(node: ts.Expression): boolean {
  return (
    node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === "undefined")
  );
}

export function isUsing(list: ts.VariableDeclarationList): boolean {
  const flags: ts.NodeFlags = list.flags & ts.NodeFlags.BlockScoped;
  return flags === ts.NodeFlags.Using || flags === ts.NodeFlags.AwaitUsing;
}

export function isVar(declaration: ts.VariableDeclaration): boolean {
  return (declaration.parent.flags & ts.NodeFlags.BlockScoped) === 0;
}

export function isLoopVariable(declaration: ts.VariableDeclaration): boolean {
  const statement = declaration.parent.parent;
  return ts.isForOfStatement(statement) || ts.isForInStatement(statement);
}

export function bindingKey(element: ts.BindingElement): string | undefined {
  if (element.propertyName !== undefined) return memberName(element.propertyName);
  return ts.isIdentifier(element.name) ? element.name.text : undefined;
}

/** The member a property name denotes, as an element access with the same key does. */
export function memberName(name: ts.PropertyName): string {
  if (!ts.isComputedPropertyName(name)) return name.text;
  const key = name.expression;
  return ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : anyElement;
}

export function unwrapTest(test: ts.Expression): ts.Expression {
  let node = test;
  while (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) node = node.expression;
  return node;
}

/** `while (true)`, `for (; 1; )`: whether a test is a literal, and which way it goes. */
export function literalTruth(node: ts.Expression): boolean | undefined {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isNumericLiteral(node)) return Number(node.text) !== 0;
  return undefined;
}

/** The operands of `a && b && c`, however many, without recursion. */
export function operandsOf(node: ts.BinaryExpression, operator: ts.SyntaxKind): ts.Expression[] {
  const operands: ts.Expression[] = [];
  let left: ts.Expression = node;
  while (ts.isBinaryExpression(left) && left.operatorToken.kind === operator) {
    operands.push(left.right);
    left = unwrapTest(left.left);
  }
  operands.push(left);
  return operands.reverse();
}

/** Evaluating it does nothing. Most expressions are such, so this is asked first. */
export function isLeaf(node: ts.Expression): boolean {
  switch (node.kind) {
    case ts.SyntaxKind.Identifier:
    case ts.SyntaxKind.ThisKeyword:
    case ts.SyntaxKind.SuperKeyword:
    case ts.SyntaxKind.TrueKeyword:
    case ts.SyntaxKind.FalseKeyword:
    case ts.SyntaxKind.NullKeyword:
      return true;
    default:
      return ts.isLiteralExpression(node);
  }
}

export function isAndOr(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken
  );
}

export function isLogical(operator: ts.SyntaxKind): boolean {
  return isAndOr(operator) || operator === ts.SyntaxKind.QuestionQuestionToken;
}

export function isLogicalAssignment(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.AmpersandAmpersandEqualsToken ||
    operator === ts.SyntaxKind.BarBarEqualsToken ||
    operator === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

export function isUpdate(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

export function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}
