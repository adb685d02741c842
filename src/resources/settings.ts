/**
 * What users say of their own resources, as it is written in `settings['resource-hygiene']`: the
 * shapes of the catalog, each entry under a key of its own. ESLint merges objects of several configs
 * and replaces arrays, so whatever one config says another can correct.
 */
import type {
  CacheKind,
  CacheMaker,
  CacheMethods,
  CachePolicy,
  RemovalHook,
} from "./cache-kind.ts";
import type { ConnectionKind } from "./connections.ts";
import type {
  AutomaticRelease,
  DeclarationPattern,
  FunctionFact,
  NoDuty,
  ResourceKind,
} from "./kind.ts";

/** The key of ESLint's `settings` under which the plugin looks. */
export const settingsKey = "resource-hygiene";

/** A list instead of the one of the entry that is changed, or what is added to it. */
export type ListSetting<T> = readonly T[] | { readonly add: readonly T[] };

/** A flag of the catalog, which only knows `true`; `false` takes it back. */
type FlagSetting = boolean;

/** How a resource ends without an explicit release. */
export interface AutomaticReleaseSetting extends Pick<AutomaticRelease, "signal" | "once"> {
  readonly events?: ListSetting<string>;
  readonly iteration?: FlagSetting;
  readonly members?: ListSetting<string>;
  readonly parent?: FlagSetting;
  readonly receiver?: FlagSetting;
  readonly within?: ListSetting<DeclarationPattern>;
  readonly through?: ListSetting<DeclarationPattern>;
}

/**
 * A kind of resource. Under the id of a kind that the plugin knows it changes what is written and
 * leaves the rest; under an id of its own it needs `release`, and `acquire` or `types`.
 */
export interface KindSetting extends Partial<
  Pick<ResourceKind, "label" | "grade" | "duty" | "releaseTwice" | "source">
> {
  readonly acquire?: ListSetting<ResourceKind["acquire"][number]>;
  readonly release?: ListSetting<ResourceKind["release"][number]>;
  readonly asyncRelease?: FlagSetting;
  readonly armedBy?: ListSetting<string>;
  readonly failsClean?: ListSetting<string>;
  readonly automatic?: AutomaticReleaseSetting;
  readonly standIns?: ListSetting<string>;
  readonly notReleasedBy?: ListSetting<string>;
  readonly wrongRelease?: ListSetting<string>;
  readonly releasedWhen?: ListSetting<string>;
  readonly types?: ListSetting<NonNullable<ResourceKind["types"]>[number]>;
}

/** What a function does with its arguments beyond borrowing them. */
export type FunctionSetting = Omit<FunctionFact, "source"> & Partial<Pick<FunctionFact, "source">>;

/** A function, class or type whose values owe nothing. */
export type NoDutySetting = Omit<NoDuty, "source" | "reason"> &
  Partial<Pick<NoDuty, "source" | "reason">>;

/**
 * A cache. Under the id of one that the plugin knows it changes what is written and leaves the rest;
 * under an id of its own it needs `make` and `policies`. What it does not say is as with a `Map`.
 */
export interface CacheSetting extends Partial<
  Pick<
    CacheKind,
    "label" | "withMember" | "values" | "storeOption" | "clearedBy" | "instead" | "source"
  >
> {
  readonly make?: ListSetting<CacheMaker>;
  readonly policies?: ListSetting<CachePolicy>;
  readonly hooks?: ListSetting<RemovalHook>;
  readonly methods?: { readonly [K in keyof CacheMethods]?: ListSetting<CacheMethods[K][number]> };
  readonly loaders?: ListSetting<string>;
}

/**
 * What a server is given when somebody connects or asks. Under the id of one that the plugin knows it
 * changes what is written and leaves the rest; under an id of its own it needs `types` and `ends`.
 */
export interface ConnectionSetting extends Partial<Pick<ConnectionKind, "label" | "source">> {
  readonly types?: ListSetting<DeclarationPattern>;
  readonly ends?: ListSetting<string>;
  readonly sometimes?: ListSetting<string>;
  readonly ids?: ListSetting<string>;
}

/** `settings['resource-hygiene']` */
export interface Settings {
  /** Kinds of resources by their id; `false` switches a built-in one off. */
  readonly kinds?: Readonly<Record<string, KindSetting | false>>;
  /** Facts about functions, under names of your own choice; `false` takes one of another config back. */
  readonly functions?: Readonly<Record<string, FunctionSetting | false>>;
  /** What looks like a resource and is none, under names of your own choice. */
  readonly noDuty?: Readonly<Record<string, NoDutySetting | false>>;
  /** Caches by their id; `false` makes the plugin forget a built-in one. */
  readonly caches?: Readonly<Record<string, CacheSetting | false>>;
  /** Connections, sessions, requests and streams by their id; `false` makes the plugin forget a built-in one. */
  readonly connections?: Readonly<Record<string, ConnectionSetting | false>>;
}

/**
 * The settings of the plugin, checked and completed by the editor while they are written.
 *
 * @example { settings: defineSettings({ kinds: { "pg.PoolClient": false } }) }
 */
export function defineSettings(settings: Settings): { readonly [settingsKey]: Settings } {
  return { [settingsKey]: settings };
}
