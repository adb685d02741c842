/**
 * The function that an effect of a component returns, by which whatever the effect began is ended.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../flow/graph.ts";
import type { Environment } from "../ownership/environment.ts";
import { functionAround, someInside } from "../typescript/syntax.ts";
import { mayReturnFunction } from "../typescript/writable-code.ts";
import { indentStep, insertAfter, insertAt, type TextEdit } from "./edits.ts";
import { appendToBody } from "./release-in-member.ts";

export interface Cleanup {
  /** Of the effect. */
  readonly body: ts.Block;
  /** The last statement of the effect. */
  readonly last: ts.Statement;
  /** The cleanup that the effect returns there already. */
  readonly returned: ts.ArrowFunction | ts.FunctionExpression | undefined;
}

/** @returns undefined where what a function returns is no cleanup, or it returns on several paths */
export function cleanupOf(code: FunctionWithBody, { types }: Environment): Cleanup | undefined {
  const { body } = code;
  if (!ts.isArrowFunction(code) && !ts.isFunctionExpression(code)) return undefined;
  if (!ts.isBlock(body) || !mayReturnFunction(code, types.program)) return undefined;
  const last = body.statements.at(-1);
  if (last === undefined) return undefined;
  const returns = body.statements.flatMap((one) => returnsIn(one, code));
  if (returns.length === 0) return { body, last, returned: undefined };
  const [only] = returns;
  const value = only?.expression;
  const isCleanup =
    returns.length === 1 &&
    only === last &&
    value !== undefined &&
    (ts.isArrowFunction(value) || ts.isFunctionExpression(value));
  return isCleanup ? { body, last, returned: value } : undefined;
}

function returnsIn(statement: ts.Statement, code: ts.Node): readonly ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  someInside(statement, (node) => {
    if (ts.isReturnStatement(node) && functionAround(node) === code) found.push(node);
    return false;
  });
  return found;
}

/** A statement, at the end of the cleanup. */
export function inCleanup({ last, returned }: Cleanup, text: string): readonly TextEdit[] {
  if (returned === undefined)
    return [insertAfter(last, `return () => {\n${indentStep(last)}${text}\n};`)];
  const { body } = returned;
  if (ts.isBlock(body)) return appendToBody(body, text);
  return [insertAt(body.getStart(), "{ "), insertAt(body.end, `; ${text} }`)];
}
