/** `h` as `h!`, where that says nothing new. */
import type { Rewritten } from "./edits.ts";
import { around, plainExpressions } from "./expressions.ts";
import type { Program } from "./program.ts";

export function nonNull(program: Program): readonly Rewritten[] {
  const { checker } = program;
  const present = plainExpressions(program).filter((one) => {
    const type = checker.getTypeAtLocation(one);
    return checker.getNonNullableType(type) === type;
  });
  return around(present, "(", () => ")!");
}
