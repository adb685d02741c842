/** `{ … }` as `{{ … }}`. */
import ts from "typescript";
import { insertAt, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";

export function wrapInBlock(program: Program): readonly Rewritten[] {
  const edits = program
    .functions()
    .flatMap(({ kind, body }) =>
      ts.isBlock(body) && body.statements.length > 0 && kind !== ts.SyntaxKind.Constructor
        ? [insertAt(body.getStart() + 1, " {"), insertAt(body.end - 1, "} ")]
        : [],
    );
  return edits.length === 0 ? [] : [{ edits }];
}
