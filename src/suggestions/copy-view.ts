/**
 * Keeps a copy of a part of a buffer instead of a view of it.
 */
import ts from "typescript";
import type { PayloadFinding } from "../lifetimes/payloads/payload-finding.ts";
import { insertAt, type TextEdit } from "./edits.ts";

/** @returns undefined for views that are made of the memory itself, whose copy needs more than one call */
export function copyView({ site, payload }: PayloadFinding): readonly TextEdit[] | undefined {
  if (!ts.isCallExpression(site) || !ts.isPropertyAccessExpression(site.expression))
    return undefined;
  const { name } = site.expression;
  if (name.text === "from") return undefined;
  if (payload.label.endsWith("Buffer"))
    return [insertAt(site.getStart(), "Buffer.from("), insertAt(site.end, ")")];
  // `slice()` of a typed array copies.
  return name.text === "subarray" && payload.label.endsWith("Array")
    ? [{ start: name.getStart(), end: name.end, text: "slice" }]
    : undefined;
}
