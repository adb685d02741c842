/** `const h = c ? a() : b();` as `let h; if (c) h = a(); else h = b();`, and the like. */
import ts from "typescript";
import { rangeOf, replace, type Piece, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { isAmbient, isExported, soleVariable, statementsAround } from "./syntax.ts";

export function ternaryToIf(program: Program): readonly Rewritten[] {
  return program.all(ts.isConditionalExpression).flatMap((choice) => {
    const statement = choice.parent;
    if (ts.isReturnStatement(statement) && statementsAround(statement)) {
      return [{ edits: [replace(statement, ...branches(choice, "return "))] }];
    }
    if (ts.isExpressionStatement(statement))
      return [{ edits: [replace(statement, ...branches(choice, ""))] }];
    if (
      ts.isBinaryExpression(statement) &&
      ts.isExpressionStatement(statement.parent) &&
      statement.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      statement.right === choice &&
      ts.isIdentifier(statement.left)
    ) {
      const pieces = branches(choice, `${statement.left.text} = `);
      return [{ edits: [replace(statement.parent, ...pieces)] }];
    }
    return declared(program, choice);
  });
}

function declared(program: Program, choice: ts.ConditionalExpression): readonly Rewritten[] {
  const statement = choice.parent.parent.parent;
  const variable = soleVariable(statement);
  if (variable?.initializer !== choice || statementsAround(statement as ts.Statement) === undefined)
    return [];
  if (isExported(statement) || isAmbient(statement)) return [];
  const { name, type } = variable;
  const typed = type?.getText() ?? program.typeText(program.checker.getTypeAtLocation(name));
  const pieces = [`let ${name.text}: ${typed}; `, ...branches(choice, `${name.text} = `)];
  return [{ edits: [replace(statement, ...pieces)] }];
}

function branches(
  { condition, whenTrue, whenFalse }: ts.ConditionalExpression,
  before: string,
): Piece[] {
  return [
    "if (",
    rangeOf(condition),
    `) { ${before}`,
    rangeOf(whenTrue),
    `; } else { ${before}`,
    rangeOf(whenFalse),
    "; }",
  ];
}
