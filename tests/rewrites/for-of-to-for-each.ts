/** `for (const h of handles) { … }` as `handles.forEach((h) => { … });`. */
import ts from "typescript";
import { isUsing } from "../../src/typescript/syntax.ts";
import { rangeOf, replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { hasAwait, hasLoopExit, hasReturn, hasYield } from "./syntax.ts";

export function forOfToForEach(program: Program): readonly Rewritten[] {
  return program.all(ts.isForOfStatement).flatMap((loop) => {
    const { awaitModifier, initializer, expression, statement } = loop;
    if (awaitModifier || !ts.isVariableDeclarationList(initializer) || isUsing(initializer))
      return [];
    if (!ts.isBlock(statement)) return [];
    if ([hasAwait, hasYield, hasReturn, hasLoopExit].some((leaves) => leaves(statement))) return [];
    const name = initializer.declarations[0]?.name;
    const { checker } = program;
    const type = checker.getTypeAtLocation(expression);
    const isSet = ["Set", "ReadonlySet"].includes(type.symbol.name);
    const isMap = ["Map", "ReadonlyMap"].includes(type.symbol.name);
    if (name === undefined || !(isSet || isMap || checker.isArrayType(type))) return [];
    const parameters = isMap ? pair(name) : [rangeOf(name)];
    if (parameters === undefined) return [];
    return [
      {
        edits: [
          replace(
            loop,
            "(",
            rangeOf(expression),
            ").forEach((",
            ...parameters,
            ") => ",
            rangeOf(statement),
            ");",
          ),
        ],
      },
    ];
  });
}

/** `[key, value]`, in the order of `forEach`. */
function pair(name: ts.BindingName) {
  if (!ts.isArrayBindingPattern(name) || name.elements.length !== 2) return undefined;
  const [key, value] = name.elements;
  if (!value || ts.isOmittedExpression(value)) return undefined;
  if (!key || ts.isOmittedExpression(key)) return [rangeOf(value)];
  return [rangeOf(value), ", ", rangeOf(key)];
}
