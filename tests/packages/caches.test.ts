/** Caches of the ecosystem: one that leaks, one with a hook, one whose hook leaves something out. */
import { packageVerdicts } from "../support/packages.ts";

const rule = "require-cache-removal-listener";

packageVerdicts(rule, "lru-cache", {
  "evicts and expires": {
    leak: {
      "without a hook": `
import { LRUCache } from "lru-cache";
import { Client } from "pg";
export const clients = new LRUCache<string, Client>({ max: 10, ttl: 60_000 }); //! noListener`,
      "a field": `
import { LRUCache } from "lru-cache";
import { Client } from "pg";
export class Clients {
  readonly #clients = new LRUCache<string, Client>({ max: 10 }); //! noListener
  get(name: string): Client | undefined {
    return this.#clients.get(name);
  }
}`,
      "the type is in the annotation": `
import { LRUCache as Lru } from "lru-cache";
import { Client } from "pg";
export const clients: Lru<string, Client> = new Lru({ max: 10 }); //! noListener`,
      "a subclass": `
import { LRUCache } from "lru-cache";
import { Client } from "pg";
export class Clients extends LRUCache<string, Client> {
  constructor() {
    super({ max: 10 }); //! noListener
  }
}`,
      "fetches its values": `
import { LRUCache } from "lru-cache";
import { Client } from "pg";
export const clients = new LRUCache({ //! noListener
  max: 10,
  fetchMethod: async (url: string) => {
    const client = new Client(url);
    await client.connect();
    return client;
  },
});`,
      "a promise of it": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Promise<Client>>({ max: 10 }); //! noListener`,
      "in an entry": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
interface Entry {
  readonly client: Client;
  readonly since: number;
}
export const clients = new LRUCache<string, Entry>({ ttl: 1000, ttlAutopurge: true }); //! noListener`,
      "in a tuple": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, readonly [Client, number]>({ max: 5 }); //! noListener`,
      "in a union": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client | "none">({ max: 5 }); //! noListener`,
      "a hook that only counts": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
let gone = 0;
export const clients = new LRUCache<string, Client>({ max: 10, dispose: () => void gone++ }); //! listenerForgetsValue
export const count = (): number => gone;`,
      "a hook that asks the value": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({ //! listenerForgetsValue
  max: 10,
  dispose(client, key) {
    console.log(key, client.listenerCount("error"));
  },
});`,
      "a hook that releases the key": `
import { closeSync } from "node:fs";
import { openSync } from "node:fs";
import { LRUCache } from "lru-cache";
export const files = new LRUCache<number, number>({ max: 10, dispose: (_file, key) => closeSync(key) }); //! listenerReleasesKey
export function add(key: number, path: string): void {
  files.set(key, openSync(path, "r"));
}`,
      "only the hook for what is overwritten is of use, and nothing is": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({ //! listenerMissesRemoval
  ttl: 1000,
  ttlAutopurge: true,
  dispose: (client, _key, reason) => {
    if (reason === "set") void client.end();
  },
});`,
      "options in a constant": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
const options = { max: 10 };
export const clients = new LRUCache<string, Client>(options); //! noListener`,
      "options made by a function": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
function limits(max: number) {
  return { max, ttl: 60_000 };
}
export const clients = new LRUCache<string, Client>({ ...limits(10), allowStale: true }); //! noListener`,
      "object URLs": `
import { LRUCache } from "lru-cache";
const urls = new LRUCache<string, string>({ max: 10 }); //! noListener
export function show(name: string, blob: Blob): string {
  const url = URL.createObjectURL(blob);
  urls.set(name, url);
  return url;
}`,
    },
    fine: {
      "a hook": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({ max: 10, dispose: (client) => void client.end() });`,
      "a hook that runs after": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({
  max: 10,
  disposeAfter(client) {
    client.end().catch(console.error);
  },
});`,
      "a function of the file": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
async function end(client: Client): Promise<void> {
  await client.end();
}
export const clients = new LRUCache<string, Client>({ max: 10, dispose: end });`,
      "a method": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export class Clients {
  readonly #clients = new LRUCache<string, Client>({ max: 10, dispose: this.#end.bind(this) });
  get(name: string): Client | undefined {
    return this.#clients.get(name);
  }
  #end(client: Client): void {
    client.end().catch(console.error);
  }
}`,
      "an entry": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
interface Entry {
  readonly client: Client;
  readonly since: number;
}
export const clients = new LRUCache<string, Entry>({
  ttl: 1000,
  ttlAutopurge: true,
  dispose: ({ client }) => void client.end(),
});`,
      "a promise": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Promise<Client>>({
  max: 10,
  dispose: (pending) => {
    pending.then((client) => client.end()).catch(console.error);
  },
});`,
      "options in a constant": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
const options = { max: 10, dispose: (client: Client): void => void client.end() };
export const clients = new LRUCache<string, Client>(options);`,
      "options that cannot be seen": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export function clients(options: LRUCache.Options<string, Client, unknown>): LRUCache<string, Client> {
  return new LRUCache<string, Client>({ ...options, max: 10 });
}`,
      "counts its users": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
interface Lent {
  readonly client: Client;
  users: number;
  gone: boolean;
}
export const clients = new LRUCache<string, Lent>({
  max: 10,
  dispose: (lent) => {
    lent.gone = true;
    if (lent.users === 0) void lent.client.end();
  },
});`,
      "values that owe nothing": `
import { LRUCache } from "lru-cache";
export const pages = new LRUCache<string, { readonly text: string }>({ max: 10 });
export const hits = new LRUCache<string, number>({ max: 10 });
export const lists = new LRUCache<string, Uint8Array>({ max: 10 });`,
      "no bound": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({ ttl: 0, ttlAutopurge: true });`,
      "holds what belongs to somebody else": `
import { LRUCache } from "lru-cache";
import type { Socket } from "node:net";
import { createServer } from "node:net";
const recent = new LRUCache<string, Socket>({ max: 10 });
createServer((socket) => {
  recent.set(String(socket.remoteAddress), socket);
}).listen(80);`,
    },
    strict: {
      "not what is overwritten": `
import { LRUCache } from "lru-cache";
import { Client } from "pg";
const clients = new LRUCache<string, Client>({ //! listenerMissesRemoval
  max: 10,
  noDisposeOnSet: true,
  dispose: (client) => void client.end(),
});
export function renew(name: string): void {
  clients.set(name, new Client(name));
}`,
      "not what expires": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({ //! listenerMissesRemoval
  max: 10,
  ttl: 1000,
  dispose: (client, _name, reason) => {
    if (reason !== "expire") void client.end();
  },
});`,
    },
  },
});

packageVerdicts(
  rule,
  "lru-cache, older types",
  {
    "the key comes first": {
      leak: {
        "without a hook": `
import LRU from "lru-cache";
import type { Client } from "pg";
export const clients = new LRU<string, Client>({ max: 10, maxAge: 1000 }); //! noListener`,
        "the key for the value": `
import LRU from "lru-cache";
import { openSync, closeSync } from "node:fs";
const files = new LRU<number, number>({ max: 10, dispose: (file) => closeSync(file) }); //! listenerReleasesKey
export function add(id: number, path: string): void {
  files.set(id, openSync(path, "r"));
}`,
      },
      fine: {
        "a hook": `
import LRU from "lru-cache";
import type { Client } from "pg";
export const clients = new LRU<string, Client>({ max: 10, dispose: (_name, client) => void client.end() });`,
      },
      strict: {
        "not what is overwritten": `
import LRU from "lru-cache";
import { Client } from "pg";
const clients = new LRU<string, Client>({ //! listenerMissesRemoval
  max: 10,
  noDisposeOnSet: true,
  dispose: (_name, client) => void client.end(),
});
export function renew(name: string): void {
  clients.set(name, new Client(name));
}`,
      },
    },
  },
  { versions: { "@types/lru-cache": "lru-cache-6", "lru-cache": "lru-cache-6" } },
);

packageVerdicts(rule, "@isaacs/ttlcache", {
  expires: {
    leak: {
      "without a hook": `
import { TTLCache } from "@isaacs/ttlcache";
import type { Client } from "pg";
export const clients = new TTLCache<string, Client>({ ttl: 1000 }); //! noListener`,
      "the life of one entry": `
import { TTLCache } from "@isaacs/ttlcache";
import { Client } from "pg";
const clients = new TTLCache<string, Client>(); //! noListener
export function add(name: string): void {
  clients.set(name, new Client(name), { ttl: 1000 });
}`,
    },
    fine: {
      "a hook": `
import { TTLCache } from "@isaacs/ttlcache";
import type { Client } from "pg";
export const clients = new TTLCache<string, Client>({ ttl: 1000, dispose: (client) => void client.end() });`,
      "a hook assigned later": `
import { TTLCache } from "@isaacs/ttlcache";
import type { Client } from "pg";
export const clients = new TTLCache<string, Client>({ ttl: 1000 });
clients.dispose = (client) => client.end();`,
      "a hook of the subclass": `
import { TTLCache } from "@isaacs/ttlcache";
import type { Client } from "pg";
export class Clients extends TTLCache<string, Client> {
  override dispose = (client: Client): void => void client.end();
}
export const clients = new Clients({ ttl: 1000 });`,
    },
    strict: {
      "not what is stale": `
import { TTLCache } from "@isaacs/ttlcache";
import type { Client } from "pg";
export const clients = new TTLCache<string, Client>({ //! listenerMissesRemoval
  ttl: 1000,
  max: 5,
  dispose: (client, _name, reason) => {
    if (reason === "stale") return;
    client.end();
  },
});`,
    },
  },
});

packageVerdicts(rule, "quick-lru", {
  evicts: {
    leak: {
      "without a hook": `
import QuickLRU from "quick-lru";
import type { Client } from "pg";
export const clients = new QuickLRU<string, Client>({ maxSize: 10 }); //! noListener`,
      "under a name of its own": `
import Recent from "quick-lru";
import type { Client } from "pg";
export const clients = new Recent<string, Client>({ maxSize: 10, maxAge: 1000 }); //! noListener`,
    },
    fine: {
      "a hook": `
import QuickLRU from "quick-lru";
import type { Client } from "pg";
export const clients = new QuickLRU<string, Client>({
  maxSize: 10,
  onEviction: (_name, client) => void client.end(),
});`,
      "what the hook does not see is released by hand": `
import QuickLRU from "quick-lru";
import { Client } from "pg";
const clients = new QuickLRU<string, Client>({
  maxSize: 10,
  onEviction: (_name, client) => void client.end(),
});
export function client(name: string): Client {
  const known = clients.get(name);
  if (known !== undefined) return known;
  const made = new Client(name);
  clients.set(name, made);
  return made;
}
export function drop(name: string): void {
  void clients.get(name)?.end();
  clients.delete(name);
}`,
    },
    strict: {
      "deletes without releasing": `
import QuickLRU from "quick-lru";
import { Client } from "pg";
const clients = new QuickLRU<string, Client>({ //! listenerMissesRemoval
  maxSize: 10,
  onEviction: (_name, client) => void client.end(),
});
export function client(name: string): Client {
  const known = clients.get(name);
  if (known !== undefined) return known;
  const made = new Client(name);
  clients.set(name, made);
  return made;
}
export function drop(name: string): void {
  clients.delete(name);
}`,
    },
  },
});

packageVerdicts(rule, "lru.min", {
  evicts: {
    leak: {
      "without a hook": `
import { createLRU } from "lru.min";
import type { Client } from "pg";
export const clients = createLRU<string, Client>({ max: 10 }); //! noListener`,
    },
    fine: {
      "a hook": `
import { createLRU } from "lru.min";
import type { Client } from "pg";
export const clients = createLRU<string, Client>({ max: 10, onEviction: (_name, client) => client.end() });`,
    },
  },
  "a hook that does not release": {
    leak: {
      "it logs": `
import { createLRU } from "lru.min";
import type { Client } from "pg";
export const clients = createLRU<string, Client>({ //! listenerForgetsValue
  max: 10,
  onEviction: (name) => console.log(name),
});`,
    },
  },
});

packageVerdicts(rule, "tiny-lru", {
  evicts: {
    leak: {
      "without a hook": `
import { lru } from "tiny-lru";
import type { Client } from "pg";
export const clients = lru<Client>(10); //! noListener`,
      "the class": `
import { LRU } from "tiny-lru";
import type { Client } from "pg";
export const clients = new LRU<Client>(10); //! noListener`,
      "only expires, which the hook does not see": `
import { lru } from "tiny-lru";
import type { Client } from "pg";
export const clients = lru<Client>(0, 1000); //! noListenerOffered`,
    },
    fine: {
      "a hook": `
import { lru } from "tiny-lru";
import type { Client } from "pg";
export const clients = lru<Client>(10);
clients.onEvict(({ value }) => void value.end());`,
      "on the spot": `
import { lru } from "tiny-lru";
import type { Client } from "pg";
export const clients = lru<Client>(10).onEvict((item) => void item.value.end());`,
    },
    strict: {
      "not what expires": `
import { lru } from "tiny-lru";
import type { Client } from "pg";
export const clients = lru<Client>(10, 1000); //! listenerMissesRemoval
clients.onEvict(({ value }) => void value.end());`,
    },
  },
});

packageVerdicts(rule, "node-cache", {
  expires: {
    leak: {
      "without a listener": `
import NodeCache from "node-cache";
import { Client } from "pg";
const clients = new NodeCache({ stdTTL: 60, useClones: false }); //! noListener
export function add(name: string): void {
  clients.set(name, new Client(name));
}`,
    },
    fine: {
      "a listener": `
import NodeCache from "node-cache";
import { Client } from "pg";
const clients = new NodeCache({ stdTTL: 60, useClones: false });
clients.on("del", (_name: string, client: Client) => void client.end());
export function add(name: string): boolean {
  if (clients.has(name)) return false;
  return clients.set(name, new Client(name));
}`,
      "never expires": `
import NodeCache from "node-cache";
import { Client } from "pg";
const clients = new NodeCache({ useClones: false });
export function add(name: string): boolean {
  if (clients.has(name)) return false;
  return clients.set(name, new Client(name));
}`,
    },
    strict: {
      "flushes without releasing": `
import NodeCache from "node-cache";
import { Client } from "pg";
const clients = new NodeCache({ stdTTL: 60, useClones: false }); //! listenerMissesRemoval
clients.on("del", (_name: string, client: Client) => void client.end());
export function add(name: string): boolean {
  if (clients.has(name)) return false;
  return clients.set(name, new Client(name));
}
export function reset(): void {
  clients.flushAll();
}`,
    },
  },
});

packageVerdicts(rule, "memoizee", {
  "a memoised factory": {
    leak: {
      "without a hook": `
import memoizee from "memoizee";
import { Client } from "pg";
export const clientOf = memoizee((url: string) => new Client(url), { maxAge: 1000 }); //! noListener`,
      "a promise of it": `
import memoizee from "memoizee";
import { Client } from "pg";
async function connect(url: string): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  return client;
}
export const clientOf = memoizee(connect, { promise: true, max: 10 }); //! noListener`,
    },
    fine: {
      "a hook": `
import memoizee from "memoizee";
import { Client } from "pg";
export const clientOf = memoizee((url: string) => new Client(url), {
  maxAge: 1000,
  dispose: (client: Client) => void client.end(),
});`,
      "keeps everything": `
import memoizee from "memoizee";
import { Client } from "pg";
export const clientOf = memoizee((url: string) => new Client(url));`,
    },
  },
  "a hook that does not release": {
    leak: {
      "it logs": `
import memoizee from "memoizee";
import { Client } from "pg";
export const clientOf = memoizee((url: string) => new Client(url), { //! listenerForgetsValue
  max: 10,
  dispose: (client: Client) => console.log(client.listenerCount("end")),
});`,
    },
  },
});

packageVerdicts(rule, "lru_map", {
  evicts: {
    leak: {
      "without an override": `
import { LRUMap } from "lru_map";
import type { Client } from "pg";
export const clients = new LRUMap<string, Client>(10); //! noListener`,
    },
    fine: {
      "an override": `
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
    },
    strict: {
      "clears without releasing": `
import { LRUMap } from "lru_map";
import type { Client } from "pg";
class Clients extends LRUMap<string, Client> {
  override shift(): [string, Client] | undefined {
    const entry = super.shift();
    void entry?.[1].end();
    return entry;
  }
}
const clients = new Clients(10); //! listenerMissesRemoval
export function reset(): void {
  clients.clear();
}`,
    },
  },
});

packageVerdicts(rule, "caches without a hook", {
  "drop what nobody releases": {
    leak: {
      keyv: `
import Keyv from "keyv";
import type { Client } from "pg";
export const clients = new Keyv<Client>({ ttl: 1000 }); //! noListenerOffered`,
      "keyv, with a store": `
import { Keyv } from "keyv";
import type { Client } from "pg";
export const clients = new Keyv<Client>(new Map(), { ttl: 1000 }); //! noListenerOffered`,
      CacheableMemory: `
import { CacheableMemory } from "cacheable";
import { Client } from "pg";
const clients = new CacheableMemory({ lruSize: 10, ttl: "1h", useClone: false }); //! noListenerOffered
export function add(name: string): void {
  clients.set(name, new Client(name));
}`,
      Cacheable: `
import { Cacheable } from "cacheable";
import { Client } from "pg";
const clients = new Cacheable({ ttl: 1000 }); //! noListenerOffered
export async function add(name: string): Promise<void> {
  await clients.set(name, new Client(name));
}`,
      "cache-manager": `
import { createCache } from "cache-manager";
import { Client } from "pg";
const clients = createCache({ ttl: 1000 }); //! noListenerOffered
export async function add(name: string): Promise<void> {
  await clients.set(name, new Client(name));
}`,
      "cache-manager, what a function brings": `
import { createCache } from "cache-manager";
import { Client } from "pg";
const clients = createCache({ ttl: 1000 }); //! noListenerOffered
export const get = (name: string) => clients.wrap(name, async () => await Promise.resolve(new Client(name)));`,
      "cache-manager, the life of one entry": `
import { createCache } from "cache-manager";
import { Client } from "pg";
const clients = createCache(); //! noListenerOffered
export async function add(name: string): Promise<void> {
  await clients.set(name, new Client(name), 1000);
}`,
      "mnemonist LRUCache": `
import { LRUCache } from "mnemonist";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>(10); //! noListenerOffered`,
      "mnemonist LRUMapWithDelete": `
import { LRUMapWithDelete } from "mnemonist";
import type { Client } from "pg";
export const clients = new LRUMapWithDelete<string, Client>(10); //! noListenerOffered`,
      "mnemonist, by the file": `
import LRUMap from "mnemonist/lru-map";
import type { Client } from "pg";
export const clients = new LRUMap.default<string, Client>(10); //! noListenerOffered`,
      flru: `
import flru from "flru";
import type { Client } from "pg";
export const clients = flru.default<Client>(10); //! noListenerOffered`,
      "expiry-map": `
import ExpiryMap from "expiry-map";
import type { Client } from "pg";
export const clients = new ExpiryMap<string, Client>(1000); //! noListenerOffered`,
      memoize: `
import memoize from "memoize";
import { Client } from "pg";
export const clientOf = memoize((url: string) => new Client(url), { maxAge: 1000 }); //! noListenerOffered`,
      "p-memoize, with a store": `
import pMemoize from "p-memoize";
import QuickLRU from "quick-lru";
import { Client } from "pg";
async function connect(url: string): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  return client;
}
export const clientOf = pMemoize(connect, {
  cache: new QuickLRU({ maxSize: 10 }), //! noListener
});`,
      "dataloader, with a store": `
import DataLoader from "dataloader";
import { LRUMap } from "lru_map";
import { Client } from "pg";
async function connect(urls: readonly string[]): Promise<Client[]> {
  return urls.map((url) => new Client(url));
}
export const clients = new DataLoader<string, Client>(connect, {
  cacheMap: new LRUMap(10), //! noListener
});`,
      "dataloader, cleared": `
import DataLoader from "dataloader";
import { Client } from "pg";
async function connect(urls: readonly string[]): Promise<Client[]> {
  return urls.map((url) => new Client(url));
}
const clients = new DataLoader<string, Client>(connect); //! droppedUnreleased
export function load(url: string): Promise<Client> {
  return clients.load(url);
}
export function reset(): void {
  clients.clearAll();
}`,
      WeakMap: `
import { Client } from "pg";
const clients = new WeakMap<object, Client>(); //! noListenerOffered
export function clientOf(request: object): Client {
  let client = clients.get(request);
  if (client === undefined) {
    client = new Client();
    clients.set(request, client);
  }
  return client;
}`,
    },
    fine: {
      "keyv, without expiry": `
import Keyv from "keyv";
import type { Client } from "pg";
export const clients = new Keyv<Client>();`,
      "keyv, of texts": `
import Keyv from "keyv";
export const texts = new Keyv<string>({ ttl: 1000 });`,
      "p-memoize keeps everything": `
import pMemoize from "p-memoize";
import { Client } from "pg";
async function connect(url: string): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  return client;
}
export const clientOf = pMemoize(connect);`,
      "p-memoize, with a store that has a hook": `
import pMemoize from "p-memoize";
import QuickLRU from "quick-lru";
import { Client } from "pg";
async function connect(url: string): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  return client;
}
export const clientOf = pMemoize(connect, {
  cache: new QuickLRU<string, Client>({ maxSize: 10, onEviction: (_url, client) => void client.end() }),
});`,
      "dataloader of plain values": `
import DataLoader from "dataloader";
const users = new DataLoader<string, { readonly name: string }>(async (ids) => ids.map((name) => ({ name })));
export function reset(): void {
  users.clearAll();
}`,
      "a weak map that is told of the end": `
import { Client } from "pg";
const clients = new WeakMap<object, Client>();
export function open(request: object): void {
  clients.set(request, new Client());
}
export async function done(request: object): Promise<void> {
  await clients.get(request)?.end();
}`,
      "a weak map of plain values": `
const names = new WeakMap<object, { readonly name: string }>();
export function name(key: object, value: string): void {
  names.set(key, { name: value });
}`,
    },
  },
});

packageVerdicts(rule, "caches that give out what they remove", {
  "to make room": {
    leak: {
      "tiny-lru, and only the key is looked at": `
import { lru } from "tiny-lru";
import { Client } from "pg";
const clients = lru<Client>(10); //! listenerForgetsValue
clients.onEvict(({ key }) => console.log(key));
export const add = (name: string) => clients.set(name, new Client(name));`,
      "mnemonist, and only the key is looked at": `
import { LRUCache } from "mnemonist";
import { Client } from "pg";
const clients = new LRUCache<string, Client>(10); //! noListenerOffered
export function add(name: string): void {
  const gone = clients.setpop(name, new Client(name));
  if (gone) console.log(gone.key);
}`,
      "mnemonist, one place throws it away": `
import { LRUCache } from "mnemonist";
import { Client } from "pg";
const clients = new LRUCache<string, Client>(10); //! noListenerOffered
export function add(name: string): void {
  void clients.setpop(name, new Client(name))?.value.end();
}
export function warm(name: string): void {
  clients.set(name, new Client(name));
}`,
    },
    fine: {
      tinyLru: `
import { lru } from "tiny-lru";
import { Client } from "pg";
const clients = lru<Client>(10);
export function add(name: string): void {
  const gone = clients.setWithEvicted(name, new Client(name));
  if (gone) void gone.value.end();
}`,
      mnemonist: `
import { LRUCache } from "mnemonist";
import { Client } from "pg";
const clients = new LRUCache<string, Client>(10);
export function add(name: string): void {
  const gone = clients.setpop(name, new Client(name));
  void gone?.value.end();
}`,
    },
  },
  "half of a hook": {
    leak: {
      "keyv hears when it is emptied": `
import Keyv from "keyv";
import type { Client } from "pg";
const clients = new Keyv<Client>({ ttl: 1000 }); //! noListenerOffered
clients.on("clear", () => console.log("cleared"));
export const get = (name: string) => clients.get(name);`,
      "cache-manager tells the key": `
import { createCache } from "cache-manager";
import { Client } from "pg";
const clients = createCache({ ttl: 1000 }); //! noListenerOffered
clients.on("del", ({ key }) => console.log(key));
export async function add(name: string): Promise<void> {
  await clients.set(name, new Client(name));
}`,
      "node-cache tells of the end, and nobody releases": `
import NodeCache from "node-cache";
import { Client } from "pg";
const clients = new NodeCache({ stdTTL: 60, useClones: false }); //! listenerForgetsValue
clients.on("expired", (name: string) => console.log(name));
export const add = (name: string) => clients.set(name, new Client(name));`,
      "dataloader, with a store whose hook counts": `
import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";
import { Client } from "pg";
let gone = 0;
export const clients = new DataLoader<string, Client>(async (urls) => urls.map((url) => new Client(url)), {
  cacheMap: new LRUCache<string, Promise<Client>>({ max: 10, dispose: () => void gone++ }), //! listenerForgetsValue
});
export const count = (): number => gone;`,
    },
    fine: {
      "dataloader, with a store that has a hook": `
import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";
import { Client } from "pg";
export const clients = new DataLoader<string, Client>(async (urls) => urls.map((url) => new Client(url)), {
  cacheMap: new LRUCache<string, Promise<Client>>({
    max: 10,
    dispose: (pending) => void pending.then((client) => client.end()),
  }),
});`,
    },
  },
  "options that a function completes": {
    leak: {
      "of a type that has no hook": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
const limited = (limits: { max: number }) => ({ ...limits, ttl: 60_000 });
export const clients = new LRUCache<string, Client>(limited({ max: 10 })); //! noListener`,
    },
    fine: {
      "of any type": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
const limited = <Given extends object>(given: Given) => ({ ...given, ttl: 60_000 });
export const clients = new LRUCache<string, Client>(
  limited({ max: 10, dispose: (client: Client): void => void client.end() }),
);`,
    },
  },
});
