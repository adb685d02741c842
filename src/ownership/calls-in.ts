import type ts from "typescript";
import type { CallLike } from "../resources/recognise.ts";
import { callsWithin } from "../typescript/nodes-in-file.ts";

const callLists = new WeakMap<ts.Node, readonly CallLike[]>();

/** Every call and `new` inside a piece of code, nested functions included, in source order. */
export function callsIn(code: ts.Node): readonly CallLike[] {
  let calls = callLists.get(code);
  if (calls === undefined) {
    calls = callsWithin(code);
    callLists.set(code, calls);
  }
  return calls;
}
