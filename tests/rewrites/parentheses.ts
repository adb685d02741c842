/** `open()` as `((open()))`. */
import type { Rewritten } from "./edits.ts";
import { around, plainExpressions } from "./expressions.ts";
import type { Program } from "./program.ts";

export function parentheses(program: Program): readonly Rewritten[] {
  return around(plainExpressions(program), "((", () => "))");
}
