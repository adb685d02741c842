/** The suggested hook, applied: the program compiles, and the rule has nothing more to say. */
import { packageSuggestions } from "../support/package-suggestions.ts";

const programs = {
  "an option": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({ max: 10 });
`,
  "an option on a line of its own": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export class Clients {
  readonly #clients = new LRUCache<string, Client>({
    max: 10,
    ttl: 1000,
  });
  get(name: string): Client | undefined {
    return this.#clients.get(name);
  }
}
`,
  "a promise": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Promise<Client>>({ max: 10 });
`,
  "an entry": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, { client: Client; since: number }>({ max: 10 });
`,
  "the key first": `
import QuickLRU from "quick-lru";
import type { Client } from "pg";
export const clients = new QuickLRU<string, Client>({ maxSize: 10 });
`,
  TTLCache: `
import { TTLCache } from "@isaacs/ttlcache";
import type { Client } from "pg";
export const clients = new TTLCache<string, Client>({ ttl: 10 });
`,
  "lru.min": `
import { createLRU } from "lru.min";
import type { Client } from "pg";
export const clients = createLRU<string, Client>({ max: 10 });
`,
  "a method": `
import { lru } from "tiny-lru";
import type { Client } from "pg";
export const clients = lru<Client>(10);
`,
  "a listener": `
import NodeCache from "node-cache";
import { Client } from "pg";
const clients = new NodeCache({ stdTTL: 60, useClones: false });
export function add(name: string): boolean {
  return clients.has(name) || clients.set(name, new Client(name));
}
`,
  "a memoised factory": `
import memoizee from "memoizee";
import { Client } from "pg";
export const clientOf = memoizee((url: string) => new Client(url), { maxAge: 1000 });
`,
  "a hook that only counts": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
let gone = 0;
export const clients = new LRUCache<string, Client>({ max: 10, dispose: (_client) => void gone++ });
export const count = (): number => gone;
`,
  "a hook with the key first": `
import QuickLRU from "quick-lru";
import type { Client } from "pg";
export const clients = new QuickLRU<string, Client>({
  maxSize: 10,
  onEviction(key, client) {
    console.log(key, client.listenerCount("error"));
  },
});
`,
  "object URLs": `
import { LRUCache } from "lru-cache";
const urls = new LRUCache<string, string>({ max: 10 });
export function show(name: string, blob: Blob): void {
  urls.set(name, URL.createObjectURL(blob));
}
`,
} as const;

/** What no hook can be written for without knowing more. */
const unsuggested = {
  "options in a constant": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
const options = { max: 10 };
export const clients = new LRUCache<string, Client>(options);
`,
  "a union": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client | "none">({ max: 10 });
`,
  "a release that needs an import": `
import { openSync } from "node:fs";
import { LRUCache } from "lru-cache";
const files = new LRUCache<string, number>({ max: 10 });
export function add(path: string): void {
  files.set(path, openSync(path, "r"));
}
`,
  "no hook to offer": `
import Keyv from "keyv";
import type { Client } from "pg";
export const clients = new Keyv<Client>({ ttl: 10 });
`,
} as const;

packageSuggestions("the suggested removal hook", "require-cache-removal-listener", {
  programs,
  unsuggested,
  /** It may close what is in use. */
  words: "may still be using",
});
