/**
 * Releases what a variable holds before the variable gets something else.
 */
import ts from "typescript";
import type { Obligation } from "../ownership/analyse-file.ts";
import type { Environment } from "../ownership/environment.ts";
import { isAsyncFunction } from "../typescript/modifiers.ts";
import { mentionsName } from "../typescript/syntax.ts";
import { isNullable } from "../typescript/writable-code.ts";
import { insertBefore, statementAround, type TextEdit } from "./edits.ts";
import { functionAround } from "./held-variable.ts";
import { releaseStatement } from "./release-statement.ts";

/** @param at the one assignment that overwrites it */
export function releaseBefore(
  { kind, site }: Pick<Obligation, "kind" | "site">,
  at: readonly ts.Node[],
  environment: Environment,
): readonly TextEdit[] | undefined {
  const [node, ...others] = at;
  const statement = node && statementAround(node);
  if (others.length > 0 || statement === undefined || !ts.isExpressionStatement(statement))
    return undefined;
  const { expression } = statement;
  if (
    !ts.isBinaryExpression(expression) ||
    expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken ||
    !ts.isIdentifier(expression.left)
  )
    return undefined;
  const name = expression.left;
  const declaration = environment.resolve(name)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  const type = environment.types.typeOf(declaration.name);
  const mayBeEmpty = isNullable(type);
  // `let descriptor = -1;` is empty too, and nothing says so.
  if (!mayBeEmpty && !isMade(declaration.initializer)) return undefined;
  if (mentionsName(expression.right, name.text)) return undefined;
  const unit = functionAround(statement);
  if (unit === undefined) return undefined;
  const canAwait = isAsyncFunction(unit);
  const target = { kind, name: name.text, type, site, canAwait, mayBeEmpty };
  const release = releaseStatement(target, environment);
  return release && [...release.edits, insertBefore(statement, release.text)];
}

function isMade(value: ts.Expression | undefined): boolean {
  if (value === undefined) return false;
  if (ts.isAwaitExpression(value)) return isMade(value.expression);
  return ts.isCallExpression(value) || ts.isNewExpression(value);
}
