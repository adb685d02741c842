/**
 * Which calls release a resource of a kind, or watch its end.
 */
import ts from "typescript";
import type { ResourceKind } from "../resources/kind.ts";
import { type CallLike } from "../resources/recognise.ts";
import { skipWrappers } from "../typescript/syntax.ts";
import { type AccessPath, extend, isSymbol, pathOf, thisRoot } from "./access-path.ts";
import { type CallEvent, receiverOf } from "./effects.ts";
import type { Environment } from "./environment.ts";
import { type Disjunct, hasAlias, reaches } from "./obligation-state.ts";
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

/** `closeSync(fd)`, `pool.release(client)`, `semaphore.release()` */
export function releasesByFunction(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  name: string,
  context: TrackingContext,
): boolean {
  const { kind } = context.tracked;
  const { environment } = context;
  return kind.release.some((release) => {
    if (!("name" in release)) return false;
    if ("pairedBy" in release || release.argument !== "none") {
      const path =
        "pairedBy" in release
          ? pairedPath(release.pairedBy, callee, event.args, environment)
          : pathOfArgument(event.args[release.argument as number], environment);
      const isNamed = "deep" in release ? reaches : hasAlias;
      if (path === undefined || !isNamed(disjunct, path)) return false;
    }
    return environment.recogniser.isNamedBy(release, callee, name);
  });
}

function pathOfArgument(
  argument: ts.Expression | undefined,
  environment: Environment,
): AccessPath | undefined {
  return argument && pathOf(argument, environment.resolve);
}

/** Stands in a path for what a receiver or an argument lent out. */
const lentMember = "#lent";

/** The paths under which the calls of a kind that are paired find a resource that `site` acquires. */
export function pairedPaths(
  kind: ResourceKind,
  site: CallLike,
  environment: Environment,
): readonly AccessPath[] {
  return kind.release.flatMap((release) => {
    if (!("pairedBy" in release)) return [];
    const args = site.arguments ?? [];
    return pairedPath(release.pairedBy, skipWrappers(site.expression), args, environment) ?? [];
  });
}

/** What a call names that is paired with another: undefined where it has no name. */
function pairedPath(
  by: "receiver" | number,
  callee: ts.Expression,
  args: readonly ts.Expression[],
  environment: Environment,
): AccessPath | undefined {
  const named = by === "receiver" ? receiverOf(callee) : args[by];
  const path = named && pathOf(named, environment.resolve);
  if (path === undefined || !(isSymbol(path.root) || path.root === thisRoot)) return undefined;
  return extend(path, [lentMember]);
}
