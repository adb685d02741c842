/** `const h = open();` as `let h: Handle; h = open();`. */
import ts from "typescript";
import { replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { isAmbient, isExported, soleVariable, statementsAround } from "./syntax.ts";

export function letThenAssign(program: Program): readonly Rewritten[] {
  return program.all(ts.isVariableStatement).flatMap((statement) => {
    const variable = soleVariable(statement);
    if (variable === undefined || isExported(statement) || isAmbient(statement)) return [];
    if (statementsAround(statement) === undefined) return [];
    const { name, initializer, type } = variable;
    if (ts.isFunctionLike(initializer) || ts.isClassLike(initializer)) return [];
    const typed = type?.getText() ?? program.typeText(program.checker.getTypeAtLocation(name));
    const pieces = [
      `let ${name.text}: ${typed}; ${name.text} = `,
      { from: initializer.getStart(), to: statement.end },
    ];
    return [{ edits: [replace(statement, ...pieces)] }];
  });
}
