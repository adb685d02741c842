/**
 * Section C 25 of the verdicts: who releases what is only lent to him.
 */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-borrowed-release";

const withFile = `
import { closeSync, openSync, readSync } from "node:fs";
function withFile<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, "r");
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}`;

verdicts(rule, "what a callback is lent", {
  "the function that calls it releases it as well": {
    leak: {
      arrow: `${withFile}
export function f(path: string): void {
  withFile(path, (file) => {
    readSync(file, Buffer.alloc(1));
    closeSync(file); //! lentReleased
  });
}`,
      "function expression": `${withFile}
export function f(path: string): number {
  return withFile(path, function (handle) {
    const read = readSync(handle, Buffer.alloc(1));
    closeSync(handle); //! lentReleased
    return read;
  });
}`,
      "a method, awaited": `
import { open, type FileHandle } from "node:fs/promises";
async function withHandle(path: string, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(path);
  await use(handle).finally(() => handle.close());
}
export async function f(path: string): Promise<void> {
  await withHandle(path, async (handle) => {
    await handle.stat();
    await handle.close(); //! lentReleased
  });
}`,
      "in its own catch": `
import { open, type FileHandle } from "node:fs/promises";
const withHandle = async (path: string, use: (handle: FileHandle) => Promise<void>): Promise<void> => {
  const handle = await open(path);
  try {
    await use(handle);
  } finally {
    await handle.close();
  }
};
export async function f(path: string): Promise<void> {
  await withHandle(path, async (one) => {
    try {
      await one.stat();
    } catch {
      await one.close(); //! lentReleased
    }
  });
}`,
    },
    fine: {
      "the callback only uses it": `${withFile}
export function f(path: string): number {
  return withFile(path, (file) => readSync(file, Buffer.alloc(1)));
}`,
      "the callback owns it": `
import { open, type FileHandle } from "node:fs/promises";
async function opened(path: string, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(path);
  await use(handle);
}
export async function f(path: string): Promise<void> {
  await opened(path, async (handle) => {
    await handle.close();
  });
}`,
      "it releases something else": `${withFile}
export function f(path: string): void {
  withFile(path, (file) => {
    const other = openSync(path, "r");
    readSync(file, Buffer.alloc(1));
    closeSync(other);
  });
}`,
      "the function releases what it did not lend": `
import { open, type FileHandle } from "node:fs/promises";
async function swapped(path: string, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  const first = await open(path);
  const second = await open(path);
  await use(first);
  await second.close();
}
export async function f(path: string): Promise<void> {
  await swapped(path, async (handle) => {
    await handle.close();
  });
}`,
    },
  },
});

const shared = `
import { createWriteStream } from "node:fs";
const log = createWriteStream("log.txt");
export function write(line: string): void {
  log.write(line);
}`;

verdicts(rule, "what the program shares", {
  "a function that may run again uses and releases it": {
    leak: {
      function: `${shared}
export function handle(line: string): void {
  log.write(line);
  log.end(); //! sharedReleased
}`,
      arrow: `${shared}
export const handle = (line: string): void => {
  log.write(line);
  log.destroy(); //! sharedReleased
};`,
      "a callback": `${shared}
declare function onRequest(handle: (line: string) => void): void;
onRequest((line) => {
  log.write(line);
  log.end(); //! sharedReleased
});`,
      "a method": `${shared}
export class Handler {
  handle(line: string): void {
    log.write(line);
    log.end(); //! sharedReleased
  }
}`,
    },
    fine: {
      "a function that only ends it": `${shared}
export function shutdown(): void {
  log.end();
}`,
      "the main function of a script": `${shared}
function main(): void {
  log.write("started");
  log.end();
}
main();`,
      "called where it is written": `${shared}
(() => {
  log.write("started");
  log.end();
})();`,
      "when the process ends": `${shared}
process.on("SIGTERM", () => {
  log.write("ended");
  log.end();
});`,
      "by name, when the process ends": `${shared}
function end(): void {
  log.write("ended");
  log.end();
}
process.once("exit", end);`,
      "made by each call": `
import { createWriteStream } from "node:fs";
export function handle(line: string): void {
  const log = createWriteStream("log.txt");
  log.write(line);
  log.end();
}`,
      "a variable that is filled again": `
import { createWriteStream } from "node:fs";
let log = createWriteStream("log.txt");
export function write(line: string): void {
  log.write(line);
}
export function rotate(path: string): void {
  log.write("rotated");
  log.end();
  log = createWriteStream(path);
}`,
      "nobody else uses it": `
import { createWriteStream } from "node:fs";
const log = createWriteStream("log.txt");
export function finish(line: string): void {
  log.write(line);
  log.end();
}`,
    },
  },
});

const wrapper = `
import type { FileHandle } from "node:fs/promises";
class Reader {
  constructor(private readonly handle: FileHandle) {}
  async size(): Promise<number> {
    return (await this.handle.stat()).size;
  }
  async close(): Promise<void> {
    await this.handle.close();
  }
}`;

verdicts(rule, "two owners", {
  "both release what they are made of": {
    leak: {
      "one after the other": `${wrapper}
export function f(handle: FileHandle): Reader[] {
  const one = new Reader(handle);
  const two = new Reader(handle); //! secondOwner
  return [one, two];
}`,
      "in one expression": `${wrapper}
export function f(handle: FileHandle): Reader[] {
  return [new Reader(handle), new Reader(handle)]; //! secondOwner
}`,
      "a field that is assigned": `
import { open, type FileHandle } from "node:fs/promises";
class Reader {
  readonly #handle: FileHandle;
  constructor(handle: FileHandle) {
    this.#handle = handle;
  }
  async close(): Promise<void> {
    await this.#handle.close();
  }
}
class Logger extends Reader {}
export async function f(path: string): Promise<Reader[]> {
  const handle = await open(path);
  const reader = new Reader(handle);
  const logger = new Logger(handle); //! secondOwner
  return [reader, logger];
}`,
    },
    fine: {
      "one owner each": `${wrapper}
export function f(one: FileHandle, two: FileHandle): Reader[] {
  return [new Reader(one), new Reader(two)];
}`,
      "one of the two": `${wrapper}
export function f(handle: FileHandle, large: boolean): Reader {
  if (large) {
    return new Reader(handle);
  }
  return new Reader(handle);
}`,
      "either in a conditional": `${wrapper}
export function f(handle: FileHandle, large: boolean): Reader {
  return large ? new Reader(handle) : new Reader(handle);
}`,
      "it does not release it": `
import type { FileHandle } from "node:fs/promises";
class Reader {
  constructor(private readonly handle: FileHandle) {}
  async size(): Promise<number> {
    return (await this.handle.stat()).size;
  }
  close(): void {
    console.log("closed");
  }
}
export function f(handle: FileHandle): Reader[] {
  return [new Reader(handle), new Reader(handle)];
}`,
    },
  },
});
