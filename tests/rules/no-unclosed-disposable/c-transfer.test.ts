/** Section C of the verdicts, 21 to 32, as far as one file shows it: who takes the duty over. */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-unclosed-disposable";

verdicts(rule, "C. transfer, 21-25", {
  "C21 returned to the caller, who drops it": {
    leak: {
      "bare call of a factory": `
import { open, type Handle } from "./kit/handles.js";
function make(): Handle {
  return open();
}
export function f(): void {
  make(); //! resultDropped
}`,
      "factory as an arrow, result bound": `
import { open, type Handle } from "./kit/handles.js";
const make = (path: string): Handle => {
  const h = open(path);
  return h;
};
export function f(): string {
  const h = make("a"); //! neverReleased
  return h.read();
}`,
      "factory as a method, head of a chain": `
import { open, type Handle } from "./kit/handles.js";
export class Store {
  private make(): Handle {
    return open("store");
  }
  read(): string {
    return this.make().read(); //! resultDropped
  }
}`,
      "factory as a static method": `
import { open, type Handle } from "./kit/handles.js";
class Factory {
  static make(): Handle {
    return open();
  }
}
export function f(): void {
  const h = Factory.make(); //! neverReleased
  h.write("x");
}`,
      "inside an object": `
import { open, type Handle } from "./kit/handles.js";
function make(): { h: Handle; at: number } {
  return { h: open(), at: 1 };
}
export function f(): string {
  const { h } = make(); //! neverReleased
  return h.read();
}`,
      "inside an object, not destructured": `
import { open, type Handle } from "./kit/handles.js";
function make(): { h: Handle; at: number } {
  const h = open();
  return { h, at: 1 };
}
export function f(): string {
  const made = make(); //! neverReleased
  return made.h.read();
}`,
      "inside a tuple": `
import { open, type Handle } from "./kit/handles.js";
function make(): [Handle, number] {
  return [open(), 1];
}
export function f(): string {
  const [h] = make(); //! neverReleased
  return h.read();
}`,
      "inside a promise": `
import { open, type FileHandle } from "node:fs/promises";
async function make(path: string): Promise<FileHandle> {
  return open(path);
}
export async function f(path: string): Promise<string> {
  const file = await make(path); //! neverReleased
  return await file.readFile("utf8");
}`,
      "inside a promise, chain": `
import { open, type FileHandle } from "node:fs/promises";
const make = (path: string): Promise<FileHandle> => open(path).then((file) => file);
export function f(path: string): Promise<string> {
  return make(path).then((file) => file.readFile("utf8")); //! neverReleased
}`,
      descriptor: `
import fs from "node:fs";
function make(path: string): number {
  return fs.openSync(path, "a");
}
export function f(path: string): void {
  const fd = make(path); //! neverReleased
  fs.writeSync(fd, "x");
}`,
      "the factory calls itself": `
import { open, openMaybe, type Handle } from "./kit/handles.js";
function make(tries: number): Handle {
  const h = openMaybe();
  if (h) return h;
  return tries > 0 ? make(tries - 1) : open();
}
export function f(): string {
  return make(3).read(); //! resultDropped
}`,
      "through two factories": `
import { open, type Handle } from "./kit/handles.js";
function outer(): Handle {
  return inner();
}
function inner(): Handle {
  return open();
}
export function f(): void {
  outer(); //! resultDropped
}`,
      "returned on one path only": `
import { open, type Handle } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): Handle | undefined {
  const h = open(); //! notReleasedOnPath
  if (condition()) return undefined;
  return h;
}`,
      "must not be lost on the way to the return": `
import { open, type FileHandle } from "node:fs/promises";
export async function f(path: string): Promise<FileHandle> {
  const file = await open(path, "w"); //! notReleasedOnThrow
  await file.write("header");
  return file;
}`,
    },
    strict: {
      "plain call before the return": `
import { open, type Handle } from "./kit/handles.js";
export function f(): Handle {
  const h = open(); //! notReleasedOnThrow
  h.write("header");
  return h;
}`,
    },
    fine: {
      returned: `
import { open, type Handle } from "./kit/handles.js";
export function f(): Handle {
  return open();
}`,
      "returned under a name": `
import fs from "node:fs";
export function f(path: string): number {
  const fd = fs.openSync(path, "r");
  return fd;
}`,
      "returned through an alias": `
import { open, type Handle } from "./kit/handles.js";
export const f = (): Handle => {
  const h = open();
  const same = h;
  return same;
};`,
      "in an object": `
import { open } from "./kit/handles.js";
export function f() {
  const h = open();
  return { h, label: "a" };
}`,
      "in a nested object": `
import { open, type Handle } from "./kit/handles.js";
export function f(): { resources: { h: Handle } } {
  return { resources: { h: open() } };
}`,
      "in an array": `
import { open, type Handle } from "./kit/handles.js";
export function f(): Handle[] {
  const h = open();
  return [h];
}`,
      "in a tuple": `
import { open } from "./kit/handles.js";
export const f = () => [open(), 1] as const;`,
      "in a promise": `
import { open, type Handle } from "./kit/handles.js";
export function f(): Promise<Handle> {
  return Promise.resolve(open());
}`,
      "from an async method": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
export class Factory {
  async make(): Promise<AsyncHandle> {
    const h = await openAsync();
    return h;
  }
}`,
      "by `resolve` of an executor": `
import net from "node:net";
export function f(port: number): Promise<net.Socket> {
  return new Promise((resolve) => {
    const socket = net.connect(port);
    resolve(socket);
  });
}`,
      ternary: `
import { open, type Handle } from "./kit/handles.js";
export function f(log: boolean): Handle | undefined {
  return log ? open() : undefined;
}`,
      "closed when it fails, else returned": `
import { open, type FileHandle } from "node:fs/promises";
export async function f(path: string): Promise<FileHandle> {
  const file = await open(path, "w");
  try {
    await file.write("header");
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}`,
      "the caller closes": `
import { open, type Handle } from "./kit/handles.js";
function make(): { h: Handle; at: number } {
  return { h: open(), at: 1 };
}
export function f(): string {
  const { h } = make();
  try {
    return h.read();
  } finally {
    h.close();
  }
}`,
      "the caller uses `using`": `
import { open, type Handle } from "./kit/handles.js";
const make = (): Handle => open();
export function f(): string {
  using h = make();
  return h.read();
}`,
      "generator yields it": `
import { open, type Handle } from "./kit/handles.js";
export function* f(paths: readonly string[]): Generator<Handle> {
  for (const path of paths) yield open(path);
}`,
      "cached lookup is borrowed": `
import { open, type Handle } from "./kit/handles.js";
let shared: Handle | undefined;
function get(): Handle {
  return (shared ??= open());
}
export function f(): string {
  return get().read();
}`,
    },
  },

  "C22 returned as a wider type that hides the release": {
    leak: {
      interface: `
import { open } from "./kit/handles.js";
interface Reader {
  read(): string;
}
export function f(): Reader {
  const h = open();
  return h; //! hiddenByType
}`,
      "interface, arrow without a block": `
import { open } from "./kit/handles.js";
interface Reader {
  read(): string;
}
export const f = (): Reader => open(); //! hiddenByType`,
      "inline type, method": `
import { open } from "./kit/handles.js";
export class Factory {
  make(): { write(text: string): void } {
    return open("a"); //! hiddenByType
  }
}`,
      cast: `
import { open } from "./kit/handles.js";
interface Reader {
  read(): string;
}
export function f() {
  const h = open();
  return h as Reader; //! hiddenByType
}`,
      unknown: `
import { open } from "./kit/handles.js";
export function f(): unknown {
  const h = open();
  return h; //! hiddenByType
}`,
      promise: `
import { openAsync } from "./kit/handles.js";
interface Reader {
  read(): Promise<string>;
}
export async function f(): Promise<Reader> {
  const h = await openAsync();
  return h; //! hiddenByType
}`,
      "file handle": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<{ readonly fd: number }> {
  const file = await open(path);
  return file; //! hiddenByType
}`,
      "inside an object": `
import { open } from "./kit/handles.js";
interface Reader {
  read(): string;
}
export function f(): { reader: Reader } {
  const h = open();
  return { reader: h }; //! hiddenByType
}`,
      "the callers owe nothing": `
import { open } from "./kit/handles.js";
interface Reader {
  read(): string;
}
function make(): Reader {
  return open(); //! hiddenByType
}
export function f(): string {
  const r = make();
  return r.read() + make().read();
}`,
    },
    fine: {
      "type that keeps the release": `
import { open } from "./kit/handles.js";
interface Closeable {
  close(): void;
}
export function f(): Closeable {
  const h = open();
  return h;
}`,
      Disposable: `
import { open } from "./kit/handles.js";
export const f = (): Disposable => open();`,
      AsyncDisposable: `
import { openAsync } from "./kit/handles.js";
export async function f(): Promise<AsyncDisposable> {
  const h = await openAsync();
  return h;
}`,
      "base class that keeps the release": `
import net from "node:net";
import type { Duplex } from "node:stream";
export class Dialer {
  dial(port: number): Duplex {
    return net.connect(port);
  }
}`,
      "descriptor is a number": `
import { openSync } from "node:fs";
export function f(path: string): number {
  return openSync(path, "r");
}`,
      "a borrowed one may be hidden": `
import type { Handle } from "./kit/handles.js";
interface Reader {
  read(): string;
}
export function f(h: Handle): Reader {
  return h;
}`,
      "hidden beside its release": `
import { open } from "./kit/handles.js";
interface Reader {
  read(): string;
}
export function f(): { reader: Reader; close: () => void } {
  const h = open();
  return { reader: h, close: () => h.close() };
}`,
    },
  },

  "C23 passed to a helper of the file": {
    leak: {
      "helper closes on some paths only": `
import { open, type Handle } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
function maybeClose(h: Handle): void {
  if (condition()) h.close();
}
export function f(): void {
  const h = open(); //! notReleasedOnPath
  maybeClose(h);
}`,
      "the same helper inlined": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  const h = open(); //! notReleasedOnPath
  if (condition()) h.close();
}`,
      "helper returns early, arrow": `
import { open, type Handle } from "./kit/handles.js";
const finish = (h: Handle, text: string): void => {
  if (text === "") return;
  h.close();
};
export const f = (text: string): void => {
  const h = open(); //! notReleasedOnPath
  finish(h, text);
};`,
      "method closes on some paths only": `
import { open, type Handle } from "./kit/handles.js";
export class Job {
  private finish(h: Handle, soft: boolean): void {
    soft ? h.read() : h.close();
  }
  run(soft: boolean): void {
    const h = open(); //! notReleasedOnPath
    this.finish(h, soft);
  }
}`,
      "helper borrows only": `
import { open, type Handle } from "./kit/handles.js";
function firstLine(h: Handle): string {
  return h.read();
}
export function f(): string {
  const h = open(); //! neverReleased
  return firstLine(h);
}`,
      "helper borrows only, options object": `
import { open, type Handle } from "./kit/handles.js";
function firstLine(settings: { h: Handle; trim: boolean }): string {
  const text = settings.h.read();
  return settings.trim ? text.trim() : text;
}
export function f(): string {
  const h = open(); //! neverReleased
  return firstLine({ h, trim: true });
}`,
      "helper borrows only, async": `
import { open, type FileHandle } from "node:fs/promises";
async function size(file: FileHandle): Promise<number> {
  return (await file.stat()).size;
}
export async function f(path: string): Promise<number> {
  const file = await open(path); //! neverReleased
  return await size(file);
}`,
      "mutually recursive helpers borrow only": `
import { open, type Handle } from "./kit/handles.js";
function even(h: Handle, n: number): boolean {
  return n === 0 ? h.closed : odd(h, n - 1);
}
function odd(h: Handle, n: number): boolean {
  return n === 0 ? !h.closed : even(h, n - 1);
}
export function f(): boolean {
  const h = open(); //! neverReleased
  return even(h, 4);
}`,
      "helper closes its other argument": `
import { open, type Handle } from "./kit/handles.js";
function swap(from: Handle, to: Handle): void {
  to.write("x");
  from.close();
}
export function f(given: Handle): void {
  const h = open(); //! neverReleased
  swap(given, h);
}`,
    },
    quiet: {
      "one after the other, from a list that may be empty": `
import { open, type Handle } from "./kit/handles.js";
async function finish(...handles: Handle[]): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (handles.length === 0) resolve();
    else {
      const first = handles[0]!;
      first.close();
      finish(...handles.slice(1)).then(resolve).catch(reject);
    }
  });
}
export async function f(): Promise<void> {
  const h = open();
  h.read();
  const other = open();
  other.read();
  await finish(other, h);
}`,
    },
    fine: {
      "helper always closes": `
import { open, type Handle } from "./kit/handles.js";
function finish(h: Handle): void {
  h.close();
}
export function f(): void {
  const h = open();
  finish(h);
}`,
      "helper always closes, on both branches": `
import { open, type Handle } from "./kit/handles.js";
const finish = (h: Handle, soft: boolean): void => {
  if (soft) {
    h[Symbol.dispose]();
  } else {
    h.close();
  }
};
export function f(soft: boolean): void {
  const h = open();
  finish(h, soft);
}`,
      "method always closes": `
import fs from "node:fs";
export class Files {
  #finish(fd: number): void {
    fs.closeSync(fd);
  }
  touch(path: string): void {
    const fd = fs.openSync(path, "a");
    this.#finish(fd);
  }
}`,
      "helper closes through another helper": `
import { open, type Handle } from "./kit/handles.js";
function outer(h: Handle): void {
  inner(h);
}
function inner(h: Handle): void {
  h.close();
}
export function f(): void {
  const h = open();
  outer(h);
}`,
      "helper takes it with `using`": `
import { open, type Handle } from "./kit/handles.js";
function consume(h: Handle): string {
  using owned = h;
  return owned.read();
}
export function f(): string {
  const h = open();
  return consume(h);
}`,
      "helper closes a property of its options": `
import { open, type Handle } from "./kit/handles.js";
function finish({ h }: { h: Handle }): void {
  h.close();
}
export function f(): void {
  const h = open();
  finish({ h });
}`,
      "async helper, awaited": `
import { open, type FileHandle } from "node:fs/promises";
async function finish(file: FileHandle): Promise<void> {
  await file.close();
}
export async function touch(path: string): Promise<void> {
  const file = await open(path, "a");
  await finish(file);
}`,
      "helper runs a callback and closes in `finally`": `
import { open, type Handle } from "./kit/handles.js";
function withHandle<T>(body: (h: Handle) => T): T {
  const h = open();
  try {
    return body(h);
  } finally {
    h.close();
  }
}
export function f(): string {
  return withHandle((h) => h.read());
}`,
      "mutually recursive helpers close": `
import { open, type Handle } from "./kit/handles.js";
function even(h: Handle, n: number): void {
  if (n === 0) h.close();
  else odd(h, n - 1);
}
function odd(h: Handle, n: number): void {
  if (n === 0) h.close();
  else even(h, n - 1);
}
export function f(): void {
  const h = open();
  even(h, 4);
}`,
    },
  },

  "C23 passed to a function that nobody can look into": {
    leak: {
      "released behind it, when it rejects": `
import { open } from "node:fs/promises";
import { useAsync } from "./kit/opaque.js";
export async function f(path: string): Promise<void> {
  const file = await open(path); //! notReleasedOnThrow
  await useAsync(file);
  await file.close();
}`,
      "a callback that is handed in, released behind it": `
import { open, type FileHandle } from "node:fs/promises";
export async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path); //! notReleasedOnThrow
  const result = await work(file);
  await file.close();
  return result;
}`,
    },
    fine: {
      "released behind it in \`finally\`": `
import { open, type FileHandle } from "node:fs/promises";
export async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}`,
    },
    quiet: {
      "its answer decides who releases": `
import { open, type FileHandle } from "node:fs/promises";
export async function offer(path: string, adopt: (file: FileHandle) => Promise<boolean>): Promise<void> {
  const file = await open(path);
  if (!(await adopt(file))) await file.close();
}`,
      "nothing is released behind it": `
import { open } from "node:fs/promises";
import { useAsync } from "./kit/opaque.js";
export async function f(path: string): Promise<void> {
  const file = await open(path);
  await useAsync(file);
}`,
      "released behind it, a call that is not expected to throw": `
import { openSync, closeSync } from "node:fs";
import { use } from "./kit/opaque.js";
export function f(path: string): void {
  const fd = openSync(path, "r");
  use(fd);
  closeSync(fd);
}`,
    },
  },
  "C24 the helper throws before it closes": {
    leak: {
      function: `
import fs from "node:fs";
function closeChecked(fd: number): void {
  if (fs.fstatSync(fd).size === 0) throw new Error("empty");
  fs.closeSync(fd);
}
export function f(path: string): void {
  const fd = fs.openSync(path, "r"); //! notReleasedOnThrow
  closeChecked(fd);
}`,
      "arrow, JSON.parse": `
import fs from "node:fs";
const parseAndClose = (fd: number): unknown => {
  const value: unknown = JSON.parse(fs.readFileSync(fd, "utf8"));
  fs.closeSync(fd);
  return value;
};
export const f = (path: string): unknown => {
  const fd = fs.openSync(path, "r"); //! notReleasedOnThrow
  return parseAndClose(fd);
};`,
      method: `
import net from "node:net";
export class Client {
  private finish(socket: net.Socket, text: string): void {
    if (text === "") throw new Error("nothing to send");
    socket.end(text);
  }
  send(port: number, text: string): void {
    const socket = net.connect(port); //! notReleasedOnThrow
    this.finish(socket, text);
  }
}`,
      "async, awaited": `
import { open, type FileHandle } from "node:fs/promises";
async function readAndClose(file: FileHandle): Promise<string> {
  const text = await file.readFile("utf8");
  await file.close();
  return text;
}
export async function f(path: string): Promise<string> {
  const file = await open(path); //! notReleasedOnThrow
  return await readAndClose(file);
}`,
      "async, promise chain": `
import { open, type FileHandle } from "node:fs/promises";
async function readAndClose(file: FileHandle): Promise<string> {
  const text = await file.readFile("utf8");
  await file.close();
  return text;
}
export function f(path: string): Promise<string> {
  return open(path).then((file) => readAndClose(file)); //! notReleasedOnThrow
}`,
    },
    strict: {
      "only a plain call may throw": `
import { open, type Handle } from "./kit/handles.js";
function readAndClose(h: Handle): string {
  const text = h.read();
  h.close();
  return text;
}
export function f(): string {
  const h = open(); //! notReleasedOnThrow
  return readAndClose(h);
}`,
    },
    fine: {
      "helper closes in `finally`": `
import fs from "node:fs";
function closeChecked(fd: number): void {
  try {
    if (fs.fstatSync(fd).size === 0) throw new Error("empty");
  } finally {
    fs.closeSync(fd);
  }
}
export function f(path: string): void {
  const fd = fs.openSync(path, "r");
  closeChecked(fd);
}`,
      "helper closes, then throws": `
import fs from "node:fs";
function closeChecked(fd: number): void {
  fs.closeSync(fd);
  if (fd === 0) throw new Error("standard input");
}
export function f(path: string): void {
  const fd = fs.openSync(path, "r");
  closeChecked(fd);
}`,
      "the caller guards": `
import { open, type FileHandle } from "node:fs/promises";
async function readAndClose(file: FileHandle): Promise<string> {
  const text = await file.readFile("utf8");
  await file.close();
  return text;
}
export async function f(path: string): Promise<string> {
  const file = await open(path);
  try {
    return await readAndClose(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}`,
    },
  },

  "C25 an injected parameter": {
    fine: {
      "not closed by the callee": `
import type { Handle } from "./kit/handles.js";
export function f(h: Handle): string {
  return h.read();
}`,
      "not closed by the callee, early return": `
import type { FileHandle } from "node:fs/promises";
export async function f(file: FileHandle): Promise<string> {
  const { size } = await file.stat();
  if (size === 0) return "";
  return await file.readFile("utf8");
}`,
      "closed by the callee": `
import type { Handle } from "./kit/handles.js";
export const f = (h: Handle): void => {
  h.close();
};`,
      "closed by the callee on one path": `
import type { Handle } from "./kit/handles.js";
export class Job {
  finish(h: Handle, hard: boolean): void {
    if (hard) h.close();
  }
}`,
      destructured: `
import type { Socket } from "node:net";
export function f({ socket }: { socket: Socket }): void {
  socket.write("x");
}`,
      reassigned: `
import type { Handle } from "./kit/handles.js";
export function f(h: Handle, other: Handle): string {
  let current = h;
  current.read();
  current = other;
  return current.read();
}`,
      "element of a parameter": `
import type { Handle } from "./kit/handles.js";
export function f(handles: ReadonlyMap<string, Handle>): string | undefined {
  const h = handles.get("a");
  return h?.read();
}`,
      "parameter of a callback": `
import net from "node:net";
export const onConnection = (socket: net.Socket): void => {
  socket.write("hello");
};`,
    },
  },
});

verdicts(rule, "C. transfer, 26-30", {
  // A field that is never released is reported by `no-undisposed-field`: one obligation, one rule.
  "C26 stored in a field": {
    leak: {
      "of a local object that nobody closes": `
import { open, type Handle } from "./kit/handles.js";
class Session {
  constructor(private readonly h: Handle) {}
  read(): string {
    return this.h.read();
  }
  close(): void {
    this.h.close();
  }
}
export function f(): string {
  const session = new Session(open()); //! neverReleased
  return session.read();
}`,
      "of a local object literal": `
import { open, type Handle } from "./kit/handles.js";
export function f(): string {
  const state: { h?: Handle } = {};
  state.h = open(); //! neverReleased
  return state.h.read();
}`,
      "of an object that keeps it in a private field for nobody": `
import { open, type Handle } from "./kit/handles.js";
class Reader {
  readonly #h: Handle;
  constructor(h: Handle) {
    this.#h = h;
  }
  read(): string {
    return this.#h.read();
  }
}
export function f(): string {
  const h = open(); //! neverReleased
  const reader = new Reader(h);
  return reader.read();
}`,
    },
    fine: {
      "of an object that closes it": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  constructor() {
    this.#h = open();
  }
  close(): void {
    this.#h.close();
  }
}`,
      "as an initialiser": `
import { open } from "./kit/handles.js";
export class Session implements Disposable {
  private readonly h = open();
  [Symbol.dispose](): void {
    this.h.close();
  }
}`,
      "by a method, closed by another": `
import net from "node:net";
export class Client {
  private socket: net.Socket | undefined;
  connect(port: number): void {
    this.socket = net.connect(port);
  }
  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }
}`,
      "through a local name": `
import { open, type FileHandle } from "node:fs/promises";
export class Log {
  private file: FileHandle | undefined;
  async start(path: string): Promise<void> {
    const file = await open(path, "a");
    this.file = file;
  }
  async stop(): Promise<void> {
    await this.file?.close();
  }
}`,
      "never closed there: the field's rule reports it": `
import { open, type Handle } from "./kit/handles.js";
export class Holder {
  private readonly h: Handle;
  constructor() {
    this.h = open();
  }
  read(): string {
    return this.h.read();
  }
}`,
      "of a parameter": `
import { open, type Handle } from "./kit/handles.js";
export function attach(target: { h: Handle }): void {
  target.h = open();
}`,
      "of an object that is returned": `
import { open, type Handle } from "./kit/handles.js";
class Session {
  h: Handle | undefined;
  close(): void {
    this.h?.close();
  }
}
export function f(): Session {
  const session = new Session();
  session.h = open();
  return session;
}`,
    },
  },

  "C27 stored in a module-level singleton": {
    leak: {
      "reassigned by each call": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
export function replace(path: string): void {
  current = open(path); //! overwritten
}
export function read(): string | undefined {
  return current?.read();
}`,
      "reassigned by each call, arrow and descriptor": `
import fs from "node:fs";
let fd = -1;
export const rotate = (path: string): void => {
  fd = fs.openSync(path, "a"); //! overwritten
};
export const write = (text: string): number => fs.writeSync(fd, text);`,
      "reassigned by each call, through a local, another function closes the last one": `
import { open, type Handle } from "./kit/handles.js";
let shown: Handle | undefined;
export function show(path: string): void {
  const next = open(path); //! overwritten
  next.write("shown");
  shown = next;
}
export function hide(): void {
  shown?.close();
}`,
      "reassigned by each call, awaited, in a class": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
let current: AsyncHandle | undefined;
export class Reader {
  async use(path: string): Promise<void> {
    current = await openAsync(path); //! overwritten
  }
  async read(): Promise<string | undefined> {
    return current?.read();
  }
}`,
      "reassigned by a function that only this file calls": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
function load(path: string): void {
  current = open(path); //! overwritten
}
export function reload(path: string): void {
  load(path);
}
export const read = (): string | undefined => current?.read();`,
      "what may last as long as the program, and another function ends it": `
import http from "node:http";
let server: http.Server | undefined;
export function serveAt(port: number): void {
  server = http.createServer(); //! overwritten
  server.listen(port);
}
export function leave(): void {
  server?.close();
}`,
      "reassigned by a command": `
import { open, type Handle } from "./kit/handles.js";
import { keep } from "./kit/opaque.js";
let current: Handle | undefined;
function show(): void {
  current = open("shown"); //! overwritten
}
export function activate(): void {
  keep(() => show());
  keep(() => current?.read());
}`,
    },
    strict: {
      "nothing but the export says that it may be called again": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
export function show(): void {
  current = open("shown"); //! overwritten
}
export function hide(): void {
  current?.close();
}`,
    },
    fine: {
      "closed before, by a helper": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
export function show(path: string): void {
  hide();
  current = open(path);
}
export function hide(): void {
  current?.close();
  current = undefined;
}`,
      "closed afterwards, by its old name": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
export const show = (path: string): void => {
  const old = current;
  current = open(path);
  old?.close();
};
export const read = (): string | undefined => current?.read();`,
      "a flag says that it is open": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
let isOpen = false;
export function ensure(path: string): void {
  if (isOpen) return;
  isOpen = true;
  current = open(path);
}
export const read = (): string | undefined => current?.read();`,
      "loaded when the module is": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
function load(path: string): void {
  current = open(path);
}
load("a");
export const read = (): string | undefined => current?.read();`,
      "by the function that starts the program": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
export async function main(path: string): Promise<void> {
  current = open(path);
  await Promise.resolve();
}
export const read = (): string | undefined => current?.read();`,
      "what may last as long as the program": `
import http from "node:http";
let server: http.Server | undefined;
export function serveAt(port: number): void {
  server = http.createServer();
  server.listen(port);
}
export const isServing = (): boolean => server?.listening === true;`,
      "by a plug-in": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
export default function plugin(path: string): () => string | undefined {
  current = open(path);
  return () => current?.read();
}`,
      "by a test": `
import { afterEach, beforeEach, test } from "node:test";
import { open, type Handle } from "./kit/handles.js";
let current: Handle;
function fill(path: string): void {
  current = open(path);
}
beforeEach(() => {
  fill("x");
});
afterEach(() => {
  current.close();
});
test("reads", () => {
  current.read();
});`,
      "opened once, at the top": `
import { open } from "./kit/handles.js";
const shared = open("shared");
export const read = (): string => shared.read();`,
      "opened once, on demand": `
import { open, type Handle } from "./kit/handles.js";
let shared: Handle | undefined;
export function get(): Handle {
  return (shared ??= open("shared"));
}`,
      "opened once, on demand, `if`": `
import { open, type Handle } from "./kit/handles.js";
let shared: Handle | undefined;
export function get(): Handle {
  if (shared === undefined) {
    shared = open("shared");
  }
  return shared;
}`,
      "opened once, on demand, early return": `
import net from "node:net";
let shared: net.Socket | null = null;
export const get = (port: number): net.Socket => {
  if (shared) return shared;
  shared = net.connect(port);
  return shared;
};`,
      "opened once, promise": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
let shared: Promise<AsyncHandle> | undefined;
export function get(): Promise<AsyncHandle> {
  shared ??= openAsync();
  return shared;
}`,
      "the old one closed first": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
export function replace(path: string): void {
  current?.close();
  current = open(path);
}`,
      "the old one closed after": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
export function replace(path: string): void {
  const previous = current;
  current = open(path);
  previous?.close();
}`,
      "read from the singleton": `
import { open } from "./kit/handles.js";
const shared = open("shared");
export function f(): string {
  const h = shared;
  return h.read();
}`,
    },
  },

  "C28 captured by a closure that closes it": {
    leak: {
      "then of a call": `
import { open } from "./kit/handles.js";
export function run(work: () => Promise<void>, state: { restarts: boolean }): void {
  const h = open(); //! notReleasedOnPath
  h.read();
  void work().then(() => {
    if (!state.restarts) h.close();
  });
}`,
      "closure never used": `
import { open } from "./kit/handles.js";
export function f(): string {
  const h = open(); //! neverReleased
  const stop = (): void => h.close();
  return h.read();
}`,
      "inner function never called": `
import fs from "node:fs";
export function f(path: string): number {
  const fd = fs.openSync(path, "r"); //! neverReleased
  function stop(): void {
    fs.closeSync(fd);
  }
  return fs.fstatSync(fd).size;
}`,
      "closure called on one path only": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export const f = (): void => {
  const h = open(); //! notReleasedOnPath
  const stop = (): void => h.close();
  if (condition()) stop();
};`,
      "closure returned on one path only": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): (() => void) | undefined {
  const h = open(); //! notReleasedOnPath
  if (condition()) return undefined;
  return () => h.close();
}`,
      "the returned closure only reads": `
import { open } from "./kit/handles.js";
export function f(): () => string {
  const h = open(); //! neverReleased
  return () => h.read();
}`,
      "the registered closure only reads": `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open(); //! neverReleased
  process.on("SIGHUP", () => {
    h.write("reload");
  });
}`,
    },
    quiet: {
      "then of a promise that tells of an event": `
import { open } from "./kit/handles.js";
export function watch(child: { readonly exited: Promise<void> }, state: { restarts: boolean }): void {
  const h = open();
  h.read();
  child.exited.then(() => {
    if (!state.restarts) h.close();
  });
}`,
      "a listener of what may be missing": `
import fs from "node:fs";
import type { Readable } from "node:stream";
export function copy(source: Readable | undefined, path: string): void {
  const out = fs.createWriteStream(path);
  source?.on("data", (chunk: Buffer) => {
    out.write(chunk);
  });
  source?.on("close", () => out.end());
}`,
    },
    fine: {
      "a listener in the chain that makes it": `
import net from "node:net";
export const probe = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net
      .connect({ path })
      .on("connect", () => {
        socket.end();
        throw new Error("in use");
      })
      .on("error", () => resolve(true));
  });`,
      returned: `
import { open } from "./kit/handles.js";
export function f(): () => void {
  const h = open();
  return () => h.close();
}`,
      "returned, named": `
import { open } from "./kit/handles.js";
export const f = (): (() => void) => {
  const h = open();
  function stop(): void {
    h.close();
  }
  return stop;
};`,
      "returned in an object": `
import { open } from "./kit/handles.js";
export function f() {
  const h = open();
  return {
    read: () => h.read(),
    close() {
      h.close();
    },
  };
}`,
      "returned, async": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<() => Promise<void>> {
  const file = await open(path);
  return async () => {
    await file.close();
  };
}`,
      "returned, the release itself is bound": `
import { open } from "./kit/handles.js";
export function f(): () => void {
  const h = open();
  return h.close.bind(h);
}`,
      "registered as a listener": `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  process.once("exit", () => h.close());
}`,
      "registered as a listener, descriptor": `
import fs from "node:fs";
import type { EventEmitter } from "node:events";
export function f(path: string, owner: EventEmitter): void {
  const fd = fs.openSync(path, "a");
  owner.on("close", () => {
    fs.closeSync(fd);
  });
}`,
      "registered with an abort signal": `
import net from "node:net";
export function f(port: number, signal: AbortSignal): void {
  const socket = net.connect(port);
  signal.addEventListener("abort", () => socket.destroy());
}`,
      "registered with a test hook": `
import { open } from "./kit/handles.js";
it("reads", () => {
  const h = open();
  onTestFinished(() => h.close());
  h.read();
});`,
      "registered with `t.after`": `
import { test } from "node:test";
import { open } from "./kit/handles.js";
test("reads", (t) => {
  const h = open();
  t.after(() => h.close());
  h.read();
});`,
      "assigned to a variable of the suite, closed in `afterEach`": `
import { open, type Handle } from "./kit/handles.js";
describe("reads", () => {
  let h: Handle;
  beforeEach(() => {
    h = open();
  });
  afterEach(() => {
    h.close();
  });
  it("reads", () => {
    h.read();
  });
});`,
      "called in `finally`": `
import { open } from "./kit/handles.js";
export function f(): string {
  const h = open();
  const stop = (): void => h.close();
  try {
    return h.read();
  } finally {
    stop();
  }
}`,
      "timer closes it": `
import net from "node:net";
export function f(port: number): void {
  const socket = net.connect(port);
  setTimeout(() => socket.destroy(), 100);
}`,
    },
  },

  "C28 a handler gets at it by what it is a handler of": {
    leak: {
      "a handler that only looks": `
export function check(): void {
  const request = indexedDB.open("app"); //! neverReleased
  request.onsuccess = () => {
    console.log(request.result.version);
  };
}`,
    },
    fine: {
      "the target of the event": `
export function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("app");
    request.onsuccess = (event) => resolve((event.target as IDBOpenDBRequest).result);
    request.onerror = () => reject(request.error);
  });
}`,
      "its target, taken apart": `
export function openDatabase(given: (source: EventTarget | null) => void): void {
  const request = indexedDB.open("app");
  request.onsuccess = ({ currentTarget }) => given(currentTarget);
}`,
      "this of a listener": `
export function openDatabase(given: (database: IDBDatabase) => void): void {
  const request = indexedDB.open("app");
  request.addEventListener("success", function () {
    given(this.result as IDBDatabase);
  });
}`,
    },
  },
  "C29 handed to a disposable stack": {
    leak: {
      "stack never disposed": `
import { open } from "./kit/handles.js";
export function f(): string {
  const stack = new DisposableStack(); //! neverReleased
  const h = stack.use(open());
  return h.read();
}`,
      "stack never disposed, adopt": `
import fs from "node:fs";
export const f = (path: string): number => {
  const stack = new DisposableStack(); //! neverReleased
  const fd = stack.adopt(fs.openSync(path, "r"), (n) => fs.closeSync(n));
  return fs.fstatSync(fd).size;
};`,
      "stack never disposed, defer": `
import { open } from "./kit/handles.js";
export class Job {
  run(): string {
    const stack = new DisposableStack(); //! neverReleased
    const h = open();
    stack.defer(() => h.close());
    return h.read();
  }
}`,
      "async stack never disposed": `
import { openAsync } from "./kit/handles.js";
export async function f(): Promise<string> {
  const stack = new AsyncDisposableStack(); //! neverReleased
  const h = stack.use(await openAsync());
  return await h.read();
}`,
      "stack disposed on one path only": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  const stack = new DisposableStack(); //! notReleasedOnPath
  stack.use(open());
  if (condition()) return;
  stack.dispose();
}`,
      "the moved stack is dropped": `
import { open } from "./kit/handles.js";
export function f(): void {
  using stack = new DisposableStack();
  stack.use(open());
  stack.move(); //! resultDropped
}`,
    },
    strict: {
      "plain call before the stack is disposed": `
import { open } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function f(): void {
  const stack = new DisposableStack(); //! notReleasedOnThrow
  stack.use(open());
  work();
  stack.dispose();
}`,
    },
    fine: {
      use: `
import { open } from "./kit/handles.js";
export function f(): string {
  using stack = new DisposableStack();
  const h = stack.use(open());
  return h.read();
}`,
      "use, bound first": `
import { open } from "./kit/handles.js";
export function f(): string {
  using stack = new DisposableStack();
  const h = open();
  stack.use(h);
  return h.read();
}`,
      adopt: `
import fs from "node:fs";
export function f(path: string): number {
  using stack = new DisposableStack();
  const fd = stack.adopt(fs.openSync(path, "r"), (n) => fs.closeSync(n));
  return fs.fstatSync(fd).size;
}`,
      "adopt, function by reference": `
import { openSync, closeSync, fstatSync } from "node:fs";
export function f(path: string): number {
  using stack = new DisposableStack();
  const fd = stack.adopt(openSync(path, "r"), closeSync);
  return fstatSync(fd).size;
}`,
      defer: `
import { open } from "./kit/handles.js";
export const f = (): string => {
  using stack = new DisposableStack();
  const h = open();
  stack.defer(() => h.close());
  return h.read();
};`,
      "async stack": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const file = stack.use(await open(path));
  return await file.readFile("utf8");
}`,
      "async stack, defer": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const file = await open(path);
  stack.defer(() => file.close());
  return await file.readFile("utf8");
}`,
      "disposed in `finally`": `
import { open } from "./kit/handles.js";
export function f(): string {
  const stack = new DisposableStack();
  try {
    return stack.use(open()).read();
  } finally {
    stack.dispose();
  }
}`,
      "moved to the caller": `
import { open } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function f(): DisposableStack {
  using stack = new DisposableStack();
  stack.use(open("a"));
  work();
  stack.use(open("b"));
  return stack.move();
}`,
      "moved to a field": `
import { open, type Handle } from "./kit/handles.js";
export class Session implements Disposable {
  readonly #stack: DisposableStack;
  readonly h: Handle;
  constructor() {
    using stack = new DisposableStack();
    this.h = stack.use(open());
    this.#stack = stack.move();
  }
  [Symbol.dispose](): void {
    this.#stack.dispose();
  }
}`,
    },
  },

  "C30 an override drops what its base promised to take": {
    leak: {
      "base class closes": `
import type { Handle } from "./kit/handles.js";
export class Sink {
  accept(h: Handle): void {
    h.close();
  }
}
export class LoudSink extends Sink {
  override accept(h: Handle): void { //! neverReleased
    console.log(h.closed);
  }
}`,
      "base class closes in `finally`, override on one path only": `
import type { Handle } from "./kit/handles.js";
export abstract class Base {
  consume(h: Handle): string {
    try {
      return h.read();
    } finally {
      h.close();
    }
  }
}
export class Careful extends Base {
  #quiet = false;
  mute(): void {
    this.#quiet = true;
  }
  override consume(h: Handle): string { //! notReleasedOnPath
    if (this.#quiet) return "";
    return super.consume(h);
  }
}`,
    },
    fine: {
      "override keeps what it is given, and closes it later": `
import type { Handle } from "./kit/handles.js";
export class Sink {
  accept(h: Handle): void {
    h.close();
  }
}
export class Keeping extends Sink {
  readonly #all: Handle[] = [];
  override accept(h: Handle): void {
    this.#all.push(h);
  }
  close(): void {
    for (const h of this.#all) h.close();
  }
}`,
      "override hands it on to another of its kind": `
import type { Handle } from "./kit/handles.js";
export class Sink {
  accept(h: Handle): void {
    h.close();
  }
}
export class Passing extends Sink {
  constructor(private readonly next: Sink) {
    super();
  }
  override accept(h: Handle): void {
    this.next.accept(h);
  }
}`,
      "base class refuses to serve, override serves": `
import net from "node:net";
export class Server {
  onSocket(socket: net.Socket): void {
    socket.destroy();
  }
}
export class Echo extends Server {
  override onSocket(socket: net.Socket): void {
    socket.on("data", (data) => socket.write(data));
  }
}`,
      "base class closes on one path only": `
import type { Handle } from "./kit/handles.js";
export class Sink {
  accept(h: Handle, last: boolean): void {
    if (last) h.close();
  }
}
export class LoudSink extends Sink {
  override accept(h: Handle, last: boolean): void {
    console.log(h.closed, last);
  }
}`,
      "override closes": `
import type { Handle } from "./kit/handles.js";
export class Sink {
  accept(h: Handle): void {
    h.close();
  }
}
export class LoudSink extends Sink {
  override accept(h: Handle): void {
    console.log(h.closed);
    h.close();
  }
}`,
      "override calls its base": `
import type { Handle } from "./kit/handles.js";
export class Sink {
  accept(h: Handle): void {
    h.close();
  }
}
export class LoudSink extends Sink {
  override accept(h: Handle): void {
    console.log(h.closed);
    super.accept(h);
  }
}`,
      "base only borrows": `
import type { Handle } from "./kit/handles.js";
export class Source {
  peek(h: Handle): string {
    return h.read();
  }
}
export class LoudSource extends Source {
  override peek(h: Handle): string {
    return h.read().toUpperCase();
  }
}`,
    },
  },
});

verdicts(rule, "C. transfer, 31-32", {
  "C31 `pipe` does not hand over error cleanup": {
    leak: {
      "head of the chain": `
import fs from "node:fs";
import type { ServerResponse } from "node:http";
export function send(path: string, response: ServerResponse): void {
  fs.createReadStream(path).pipe(response); //! pipeDropsErrors
}`,
      "bound first": `
import { createReadStream } from "node:fs";
import type { ServerResponse } from "node:http";
export const send = (path: string, response: ServerResponse): void => {
  const source = createReadStream(path); //! pipeDropsErrors
  source.pipe(response);
};`,
      "destination of any kind, in a method": `
import * as fs from "node:fs";
import type { Writable } from "node:stream";
export class Sender {
  send(path: string, target: Writable): void {
    const source = fs.createReadStream(path); //! pipeDropsErrors
    source.pipe(target);
  }
}`,
      "result returned": `
import fs from "node:fs";
import type { Writable } from "node:stream";
export function send(path: string, target: Writable): Writable {
  return fs.createReadStream(path).pipe(target); //! pipeDropsErrors
}`,
    },
    fine: {
      "pipeline, awaited": `
import fs from "node:fs";
import { pipeline } from "node:stream/promises";
import type { ServerResponse } from "node:http";
export async function send(path: string, response: ServerResponse): Promise<void> {
  await pipeline(fs.createReadStream(path), response);
}`,
      "pipeline, bound first": `
import fs from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Writable } from "node:stream";
export async function send(path: string, target: Writable): Promise<void> {
  const source = fs.createReadStream(path);
  await pipeline(source, target);
}`,
      "pipeline, returned": `
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Writable } from "node:stream";
export const send = (path: string, target: Writable): Promise<void> =>
  pipeline(createReadStream(path), target);`,
      "pipeline, callback": `
import fs from "node:fs";
import { pipeline, type Writable } from "node:stream";
export function send(path: string, target: Writable): void {
  pipeline(fs.createReadStream(path), target, (error) => {
    if (error) console.error(error);
  });
}`,
      "pipeline with both ends fresh": `
import fs from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
export async function pack(from: string, to: string): Promise<void> {
  await pipeline(fs.createReadStream(from), createGzip(), fs.createWriteStream(to));
}`,
      "pipeline by its namespace": `
import fs from "node:fs";
import stream from "node:stream";
export class Sender {
  async send(path: string, target: stream.Writable): Promise<void> {
    await stream.promises.pipeline(fs.createReadStream(path), target);
  }
}`,
      "the source is destroyed when the destination closes": `
import fs from "node:fs";
import type { ServerResponse } from "node:http";
export function send(path: string, response: ServerResponse): void {
  const source = fs.createReadStream(path);
  response.on("close", () => source.destroy());
  source.pipe(response);
}`,
      "the source is destroyed when the destination fails": `
import fs from "node:fs";
import type { Writable } from "node:stream";
export function send(path: string, target: Writable): void {
  const source = fs.createReadStream(path);
  target.once("error", () => {
    source.destroy();
  });
  source.pipe(target);
}`,
    },
  },

  "C32 an option moves the duty back": {
    leak: {
      "file handle, autoClose: false": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<number> {
  const file = await open(path); //! neverReleased
  let size = 0;
  for await (const chunk of file.createReadStream({ autoClose: false })) {
    size += String(chunk).length;
  }
  return size;
}`,
      "file handle, write stream": `
import { open } from "node:fs/promises";
export async function f(path: string, text: string): Promise<void> {
  const file = await open(path, "w"); //! neverReleased
  file.createWriteStream({ autoClose: false }).end(text);
}`,
      "descriptor, autoClose: false": `
import fs from "node:fs";
export const f = async (path: string): Promise<number> => {
  const fd = fs.openSync(path, "r"); //! neverReleased
  const stream = fs.createReadStream(path, { fd, autoClose: false });
  let size = 0;
  for await (const chunk of stream) size += String(chunk).length;
  return size;
};`,
      "descriptor lent to a stream that closes nothing, in a method": `
import fs from "node:fs";
export class Log {
  write(path: string, text: string): void {
    const fd = fs.openSync(path, "a"); //! neverReleased
    fs.createWriteStream(path, { fd: fd, autoClose: false }).end(text);
  }
}`,
      "closed on one path only": `
import { open } from "node:fs/promises";
export async function f(path: string, text: string): Promise<void> {
  const file = await open(path, "w"); //! notReleasedOnPath
  file.createWriteStream({ autoClose: false }).end(text);
  if (text === "") await file.close();
}`,
    },
    fine: {
      "file handle, default": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<number> {
  const file = await open(path);
  let size = 0;
  for await (const chunk of file.createReadStream()) {
    size += String(chunk).length;
  }
  return size;
}`,
      "file handle, autoClose: true": `
import { open } from "node:fs/promises";
export async function f(path: string, text: string): Promise<void> {
  const file = await open(path, "w");
  file.createWriteStream({ autoClose: true }).end(text);
}`,
      "file handle, lines": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<number> {
  const file = await open(path);
  let lines = 0;
  for await (const line of file.readLines()) lines += line.length;
  return lines;
}`,
      "descriptor, default": `
import fs from "node:fs";
export const f = (path: string, text: string): void => {
  const fd = fs.openSync(path, "a");
  fs.createWriteStream(path, { fd }).end(text);
};`,
      "autoClose: false, then closed": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<number> {
  const file = await open(path);
  try {
    let size = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      size += String(chunk).length;
    }
    return size;
  } finally {
    await file.close();
  }
}`,
      "stream by path, read to the end": `
import fs from "node:fs";
export async function f(path: string): Promise<number> {
  let size = 0;
  for await (const chunk of fs.createReadStream(path)) size += String(chunk).length;
  return size;
}`,
    },
  },
});
