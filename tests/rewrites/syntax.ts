/** What rewrites read off the tree. */
import ts from "typescript";
import { isUsing } from "../../src/typescript/syntax.ts";
import { isFunctionWithBody, type FunctionWithBody, type Program } from "./program.ts";

/** Whether something inside satisfies the test; functions inside are looked into if it is asked for. */
export function has(
  node: ts.Node,
  test: (node: ts.Node) => boolean,
  options: { readonly intoFunctions?: boolean } = {},
): boolean {
  const visit = (inner: ts.Node): boolean => {
    if (test(inner)) return true;
    if (ts.isFunctionLike(inner) && inner !== node && options.intoFunctions !== true) return false;
    return ts.forEachChild(inner, (child) => (visit(child) ? true : undefined)) ?? false;
  };
  return visit(node);
}

export function hasAwait(node: ts.Node): boolean {
  return has(
    node,
    (inner) =>
      ts.isAwaitExpression(inner) ||
      (ts.isForOfStatement(inner) && inner.awaitModifier !== undefined) ||
      (ts.isVariableDeclarationList(inner) && isAwaitUsing(inner)),
  );
}

function isAwaitUsing(list: ts.VariableDeclarationList): boolean {
  const flags: ts.NodeFlags = list.flags & ts.NodeFlags.BlockScoped;
  return flags === ts.NodeFlags.AwaitUsing;
}

export function hasYield(node: ts.Node): boolean {
  return has(node, ts.isYieldExpression);
}

/** `return` that leaves the function around the node. */
export function hasReturn(node: ts.Node): boolean {
  return !ts.isFunctionLike(node) && has(node, ts.isReturnStatement);
}

/** `break` or `continue` that leaves the node. */
export function hasLoopExit(node: ts.Node): boolean {
  const visit = (inner: ts.Node, loops: boolean, switches: boolean): boolean => {
    if (ts.isFunctionLike(inner)) return false;
    if (ts.isBreakOrContinueStatement(inner)) {
      if (inner.label !== undefined) return true;
      return ts.isContinueStatement(inner) ? !loops : !loops && !switches;
    }
    const isLoop = ts.isIterationStatement(inner, false);
    const isSwitch = ts.isSwitchStatement(inner);
    return (
      ts.forEachChild(inner, (child) =>
        visit(child, loops || isLoop, switches || isSwitch) ? true : undefined,
      ) ?? false
    );
  };
  return visit(node, false, false);
}

/** Something that means another thing in another kind of function. */
export function usesFunctionWords(node: ts.Node): boolean {
  const visit = (inner: ts.Node): boolean => {
    if (
      inner.kind === ts.SyntaxKind.ThisKeyword ||
      inner.kind === ts.SyntaxKind.SuperKeyword ||
      inner.kind === ts.SyntaxKind.ThisType ||
      ts.isMetaProperty(inner) ||
      (ts.isIdentifier(inner) && inner.text === "arguments")
    )
      return true;
    const ownWords = inner !== node && ts.isFunctionLike(inner) && !ts.isArrowFunction(inner);
    if (ownWords || (inner !== node && ts.isClassLike(inner))) return false;
    return ts.forEachChild(inner, (child) => (visit(child) ? true : undefined)) ?? false;
  };
  return visit(node);
}

export function enclosingFunction(node: ts.Node): FunctionWithBody | undefined {
  return ts.findAncestor(node.parent, isFunctionWithBody);
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((one) => one.kind === kind) ?? false)
  );
}

export function isAsync(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.AsyncKeyword);
}

export function isGenerator(node: ts.Node): boolean {
  return "asteriskToken" in node && node.asteriskToken !== undefined;
}

export function isAmbient(node: ts.Node): boolean {
  return (
    ts.findAncestor(node, (one) => hasModifier(one, ts.SyntaxKind.DeclareKeyword)) !== undefined
  );
}

/** The one variable that a statement declares, with its name. */
export function soleVariable(
  statement: ts.Node,
):
  | (ts.VariableDeclaration & { readonly name: ts.Identifier; readonly initializer: ts.Expression })
  | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  const { declarations } = statement.declarationList;
  const [one] = declarations;
  if (one === undefined || declarations.length !== 1 || isUsing(statement.declarationList))
    return undefined;
  if (!ts.isIdentifier(one.name) || one.initializer === undefined) return undefined;
  return one as ReturnType<typeof soleVariable>;
}

export function isConst(statement: ts.VariableStatement): boolean {
  const flags: ts.NodeFlags = statement.declarationList.flags & ts.NodeFlags.BlockScoped;
  return flags === ts.NodeFlags.Const;
}

export function isExported(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.ExportKeyword);
}

/** The statement as the only one of a block, or as it is. */
export function soleStatement(statement: ts.Statement): ts.Statement | undefined {
  if (!ts.isBlock(statement)) return statement;
  return statement.statements.length === 1 ? statement.statements[0] : undefined;
}

/** Statements that stand in a row. */
export function statementsAround(statement: ts.Statement): readonly ts.Statement[] | undefined {
  const { parent } = statement;
  return ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)
    ? parent.statements
    : undefined;
}

/** A path of names, which can be read twice. */
export function isPath(node: ts.Expression): boolean {
  if (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword) return true;
  return (
    ts.isPropertyAccessExpression(node) &&
    node.questionDotToken === undefined &&
    isPath(node.expression)
  );
}

/** Whether a variable gets a value after its declaration. */
export function isReassigned(program: Program, symbol: ts.Symbol): boolean {
  return program.referencesTo(symbol).some(isAssigned);
}

export function isAssigned(name: ts.Identifier): boolean {
  let node: ts.Node = name;
  while (
    ts.isParenthesizedExpression(node.parent) ||
    ts.isArrayLiteralExpression(node.parent) ||
    ts.isSpreadElement(node.parent) ||
    ts.isShorthandPropertyAssignment(node.parent) ||
    (ts.isPropertyAssignment(node.parent) && node.parent.initializer === node) ||
    ts.isObjectLiteralExpression(node.parent)
  )
    node = node.parent;
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return (
      parent.operator === ts.SyntaxKind.PlusPlusToken ||
      parent.operator === ts.SyntaxKind.MinusMinusToken
    );
  if (ts.isForInStatement(parent) || ts.isForOfStatement(parent))
    return parent.initializer === node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

/** The same name in other letters; in shorthand properties the property keeps its own. */
export function renamed(name: ts.Identifier, to: string): string {
  const { parent } = name;
  if (ts.isShorthandPropertyAssignment(parent)) return `${name.text}: ${to}`;
  if (
    ts.isBindingElement(parent) &&
    ts.isObjectBindingPattern(parent.parent) &&
    parent.name === name
  )
    return parent.propertyName === undefined && parent.dotDotDotToken === undefined
      ? `${name.text}: ${to}`
      : to;
  if (
    (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) &&
    parent.propertyName === undefined
  )
    return ts.isImportSpecifier(parent) ? `${name.text} as ${to}` : `${to} as ${name.text}`;
  return to;
}
