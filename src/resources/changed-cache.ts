/** A cache as the settings have it. */
import { type CacheKind, mapMethods } from "./cache-kind.ts";
import { changedList, given, incomplete } from "./changed-entry.ts";
import type { CacheSetting } from "./settings.ts";

/**
 * The cache under an id: the built-in one as it is changed, or one of the user's own.
 *
 * @param builtIn the built-in caches by id
 * @throws SettingsError when nothing makes it, or nothing makes it drop a value
 */
export function changedCache(
  id: string,
  setting: CacheSetting,
  builtIn: ReadonlyMap<string, CacheKind>,
): CacheKind {
  const known = builtIn.get(id);
  const { make, policies, hooks, methods = {}, loaders, ...plain } = setting;
  const knownMethods = known?.methods ?? mapMethods;
  const cache: CacheKind = {
    label: id.slice(id.lastIndexOf(".") + 1),
    values: { member: "get" },
    source: "",
    ...known,
    ...plain,
    id,
    make: changedList(known?.make, make) ?? [],
    policies: changedList(known?.policies, policies) ?? [],
    hooks: changedList(known?.hooks, hooks) ?? [],
    methods: {
      store: changedList(knownMethods.store, methods.store) ?? [],
      look: changedList(knownMethods.look, methods.look) ?? [],
      delete: changedList(knownMethods.delete, methods.delete) ?? [],
      clear: changedList(knownMethods.clear, methods.clear) ?? [],
    },
    ...given("loaders", changedList(known?.loaders, loaders)),
  };
  const missing =
    cache.make.length === 0 ? "make" : cache.policies.length === 0 ? "policies" : undefined;
  if (missing !== undefined)
    throw incomplete("caches", id, missing, `a cache with "make" and "policies"`, builtIn);
  return cache;
}
