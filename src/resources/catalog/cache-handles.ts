/**
 * Caches as resources of their own: the timers and connections that they keep. What becomes of the
 * values in them is another matter.
 */
import type { CatalogFamily } from "../kind.ts";

export const cacheHandles: CatalogFamily = {
  family: "cache-handles",
  kinds: [
    {
      // Its store may be a connection.
      id: "keyv.Keyv",
      label: "Keyv store",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "construct", module: "keyv", name: "Keyv" }],
      release: [{ method: "disconnect" }],
      asyncRelease: true,
      notReleasedBy: ["clear"],
      releaseTwice: "harmless",
      types: [{ module: "keyv", name: "Keyv" }],
      source: "https://keyv.org/docs/keyv/#disconnect",
    },
    {
      id: "cache-manager.Cache",
      label: "cache-manager cache",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "cache-manager", name: "createCache" }],
      release: [{ method: "disconnect" }],
      asyncRelease: true,
      notReleasedBy: ["clear"],
      types: [{ module: "cache-manager", name: "Cache" }],
      source: "https://cacheable.org/docs/cache-manager/#disconnect",
    },
    {
      id: "cacheable.Cacheable",
      label: "Cacheable",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "construct", module: "cacheable", name: "Cacheable" }],
      release: [{ method: "disconnect" }],
      asyncRelease: true,
      notReleasedBy: ["clear"],
      types: [{ module: "cacheable", name: "Cacheable" }],
      source: "https://cacheable.org/docs/cacheable/",
    },
    {
      // Its timer keeps no process alive.
      id: "node-cache.NodeCache",
      label: "NodeCache",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "construct", module: "node-cache", name: "NodeCache" }],
      release: [{ method: "close" }],
      notReleasedBy: ["flushAll"],
      releaseTwice: "harmless",
      types: [{ module: "node-cache", name: "NodeCache" }],
      source: "https://github.com/node-cache/node-cache#close-the-cache",
    },
  ],
  functions: [],
  noDuty: [
    {
      by: "type",
      module: "@isaacs/ttlcache",
      name: "TTLCache",
      reason: "its member `dispose` is the hook for values, not a way to end the cache",
      source: "https://github.com/isaacs/ttlcache#readme",
    },
  ],
  closedWorlds: [],
};
