/**
 * Releases a resource on the very exits that forget it, where the function releases it by hand on the
 * others.
 */
import ts from "typescript";
import type { Obligation } from "../ownership/analyse-file.ts";
import type { Environment } from "../ownership/environment.ts";
import { isInside, mentionsName, someInside } from "../typescript/syntax.ts";
import { isNullable } from "../typescript/writable-code.ts";
import { insertAt, insertBefore, type TextEdit } from "./edits.ts";
import { type HeldVariable, heldVariable, mayWork, releasesIn } from "./held-variable.ts";
import { releaseStatement } from "./release-statement.ts";

/**
 * @param exits the exits that leak, all of them
 * @returns undefined where something else may have released it before, or an exit is no early `return`
 */
export function releaseOnExits(
  { kind, site }: Pick<Obligation, "kind" | "site">,
  exits: readonly ts.Node[],
  environment: Environment,
): readonly TextEdit[] | undefined {
  const held = heldVariable(site, environment);
  if (held === undefined || ts.isParameter(site)) return undefined;
  const releases = releasesIn(held, kind, environment).map(({ statement }) => statement);
  if (releases.length === 0) return undefined;
  const { name, type, isAsync } = held;
  const release = releaseStatement(
    { kind, name: name.text, type, site, canAwait: isAsync, mayBeEmpty: isNullable(type) },
    environment,
  );
  if (release === undefined) return undefined;
  const edits = [...release.edits];
  for (const exit of exits) {
    if (!ts.isReturnStatement(exit) || !isEarly(exit, held, releases)) return undefined;
    edits.push(...before(exit, release.text));
  }
  return edits;
}

/** The function holds the resource whenever it leaves here, and nothing that it returns needs it. */
function isEarly(
  exit: ts.ReturnStatement,
  { name, block, unit }: HeldVariable,
  releases: readonly ts.Statement[],
): boolean {
  if (!isInside(exit, block) || ts.findAncestor(exit, ts.isFunctionLike) !== unit) return false;
  if (releases.some((one) => one.pos < exit.pos && !leavesBehind(one))) return false;
  const { expression } = exit;
  return (
    expression === undefined ||
    (!mentionsName(expression, name.text) && !someInside(expression, mayWork))
  );
}

/** Behind the release the function is left, so that no path leads from it to what follows the block. */
function leavesBehind(release: ts.Statement): boolean {
  const { parent } = release;
  const last = ts.isBlock(parent) ? parent.statements.at(-1) : undefined;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

function before(exit: ts.ReturnStatement, release: string): readonly TextEdit[] {
  if (ts.isBlock(exit.parent) || ts.isCaseOrDefaultClause(exit.parent))
    return [insertBefore(exit, release)];
  return [insertAt(exit.getStart(), `{ ${release} `), insertAt(exit.end, " }")];
}
