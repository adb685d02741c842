/**
 * Functions as values: what a caller passes for a parameter that is called, what a function returns
 * that releases what it captured, and the release method itself as a value.
 */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-unclosed-disposable";

verdicts(rule, "functions as values", {
  "a parameter that is called stands for what the caller passes": {
    leak: {
      "a literal that only reads": `
import { open, type Handle } from "./kit/handles.js";
const run = <T>(h: Handle, body: (h: Handle) => T): T => body(h);
export function f(): string {
  const h = open(); //! neverReleased
  return run(h, (one) => one.read());
}`,
      "passed on to a second function": `
import { open, type Handle } from "./kit/handles.js";
const run = <T>(h: Handle, body: (h: Handle) => T): T => body(h);
const runTwice = (h: Handle, body: (h: Handle) => string): string => run(h, body);
export function f(): string {
  const h = open(); //! neverReleased
  return runTwice(h, (one) => one.read());
}`,
      "made by what is passed, asynchronous": `
import { openAsync } from "./kit/handles.js";
async function retry<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch {
    return await body();
  }
}
export async function f(): Promise<string> {
  const h = await retry(() => openAsync()); //! neverReleased
  return await h.read();
}`,
      "elements made by a named function": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): number {
  const handles = paths.map(open); //! neverReleased
  return handles.length;
}`,
    },
    fine: {
      "a literal that closes": `
import { open, type Handle } from "./kit/handles.js";
const run = <T>(h: Handle, body: (h: Handle) => T): T => body(h);
export function f(): void {
  const h = open();
  run(h, (one) => one.close());
}`,
      "a default that closes": `
import { open, type Handle } from "./kit/handles.js";
const shut = (h: Handle): void => h.close();
function end(h: Handle, how = shut): void {
  how(h);
}
export function f(): void {
  const h = open();
  end(h);
}`,
      "made by what is passed and closed": `
import { open } from "./kit/handles.js";
const run = <T>(body: () => T): T => body();
export function f(): string {
  using h = run(() => open());
  return h.read();
}`,
      "a helper that remembers what the callback made": `
import { open, type Handle } from "./kit/handles.js";
const known = new Map<string, Handle>();
function once(name: string, make: () => Handle): Handle {
  const found = known.get(name);
  if (found) return found;
  const h = make();
  known.set(name, h);
  return h;
}
export function f(): string {
  return once("a", () => open()).read();
}`,
    },
    quiet: {
      "a function nobody can look into": `
import { open, type Handle } from "./kit/handles.js";
const run = <T>(h: Handle, body: (h: Handle) => T): T => body(h);
export function f(body: (h: Handle) => string): string {
  const h = open();
  return run(h, body);
}`,
    },
  },

  "a function that releases what it captured is the caller's to call": {
    leak: {
      dropped: `
import { open } from "./kit/handles.js";
function start(): () => void {
  const h = open();
  return () => h.close();
}
export function f(): void {
  start(); //! resultDropped
}`,
      "named and not called": `
import { open } from "./kit/handles.js";
const start = (): (() => void) => {
  const h = open();
  const stop = (): void => h.close();
  return stop;
};
export function f(): boolean {
  const stop = start(); //! neverReleased
  return typeof stop === "function";
}`,
      "called on one path": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
function start(): () => void {
  const h = open();
  return () => h.close();
}
export function f(): void {
  const stop = start(); //! notReleasedOnPath
  if (condition()) return;
  stop();
}`,
      "an object whose method closes": `
import { open } from "./kit/handles.js";
function serve() {
  const h = open();
  return {
    read: () => h.read(),
    end(): void {
      h.close();
    },
  };
}
export function f(): string {
  const service = serve(); //! neverReleased
  return service.read();
}`,
      "an object, awaited": `
import { openAsync } from "./kit/handles.js";
async function serve() {
  const h = await openAsync();
  return { read: () => h.read(), end: () => h.close() };
}
export async function f(): Promise<string> {
  const service = await serve(); //! neverReleased
  return await service.read();
}`,
    },
    fine: {
      called: `
import { open } from "./kit/handles.js";
function start(): () => void {
  const h = open();
  return () => h.close();
}
export function f(): void {
  const stop = start();
  stop();
}`,
      "given to a listener": `
import { open } from "./kit/handles.js";
function start(): () => void {
  const h = open();
  return () => h.close();
}
export function f(): void {
  process.once("exit", start());
}`,
      returned: `
import { open } from "./kit/handles.js";
function start(): () => void {
  const h = open();
  return () => h.close();
}
export function f(): () => void {
  console.log("starting");
  return start();
}`,
      "the method of the object called": `
import { open } from "./kit/handles.js";
function serve() {
  const h = open();
  return { read: () => h.read(), end: () => h.close() };
}
export function f(): string {
  const service = serve();
  try {
    return service.read();
  } finally {
    service.end();
  }
}`,
      "the method taken out of the object": `
import { open } from "./kit/handles.js";
function serve() {
  const h = open();
  return { read: () => h.read(), end: () => h.close() };
}
export function f(): void {
  const { end } = serve();
  end();
}`,
      "a function that only uses what it captured": `
import { open } from "./kit/handles.js";
const shared = open();
function reader(): () => string {
  return () => shared.read();
}
export function f(): string {
  return reader()();
}`,
    },
  },

  "the release as a value": {
    leak: {
      "bound and not called": `
import { open } from "./kit/handles.js";
export function f(): boolean {
  const h = open(); //! neverReleased
  const shut = h.close.bind(h);
  return typeof shut === "function";
}`,
    },
    fine: {
      "given to a variable, called if it has one": `
import { open } from "./kit/handles.js";
export function f(verbose: boolean): void {
  let end: (() => void) | undefined;
  if (verbose) {
    const h = open();
    end = () => h.close();
  }
  end?.();
}`,
      "in an object that is given to a variable": `
import { open } from "./kit/handles.js";
export function f(verbose: boolean): void {
  let log = { note: (text: string): void => console.log(text), end: (): void => undefined };
  if (verbose) {
    const h = open();
    log = { note: (text) => h.write(text), end: () => h.close() };
  }
  log.end();
}`,
      call: `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  h.close.call(h);
}`,
      apply: `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  h.close.apply(h);
}`,
      "bound, then called": `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  const shut = h.close.bind(h);
  shut();
}`,
      destructured: `
import { open } from "./kit/handles.js";
export function f(): void {
  const { close } = open();
  close();
}`,
      "given to a timer": `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  const shut = h.close.bind(h);
  setTimeout(shut, 100);
}`,
      "a method of an object literal that captured it": `
import { open } from "./kit/handles.js";
export function f(): void {
  const h = open();
  const all = {
    end() {
      h.close();
    },
  };
  all.end();
}`,
      "a method of an object literal that holds it": `
import { open } from "./kit/handles.js";
export function f(): void {
  const all = {
    h: open(),
    end() {
      this.h.close();
    },
  };
  all.end();
}`,
    },
  },
});

verdicts(rule, "elements", {
  "a collection lets go of a live element": {
    leak: {
      "pop of an array that one call made": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  const handles = paths.map((path) => open(path)); //! notReleasedOnPath
  handles.pop();
  for (const h of handles) h.close();
}`,
      "length set to nothing": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  const handles = paths.map((path) => open(path)); //! neverReleased
  handles.length = 0;
  for (const h of handles) h.close();
}`,
      "delete of a key": `
import { open, type Handle } from "./kit/handles.js";
export function f(): void {
  const handles = new Map<string, Handle>();
  handles.set("a", open()); //! neverReleased
  handles.delete("a");
  handles.forEach((h) => h.close());
}`,
      clear: `
import { open, type Handle } from "./kit/handles.js";
export function f(): void {
  const handles = new Set<Handle>();
  handles.add(open()); //! neverReleased
  handles.clear();
  for (const h of handles) h.close();
}`,
    },
    fine: {
      "pop, and closed": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  const handles = paths.map((path) => open(path));
  handles.pop()?.close();
  for (const h of handles) h.close();
}`,
      "emptied after all are closed": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  const handles = paths.map((path) => open(path));
  for (const h of handles) h.close();
  handles.length = 0;
}`,
      "the same key behind a question": `
import { open, type Handle } from "./kit/handles.js";
export function f(): void {
  const handles = new Map<string, Handle>();
  handles.set("a", open());
  if (!handles.has("a")) handles.set("a", open());
  for (const [, h] of handles) h.close();
}`,
      "the same key after a release": `
import { open, type Handle } from "./kit/handles.js";
export function f(): void {
  const handles = new Map<string, Handle>();
  handles.set("a", open());
  handles.get("a")?.close();
  handles.set("a", open());
  handles.get("a")?.close();
}`,
      "put into a list that was looked up": `
import { open, type Handle } from "./kit/handles.js";
declare const lists: Map<string, Handle[]>;
export function f(): void {
  const h = open();
  const list = lists.get("a")!;
  list.push(h);
}`,
      "put into each of several lists": `
import { open, type Handle } from "./kit/handles.js";
export function f(lists: readonly Set<Handle>[]): void {
  const h = open();
  for (const list of lists) list.add(h);
}`,
      "put into a part of what is given": `
import { open, type Handle } from "./kit/handles.js";
export function f([list]: readonly Handle[][]): void {
  const h = open();
  list!.push(h);
}`,
      "put into a part of what is looked up": `
import { open, type Handle } from "./kit/handles.js";
declare const all: Map<string, { handle?: Handle; readonly list: Handle[] }>;
export function f(): void {
  all.get("a")!.handle = open();
  const h = open();
  all.get("a")!.list.push(h);
}`,
      "put into a part of each": `
import { open, type Handle } from "./kit/handles.js";
export function f(all: readonly { handle?: Handle }[]): void {
  const h = open();
  for (const one of all) one.handle = h;
}`,
      "each given to a function of its own": `
import { open } from "./kit/handles.js";
function closeEach(label: string, ...handles: { close(): void }[]): void {
  console.log(label);
  for (const h of handles) h.close();
}
export function f(paths: readonly string[]): void {
  const handles = paths.map((path) => open(path));
  closeEach("all", ...handles);
}`,
      "entries of an array": `
import { open, type Handle } from "./kit/handles.js";
export function f(): void {
  const handles: Handle[] = [];
  handles.push(open());
  for (const [index, h] of handles.entries()) {
    console.log(index);
    h.close();
  }
}`,
      "entries of a set": `
import { open, type Handle } from "./kit/handles.js";
export function f(): void {
  const handles = new Set<Handle>();
  handles.add(open());
  for (const [h] of handles.entries()) h.close();
}`,
      "entries of a map, in a list": `
import { open, type Handle } from "./kit/handles.js";
export function f(): void {
  const handles = new Map<string, Handle>();
  handles.set("a", open());
  [...handles.entries()].forEach(([, h]) => {
    h.close();
  });
}`,
      "a loop over the indexes": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  const handles = paths.map((path) => open(path));
  for (const i in handles) handles[i]!.close();
}`,
    },
    quiet: {
      "put into a list that a function gives": `
import { open, type Handle } from "./kit/handles.js";
declare function listFor(name: string): Handle[];
export function f(): void {
  const h = open();
  const list = listFor("a");
  list.push(h);
}`,
      "kept under each of some keys": `
import { open, type Handle } from "./kit/handles.js";
const all = new Map<string, Handle>();
export const end = (key: string): void => {
  all.get(key)?.close();
  all.delete(key);
};
export function f(keys: readonly string[]): void {
  const h = open();
  for (const key of keys) {
    end(key);
    all.set(key, h);
  }
}`,
      "another key": `
import { open, type Handle } from "./kit/handles.js";
export function f(): void {
  const handles = new Map<string, Handle>();
  handles.set("a", open());
  handles.set("b", open());
  for (const h of handles.values()) h.close();
}`,
    },
  },
});
