/**
 * Options of a call, as a literal that is its last argument or may be added as that.
 */
import ts from "typescript";
import { insertAt, type TextEdit } from "./edits.ts";

/**
 * @param argument where the call takes its options
 * @param property as it is written: `once: true`
 * @returns undefined where the options are built elsewhere, or arguments before them are missing
 */
export function withOption(
  call: ts.CallExpression | ts.NewExpression,
  argument: number,
  property: string,
): readonly TextEdit[] | undefined {
  const args = call.arguments ?? [];
  const given = args[argument];
  if (given !== undefined)
    return ts.isObjectLiteralExpression(given) ? [intoLiteral(given, property)] : undefined;
  if (args.length !== argument) return undefined;
  const last = args.at(-1);
  const text = `{ ${property} }`;
  return [insertAt(last?.end ?? call.end - 1, last === undefined ? text : `, ${text}`)];
}

function intoLiteral(literal: ts.ObjectLiteralExpression, property: string): TextEdit {
  const last = literal.properties.at(-1);
  if (last === undefined)
    return { start: literal.getStart(), end: literal.end, text: `{ ${property} }` };
  return insertAt(last.end, `, ${property}`);
}
