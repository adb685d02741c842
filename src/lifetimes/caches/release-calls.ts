/**
 * Whether code releases a resource of a kind at all, whichever one: the question to ask where it
 * cannot be told which value a call is about.
 */
import ts from "typescript";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isReleaseMethod } from "../../ownership/releases.ts";
import {
  isFunctionRelease,
  lastPart,
  matchesPattern,
  namesOf,
} from "../../resources/catalog-index.ts";
import { isReleaseName } from "../../resources/infer-kind.ts";
import type { ResourceKind } from "../../resources/kind.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { skipWrappers } from "../../typescript/syntax.ts";

/** The call releases some resource of the kind. */
export function isReleaseOf(
  call: CallLike,
  kind: ResourceKind,
  { types, recogniser }: Environment,
): boolean {
  if (ts.isNewExpression(call)) return false;
  const callee = skipWrappers(call.expression);
  const name = recogniser.nameOfCallee(callee) ?? "";
  for (const release of kind.release.filter(isFunctionRelease)) {
    if (!namesOf(release).some((one) => lastPart(one) === name)) continue;
    const symbol = types.calleeSymbol(callee);
    if (symbol !== undefined && matchesPattern(release, types.declaredNames(symbol))) return true;
  }
  if (ts.isElementAccessExpression(callee))
    return types.isDisposeKey(callee.argumentExpression) && isOfKind(callee.expression, kind);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  if (!isReleaseMethod(kind, name) && !isReleaseName(name)) return false;
  return isOfKind(callee.expression, kind);

  function isOfKind(expression: ts.Expression, wanted: ResourceKind): boolean {
    return types
      .constituents(types.valueType(expression))
      .some((part) => recogniser.kindOfType(part)?.id === wanted.id);
  }
}

/** How many functions deep a release is looked for. */
const maximalDepth = 3;

/** Some call in the code, or in a function of the program that it calls, releases one of the kind. */
export function releasesSome(
  code: ts.Node,
  kind: ResourceKind,
  environment: Environment,
  depth = maximalDepth,
): boolean {
  return callsIn(code).some((call) => {
    if (isReleaseOf(call, kind, environment)) return true;
    if (depth === 0) return false;
    return environment.types
      .implementations(call.expression, ts.isNewExpression(call))
      .some((body) => releasesSome(body, kind, environment, depth - 1));
  });
}
