/** `if (h) h.close();` as `h?.close();`. */
import ts from "typescript";
import { rangeOf, replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { isPath, soleStatement } from "./syntax.ts";

export function ifToOptionalChain(program: Program): readonly Rewritten[] {
  return program.all(ts.isIfStatement).flatMap((statement) => {
    const only = soleStatement(statement.thenStatement);
    const subject = testedForPresence(statement.expression);
    if (
      subject === undefined ||
      statement.elseStatement ||
      !only ||
      !ts.isExpressionStatement(only)
    )
      return [];
    if (!isObject(program, subject)) return [];
    const { expression } = only;
    const call = ts.isAwaitExpression(expression) ? expression.expression : expression;
    if (!ts.isCallExpression(call)) return [];
    const callee = call.expression;
    const receiver = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
    if (receiver.getText() !== subject.getText()) return [];
    // The arguments know that it is there, and would not any more: the compiler says so.
    const dot = ts.isPropertyAccessExpression(callee)
      ? (callee.questionDotToken ?? callee.name)
      : undefined;
    const at = dot === undefined ? callee.end : receiver.end;
    const pieces = dot === undefined ? ["?."] : ["?"];
    return [
      {
        edits: [replace(statement, rangeOf(only)), { from: at, to: at, pieces }],
      },
    ];
  });
}

/** What must be there for the condition to hold. */
function testedForPresence(condition: ts.Expression): ts.Expression | undefined {
  if (isPath(condition)) return condition;
  if (!ts.isBinaryExpression(condition) || !isPath(condition.left)) return undefined;
  const { kind } = condition.operatorToken;
  const isUnequal =
    kind === ts.SyntaxKind.ExclamationEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  const right = condition.right;
  const isNothing =
    right.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(right) && right.text === "undefined");
  return isUnequal && isNothing ? condition.left : undefined;
}

/** Falsy only if it is absent. */
function isObject(program: Program, subject: ts.Expression): boolean {
  const type = program.checker.getNonNullableType(program.checker.getTypeAtLocation(subject));
  const parts = type.isUnion() ? type.types : [type];
  return parts.every(({ flags }) => (flags & ts.TypeFlags.Object) !== 0);
}
