/**
 * Empties a slot whichever way the rest of its function is left.
 */
import ts from "typescript";
import type { PayloadFinding } from "../lifetimes/payloads/payload-finding.ts";
import {
  endOfLine,
  indentOf,
  insertAt,
  lineBreak,
  removeStatement,
  type TextEdit,
} from "./edits.ts";
import { isClosed, wrapInTry } from "./try-block.ts";

/** @returns undefined where the slot is needed when the function has ended, or is filled inside a branch */
export function clearAtEnd({
  node,
  unit,
  name,
  emptyValue,
}: PayloadFinding): readonly TextEdit[] | undefined {
  const statement = node.parent;
  if (emptyValue === undefined || !ts.isExpressionStatement(statement)) return undefined;
  const block = statement.parent;
  if (!ts.isBlock(block) || block.parent !== unit) return undefined;
  const rest = block.statements.slice(block.statements.indexOf(statement) + 1);
  const cleared = rest.filter((one) => clears(one, name));
  const left = rest.filter((one) => !cleared.includes(one));
  const without = cleared.map(removeStatement);
  const text = `${name} = ${emptyValue};`;
  const indent = indentOf(statement);
  if (left.length === 0) {
    const gap = lineBreak(block.getSourceFile()) + indent;
    return [...without, insertAt(endOfLine(statement, block.end), gap + text)];
  }
  if (
    !isClosed(
      left,
      block.statements.filter((one) => !left.includes(one)),
    )
  )
    return undefined;
  const tail = `finally {\n  ${text}\n}`;
  return [...without, ...wrapInTry({ block, behind: statement, indent, without, tail })];
}

/** `this.last = undefined;`, as a statement of its own */
function clears(statement: ts.Statement, name: string): boolean {
  if (!ts.isExpressionStatement(statement)) return false;
  const { expression } = statement;
  return (
    ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    expression.left.getText() === name &&
    /^(?:undefined|null)$/.test(expression.right.getText())
  );
}
