/** `handles.forEach((h) => { … });` as `for (const h of handles) { … }`. */
import ts from "typescript";
import { rangeOf, replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { hasReturn, isAsync, usesFunctionWords } from "./syntax.ts";

export function forEachToForOf(program: Program): readonly Rewritten[] {
  return program.all(ts.isExpressionStatement).flatMap((statement) => {
    const call = statement.expression;
    if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return [];
    const [callback] = call.arguments;
    if (call.expression.name.text !== "forEach" || ts.isOptionalChain(call)) return [];
    if (callback === undefined || call.arguments.length > 1 || !ts.isArrowFunction(callback))
      return [];
    if (isAsync(callback) || usesFunctionWords(callback)) return [];
    const { body, parameters } = callback;
    const type = program.checker.getTypeAtLocation(call.expression.expression);
    const isList =
      program.checker.isArrayType(type) || ["Set", "ReadonlySet"].includes(type.symbol.name);
    const isMap = ["Map", "ReadonlyMap"].includes(type.symbol.name);
    const [first, second] = parameters;
    if (!first || parameters.length > (isMap ? 2 : 1) || !(isList || isMap)) return [];
    if (ts.isBlock(body) && hasReturn(body)) return [];
    const variable = isMap
      ? ["[", ...(second ? [rangeOf(second.name)] : []), ", ", rangeOf(first.name), "]"]
      : [rangeOf(first.name)];
    const code = ts.isBlock(body) ? [rangeOf(body)] : ["{ ", rangeOf(body), "; }"];
    const source = rangeOf(call.expression.expression);
    return [
      { edits: [replace(statement, "for (const ", ...variable, " of ", source, ") ", ...code)] },
    ];
  });
}
