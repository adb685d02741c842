/**
 * What a catalog says of a call, a `new` or a type, once it is known how the declaration is named.
 */
import type ts from "typescript";
import type { DeclaredName } from "../typescript/declared-name.ts";
import { type CatalogIndex, type KnownAcquisition, matchesPattern } from "./catalog-index.ts";
import type { Acquisition, OptionCondition, ResourceKind, ResourcePlace } from "./kind.ts";
import { optionHolds } from "./option-conditions.ts";
import type { RecognisedResource } from "./recognise.ts";

interface Known {
  /** It owes nothing whatever it is given, or the call meets the conditions of an acquisition. */
  readonly isDecided: boolean;
  /** What the call makes, switched-off kinds left out. */
  readonly resources: readonly RecognisedResource[];
}

/** Where a catalog is asked: for calls, or for `new`. */
export type WayToAcquire = "call" | "new";

/** What a catalog says of a function or class; undefined when it does not know it. */
export function knownIn(
  index: CatalogIndex,
  declared: readonly DeclaredName[],
  name: string,
  args: readonly ts.Expression[],
  way: WayToAcquire,
): Known | undefined {
  const [noDuty, acquisitions] =
    way === "call" ? [index.noDutyCalls, index.calls] : [index.noDutyTypes, index.constructions];
  if (noDuty.get(name)?.some((entry) => matchesPattern(entry, declared)) === true)
    return { isDecided: true, resources: [] };
  const known = acquisitions
    .get(name)
    ?.filter(({ acquisition }) => matchesPattern(acquisition, declared));
  if (known === undefined || known.length === 0) return undefined;
  const allowed = onceEach(known.filter(({ acquisition }) => conditionsAllow(acquisition, args)));
  const resources = allowed
    .filter(({ kind }) => !index.off.has(kind))
    .flatMap(({ kind, acquisition }) => placed(kind, acquisition));
  return { isDecided: allowed.length > 0, resources };
}

/** The kind whose values have a type, `none` for a type that owes nothing, undefined when it is not known. */
export function kindIn(
  index: CatalogIndex,
  declared: readonly DeclaredName[],
  name: string,
): ResourceKind | "none" | undefined {
  if (index.noDutyTypes.get(name)?.some((entry) => matchesPattern(entry, declared)) === true)
    return "none";
  const all = index.types.get(name)?.filter(({ pattern }) => matchesPattern(pattern, declared));
  // A type that two kinds share is a resource as long as one of them is on.
  return (all?.find(({ kind }) => !index.off.has(kind)) ?? all?.[0])?.kind;
}

function conditionsAllow(
  acquisition: {
    readonly when?: readonly OptionCondition[];
    readonly unless?: readonly OptionCondition[];
  },
  args: readonly ts.Expression[],
): boolean {
  const when = acquisition.when ?? [];
  const unless = acquisition.unless ?? [];
  // What cannot be read counts against a report.
  return (
    when.every((condition) => optionHolds(condition, args) === true) &&
    unless.every((condition) => optionHolds(condition, args) === false)
  );
}

/** What a function makes whose result says by its type that it is new. */
export function byResult(
  kind: ResourceKind,
  acquisition: Acquisition,
  args: readonly ts.Expression[],
): readonly RecognisedResource[] {
  return conditionsAllow(acquisition, args) ? placed(kind, acquisition) : [];
}

function placed(kind: ResourceKind, acquisition: Acquisition): readonly RecognisedResource[] {
  const { at, armed } = acquisition;
  const places: readonly (ResourcePlace | undefined)[] = Array.isArray(at)
    ? (at as readonly ResourcePlace[])
    : [at as ResourcePlace | undefined];
  return places.map((place) => ({
    kind,
    place,
    armed: armed ?? kind.armedBy === undefined,
    freshness: "known",
    acquisition,
  }));
}

/** Declarations that merge, as those of the DOM and of Node, match several patterns of one kind. */
function onceEach(known: readonly KnownAcquisition[]): readonly KnownAcquisition[] {
  return known.filter(
    ({ kind, acquisition }, index) =>
      known.findIndex((one) => one.kind === kind && one.acquisition.at === acquisition.at) ===
      index,
  );
}
