import { verdicts } from "../../support/verdicts.ts";

const rule = "no-use-after-release";

verdicts(rule, "used after it was released", {
  "on the only path": {
    leak: {
      statement: `
import { open } from "./kit/handles.js";
export function first(): string {
  const handle = open();
  handle.close();
  return handle.read(); //! usedAfterRelease
}`,
      method: `
import { open } from "./kit/handles.js";
export class Reader {
  first(): string {
    const handle = open();
    handle.close();
    return handle.read(); //! usedAfterRelease
  }
}`,
      arrow: `
import { open } from "./kit/handles.js";
export const first = (): string => {
  const handle = open();
  handle[Symbol.dispose]();
  return handle.read(); //! usedAfterRelease
};`,
      async: `
import { openAsync } from "./kit/handles.js";
export async function first(): Promise<string> {
  const handle = await openAsync();
  await handle.close();
  return await handle.read(); //! usedAfterRelease
}`,
      "promise chain": `
import { openAsync } from "./kit/handles.js";
export function first(): Promise<void> {
  return openAsync().then(async (handle) => {
    await handle.close();
    await handle.write("late"); //! usedAfterRelease
  });
}`,
      alias: `
import { open } from "./kit/handles.js";
export function first(): string {
  const handle = open();
  const same = handle;
  same.close();
  return handle.read(); //! usedAfterRelease
}`,
      "member of a local object": `
import { open } from "./kit/handles.js";
export function first(): string {
  const handle = open();
  const pair = { handle };
  pair.handle.close();
  return handle.read(); //! usedAfterRelease
}`,
      destructured: `
import { open } from "./kit/handles.js";
export function first(): string {
  const pair = { handle: open() };
  const { handle } = pair;
  handle.close();
  return handle.read(); //! usedAfterRelease
}`,
      "a descriptor": `
import { closeSync, fstatSync, openSync } from "node:fs";
export function size(path: string): number {
  const file = openSync(path, "r");
  closeSync(file);
  return fstatSync(file).size; //! usedAfterRelease
}`,
      "a namespace import": `
import fs from "node:fs";
export function size(path: string): number {
  const file = fs.openSync(path, "r");
  fs.closeSync(file);
  return fs.fstatSync(file).size; //! usedAfterRelease
}`,
      "a file handle": `
import { open } from "node:fs/promises";
export async function size(path: string): Promise<number> {
  const file = await open(path);
  await file.close();
  const { size } = await file.stat(); //! usedAfterRelease
  return size;
}`,
      "a write stream": `
import { createWriteStream } from "node:fs";
export function log(): void {
  const stream = createWriteStream("log");
  stream.end();
  stream.write("late"); //! usedAfterRelease
}`,
      "a stream reader": `
export async function second(stream: ReadableStream<string>): Promise<string | undefined> {
  const reader = stream.getReader();
  await reader.read();
  reader.releaseLock();
  return (await reader.read()).value; //! usedAfterRelease
}`,
    },
    fine: {
      "one of several references": `
import { Chunk } from "./kit/counted.js";
export function length(bytes: Uint8Array): number {
  const chunk = new Chunk(bytes);
  chunk.retain();
  chunk.release();
  const { length } = chunk;
  chunk.release();
  return length;
}`,
      "used before": `
import { open } from "./kit/handles.js";
export function first(): string {
  const handle = open();
  const text = handle.read();
  handle.close();
  return text;
}`,
      "another one": `
import { open } from "./kit/handles.js";
export function second(): string {
  const handle = open();
  handle.close();
  const other = open();
  try {
    return other.read();
  } finally {
    other.close();
  }
}`,
      "the variable has another one": `
import { open } from "./kit/handles.js";
export function second(): string {
  let handle = open("a");
  handle.close();
  handle = open("b");
  const text = handle.read();
  handle.close();
  return text;
}`,
      "one in each turn": `
import { open } from "./kit/handles.js";
export function all(paths: string[]): string[] {
  return paths.map((path) => {
    const handle = open(path);
    const text = handle.read();
    handle.close();
    return text;
  });
}
export function each(paths: string[]): void {
  for (const path of paths) {
    const handle = open(path);
    handle.write(path);
    handle.close();
  }
}`,
      "a method of a class of the program": `
import { open, type Handle } from "./kit/handles.js";
class Log {
  readonly #lines: string[] = [];
  readonly #handle: Handle = open();
  lines(): readonly string[] {
    return this.#lines;
  }
  close(): void {
    this.#handle.close();
  }
}
export function collect(): readonly string[] {
  const log = new Log();
  log.close();
  return log.lines();
}`,
    },
  },
  "on every path": {
    leak: {
      "both branches": `
import { open } from "./kit/handles.js";
export function first(soft: boolean): string {
  const handle = open();
  if (soft) handle[Symbol.dispose]();
  else handle.close();
  return handle.read(); //! usedAfterRelease
}`,
      finally: `
import { open } from "./kit/handles.js";
export function first(): string {
  const handle = open();
  try {
    handle.write("x");
  } finally {
    handle.close();
  }
  return handle.read(); //! usedAfterRelease
}`,
      "in a finally": `
import { open } from "./kit/handles.js";
export function first(): void {
  const handle = open();
  handle.close();
  try {
    console.log("closed");
  } finally {
    handle.write("bye"); //! usedAfterRelease
  }
}`,
      "the branch that released": `
import { open } from "./kit/handles.js";
export function first(failed: boolean): void {
  const handle = open();
  if (failed) {
    handle.close();
    handle.write("failed"); //! usedAfterRelease
    return;
  }
  handle.write("fine");
  handle.close();
}`,
      "the same condition": `
import { open } from "./kit/handles.js";
export function first(failed: boolean): void {
  const handle = open();
  if (failed) handle.close();
  console.log("between");
  if (failed) handle.write("failed"); //! usedAfterRelease
  else handle.close();
}`,
    },
    fine: {
      "one branch": `
import { open } from "./kit/handles.js";
export function first(done: boolean): void {
  const handle = open();
  if (done) handle.close();
  handle.write("x");
  handle.close();
}`,
      "one branch returns": `
import { open } from "./kit/handles.js";
export function first(done: boolean): string | undefined {
  const handle = open();
  if (done) {
    handle.close();
    return undefined;
  }
  const text = handle.read();
  handle.close();
  return text;
}`,
      "the other condition": `
import { open } from "./kit/handles.js";
export function first(failed: boolean): void {
  const handle = open();
  if (failed) handle.close();
  if (!failed) {
    handle.write("fine");
    handle.close();
  }
}`,
      "the end of a turn": `
import { open } from "./kit/handles.js";
export function pump(lines: string[]): void {
  const handle = open();
  for (const line of lines) {
    handle.write(line);
    if (line === "end") {
      handle.close();
      return;
    }
  }
  handle.close();
}`,
      "a switch with one case that releases": `
import { open } from "./kit/handles.js";
export function step(kind: "stop" | "go" | "wait"): void {
  const handle = open();
  switch (kind) {
    case "stop":
      handle.close();
      break;
    default:
  }
  handle.write(kind);
  handle.close();
}`,
    },
  },
  "what was not made here": {
    leak: {
      parameter: `
import type { Handle } from "./kit/handles.js";
export function last(handle: Handle): string {
  handle.close();
  return handle.read(); //! usedAfterRelease
}`,
      "descriptor as a parameter": `
import { closeSync, fstatSync } from "node:fs";
export function size(file: number): number {
  closeSync(file);
  return fstatSync(file).size; //! usedAfterRelease
}`,
      field: `
import type { Handle } from "./kit/handles.js";
export class Owner {
  #handle: Handle;
  constructor(handle: Handle) {
    this.#handle = handle;
  }
  end(): void {
    this.#handle.close();
    this.#handle.write("bye"); //! usedAfterRelease
  }
}`,
      "looked up": `
import type { Handle } from "./kit/handles.js";
export function drop(handles: Map<string, Handle>, id: string): void {
  const handle = handles.get(id);
  if (handle === undefined) return;
  handle.close();
  handle.write("bye"); //! usedAfterRelease
}`,
      "looked up, optional chains": `
import type { Handle } from "./kit/handles.js";
export function drop(handles: Map<string, Handle>, id: string): void {
  const handle = handles.get(id);
  handle?.close();
  handle?.write("bye"); //! usedAfterRelease
}`,
    },
    fine: {
      "a field that a method replaces": `
import { open, type Handle } from "./kit/handles.js";
export class Owner {
  #handle: Handle = open();
  again(): void {
    this.#handle.close();
    this.reopen();
    this.#handle.write("hello");
  }
  reopen(): void {
    this.#handle = open();
  }
  close(): void {
    this.#handle.close();
  }
}`,
      "a field that may change during an await": `
import type { AsyncHandle } from "./kit/handles.js";
export class Owner {
  handle: AsyncHandle;
  constructor(handle: AsyncHandle) {
    this.handle = handle;
  }
  async again(): Promise<void> {
    await this.handle.close();
    await this.handle.write("hello");
  }
}`,
      "members under keys that cannot be read": `
import type { Handle } from "./kit/handles.js";
const kIn = Symbol("in");
const kOut = Symbol("out");
interface Pair {
  [kIn]: Handle;
  [kOut]: Handle;
}
export function half(pair: Pair): void {
  pair[kIn].close();
  pair[kOut].write("still open");
}
export function other(handles: Handle[], i: number, j: number): void {
  handles[i]?.close();
  handles[j]?.write("still open");
}`,
      "a variable that a callback assigns": `
import { open, type Handle } from "./kit/handles.js";
export function run(later: (task: () => void) => void): void {
  let handle: Handle = open();
  later(() => {
    handle = open();
  });
  handle.close();
  later(() => undefined);
  handle.write("hello");
}`,
    },
  },
});

verdicts(rule, "helpers", {
  "a helper releases it": {
    leak: {
      "same file": `
import { open, type Handle } from "./kit/handles.js";
function end(handle: Handle): void {
  handle.write("bye");
  handle.close();
}
export function first(): string {
  const handle = open();
  end(handle);
  return handle.read(); //! usedAfterRelease
}`,
      "another file": `
import { open } from "./kit/handles.js";
import { close } from "./helpers/closing.js";
export function first(): string {
  const handle = open();
  close(handle);
  return handle.read(); //! usedAfterRelease
}`,
      "another file, on both of its branches": `
import { open } from "./kit/handles.js";
import { closeOnBothBranches } from "./helpers/closing.js";
export function first(): string {
  const handle = open();
  closeOnBothBranches(handle, true);
  return handle.read(); //! usedAfterRelease
}`,
      "another file, through a third function": `
import { open } from "./kit/handles.js";
import { closeThroughAnother } from "./helpers/closing.js";
export function first(): string {
  const handle = open();
  closeThroughAnother(handle);
  return handle.read(); //! usedAfterRelease
}`,
      "another file, in its finally": `
import { open } from "./kit/handles.js";
import { readAndClose } from "./helpers/closing.js";
export function first(): string {
  const handle = open();
  readAndClose(handle);
  return handle.read(); //! usedAfterRelease
}`,
      "another file, with using": `
import { open } from "./kit/handles.js";
import { consume } from "./helpers/closing.js";
export function first(): string {
  const handle = open();
  consume(handle);
  return handle.read(); //! usedAfterRelease
}`,
      async: `
import { open } from "node:fs/promises";
import { closeFile } from "./helpers/closing.js";
export async function first(path: string): Promise<string> {
  const file = await open(path);
  await closeFile(file);
  return await file.readFile("utf8"); //! usedAfterRelease
}`,
    },
    fine: {
      "on some paths": `
import { open, type Handle } from "./kit/handles.js";
function end(handle: Handle, done: boolean): void {
  if (done) handle.close();
}
export function first(): string {
  const handle = open();
  end(handle, false);
  const text = handle.read();
  handle.close();
  return text;
}`,
      "only uses it": `
import { open, type Handle } from "./kit/handles.js";
function greet(handle: Handle): void {
  handle.write("hello");
}
export function first(): string {
  const handle = open();
  greet(handle);
  const text = handle.read();
  handle.close();
  return text;
}`,
    },
  },
  "a helper uses it": {
    leak: {
      "same file": `
import { open, type Handle } from "./kit/handles.js";
const greet = (handle: Handle): void => handle.write("hello");
export function first(): void {
  const handle = open();
  handle.close();
  greet(handle); //! usedAfterRelease
}`,
    },
    fine: {
      "only when it is open": `
import { open, type Handle } from "./kit/handles.js";
function greet(handle: Handle): void {
  if (!handle.closed) handle.write("hello");
}
export function first(): void {
  const handle = open();
  handle.close();
  greet(handle);
}`,
      "to say that it is gone": `
import { open, type Handle } from "./kit/handles.js";
function report(handle: Handle): void {
  console.log("closed", handle.closed, handle);
}
export function first(): void {
  const handle = open();
  handle.close();
  report(handle);
}`,
    },
  },
});

verdicts(rule, "harmless afterwards", {
  "asking and tidying": {
    fine: {
      "its state": `
import { open } from "./kit/handles.js";
export function ended(): boolean {
  const handle = open();
  handle.close();
  return handle.closed && handle.isClosed();
}`,
      "only when it is still open": `
import { open } from "./kit/handles.js";
export function ended(): void {
  const handle = open();
  handle.close();
  if (!handle.closed) handle.write("still open");
  if (!handle.isClosed()) handle.write("still open");
}`,
      listeners: `
import { connect } from "node:net";
export function ended(): void {
  const socket = connect(1);
  socket.destroy();
  socket.on("error", console.error);
  socket.removeAllListeners("data");
  socket.once("close", () => console.log("closed")).unref();
}`,
      "a logger": `
import { open } from "./kit/handles.js";
export function ended(): void {
  const handle = open();
  handle.close();
  console.log("closed", handle);
}`,
      "plain data": `
import { open } from "node:fs/promises";
export async function ended(path: string): Promise<number> {
  const file = await open(path);
  await file.close();
  return file.fd;
}`,
      "reading a socket whose writing has ended": `
import { connect } from "node:net";
export async function answer(): Promise<string> {
  const socket = connect(1);
  socket.end("question");
  socket.setTimeout(100);
  socket.setEncoding("utf8");
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  socket.destroy();
  return text;
}`,
      "stopping a server in steps": `
import { createServer } from "node:http";
export function stop(): void {
  const server = createServer();
  server.listen(0);
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 100).unref();
}`,
      "releasing in two ways": `
export async function skip(stream: ReadableStream<string>): Promise<void> {
  const reader = stream.getReader();
  await reader.cancel();
  reader.releaseLock();
  await reader.closed;
}`,
    },
  },
  "opening again": {
    fine: {
      server: `
import { createServer } from "node:http";
export function restart(): void {
  const server = createServer();
  server.listen(0);
  server.close();
  server.listen(1);
  server.setTimeout(10);
  server.close();
}`,
      socket: `
import { Socket } from "node:net";
export function again(): void {
  const socket = new Socket();
  socket.connect(1);
  socket.destroy();
  socket.connect(2);
  socket.write("hello");
  socket.destroy();
}`,
    },
  },
  "the code expects it to fail": {
    fine: {
      "a try around it": `
import { open } from "./kit/handles.js";
export function fails(): boolean {
  const handle = open();
  handle.close();
  try {
    handle.read();
    return false;
  } catch {
    return true;
  }
}`,
      "an assertion": `
import assert from "node:assert";
import { open } from "node:fs/promises";
export async function fails(path: string): Promise<void> {
  const file = await open(path);
  await file.close();
  await assert.rejects(file.stat());
  assert.throws(() => file.createReadStream());
}`,
      "an expectation": `
import { openAsync } from "./kit/handles.js";
it("fails", async () => {
  const handle = await openAsync();
  await handle.close();
  await expect(handle.read()).rejects.toThrow("closed");
});`,
      "its rejection is caught": `
import { openAsync } from "./kit/handles.js";
export async function quietly(): Promise<void> {
  const handle = await openAsync();
  await handle.close();
  await handle.write("bye").catch(() => undefined);
}`,
    },
    leak: {
      "the try is around both": `
import { open } from "./kit/handles.js";
export function fails(): boolean {
  const handle = open();
  try {
    handle.close();
    handle.read(); //! usedAfterRelease
    return false;
  } catch {
    return true;
  }
}`,
    },
  },
});
