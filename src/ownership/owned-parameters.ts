/**
 * Parameters that a function owns: it has to release what it is given, or to hand it on. Tags say so, or
 * the method of a base class that it overrides.
 */
import ts from "typescript";
import { nodesIn } from "../typescript/nodes-in-file.ts";
import type { FunctionWithBody } from "../flow/graph.ts";
import { isStatic } from "../typescript/modifiers.ts";
import { pathOf } from "./access-path.ts";
import { removersOf } from "../resources/emitters.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { mayHaveTags, ownershipOfParameter } from "../resources/tags.ts";
import { callsIn } from "./calls-in.ts";
import { membersWithBody, sameName } from "./class-members.ts";
import type { Environment } from "./environment.ts";
import { Ended, freshDisjunct } from "./obligation-state.ts";
import { isKnownBase } from "./release-methods.ts";
import type { Summaries } from "./summaries.ts";
import type { Tracked } from "./tracking.ts";

/** What a function owns from its start. */
export interface OwnedParameter extends Tracked {
  readonly site: ts.ParameterDeclaration;
}

/** The owned parameters of a function whose types say what they are; patterns are not followed. */
export function ownedParameters(
  unit: FunctionWithBody,
  environment: Environment,
  summaries: Summaries,
): readonly OwnedParameter[] {
  const isTagged = mayHaveTags(unit.getSourceFile());
  const bases = overriddenBy(unit, environment);
  if (!isTagged && bases.length === 0) return [];
  return unit.parameters.flatMap((site, index): readonly OwnedParameter[] => {
    if (!ts.isIdentifier(site.name)) return [];
    const tag = isTagged ? ownershipOfParameter(unit, site) : undefined;
    if (tag === "notOwning" || (tag === undefined && bases.length === 0)) return [];
    const symbol = environment.resolve(site.name);
    const kind = environment.recogniser.kindOfType(environment.types.valueType(site.name));
    if (symbol === undefined || kind === undefined) return [];
    const isOwned =
      tag === "owning" ||
      (bases.some((base) => isPromised(base, index, kind, summaries)) &&
        !listensTo(symbol, unit, environment));
    if (!isOwned) return [];
    const graph = environment.graph(unit);
    const held = freshDisjunct([{ root: symbol, members: [] }], new Map(), true);
    const start = { block: graph.entry, index: 0, state: { held: [held], ended: 0 } };
    return [{ kind, graph, site, call: undefined, starts: [start] }];
  });
}

/** The functions of a file that own a parameter, each parameter with what it has to release. */
export function ownedParametersOf(
  file: ts.SourceFile,
  environment: Environment,
  summaries: Summaries,
): readonly OwnedParameter[] {
  return nodesIn(file).functions.flatMap((node) => ownedParameters(node, environment, summaries));
}

// ---- what a base class promises

/** The methods with a body that a method overrides. */
function overriddenBy(
  unit: FunctionWithBody,
  environment: Environment,
): readonly FunctionWithBody[] {
  const { parent } = unit;
  if (!ts.isMethodDeclaration(unit) || unit.parameters.length === 0 || isStatic(unit)) return [];
  if (!ts.isClassLike(parent)) return [];
  const [, ...bases] =
    environment.types.lineage(parent, (base) => isKnownBase(base, environment)) ?? [];
  return bases.flatMap((base) =>
    membersWithBody(base, "instance").flatMap(({ node, code }) =>
      sameName(node, unit) ? [code] : [],
    ),
  );
}

/** A method of the base class releases the argument on every path: callers leave it to whoever overrides that. */
function isPromised(
  base: FunctionWithBody,
  index: number,
  kind: ResourceKind,
  summaries: Summaries,
): boolean {
  if (kind.grade === "idle" || kind.weak === true) return false;
  const paths = summaries.parameterPaths(base, index, []);
  const effect = summaries.effect(base, paths, kind);
  return !effect.unknown && !effect.normalHeld && effect.normalEnded === Ended.released;
}

/** What listens to a socket serves it until it ends, where a base class that ends it only refuses to. */
function listensTo(
  parameter: ts.Symbol,
  unit: FunctionWithBody,
  { resolve }: Environment,
): boolean {
  return callsIn(unit).some(
    ({ expression, arguments: given = [] }) =>
      ts.isPropertyAccessExpression(expression) &&
      removersOf(expression.name.text, given.length) !== undefined &&
      pathOf(expression.expression, resolve).root === parameter,
  );
}
