/**
 * What a call releases, by its name and by the kind of what it names.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import { isReleaseName } from "../resources/infer-kind.ts";
import type { ResourceKind } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import type { Environment } from "./environment.ts";
import { releaseNamesOf } from "./released-uses.ts";

/** A place where something is released: what, and as which kind. */
export interface Released {
  readonly value: ts.Expression;
  readonly kind: ResourceKind;
}

/** The values that a call releases; empty for any other call. */
export function releasedBy(call: CallLike, environment: Environment): readonly Released[] {
  const { recogniser, types } = environment;
  const name = recogniser.calleeName(call);
  if (name === undefined || !ts.isCallExpression(call)) return [];
  const callee = valueOf(call.expression);
  const byMethod = recogniser.index.releaseNames.get(name);
  if (ts.isPropertyAccessExpression(callee) && (byMethod !== undefined || isReleaseName(name))) {
    const kind = recogniser.kindOfType(types.valueType(callee.expression));
    if (kind !== undefined && releaseNamesOf(kind).includes(name))
      return [{ value: callee.expression, kind }];
  }
  return (byMethod ?? []).flatMap((kind) =>
    kind.release.flatMap((release): readonly Released[] => {
      if (!("argument" in release) || release.argument === "none") return [];
      const value = call.arguments[release.argument];
      if (value === undefined || !recogniser.isNamedBy(release, callee, name)) return [];
      return [{ value, kind }];
    }),
  );
}
