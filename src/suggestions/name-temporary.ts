/**
 * Gives a name to a resource that is used where it is acquired, `readFileSync(openSync(path))`, and
 * releases it when the statement around is over.
 */
import ts from "typescript";
import type { Obligation } from "../ownership/analyse-file.ts";
import type { Environment } from "../ownership/environment.ts";
import { payloadOf } from "../resources/payload.ts";
import { isAsyncFunction } from "../typescript/modifiers.ts";
import { isNullable } from "../typescript/writable-code.ts";
import { indentOf, indentStep, insertAt, lineBreak, nameFor, statementAround } from "./edits.ts";
import type { TextEdit } from "./edits.ts";
import { functionAround, wholeValue } from "./held-variable.ts";
import { type AtEnd, usingFormFor } from "./release-at-end.ts";
import { isPlain, releaseStatement } from "./release-statement.ts";

const neither: AtEnd = { using: undefined, inFinally: undefined };

/**
 * Neither way where what the statement gives may still need the resource, or where something that runs
 * before the acquisition would run behind it.
 */
export function nameTemporary(
  { site, kind }: Pick<Obligation, "site" | "kind">,
  environment: Environment,
): AtEnd {
  const value = wholeValue(site);
  const statement = statementAround(value);
  const unit = functionAround(value);
  if (statement === undefined || unit === undefined || !ts.isBlock(statement.parent))
    return neither;
  const result = resultOf(value, statement);
  if (result === undefined || !isOfNoResource(result, environment)) return neither;
  const { types } = environment;
  const file = statement.getSourceFile();
  const name = nameFor(kind.label, file);
  const type = types.typeOf(value);
  const isAsync = isAsyncFunction(unit);
  const gap = lineBreak(file) + indentOf(statement);
  const named = { start: value.getStart(), end: value.end, text: name };
  const before = (keyword: string, more: string): TextEdit =>
    insertAt(statement.getStart(), `${keyword} ${name} = ${value.getText()};${gap}${more}`);
  const form = usingFormFor({ type, isAsync }, kind, environment, file);
  const target = { kind, name, type, site, canAwait: isAsync, mayBeEmpty: isNullable(type) };
  const release = releaseStatement(target, environment);
  // A name that the statement declares would be known in the block alone.
  const isOneLine = !statement.getText().includes("\n") && !ts.isVariableStatement(statement);
  const step = indentStep(statement);
  return {
    using: form && [before(form, ""), named],
    inFinally:
      release === undefined || !isOneLine
        ? undefined
        : [
            ...release.edits,
            before("const", `try {${gap}${step}`),
            named,
            insertAt(statement.end, `${gap}} finally {${gap}${step}${release.text}${gap}}`),
          ],
  };
}

/** What the statement makes of the resource, where it is acquired before anything else is done. */
function resultOf(value: ts.Node, statement: ts.Statement): ts.Expression | undefined {
  let node = value;
  let isUsed = false;
  for (; ; node = node.parent) {
    const { parent } = node;
    if (ts.isCallExpression(parent)) {
      isUsed = true;
      const before = parent.arguments.slice(
        0,
        parent.arguments.findIndex((one) => one === node),
      );
      if (parent.expression !== node && ![parent.expression, ...before].every(isPlain))
        return undefined;
    } else if (ts.isVariableDeclaration(parent)) {
      const { parent: list } = parent;
      const isOnly =
        ts.isVariableDeclarationList(list) &&
        list.declarations.length === 1 &&
        list.parent === statement;
      return isUsed && isOnly ? parent.initializer : undefined;
    } else if (ts.isReturnStatement(parent) || ts.isExpressionStatement(parent)) {
      return isUsed && parent === statement ? parent.expression : undefined;
    } else if (!ts.isAwaitExpression(parent) && !ts.isPropertyAccessExpression(parent)) {
      return undefined;
    }
  }
}

/** A value that is complete: no promise of one, and nothing that reads on from the resource. */
function isOfNoResource(result: ts.Expression, { types }: Environment): boolean {
  const type = types.typeOf(result);
  return types.isPrimitive(type) || payloadOf(type, types)?.sort === "bytes";
}
