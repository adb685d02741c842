/** `open()` as `(open() satisfies unknown)`. */
import type { Rewritten } from "./edits.ts";
import { around, plainExpressions } from "./expressions.ts";
import type { Program } from "./program.ts";

export function satisfiesUnknown(program: Program): readonly Rewritten[] {
  return around(plainExpressions(program), "(", () => " satisfies unknown)");
}
