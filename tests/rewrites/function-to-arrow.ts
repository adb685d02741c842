/** `function f() { … }` as `const f = () => { … };`. */
import ts from "typescript";
import { replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { hasModifier, isAsync, isGenerator, usesFunctionWords } from "./syntax.ts";

export function functionToArrow(program: Program): readonly Rewritten[] {
  return program.all(ts.isFunctionDeclaration).flatMap((one) => {
    const { name, body } = one;
    if (name === undefined || body === undefined || isGenerator(one) || usesFunctionWords(one))
      return [];
    if (hasModifier(one, ts.SyntaxKind.DefaultKeyword)) return [];
    const symbol = program.checker.getSymbolAtLocation(name);
    if (symbol?.declarations?.length !== 1) return [];
    const exported = hasModifier(one, ts.SyntaxKind.ExportKeyword) ? "export " : "";
    const asynchronous = isAsync(one) ? "async " : "";
    return [
      {
        edits: [
          replace(
            { from: one.getStart(), to: name.end },
            `${exported}const ${name.text} = ${asynchronous}`,
          ),
          replace({ from: body.getStart(), to: body.getStart() }, "=> "),
          replace({ from: one.end, to: one.end }, ";"),
        ],
      },
    ];
  });
}
