/**
 * What the builder of flow graphs reads off a node by its syntax alone.
 */
import ts from "typescript";
import { isAssignment, isLeaf, isLogical, isLogicalAssignment } from "../typescript/syntax.ts";
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
  return ts.isPropertyAccessExpression(callee) && isChainMethod(callee.name.text);
}

/** A method by which a promise is reacted to. */
export function isChainMethod(name: string): boolean {
  return name === "then" || name === "catch" || name === "finally";
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
