/** `if (c) return a; return b;` as `return c ? a : b;`, and the like. */
import ts from "typescript";
import { rangeOf, replace, type Edit, type Range, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { soleStatement, statementsAround } from "./syntax.ts";

export function ifToTernary(program: Program): readonly Rewritten[] {
  return program.all(ts.isIfStatement).flatMap((statement) => {
    const edit = returned(statement) ?? assigned(statement) ?? called(statement);
    return edit === undefined ? [] : [{ edits: [edit] }];
  });
}

function returned(statement: ts.IfStatement): Edit | undefined {
  const row = statementsAround(statement);
  const next = row?.[row.indexOf(statement) + 1];
  const first = soleStatement(statement.thenStatement);
  const last = statement.elseStatement ? soleStatement(statement.elseStatement) : next;
  const whenTrue = returnedBy(first);
  const whenFalse = returnedBy(last);
  if (!last || !whenTrue || !whenFalse || (statement.elseStatement && next)) return undefined;
  const whole = { from: statement.getStart(), to: Math.max(statement.end, last.end) };
  return choice(whole, "return ", statement.expression, whenTrue, whenFalse);
}

function returnedBy(statement: ts.Statement | undefined): ts.Expression | undefined {
  return statement !== undefined && ts.isReturnStatement(statement)
    ? statement.expression
    : undefined;
}

function assigned(statement: ts.IfStatement): Edit | undefined {
  const first = assignment(soleStatement(statement.thenStatement));
  const last = statement.elseStatement && assignment(soleStatement(statement.elseStatement));
  if (first === undefined || first.name.text !== last?.name.text) return undefined;
  return choice(
    rangeOf(statement),
    `${first.name.text} = `,
    statement.expression,
    first.value,
    last.value,
  );
}

function assignment(statement: ts.Statement | undefined) {
  if (statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  if (!ts.isBinaryExpression(expression) || !ts.isIdentifier(expression.left)) return undefined;
  if (expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  return { name: expression.left, value: expression.right };
}

function called(statement: ts.IfStatement): Edit | undefined {
  const only = soleStatement(statement.thenStatement);
  if (statement.elseStatement || !only || !ts.isExpressionStatement(only)) return undefined;
  const { expression } = only;
  if (!ts.isCallExpression(expression) && !ts.isAwaitExpression(expression)) return undefined;
  return replace(
    statement,
    "(",
    rangeOf(statement.expression),
    ") ? ",
    rangeOf(expression),
    " : undefined;",
  );
}

function choice(
  whole: Range,
  before: string,
  condition: ts.Expression,
  whenTrue: ts.Expression,
  whenFalse: ts.Expression,
): Edit {
  return replace(
    whole,
    `${before}(`,
    rangeOf(condition),
    ") ? (",
    rangeOf(whenTrue),
    ") : (",
    rangeOf(whenFalse),
    ");",
  );
}
