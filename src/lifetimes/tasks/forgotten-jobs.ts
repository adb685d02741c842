/**
 * Intervals and scheduled jobs that are told apart from their owner: a variable around the function has
 * the handle and nobody uses it, or a job that usually lasts as long as the process is started by
 * something that ends before, and nobody has the job.
 *
 * What one function has, and what a class has in its fields, is followed as an obligation instead.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import { codeAround } from "../../ownership/find-acquisitions.ts";
import type { ResourceKind } from "../../resources/kind.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { functionAround, isInside, isNothing } from "../../typescript/syntax.ts";
import { referencesTo } from "../holders/references.ts";
import { strengthFor, type TaskFinding } from "./task-finding.ts";
import { endOfOwner, type OwnerEnd } from "./task-owners.ts";
import { placeOfTimer } from "./timer-places.ts";

/** Every job of a file that somebody who ends has started and that nobody can stop. */
export function forgottenJobs(
  file: ts.SourceFile,
  { environment }: Engine,
): readonly TaskFinding[] {
  return callsIn(file).flatMap((call) => {
    const kind = jobStartedBy(call, environment);
    const unit = kind && codeAround(call, environment);
    if (kind === undefined || unit === undefined) return [];
    const place = placeOfTimer(call, environment);
    if (place.is === "unknown" || (place.is === "kept" && place.stops.length > 0)) return [];
    const keeper = place.is === "kept" ? place.declaration : undefined;
    if (keeper !== undefined && !ts.isVariableDeclaration(keeper)) return [];
    const isLocal = keeper === undefined || isInside(keeper, unit);
    const mayLast = kind.grade === "idle";
    if (isLocal && !mayLast) return [];
    const end =
      endOfOwner(call, environment) ??
      (keeper === undefined
        ? undefined
        : (siblingOf(keeper, environment) ?? forgettingOf(keeper, call, environment)));
    if (mayLast && end === undefined) return [];
    const fault = { how: "no-stop" } as const;
    const strength = strengthFor(end);
    return [
      { site: call, task: "job", kind, fault, end, strength, rule: "no-unstoppable-task" } as const,
    ];
  });
}

/** What runs again and again until somebody stops it, and runs from this call on. */
export function jobStartedBy(
  call: CallLike,
  { recogniser }: Environment,
): ResourceKind | undefined {
  for (const one of recogniser.acquisitions(call)) {
    if (one.freshness === "body" || !one.armed || one.place !== undefined) continue;
    const { kind } = one;
    if (kind.duty === "stop" && kind.automatic?.once === undefined) return kind;
  }
  return undefined;
}

/** Another interval that a variable beside it keeps is cleared. */
function siblingOf(declaration: ts.Declaration, environment: Environment): OwnerEnd | undefined {
  const scope = functionAround(declaration);
  const stop = callsIn(scope).find((call): call is ts.CallExpression => {
    if (!ts.isCallExpression(call) || environment.recogniser.calleeName(call) !== "clearInterval")
      return false;
    const handle = call.arguments[0] && valueOf(call.arguments[0]);
    if (handle === undefined || !ts.isIdentifier(handle)) return false;
    const kept = environment.resolve(handle)?.valueDeclaration;
    return (
      kept !== undefined &&
      kept !== declaration &&
      ts.isVariableDeclaration(kept) &&
      functionAround(kept) === scope &&
      functionAround(call) !== scope
    );
  });
  return stop && { is: "sibling", stop };
}

/** Another function sets the variable to nothing, as if that stopped what it has the handle of. */
function forgettingOf(
  keeper: ts.VariableDeclaration,
  start: ts.Node,
  environment: Environment,
): OwnerEnd | undefined {
  const at = referencesTo(keeper, environment).find(
    (reference) =>
      ts.isBinaryExpression(reference.parent) &&
      reference.parent.left === reference &&
      isNothing(valueOf(reference.parent.right)) &&
      functionAround(reference) !== functionAround(start),
  );
  return at && { is: "forgotten", at };
}
