/**
 * What the syntax around a collection shows of what is done with it, without a question to the type
 * checker.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import {
  functionAround,
  isAssignment,
  isFirstAssignment,
  isLogicalAssignment,
  isWrapper,
  skipWrappers,
} from "../../typescript/syntax.ts";

/** What an addition adds, and under which key. */
export interface Added {
  /** Absent where every add makes one more: `push`. */
  readonly key: ts.Expression | undefined;
  readonly value: ts.Expression | undefined;
}

/** Parentheses, casts, `!`, and a default behind it do not change what an expression stands for. */
export function outermost(expression: ts.Expression): ts.Expression {
  let node = expression;
  for (;;) {
    const { parent } = node;
    const isWrapped =
      isWrapper(parent) ||
      (ts.isConditionalExpression(parent) && parent.condition !== node) ||
      (ts.isBinaryExpression(parent) &&
        (parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
          parent.operatorToken.kind === ts.SyntaxKind.BarBarToken) &&
        !isTested(parent)) ||
      // `(cache ??= new Map()).set(…)`
      (ts.isBinaryExpression(parent) &&
        parent.left === node &&
        isLogicalAssignment(parent.operatorToken.kind) &&
        !ts.isExpressionStatement(parent.parent));
    if (!isWrapped) return node;
    node = parent;
  }
}

function isTested({ parent }: ts.Expression): boolean {
  return ts.isIfStatement(parent) || ts.isWhileStatement(parent);
}

/** Something is assigned to the name itself. */
export function isTarget(reference: ts.Expression): boolean {
  const { parent } = reference;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === reference &&
    isAssignment(parent.operatorToken.kind)
  );
}

/** `[...list, value]`, `{ ...record, [key]: value }`, `list.concat(value)`, of the collection itself. */
export function addedBy(expression: ts.Expression, target: ts.Expression): Added | undefined {
  const value = valueOf(expression);
  const isSelf = (node: ts.Expression): boolean => valueOf(node).getText() === target.getText();
  if (ts.isArrayLiteralExpression(value)) {
    const spread = value.elements.find((one) => ts.isSpreadElement(one) && isSelf(one.expression));
    const added = value.elements.find((one) => one !== spread);
    return spread && added && { key: undefined, value: added };
  }
  if (ts.isObjectLiteralExpression(value)) {
    const spread = value.properties.some(
      (one) => ts.isSpreadAssignment(one) && isSelf(one.expression),
    );
    const added = value.properties.find(
      (one) => ts.isPropertyAssignment(one) && ts.isComputedPropertyName(one.name),
    ) as (ts.PropertyAssignment & { name: ts.ComputedPropertyName }) | undefined;
    return spread && added ? { key: added.name.expression, value: added.initializer } : undefined;
  }
  if (
    ts.isCallExpression(value) &&
    ts.isPropertyAccessExpression(value.expression) &&
    value.expression.name.text === "concat" &&
    isSelf(value.expression.expression)
  )
    return { key: undefined, value: value.arguments[0] };
  return undefined;
}

/** `this.rooms = new Map()` in the constructor, `let rooms; rooms = new Map();`. */
export function isInitial(assignment: ts.BinaryExpression): boolean {
  if (isFirstAssignment(assignment)) return true;
  const target = skipWrappers(assignment.left);
  if (
    !ts.isPropertyAccessExpression(target) ||
    target.expression.kind !== ts.SyntaxKind.ThisKeyword
  )
    return false;
  return ts.isConstructorDeclaration(functionAround(assignment));
}

/** `++list[key]` */
export function isUpdating(node: ts.Node): boolean {
  return (
    ts.isPrefixUnaryExpression(node) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken ||
      node.operator === ts.SyntaxKind.MinusMinusToken)
  );
}

/** `<`, `<=`, `>`, `>=`, `==`, `!=` and the strict ones. */
export function isComparison(operator: ts.SyntaxKind): boolean {
  return (
    (operator >= ts.SyntaxKind.LessThanToken && operator <= ts.SyntaxKind.GreaterThanEqualsToken) ||
    (operator >= ts.SyntaxKind.EqualsEqualsToken &&
      operator <= ts.SyntaxKind.ExclamationEqualsEqualsToken)
  );
}

/** Whether it is empty, or has one element, is no limit. */
export function isLimit(other: ts.Expression): boolean {
  const value = valueOf(other);
  return !(ts.isNumericLiteral(value) && Number(value.text) <= 1) && !isUpdating(value);
}

/** `for (let i = 0; i < list.length; i++)` */
export function isLoopTest(test: ts.Expression): boolean {
  const { parent } = test;
  return ts.isForStatement(parent) && parent.condition === test;
}

/** Nothing is done with it but looking: it is iterated, spread, tested, compared, printed. */
export function isRead(node: ts.Expression): boolean {
  const { parent } = node;
  return (
    ts.isForOfStatement(parent) ||
    ts.isForInStatement(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isSpreadAssignment(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isIfStatement(parent) ||
    ts.isExpressionStatement(parent) ||
    ts.isConditionalExpression(parent) ||
    (ts.isBinaryExpression(parent) &&
      !isAssignment(parent.operatorToken.kind) &&
      parent.operatorToken.kind !== ts.SyntaxKind.CommaToken)
  );
}

/** A declared type through which nothing can be added: `readonly T[]`, `ReadonlyMap`, `Iterable`. */
export function isReadonlyType(type: ts.TypeNode): boolean {
  if (ts.isTypeOperatorNode(type)) return type.operator === ts.SyntaxKind.ReadonlyKeyword;
  return (
    ts.isTypeReferenceNode(type) && /^(?:Readonly|Iterable|Iterator)/.test(type.typeName.getText())
  );
}

/** A declaration whose references tell who calls it. */
export function isNamed(node: ts.Node): node is ts.Declaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isGetAccessor(node) ||
    ts.isVariableDeclaration(node)
  );
}
