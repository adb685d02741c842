/**
 * The catalog, arranged so that the name written at a call decides whether anything is asked.
 */
import type { DeclaredName } from "../typescript/declared-name.ts";
import type { CacheKind } from "./cache-kind.ts";
import { type ConnectionKind, connectionKinds } from "./connections.ts";
import type {
  Acquisition,
  CatalogFamily,
  DeclarationPattern,
  FunctionFact,
  NoDuty,
  Release,
  ResourceKind,
} from "./kind.ts";

export interface KnownAcquisition {
  readonly kind: ResourceKind;
  readonly acquisition: Acquisition;
}

export interface CatalogIndex {
  readonly kinds: readonly ResourceKind[];
  /** Keyed by the last part of the declared name: `open` for `FileHandle.open`. */
  readonly calls: ReadonlyMap<string, readonly KnownAcquisition[]>;
  readonly constructions: ReadonlyMap<string, readonly KnownAcquisition[]>;
  /** Acquisitions by the type of the result, and the modules that declare these types. */
  readonly results: ReadonlyMap<string, readonly KnownAcquisition[]>;
  readonly resultModules: ReadonlySet<string>;
  readonly functions: ReadonlyMap<string, readonly FunctionFact[]>;
  readonly noDutyCalls: ReadonlyMap<string, readonly NoDuty[]>;
  readonly noDutyTypes: ReadonlyMap<string, readonly NoDuty[]>;
  /** Kinds by the name of a type whose values they are. */
  readonly types: ReadonlyMap<
    string,
    readonly { kind: ResourceKind; pattern: DeclarationPattern }[]
  >;
  readonly closedWorlds: ReadonlySet<string>;
  /** Names of functions whose resource is released by functions only, as numeric handles are. */
  readonly descriptors: ReadonlySet<string>;
  readonly caches: readonly CacheKind[];
  /** What servers are given; those of the user go first. */
  readonly connections: readonly ConnectionKind[];
  /** Kinds by the name of a method or function that releases them. */
  readonly releaseNames: ReadonlyMap<string, readonly ResourceKind[]>;
  /** Kinds that the user switched off: their values owe nothing. */
  readonly off: ReadonlySet<ResourceKind>;
  /** What the user says, alone: it goes before every other evidence. */
  readonly settings: CatalogIndex | undefined;
}

export function indexCatalog(
  families: readonly CatalogFamily[],
  user: Partial<Pick<CatalogIndex, "off" | "settings" | "connections">> = {},
): CatalogIndex {
  const calls = new Map<string, KnownAcquisition[]>();
  const constructions = new Map<string, KnownAcquisition[]>();
  const results = new Map<string, KnownAcquisition[]>();
  const resultModules = new Set<string>();
  const ways = { call: calls, construct: constructions, result: results };
  const functions = new Map<string, FunctionFact[]>();
  const noDutyCalls = new Map<string, NoDuty[]>();
  const noDutyTypes = new Map<string, NoDuty[]>();
  const types = new Map<string, { kind: ResourceKind; pattern: DeclarationPattern }[]>();
  const kinds = families.flatMap((family) => family.kinds);
  for (const kind of kinds) {
    for (const acquisition of kind.acquire) {
      add(ways[acquisition.by], acquisition, { kind, acquisition });
      if (acquisition.by !== "call") add(types, acquisition, { kind, pattern: acquisition });
      if (acquisition.by === "result")
        for (const module of modulesOf(acquisition)) resultModules.add(module);
    }
    for (const pattern of kind.types ?? []) add(types, pattern, { kind, pattern });
  }
  for (const family of families) {
    for (const fact of family.functions) add(functions, fact, fact);
    for (const entry of family.noDuty) {
      add(entry.by === "call" ? noDutyCalls : noDutyTypes, entry, entry);
    }
  }
  const closedWorlds = new Set(families.flatMap((family) => family.closedWorlds));
  const descriptors = new Set(
    kinds
      .filter((kind) => kind.release.length > 0 && kind.release.every(isFunctionRelease))
      .flatMap((kind) => kind.acquire.flatMap(namesOf).map(lastPart)),
  );
  const releaseNames = new Map<string, ResourceKind[]>();
  for (const kind of kinds) {
    for (const release of kind.release) {
      if ("invoke" in release) continue;
      const pattern = "name" in release ? release : { name: release.method };
      for (const name of namesOf(pattern).map(lastPart))
        releaseNames.set(name, [...(releaseNames.get(name) ?? []), kind]);
    }
  }
  return {
    caches: families.flatMap((family) => family.caches ?? []),
    connections: user.connections ?? connectionKinds,
    descriptors,
    releaseNames,
    kinds,
    calls,
    constructions,
    results,
    resultModules,
    functions,
    noDutyCalls,
    noDutyTypes,
    types,
    closedWorlds,
    off: user.off ?? new Set(),
    settings: user.settings,
  };
}

function add<T>(map: Map<string, T[]>, pattern: DeclarationPattern, value: T): void {
  for (const name of namesOf(pattern)) {
    const key = lastPart(name);
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  }
}

/** The names a pattern allows. */
export function namesOf(pattern: DeclarationPattern): readonly string[] {
  return typeof pattern.name === "string" ? [pattern.name] : pattern.name;
}

/** The modules a pattern allows; none for a global. */
export function modulesOf({ module }: DeclarationPattern): readonly string[] {
  if (module === undefined) return [];
  return typeof module === "string" ? [module] : module;
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** Whether one of a symbol's declarations is what the pattern names. */
export function matchesPattern(
  pattern: DeclarationPattern,
  declared: readonly DeclaredName[],
): boolean {
  const { module } = pattern;
  const names = namesOf(pattern);
  return declared.some((one) => {
    if (!names.some((name) => name === one.name)) return false;
    if (module === undefined) return one.origin === "global";
    const modules = typeof module === "string" ? [module] : module;
    return one.origin !== "global" && modules.includes(one.module);
  });
}

/** Functions among the ways to release. */
export function isFunctionRelease(
  release: Release,
): release is Extract<Release, { argument: number }> {
  return "argument" in release;
}
