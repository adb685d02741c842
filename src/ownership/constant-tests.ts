/**
 * Constants that stand for a test: what `const owned = given === undefined` says when it is decided.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import { isConstant } from "../typescript/syntax.ts";
import { isSymbol, pathOf, type ResolveName } from "./access-path.ts";

/** `const owned = given === undefined`: what deciding the constant decides. */
export function constantTest(name: ts.Identifier, resolve: ResolveName): ts.Expression | undefined {
  const declaration = resolve(name)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  if (!isConstant(declaration) || declaration.initializer === undefined) return undefined;
  const test = valueOf(declaration.initializer);
  if (changesLater(declaration, test, resolve)) return undefined;
  const isTest =
    (ts.isPrefixUnaryExpression(test) && test.operator === ts.SyntaxKind.ExclamationToken) ||
    (ts.isBinaryExpression(test) && isComparison(test.operatorToken.kind));
  return isTest ? test : undefined;
}

const changing = new WeakMap<ts.Node, boolean>();

/** Something that a test names is assigned behind the constant, so the test no longer says the same. */
function changesLater(
  declaration: ts.VariableDeclaration,
  test: ts.Expression,
  resolve: ResolveName,
): boolean {
  let changes = changing.get(declaration);
  if (changes === undefined) {
    const names = new Set<ts.Symbol>();
    const collect = (node: ts.Node): void => {
      const symbol = ts.isIdentifier(node) ? resolve(node) : undefined;
      if (symbol !== undefined) names.add(symbol);
      ts.forEachChild(node, collect);
    };
    collect(test);
    let scope: ts.Node = declaration;
    while (!ts.isSourceFile(scope) && !ts.isFunctionLike(scope)) scope = scope.parent;
    const assigns = (node: ts.Node): boolean => {
      if (
        node.pos >= declaration.end &&
        ts.isBinaryExpression(node) &&
        node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
        node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
      ) {
        const { root } = pathOf(node.left, resolve);
        if (isSymbol(root) && names.has(root)) return true;
      }
      return ts.forEachChild(node, (child) => assigns(child)) ?? false;
    };
    changes = assigns(scope);
    changing.set(declaration, changes);
  }
  return changes;
}

function isComparison(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    operator === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
    operator === ts.SyntaxKind.EqualsEqualsToken ||
    operator === ts.SyntaxKind.ExclamationEqualsToken
  );
}
