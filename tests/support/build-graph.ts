/** Graphs of programs that need no type checker: what it would be asked is read off names. */
import ts from "typescript";
import { buildGraph, type FlowOracle } from "../../src/flow/build-graph.ts";
import type { FlowGraph, FlowUnit } from "../../src/flow/graph.ts";

const oracle: FlowOracle = {
  isPromise: (expression) =>
    !(ts.isIdentifier(expression) && expression.text.startsWith("thenable")),
  isExhaustive: () => false,
  hasElement: () => false,
  neverReturns: (call) => ts.isIdentifier(call.expression) && call.expression.text === "fail",
};

/** The graph of the first function or static block of the last statement, else of the whole file. */
export function graphOf(code: string, name = "program.ts"): FlowGraph {
  const source = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true);
  const find = (node: ts.Node): FlowUnit | undefined => {
    if (ts.isClassStaticBlockDeclaration(node)) return node;
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined)
      return node as FlowUnit;
    return ts.forEachChild(node, find);
  };
  const last = source.statements.at(-1);
  const declares = last !== undefined && !ts.isExpressionStatement(last);
  return buildGraph((declares ? find(last) : undefined) ?? source, oracle);
}
