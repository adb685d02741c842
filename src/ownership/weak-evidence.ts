/**
 * Which acquisitions are not worth following, unless every possible leak is asked for.
 *
 * That a class has a method called `close`, and that the file calls it somewhere, is weak evidence: a
 * leak is likely only where one path through the function releases the value and another does not.
 */
import type { FlowGraph } from "../flow/graph.ts";
import { isStraightLine } from "../flow/straight-line.ts";
import type { CallLike } from "../resources/recognise.ts";
import type { Environment } from "./environment.ts";
import { codeAround } from "./find-acquisitions.ts";

/** No leak of what the call makes is more than possible: the evidence is weak and the code has one path. */
export function isWeakAtBest(site: CallLike, environment: Environment): boolean {
  if (!isKnownWeakly(site, environment)) return false;
  const unit = codeAround(site, environment);
  return unit !== undefined && (isStraightLine(unit) || hasOnePath(environment.graph(unit)));
}

/** Nothing but weak evidence speaks of what the call makes. */
export function isKnownWeakly(site: CallLike, { recogniser }: Environment): boolean {
  const recognised = recogniser.acquisitions(site);
  return (
    recognised.length > 0 &&
    recognised.every((one) => one.freshness !== "body" && one.kind.weak === true)
  );
}

/** Nothing is decided, repeated or caught. */
function hasOnePath(graph: FlowGraph): boolean {
  return graph.blocks.every(
    ({ next, handler }) => next.length < 2 && (handler === undefined || handler === graph.thrown),
  );
}
