import { verdicts } from "../../support/verdicts.ts";

const rule = "no-use-after-release";

verdicts(rule, "released twice", {
  "where the second release does harm": {
    leak: {
      "in the try and in its finally": `
import { closeSync, openSync, writeSync } from "node:fs";
export function touch(path: string): void {
  const file = openSync(path, "a");
  try {
    writeSync(file, "x");
    closeSync(file);
  } finally {
    closeSync(file); //! releasedTwice
  }
}`,
      "one after the other": `
import { closeSync, openSync } from "node:fs";
export function touch(path: string): void {
  const file = openSync(path, "a");
  closeSync(file);
  closeSync(file); //! releasedTwice
}`,
      "under another name": `
import fs, { openSync } from "node:fs";
export function touch(path: string): void {
  const file = openSync(path, "a");
  const same = file;
  fs.closeSync(file);
  fs.closeSync(same); //! releasedTwice
}`,
      "a parameter": `
import { closeSync } from "node:fs";
export const end = (file: number, log: () => void): void => {
  closeSync(file);
  log();
  closeSync(file); //! releasedTwice
};`,
      "a directory": `
import { opendir } from "node:fs/promises";
export async function first(path: string): Promise<void> {
  const dir = await opendir(path);
  await dir.read();
  await dir.close();
  await dir.close(); //! releasedTwice
}`,
    },
    fine: {
      "in the catch and behind it": `
import { closeSync, fsyncSync, openSync } from "node:fs";
export function touch(path: string): void {
  const file = openSync(path, "a");
  try {
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    throw error;
  }
  closeSync(file);
}`,
      "a flag": `
import { closeSync, fsyncSync, openSync } from "node:fs";
export function touch(path: string): void {
  const file = openSync(path, "a");
  let closed = false;
  try {
    fsyncSync(file);
    closeSync(file);
    closed = true;
  } finally {
    if (!closed) closeSync(file);
  }
}`,
      "the variable is empty": `
import { closeSync, fsyncSync, openSync } from "node:fs";
export function touch(path: string): void {
  let file: number | undefined = openSync(path, "a");
  try {
    fsyncSync(file);
    closeSync(file);
    file = undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}`,
      "it is harmless": `
import { open } from "node:fs/promises";
export async function touch(path: string): Promise<void> {
  const file = await open(path, "a");
  await file.close();
  await file.close();
}`,
    },
  },
});

verdicts(rule, "a `using` value that escapes", {
  returned: {
    leak: {
      itself: `
import { open, type Handle } from "./kit/handles.js";
export function make(): Handle {
  using handle = open();
  handle.write("x");
  return handle; //! returnedReleased
}`,
      "in an object": `
import { open, type Handle } from "./kit/handles.js";
export function make(): { handle: Handle } {
  using handle = open();
  return { handle }; //! returnedReleased
}`,
      "under another name": `
import { open, type Handle } from "./kit/handles.js";
export function make(): Handle {
  using handle = open();
  const same = handle;
  return same; //! returnedReleased
}`,
      "await using": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
export async function make(): Promise<AsyncHandle> {
  await using handle = await openAsync();
  return handle; //! returnedReleased
}`,
      "in a closure": `
import { open } from "./kit/handles.js";
export function make(): () => string {
  using handle = open();
  return () => handle.read(); //! returnedReleased
}`,
      "in a closure with a name": `
import { open } from "./kit/handles.js";
export function make(): { next(): string } {
  using handle = open();
  const next = (): string => handle.read();
  return { next }; //! returnedReleased
}`,
      "released by finally instead": `
import { open, type Handle } from "./kit/handles.js";
export function make(): Handle {
  const handle = open();
  try {
    return handle; //! returnedReleased
  } finally {
    handle.close();
  }
}`,
      "from an inner block": `
import { open, type Handle } from "./kit/handles.js";
export function make(): Handle {
  let outer: Handle;
  {
    using handle = open();
    outer = handle;
  }
  outer.write("late"); //! usedAfterRelease
  return outer;
}`,
    },
    fine: {
      "what was read": `
import { open } from "./kit/handles.js";
export function read(): string {
  using handle = open();
  return handle.read();
}`,
      "released only when something failed": `
import { open, type Handle } from "./kit/handles.js";
export function make(check: (handle: Handle) => boolean): Handle {
  const handle = open();
  let ok = false;
  try {
    ok = check(handle);
    return handle;
  } finally {
    if (!ok) handle.close();
  }
}`,
      "moved out of the stack": `
import { open } from "./kit/handles.js";
export function make(): DisposableStack {
  using stack = new DisposableStack();
  stack.use(open());
  return stack.move();
}`,
      "a closure that is called here": `
import { open } from "./kit/handles.js";
export function read(lines: string[]): string[] {
  using handle = open();
  const tagged = (line: string): string => line + handle.read();
  return lines.map(tagged);
}`,
    },
  },
  kept: {
    leak: {
      "in a field": `
import { open, type Handle } from "./kit/handles.js";
export class Holder {
  handle: Handle | undefined;
  fill(): void {
    using handle = open();
    this.handle = handle; //! keptReleased
  }
}`,
      "in a variable of the module": `
import { open, type Handle } from "./kit/handles.js";
let current: Handle | undefined;
export function fill(): void {
  using handle = open();
  current = handle; //! keptReleased
}
export const read = (): string | undefined => current?.read();`,
      "in a variable of the function around": `
import { open, type Handle } from "./kit/handles.js";
export function make(): { fill(): void; read(): string | undefined } {
  let current: Handle | undefined;
  return {
    fill() {
      using handle = open();
      current = handle; //! keptReleased
    },
    read: () => current?.read(),
  };
}`,
      "in a closure": `
import { open } from "./kit/handles.js";
export class Holder {
  read: (() => string) | undefined;
  fill(): void {
    using handle = open();
    this.read = () => handle.read(); //! keptReleased
  }
}`,
      "await using": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
export class Holder {
  handle: AsyncHandle | undefined;
  async fill(): Promise<void> {
    await using handle = await openAsync();
    await handle.write("x");
    this.handle = handle; //! keptReleased
  }
}`,
    },
    fine: {
      "until the block ends": `
import { open, type Handle } from "./kit/handles.js";
export class Holder {
  handle: Handle | undefined;
  run(task: () => void): void {
    using handle = open();
    this.handle = handle;
    task();
    this.handle = undefined;
  }
}`,
      "without using": `
import { open, type Handle } from "./kit/handles.js";
export class Holder {
  handle: Handle | undefined;
  fill(): void {
    this.handle?.close();
    const handle = open();
    this.handle = handle;
  }
  close(): void {
    this.handle?.close();
  }
}`,
    },
  },
});

verdicts(rule, "G63 a promise that works with it is returned", {
  "from a `using` block": {
    leak: {
      "of its method": `
import { open } from "node:fs/promises";
export async function text(path: string): Promise<string> {
  await using file = await open(path);
  return file.readFile("utf8"); //! returnedPending
}`,
      "under a name": `
import { open } from "node:fs/promises";
export async function text(path: string): Promise<string> {
  await using file = await open(path);
  const pending = file.readFile("utf8");
  return pending; //! returnedPending
}`,
      "a chain": `
import { open } from "node:fs/promises";
export async function text(path: string): Promise<string> {
  await using file = await open(path);
  return file.readFile("utf8").then((content) => content.trim()); //! returnedPending
}`,
      several: `
import { open } from "node:fs/promises";
export async function text(path: string): Promise<unknown> {
  await using file = await open(path);
  return Promise.all([file.readFile("utf8"), file.stat()]); //! returnedPending
}`,
      "of a function that is given it": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
async function load(handle: AsyncHandle): Promise<string> {
  return await handle.read();
}
export async function text(): Promise<string> {
  await using handle = await openAsync();
  return load(handle); //! returnedPending
}`,
      "one of two": `
import { openAsync } from "./kit/handles.js";
export async function text(short: boolean): Promise<string> {
  await using handle = await openAsync();
  return short ? "short" : handle.read(); //! returnedPending
}`,
      "a function that is not async": `
import { open, type Handle } from "./kit/handles.js";
declare function drain(handle: Handle): Promise<void>;
export function run(): Promise<void> {
  using handle = open();
  return drain(handle); //! returnedPending
}`,
      "released by finally instead": `
import { openAsync } from "./kit/handles.js";
export async function text(): Promise<string> {
  const handle = await openAsync();
  try {
    return handle.read(); //! returnedPending
  } finally {
    await handle.close();
  }
}`,
    },
    fine: {
      awaited: `
import { open } from "node:fs/promises";
export async function text(path: string): Promise<string> {
  await using file = await open(path);
  return await file.readFile("utf8");
}`,
      "awaited under a name": `
import { open } from "node:fs/promises";
export async function text(path: string): Promise<string> {
  await using file = await open(path);
  const content = await file.readFile("utf8");
  return content;
}`,
      "awaited by finally": `
import { openAsync } from "./kit/handles.js";
export async function text(): Promise<string> {
  const handle = await openAsync();
  try {
    return await handle.read();
  } finally {
    await handle.close();
  }
}`,
      "released when it has settled": `
import { openAsync } from "./kit/handles.js";
export async function text(): Promise<string> {
  const handle = await openAsync();
  return handle.read().finally(() => handle.close());
}`,
      "it has nothing to do with it": `
import { open } from "./kit/handles.js";
declare function save(text: string): Promise<void>;
export async function copy(): Promise<void> {
  using handle = open();
  const text = handle.read();
  return save(text);
}`,
      "it gets what was read": `
import { open } from "./kit/handles.js";
declare function save(text: string): Promise<void>;
export async function copy(): Promise<void> {
  using handle = open();
  return save(handle.read());
}`,
      "it gets what was awaited": `
import { openAsync } from "./kit/handles.js";
declare function save(text: string): Promise<void>;
export async function copy(): Promise<void> {
  await using handle = await openAsync();
  return save(await handle.read());
}`,
      "its plain data": `
import { open } from "node:fs/promises";
declare function note(descriptor: number): Promise<void>;
export async function log(path: string): Promise<void> {
  await using file = await open(path);
  return note(file.fd);
}`,
    },
  },
});
