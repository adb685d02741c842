/**
 * Which calls release a resource of a kind, or watch its end.
 */
import ts from "typescript";
import { lastPart, matchesPattern, namesOf } from "../resources/catalog-index.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { pathOf } from "./access-path.ts";
import type { CallEvent } from "./effects.ts";
import { type Disjunct, hasAlias } from "./obligation-state.ts";
import type { TrackingContext } from "./tracking.ts";

export function isReleaseMethod(kind: ResourceKind, name: string): boolean {
  return kind.release.some((release) => "method" in release && release.method === name);
}

export function namesAutomaticEvent(
  argument: ts.Expression | undefined,
  kind: ResourceKind,
): boolean {
  return (
    argument !== undefined &&
    ts.isStringLiteralLike(argument) &&
    kind.automatic?.events?.includes(argument.text) === true
  );
}

/** `once(child, "exit")` and `finished(stream)` watch the end of what they are given. */
export function listensToEnd(event: CallEvent, index: number, kind: ResourceKind): boolean {
  return index === 0 && namesAutomaticEvent(event.args[1], kind);
}

/** `closeSync(fd)`, `pool.release(client)` */
export function releasesByFunction(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  name: string,
  context: TrackingContext,
): boolean {
  const { kind } = context.tracked;
  const { environment } = context;
  for (const release of kind.release) {
    if (!("argument" in release) || !namesOf(release).some((one) => lastPart(one) === name))
      continue;
    if (release.argument !== "none") {
      const argument = event.args[release.argument];
      if (argument === undefined || !hasAlias(disjunct, pathOf(argument, environment.resolve)))
        continue;
    }
    const symbol = environment.types.calleeSymbol(callee);
    if (symbol !== undefined && matchesPattern(release, environment.types.declaredNames(symbol)))
      return true;
  }
  return false;
}
