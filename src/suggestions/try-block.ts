/**
 * Puts statements into a `try` block, with their comments and one step further in.
 */
import ts from "typescript";
import { endOfLine, indentStep, insertAt, lineBreak, type TextEdit } from "./edits.ts";

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
 * Names that statements declare are also used outside of them: closures before them, hoisted
 * functions. Inside a block of their own they would not be known there.
 */
export function isClosed(statements: readonly ts.Statement[], block: ts.Block): boolean {
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
  if (declared.size === 0) return true;
  const names = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && declared.has(node.text)) ||
    (ts.forEachChild(node, (child) => names(child) || undefined) ?? false);
  return block.statements.every((one) => statements.includes(one) || !names(one));
}
