/**
 * Releases an entry before the code takes it out of a map that it has for a cache.
 */
import ts from "typescript";
import type { CacheFinding } from "../lifetimes/caches/cache-finding.ts";
import type { Environment } from "../ownership/environment.ts";
import { declaredMember, declaredResult, shapeOf } from "../typescript/held-types.ts";
import { insertAt, insertBefore, type TextEdit } from "./edits.ts";
import { isPlain } from "./release-statement.ts";
import { releaseOf } from "./removal-hook.ts";

/** @returns undefined where several places take entries out, or the entry cannot be named before it goes */
export function releaseBeforeDrop(
  { fault, removals, held }: CacheFinding,
  { types }: Environment,
): readonly TextEdit[] | undefined {
  const [call, ...others] = removals;
  if (fault !== "dropped" || call === undefined || others.length > 0) return undefined;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression))
    return undefined;
  const { expression: map, name } = call.expression;
  const [key] = call.arguments;
  const isNamed = name.text === "delete" && key !== undefined && isPlain(key) && isPlain(map);
  if (!isNamed || !ts.isExpressionStatement(call.parent)) return undefined;
  const [member, ...inner] = held.members;
  const entry = declaredResult(types.typeOf(map), "get", types.program);
  if (entry === undefined || inner.length > 0) return undefined;
  const value = member === undefined ? entry : declaredMember(entry, member, types.program);
  if (value === undefined || !("method" in (held.kind.release[0] ?? {}))) return undefined;
  const found = `${map.getText()}.get(${key.getText()})?`;
  const shape = shapeOf(value, types.program);
  const release = shape === "itself" ? releaseOf(held, shape, found) : undefined;
  if (release === undefined || release.includes("?[")) return undefined;
  const { parent: statement } = call;
  return ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent)
    ? [insertBefore(statement, release)]
    : [insertAt(statement.getStart(), `{ ${release} `), insertAt(statement.end, " }")];
}
