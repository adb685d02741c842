/**
 * A declaration by `using` instead of a release in `finally`, or of a release as the last thing.
 */
import ts from "typescript";
import type { Obligation } from "../ownership/analyse-file.ts";
import type { Environment } from "../ownership/environment.ts";
import { Ended } from "../ownership/obligation-state.ts";
import { disposesBy, type UsingForm } from "../typescript/writable-code.ts";
import { removeStatement, type TextEdit } from "./edits.ts";
import { type Held, heldVariable, releasesIn } from "./held-variable.ts";
import { loopVariable } from "./loop-variable.ts";
import { declareUsing, formsFor } from "./release-at-end.ts";
import { withoutFinally } from "./try-block.ts";

export interface Replaceable {
  readonly form: UsingForm;
  readonly where: "in a finally block" | "at the end";
  /** Undefined where the code is laid out in a way that cannot be kept. */
  readonly edits: readonly TextEdit[] | undefined;
}

/** @returns undefined where `using` would not do the same */
export function replaceableByUsing(
  obligation: Pick<Obligation, "site" | "kind" | "ended">,
  environment: Environment,
): Replaceable | undefined {
  if (obligation.ended !== Ended.released) return undefined;
  const held =
    heldVariable(obligation.site, environment) ?? loopVariable(obligation.site, environment);
  if (held?.block === undefined || held.declared === undefined) return undefined;
  const { block, type } = held;
  const [release, ...others] = releasesIn(held, obligation.kind, environment);
  if (release === undefined || others.length > 0) return undefined;
  const isAwaited = ts.isAwaitExpression(release.statement.expression);
  const form: UsingForm = isAwaited ? "await using" : "using";
  const { types } = environment;
  if (!formsFor(held, obligation.kind, environment, block.getSourceFile()).includes(form))
    return undefined;
  if (!disposesBy(type, release.method, isAwaited, types.program)) return undefined;
  const place = placeOf(release.statement, block, held);
  if (place === undefined) return undefined;
  const declaration = declareUsing(held, form);
  const removed =
    place === "end" ? [removeStatement(release.statement)] : unwrap(place, block, held);
  return {
    form,
    where: place === "end" ? "at the end" : "in a finally block",
    edits: declaration && removed && [...declaration, ...removed],
  };
}

/** The `try` right behind the declaration, or the end of the block: nothing is released later then. */
function placeOf(
  statement: ts.ExpressionStatement,
  block: ts.Block,
  { rest }: Held,
): ts.TryStatement | "end" | undefined {
  const last = rest.at(-1);
  const atEnd = last !== undefined && isPlainReturn(last) ? rest.slice(0, -1) : rest;
  if (statement.parent === block) return atEnd.at(-1) === statement ? "end" : undefined;
  const [only, ...others] = atEnd;
  if (only === undefined || others.length > 0 || !ts.isTryStatement(only)) return undefined;
  const { finallyBlock } = only;
  return statement.parent === finallyBlock && finallyBlock.statements.length === 1
    ? only
    : undefined;
}

function isPlainReturn(statement: ts.Statement): boolean {
  return (
    ts.isReturnStatement(statement) &&
    (statement.expression === undefined || ts.isIdentifier(statement.expression))
  );
}

function unwrap(
  statement: ts.TryStatement,
  block: ts.Block,
  { unit }: Held,
): readonly TextEdit[] | undefined {
  const others = block.statements.filter((one) => one !== statement);
  return withoutFinally(statement, [...others, ...unit.parameters]);
}
