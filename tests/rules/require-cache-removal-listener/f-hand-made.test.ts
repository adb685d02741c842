/** Section F(50, 52, 53) of the verdicts: caches made by hand. */
import { cachedBitmaps } from "../../support/cached-bitmaps.ts";
import { verdicts } from "../../support/verdicts.ts";

const rule = "require-cache-removal-listener";

verdicts(rule, "F, evicted by size", {
  "50. the oldest goes, and nobody closes it": {
    leak: {
      "a map": `
import { openSync } from "node:fs";
const logs = new Map<string, number>();
export function log(name: string): number {
  const known = logs.get(name);
  if (known !== undefined) return known;
  if (logs.size >= 10) {
    const oldest = logs.keys().next().value;
    if (oldest !== undefined) logs.delete(oldest);
  }
  const file = openSync(name, "a"); //! droppedUnreleased
  logs.set(name, file);
  return file;
}`,
      "a field": `
import { open, type FileHandle } from "node:fs/promises";
export class Files {
  readonly #files = new Map<string, FileHandle>();
  async get(path: string): Promise<FileHandle> {
    let file = this.#files.get(path);
    if (file) return file;
    for (const oldest of this.#files.keys()) {
      if (this.#files.size < 10) break;
      this.#files.delete(oldest);
    }
    file = await open(path); //! droppedUnreleased
    this.#files.set(path, file);
    return file;
  }
  async close(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file.close()));
    this.#files.clear();
  }
}`,
      "through a helper": `
import { open, type FileHandle } from "node:fs/promises";
export class Files {
  private readonly files = new Map<string, FileHandle>();
  async get(path: string): Promise<FileHandle> {
    const known = this.files.get(path);
    if (known) return known;
    const file = await open(path); //! droppedUnreleased
    this.files.set(path, file);
    this.shrink();
    return file;
  }
  async close(): Promise<void> {
    for (const file of this.files.values()) await file.close();
  }
  private shrink(): void {
    while (this.files.size > 10) {
      const [oldest] = this.files.keys();
      if (oldest === undefined) return;
      this.remove(oldest);
    }
  }
  private remove(path: string): void {
    this.files.delete(path);
  }
}`,
      "a closure": `
import { openSync } from "node:fs";
export function opener(max: number): (path: string) => number {
  const files = new Map<string, number>();
  const shrink = (): void => {
    for (const [path] of files) {
      if (files.size <= max) return;
      files.delete(path);
    }
  };
  return (path) => {
    const file = files.get(path) ?? openSync(path, "r"); //! droppedUnreleased
    files.set(path, file);
    shrink();
    return file;
  };
}`,
      "a record": `
import { connect, type Socket } from "node:net";
const sockets: Record<string, Socket> = {};
const order: string[] = [];
export function socket(host: string): Socket {
  const known = sockets[host];
  if (known) return known;
  const made = connect(443, host); //! droppedUnreleased
  sockets[host] = made;
  order.push(host);
  if (order.length > 10) {
    const oldest = order.shift();
    if (oldest) delete sockets[oldest];
  }
  return made;
}`,
      "an array": `
import { openSync } from "node:fs";
const recent: number[] = [];
export function open(path: string): number {
  const file = openSync(path, "r"); //! droppedUnreleased
  recent.push(file);
  if (recent.length > 10) recent.shift();
  return file;
}`,
      "a set": `
import { connect, type Socket } from "node:net";
const recent = new Set<Socket>();
export function open(host: string): void {
  const socket = connect(443, host); //! droppedUnreleased
  recent.add(socket);
  for (const oldest of recent) {
    if (recent.size <= 10) break;
    recent.delete(oldest);
  }
}`,
      "what is handed in": `
import type { FileHandle } from "node:fs/promises";
export class Recent {
  readonly #files = new Map<string, FileHandle>(); //! droppedUnreleased
  put(path: string, file: FileHandle): void {
    const [oldest] = this.#files.keys();
    if (this.#files.size > 10 && oldest) this.#files.delete(oldest);
    this.#files.set(path, file);
  }
}`,
      "in an entry": `
import { open, type FileHandle } from "node:fs/promises";
interface Entry {
  readonly file: FileHandle;
  readonly used: number;
}
const files = new Map<string, Entry>();
export async function get(path: string): Promise<FileHandle> {
  const known = files.get(path);
  if (known) return known.file;
  const file = await open(path); //! droppedUnreleased
  files.set(path, { file, used: Date.now() });
  return file;
}
export function sweep(): void {
  for (const [path, entry] of files) {
    if (Date.now() - entry.used > 60_000) files.delete(path);
  }
}`,
      "it is given them, and ends them": `
import type { FileHandle } from "node:fs/promises";
interface Entry {
  readonly file: FileHandle;
  readonly used: number;
}
export class Files {
  readonly #files = new Map<string, Entry>(); //! droppedUnreleased
  add(path: string, file: FileHandle): void {
    this.#files.set(path, { file, used: Date.now() });
  }
  sweep(): void {
    for (const [path, entry] of this.#files) {
      if (Date.now() - entry.used > 60_000) this.#files.delete(path);
    }
  }
  async close(): Promise<void> {
    for (const { file } of this.#files.values()) await file.close();
    this.#files.clear();
  }
}`,
      "one branch closes": `
import { openSync, closeSync } from "node:fs";
const files = new Map<string, number>();
export function file(path: string): number {
  const known = files.get(path);
  if (known !== undefined) return known;
  const made = openSync(path, "r"); //! droppedUnreleased
  files.set(path, made);
  return made;
}
export function sweep(hard: boolean): void {
  for (const [path, one] of files) {
    if (hard) closeSync(one);
    files.delete(path);
  }
}`,
    },
    fine: {
      "it is closed first": `
import { closeSync, openSync } from "node:fs";
const logs = new Map<string, number>();
export function log(name: string): number {
  const known = logs.get(name);
  if (known !== undefined) return known;
  if (logs.size >= 10) {
    for (const [oldest, file] of logs) {
      closeSync(file);
      logs.delete(oldest);
      break;
    }
  }
  const file = openSync(name, "a");
  logs.set(name, file);
  return file;
}`,
      "it is closed afterwards, in a loop behind the look-up": `
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function socketOf(host: string): Socket {
  const known = sockets.get(host);
  if (known !== undefined) return known;
  for (const [oldest, socket] of sockets) {
    if (sockets.size < 10) break;
    sockets.delete(oldest);
    socket.destroy();
  }
  const socket = connect(443, host);
  sockets.set(host, socket);
  return socket;
}`,
      "it is closed afterwards": `
import { open, type FileHandle } from "node:fs/promises";
export class Files {
  readonly #files = new Map<string, FileHandle>();
  async get(path: string): Promise<FileHandle> {
    let file = this.#files.get(path);
    if (file) return file;
    for (const [oldest, one] of this.#files) {
      if (this.#files.size < 10) break;
      this.#files.delete(oldest);
      await one.close();
    }
    file = await open(path);
    this.#files.set(path, file);
    return file;
  }
  async close(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file.close()));
    this.#files.clear();
  }
}`,
      "a helper closes": `
import { open, type FileHandle } from "node:fs/promises";
export class Files {
  private readonly files = new Map<string, FileHandle>();
  async get(path: string): Promise<FileHandle> {
    const known = this.files.get(path);
    if (known) return known;
    const file = await open(path);
    this.files.set(path, file);
    await this.shrink();
    return file;
  }
  async close(): Promise<void> {
    for (const file of this.files.values()) await file.close();
  }
  private async shrink(): Promise<void> {
    while (this.files.size > 10) {
      const [oldest] = this.files.keys();
      if (oldest === undefined) return;
      await this.remove(oldest);
    }
  }
  private async remove(path: string): Promise<void> {
    const file = this.files.get(path);
    this.files.delete(path);
    await file?.close();
  }
}`,
      "the touched one is put back": `
import { closeSync, openSync } from "node:fs";
const files = new Map<string, number>();
export function file(path: string): number {
  const known = files.get(path);
  if (known !== undefined) {
    files.delete(path);
    files.set(path, known);
    return known;
  }
  const made = openSync(path, "r");
  files.set(path, made);
  return made;
}
export function end(): void {
  for (const one of files.values()) closeSync(one);
  files.clear();
}`,
      "it is taken out for the caller": `
import { connect, type Socket } from "node:net";
const idle = new Map<string, Socket>();
export function take(host: string): Socket {
  const socket = idle.get(host);
  if (socket) {
    idle.delete(host);
    return socket;
  }
  return connect(443, host);
}
export function give(host: string): void {
  if (!idle.has(host)) idle.set(host, connect(443, host));
}`,
      "the resource says that it has ended": `
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function socket(host: string): Socket {
  const known = sockets.get(host);
  if (known) return known;
  const made = connect(443, host);
  made.on("close", () => {
    sockets.delete(host);
  });
  sockets.set(host, made);
  return made;
}`,
      "a registered function hears that it has ended": `
import { connect, type Socket } from "node:net";
export class Sockets {
  readonly #sockets = new Map<string, Socket>();
  get(host: string): Socket {
    const known = this.#sockets.get(host);
    if (known) return known;
    const made = connect(443, host);
    made.once("close", () => this.#forget(host));
    this.#sockets.set(host, made);
    return made;
  }
  end(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }
  #forget(host: string): void {
    this.#sockets.delete(host);
  }
}`,
      "opening it failed": `
import { open, type FileHandle } from "node:fs/promises";
const files = new Map<string, Promise<FileHandle>>();
export async function file(path: string): Promise<FileHandle> {
  let opening = files.get(path);
  if (!opening) {
    opening = open(path);
    files.set(path, opening);
  }
  try {
    return await opening;
  } catch (error) {
    files.delete(path);
    throw error;
  }
}`,
      "only what is pending is kept": `
import { open, type FileHandle } from "node:fs/promises";
const opening = new Map<string, Promise<FileHandle>>();
export function file(path: string): Promise<FileHandle> {
  const known = opening.get(path);
  if (known) return known;
  const one = open(path).finally(() => {
    opening.delete(path);
  });
  opening.set(path, one);
  return one;
}`,
      "values that owe nothing": `
const names = new Map<string, { readonly name: string }>();
export function name(key: string): void {
  const [oldest] = names.keys();
  if (names.size > 10 && oldest) names.delete(oldest);
  names.set(key, { name: key });
}`,
      "a set is told that it has ended": `
import { connect, type Socket } from "node:net";
const open = new Set<Socket>();
export async function use(host: string): Promise<void> {
  const socket = connect(443, host);
  open.add(socket);
  await new Promise((resolve) => socket.once("close", resolve));
  open.delete(socket);
}`,
      "an object that takes part in a set": `
import { openSync, closeSync } from "node:fs";
const active = new Set<Log>();
export class Log {
  readonly #file = openSync("log", "a");
  start(): void {
    active.add(this);
  }
  stop(): void {
    active.delete(this);
  }
  close(): void {
    closeSync(this.#file);
  }
}
export function reset(): void {
  active.clear();
}`,
      "the caller has it in hand": `
import type { Socket } from "node:net";
export class Group {
  readonly #members = new Map<string, Socket>();
  add(name: string, socket: Socket): void {
    this.#members.set(name, socket);
  }
  remove(socket: Socket): void {
    this.#members.delete(String(socket.remotePort));
  }
}`,
    },
  },
});

verdicts(rule, "F, evicted by time, deleted, cleared", {
  "50. its time is over": {
    leak: {
      "a timer for each": `
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function socket(host: string): Socket {
  const known = sockets.get(host);
  if (known) return known;
  const made = connect(443, host); //! droppedUnreleased
  sockets.set(host, made);
  setTimeout(() => sockets.delete(host), 60_000);
  return made;
}`,
      "a timer for all": `
import { connect, type Socket } from "node:net";
interface Entry {
  socket: Socket;
  until: number;
}
export class Sockets {
  readonly #entries = new Map<string, Entry>();
  readonly #timer = setInterval(() => this.#sweep(), 1000);
  get(host: string): Socket {
    const known = this.#entries.get(host);
    if (known) return known.socket;
    const socket = connect(443, host); //! droppedUnreleased
    this.#entries.set(host, { socket, until: Date.now() + 60_000 });
    return socket;
  }
  close(): void {
    clearInterval(this.#timer);
    for (const { socket } of this.#entries.values()) socket.destroy();
  }
  #sweep(): void {
    this.#entries.forEach((entry, host) => {
      if (entry.until < Date.now()) this.#entries.delete(host);
    });
  }
}`,
      "a promise of it": `
import { open, type FileHandle } from "node:fs/promises";
const files = new Map<string, Promise<FileHandle>>();
export function file(path: string): Promise<FileHandle> {
  const known = files.get(path);
  if (known) return known;
  const opening = open(path); //! droppedUnreleased
  files.set(path, opening);
  setTimeout(() => {
    files.delete(path);
  }, 60_000);
  return opening;
}`,
    },
    fine: {
      "the timer closes": `
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function socket(host: string): Socket {
  const known = sockets.get(host);
  if (known) return known;
  const made = connect(443, host);
  sockets.set(host, made);
  setTimeout(() => {
    made.destroy();
    sockets.delete(host);
  }, 60_000);
  return made;
}`,
      "the sweep closes": `
import { connect, type Socket } from "node:net";
interface Entry {
  socket: Socket;
  until: number;
}
export class Sockets {
  readonly #entries = new Map<string, Entry>();
  readonly #timer = setInterval(() => this.#sweep(), 1000);
  get(host: string): Socket {
    const known = this.#entries.get(host);
    if (known) return known.socket;
    const socket = connect(443, host);
    this.#entries.set(host, { socket, until: Date.now() + 60_000 });
    return socket;
  }
  close(): void {
    clearInterval(this.#timer);
    for (const { socket } of this.#entries.values()) socket.destroy();
  }
  #sweep(): void {
    this.#entries.forEach((entry, host) => {
      if (entry.until >= Date.now()) return;
      entry.socket.destroy();
      this.#entries.delete(host);
    });
  }
}`,
    },
  },
  "50. released where the platform has its class": {
    fine: {
      "a member of the window": cachedBitmaps("window.ImageBitmap"),
      "the type of its name": cachedBitmaps('typeof ImageBitmap !== "undefined"'),
    },
  },
  "50. promises of resources": {
    leak: {
      "the chain only reads": `
import { open, type FileHandle } from "node:fs/promises";
const files = new Map<string, Promise<FileHandle>>();
export function load(path: string): void {
  if (!files.has(path)) files.set(path, open(path)); //! droppedUnreleased
}
export function forget(path: string): void {
  void files.get(path)?.then((file) => file.stat());
  files.delete(path);
}`,
    },
    fine: Object.fromEntries(
      Object.entries({
        "a chain that nobody waits for": `
  const file = files.get(path);
  if (file !== undefined) {
    void file.then((one) => one.close());
    files.delete(path);
  }`,
        "an optional chain": `
  void files.get(path)?.then((file) => file.close());
  files.delete(path);`,
        "a chain with a handler": `
  const file = files.get(path);
  if (!file) return;
  file.then((one) => one.close(), () => undefined);
  files.delete(path);`,
        "deleted first, an async function": `
  const file = files.get(path);
  files.delete(path);
  void (async () => (await file)?.close())();`,
      }).map(([name, body]) => [
        name,
        `
import { open, type FileHandle } from "node:fs/promises";
const files = new Map<string, Promise<FileHandle>>();
export function load(path: string): void {
  if (!files.has(path)) files.set(path, open(path));
}
export function forget(path: string): void {${body}
}`,
      ]),
    ),
  },
  "50. deleted or cleared by code": {
    leak: {
      "a record that a class fills when it is asked": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Record<string, Handle> = {};
  add(path: string): void {
    this.#all[path] ??= open(path); //! droppedUnreleased
  }
  remove(path: string): void {
    delete this.#all[path];
  }
  close(): void {
    for (const h of Object.values(this.#all)) h.close();
  }
}`,
      "stored where nothing was": `
import { openSync } from "node:fs";
const files: Record<string, number> = {};
export const file = (path: string): number => (files[path] ??= openSync(path, "r")); //! droppedUnreleased
export function forget(path: string): void {
  delete files[path];
}`,
      "deleted by key": `
import { open, type FileHandle } from "node:fs/promises";
const files = new Map<string, FileHandle>();
export async function load(path: string): Promise<string> {
  let file = files.get(path);
  if (!file) {
    file = await open(path); //! droppedUnreleased
    files.set(path, file);
  }
  return file.readFile("utf8");
}
export function forget(path: string): void {
  files.delete(path);
}`,
      cleared: `
import { open, type FileHandle } from "node:fs/promises";
const files = new Map<string, FileHandle>();
export async function load(path: string): Promise<string> {
  const file = files.get(path) ?? (await open(path)); //! droppedUnreleased
  files.set(path, file);
  return file.readFile("utf8");
}
export function reset(): void {
  files.clear();
}`,
      "replaced by an empty one": `
import { open, type FileHandle } from "node:fs/promises";
let files = new Map<string, FileHandle>();
export async function load(path: string): Promise<string> {
  const file = files.get(path) ?? (await open(path)); //! droppedUnreleased
  files.set(path, file);
  return file.readFile("utf8");
}
export function reset(): void {
  files = new Map();
}`,
      "an array is emptied": `
import { openSync } from "node:fs";
const files: number[] = [];
export function add(path: string): void {
  files.push(openSync(path, "r")); //! droppedUnreleased
}
export function reset(): void {
  files.length = 0;
}`,
      "object URLs": `
const urls = new Map<string, string>();
export function urlOf(name: string, blob: Blob): string {
  let url = urls.get(name);
  if (!url) {
    url = URL.createObjectURL(blob); //! droppedUnreleased
    urls.set(name, url);
  }
  return url;
}
export function forget(name: string): void {
  urls.delete(name);
}`,
    },
    fine: {
      "closed first": `
import { open, type FileHandle } from "node:fs/promises";
const files = new Map<string, FileHandle>();
export async function load(path: string): Promise<string> {
  let file = files.get(path);
  if (!file) {
    file = await open(path);
    files.set(path, file);
  }
  return file.readFile("utf8");
}
export async function forget(path: string): Promise<void> {
  await files.get(path)?.close();
  files.delete(path);
}`,
      "closed if there": `
import { closeSync, openSync } from "node:fs";
const files = new Map<string, number>();
export function load(path: string): number {
  const known = files.get(path);
  if (known !== undefined) return known;
  const file = openSync(path, "r");
  files.set(path, file);
  return file;
}
export function forget(path: string): void {
  const file = files.get(path);
  if (file === undefined) return;
  closeSync(file);
  files.delete(path);
}`,
      "all closed": `
import { open, type FileHandle } from "node:fs/promises";
const files = new Map<string, FileHandle>();
export async function load(path: string): Promise<string> {
  const file = files.get(path) ?? (await open(path));
  files.set(path, file);
  return file.readFile("utf8");
}
export async function reset(): Promise<void> {
  await Promise.allSettled(Array.from(files.values(), (file) => file.close()));
  files.clear();
}`,
      "all closed, by a function of the file": `
import { open, type FileHandle } from "node:fs/promises";
const files = new Map<string, FileHandle>();
async function closeAll(list: Iterable<FileHandle>): Promise<void> {
  for (const file of list) await file.close();
}
export async function load(path: string): Promise<string> {
  const file = files.get(path) ?? (await open(path));
  files.set(path, file);
  return file.readFile("utf8");
}
export async function reset(): Promise<void> {
  await closeAll(files.values());
  files.clear();
}`,
      "another part of the entry releases it": `
import { connect, type Socket } from "node:net";
interface Entry {
  readonly socket: Socket;
  readonly owner: { dispose(): void };
}
const entries = new Map<string, Entry>();
export function open(host: string, ending: AbortController): Socket {
  const known = entries.get(host);
  if (known) return known.socket;
  const socket = connect(443, host);
  ending.signal.addEventListener("abort", () => socket.destroy());
  entries.set(host, { socket, owner: { dispose: () => ending.abort() } });
  return socket;
}
export function reset(): void {
  for (const entry of entries.values()) entry.owner.dispose();
  entries.clear();
}`,
      "object URLs are revoked": `
const urls = new Map<string, string>();
export function urlOf(name: string, blob: Blob): string {
  let url = urls.get(name);
  if (!url) {
    url = URL.createObjectURL(blob);
    urls.set(name, url);
  }
  return url;
}
export function forget(name: string): void {
  const url = urls.get(name);
  if (url) URL.revokeObjectURL(url);
  urls.delete(name);
}`,
    },
    strict: {
      "who made it has it too": `
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function open(host: string): Socket {
  const socket = connect(443, host); //! droppedUnreleased
  sockets.set(host, socket);
  return socket;
}
export function forget(host: string): void {
  sockets.delete(host);
}`,
    },
  },
});

verdicts(rule, "F, overwritten", {
  "52. set over a live one": {
    leak: {
      "a map": `
import { open, type FileHandle } from "node:fs/promises";
const files = new Map<string, FileHandle>();
export async function load(path: string): Promise<void> {
  const file = await open(path); //! droppedUnreleased
  files.set(path, file);
}
export function file(path: string): FileHandle | undefined {
  return files.get(path);
}`,
      "a record": `
import { connect, type Socket } from "node:net";
const sockets: Record<string, Socket> = {};
export function open(host: string): void {
  sockets[host] = connect(443, host); //! droppedUnreleased
}
export function socket(host: string): Socket | undefined {
  return sockets[host];
}`,
      "it is only looked at": `
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function open(host: string): void {
  console.log(sockets.get(host)?.remotePort);
  sockets.set(host, connect(443, host)); //! droppedUnreleased
}`,
    },
    fine: {
      "closed first": `
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function open(host: string): void {
  sockets.get(host)?.destroy();
  sockets.set(host, connect(443, host));
}`,
      "closed afterwards": `
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function open(host: string): void {
  const old = sockets.get(host);
  sockets.set(host, connect(443, host));
  old?.destroy();
}`,
      "only if there is none": `
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function open(host: string): void {
  if (sockets.has(host)) return;
  sockets.set(host, connect(443, host));
}`,
      "only if there is none, in a record": `
import { connect, type Socket } from "node:net";
const sockets: Record<string, Socket> = {};
export function open(host: string): void {
  if (!(host in sockets)) sockets[host] = connect(443, host);
}`,
      "nothing known, so a new one": `
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function open(host: string): Socket {
  let socket = sockets.get(host);
  if (socket === undefined) {
    socket = connect(443, host);
    sockets.set(host, socket);
  }
  return socket;
}`,
      "a key of its own, and a cast": `
import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
const sockets: ReadonlyMap<string, Socket> = new Map<string, Socket>();
export function open(host: string): string {
  const id = randomUUID();
  (sockets as Map<string, Socket>).set(id, connect(443, host));
  return id;
}
export function close(id?: string): void {
  (sockets as Map<string, Socket>).get(id!)?.destroy();
  (sockets as Map<string, Socket>).delete(id!);
}`,
      "a key of its own": `
import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
const sockets = new Map<string, Socket>();
export function open(host: string): string {
  const id = randomUUID();
  sockets.set(id, connect(443, host));
  return id;
}
export function close(id: string): void {
  sockets.get(id)?.destroy();
  sockets.delete(id);
}`,
      "the caller asks first": `
import { connect, type Socket } from "node:net";
export class Sockets {
  readonly #sockets = new Map<string, Socket>();
  get(host: string): Socket {
    return this.#sockets.get(host) ?? this.#open(host);
  }
  close(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }
  #open(host: string): Socket {
    const socket = connect(443, host);
    this.#sockets.set(host, socket);
    return socket;
  }
}`,
    },
  },
});
