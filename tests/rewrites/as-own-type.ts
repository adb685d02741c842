/** `h` as `(h as typeof h)`. */
import ts from "typescript";
import type { Rewritten } from "./edits.ts";
import { around, plainExpressions } from "./expressions.ts";
import type { Program } from "./program.ts";

export function asOwnType(program: Program): readonly Rewritten[] {
  const names = plainExpressions(program).filter(ts.isIdentifier);
  return around(names, "(", (name) => ` as typeof ${name.getText()})`);
}
