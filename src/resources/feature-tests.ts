/**
 * Tests whether the platform has a class: where it has not, there is nothing of it to release.
 */
import ts from "typescript";
import { skipWrappers } from "../typescript/syntax.ts";
import type { Types } from "../typescript/types.ts";
import type { ResourceKind } from "./kind.ts";

/** `ImageBitmap`, `window.ImageBitmap`: the global class that resources of the kind are of. */
export function namesClassOf(
  { types: patterns = [] }: ResourceKind,
  expression: ts.Expression,
  types: Types,
): boolean {
  const node = skipWrappers(expression);
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  if (!ts.isIdentifier(name)) return false;
  if (!patterns.some((pattern) => [pattern.name].flat().includes(name.text))) return false;
  const symbol = types.symbolAt(name);
  return (
    symbol !== undefined && types.declaredNames(symbol).some(({ origin }) => origin === "global")
  );
}
