/**
 * Jobs that start behind an `await`, when whoever started them may have ended meanwhile:
 *
 *     async start() { await this.connect(); this.timer = setInterval(…); }
 *     close() { clearInterval(this.timer); }
 *
 * `close()` during `connect()` finds nothing to stop. Where nobody waits for `start()`, because a
 * constructor or an effect calls it, this is as likely as a short life of the object; else it takes
 * somebody who closes what he is still opening.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import { codeAround } from "../../ownership/find-acquisitions.ts";
import { reachableBlocks } from "../../flow/reachable.ts";
import { isAsyncFunction, isStatic } from "../../typescript/modifiers.ts";
import { functionAround, isFloating, isInside } from "../../typescript/syntax.ts";
import { Ways } from "./decisions.ts";
import { jobStartedBy } from "./forgotten-jobs.ts";
import type { TaskFinding } from "./task-finding.ts";
import { endOfOwner } from "./task-owners.ts";
import { placeOfTimer } from "./timer-places.ts";
import { bodiesOf } from "../holders/values.ts";

/** Every job of a file that may start after its owner has ended. */
export function lateStarts(file: ts.SourceFile, { environment }: Engine): readonly TaskFinding[] {
  return callsIn(file).flatMap((call) => {
    const kind = jobStartedBy(call, environment);
    const unit = kind && codeAround(call, environment);
    if (kind === undefined || unit === undefined || ts.isPropertyDeclaration(unit)) return [];
    if (!isAsyncFunction(unit)) return [];
    const place = placeOfTimer(call, environment);
    if (place.is !== "kept" || isInside(place.declaration, unit)) return [];
    const end = endOfOwner(call, environment);
    if (end?.is !== "method" && end?.is !== "component") return [];
    const stop = place.stops.find((one) => functionAround(one) !== functionAround(call));
    const awaited = stop && waitBefore(call, unit, environment);
    if (stop === undefined || awaited === undefined) return [];
    return [
      {
        site: call,
        task: "job",
        kind,
        fault: { how: "starts-late", stop, awaited },
        end,
        rule: "no-unstoppable-task",
        strength: isStartedUnawaited(unit, environment) ? "sure" : "possible",
      } as const,
    ];
  });
}

/** An `await` before the call, with nothing between that decides whether the call is still made. */
function waitBefore(
  call: ts.Node,
  unit: FunctionWithBody,
  environment: Environment,
): ts.Node | undefined {
  const graph = environment.graph(unit);
  const positions = environment.callPositions(graph).get(call) ?? [];
  const ways = new Ways(graph, positions);
  for (const block of reachableBlocks(graph)) {
    for (const [index, event] of block.events.entries()) {
      const behind = { block, index: index + 1 };
      if (event.kind !== "await" || !ways.isReachedFrom(behind)) continue;
      if (ways.decisionsFrom(behind).length === 0) return event.node;
    }
  }
  return undefined;
}

/** The constructor of its class starts it, or an effect does, and keeps no promise to wait for. */
function isStartedUnawaited(unit: FunctionWithBody, environment: Environment): boolean {
  const parent = ts.isPropertyDeclaration(unit.parent) ? unit.parent.parent : unit.parent;
  const scope = ts.isClassLike(parent)
    ? parent.members.find((one) => ts.isConstructorDeclaration(one) && !isStatic(one))
    : functionAround(unit);
  if (scope === undefined || ts.isSourceFile(scope)) return false;
  return callsIn(scope).some(
    (call) =>
      ts.isCallExpression(call) &&
      functionAround(call) === scope &&
      isFloating(call) &&
      bodiesOf(call.expression, environment).includes(unit),
  );
}
