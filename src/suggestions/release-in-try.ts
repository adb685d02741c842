/**
 * A `finally` for the `try` that fills a variable which was declared before it:
 * `let file: FileHandle | undefined; try { file = await open(path); … } catch { … }`.
 */
import ts from "typescript";
import type { Obligation } from "../ownership/analyse-file.ts";
import type { Environment } from "../ownership/environment.ts";
import { isNothing } from "../typescript/syntax.ts";
import { isNullable } from "../typescript/writable-code.ts";
import { indentOf, indentStep, insertAt, lineBreak, type TextEdit } from "./edits.ts";
import { blockEnd, functionAround, heldIn, wholeValue } from "./held-variable.ts";
import { withoutSuperfluous } from "./release-at-end.ts";
import { releaseStatement } from "./release-statement.ts";

/** @returns undefined where the variable may be needed behind the `try`, or is never known to be empty */
export function releaseInTry(
  obligation: Pick<Obligation, "site" | "kind" | "ended">,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const { site, kind } = obligation;
  const { parent: assignment } = wholeValue(site);
  if (!ts.isBinaryExpression(assignment) || !ts.isIdentifier(assignment.left)) return undefined;
  if (assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  if (!ts.isExpressionStatement(assignment.parent)) return undefined;
  const name = assignment.left;
  const statement = tryAround(assignment.parent);
  const declaration = environment.resolve(name)?.valueDeclaration;
  if (statement === undefined || !isEmptyBefore(declaration, statement)) return undefined;
  const type = environment.types.typeOf(declaration.name);
  // Otherwise the compiler says that it is used before it is assigned.
  if (!isNullable(type)) return undefined;
  const block = statement.parent;
  const part = { name, type, declared: undefined, rest: [statement] };
  const held = heldIn(part, block, environment, [declaration.name]);
  if (held?.references.some((one) => one.pos > statement.end) !== false) return undefined;
  const end = blockEnd(held, obligation, environment);
  const target = { kind, name: name.text, type, site, canAwait: held.isAsync, mayBeEmpty: true };
  const release = end && releaseStatement(target, environment);
  const [first] = statement.tryBlock.statements;
  if (end === undefined || release === undefined || first === undefined) return undefined;
  const indent = lineBreak(statement.getSourceFile()) + indentOf(statement);
  const text = ` finally {${indent}${indentStep(first)}${release.text}${indent}}`;
  return [...withoutSuperfluous(end), ...release.edits, insertAt(statement.end, text)];
}

/** The `try` whose block a statement belongs to, where it is a statement of a block and has no `finally`. */
function tryAround(statement: ts.Statement): ts.TryStatement | undefined {
  const { parent: block } = statement;
  if (!ts.isBlock(block) || !ts.isTryStatement(block.parent)) return undefined;
  const whole = block.parent;
  return whole.tryBlock === block && whole.finallyBlock === undefined && ts.isBlock(whole.parent)
    ? whole
    : undefined;
}

/** Declared by a statement of the block around, of the same function, with nothing in it. */
function isEmptyBefore(
  declaration: ts.Declaration | undefined,
  statement: ts.TryStatement,
): declaration is ts.VariableDeclaration & { readonly name: ts.Identifier } {
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    ts.isIdentifier(declaration.name) &&
    (declaration.initializer === undefined || isNothing(declaration.initializer)) &&
    declaration.parent.parent.parent === statement.parent &&
    functionAround(declaration) === functionAround(statement)
  );
}
