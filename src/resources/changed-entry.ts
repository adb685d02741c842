/**
 * What entries of settings have in common: they change a built-in one, or stand under an id of their
 * own.
 */
import { listed, quoted, SettingsError, settingSentence } from "./settings-error.ts";
import type { ListSetting } from "./settings.ts";
import { isSimilar } from "./similar.ts";

/** The sections of the settings whose entries may have the id of a built-in one. */
export type Section = "kinds" | "caches" | "connections";

const one = { kinds: "kind", caches: "cache", connections: "connection" } as const;

/** The key with its value, if there is one; an empty list takes away what the built-in entry has. */
export function given<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, T>);
}

/** The list of an entry: that of the built-in one, another, or the built-in one with more. */
export function changedList<T>(
  known: readonly T[] | undefined,
  setting: ListSetting<T> | undefined,
): readonly T[] | undefined {
  if (setting === undefined) return known;
  return "add" in setting ? [...(known ?? []), ...setting.add] : setting;
}

/**
 * An entry that is switched off and does not exist is a typing error that nobody would notice.
 *
 * @param builtIn the ids of the section's built-in entries
 */
export function notBuiltIn(
  section: Section,
  id: string,
  builtIn: ReadonlyMap<string, unknown>,
): SettingsError {
  const allowed = `the id of a built-in ${one[section]}${meant(id, builtIn)}`;
  return new SettingsError(settingSentence([section, id], "is false", allowed));
}

/**
 * An entry that is too short to mean anything.
 *
 * @param missing the key it must have
 * @param needed what a whole entry has
 */
export function incomplete(
  section: Section,
  id: string,
  missing: string,
  needed: string,
  builtIn: ReadonlyMap<string, unknown>,
): SettingsError {
  const found = `has no ${quoted(missing)}`;
  const hint = builtIn.has(id)
    ? ""
    : ` or the id of a built-in ${one[section]}${meant(id, builtIn)}`;
  return new SettingsError(settingSentence([section, id], found, needed + hint));
}

/** Built-in ids that one or two typing errors turn into `id`. */
function meant(id: string, builtIn: ReadonlyMap<string, unknown>): string {
  if (id.length > longestId) return "";
  const near = [...builtIn.keys()].filter((known) =>
    isSimilar(known.toLowerCase(), id.toLowerCase()),
  );
  return near.length === 0 ? "" : `, such as ${listed(near.map(quoted), "or")}`;
}

const longestId = 100;
