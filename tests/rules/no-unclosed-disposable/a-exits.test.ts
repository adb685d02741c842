/** Section A of the verdicts, 1 to 15: straight lines, branches and the ways out of a function. */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-unclosed-disposable";

verdicts(rule, "A. exits, 1-3", {
  "A1 opened, used, never closed": {
    leak: {
      "plain function": `
import { open } from "./kit/handles.js";
export function f(): string {
  const h = open(); //! neverReleased
  return h.read();
}`,
      "renamed import, arrow": `
import { open as acquire } from "./kit/handles.js";
export const f = (): void => {
  const h = acquire("a"); //! neverReleased
  h.write("x");
};`,
      "constructed, in a method": `
import { Handle } from "./kit/handles.js";
export class Reporter {
  report(text: string): void {
    const h = new Handle("report"); //! neverReleased
    h.write(text);
  }
}`,
      "subclass of a resource": `
import { Handle } from "./kit/handles.js";
class Log extends Handle {}
export function f(): void {
  const log = new Log(); //! neverReleased
  log.write("x");
}`,
      "read through an alias": `
import { open } from "./kit/handles.js";
export function f(): string {
  const h = open(); //! neverReleased
  const other = h;
  return other.read();
}`,
      "inside an object literal": `
import { open } from "./kit/handles.js";
export function f(): string {
  const box = { h: open(), label: "a" }; //! neverReleased
  return box.label + box.h.read();
}`,
      "async function": `
import { openAsync } from "./kit/handles.js";
export async function f(): Promise<string> {
  const h = await openAsync(); //! neverReleased
  return await h.read();
}`,
      "file handle": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  const file = await open(path); //! neverReleased
  return await file.readFile("utf8");
}`,
      "file handle, promise chain": `
import { open } from "node:fs/promises";
export function f(path: string): Promise<string> {
  return open(path).then((file) => file.readFile("utf8")); //! neverReleased
}`,
      "numeric descriptor": `
import fs from "node:fs";
export function f(path: string): string {
  const fd = fs.openSync(path, "r"); //! neverReleased
  return fs.readFileSync(fd, "utf8");
}`,
      directory: `
import { opendirSync } from "node:fs";
export function f(path: string): string | undefined {
  const dir = opendirSync(path); //! neverReleased
  return dir.readSync()?.name;
}`,
      socket: `
import * as net from "node:net";
export function f(port: number): void {
  const socket = net.connect(port); //! neverReleased
  socket.write("hello");
}`,
      "stream that nobody reads": `
import * as fs from "node:fs";
export function f(path: string): number {
  const stream = fs.createReadStream(path); //! neverReleased
  return stream.bytesRead;
}`,
      worker: `
import { Worker } from "node:worker_threads";
export function f(): void {
  const worker = new Worker("./task.js"); //! neverReleased
  worker.postMessage("go");
}`,
    },
    fine: {
      "closed at once": `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  h.close();
}`,
      "closed through the symbol": `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  h[Symbol.dispose]();
}`,
      "awaited close": `
import { open } from "node:fs/promises";
export async function touch(path: string): Promise<void> {
  const file = await open(path, "w");
  await file.close();
}`,
      "descriptor closed": `
import { openSync, closeSync } from "node:fs";
export function touch(path: string): void {
  const fd = openSync(path, "w");
  closeSync(fd);
}`,
      "socket ended": `
import net from "node:net";
export function ping(port: number): void {
  const socket = net.connect(port);
  socket.end("ping");
}`,
      "stream destroyed": `
import fs from "node:fs";
export function f(path: string): void {
  const stream = fs.createReadStream(path);
  stream.destroy();
}`,
      "worker terminated": `
import { Worker } from "node:worker_threads";
export async function f(): Promise<void> {
  const worker = new Worker("./task.js");
  await worker.terminate();
}`,
      "closed inside an object literal": `
import { open } from "./kit/handles.js";
export function f(): string {
  const box = { h: open(), label: "a" };
  try {
    return box.h.read();
  } finally {
    box.h.close();
  }
}`,
      "a type with a close and no dispose symbol proves nothing": `
import { Door } from "./kit/handles.js";
export function f(): void {
  const door = new Door();
  door.open();
}`,
    },
  },

  "A2 `using` and `await using` declarations": {
    leak: {
      "`using` holds another resource": `
import { open } from "./kit/handles.js";
export function f(): string {
  using a = open("a");
  const b = open("b"); //! neverReleased
  return a.read() + b.read();
}`,
      "`using` holds the alias on one branch only": `
import { open } from "./kit/handles.js";
export function f(keep: boolean): void {
  const h = open(); //! notReleasedOnPath
  if (!keep) {
    using owned = h;
    owned.read();
  }
}`,
    },
    fine: {
      using: `
import { open } from "./kit/handles.js";
export function f(): string {
  using h = open();
  return h.read();
}`,
      "using a value that may be missing": `
import { openMaybe } from "./kit/handles.js";
export function f(): string | undefined {
  using h = openMaybe();
  return h?.read();
}`,
      "using a conditional value": `
import { open } from "./kit/handles.js";
export function f(log: boolean): void {
  using h = log ? open() : undefined;
  h?.write("x");
}`,
      "using in a loop body": `
import { open } from "./kit/handles.js";
export function f(paths: string[]): void {
  for (const path of paths) {
    using h = open(path);
    if (h.read() === "") continue;
    h.write("x");
  }
}`,
      "using an alias": `
import { open } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function f(): void {
  const h = open();
  using owned = h;
  work();
  owned.read();
}`,
      "await using": `
import { openAsync } from "./kit/handles.js";
export async function f(): Promise<string> {
  await using h = await openAsync();
  return await h.read();
}`,
      "await using, arrow": `
import { open } from "node:fs/promises";
export const f = async (path: string): Promise<string> => {
  await using file = await open(path);
  return await file.readFile("utf8");
};`,
      "await using a synchronous resource": `
import { openSoon } from "./kit/handles.js";
export async function f(): Promise<string> {
  await using h = await openSoon();
  return h.read();
}`,
      "await using a stream, in a method": `
import fs from "node:fs";
export class Sizer {
  async size(path: string): Promise<number> {
    await using stream = fs.createReadStream(path);
    return stream.readableLength;
  }
}`,
      "using in a switch clause": `
import { open } from "./kit/handles.js";
export function f(mode: "a" | "b"): string {
  switch (mode) {
    case "a": {
      using h = open("a");
      return h.read();
    }
    default:
      return "";
  }
}`,
    },
  },

  "A3 closed in `finally` whose `try` starts right after the acquisition": {
    leak: {
      "the `finally` does something else": `
import { open } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function f(): string {
  const h = open(); //! neverReleased
  try {
    return h.read();
  } finally {
    work();
  }
}`,
      "the `finally` closes under an unrelated condition": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): string {
  const h = open(); //! notReleasedOnPath
  try {
    return h.read();
  } finally {
    if (condition()) h.close();
  }
}`,
      "the `finally` closes another one": `
import { open, type Handle } from "./kit/handles.js";
export function f(other: Handle): string {
  const h = open(); //! neverReleased
  try {
    return h.read();
  } finally {
    other.close();
  }
}`,
    },
    fine: {
      "plain function": `
import { open } from "./kit/handles.js";
export function f(): string {
  const h = open();
  try {
    return h.read();
  } finally {
    h.close();
  }
}`,
      "async, file handle": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<unknown> {
  const file = await open(path);
  try {
    return JSON.parse(await file.readFile("utf8"));
  } finally {
    await file.close();
  }
}`,
      descriptor: `
import * as fs from "node:fs";
export function f(path: string): number {
  const fd = fs.openSync(path, "r");
  try {
    return fs.fstatSync(fd).size;
  } finally {
    fs.closeSync(fd);
  }
}`,
      "directory, in a method": `
import fs from "node:fs";
export class Lister {
  first(path: string): string | undefined {
    const dir = fs.opendirSync(path);
    try {
      return dir.readSync()?.name;
    } finally {
      dir.closeSync();
    }
  }
}`,
      "socket, arrow": `
import { connect } from "node:net";
export const send = (port: number, text: string): boolean => {
  const socket = connect({ port });
  try {
    return socket.write(text);
  } finally {
    socket.destroy();
  }
};`,
      "through an alias": `
import { open } from "./kit/handles.js";
export function f(): string {
  const h = open();
  const same = h;
  try {
    return h.read();
  } finally {
    same.close();
  }
}`,
      "through a helper of the file": `
import { open, type Handle } from "./kit/handles.js";
function closeQuietly(h: Handle): void {
  try {
    h.close();
  } catch {
    // closing twice is harmless
  }
}
export function f(): string {
  const h = open();
  try {
    return h.read();
  } finally {
    closeQuietly(h);
  }
}`,
      "through a local arrow": `
import { open } from "./kit/handles.js";
export function f(): string {
  const h = open();
  const close = (): void => h.close();
  try {
    return h.read();
  } finally {
    close();
  }
}`,
      "declared before the `try`, opened as its first statement": `
import { open, type Handle } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function f(): void {
  let h: Handle | undefined;
  try {
    h = open();
    work();
  } finally {
    h?.close();
  }
}`,
      "in `catch` and after it": `
import { open } from "./kit/handles.js";
export function f(): string {
  const h = open();
  let text: string;
  try {
    text = h.read();
  } catch (error) {
    h.close();
    throw error;
  }
  h.close();
  return text;
}`,
      "only harmless statements before the `try`": `
import { open } from "./kit/handles.js";
import { options } from "./kit/opaque.js";
export function f(): string {
  const h = open();
  console.log("opened");
  const { retries } = options;
  const label = "retries " + retries;
  try {
    return label + h.read();
  } finally {
    h.close();
  }
}`,
    },
  },
});

verdicts(rule, "A. exits, 4-8", {
  "A4 closed at the end, but a call or await between may throw": {
    leak: {
      "plain call of the library itself": `
import { openSync, writeSync, closeSync } from "node:fs";
export function f(path: string): void {
  const fd = openSync(path, "w"); //! notReleasedOnThrow
  writeSync(fd, "x");
  closeSync(fd);
}`,
      "await of the resource itself": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  const file = await open(path); //! notReleasedOnThrow
  const text = await file.readFile("utf8");
  await file.close();
  return text;
}`,
      "await of something else": `
import { open } from "node:fs/promises";
import { workAsync } from "./kit/opaque.js";
export const f = async (path: string): Promise<void> => {
  const file = await open(path); //! notReleasedOnThrow
  await workAsync();
  await file.close();
};`,
      "promise chain": `
import { open } from "node:fs/promises";
export function f(path: string): Promise<string> {
  return open(path).then((file) => //! notReleasedOnThrow
    file.readFile("utf8").then((text) => file.close().then(() => text)),
  );
}`,
      "JSON.parse": `
import fs from "node:fs";
export function f(path: string, text: string): unknown {
  const fd = fs.openSync(path, "w"); //! notReleasedOnThrow
  const value: unknown = JSON.parse(text);
  fs.closeSync(fd);
  return value;
}`,
      "helper of the file that throws": `
import { openSync, closeSync, fstatSync } from "node:fs";
function checkSize(size: number): void {
  if (size > 1000) throw new Error("too large");
}
export function f(path: string): void {
  const fd = openSync(path, "r"); //! notReleasedOnThrow
  checkSize(fstatSync(fd).size);
  closeSync(fd);
}`,
      "the same helper inlined": `
import { openSync, closeSync, fstatSync } from "node:fs";
export function f(path: string): void {
  const fd = openSync(path, "r"); //! notReleasedOnThrow
  if (fstatSync(fd).size > 1000) throw new Error("too large");
  closeSync(fd);
}`,
      "method of the class that throws": `
import net from "node:net";
export class Client {
  private check(port: number): void {
    if (port < 1024) throw new RangeError("privileged port");
  }
  ping(port: number): void {
    const socket = net.connect(port); //! notReleasedOnThrow
    this.check(port);
    socket.end("ping");
  }
}`,
      "the call throws inside a `try` whose `catch` completes normally": `
import fs from "node:fs";
import { compute } from "./kit/opaque.js";
export function f(path: string): number | null {
  const fd = fs.openSync(path, "r"); //! notReleasedOnThrow
  try {
    const n = compute();
    fs.closeSync(fd);
    return n;
  } catch {
    return null;
  }
}`,
      "worker, await before terminate": `
import { Worker } from "node:worker_threads";
import { workAsync } from "./kit/opaque.js";
export async function f(): Promise<void> {
  const worker = new Worker("./task.js"); //! notReleasedOnThrow
  await workAsync();
  await worker.terminate();
}`,
      "closed through an alias": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<number> {
  const file = await open(path); //! notReleasedOnThrow
  const same = file;
  const { size } = await file.stat();
  await same.close();
  return size;
}`,
    },
    strict: {
      "plain call before closeSync": `
import fs from "node:fs";
import { work } from "./kit/opaque.js";
export function f(path: string): void {
  const fd = fs.openSync(path, "r"); //! notReleasedOnThrow
  work();
  fs.closeSync(fd);
}`,
      "method of the handle": `
import { open } from "./kit/handles.js";
export function f(): string {
  const h = open(); //! notReleasedOnThrow
  const text = h.read();
  h.close();
  return text;
}`,
      "await, but only the type is known": `
import { openAsync } from "./kit/handles.js";
export async function f(): Promise<string> {
  const h = await openAsync(); //! notReleasedOnThrow
  const text = await h.read();
  await h.close();
  return text;
}`,
      "await, but only the type is known, promise chain": `
import { openAsync } from "./kit/handles.js";
export function f(): Promise<string> {
  return openAsync().then((h) => h.read().then((text) => h.close().then(() => text))); //! notReleasedOnThrow
}`,
      "callee is a parameter": `
import { open } from "./kit/handles.js";
export function f(done: () => void): void {
  const h = open(); //! notReleasedOnThrow
  done();
  h.close();
}`,
    },
    fine: {
      "nothing that throws between": `
import { open } from "./kit/handles.js";
export function f(): boolean {
  const h = open();
  const closed = h.closed;
  h.close();
  return closed;
}`,
      "console between": `
import fs from "node:fs";
export function f(path: string): void {
  const fd = fs.openSync(path, "w");
  console.log("opened", fd);
  fs.closeSync(fd);
}`,
      "the await comes after the close": `
import { open } from "node:fs/promises";
import { workAsync } from "./kit/opaque.js";
export async function f(path: string): Promise<void> {
  const file = await open(path, "w");
  await file.close();
  await workAsync();
}`,
      "the call is caught first": `
import fs from "node:fs";
import { work } from "./kit/opaque.js";
export function f(path: string): void {
  const fd = fs.openSync(path, "r");
  try {
    work();
  } catch {
    // the descriptor is closed below
  }
  fs.closeSync(fd);
}`,
      "helper of the file that cannot throw": `
import net from "node:net";
function double(n: number): number {
  return n * 2;
}
export function f(port: number): number {
  const socket = net.connect(port);
  const n = double(port);
  socket.destroy();
  return n;
}`,
    },
  },

  "A5 two acquired, one `try`/`finally` for both": {
    leak: {
      "file handles": `
import { open } from "node:fs/promises";
export async function copy(from: string, to: string): Promise<void> {
  const a = await open(from); //! notReleasedOnThrow
  const b = await open(to, "w");
  try {
    await b.writeFile(await a.readFile());
  } finally {
    await Promise.allSettled([a.close(), b.close()]);
  }
}`,
      "file handles, arrow, `catch` on the first close": `
import { open } from "node:fs/promises";
export const copy = async (from: string, to: string): Promise<void> => {
  const a = await open(from); //! notReleasedOnThrow
  const b = await open(to, "w");
  try {
    await b.writeFile(await a.readFile());
  } finally {
    await a.close().catch(() => undefined);
    await b.close();
  }
};`,
      descriptors: `
import fs from "node:fs";
export function copy(from: string, to: string): void {
  const a = fs.openSync(from, "r"); //! notReleasedOnThrow
  const b = fs.openSync(to, "w");
  try {
    fs.writeFileSync(b, fs.readFileSync(a));
  } finally {
    fs.closeSync(a);
    fs.closeSync(b);
  }
}`,
      "socket, then a file handle": `
import net from "node:net";
import { open } from "node:fs/promises";
export class Sender {
  async send(port: number, path: string): Promise<void> {
    const socket = net.connect(port); //! notReleasedOnThrow
    const file = await open(path);
    try {
      socket.write(await file.readFile());
    } finally {
      socket.destroy();
      await file.close();
    }
  }
}`,
    },
    strict: {
      "only the type is known": `
import { open } from "./kit/handles.js";
export function f(): string {
  const a = open("a"); //! notReleasedOnThrow
  const b = open("b");
  try {
    return a.read() + b.read();
  } finally {
    try {
      a.close();
    } finally {
      b.close();
    }
  }
}`,
      "only the type is known, one declaration": `
import { open } from "./kit/handles.js";
export function f(): string {
  const a = open("a"), //! notReleasedOnThrow
    b = open("b");
  try {
    return a.read() + b.read();
  } finally {
    try {
      a.close();
    } finally {
      b.close();
    }
  }
}`,
    },
    fine: {
      nested: `
import { open } from "node:fs/promises";
export async function copy(from: string, to: string): Promise<void> {
  const a = await open(from);
  try {
    const b = await open(to, "w");
    try {
      await b.writeFile(await a.readFile());
    } finally {
      await b.close();
    }
  } finally {
    await a.close();
  }
}`,
      using: `
import { open } from "./kit/handles.js";
export function f(): string {
  using a = open("a");
  using b = open("b");
  return a.read() + b.read();
}`,
      "the second opened inside the `try`": `
import fs from "node:fs";
export function copy(from: string, to: string): void {
  const a = fs.openSync(from, "r");
  let b: number | undefined;
  try {
    b = fs.openSync(to, "w");
    fs.writeFileSync(b, fs.readFileSync(a));
  } finally {
    try {
      fs.closeSync(a);
    } finally {
      if (b !== undefined) fs.closeSync(b);
    }
  }
}`,
    },
  },

  "A6 an early exit skips the close": {
    leak: {
      return: `
import { open } from "./kit/handles.js";
export function f(): string {
  const h = open(); //! notReleasedOnPath
  const text = h.read();
  if (text === "") return "empty";
  h.close();
  return text;
}`,
      "return, else branch": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export const f = (): void => {
  const h = open(); //! notReleasedOnPath
  if (condition()) {
    h.close();
  } else {
    return;
  }
};`,
      ternary: `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  const h = open(); //! notReleasedOnPath
  condition() ? h.close() : h.read();
}`,
      "logical and": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  const h = open(); //! notReleasedOnPath
  condition() && h.close();
}`,
      continue: `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  for (const path of paths) {
    const h = open(path); //! notReleasedOnPath
    if (h.read() === "") continue;
    h.close();
  }
}`,
      break: `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  for (const path of paths) {
    const h = open(path); //! notReleasedOnPath
    if (h.read() === "") break;
    h.close();
  }
}`,
      "labelled continue": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[], words: readonly string[]): void {
  outer: for (const path of paths) {
    const h = open(path); //! notReleasedOnPath
    for (const word of words) {
      if (word === path) continue outer;
    }
    h.close();
  }
}`,
      "switch clause": `
import { open } from "./kit/handles.js";
export function f(mode: "a" | "b" | "c"): number {
  const h = open(); //! notReleasedOnPath
  switch (mode) {
    case "a":
      h.close();
      return 1;
    case "b":
      return 2;
    default:
      h.close();
      return 3;
  }
}`,
      "descriptor, in a method": `
import fs from "node:fs";
export class Files {
  isEmpty(path: string): boolean {
    const fd = fs.openSync(path, "r"); //! notReleasedOnPath
    if (fs.fstatSync(fd).size === 0) return true;
    fs.closeSync(fd);
    return false;
  }
}`,
      "async, a return wins over the awaits that may reject": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string | null> {
  const file = await open(path); //! notReleasedOnPath
  const { size } = await file.stat();
  if (size === 0) return null;
  const text = await file.readFile("utf8");
  await file.close();
  return text;
}`,
      "promise chain": `
import { open } from "node:fs/promises";
export function f(path: string): Promise<void> {
  return open(path).then(async (file) => { //! notReleasedOnPath
    const { size } = await file.stat();
    if (size === 0) return;
    await file.close();
  });
}`,
      throw: `
import fs from "node:fs";
export function f(path: string): void {
  const fd = fs.openSync(path, "r"); //! notReleasedOnThrow
  const { size } = fs.fstatSync(fd);
  if (size === 0) {
    throw new Error("empty");
  }
  fs.closeSync(fd);
}`,
      "throw by a helper that never returns": `
import net from "node:net";
function fail(message: string): never {
  throw new Error(message);
}
export function f(port: number, text: string): void {
  const socket = net.connect(port); //! notReleasedOnThrow
  if (text === "") fail("nothing to send");
  socket.end(text);
}`,
      "return and throw are one report": `
import fs from "node:fs";
export function f(path: string): number {
  const fd = fs.openSync(path, "r"); //! notReleasedOnPath
  const { size } = fs.fstatSync(fd);
  if (size === 0) throw new Error("empty");
  if (size === 1) return 1;
  fs.closeSync(fd);
  return size;
}`,
    },
    strict: {
      "throw, but only the type is known": `
import { open } from "./kit/handles.js";
export function f(text: string): void {
  const h = open(); //! notReleasedOnThrow
  if (text === "") throw new Error("nothing to write");
  h.close();
}`,
    },
    fine: {
      "closed before the return": `
import { open } from "./kit/handles.js";
export function f(text: string): string {
  const h = open();
  if (text === "") {
    h.close();
    return "empty";
  }
  h.close();
  return text;
}`,
      "the early return comes before the acquisition": `
import { open } from "./kit/handles.js";
export function f(text: string): void {
  if (text === "") return;
  const h = open();
  h.close();
}`,
      "early returns under `finally`": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string | null> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) return null;
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}`,
      "closed, then thrown": `
import fs from "node:fs";
export function f(path: string, limit: number): void {
  const fd = fs.openSync(path, "r");
  if (limit === 0) {
    fs.closeSync(fd);
    throw new Error("empty");
  }
  fs.closeSync(fd);
}`,
      "continue under `finally`": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  for (const path of paths) {
    const h = open(path);
    try {
      if (h.read() === "") continue;
      h.write("x");
    } finally {
      h.close();
    }
  }
}`,
      "every clause of the switch closes": `
import { open } from "./kit/handles.js";
export function f(mode: "a" | "b"): number {
  const h = open();
  switch (mode) {
    case "a":
      h.close();
      return 1;
    case "b":
      h.close();
      return 2;
  }
}`,
      "both arms of a ternary close": `
import { open } from "./kit/handles.js";
export function f(soft: boolean): void {
  const h = open();
  soft ? h.close() : h[Symbol.dispose]();
}`,
    },
  },

  "A7 closed only in `catch`, or only in `then`": {
    leak: {
      catch: `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open(); //! notReleasedOnPath
  try {
    h.read();
  } catch {
    h.close();
  }
}`,
      "catch that rethrows": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  const file = await open(path); //! notReleasedOnPath
  try {
    return await file.readFile("utf8");
  } catch (error) {
    await file.close();
    throw error;
  }
}`,
      "catch of a chain": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<void> {
  const file = await open(path, "w"); //! notReleasedOnPath
  await file.writeFile("x").catch(() => file.close());
}`,
      then: `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<void> {
  const file = await open(path, "w"); //! notReleasedOnThrow
  return file.writeFile("x").then(() => file.close());
}`,
      "then, method": `
import { open } from "node:fs/promises";
export class Writer {
  write(path: string, text: string): Promise<void> {
    return open(path, "w").then((file) => file.writeFile(text).then(() => file.close())); //! notReleasedOnThrow
  }
}`,
      "then, worker": `
import { Worker } from "node:worker_threads";
import { workAsync } from "./kit/opaque.js";
export const f = (): Promise<number> => {
  const worker = new Worker("./task.js"); //! notReleasedOnThrow
  return workAsync().then(() => worker.terminate());
};`,
    },
    strict: {
      "then, but only the type is known": `
import { openAsync } from "./kit/handles.js";
export async function f(): Promise<void> {
  const h = await openAsync(); //! notReleasedOnThrow
  return h.write("x").then(() => h.close());
}`,
    },
    fine: {
      "both callbacks of `then`": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<void> {
  const file = await open(path, "w");
  return file.writeFile("x").then(
    () => file.close(),
    () => file.close(),
  );
}`,
      "catch, and again at the end": `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  try {
    h.read();
  } catch {
    h.close();
    return;
  }
  h.close();
}`,
      "close in `catch`, result returned on success": `
import { open, type Handle } from "./kit/handles.js";
export function f(): Handle {
  const h = open();
  try {
    h.read();
  } catch (error) {
    h.close();
    throw error;
  }
  return h;
}`,
      "catch first, then close": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<void> {
  const file = await open(path, "w");
  return file
    .writeFile("x")
    .catch(() => undefined)
    .then(() => file.close());
}`,
    },
  },

  "A8 closed in `.finally()` of an awaited or returned chain": {
    leak: {
      "the `finally` callback does something else": `
import { open } from "node:fs/promises";
import { work } from "./kit/opaque.js";
export async function f(path: string): Promise<string> {
  const file = await open(path); //! neverReleased
  return file.readFile("utf8").finally(() => {
    work();
  });
}`,
      "an await comes before the chain": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  const file = await open(path); //! notReleasedOnThrow
  await file.stat();
  return file.readFile("utf8").finally(() => file.close());
}`,
    },
    fine: {
      returned: `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  const file = await open(path);
  return file.readFile("utf8").finally(() => file.close());
}`,
      awaited: `
import { openAsync } from "./kit/handles.js";
export const f = async (): Promise<string> => {
  const h = await openAsync();
  const text = await h.read().finally(() => h.close());
  return text.trim();
};`,
      "from the acquisition on": `
import { open } from "node:fs/promises";
export function f(path: string): Promise<string> {
  return open(path).then((file) => file.readFile("utf8").finally(() => file.close()));
}`,
      "callback with a block, in a method": `
import { openAsync } from "./kit/handles.js";
export class Reader {
  async text(): Promise<string> {
    const h = await openAsync();
    return h
      .read()
      .then((text) => text.trim())
      .finally(async () => {
        await h.close();
      });
  }
}`,
      "callback is a function of its own": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  const file = await open(path);
  const close = (): Promise<void> => file.close();
  return file.readFile("utf8").finally(close);
}`,
    },
  },
});

verdicts(rule, "A. exits, 9-12", {
  "A9 guarded by a test for the resource itself": {
    leak: {
      "guarded use, no close": `
import { openMaybe } from "./kit/handles.js";
export function f(): void {
  const h = openMaybe(); //! neverReleased
  if (h) h.read();
}`,
      "optional chain, no close": `
import { openMaybe } from "./kit/handles.js";
export function f(): string | undefined {
  const h = openMaybe(); //! neverReleased
  return h?.read();
}`,
      "one more condition, `if`": `
import { openMaybe } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  const h = openMaybe(); //! notReleasedOnPath
  if (h && condition()) h.close();
}`,
      "one more condition, optional chain": `
import { openMaybe } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  const h = openMaybe(); //! notReleasedOnPath
  if (condition()) h?.close();
}`,
    },
    fine: {
      if: `
import { openMaybe } from "./kit/handles.js";
export function f(): void {
  const h = openMaybe();
  if (h) h.close();
}`,
      "optional chain": `
import { openMaybe } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function f(): void {
  const h = openMaybe();
  try {
    work();
  } finally {
    h?.close();
  }
}`,
      "logical and": `
import { openMaybe } from "./kit/handles.js";
export function f(): void {
  const h = openMaybe();
  h && h.close();
}`,
      ternary: `
import { openMaybe } from "./kit/handles.js";
export function f(): void {
  const h = openMaybe();
  h ? h.close() : console.log("nothing to close");
}`,
      "not null": `
import { openMaybe } from "./kit/handles.js";
export function f(): void {
  const h = openMaybe();
  if (h != null) {
    h.close();
  }
}`,
      "not undefined, in `finally`": `
import { openMaybe } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function f(): void {
  const h = openMaybe();
  try {
    work();
  } finally {
    if (h !== undefined) {
      h.close();
    }
  }
}`,
      "early return": `
import { openMaybe } from "./kit/handles.js";
export const f = (): string => {
  const h = openMaybe();
  if (!h) return "";
  try {
    return h.read();
  } finally {
    h.close();
  }
};`,
      "early throw": `
import { openMaybe } from "./kit/handles.js";
export function f(): string {
  const h = openMaybe();
  if (h === undefined) throw new Error("cannot open");
  using owned = h;
  return owned.read();
}`,
      instanceof: `
import { Handle, openMaybe } from "./kit/handles.js";
export function f(): void {
  const h = openMaybe();
  if (h instanceof Handle) h.close();
}`,
      typeof: `
import { openMaybe } from "./kit/handles.js";
export function f(): void {
  const h = openMaybe();
  if (typeof h !== "undefined") h.close();
}`,
      "type guard helper": `
import { openMaybe, type Handle } from "./kit/handles.js";
function present(h: Handle | undefined): h is Handle {
  return h !== undefined;
}
export function f(): void {
  const h = openMaybe();
  if (present(h)) h.close();
}`,
      "guard inside the helper": `
import { openMaybe, type Handle } from "./kit/handles.js";
function closeIfAny(h: Handle | undefined): void {
  if (h) h.close();
}
export class Job {
  run(): void {
    const h = openMaybe();
    closeIfAny(h);
  }
}`,
      "non-null assertion": `
import { openMaybe } from "./kit/handles.js";
export function f(): void {
  const h = openMaybe()!;
  h.close();
}`,
      "assignment in the condition": `
import { openMaybe, type Handle } from "./kit/handles.js";
export function f(): void {
  let h: Handle | undefined;
  if ((h = openMaybe())) {
    h.close();
  }
}`,
      "loop until nothing is opened": `
import { openMaybe, type Handle } from "./kit/handles.js";
export function f(): void {
  let h: Handle | undefined;
  while ((h = openMaybe()) !== undefined) {
    h.close();
  }
}`,
      "async, optional chain in `finally`": `
import { open, type FileHandle } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  let file: FileHandle | null = null;
  try {
    file = await open(path);
    return await file.readFile("utf8");
  } finally {
    await file?.close();
  }
}`,
    },
  },

  "A10 acquired and closed under a condition": {
    leak: {
      "another condition": `
import { open, type Handle } from "./kit/handles.js";
export function f(log: boolean, verbose: boolean): void {
  let h: Handle | undefined;
  if (log) h = open(); //! notReleasedOnPath
  if (verbose) h?.close();
}`,
      "another property": `
import { open, type Handle } from "./kit/handles.js";
export function f(settings: { log: boolean; verbose: boolean }): void {
  const h: Handle | undefined = settings.log ? open() : undefined; //! notReleasedOnPath
  if (settings.verbose) h?.close();
}`,
      "the opposite condition": `
import { open, type Handle } from "./kit/handles.js";
export function f(log: boolean, given: Handle): void {
  const h = log ? open() : given; //! neverReleased
  if (!log) h.close();
}`,
      "the condition changes between": `
import { open, type Handle } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  let log = condition();
  let h: Handle | undefined;
  if (log) h = open(); //! notReleasedOnPath
  log = condition();
  if (log) h?.close();
}`,
      "descriptor, the condition is asked again": `
import fs from "node:fs";
import { condition } from "./kit/opaque.js";
export function f(path: string): void {
  let fd = -1;
  if (condition()) fd = fs.openSync(path, "w"); //! notReleasedOnPath
  if (condition()) fs.closeSync(fd);
}`,
    },
    fine: {
      "same parameter": `
import { open, type Handle } from "./kit/handles.js";
export function f(log: boolean): void {
  let h: Handle | undefined;
  if (log) h = open();
  if (log) h!.close();
}`,
      "same parameter, `try` between": `
import { open, type Handle } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function f(log: boolean): void {
  let h: Handle | undefined;
  if (log) h = open();
  try {
    work();
  } finally {
    if (log) h?.close();
  }
}`,
      "same property": `
import { open } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function f(settings: { readonly log?: boolean }): void {
  const h = settings.log ? open() : undefined;
  try {
    work();
  } finally {
    if (settings.log) h?.close();
  }
}`,
      "same constant, descriptor": `
import fs from "node:fs";
import { condition, work } from "./kit/opaque.js";
export function f(path: string): void {
  const log = condition();
  const fd = log ? fs.openSync(path, "w") : -1;
  try {
    work();
  } finally {
    if (log) fs.closeSync(fd);
  }
}`,
      "same condition negated": `
import { open, type Handle } from "./kit/handles.js";
export const f = (quiet: boolean): void => {
  let h: Handle | undefined;
  if (!quiet) {
    h = open();
  }
  if (quiet) return;
  h!.close();
};`,
      "same literal comparison": `
import { open, type Handle } from "./kit/handles.js";
export function f(mode: "on" | "off"): void {
  let h: Handle | undefined;
  if (mode === "on") h = open();
  if (mode === "on") h?.close();
}`,
      "the resource itself is the condition": `
import { open, type Handle } from "./kit/handles.js";
import { condition, work } from "./kit/opaque.js";
export class Job {
  run(): void {
    let h: Handle | undefined;
    if (condition()) h = open();
    try {
      work();
    } finally {
      if (h) h.close();
    }
  }
}`,
      "a success flag decides who closes": `
import { open, type Handle } from "./kit/handles.js";
export function f(): Handle {
  const h = open();
  let done = false;
  try {
    h.write("header");
    done = true;
    return h;
  } finally {
    if (!done) h.close();
  }
}`,
    },
    quiet: {
      "same import, plain call between": `
import { open, type Handle } from "./kit/handles.js";
import { options, work } from "./kit/opaque.js";
export function f(): void {
  let h: Handle | undefined;
  if (options.log) h = open();
  work();
  if (options.log) h?.close();
}`,
    },
  },

  "A11 re-created each turn of a loop": {
    leak: {
      "in the head of the loop": `
import { open } from "./kit/handles.js";
export function f(): void {
  for (let h = open(); h.read() !== "";) { //! neverReleased
    h.write("on");
  }
}`,
      "opened for each turn": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  for (const h of paths.map((path) => open(path))) { //! neverReleased
    h.write("on");
  }
}`,
      "for-of, closed after the loop": `
import { open, type Handle } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  let h: Handle | undefined;
  for (const path of paths) {
    h = open(path); //! overwritten
    h.read();
  }
  h?.close();
}`,
      "while, closed after the loop": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  let h = open("first");
  h.close();
  while (condition()) {
    h = open("next"); //! overwritten
  }
  h.close();
}`,
      "for, async": `
import { open, type FileHandle } from "node:fs/promises";
export async function f(path: string, retries: number): Promise<void> {
  let file: FileHandle | undefined;
  for (let i = 0; i < retries; i++) {
    file = await open(path); //! overwritten
  }
  await file?.close();
}`,
      "reassigned without a loop": `
import { open } from "./kit/handles.js";
export function f(): void {
  let h = open("a"); //! overwritten
  h = open("b");
  h.close();
}`,
      "set to undefined": `
import { open, type Handle } from "./kit/handles.js";
export function f(): void {
  let h: Handle | undefined = open(); //! overwritten
  h.read();
  h = undefined;
}`,
      "descriptor, method": `
import fs from "node:fs";
export class Files {
  last(paths: readonly string[]): void {
    let fd = -1;
    for (const path of paths) {
      fd = fs.openSync(path, "r"); //! overwritten
    }
    if (fd !== -1) fs.closeSync(fd);
  }
}`,
      "own name each turn, never closed": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  for (const path of paths) {
    const h = open(path); //! neverReleased
    h.read();
  }
}`,
      "forEach, never closed": `
import { open } from "./kit/handles.js";
export const f = (paths: readonly string[]): void => {
  paths.forEach((path) => {
    const h = open(path); //! neverReleased
    h.read();
  });
};`,
    },
    fine: {
      "closed each turn": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  for (const path of paths) {
    const h = open(path);
    try {
      h.read();
    } finally {
      h.close();
    }
  }
}`,
      "closed each turn, forEach": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  paths.forEach((path) => {
    const h = open(path);
    h.close();
  });
}`,
      "previous one closed first": `
import { open, type Handle } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  let h: Handle | undefined;
  for (const path of paths) {
    h?.close();
    h = open(path);
  }
  h?.close();
}`,
      "opened once, at the first turn": `
import { open, type Handle } from "./kit/handles.js";
export function f(lines: readonly string[]): void {
  let h: Handle | undefined;
  try {
    for (const line of lines) {
      h ??= open();
      h.write(line);
    }
  } finally {
    h?.close();
  }
}`,
      "the loop ends with the assignment": `
import { openMaybe, type Handle } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  let h: Handle | undefined;
  for (const path of paths) {
    h = openMaybe(path);
    if (h) break;
  }
  h?.close();
}`,
      "do-while, async": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<void> {
  let tries = 0;
  do {
    const file = await open(path, "w");
    await file.close();
    tries++;
  } while (tries < 3);
}`,
    },
  },

  "A11 a loop over a list that is written down runs": {
    leak: {
      "a list that may be empty": `
import { openSync, closeSync } from "node:fs";
export function lock(path: string, signals: string[]): void {
  const fd = openSync(path, "wx"); //! notReleasedOnPath
  for (const signal of signals) process.once(signal, () => closeSync(fd));
}`,
      "a turn that goes on before the release": `
import { openSync, closeSync, fstatSync } from "node:fs";
export function check(): void {
  for (const path of ["a", "b"]) {
    const fd = openSync(path, "r"); //! notReleasedOnPath
    if (fstatSync(fd).isDirectory()) continue;
    closeSync(fd);
  }
}`,
    },
    fine: {
      "a literal": `
import { openSync, closeSync } from "node:fs";
export function lock(path: string): void {
  const fd = openSync(path, "wx");
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => closeSync(fd));
}`,
      "a constant": `
import { openSync, closeSync } from "node:fs";
const signals = ["SIGINT", "SIGTERM"] as const;
export function lock(path: string): void {
  const fd = openSync(path, "wx");
  for (const signal of signals) process.once(signal, () => closeSync(fd));
}`,
    },
  },
  "A12 fresh or borrowed, by `switch`, `?:`, `??`, `||`": {
    leak: {
      nullish: `
import { open, type Handle } from "./kit/handles.js";
export function f(given?: Handle): string {
  const h = given ?? open(); //! neverReleased
  return h.read();
}`,
      or: `
import { open, type Handle } from "./kit/handles.js";
export const f = (given?: Handle): string => {
  const h = given || open(); //! neverReleased
  return h.read();
};`,
      ternary: `
import { open, type Handle } from "./kit/handles.js";
export function f(given?: Handle): string {
  const h = given ? given : open(); //! neverReleased
  return h.read();
}`,
      if: `
import { open, type Handle } from "./kit/handles.js";
export function f(given?: Handle): string {
  let h = given;
  if (h === undefined) {
    h = open(); //! neverReleased
  }
  return h.read();
}`,
      "default of a parameter": `
import { open } from "./kit/handles.js";
export function f(h = open()): string { //! neverReleased
  return h.read();
}`,
      "default in a pattern": `
import { open, type Handle } from "./kit/handles.js";
export function f(settings: { h?: Handle }): string {
  const { h = open() } = settings; //! neverReleased
  return h.read();
}`,
      switch: `
import { open, type Handle } from "./kit/handles.js";
export function f(mode: "own" | "shared", shared: Handle): string {
  let h: Handle;
  switch (mode) {
    case "own":
      h = open(); //! neverReleased
      break;
    case "shared":
      h = shared;
      break;
  }
  return h.read();
}`,
      async: `
import { open, type FileHandle } from "node:fs/promises";
export async function f(path: string, given?: FileHandle): Promise<string> {
  const file = given ?? (await open(path)); //! neverReleased
  return await file.readFile("utf8");
}`,
      "closed on the borrowed arm": `
import { open, type Handle } from "./kit/handles.js";
export function f(given?: Handle): void {
  const h = given ?? open(); //! neverReleased
  if (given) h.close();
}`,
    },
    fine: {
      "nullish, closed when nothing was given": `
import { open, type Handle } from "./kit/handles.js";
export function f(given?: Handle): string {
  const h = given ?? open();
  try {
    return h.read();
  } finally {
    if (given === undefined) h.close();
  }
}`,
      "or, falsy test": `
import { open, type Handle } from "./kit/handles.js";
export function f(given?: Handle): string {
  const h = given || open();
  try {
    return h.read();
  } finally {
    if (!given) h.close();
  }
}`,
      "compared with the borrowed one": `
import { open, type Handle } from "./kit/handles.js";
export function f(given?: Handle): string {
  const h = given ?? open();
  try {
    return h.read();
  } finally {
    if (h !== given) h.close();
  }
}`,
      "always closed": `
import { open, type Handle } from "./kit/handles.js";
export function f(given?: Handle): string {
  const h = given ? given : open();
  try {
    return h.read();
  } finally {
    h.close();
  }
}`,
      "owner flag": `
import { open, type Handle } from "./kit/handles.js";
export function f(given?: Handle): string {
  const owned = !given;
  const h = given ?? open();
  try {
    return h.read();
  } finally {
    if (owned) h.close();
  }
}`,
      "switch, closed in the same clause later": `
import { open, type Handle } from "./kit/handles.js";
export function f(mode: "own" | "shared", shared: Handle): string {
  let h: Handle;
  switch (mode) {
    case "own":
      h = open();
      break;
    case "shared":
      h = shared;
      break;
  }
  try {
    return h.read();
  } finally {
    if (mode === "own") h.close();
  }
}`,
      "only borrowed arms": `
import type { Handle } from "./kit/handles.js";
export function f(first: Handle | undefined, second: Handle): string {
  const h = first ?? second;
  return h.read();
}`,
    },
  },
});

verdicts(rule, "A. exits, 13-15", {
  "A13 the first close throws, so the second is skipped": {
    leak: {
      finally: `
import { open, type FileHandle } from "node:fs/promises";
export async function copy(from: string, to: string): Promise<void> {
  let a: FileHandle | undefined;
  let b: FileHandle | undefined;
  try {
    a = await open(from);
    b = await open(to, "w"); //! notReleasedOnThrow
    await b.writeFile(await a.readFile());
  } finally {
    await a?.close();
    await b?.close();
  }
}`,
      "finally, `if` instead of optional chain": `
import { open, type FileHandle } from "node:fs/promises";
export const copy = async (from: string, to: string): Promise<void> => {
  let a: FileHandle | undefined;
  let b: FileHandle | undefined;
  try {
    a = await open(from);
    b = await open(to, "w"); //! notReleasedOnThrow
    await b.writeFile(await a.readFile());
  } finally {
    if (a) await a.close();
    if (b) await b.close();
  }
};`,
      "finally, the first closed by a helper": `
import { open, type FileHandle } from "node:fs/promises";
async function closeFile(file: FileHandle): Promise<void> {
  await file.close();
}
export async function copy(from: FileHandle, to: string): Promise<void> {
  const file = await open(to, "w"); //! notReleasedOnThrow
  try {
    await file.writeFile(await from.readFile());
  } finally {
    await closeFile(from);
    await file.close();
  }
}`,
      "straight line": `
import type { FileHandle } from "node:fs/promises";
import net from "node:net";
export async function f(file: FileHandle, port: number): Promise<void> {
  const socket = net.connect(port); //! notReleasedOnThrow
  await file.close();
  socket.destroy();
}`,
      "chain of `then`": `
import { open, type FileHandle } from "node:fs/promises";
export async function f(path: string, first: FileHandle): Promise<void> {
  const file = await open(path, "w"); //! notReleasedOnThrow
  return first.close().then(() => file.close());
}`,
    },
    strict: {
      "synchronous closes": `
import { open, type Handle } from "./kit/handles.js";
export function f(): string {
  let a: Handle | undefined;
  let b: Handle | undefined;
  try {
    a = open("a");
    b = open("b"); //! notReleasedOnThrow
    return a.read() + b.read();
  } finally {
    a?.close();
    b?.close();
  }
}`,
      descriptors: `
import fs from "node:fs";
export function f(from: number, path: string): void {
  const fd = fs.openSync(path, "w"); //! notReleasedOnThrow
  fs.closeSync(from);
  fs.closeSync(fd);
}`,
    },
    fine: {
      "nested `finally`": `
import { open, type FileHandle } from "node:fs/promises";
export async function copy(from: string, to: string): Promise<void> {
  let a: FileHandle | undefined;
  let b: FileHandle | undefined;
  try {
    a = await open(from);
    b = await open(to, "w");
    await b.writeFile(await a.readFile());
  } finally {
    try {
      await a?.close();
    } finally {
      await b?.close();
    }
  }
}`,
      "allSettled over both": `
import { open, type FileHandle } from "node:fs/promises";
export async function copy(from: string, to: string): Promise<void> {
  let a: FileHandle | undefined;
  let b: FileHandle | undefined;
  try {
    a = await open(from);
    b = await open(to, "w");
    await b.writeFile(await a.readFile());
  } finally {
    await Promise.allSettled([a?.close(), b?.close()]);
  }
}`,
      "the first close is caught": `
import { open, type FileHandle } from "node:fs/promises";
export async function copy(from: string, to: string): Promise<void> {
  let a: FileHandle | undefined;
  let b: FileHandle | undefined;
  try {
    a = await open(from);
    b = await open(to, "w");
    await b.writeFile(await a.readFile());
  } finally {
    await a?.close().catch(() => undefined);
    await b?.close();
  }
}`,
      "the first close is in a `try` with a `catch`": `
import { open, type FileHandle } from "node:fs/promises";
export async function f(path: string, first: FileHandle): Promise<void> {
  const file = await open(path, "w");
  try {
    await first.close();
  } catch (error) {
    console.error(error);
  }
  await file.close();
}`,
      "two declarations with `await using`": `
import { open } from "node:fs/promises";
export async function copy(from: string, to: string): Promise<void> {
  await using a = await open(from);
  await using b = await open(to, "w");
  await b.writeFile(await a.readFile());
}`,
    },
  },

  "A14 a function that cannot return": {
    leak: {
      "the exit is on another branch": `
import fs from "node:fs";
export function f(path: string, bad: boolean): void {
  const fd = fs.openSync(path, "r"); //! neverReleased
  if (bad) process.exit(1);
  console.log(fd);
}`,
      "the endless loop has a way out": `
import fs from "node:fs";
export function f(path: string, lines: string[]): void {
  const fd = fs.openSync(path, "w"); //! neverReleased
  for (;;) {
    const line = lines.pop();
    if (line === undefined) break;
    console.log(fd, line);
  }
}`,
    },
    fine: {
      "process.exit": `
import fs from "node:fs";
export function main(path: string): void {
  const fd = fs.openSync(path, "w");
  console.log("opened", fd);
  process.exit(0);
}`,
      "process.exit on the skipped path": `
import { open } from "./kit/handles.js";
export const main = (bad: boolean): void => {
  const h = open();
  if (bad) {
    process.exit(1);
  }
  h.close();
};`,
      "process.exit imported": `
import { exit } from "node:process";
import net from "node:net";
export function main(port: number): never {
  const socket = net.connect(port);
  console.log(socket.connecting);
  exit(0);
}`,
      "process.abort": `
import { open } from "./kit/handles.js";
export function main(): never {
  const h = open();
  console.error(h.closed);
  process.abort();
}`,
      "helper that exits": `
import { open } from "./kit/handles.js";
function quit(): never {
  process.exit(2);
}
export class Command {
  run(bad: boolean): void {
    const h = open();
    if (bad) quit();
    h.close();
  }
}`,
      "endless loop": `
import { open } from "./kit/handles.js";
export function serve(): never {
  const h = open();
  while (true) {
    console.log(h.closed);
  }
}`,
      "endless `for`": `
import { open } from "./kit/handles.js";
export function serve(): void {
  const h = open();
  for (;;) {
    console.log(h.closed);
  }
}`,
    },
    quiet: {
      "endless loop with plain calls": `
import { open } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function serve(): never {
  const h = open();
  while (true) {
    work();
    h.write("tick");
  }
}`,
      "endless loop with awaits, only the type is known": `
import { openAsync } from "./kit/handles.js";
import { workAsync } from "./kit/opaque.js";
export async function serve(): Promise<never> {
  const h = await openAsync();
  for (;;) {
    await workAsync();
    await h.write("tick");
  }
}`,
    },
  },

  "A15 asynchronous close without `await`": {
    todo: {
      "floating in `finally`": {
        code: `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  const file = await open(path); //! notReleasedOnPath
  try {
    return await file.readFile("utf8");
  } finally {
    file.close();
  }
}`,
        reason: "a release that is started and not awaited counts as a release",
        strict: true,
      },
    },
    quiet: {
      void: `
import { openAsync } from "./kit/handles.js";
export async function f(): Promise<void> {
  const h = await openAsync();
  void h.close();
}`,
      worker: `
import { Worker } from "node:worker_threads";
export function f(): void {
  const worker = new Worker("./task.js");
  worker.terminate();
}`,
    },
    fine: {
      awaited: `
import { openAsync } from "./kit/handles.js";
export async function f(): Promise<void> {
  const h = await openAsync();
  await h.close();
}`,
      returned: `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<void> {
  const file = await open(path, "w");
  return file.close();
}`,
      "kept and awaited later": `
import { openAsync } from "./kit/handles.js";
export async function f(): Promise<void> {
  const h = await openAsync();
  const closing = h.close();
  console.log("closing");
  await closing;
}`,
      "one of several awaited together": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
import { workAsync } from "./kit/opaque.js";
export async function f(): Promise<void> {
  const h: AsyncHandle = await openAsync();
  await Promise.all([h.close(), workAsync()]);
}`,
    },
  },
});
