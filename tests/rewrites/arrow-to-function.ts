/** `() => h.close()` as `function () { return h.close(); }`, and `const f = () => …` as `function f`. */
import ts from "typescript";
import { insertAt, replace, type Edit, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { isAsync, isExported, soleVariable, usesFunctionWords } from "./syntax.ts";

export function arrowToFunction(program: Program): readonly Rewritten[] {
  return program.all(ts.isArrowFunction).flatMap((arrow) => {
    if (usesFunctionWords(arrow)) return [];
    const statement = arrow.parent.parent.parent;
    const variable = soleVariable(statement);
    const declared =
      variable?.initializer === arrow && variable.type === undefined
        ? variable.name.text
        : undefined;
    const asynchronous = isAsync(arrow) ? "async " : "";
    const typed = arrow.typeParameters ?? arrow.parameters;
    const from = declared === undefined ? arrow.getStart() : statement.getStart();
    const exported = declared !== undefined && isExported(statement) ? "export " : "";
    const head = `${exported}${asynchronous}function ${declared ?? ""}`;
    const open = arrow
      .getChildren()
      .find(
        ({ kind }) => kind === ts.SyntaxKind.LessThanToken || kind === ts.SyntaxKind.OpenParenToken,
      );
    // `x => …` has no parentheses.
    if (open === undefined || typed.pos < open.pos) return [];
    const arrowToken = arrow.equalsGreaterThanToken;
    return [
      {
        edits: [
          replace({ from, to: open.getStart() }, head),
          replace(arrowToken, ""),
          ...asBlock(arrow),
          ...(declared === undefined ? [] : [replace({ from: arrow.end, to: statement.end }, "")]),
        ],
      },
    ];
  });
}

/** The body of an arrow as a block. */
export function asBlock(arrow: ts.ArrowFunction): Edit[] {
  if (ts.isBlock(arrow.body)) return [];
  return [insertAt(arrow.body.getStart(), "{ return "), insertAt(arrow.body.end, "; }")];
}
