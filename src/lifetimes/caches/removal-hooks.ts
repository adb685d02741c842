/**
 * The hooks by which a cache tells of removals: which ones an instance has, and what they do with
 * the value that they are given.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import type { AccessPath } from "../../ownership/access-path.ts";
import { pathKey } from "../../ownership/condition-keys.ts";
import type { Environment } from "../../ownership/environment.ts";
import { Ended, freshDisjunct } from "../../ownership/obligation-state.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import { trackObligation } from "../../ownership/track-obligation.ts";
import type { HookPlace, RemovalHook, RemovalReason } from "../../resources/cache-kind.ts";
import { returnedValues } from "../../typescript/syntax.ts";
import type { HeldResource } from "./held-resources.ts";
import { type OptionValue } from "../holders/options.ts";
import { releasesSome } from "./release-calls.ts";

/** What the functions of a hook do with the removed value. */
export type HookVerdict =
  /** It is released, or handed to somebody, on some path. */
  | { readonly does: "releases"; readonly ignores: ReadonlySet<RemovalReason> }
  | { readonly does: "forgets" }
  /** It is not, and its key is. */
  | { readonly does: "releases-key" }
  | { readonly does: "unknown" };

const unknown: HookVerdict = { does: "unknown" };
const nothingIgnored: ReadonlySet<RemovalReason> = new Set();

/** The functions that a hook may run; empty where they cannot be seen. */
export function hookFunctions(
  value: OptionValue,
  environment: Environment,
  steps = 4,
): readonly FunctionWithBody[] {
  if (ts.isMethodDeclaration(value))
    return value.body === undefined ? [] : [value as FunctionWithBody];
  const node = valueOf(value);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return [node];
  if (steps === 0) return [];
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].flatMap((arm) =>
      hookFunctions(arm, environment, steps - 1),
    );
  }
  if (ts.isCallExpression(node)) {
    const callee = node.expression;
    if (ts.isPropertyAccessExpression(callee) && callee.name.text === "bind")
      return hookFunctions(callee.expression, environment, steps - 1);
    return environment.types
      .implementations(callee, false)
      .flatMap(returnedValues)
      .flatMap((one) => hookFunctions(one, environment, steps - 1));
  }
  return environment.types
    .implementations(node, false)
    .filter((one): one is FunctionWithBody => "body" in one && one.body !== undefined);
}

/** @param functions what the hook runs */
export function judgeHook(
  functions: readonly FunctionWithBody[],
  hook: RemovalHook,
  held: HeldResource,
  environment: Environment,
  summaries: Summaries,
): HookVerdict {
  if (functions.length === 0) return unknown;
  const { kind } = held;
  if (hook.form === "override") {
    return functions.some((one) => releasesSome(one, kind, environment))
      ? { does: "releases", ignores: nothingIgnored }
      : { does: "forgets" };
  }
  const { value, key } = hook;
  const effectOn = ({ parameter, property }: HookPlace, members: readonly string[]) =>
    summaries.argumentEffect(
      functions,
      parameter,
      property === undefined ? members : [property, ...members],
      kind,
    );
  const effect = value && effectOn(value, held.members);
  if (effect?.unknown === true) return unknown;
  if (effect !== undefined && (effect.normalEnded & ~Ended.returned) !== 0)
    return {
      does: "releases",
      ignores: ignoredReasons(functions, hook, held, environment, summaries),
    };
  const releases = functions.some((one) => releasesSome(one, kind, environment));
  // A hook that is told no more than the key looks the value up.
  if (effect === undefined && releases) return { does: "releases", ignores: nothingIgnored };
  if (key !== undefined) {
    const onKey = effectOn(key, []);
    if ((onKey.normalEnded & Ended.released) !== 0) return { does: "releases-key" };
    // Whoever is told the key may look up what to release.
    if ((onKey.normalEnded & Ended.kept) !== 0) return unknown;
    if (effect === undefined && onKey.unknown) return unknown;
  }
  return releases ? unknown : { does: "forgets" };
}

/** The reasons for which every function of the hook leaves the value alone. */
function ignoredReasons(
  functions: readonly FunctionWithBody[],
  hook: RemovalHook,
  held: HeldResource,
  environment: Environment,
  summaries: Summaries,
): ReadonlySet<RemovalReason> {
  const { reason, value } = hook;
  if (reason === undefined || value === undefined) return nothingIgnored;
  const words = Object.entries(reason.words) as [RemovalReason, string][];
  return new Set(
    words
      .filter(([, word]) =>
        functions.every((one) => {
          const told = parameterPath(one, reason.parameter, [], environment);
          const given = parameterPath(one, value.parameter, held.members, environment);
          if (told === undefined || given === undefined) return false;
          const guards = new Map([[`${pathKey(told)}===:${JSON.stringify(word)}`, true]]);
          return !endsUnder(guards, one, given, held, environment, summaries);
        }),
      )
      .map(([name]) => name),
  );
}

function endsUnder(
  guards: ReadonlyMap<string, boolean>,
  unit: FunctionWithBody,
  path: AccessPath,
  { kind }: HeldResource,
  environment: Environment,
  summaries: Summaries,
): boolean {
  const graph = environment.graph(unit);
  const held = freshDisjunct([path], guards, true);
  const outcome = trackObligation(
    {
      kind,
      graph,
      site: undefined,
      call: undefined,
      starts: [{ block: graph.entry, index: 0, state: { held: [held], ended: 0 } }],
    },
    environment,
    summaries,
  );
  return (
    outcome.unknown ||
    (outcome.atEnd.ended & ~Ended.returned) !== 0 ||
    outcome.atEnd.held.length === 0
  );
}

function parameterPath(
  unit: FunctionWithBody,
  index: number,
  members: readonly string[],
  environment: Environment,
): AccessPath | undefined {
  const parameter = unit.parameters.filter(
    ({ name }) => !(ts.isIdentifier(name) && name.text === "this"),
  )[index];
  if (parameter === undefined || parameter.dotDotDotToken !== undefined) return undefined;
  if (!ts.isIdentifier(parameter.name)) return { root: parameter, members };
  const symbol = environment.resolve(parameter.name);
  return symbol && { root: symbol, members };
}
