/**
 * Puts statements into a `try` block, with their comments and one step further in.
 */
import ts from "typescript";
import { endOfLine, indentStep, insertAt, lineBreak, lineStart, type TextEdit } from "./edits.ts";

export interface Wrapped {
  readonly block: ts.Block;
  /** The statement behind which the `try` begins; the start of the block where there is none. */
  readonly behind: ts.Statement | undefined;
  /** Of the line on which the `try` stands. */
  readonly indent: string;
  /** Other edits, which take statements away. */
  readonly without: readonly TextEdit[];
  /** What follows the closing brace, with two blanks for a step: `finally {\n  file.close();\n}`. */
  readonly tail: string;
}

export function wrapInTry({ block, behind, indent, without, tail }: Wrapped): readonly TextEdit[] {
  const file = block.getSourceFile();
  const { text } = file;
  const newLine = lineBreak(file);
  const next = block.statements.find((one) => behind === undefined || one.pos >= behind.end);
  const step = indentStep(behind ?? next ?? block);
  const opensAt =
    behind === undefined
      ? block.getStart() + 1
      : endOfLine(behind, next?.getStart() ?? block.end - 1);
  const closesAt = lastContent(block, without);
  const sharesLine = next !== undefined && !text.slice(opensAt, next.getStart()).includes("\n");
  const edits = [
    insertAt(opensAt, `${newLine}${indent}try {${sharesLine ? newLine + indent + step : ""}`),
  ];
  const fixed = templatesIn(block);
  for (let at = text.indexOf("\n", opensAt) + 1; at > 0 && at < closesAt;) {
    const end = text.indexOf("\n", at);
    const isBlank = text.slice(at, end < 0 ? text.length : end).trim() === "";
    const isTaken = without.some((one) => one.start <= at && at < one.end);
    const isFixed = fixed.some((one) => one.getStart() < at && at < one.end);
    if (!isBlank && !isTaken && !isFixed) edits.push(insertAt(at, step));
    at = end + 1;
  }
  const written = tail.replaceAll("\n  ", `\n${step}`).replaceAll("\n", newLine + indent);
  edits.push(insertAt(closesAt, `${newLine}${indent}} ${written}`));
  return edits;
}

/** Behind the last statement or comment of the block that stays. */
function lastContent(block: ts.Block, without: readonly TextEdit[]): number {
  const { text } = block.getSourceFile();
  let at = block.end - 1;
  for (;;) {
    while (/\s/.test(text.charAt(at - 1))) at--;
    const taken = without.find((one) => one.start < at && at <= one.end && one.text === "");
    if (taken === undefined) return at;
    at = taken.start;
  }
}

/** Literals whose lines must stay as they are. */
function templatesIn(block: ts.Block): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(block);
  return found;
}

/**
 * Nothing else uses the names that statements declare: neither closures before them nor code behind
 * them. Only then can they move into a block of their own, or out of it.
 *
 * @param others code that sees, or would see, those names
 */
export function isClosed(statements: readonly ts.Statement[], others: readonly ts.Node[]): boolean {
  const declared = new Set<string>();
  const bind = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) declared.add(name.text);
    else for (const one of name.elements) if (!ts.isOmittedExpression(one)) bind(one.name);
  };
  for (const one of statements) {
    if (ts.isFunctionDeclaration(one)) return false;
    if (ts.isClassDeclaration(one) && one.name !== undefined) declared.add(one.name.text);
    if (ts.isVariableStatement(one))
      for (const { name } of one.declarationList.declarations) bind(name);
  }
  const names = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && declared.has(node.text)) ||
    (ts.forEachChild(node, (child) => names(child) || undefined) ?? false);
  return declared.size === 0 || !others.some(names);
}

/**
 * Takes the `finally` of a statement away, and the `try` too where nothing is caught.
 *
 * @param others code around that would see what the `try` block declares
 * @returns undefined where the lines are not laid out as usual, or names would clash
 */
export function withoutFinally(
  statement: ts.TryStatement,
  others: readonly ts.Node[],
): readonly TextEdit[] | undefined {
  const { tryBlock, catchClause, finallyBlock } = statement;
  const { text } = statement.getSourceFile();
  if (finallyBlock === undefined) return undefined;
  if (catchClause !== undefined)
    return [{ start: catchClause.end, end: finallyBlock.end, text: "" }];
  const [first] = tryBlock.statements;
  if (first === undefined || !isClosed(tryBlock.statements, others)) return undefined;
  const opens = lineStart(text, statement.getStart());
  const body = text.indexOf("\n", tryBlock.getStart()) + 1;
  const closes = lineStart(text, tryBlock.end - 1);
  const isLaidOut =
    body > 0 &&
    body <= first.getStart() &&
    text.slice(closes, tryBlock.end).trim() === "}" &&
    text.slice(opens, statement.getStart()).trim() === "";
  if (!isLaidOut) return undefined;
  const step = indentStep(first);
  const fixed = templatesIn(tryBlock);
  const edits: TextEdit[] = [{ start: opens, end: body, text: "" }];
  for (let at = body; at < closes; at = text.indexOf("\n", at) + 1) {
    const isFixed = fixed.some((one) => one.getStart() < at && at < one.end);
    if (!isFixed && text.startsWith(step, at))
      edits.push({ start: at, end: at + step.length, text: "" });
  }
  const rest = /^[\t ]*\r?\n/.exec(text.slice(statement.end))?.[0].length ?? 0;
  edits.push({ start: closes, end: statement.end + rest, text: "" });
  return edits;
}
