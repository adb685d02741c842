/** Section F(51) of the verdicts: caches of packages, and weak maps. */
import { packageVerdicts } from "../../support/packages.ts";
import { verdicts } from "../../support/verdicts.ts";

const rule = "require-cache-removal-listener";

verdicts(rule, "F, weak maps", {
  "51. a weak map of closeables": {
    leak: {
      "a module variable": `
import { openSync } from "node:fs";
const logs = new WeakMap<object, number>(); //! noListenerOffered
export function logOf(request: object): number {
  const known = logs.get(request);
  if (known !== undefined) return known;
  const log = openSync("request.log", "a");
  logs.set(request, log);
  return log;
}`,
      "a field": `
import { createWriteStream, type WriteStream } from "node:fs";
export class Logs {
  readonly #logs = new WeakMap<object, WriteStream>(); //! noListenerOffered
  of(request: object): WriteStream {
    let log = this.#logs.get(request);
    if (!log) this.#logs.set(request, (log = createWriteStream("request.log")));
    return log;
  }
}`,
      "in an entry": `
import { createWriteStream, type WriteStream } from "node:fs";
const logs = new WeakMap<object, { log: WriteStream; lines: number }>(); //! noListenerOffered
export function start(request: object): void {
  logs.set(request, { log: createWriteStream("request.log"), lines: 0 });
}`,
    },
    fine: {
      "the end of the key releases it": `
import { closeSync, openSync } from "node:fs";
const logs = new WeakMap<object, number>();
export function start(request: object): void {
  logs.set(request, openSync("request.log", "a"));
}
export function end(request: object): void {
  const log = logs.get(request);
  if (log !== undefined) closeSync(log);
}`,
      "it belongs to somebody else": `
import type { Socket } from "node:net";
const sockets = new WeakMap<object, Socket>();
export function note(request: { readonly socket: Socket }): void {
  sockets.set(request, request.socket);
}`,
      "plain values": `
const names = new WeakMap<object, string[]>();
export function add(key: object, name: string): void {
  names.set(key, [...(names.get(key) ?? []), name]);
}`,
    },
  },
});

packageVerdicts(
  rule,
  "F, caches",
  {
    "51. a cache of closeables without a removal hook": {
      leak: {
        "LRU, a module variable": `
import { LRUCache } from "lru-cache";
import { open, type FileHandle } from "node:fs/promises";
const files = new LRUCache<string, FileHandle>({ max: 8 }); //! noListener
export async function file(path: string): Promise<FileHandle> {
  let handle = files.get(path);
  if (!handle) {
    handle = await open(path);
    files.set(path, handle);
  }
  return handle;
}`,
        "LRU, a field filled in the constructor": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
export class Files {
  private readonly files: LRUCache<string, FileHandle>;
  constructor(max: number) {
    this.files = new LRUCache({ max }); //! noListener
  }
  get(path: string): FileHandle | undefined {
    return this.files.get(path);
  }
}`,
        "LRU, in a closure": `
import { LRUCache } from "lru-cache";
import { open, type FileHandle } from "node:fs/promises";
export function opener(max: number): (path: string) => Promise<FileHandle> {
  const files = new LRUCache<string, Promise<FileHandle>>({ max }); //! noListener
  return (path) => {
    const known = files.get(path);
    if (known) return known;
    const opening = open(path);
    files.set(path, opening);
    return opening;
  };
}`,
        TTL: `
import { TTLCache } from "@isaacs/ttlcache";
import type { FileHandle } from "node:fs/promises";
export const files = new TTLCache<string, FileHandle>({ ttl: 60_000 }); //! noListener`,
        keyv: `
import Keyv from "keyv";
import type { FileHandle } from "node:fs/promises";
export const files = new Keyv<FileHandle>({ ttl: 60_000 }); //! noListenerOffered`,
        "options through a helper of another file": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
import { bounded } from "./options.ts";
export const files = new LRUCache<string, FileHandle>({ ...bounded(8) }); //! noListener`,
        "a hook of another file that closes nothing": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
import { note } from "./options.ts";
export const files = new LRUCache<string, FileHandle>({ max: 8, dispose: note }); //! listenerForgetsValue`,
      },
      fine: {
        "a hook": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
export const files = new LRUCache<string, FileHandle>({ max: 8, dispose: (file) => void file.close() });`,
        "a hook of another file": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
import { shut } from "./options.ts";
export const files = new LRUCache<string, FileHandle>({ max: 8, dispose: shut });`,
        "a hook in the options of another file": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
import { bounded, closing } from "./options.ts";
export const files = new LRUCache<string, FileHandle>({ ...bounded(8), ...closing });`,
        "a hook that calls a method": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
export class Files {
  readonly #files = new LRUCache<string, FileHandle>({
    max: 8,
    dispose: (file, path) => {
      this.closed(path, file);
    },
  });
  get(path: string): FileHandle | undefined {
    return this.#files.get(path);
  }
  private closed(path: string, file: FileHandle): void {
    file.close().catch((error: unknown) => console.error(path, error));
  }
}`,
        "a hook that another function makes": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
const closer = (report: (error: unknown) => void) => (file: FileHandle) => {
  file.close().catch(report);
};
export const files = new LRUCache<string, FileHandle>({ max: 8, dispose: closer(console.error) });`,
        "a hook that cannot be seen": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
export function files(drop: (file: FileHandle) => void): LRUCache<string, FileHandle> {
  return new LRUCache<string, FileHandle>({ max: 8, dispose: drop });
}`,
      },
    },
    "51. a hook is there and ignores one removal reason": {
      strict: {
        "it asks for one reason": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
export const files = new LRUCache<string, FileHandle>({ //! listenerMissesRemoval
  max: 8,
  ttl: 60_000,
  dispose: (file, _path, reason) => {
    if (reason === "evict") void file.close();
  },
});`,
        "in a ternary": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
export const files = new LRUCache<string, FileHandle>({ //! listenerMissesRemoval
  max: 8,
  ttl: 60_000,
  dispose: (file, _path, reason) => (reason === "expire" ? undefined : void file.close()),
});`,
        "an early return": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
export const files = new LRUCache<string, FileHandle>({ //! listenerMissesRemoval
  max: 8,
  ttl: 60_000,
  dispose(file, path, reason) {
    if (reason === "expire") return;
    console.log(path);
    void file.close();
  },
});`,
      },
      fine: {
        "a reason that cannot occur": `
import { LRUCache } from "lru-cache";
import { open, type FileHandle } from "node:fs/promises";
const files = new LRUCache<string, FileHandle>({
  max: 8,
  dispose: (file, _path, reason) => {
    if (reason === "evict") void file.close();
  },
});
export async function file(path: string): Promise<FileHandle> {
  const known = files.get(path);
  if (known) return known;
  const handle = await open(path);
  files.set(path, handle);
  return handle;
}`,
      },
    },
    "51. the value type needs no close": {
      fine: {
        texts: `
import { LRUCache } from "lru-cache";
export const pages = new LRUCache<string, string>({ max: 8 });`,
        buffers: `
import { LRUCache } from "lru-cache";
export const pages = new LRUCache<string, Buffer>({ max: 8 });`,
        "objects with a close of another meaning": `
import { LRUCache } from "lru-cache";
interface Price {
  readonly open: number;
  close(): number;
}
export const prices = new LRUCache<string, Price>({ max: 8 });`,
        "timeouts owe nothing": `
import { LRUCache } from "lru-cache";
export const timers = new LRUCache<string, NodeJS.Timeout>({ max: 8 });
timers.set("a", setTimeout(console.log, 10));`,
      },
    },
    "53. evicted and closed while it is lent": {
      fine: {
        "it counts": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
interface Lent {
  readonly file: FileHandle;
  users: number;
  evicted: boolean;
}
export const files = new LRUCache<string, Lent>({
  max: 8,
  dispose: (lent) => {
    lent.evicted = true;
    if (lent.users === 0) void lent.file.close();
  },
});
export function giveBack(lent: Lent): void {
  lent.users--;
  if (lent.evicted && lent.users === 0) void lent.file.close();
}`,
        "it waits": `
import { LRUCache } from "lru-cache";
import type { FileHandle } from "node:fs/promises";
export const files = new LRUCache<string, FileHandle>({
  max: 8,
  dispose: (file) => {
    setTimeout(() => void file.close(), 30_000);
  },
});`,
      },
    },
  },
  {
    files: {
      "options.ts": `
import type { FileHandle } from "node:fs/promises";
export const bounded = (max: number) => ({ max, ttl: 60_000 });
export function shut(file: FileHandle): void {
  file.close().catch(console.error);
}
export function note(_file: FileHandle, path: string): void {
  console.log("gone", path);
}
export const closing = { dispose: shut };
`,
    },
  },
);
