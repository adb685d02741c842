/**
 * The catalog as the settings of a file change it. Equal settings share one catalog, whichever
 * objects they are written in, so that whatever is remembered by catalog is shared as well.
 */
import path from "node:path";
import { catalog } from "./catalog/index.ts";
import { type CatalogIndex, indexCatalog } from "./catalog-index.ts";
import type { CatalogFamily, ResourceKind } from "./kind.ts";
import { listed, quoted, SettingsError, settingSentence } from "./settings-error.ts";
import { type CheckedSettings, checkSettings } from "./settings-schema.ts";
import type { KindSetting, ListSetting } from "./settings.ts";
import { isSimilar } from "./similar.ts";

/** The catalog without settings. */
export const builtInCatalog: CatalogIndex = indexCatalog(catalog);

const builtInKinds = new Map(
  catalog.flatMap(({ kinds }) => kinds.map((kind) => [kind.id, kind] as const)),
);

const byObject = new WeakMap<object, Map<string, CatalogIndex>>();
const byContent = new Map<string, CatalogIndex>();

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
  const off = new Set<ResourceKind>();
  const changed = new Map<string, ResourceKind>();
  const added: ResourceKind[] = [];
  for (const [id, setting] of settings.kinds) {
    const known = builtInKinds.get(id);
    if (setting === false) {
      if (known === undefined) throw notBuiltIn(id);
      off.add(known);
      continue;
    }
    const kind = changedKind(id, known, setting);
    if (known === undefined) added.push(kind);
    else changed.set(id, kind);
  }
  const own: CatalogFamily = {
    family: "settings",
    kinds: [...added, ...changed.values()],
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
    kinds: family.kinds.map((kind) => changed.get(kind.id) ?? kind),
  }));
  return indexCatalog([{ ...own, kinds: added }, ...families], {
    off,
    settings: indexCatalog([own]),
  });
}

/** The kind under an id: the built-in one as it is changed, or one of the user's own. */
function changedKind(
  id: string,
  known: ResourceKind | undefined,
  setting: KindSetting,
): ResourceKind {
  const { acquire, release, types, automatic, asyncRelease, ...rest } = setting;
  const { armedBy, standIns, notReleasedBy, wrongRelease, releasedWhen, ...plain } = rest;
  const { asyncRelease: knownAsync, ...knownRest } = known ?? {};
  const isAsync = asyncRelease ?? knownAsync ?? false;
  const kind: ResourceKind = {
    label: id.slice(id.lastIndexOf(".") + 1),
    grade: "must",
    duty: "close",
    source: "",
    ...knownRest,
    ...plain,
    id,
    acquire: changedList(known?.acquire, acquire) ?? [],
    release: changedList(known?.release, release) ?? [],
    ...(isAsync && { asyncRelease: true as const }),
    ...given("types", changedList(known?.types, types)),
    ...given("armedBy", changedList(known?.armedBy, armedBy)),
    ...given("standIns", changedList(known?.standIns, standIns)),
    ...given("notReleasedBy", changedList(known?.notReleasedBy, notReleasedBy)),
    ...given("wrongRelease", changedList(known?.wrongRelease, wrongRelease)),
    ...given("releasedWhen", changedList(known?.releasedWhen, releasedWhen)),
    ...given("automatic", changedAutomatic(known?.automatic, automatic)),
  };
  requireComplete(kind, known);
  return kind;
}

/** An empty list takes away what the built-in kind has. */
function given<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, T>);
}

function changedList<T>(
  known: readonly T[] | undefined,
  setting: ListSetting<T> | undefined,
): readonly T[] | undefined {
  if (setting === undefined) return known;
  return "add" in setting ? [...(known ?? []), ...setting.add] : setting;
}

function changedAutomatic(
  known: ResourceKind["automatic"],
  setting: KindSetting["automatic"],
): ResourceKind["automatic"] {
  if (setting === undefined) return known;
  const iteration = setting.iteration ?? known?.iteration ?? false;
  const parent = setting.parent ?? known?.parent ?? false;
  return {
    ...given("signal", setting.signal ?? known?.signal),
    ...given("once", setting.once ?? known?.once),
    ...given("within", changedList(known?.within, setting.within)),
    ...given("through", changedList(known?.through, setting.through)),
    ...given("events", changedList(known?.events, setting.events)),
    ...given("members", changedList(known?.members, setting.members)),
    ...(iteration && { iteration: true as const }),
    ...(parent && { parent: true as const }),
  };
}

function requireComplete(kind: ResourceKind, known: ResourceKind | undefined): void {
  const { id } = kind;
  const missing =
    kind.release.length === 0
      ? "release"
      : kind.acquire.length === 0 && (kind.types ?? []).length === 0
        ? "acquire"
        : undefined;
  if (missing === undefined) return;
  const found = `has no ${quoted(missing)}`;
  const needed = `a kind with "release", and "acquire" or "types"`;
  const hint = known === undefined ? ` or the id of a built-in kind${meant(id)}` : "";
  throw new SettingsError(settingSentence(["kinds", id], found, needed + hint));
}

/** A kind that is switched off and does not exist is a typing error that nobody would notice. */
function notBuiltIn(id: string): SettingsError {
  const allowed = `the id of a built-in kind${meant(id)}`;
  return new SettingsError(settingSentence(["kinds", id], "is false", allowed));
}

function meant(id: string): string {
  const near = similarIds(id);
  return near.length === 0 ? "" : `, such as ${listed(near.map(quoted), "or")}`;
}

/** The built-in ids that one or two typing errors turn into `id`. */
function similarIds(id: string): readonly string[] {
  if (id.length > longestId) return [];
  return [...builtInKinds.keys()].filter((one) => isSimilar(one.toLowerCase(), id.toLowerCase()));
}

const longestId = 100;
