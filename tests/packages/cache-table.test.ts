/**
 * Every cache of the catalog in three states: it leaks, its hook releases what it drops, and its hook does
 * half of that. A state that a package does not have is a sentence that says why.
 */
import { catalog } from "../../src/resources/catalog/index.ts";
import { packageVerdicts } from "../support/packages.ts";
import type { Situation } from "../support/verdicts.ts";

const rule = "require-cache-removal-listener";

interface Row {
  readonly leaking: string;
  readonly hooked: string | { readonly none: string };
  /** `onlyStrict`: the hook covers some of what this cache drops. */
  readonly halfHooked: string | { readonly onlyStrict: string } | { readonly none: string };
}

const pg = `import { Client } from "pg";
async function connect(url: string): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  return client;
}`;

const rows: Readonly<Record<string, Row>> = {
  "lru-cache.LRUCache": {
    leaking: `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({ max: 10 }); //! noListener`,
    hooked: `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({ max: 10, dispose: (client) => void client.end() });`,
    halfHooked: {
      onlyStrict: `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({ //! listenerMissesRemoval
  max: 10,
  ttl: 1000,
  dispose: (client, _name, reason) => {
    if (reason === "evict") void client.end();
  },
});`,
    },
  },
  "@isaacs/ttlcache.TTLCache": {
    leaking: `
import { TTLCache } from "@isaacs/ttlcache";
import type { Client } from "pg";
export const clients = new TTLCache<string, Client>({ ttl: 1000 }); //! noListener`,
    hooked: `
import { TTLCache } from "@isaacs/ttlcache";
import type { Client } from "pg";
export const clients = new TTLCache<string, Client>({ ttl: 1000, dispose: (client) => void client.end() });`,
    halfHooked: {
      onlyStrict: `
import { TTLCache } from "@isaacs/ttlcache";
import type { Client } from "pg";
export const clients = new TTLCache<string, Client>({ //! listenerMissesRemoval
  ttl: 1000,
  max: 5,
  dispose: (client, _name, reason) => {
    if (reason === "evict") void client.end();
  },
});`,
    },
  },
  "quick-lru.QuickLRU": {
    leaking: `
import QuickLRU from "quick-lru";
import type { Client } from "pg";
export const clients = new QuickLRU<string, Client>({ maxSize: 10 }); //! noListener`,
    hooked: `
import QuickLRU from "quick-lru";
import type { Client } from "pg";
export const clients = new QuickLRU<string, Client>({
  maxSize: 10,
  onEviction: (_name, client) => void client.end(),
});`,
    halfHooked: `
import QuickLRU from "quick-lru";
import type { Client } from "pg";
export const clients = new QuickLRU<string, Client>({ //! listenerForgetsValue
  maxSize: 10,
  onEviction: (name) => console.log(name),
});`,
  },
  "lru.min.LRU": {
    leaking: `
import { createLRU } from "lru.min";
import type { Client } from "pg";
export const clients = createLRU<string, Client>({ max: 10 }); //! noListener`,
    hooked: `
import { createLRU } from "lru.min";
import type { Client } from "pg";
export const clients = createLRU<string, Client>({ max: 10, onEviction: (_name, client) => client.end() });`,
    halfHooked: `
import { createLRU } from "lru.min";
import type { Client } from "pg";
export const clients = createLRU<string, Client>({ //! listenerForgetsValue
  max: 10,
  onEviction: (name) => console.log(name),
});`,
  },
  "tiny-lru.LRU": {
    leaking: `
import { lru } from "tiny-lru";
import type { Client } from "pg";
export const clients = lru<Client>(10); //! noListener`,
    hooked: `
import { lru } from "tiny-lru";
import type { Client } from "pg";
export const clients = lru<Client>(10);
clients.onEvict(({ value }) => void value.end());`,
    halfHooked: {
      onlyStrict: `
import { lru } from "tiny-lru";
import type { Client } from "pg";
export const clients = lru<Client>(10, 1000); //! listenerMissesRemoval
clients.onEvict(({ value }) => void value.end());`,
    },
  },
  "node-cache.NodeCache": {
    leaking: `
import NodeCache from "node-cache";
import { Client } from "pg";
const clients = new NodeCache({ stdTTL: 60, useClones: false }); //! noListener
export const add = (name: string) => clients.set(name, new Client(name));`,
    hooked: `
import NodeCache from "node-cache";
import { Client } from "pg";
const clients = new NodeCache({ stdTTL: 60, useClones: false });
clients.on("del", (_name: string, client: Client) => void client.end());
export const add = (name: string) => clients.has(name) || clients.set(name, new Client(name));`,
    halfHooked: `
import NodeCache from "node-cache";
import { Client } from "pg";
const clients = new NodeCache({ stdTTL: 60, useClones: false }); //! listenerForgetsValue
clients.on("expired", (name: string) => console.log(name));
export const add = (name: string) => clients.set(name, new Client(name));`,
  },
  "memoizee.memoizee": {
    leaking: `
import memoizee from "memoizee";
${pg}
export const clientOf = memoizee(connect, { promise: true, max: 10 }); //! noListener`,
    hooked: `
import memoizee from "memoizee";
import { Client } from "pg";
export const clientOf = memoizee((url: string) => new Client(url), {
  max: 10,
  dispose: (client: Client) => void client.end(),
});`,
    halfHooked: `
import memoizee from "memoizee";
import { Client } from "pg";
export const clientOf = memoizee((url: string) => new Client(url), { //! listenerForgetsValue
  max: 10,
  dispose: (client: Client) => console.log(client.listenerCount("end")),
});`,
  },
  "lru_map.LRUMap": {
    leaking: `
import { LRUMap } from "lru_map";
import type { Client } from "pg";
export const clients = new LRUMap<string, Client>(10); //! noListener`,
    hooked: `
import { LRUMap } from "lru_map";
import type { Client } from "pg";
class Clients extends LRUMap<string, Client> {
  override shift(): [string, Client] | undefined {
    const entry = super.shift();
    void entry?.[1].end();
    return entry;
  }
}
export const clients = new Clients(10);`,
    halfHooked: `
import { LRUMap } from "lru_map";
import type { Client } from "pg";
class Clients extends LRUMap<string, Client> {
  override shift(): [string, Client] | undefined {
    const entry = super.shift();
    console.log(entry?.[0]);
    return entry;
  }
}
export const clients = new Clients(10); //! listenerForgetsValue`,
  },
  "keyv.Keyv": {
    leaking: `
import Keyv from "keyv";
import type { Client } from "pg";
export const clients = new Keyv<Client>({ ttl: 1000 }); //! noListenerOffered`,
    hooked: `
import Keyv, { KeyvHooks } from "keyv";
import type { Client } from "pg";
const store = new Map<string, { readonly value: Client }>();
export const clients = new Keyv<Client>({ store, ttl: 1000 });
clients.hooks.addHandler(KeyvHooks.PRE_DELETE, ({ key }: { key: string }) => void store.get(key)?.value.end());`,
    halfHooked: `
import Keyv from "keyv";
import type { Client } from "pg";
export const clients = new Keyv<Client>({ ttl: 1000 }); //! listenerForgetsValue
clients.hooks.addHandler("preDelete", ({ key }: { key: string }) => console.log(key));`,
  },
  "cacheable.CacheableMemory": {
    leaking: `
import { CacheableMemory } from "cacheable";
import { Client } from "pg";
const clients = new CacheableMemory({ lruSize: 10, useClone: false }); //! noListenerOffered
export const add = (name: string) => clients.set(name, new Client(name));`,
    hooked: `
import { CacheableMemory } from "cacheable";
import { Client } from "pg";
const clients = new CacheableMemory({ lruSize: 10, useClone: false });
clients.onHook("BEFORE_DELETE", (name: string) => void clients.get<Client>(name)?.end());
export const add = (name: string) => clients.has(name) || clients.set(name, new Client(name));`,
    halfHooked: {
      onlyStrict: `
import { CacheableMemory } from "cacheable";
import { Client } from "pg";
const clients = new CacheableMemory({ lruSize: 10, ttl: "1h", useClone: false }); //! listenerMissesRemoval
clients.onHook("BEFORE_DELETE", (name: string) => void clients.get<Client>(name)?.end());
export const add = (name: string) => clients.has(name) || clients.set(name, new Client(name));`,
    },
  },
  "cacheable.Cacheable": {
    leaking: `
import { Cacheable } from "cacheable";
import { Client } from "pg";
const clients = new Cacheable({ ttl: 1000 }); //! noListenerOffered
export async function add(name: string): Promise<void> {
  await clients.set(name, new Client(name));
}`,
    hooked: {
      none: "CacheableHooks names hooks for get and set alone, and the events are hits, misses and errors: nobody hears of a removal.",
    },
    halfHooked: `
import { Cacheable, CacheableHooks } from "cacheable";
import { Client } from "pg";
const clients = new Cacheable({ ttl: 1000 }); //! noListenerOffered
clients.onHook(CacheableHooks.AFTER_SET, ({ key }) => console.log(key));
export async function add(name: string): Promise<void> {
  await clients.set(name, new Client(name));
}`,
  },
  "cache-manager.Cache": {
    leaking: `
import { createCache } from "cache-manager";
import { Client } from "pg";
const clients = createCache({ ttl: 1000 }); //! noListenerOffered
export async function add(name: string): Promise<void> {
  await clients.set(name, new Client(name));
}`,
    hooked: {
      none: "The event 'del' comes after the value is gone and names its key; nothing is told of an expiry.",
    },
    halfHooked: `
import { createCache } from "cache-manager";
import { Client } from "pg";
const clients = createCache({ ttl: 1000 }); //! noListenerOffered
clients.on("del", ({ key }) => console.log(key));
export async function add(name: string): Promise<void> {
  await clients.set(name, new Client(name));
}`,
  },
  "mnemonist.LRU": {
    leaking: `
import { LRUCache } from "mnemonist";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>(10); //! noListenerOffered`,
    hooked: `
import { LRUCache } from "mnemonist";
import { Client } from "pg";
const clients = new LRUCache<string, Client>(10);
export function add(name: string): void {
  void clients.setpop(name, new Client(name))?.value.end();
}`,
    halfHooked: `
import { LRUCache } from "mnemonist";
import { Client } from "pg";
const clients = new LRUCache<string, Client>(10); //! noListenerOffered
export function add(name: string): void {
  console.log(clients.setpop(name, new Client(name))?.key);
}`,
  },
  "flru.flru": {
    leaking: `
import flru from "flru";
import type { Client } from "pg";
export const clients = flru.default<Client>(10); //! noListenerOffered`,
    hooked: { none: "It has has, get, set and clear, and tells nobody what it drops." },
    halfHooked: { none: "It takes no function and is no emitter." },
  },
  "expiry-map.ExpiryMap": {
    leaking: `
import ExpiryMap from "expiry-map";
import type { Client } from "pg";
export const clients = new ExpiryMap<string, Client>(1000); //! noListenerOffered`,
    hooked: {
      none: "It takes the milliseconds and a list of entries, and tells nobody what it drops.",
    },
    halfHooked: { none: "It takes no function and is no emitter." },
  },
  "memoize.memoize": {
    leaking: `
import memoize from "memoize";
import { Client } from "pg";
export const clientOf = memoize((url: string) => new Client(url), { maxAge: 1000 }); //! noListenerOffered`,
    hooked: `
import memoize from "memoize";
import QuickLRU from "quick-lru";
import { Client } from "pg";
export const clientOf = memoize((url: string) => new Client(url), {
  cache: new QuickLRU<string, { data: Client; maxAge: number }>({
    maxSize: 10,
    onEviction: (_url, { data }) => void data.end(),
  }),
});`,
    halfHooked: `
import memoize, { memoizeClear } from "memoize";
import { Client } from "pg";
const clientOf = memoize((url: string) => new Client(url)); //! droppedUnreleased
export const client = (url: string) => clientOf(url);
export function reset(): void {
  memoizeClear(clientOf);
}`,
  },
  "p-memoize.pMemoize": {
    leaking: `
import pMemoize, { pMemoizeClear } from "p-memoize";
${pg}
const clientOf = pMemoize(connect); //! droppedUnreleased
export const client = (url: string) => clientOf(url);
export function reset(): void {
  pMemoizeClear(clientOf);
}`,
    hooked: `
import pMemoize from "p-memoize";
import QuickLRU from "quick-lru";
${pg}
export const clientOf = pMemoize(connect, {
  cache: new QuickLRU<string, Client>({ maxSize: 10, onEviction: (_url, client) => void client.end() }),
});`,
    halfHooked: `
import pMemoize from "p-memoize";
import QuickLRU from "quick-lru";
${pg}
export const clientOf = pMemoize(connect, {
  cache: new QuickLRU<string, Client>({ maxSize: 10, onEviction: (url) => console.log(url) }), //! listenerForgetsValue
});`,
  },
  "dataloader.DataLoader": {
    leaking: `
import DataLoader from "dataloader";
import { Client } from "pg";
const clients = new DataLoader<string, Client>(async (urls) => urls.map((url) => new Client(url))); //! droppedUnreleased
export const client = (url: string) => clients.load(url);
export function reset(): void {
  clients.clearAll();
}`,
    hooked: `
import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";
import { Client } from "pg";
export const clients = new DataLoader<string, Client>(async (urls) => urls.map((url) => new Client(url)), {
  cacheMap: new LRUCache<string, Promise<Client>>({
    max: 10,
    dispose: (pending) => void pending.then((client) => client.end()),
  }),
});`,
    halfHooked: `
import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";
import { Client } from "pg";
export const clients = new DataLoader<string, Client>(async (urls) => urls.map((url) => new Client(url)), {
  cacheMap: new LRUCache<string, Promise<Client>>({ max: 10, dispose: () => console.log("gone") }), //! listenerForgetsValue
});`,
  },
  "js.WeakMap": {
    leaking: `
import { Client } from "pg";
const clients = new WeakMap<object, Client>(); //! noListenerOffered
export function clientOf(request: object): Client {
  const client = clients.get(request) ?? new Client();
  clients.set(request, client);
  return client;
}`,
    hooked: { none: "The garbage collector tells nobody which value went with its key." },
    halfHooked: {
      none: "A FinalizationRegistry is told of the key when the value is out of reach.",
    },
  },
};

const olderLru: Row = {
  leaking: `
import LRU from "lru-cache";
import type { Client } from "pg";
export const clients = new LRU<string, Client>({ max: 10, maxAge: 1000 }); //! noListener`,
  hooked: `
import LRU from "lru-cache";
import type { Client } from "pg";
export const clients = new LRU<string, Client>({ max: 10, dispose: (_name, client) => void client.end() });`,
  halfHooked: `
import LRU from "lru-cache";
import type { Client } from "pg";
export const clients = new LRU<string, Client>({ max: 10, dispose: (name) => console.log(name) }); //! listenerForgetsValue`,
};

function situationOf({ leaking, hooked, halfHooked }: Row): Situation {
  const half = typeof halfHooked === "string" ? { "half-hooked": halfHooked } : {};
  return {
    leak: { leaking, ...half },
    fine: typeof hooked === "string" ? { hooked } : {},
    strict:
      typeof halfHooked !== "string" && "onlyStrict" in halfHooked
        ? { "half-hooked": halfHooked.onlyStrict }
        : {},
  };
}

packageVerdicts(
  rule,
  "each cache of the catalog",
  Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, situationOf(row)])),
);

packageVerdicts(
  rule,
  "each cache of the catalog, older types",
  { "lru-cache.LRUCache.6": situationOf(olderLru) },
  { versions: { "@types/lru-cache": "lru-cache-6", "lru-cache": "lru-cache-6" } },
);

it("is every cache of the catalog", () => {
  const known = catalog.flatMap(({ caches = [] }) => caches.map(({ id }) => id));
  expect([...Object.keys(rows), "lru-cache.LRUCache.6"].sort()).toEqual(known.sort());
});

it.each(Object.entries(rows))("%s: a state that is missing has a reason", (_id, row) => {
  for (const state of [row.hooked, row.halfHooked])
    if (typeof state === "object" && "none" in state) expect(state.none).toMatch(/^[A-Z].{20,}\.$/);
});
