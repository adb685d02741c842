/**
 * What to do about a resource that is released too early, twice, or the wrong way.
 */
import ts from "typescript";
import type { ReleaseFinding } from "../ownership/analyse-releases.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { isAsyncFunction } from "../typescript/modifiers.ts";
import { isUsing } from "../typescript/syntax.ts";
import { awaited, removeStatement, statementAround, type TextEdit } from "./edits.ts";
import { functionAround } from "./held-variable.ts";

/** Waits for a returned promise before the resource that it works with is released. */
export function awaitReturned({ node }: ReleaseFinding): readonly TextEdit[] | undefined {
  const statement = statementOrItself(node);
  if (statement === undefined || !ts.isReturnStatement(statement)) return undefined;
  const unit = functionAround(statement);
  if (statement.expression === undefined || unit === undefined || !isAsyncFunction(unit))
    return undefined;
  return awaited(statement.expression);
}

/** Takes the second release away. */
export function removeRelease({ node }: ReleaseFinding): readonly TextEdit[] | undefined {
  const statement = statementOrItself(node);
  if (statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
  let call: ts.Node = statement.expression;
  while (ts.isAwaitExpression(call) || ts.isVoidExpression(call)) call = call.expression;
  const { parent } = statement;
  const isAlone = ts.isBlock(parent) && parent.statements.length < 2;
  return call !== node || isAlone ? undefined : [removeStatement(statement)];
}

/** Declares the resource without `using`, where it is returned and so the caller's to release. */
export function declareConst({
  node,
  releasedAt,
}: ReleaseFinding): readonly TextEdit[] | undefined {
  const [declaration, ...others] = releasedAt;
  if (declaration === undefined || others.length > 0) return undefined;
  const statement = statementOrItself(node);
  if (statement === undefined || !ts.isReturnStatement(statement)) return undefined;
  if (statement.expression === undefined || !ts.isIdentifier(statement.expression))
    return undefined;
  const list = ts.isVariableDeclaration(declaration) ? declaration.parent : declaration;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length !== 1 || !isUsing(list))
    return undefined;
  const [only] = list.declarations;
  const start = list.getStart();
  return only && [{ start, end: only.getStart(), text: "const " }];
}

/** Calls the right member instead of the wrong one. */
export function rightRelease(
  call: ts.Node | undefined,
  { release: [best] }: ResourceKind,
): readonly TextEdit[] | undefined {
  if (call === undefined || !ts.isCallExpression(call) || best === undefined) return undefined;
  const { expression } = call;
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  if (!("method" in best) || "ofEach" in best || best.method.startsWith("[")) return undefined;
  return [{ start: expression.name.getStart(), end: call.end, text: `${best.method}()` }];
}

function statementOrItself(node: ts.Node): ts.Statement | undefined {
  return ts.isReturnStatement(node) ? node : statementAround(node);
}
