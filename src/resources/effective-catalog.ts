/**
 * The catalog as the settings of a file change it. Equal settings share one catalog, whichever
 * objects they are written in, so that whatever is remembered by catalog is shared as well.
 */
import path from "node:path";
import { catalog } from "./catalog/index.ts";
import { type CatalogIndex, indexCatalog } from "./catalog-index.ts";
import type { CacheKind } from "./cache-kind.ts";
import { changedCache } from "./changed-cache.ts";
import { notBuiltIn, type Section } from "./changed-entry.ts";
import { changedConnection } from "./changed-connection.ts";
import { changedKind } from "./changed-kind.ts";
import { type ConnectionKind, connectionKinds } from "./connections.ts";
import type { CatalogFamily, ResourceKind } from "./kind.ts";
import { type CheckedSettings, checkSettings, type Entry } from "./settings-schema.ts";

/** The catalog without settings. */
export const builtInCatalog: CatalogIndex = indexCatalog(catalog);

const builtInKinds = byId(catalog.flatMap(({ kinds }) => kinds));
const builtInCaches = byId(catalog.flatMap(({ caches = [] }) => caches));
const builtInConnections = byId(connectionKinds);

function byId<T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((one) => [one.id, one]));
}

const byObject = new WeakMap<object, Map<string, CatalogIndex>>();
const byContent = new Map<string, CatalogIndex>();
const maximalCatalogs = 20;

/**
 * @param settings what stands under `settings['resource-hygiene']`, not checked yet
 * @param folder where paths of the settings start: the folder ESLint runs in
 * @throws SettingsError when the settings are not what they may be
 */
export function effectiveCatalog(settings: unknown, folder: string): CatalogIndex {
  if (settings === undefined) return builtInCatalog;
  if (typeof settings !== "object" || settings === null) return buildCatalog(settings, folder);
  let byFolder = byObject.get(settings);
  if (byFolder === undefined) {
    byFolder = new Map();
    byObject.set(settings, byFolder);
  }
  let effective = byFolder.get(folder);
  if (effective === undefined) {
    effective = buildCatalog(settings, folder);
    byFolder.set(folder, effective);
  }
  return effective;
}

function buildCatalog(settings: unknown, folder: string): CatalogIndex {
  const checked = withPaths(checkSettings(settings), folder);
  const content = canonical(checked);
  let effective = byContent.get(content);
  if (effective === undefined) {
    effective = merged(checked);
    const [oldest] = byContent.keys();
    // An editor sees many settings while somebody writes them.
    if (oldest !== undefined && byContent.size >= maximalCatalogs) byContent.delete(oldest);
    byContent.set(content, effective);
  }
  return effective;
}

/** One text for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? ["keys", ...Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))]
      : part,
  );
}

/** `./src/pool.ts` names a file of the program by where it is. */
function withPaths<T>(value: T, folder: string): T {
  const visit = (part: unknown, key: string | undefined): unknown => {
    if (Array.isArray(part)) return part.map((one) => visit(one, key));
    if (typeof part === "object" && part !== null)
      return Object.fromEntries(
        Object.entries(part).map(([name, one]) => [name, visit(one, name)]),
      );
    return key === "module" && typeof part === "string" && /^\.\.?\//.test(part)
      ? path.resolve(folder, part).replaceAll(path.sep, "/")
      : part;
  };
  return visit(value, undefined) as T;
}

function merged(settings: CheckedSettings): CatalogIndex {
  const kinds = changes("kinds", settings.kinds, builtInKinds, changedKind);
  const caches = changes("caches", settings.caches, builtInCaches, changedCache);
  const connections = changes(
    "connections",
    settings.connections,
    builtInConnections,
    changedConnection,
  );
  const own: CatalogFamily = {
    family: "settings",
    kinds: [...kinds.added, ...kinds.changed.values()],
    functions: settings.functions.flatMap(([, fact]) =>
      fact === false ? [] : [{ source: "", ...fact }],
    ),
    noDuty: settings.noDuty.flatMap(([, entry]) =>
      entry === false ? [] : [{ reason: "", source: "", ...entry }],
    ),
    closedWorlds: [],
  };
  const families = catalog.map((family) => ({
    ...family,
    kinds: family.kinds.map((kind) => kinds.changed.get(kind.id) ?? kind),
    caches: (family.caches ?? [])
      .filter((cache) => !caches.off.has(cache))
      .map((cache) => caches.changed.get(cache.id) ?? cache),
  }));
  return indexCatalog([{ ...own, kinds: kinds.added, caches: caches.added }, ...families], {
    off: kinds.off,
    connections: [
      ...connections.added,
      ...connectionKinds
        .filter((one) => !connections.off.has(one))
        .map((one) => connections.changed.get(one.id) ?? one),
    ],
    settings: indexCatalog([own]),
  });
}

interface Changes<T> {
  readonly added: readonly T[];
  readonly changed: ReadonlyMap<string, T>;
  /** Built-in ones that are switched off. */
  readonly off: ReadonlySet<T>;
}

/** What the entries of a section do to its built-in ones. */
function changes<T extends ResourceKind | CacheKind | ConnectionKind, S extends object>(
  section: Section,
  entries: readonly Entry<S>[],
  builtIn: ReadonlyMap<string, T>,
  changedOne: (id: string, setting: S, builtIn: ReadonlyMap<string, T>) => T,
): Changes<T> {
  const added: T[] = [];
  const changed = new Map<string, T>();
  const off = new Set<T>();
  for (const [id, setting] of entries) {
    const known = builtIn.get(id);
    if (setting !== false) {
      const one = changedOne(id, setting, builtIn);
      if (known === undefined) added.push(one);
      else changed.set(id, one);
    } else if (known !== undefined) off.add(known);
    else throw notBuiltIn(section, id, builtIn);
  }
  return { added, changed, off };
}
