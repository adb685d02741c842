/** `return open().then((h) => { … });` as `const h = await open(); …`; `finally` and `catch` as `try`. */
import ts from "typescript";
import { insertAt, rangeOf, replace, type Edit, type Piece, type Rewritten } from "./edits.ts";
import { type FunctionWithBody, type Program } from "./program.ts";
import { isAsync, isGenerator } from "./syntax.ts";

export function chainToAwait(program: Program): readonly Rewritten[] {
  return program.functions().flatMap((one) => {
    if (isGenerator(one) || ts.isConstructorDeclaration(one) || ts.isAccessor(one)) return [];
    const returned = lastValue(one);
    const call = returned && chainCall(returned.value);
    if (returned === undefined || call === undefined) return [];
    const pieces = statements(program, call);
    if (pieces === undefined) return [];
    const isArrow = ts.isArrowFunction(one) && !ts.isBlock(one.body);
    const edits = [
      replace(returned.whole, ...(isArrow ? ["{ ", ...pieces, " }"] : pieces)),
      ...madeAsync(one),
    ];
    return [{ edits }];
  });
}

/** What the function answers with at its end. */
function lastValue({ body }: FunctionWithBody) {
  if (!ts.isBlock(body)) return { whole: body, value: body };
  const last = body.statements.at(-1);
  return last && ts.isReturnStatement(last) && last.expression
    ? { whole: last, value: last.expression }
    : undefined;
}

interface ChainCall {
  readonly before: ts.Expression;
  readonly name: "then" | "catch" | "finally";
  readonly callback: ts.ArrowFunction;
}

function chainCall(value: ts.Expression): ChainCall | undefined {
  const call = ts.isAwaitExpression(value) ? value.expression : value;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression))
    return undefined;
  const [callback] = call.arguments;
  if (callback === undefined || call.arguments.length > 1 || !ts.isArrowFunction(callback))
    return undefined;
  if (callback.parameters.length > 1 || ts.isOptionalChain(call)) return undefined;
  const name = call.expression.name.text;
  if (name !== "then" && name !== "catch" && name !== "finally") return undefined;
  return { before: call.expression.expression, name, callback };
}

function statements(program: Program, { before, name, callback }: ChainCall): Piece[] | undefined {
  const parameter = callback.parameters[0]?.name;
  const code: Piece[] = ts.isBlock(callback.body)
    ? [rangeOf(callback.body)]
    : ["{ ", name === "finally" ? "await " : "return ", rangeOf(callback.body), "; }"];
  const value = program.fresh("value");
  // A call that throws at once has no promise whose `finally` could run.
  const first: Piece[] = [`const ${value} = `, rangeOf(before), "; "];
  if (name === "then") {
    const bound: Piece[] = parameter ? ["const ", rangeOf(parameter), " = "] : [];
    return ["{ ", ...bound, "await ", rangeOf(before), "; ", ...code, " }"];
  }
  const start = [...first, `try { return await ${value}; } `];
  if (name === "finally") return [...start, "finally ", ...code];
  return [...start, "catch ", ...(parameter ? ["(", rangeOf(parameter), ") "] : []), ...code];
}

/** The function as an asynchronous one. */
export function madeAsync(one: FunctionWithBody): Edit[] {
  if (isAsync(one)) return [];
  if (ts.isMethodDeclaration(one)) return [insertAt(one.name.getStart(), "async ")];
  const keyword = one.getChildren().find(({ kind }) => kind === ts.SyntaxKind.FunctionKeyword);
  return [insertAt((keyword ?? one).getStart(), "async ")];
}
