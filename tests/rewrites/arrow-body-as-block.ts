/** `() => h.close()` as `() => { return h.close(); }`. */
import ts from "typescript";
import { asBlock } from "./arrow-to-function.ts";
import type { Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";

export function arrowBodyAsBlock(program: Program): readonly Rewritten[] {
  const edits = program.all(ts.isArrowFunction).flatMap(asBlock);
  return edits.length === 0 ? [] : [{ edits }];
}
