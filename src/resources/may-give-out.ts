/**
 * Functions that can give out nothing they made: read off their text, so that the type of a call, which
 * is dear, is asked only where it could tell something.
 */
import ts from "typescript";

const answers = new WeakMap<ts.Node, boolean>();

/**
 * Whether what calling the function yields may be something that it made: it returns a value, and its
 * code calls, makes or awaits something. Without a body, and for generators, nothing is ruled out.
 */
export function mayGiveOut(body: ts.FunctionLikeDeclaration): boolean {
  let may = answers.get(body);
  if (may === undefined) {
    may = isFruitful(body);
    answers.set(body, may);
  }
  return may;
}

function isFruitful(body: ts.FunctionLikeDeclaration): boolean {
  if (yieldsNothing(body.type)) return false;
  if (body.body === undefined || body.asteriskToken !== undefined) return true;
  return (!ts.isBlock(body.body) || returnsValue(body.body)) && makesSomething(body);
}

/** `void`, `boolean`, or a promise of one; a number may be a descriptor. */
function yieldsNothing(type: ts.TypeNode | undefined): boolean {
  if (type === undefined) return false;
  if (!ts.isTypeReferenceNode(type)) return empty.has(type.kind);
  const isPromise = ts.isIdentifier(type.typeName) && type.typeName.text === "Promise";
  return isPromise && yieldsNothing(type.typeArguments?.[0]);
}

const empty: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.VoidKeyword,
  ts.SyntaxKind.UndefinedKeyword,
  ts.SyntaxKind.NeverKeyword,
  ts.SyntaxKind.BooleanKeyword,
  ts.SyntaxKind.StringKeyword,
  ts.SyntaxKind.BigIntKeyword,
  ts.SyntaxKind.LiteralType,
  ts.SyntaxKind.TypePredicate,
]);

function returnsValue(node: ts.Node): boolean {
  if (ts.isReturnStatement(node)) return node.expression !== undefined;
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isExpression(node)) return false;
  return ts.forEachChild(node, returnsValue) ?? false;
}

function makesSomething(node: ts.Node): boolean {
  return ts.forEachChild(node, (child) => mayYield(child) || makesSomething(child)) ?? false;
}

function mayYield(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isTaggedTemplateExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isFunctionLike(node) ||
    ts.isClassLike(node)
  );
}
