/**
 * Parameters that tags say the function owns: it has to release what it is given, or to hand it on.
 */
import ts from "typescript";
import { nodesIn } from "../typescript/nodes-in-file.ts";
import type { FunctionWithBody } from "../flow/graph.ts";
import { mayHaveTags, ownershipOfParameter } from "../resources/tags.ts";
import type { Environment } from "./environment.ts";
import { freshDisjunct } from "./obligation-state.ts";
import type { Tracked } from "./tracking.ts";

/** What a function owns from its start. */
export interface OwnedParameter extends Tracked {
  readonly site: ts.ParameterDeclaration;
}

/** The owned parameters of a function whose types say what they are; patterns are not followed. */
export function ownedParameters(
  unit: FunctionWithBody,
  environment: Environment,
): readonly OwnedParameter[] {
  if (!mayHaveTags(unit.getSourceFile())) return [];
  return unit.parameters.flatMap((site): readonly OwnedParameter[] => {
    if (!ts.isIdentifier(site.name) || ownershipOfParameter(unit, site) !== "owning") return [];
    const symbol = environment.resolve(site.name);
    const kind = environment.recogniser.kindOfType(environment.types.valueType(site.name));
    if (symbol === undefined || kind === undefined) return [];
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
): readonly OwnedParameter[] {
  if (!mayHaveTags(file)) return [];
  return nodesIn(file).functions.flatMap((node) => ownedParameters(node, environment));
}
