/** Caches as resources of their own. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
import { packageVerdicts } from "../support/packages.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "keyv.Keyv": {
    imports: 'import Keyv from "keyv";',
    acquire: "const x = new Keyv()",
    use: 'await x.get("a")',
    release: "await x.disconnect()",
    notReleased: "await x.clear()",
  },
  "cache-manager.Cache": {
    imports: 'import { createCache } from "cache-manager";',
    acquire: "const x = createCache()",
    use: 'await x.get("a")',
    release: "await x.disconnect()",
    notReleased: "await x.clear()",
  },
  "cacheable.Cacheable": {
    imports: 'import { Cacheable } from "cacheable";',
    acquire: "const x = new Cacheable()",
    use: 'await x.get("a")',
    release: "await x.disconnect()",
    notReleased: "await x.clear()",
  },
  "node-cache.NodeCache": {
    imports: 'import NodeCache from "node-cache";',
    acquire: "const x = new NodeCache()",
    use: 'x.get("a")',
    release: "x.close()",
    notReleased: "x.flushAll()",
  },
};

packageKinds(rule, "cache-handles", kinds);

packageKinds(
  rule,
  "cache-handles",
  {
    "keyv.Keyv": kinds["keyv.Keyv"],
  },
  { versions: { keyv: "keyv-newer" } },
);

foundUnderEveryName("cache-handles", {
  kind: "keyv.Keyv",
  module: "keyv",
  name: "Keyv",
  acquire: `new NAME()`,
  extended: "NAME",
  versions: { "older types": { keyv: "keyv-newer" } },
});

packageVerdicts(rule, "cache handles: no duty", {
  "a TTLCache": {
    fine: {
      "that is never disposed, as its member is a hook": `
import { TTLCache } from "@isaacs/ttlcache";
export function f(): number {
  const cache = new TTLCache<string, number>({ ttl: 1000 });
  return cache.size;
}`,
    },
  },
});
