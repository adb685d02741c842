/**
 * What a node shows by its syntax alone, without a question to the type checker.
 */
import ts from "typescript";

/** `null`, `undefined`, `void 0`. */
export function isNothing(node: ts.Expression): boolean {
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    ts.isVoidExpression(node) ||
    (ts.isIdentifier(node) && node.text === "undefined")
  );
}

/** `0` */
export function isZero(node: ts.Expression): boolean {
  return ts.isNumericLiteral(node) && node.text === "0";
}

/** `file`, `file.path`, `this`: reading it runs no call. */
export function isName(node: ts.Expression): boolean {
  return (
    ts.isIdentifier(node) ||
    ts.isPropertyAccessExpression(node) ||
    node.kind === ts.SyntaxKind.ThisKeyword
  );
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

/** `while (true)`, `for (; 1; )`: whether a test is a literal, and which way it goes. */
export function literalTruth(node: ts.Expression): boolean | undefined {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isNumericLiteral(node)) return Number(node.text) !== 0;
  return undefined;
}

export function unwrapTest(test: ts.Expression): ts.Expression {
  let node = test;
  while (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) node = node.expression;
  return node;
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

export function isUsing(list: ts.VariableDeclarationList): boolean {
  const flags: ts.NodeFlags = list.flags & ts.NodeFlags.BlockScoped;
  return flags === ts.NodeFlags.Using || flags === ts.NodeFlags.AwaitUsing;
}

export function isVar(declaration: ts.VariableDeclaration): boolean {
  return (declaration.parent.flags & ts.NodeFlags.BlockScoped) === 0;
}

export function isConstant(declaration: ts.VariableDeclaration): boolean {
  return (
    ts.isVariableDeclarationList(declaration.parent) &&
    (declaration.parent.flags & ts.NodeFlags.Const) !== 0
  );
}

/** `let h; h = open();`: the assignment that stands right behind the declaration of a variable without a value. */
export function firstAssignment(
  declaration: ts.VariableDeclaration,
): ts.BinaryExpression | undefined {
  const { initializer, name, parent } = declaration;
  if (initializer !== undefined || !ts.isIdentifier(name)) return undefined;
  if (!ts.isVariableDeclarationList(parent) || parent.declarations.length > 1) return undefined;
  const statement = parent.parent;
  const row = statement.parent;
  if (!ts.isVariableStatement(statement) || !(ts.isBlock(row) || ts.isSourceFile(row)))
    return undefined;
  const next = row.statements[row.statements.indexOf(statement) + 1];
  if (next === undefined || !ts.isExpressionStatement(next)) return undefined;
  const { expression } = next;
  return ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(expression.left) &&
    expression.left.text === name.text
    ? expression
    : undefined;
}

/** The assignment is the first one of the variable that is declared right before it. */
export function isFirstAssignment(assignment: ts.BinaryExpression): boolean {
  const statement = assignment.parent;
  const row = statement.parent;
  if (!ts.isExpressionStatement(statement) || !(ts.isBlock(row) || ts.isSourceFile(row)))
    return false;
  const before = row.statements[row.statements.indexOf(statement) - 1];
  if (before === undefined || !ts.isVariableStatement(before)) return false;
  const [declaration] = before.declarationList.declarations;
  return declaration !== undefined && firstAssignment(declaration) === assignment;
}

export function isLoopVariable(declaration: ts.VariableDeclaration): boolean {
  const statement = declaration.parent.parent;
  return ts.isForOfStatement(statement) || ts.isForInStatement(statement);
}

/** Parentheses, a cast or `!`: what does not change which value an expression stands for. */
export function isWrapper(
  node: ts.Node,
): node is
  | ts.ParenthesizedExpression
  | ts.AssertionExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAssertionExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node)
  );
}

/** The expression inside wrappers. */
export function skipWrappers(expression: ts.Expression): ts.Expression {
  let node = expression;
  while (isWrapper(node)) node = node.expression;
  return node;
}

/** The name of the field that `this.name` stands for, whatever is wrapped around it. */
export function fieldOfThis(expression: ts.Node): string | undefined {
  const node = ts.isExpression(expression) ? skipWrappers(expression) : expression;
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword
    ? node.name.text
    : undefined;
}

/** The expression with the wrappers around it. */
export function withWrappers(node: ts.Expression): ts.Expression;
export function withWrappers(node: ts.Node): ts.Node;
export function withWrappers(node: ts.Node): ts.Node {
  let whole = node;
  while (isWrapper(whole.parent)) whole = whole.parent;
  return whole;
}

/** Nobody takes the value: `make();`, `await make();`. */
export function isDropped({ parent }: ts.Node): boolean {
  let node = parent;
  while (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node)) node = node.parent;
  return ts.isExpressionStatement(node);
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

/** The node is part of the code, or is the code. */
export function isInside(node: ts.Node, code: ts.Node): boolean {
  return (
    code.pos <= node.pos && node.end <= code.end && node.getSourceFile() === code.getSourceFile()
  );
}

/** The innermost function that a node is in, or its file. */
export function functionAround(node: ts.Node): ts.SignatureDeclaration | ts.SourceFile {
  let current = node.parent;
  while (!ts.isFunctionLike(current) && !ts.isSourceFile(current)) current = current.parent;
  return current;
}

/** The expressions that a function returns, nested functions left out; none where it has no body. */
export function returnedValues(body: ts.FunctionLikeDeclaration): readonly ts.Expression[] {
  const { body: code } = body;
  if (code === undefined) return [];
  if (!ts.isBlock(code)) return [code];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    // No statement of the function is inside an expression.
    else if (!ts.isFunctionLike(node) && !ts.isExpression(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(code, visit);
  return found;
}

/** The object literals among what a function returns. */
export function returnedLiterals(
  body: ts.FunctionLikeDeclaration,
): readonly ts.ObjectLiteralExpression[] {
  return returnedValues(body).map(skipWrappers).filter(ts.isObjectLiteralExpression);
}

/** The statements of a block, with those of blocks that only group some of them. */
export function plainStatements(block: ts.Block): readonly ts.Statement[] {
  return block.statements.flatMap((one) => (ts.isBlock(one) ? plainStatements(one) : [one]));
}

/** The function that a member of a class is: itself, or the function that a property holds. */
export function memberCode(
  member: ts.ClassElement,
): (ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody }) | undefined {
  if (ts.isPropertyDeclaration(member)) {
    const { initializer } = member;
    return initializer !== undefined &&
      (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
      ? initializer
      : undefined;
  }
  const runs =
    ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member) || ts.isAccessor(member);
  return runs && member.body !== undefined
    ? (member as typeof member & { readonly body: ts.Block })
    : undefined;
}

/** Some node inside satisfies the test, nested functions included. */
export function someInside(node: ts.Node, test: (inner: ts.Node) => boolean): boolean {
  const visit = (inner: ts.Node): boolean =>
    test(inner) || (ts.forEachChild(inner, (child) => visit(child) || undefined) ?? false);
  return visit(node);
}

/** Some identifier in the code is spelled so. */
export function mentionsName(code: ts.Node, name: string): boolean {
  return someInside(code, (node) => ts.isIdentifier(node) && node.text === name);
}

export function isAndOr(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken
  );
}

export function isLogical(operator: ts.SyntaxKind): boolean {
  return isAndOr(operator) || operator === ts.SyntaxKind.QuestionQuestionToken;
}

/** `a ?? b`, `a || b`: an operator that chooses between two values. */
export function isDefault(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.BarBarToken;
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

/** `a = b`, `a ??= b`, `a ||= b`: afterwards the left side may be the very value on the right. */
export function storesOperand(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.EqualsToken ||
    operator === ts.SyntaxKind.QuestionQuestionEqualsToken ||
    operator === ts.SyntaxKind.BarBarEqualsToken
  );
}
