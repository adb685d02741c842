/** `const x = a.b;` as `const { b: x } = a;`, where `b` does not need to know `a`. */
import ts from "typescript";
import { rangeOf, replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { soleVariable } from "./syntax.ts";

export function destructure(program: Program): readonly Rewritten[] {
  return program.all(ts.isVariableStatement).flatMap((statement) => {
    const variable = soleVariable(statement);
    if (variable === undefined || variable.type !== undefined) return [];
    const { name, initializer } = variable;
    if (!ts.isPropertyAccessExpression(initializer) || ts.isOptionalChain(initializer)) return [];
    if (!ts.isIdentifier(initializer.name)) return [];
    const { checker } = program;
    if (checker.getTypeAtLocation(initializer).getCallSignatures().length > 0) return [];
    const pieces = [
      `{ ${initializer.name.text}: ${name.text} } = `,
      rangeOf(initializer.expression),
    ];
    return [{ edits: [replace({ from: name.getStart(), to: initializer.end }, ...pieces)] }];
  });
}
