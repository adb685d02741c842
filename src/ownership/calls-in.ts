import ts from "typescript";
import type { CallLike } from "../resources/recognise.ts";

const callLists = new WeakMap<ts.Node, readonly CallLike[]>();

/** Every call and `new` inside a piece of code, nested functions included, in source order. */
export function callsIn(code: ts.Node): readonly CallLike[] {
  let calls = callLists.get(code);
  if (calls === undefined) {
    const found: CallLike[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node)) return;
      ts.forEachChild(node, visit);
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) found.push(node);
    };
    visit(code);
    calls = found.sort((a, b) => a.pos - b.pos || a.end - b.end);
    callLists.set(code, calls);
  }
  return calls;
}
