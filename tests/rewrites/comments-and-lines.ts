/** A comment and a new line after every token that allows it. */
import ts from "typescript";
import { insertAt, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";

const openTokens: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.OpenBraceToken,
  ts.SyntaxKind.OpenParenToken,
  ts.SyntaxKind.CommaToken,
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.EqualsGreaterThanToken,
  ts.SyntaxKind.DotToken,
  ts.SyntaxKind.QuestionDotToken,
]);

export function commentsAndLines(program: Program): readonly Rewritten[] {
  const edits: Rewritten["edits"][number][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isJSDoc(node)) return;
    // Nobody breaks the line within `[Symbol.dispose]`.
    if (ts.isPropertyAccessExpression(node) && isKey(node)) return;
    if (openTokens.has(node.kind)) edits.push(insertAt(node.end, " /* a comment */\n"));
    for (const child of node.getChildren(program.source)) visit(child);
  };
  visit(program.source);
  return edits.length === 0 ? [] : [{ edits }];
}

function isKey(node: ts.Node): boolean {
  return ts.isComputedPropertyName(node.parent) || ts.isElementAccessExpression(node.parent);
}
