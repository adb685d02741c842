/** `const h = open();` as `const first = open(); const h = first;`. */
import ts from "typescript";
import { insertAt, replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { isAmbient, isConst, isExported, soleVariable, statementsAround } from "./syntax.ts";

export function aliasLocals(program: Program): readonly Rewritten[] {
  const edits = program
    .all(ts.isVariableStatement)
    .filter((one) => isConst(one) && !isExported(one) && !isAmbient(one))
    .filter((one) => statementsAround(one) !== undefined)
    .flatMap((statement, index) => {
      const variable = soleVariable(statement);
      if (variable === undefined || ts.isFunctionLike(variable.initializer)) return [];
      const first = program.fresh("first", index + 1);
      return [
        replace(variable.name, first),
        insertAt(statement.end, ` const ${variable.name.text} = ${first};`),
      ];
    });
  return edits.length === 0 ? [] : [{ edits }];
}
