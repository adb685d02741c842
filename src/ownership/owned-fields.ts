/**
 * Which fields an owner owns: those that its own code fills with a fresh resource, or with a
 * collection of fresh resources, while no other owner takes it.
 */
import ts from "typescript";
import { anyElement, type FlowUnit } from "../flow/graph.ts";
import type { ResourceKind } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import { isStatic } from "../typescript/modifiers.ts";
import { type AccessPath, isSymbol, keyOf, pathOf, thisRoot } from "./access-path.ts";
import { callsIn } from "./calls-in.ts";
import { type Member, memberName, sharesThis } from "./class-members.ts";
import type { Environment } from "./environment.ts";
import { acquisitionsAt } from "./find-acquisitions.ts";
import { ownedParameters } from "./owned-parameters.ts";
import type { Summaries } from "./summaries.ts";
import { trackObligation } from "./track-obligation.ts";
import type { FieldRoots, Outcome, Tracked } from "./tracking.ts";

export interface OwnedField {
  /** How messages call it. */
  readonly name: string;
  /** Every path under which the resource is reached when nothing of the owner runs. */
  readonly places: readonly AccessPath[];
  readonly kind: ResourceKind;
  /** The acquiring call, or the owned parameter that is put there. */
  readonly site: CallLike | ts.ParameterDeclaration;
  /** The function or initialiser that fills the field. */
  readonly filledBy: FlowUnit;
  /** The member that it is or is in; undefined for an initialiser. */
  readonly member: Member | undefined;
  /** What becomes of the resource in the function that fills the field. */
  readonly outcome: Outcome;
}

/** The field is a collection: it holds many resources, and this is any of them. */
export function holdsMany({ places }: OwnedField): boolean {
  return places.every(({ members }) => members.includes(anyElement));
}

/**
 * @param code of the owner: its members, and its initialisers where the member is undefined
 * @param roots under which the owner's fields are reached in that code
 */
export function ownedFields(
  code: readonly { readonly node: ts.Node; readonly member: Member | undefined }[],
  roots: FieldRoots,
  environment: Environment,
  summaries: Summaries,
): readonly OwnedField[] {
  return code.flatMap(({ node, member }) => {
    const made = callsIn(node).flatMap((site) => acquisitionsAt(site, environment, summaries));
    const given = member === undefined ? [] : ownedParameters(member.code, environment, summaries);
    return [...given, ...made].flatMap((acquired): readonly OwnedField[] => {
      const { unit } = acquired.graph;
      if (roots.has(thisRoot) && !sharesThis(unit, node)) return [];
      const tracked = { ...acquired, fieldRoots: roots };
      const outcome = trackObligation(tracked, environment, summaries);
      const places = throughSetters(storedIn(outcome, roots), code, acquired.kind, summaries);
      if (!outcome.owed && !isArmed(acquired.kind, places, code, environment)) return [];
      return fieldAt(places, roots, acquired, outcome, member);
    });
  });
}

/** The field that holds an acquired resource at any of some places; empty where there is none. */
export function fieldAt(
  places: readonly AccessPath[],
  roots: FieldRoots,
  { kind, site, graph }: Pick<OwnedField, "kind" | "site"> & Pick<Tracked, "graph">,
  outcome: Outcome,
  member: Member | undefined,
): readonly OwnedField[] {
  const [place] = places;
  if (outcome.unknown || place === undefined) return [];
  return [
    { name: nameOf(place, roots), places, kind, site, filledBy: graph.unit, member, outcome },
  ];
}

/** The initialisers of the fields of a class, as code that fills fields. */
export function initialisersOf(
  declaration: ts.ClassLikeDeclaration,
  side: "instance" | "static",
): readonly { readonly node: ts.Node; readonly member: undefined }[] {
  return declaration.members.flatMap((node) =>
    ts.isPropertyDeclaration(node) &&
    node.initializer !== undefined &&
    isStatic(node) === (side === "static")
      ? [{ node, member: undefined }]
      : [],
  );
}

/** The fields that name the resource when the function that made it returns, or loses it. */
export function storedIn(outcome: Outcome, roots: FieldRoots): readonly AccessPath[] {
  const places = new Map<string, AccessPath>();
  const objects = [...roots].flatMap(([root, as]) => (as === "object" ? [root] : []));
  for (const disjunct of [...outcome.atEnd.held, ...outcome.losses.map((loss) => loss.disjunct)]) {
    if (outcome.owed && !disjunct.armed) continue;
    for (const [key, alias] of disjunct.aliases) {
      const root = roots.get(alias.root);
      if (root === "variable") places.set(key, alias);
      if (root !== "object" || alias.members.length === 0) continue;
      // Static fields are reached by `this` and by the name of the class.
      for (const object of objects) {
        const place: AccessPath = { root: object, members: alias.members };
        places.set(keyOf(place), place);
      }
    }
  }
  return [...places.values()].sort(
    (a, b) => a.members.length - b.members.length || (a.members.join() < b.members.join() ? -1 : 1),
  );
}

/** What is put into a setter is where the setter puts it; nowhere, where that cannot be seen. */
function throughSetters(
  places: readonly AccessPath[],
  code: readonly { readonly member: Member | undefined }[],
  kind: ResourceKind,
  summaries: Summaries,
): readonly AccessPath[] {
  const setters = new Map(
    code.flatMap(({ member }) =>
      member !== undefined && ts.isSetAccessor(member.node)
        ? [[memberName(member), member.code] as const]
        : [],
    ),
  );
  const found = places.flatMap((place) => {
    const setter = place.root === thisRoot ? setters.get(place.members[0]) : undefined;
    return setter === undefined
      ? [place]
      : summaries.fieldsStoring(setter, 0, place.members.slice(1), kind).fields;
  });
  return [...new Map(found.map((place) => [keyOf(place), place])).values()];
}

/** Code of the owner calls a member of what is in the field that makes it owe: `this.server.listen()`. */
function isArmed(
  { armedBy = [] }: ResourceKind,
  places: readonly AccessPath[],
  code: readonly { readonly node: ts.Node }[],
  { resolve }: Environment,
): boolean {
  const keys = new Set(places.map(keyOf));
  return code.some(({ node }) =>
    callsIn(node).some(
      ({ expression }) =>
        ts.isPropertyAccessExpression(expression) &&
        armedBy.includes(expression.name.text) &&
        keys.has(keyOf(pathOf(expression.expression, resolve))),
    ),
  );
}

/** `h`, `state.h`, and `all` for an element of `all`. */
function nameOf({ root, members }: AccessPath, roots: FieldRoots): string {
  const named =
    isSymbol(root) && roots.get(root) === "variable" ? [root.name, ...members] : members;
  const end = named.findIndex((member) => member === anyElement || /^\d+$/.test(member));
  // `[key] = open()`: which field that is nobody says.
  return end === 0 ? "[…]" : (end < 0 ? named : named.slice(0, end)).join(".");
}
