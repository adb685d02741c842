/**
 * Caches of the ecosystem: how they are made, when they drop a value, and which hook hears of it.
 * Which removals a hook covers was tried on the versions named, not only read.
 */
import { type CacheKind, mapMethods } from "../cache-kind.ts";
import type { CatalogFamily } from "../kind.ts";

const kinds: readonly CacheKind[] = [
  {
    // lru-cache 7 to 11.
    id: "lru-cache.LRUCache",
    label: "LRUCache",
    make: [{ by: "construct", module: "lru-cache", name: ["LRUCache", "default"], options: [0] }],
    withMember: "purgeStale",
    values: { member: "get" },
    policies: [
      { drops: "evicted", option: ["max", "maxSize"] },
      { drops: "expired", option: "ttl" },
    ],
    hooks: [
      ...["dispose", "disposeAfter"].map((name) => ({
        form: "option" as const,
        name,
        covers: ["evicted", "expired", "overwritten", "deleted", "cleared"] as const,
        value: { parameter: 0 },
        key: { parameter: 1 },
        reason: {
          parameter: 2,
          words: {
            evicted: "evict",
            expired: "expire",
            overwritten: "set",
            deleted: "delete",
            cleared: "delete",
          },
        },
        unless: [{ option: "noDisposeOnSet", loses: "overwritten" as const }],
      })),
    ],
    methods: {
      store: [{ method: "set", value: 1, expires: { argument: 2, property: "ttl" } }],
      look: ["get", "has", "peek", "fetch", "memo"],
      delete: ["delete", "pop"],
      clear: ["clear"],
    },
    loaders: ["fetchMethod", "memoMethod"],
    source: "https://isaacs.github.io/node-lru-cache/interfaces/LRUCache.OptionsBase.html#dispose",
  },
  {
    // lru-cache 4 to 6: the key comes first.
    id: "lru-cache.LRUCache.6",
    label: "LRUCache",
    make: [
      { by: "construct", module: "lru-cache", name: ["LRUCache", "default"], options: [0] },
      { by: "call", module: "lru-cache", name: ["LRUCache", "default"], options: [0] },
    ],
    withMember: "itemCount",
    values: { member: "get" },
    policies: [
      { drops: "evicted", option: "max" },
      { drops: "expired", option: "maxAge" },
    ],
    hooks: [
      {
        form: "option",
        name: "dispose",
        covers: ["evicted", "expired", "overwritten", "deleted", "cleared"],
        value: { parameter: 1 },
        key: { parameter: 0 },
        unless: [{ option: "noDisposeOnSet", loses: "overwritten" }],
      },
    ],
    methods: {
      store: [{ method: "set", value: 1, expires: { argument: 2 } }],
      look: ["get", "has", "peek"],
      delete: ["del"],
      clear: ["reset"],
    },
    source: "https://github.com/isaacs/node-lru-cache/tree/v6.0.0#options",
  },
  {
    id: "@isaacs/ttlcache.TTLCache",
    label: "TTLCache",
    make: [
      {
        by: "construct",
        module: "@isaacs/ttlcache",
        name: ["TTLCache", "default"],
        options: [0],
      },
    ],
    values: { member: "get" },
    policies: [
      { drops: "evicted", option: "max" },
      { drops: "expired", option: "ttl" },
    ],
    hooks: [
      {
        form: "option",
        name: "dispose",
        covers: ["evicted", "expired", "overwritten", "deleted", "cleared"],
        value: { parameter: 0 },
        key: { parameter: 1 },
        reason: {
          parameter: 2,
          words: {
            evicted: "evict",
            expired: "stale",
            overwritten: "set",
            deleted: "delete",
            cleared: "delete",
          },
        },
        unless: [{ option: "noDisposeOnSet", loses: "overwritten" }],
      },
    ],
    methods: {
      ...mapMethods,
      store: [{ method: "set", value: 1, expires: { argument: 2, property: "ttl" } }],
    },
    source: "https://github.com/isaacs/ttlcache#readme",
  },
  {
    id: "quick-lru.QuickLRU",
    label: "QuickLRU",
    make: [{ by: "construct", module: "quick-lru", name: ["QuickLRU", "default"], options: [0] }],
    values: { member: "get" },
    policies: [
      { drops: "evicted", option: "maxSize" },
      { drops: "expired", option: "maxAge" },
    ],
    hooks: [
      {
        form: "option",
        name: "onEviction",
        covers: ["evicted", "expired"],
        key: { parameter: 0 },
        value: { parameter: 1 },
      },
    ],
    methods: {
      ...mapMethods,
      store: [{ method: "set", value: 1, expires: { argument: 2, property: "maxAge" } }],
    },
    source: "https://github.com/sindresorhus/quick-lru#onevictionkey-value",
  },
  {
    id: "lru.min.LRU",
    label: "lru.min",
    make: [{ by: "call", module: "lru.min", name: "createLRU", options: [0] }],
    values: { member: "get" },
    policies: [{ drops: "evicted", option: "max" }],
    hooks: [
      {
        form: "option",
        name: "onEviction",
        covers: ["evicted", "overwritten", "deleted", "cleared"],
        key: { parameter: 0 },
        value: { parameter: 1 },
      },
    ],
    methods: mapMethods,
    source: "https://github.com/wellwelwel/lru.min#usage",
  },
  {
    id: "tiny-lru.LRU",
    label: "tiny-lru",
    make: [
      { by: "call", module: "tiny-lru", name: "lru" },
      { by: "construct", module: "tiny-lru", name: "LRU" },
    ],
    values: { member: "get" },
    policies: [
      { drops: "evicted", argument: 0 },
      { drops: "expired", argument: 1 },
    ],
    hooks: [
      {
        form: "method",
        name: "onEvict",
        covers: ["evicted"],
        value: { parameter: 0, property: "value" },
        key: { parameter: 0, property: "key" },
      },
    ],
    methods: {
      ...mapMethods,
      store: [...mapMethods.store, { method: "setWithEvicted", value: 1, gives: true }],
    },
    source: "https://github.com/avoidwork/tiny-lru#readme",
  },
  {
    // It is full before it evicts, so only time drops values.
    id: "node-cache.NodeCache",
    label: "NodeCache",
    make: [{ by: "construct", module: "node-cache", name: ["NodeCache", "default"], options: [0] }],
    values: { stored: true },
    policies: [{ drops: "expired", option: "stdTTL" }],
    hooks: [
      {
        form: "event",
        name: "del",
        covers: ["expired", "deleted"],
        key: { parameter: 0 },
        value: { parameter: 1 },
      },
      {
        form: "event",
        name: "expired",
        covers: ["expired"],
        key: { parameter: 0 },
        value: { parameter: 1 },
      },
    ],
    methods: {
      store: [{ method: "set", value: 1, expires: { argument: 2 } }],
      look: ["get", "has"],
      delete: ["del"],
      clear: ["flushAll"],
    },
    source: "https://github.com/node-cache/node-cache#events",
  },
  {
    id: "memoizee.memoizee",
    label: "memoizee",
    make: [{ by: "call", module: "memoizee", name: "memoizee", memoises: 0, options: [1] }],
    values: { result: true },
    policies: [
      { drops: "evicted", option: "max" },
      { drops: "expired", option: "maxAge" },
    ],
    hooks: [
      {
        form: "option",
        name: "dispose",
        covers: ["evicted", "expired", "deleted", "cleared"],
        value: { parameter: 0 },
      },
    ],
    methods: { store: [], look: [], delete: ["delete"], clear: ["clear"] },
    source: "https://github.com/medikoo/memoizee#registering-dispose-callback",
  },
  {
    id: "lru_map.LRUMap",
    label: "LRUMap",
    make: [{ by: "construct", module: "lru_map", name: "LRUMap" }],
    values: { member: "get" },
    policies: [{ drops: "evicted", argument: 0 }],
    hooks: [{ form: "override", name: "shift", covers: ["evicted"] }],
    methods: { ...mapMethods, look: ["get", "has", "find"] },
    source:
      "https://github.com/rsms/js-lru#example-subclassing-to-do-something-with-evicted-entries",
  },

  // ---- caches that hand the removed value to nobody: a hook names its key at most

  {
    id: "keyv.Keyv",
    label: "Keyv",
    make: [{ by: "construct", module: "keyv", name: ["Keyv", "default"], options: [0, 1] }],
    values: { typeArgument: 0 },
    policies: [{ drops: "expired", option: "ttl" }],
    // Both name the key while the store still has the value: of keyv 5, and of keyv 6.
    hooks: [
      {
        form: "event",
        name: "preDelete",
        registeredBy: ["hooks.addHandler"],
        covers: ["expired", "deleted"],
        key: { parameter: 0, property: "key" },
      },
      {
        form: "event",
        name: "before:delete",
        registeredBy: ["onHook"],
        covers: ["expired", "deleted"],
        key: { parameter: 0, property: "key" },
      },
    ],
    methods: {
      store: [{ method: "set", value: 1, expires: { argument: 2 } }],
      look: ["get", "has"],
      delete: ["delete"],
      clear: ["clear"],
    },
    source: "https://keyv.org/docs/keyv/#using-hooks",
  },
  {
    id: "cacheable.CacheableMemory",
    label: "CacheableMemory",
    make: [
      {
        by: "construct",
        module: ["@cacheable/memory", "cacheable"],
        name: "CacheableMemory",
        options: [0],
      },
    ],
    values: { stored: true },
    policies: [
      { drops: "evicted", option: "lruSize" },
      { drops: "expired", option: "ttl" },
    ],
    // It names the key while the cache still has the value. What expires goes without a word.
    hooks: [
      {
        form: "event",
        name: "BEFORE_DELETE",
        registeredBy: ["onHook"],
        covers: ["evicted", "deleted"],
        key: { parameter: 0 },
      },
    ],
    methods: {
      store: [{ method: "set", value: 1, expires: { argument: 2 } }],
      look: ["get", "has"],
      delete: ["delete"],
      clear: ["clear"],
    },
    source: "https://cacheable.org/docs/memory/",
  },
  {
    id: "cacheable.Cacheable",
    label: "Cacheable",
    make: [{ by: "construct", module: "cacheable", name: "Cacheable", options: [0] }],
    values: { stored: true },
    policies: [{ drops: "expired", option: ["ttl", "maxTtl"] }],
    hooks: [],
    methods: {
      store: [{ method: "set", value: 1, expires: { argument: 2 } }],
      look: ["get", "has"],
      delete: ["delete"],
      clear: ["clear"],
    },
    source: "https://cacheable.org/docs/cacheable/#hooks-and-events",
  },
  {
    id: "cache-manager.Cache",
    label: "cache-manager",
    make: [{ by: "call", module: "cache-manager", name: "createCache", options: [0] }],
    values: { stored: true },
    policies: [{ drops: "expired", option: "ttl" }],
    hooks: [],
    methods: {
      store: [
        { method: "set", value: 1, expires: { argument: 2 } },
        { method: "wrap", value: 1, expires: { argument: 2 } },
      ],
      look: ["get"],
      delete: ["del"],
      clear: ["clear"],
    },
    source: "https://cacheable.org/docs/cache-manager/#events",
  },
  {
    // `LRUCache`, `LRUMap` and their `WithDelete` variants; only they have `setpop`.
    id: "mnemonist.LRU",
    label: "mnemonist LRU",
    make: [
      {
        by: "construct",
        module: "mnemonist",
        name: ["default", "LRUCache", "LRUMap", "LRUCacheWithDelete", "LRUMapWithDelete"],
      },
    ],
    withMember: "setpop",
    values: { member: "get" },
    policies: [{ drops: "evicted" }],
    hooks: [],
    methods: {
      ...mapMethods,
      store: [...mapMethods.store, { method: "setpop", value: 1, gives: true }],
      delete: ["delete"],
    },
    source: "https://yomguithereal.github.io/mnemonist/lru-cache",
  },
  {
    id: "flru.flru",
    label: "flru",
    make: [{ by: "call", module: "flru", name: ["flru", "default"] }],
    values: { member: "get" },
    policies: [{ drops: "evicted" }],
    hooks: [],
    methods: { ...mapMethods, delete: [] },
    source: "https://github.com/lukeed/flru#usage",
  },
  {
    id: "expiry-map.ExpiryMap",
    label: "ExpiryMap",
    make: [{ by: "construct", module: "expiry-map", name: ["ExpiryMap", "default"] }],
    values: { member: "get" },
    policies: [{ drops: "expired" }],
    hooks: [],
    methods: mapMethods,
    source: "https://github.com/SamVerschueren/expiry-map#usage",
  },
  {
    id: "memoize.memoize",
    label: "memoize",
    make: [
      {
        by: "call",
        module: ["memoize", "mem"],
        name: ["memoize", "mem", "default"],
        memoises: 0,
        options: [1],
      },
    ],
    values: { result: true },
    policies: [{ drops: "expired", option: "maxAge" }],
    hooks: [],
    methods: { store: [], look: [], delete: [], clear: [] },
    storeOption: "cache",
    clearedBy: { module: ["memoize", "mem"], name: ["memoizeClear", "memClear"] },
    source: "https://github.com/sindresorhus/memoize#maxage",
  },
  {
    // Without a store of its own it keeps everything.
    id: "p-memoize.pMemoize",
    label: "p-memoize",
    make: [
      { by: "call", module: "p-memoize", name: ["pMemoize", "default"], memoises: 0, options: [1] },
    ],
    values: { result: true },
    policies: [],
    hooks: [],
    methods: { store: [], look: [], delete: [], clear: [] },
    storeOption: "cache",
    clearedBy: { module: "p-memoize", name: "pMemoizeClear" },
    source: "https://github.com/sindresorhus/p-memoize#cache",
  },
  {
    // Without a map of its own it keeps everything.
    id: "dataloader.DataLoader",
    label: "DataLoader",
    make: [
      {
        by: "construct",
        module: "dataloader",
        name: ["DataLoader", "default"],
        memoises: 0,
        options: [1],
      },
    ],
    values: { member: "load" },
    policies: [],
    hooks: [],
    methods: {
      store: [{ method: "prime", value: 1 }],
      look: ["load", "loadMany"],
      delete: ["clear"],
      clear: ["clearAll"],
    },
    storeOption: "cacheMap",
    source: "https://github.com/graphql/dataloader#caching",
  },
  {
    id: "js.WeakMap",
    label: "WeakMap",
    make: [{ by: "construct", name: ["WeakMap"] }],
    values: { member: "get" },
    policies: [{ drops: "collected" }],
    hooks: [],
    methods: { ...mapMethods, look: ["get", "has"], clear: [] },
    instead: "a Map",
    source: "https://tc39.es/ecma262/#sec-weakmap-objects",
  },
];

export const caches: CatalogFamily = {
  family: "caches",
  kinds: [],
  functions: [],
  noDuty: [],
  closedWorlds: [],
  caches: kinds,
};
