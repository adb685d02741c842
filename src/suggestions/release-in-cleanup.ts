/**
 * Releases what an effect of a component acquires in the function that the effect returns. What an
 * effect begins is meant to go on when it has run, so `using` and `finally` would come too early.
 */
import ts from "typescript";
import type { Obligation } from "../ownership/analyse-file.ts";
import type { Environment } from "../ownership/environment.ts";
import { mayReturnFunction } from "../typescript/writable-code.ts";
import { insertAt, nameFor, type TextEdit } from "./edits.ts";
import { cleanupOf, inCleanup } from "./effect-cleanup.ts";
import { functionAround, heldVariable } from "./held-variable.ts";
import { releaseStatement } from "./release-statement.ts";

type Effect = ts.ArrowFunction | ts.FunctionExpression;

/** The effect of a component that a node stands in. */
export function effectAround(site: ts.Node, { types }: Environment): Effect | undefined {
  const unit = functionAround(site);
  if (unit === undefined || !(ts.isArrowFunction(unit) || ts.isFunctionExpression(unit)))
    return undefined;
  return mayReturnFunction(unit, types.program) ? unit : undefined;
}

/** @returns undefined where the cleanup cannot name the resource, or the effect returns on several paths */
export function releaseInCleanup(
  { site, kind }: Pick<Obligation, "site" | "kind">,
  effect: Effect,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const cleanup = cleanupOf(effect, environment);
  if (cleanup === undefined) return undefined;
  const held = heldVariable(site, environment);
  const isStatement = ts.isExpressionStatement(site.parent) && site.parent.parent === cleanup.body;
  if (held?.block !== cleanup.body && !isStatement) return undefined;
  const name = held?.name.text ?? nameFor(kind.label, site.getSourceFile());
  const type = held?.type ?? environment.types.typeOf(site);
  const target = { kind, name, type, site, canAwait: false, mayBeEmpty: false };
  const release = releaseStatement(target, environment);
  if (release === undefined) return undefined;
  const naming = held === undefined ? [insertAt(site.getStart(), `const ${name} = `)] : [];
  return [...naming, ...release.edits, ...inCleanup(cleanup, release.text)];
}
