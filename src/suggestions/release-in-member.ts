/**
 * Completes the member that ends an instance, or gives the class one.
 */
import ts from "typescript";
import type { FieldFinding } from "../ownership/class-obligations.ts";
import type { Environment } from "../ownership/environment.ts";
import { isAsyncFunction } from "../typescript/modifiers.ts";
import { answerOf, memberNamed } from "../typescript/writable-code.ts";
import {
  endOfLine,
  indentOf,
  indentStep,
  insertAfter,
  insertAt,
  insertBefore,
  lineBreak,
  removeStatement,
  statementAround,
  type TextEdit,
} from "./edits.ts";
import { functionAround } from "./held-variable.ts";
import { type HeldField, heldField, releaseOfField } from "./held-field.ts";
import type { ReleaseStatement } from "./release-statement.ts";
import { wrapInTry } from "./try-block.ts";

/**
 * The release, added to the member that forgets it or comes too late to it.
 *
 * @param anyThrow every call before the release counts as one that may throw
 */
export function releaseInMember(
  finding: FieldFinding,
  anyThrow: boolean,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const body = bodyOf(finding);
  const field = heldField(finding, environment);
  if (body === undefined || field === undefined) return undefined;
  const release = releaseOfField(field, finding, isAsyncFunction(body.parent), environment);
  if (release === undefined) return undefined;
  const uses = usesOf(field, body);
  const [known] = uses;
  if (finding.fault === "pending" && !environment.types.isPromiseType(field.type)) return undefined;
  if (finding.fault === "forgotten" || finding.fault === "pending") {
    if (known === undefined) return [...release.edits, ...atEnd(body, release.text, anyThrow)];
    return beforeUse(known, body, release, anyThrow);
  }
  const statement = known && statementAround(known);
  if (statement?.parent !== body || uses.length > 1 || body.statements.length < 2) return undefined;
  const text = statement.getText().replace(/;$/, "");
  if (!isReleaseOf(text, field, finding)) return undefined;
  return inFinally(body, `${text};`, [removeStatement(statement)]);
}

/** Before the statement that empties the field. */
function beforeUse(
  use: ts.Node,
  body: ts.Block,
  { text, edits }: ReleaseStatement,
  anyThrow: boolean,
): readonly TextEdit[] | undefined {
  const statement = statementAround(use);
  if (statement?.parent !== body) return undefined;
  const before = body.statements.slice(0, body.statements.indexOf(statement));
  if (before.some(waits) || (anyThrow && before.length > 0)) return undefined;
  return [...edits, insertBefore(statement, text)];
}

/** `await this.file?.close()`, whichever release of the kind it is. */
function isReleaseOf(
  text: string,
  { name }: HeldField,
  { kind }: Pick<FieldFinding, "kind">,
): boolean {
  const plain = text.replace(/^(?:await|void) /, "").replace("?.", ".");
  return kind.release.some(
    (release) => "method" in release && plain === `${name}.${release.method}()`,
  );
}

/** The call of the method that is overridden. */
export function callSuper(
  { owner, method }: FieldFinding,
  anyThrow: boolean,
  { types }: Environment,
): readonly TextEdit[] | undefined {
  if (method === undefined || !ts.isMethodDeclaration(method) || method.body === undefined)
    return undefined;
  const [base] = ts.isClassLike(owner)
    ? (owner.heritageClauses ?? []).filter((one) => one.token === ts.SyntaxKind.ExtendsKeyword)
    : [];
  const [extended] = base?.types ?? [];
  const name = method.name.getText();
  const overridden = extended && memberNamed(types.typeOf(extended), name, types.program);
  const answer = overridden && answerOf(overridden, method, types.program);
  if (answer === undefined) return undefined;
  const isAsync = isAsyncFunction(method);
  if (answer === "promise" && !isAsync) return undefined;
  const access = name.startsWith("[") ? `super${name}` : `super.${name}`;
  return atEnd(method.body, `${answer === "promise" ? "await " : ""}${access}();`, anyThrow);
}

/** A member that ends the instances, for a class that has none. */
export function releaseMember(
  finding: FieldFinding,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const { owner, kind, strength } = finding;
  const field = heldField(finding, environment);
  if (field === undefined || !ts.isClassLike(owner) || strength !== "sure") return undefined;
  const name = kind.duty === "close" ? "close" : "dispose";
  const { types } = environment;
  const last = owner.members.at(-1);
  if (last === undefined || memberNamed(types.typeOf(owner), name, types.program) !== undefined)
    return undefined;
  const plain = releaseOfField(field, finding, false, environment);
  const release = plain ?? releaseOfField(field, finding, true, environment);
  if (release === undefined) return undefined;
  const isAsync = plain === undefined;
  const isTyped = !/\.[cm]?jsx?$/.test(owner.getSourceFile().fileName);
  const result = isTyped ? (isAsync ? ": Promise<void>" : ": void") : "";
  const newLine = lineBreak(owner.getSourceFile());
  const indent = indentOf(last);
  const step = indentStep(last);
  const lines = [
    "",
    "",
    `${indent}${isAsync ? "async " : ""}${name}()${result} {`,
    `${indent}${step}${release.text}`,
    `${indent}}`,
  ];
  return [...release.edits, insertAt(endOfLine(last, owner.end - 1), lines.join(newLine))];
}

/** Releases what the constructor has acquired when the rest of it throws. */
export function releaseInConstructor(
  finding: FieldFinding,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const field = heldField(finding, environment);
  const statement = assignmentOf(finding, field);
  const block = statement?.parent;
  if (field === undefined || statement === undefined || !block || !ts.isBlock(block))
    return undefined;
  if (!ts.isConstructorDeclaration(block.parent) || block.statements.at(-1) === statement)
    return undefined;
  const release = releaseOfField(field, finding, false, environment);
  if (release === undefined) return undefined;
  const tail = `catch (error) {\n  ${release.text}\n  throw error;\n}`;
  const indent = indentOf(statement);
  return [...release.edits, ...wrapInTry({ block, behind: statement, indent, without: [], tail })];
}

/** Releases the old value before the field gets another one. */
export function releaseBeforeAssignment(
  finding: FieldFinding,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const field = heldField(finding, environment);
  const statement = assignmentOf(finding, field);
  if (field === undefined || statement === undefined) return undefined;
  const unit = functionAround(statement);
  if (unit === undefined || ts.isConstructorDeclaration(unit)) return undefined;
  // It is released on some path, in some way that does not do.
  if (usesOf(field, unit).some((use) => use.end < statement.getStart())) return undefined;
  const release = releaseOfField(field, finding, isAsyncFunction(unit), environment);
  return release && [...release.edits, insertBefore(statement, release.text)];
}

/** `this.field = …;` with the acquisition in it, as a statement of a block. */
function assignmentOf(
  { node }: FieldFinding,
  field: HeldField | undefined,
): ts.ExpressionStatement | undefined {
  const statement = statementAround(node);
  if (statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  const isPlain =
    ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    expression.left.getText() === field?.name;
  return isPlain ? statement : undefined;
}

function bodyOf({ owner, method }: FieldFinding): ts.Block | undefined {
  if (method?.parent !== owner) return undefined;
  const code = ts.isPropertyDeclaration(method) ? method.initializer : method;
  if (code === undefined || !ts.isFunctionLike(code) || !("body" in code)) return undefined;
  const { body } = code;
  return body !== undefined && ts.isBlock(body) ? body : undefined;
}

function usesOf({ name }: HeldField, body: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.getText() === name) found.push(node);
    else ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** A statement of its own behind the others of a body. */
export function appendToBody(body: ts.Block, text: string): readonly TextEdit[] {
  return atEnd(body, text, false);
}

/** Whatever else the body does, the statement runs behind it. */
function atEnd(body: ts.Block, text: string, anyThrow: boolean): readonly TextEdit[] {
  const last = body.statements.at(-1);
  if (last === undefined) {
    const newLine = lineBreak(body.getSourceFile());
    const indent = indentOf(body);
    const step = ts.isClassElement(body.parent) ? indentStep(body.parent) : "  ";
    const inside = { start: body.getStart() + 1, end: body.end - 1 };
    const hasComment = body.getSourceFile().text.slice(inside.start, inside.end).trim() !== "";
    const line = `${newLine}${indent}${step}${text}`;
    return hasComment
      ? [insertAt(inside.start, line)]
      : [{ ...inside, text: `${line}${newLine}${indent}` }];
  }
  const isStraight = body.statements.every(
    (one) => ts.isExpressionStatement(one) && !waits(one) && !anyThrow,
  );
  return isStraight ? [insertAfter(last, text)] : inFinally(body, text, []);
}

function inFinally(
  body: ts.Block,
  text: string,
  without: readonly TextEdit[],
): readonly TextEdit[] {
  const [first] = body.statements;
  const indent = first === undefined ? indentOf(body) : indentOf(first);
  const tail = `finally {\n  ${text}\n}`;
  return [...without, ...wrapInTry({ block: body, behind: undefined, indent, without, tail })];
}

function waits(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isAwaitExpression(node)) return true;
  return ts.forEachChild(node, (child) => waits(child) || undefined) ?? false;
}
