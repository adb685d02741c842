/**
 * Changes of the text of a file, and what they need to know of its layout.
 */
import ts from "typescript";

/** A change of the text of a file, in the positions of TypeScript. Rules turn it into a fix of ESLint. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function insertAt(position: number, text: string): TextEdit {
  return { start: position, end: position, text };
}

/** The blanks in front of the line on which a node starts. */
export function indentOf(node: ts.Node): string {
  const { text } = node.getSourceFile();
  const start = lineStart(text, node.getStart());
  return /^[\t ]*/.exec(text.slice(start))?.[0] ?? "";
}

/** One step of indentation, as the block around a statement has it. */
export function indentStep(statement: ts.Node): string {
  const inner = indentOf(statement);
  const { text } = statement.getSourceFile();
  const end = statement.parent.end;
  const outer = /^[\t ]*/.exec(text.slice(lineStart(text, end - 1)))?.[0] ?? "";
  const step = inner.startsWith(outer) ? inner.slice(outer.length) : "";
  return step === "" ? "  " : step;
}

export function lineStart(text: string, position: number): number {
  return text.lastIndexOf("\n", position - 1) + 1;
}

/** The line break of the file. */
export function lineBreak({ text }: ts.SourceFile): string {
  return /\r?\n/.exec(text)?.[0] ?? "\n";
}

/** Where what stands behind a node on its line, comments included, ends; at most `limit`. */
export function endOfLine(node: ts.Node, limit: number): number {
  const { text } = node.getSourceFile();
  const trailing = ts.getTrailingCommentRanges(text, node.end)?.at(-1);
  return Math.min(trailing?.end ?? node.end, limit);
}

/** `base`, `base2` …: the first that occurs nowhere in the file. */
export function freshName(base: string, { text }: ts.SourceFile): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}${String(count)}`;
    if (!new RegExp(`\\b${name}\\b`).test(text)) return name;
  }
}

/** A name that the file does not have, after the words by which messages call a kind: "setInterval timer". */
export function nameFor(label: string, file: ts.SourceFile): string {
  const word = /[A-Za-z]\w*$/.exec(label)?.[0] ?? "resource";
  // `URL` and `TLSSocket` begin with several capitals.
  const base = word.replace(/^(?:[A-Z]+(?=[A-Z][a-z]|$)|[A-Z])/, (start) => start.toLowerCase());
  return freshName(base, file);
}

/** The statement around a node that belongs to a block or to the file, within the same function. */
export function statementAround(node: ts.Node): ts.Statement | undefined {
  let current = node;
  while (!ts.isFunctionLike(current) && !ts.isSourceFile(current)) {
    if (ts.isStatement(current) && !ts.isBlock(current))
      return ts.isBlock(current.parent) || ts.isSourceFile(current.parent) ? current : undefined;
    current = current.parent;
  }
  return undefined;
}

/** Puts a statement on a line of its own before another one. */
export function insertBefore(statement: ts.Statement, text: string): TextEdit {
  const gap = lineBreak(statement.getSourceFile()) + indentOf(statement);
  return insertAt(statement.getStart(), text.replaceAll("\n", gap) + gap);
}

/** Puts a statement on a line of its own behind another one. */
export function insertAfter(statement: ts.Statement, text: string): TextEdit {
  const gap = lineBreak(statement.getSourceFile()) + indentOf(statement);
  // Without a semicolon before it, this would go on with the statement.
  const start = text.startsWith("(") && !/[;}]$/.test(statement.getText()) ? ";" : "";
  const end = endOfLine(statement, statement.parent.end);
  return insertAt(end, gap + start + text.replaceAll("\n", gap));
}

/** Takes a statement away, with its line where nothing else stands on it. */
export function removeStatement(statement: ts.Statement): TextEdit {
  const { text } = statement.getSourceFile();
  const start = statement.getStart();
  const from = lineStart(text, start);
  const rest = /^[\t ]*\r?\n/.exec(text.slice(statement.end))?.[0];
  if (rest !== undefined && text.slice(from, start).trim() === "")
    return { start: from, end: statement.end + rest.length, text: "" };
  // Of the blanks on both sides of it, one side is enough.
  const blanks = /^[\t ]*/.exec(text.slice(statement.end))?.[0].length ?? 0;
  if (rest === undefined) return { start, end: statement.end + blanks, text: "" };
  return { start: text.slice(0, start).trimEnd().length, end: statement.end, text: "" };
}

/** Waits for the promise that an expression is. */
export function awaited(node: ts.Expression): TextEdit[] {
  if (ts.isLeftHandSideExpression(node)) return [insertAt(node.getStart(), "await ")];
  return [insertAt(node.getStart(), "await ("), insertAt(node.end, ")")];
}
