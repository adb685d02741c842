/**
 * Sections C (21 to 29, 32) and F (48 to 50, 52) of the verdicts where the evidence is in another
 * file: the helpers are TypeScript with bodies, in `tests/fixtures/helpers`.
 */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-unclosed-disposable";

verdicts(rule, "C in two files, 21-22", {
  "C21 a factory of another file, whose result is dropped": {
    leak: {
      "bare call": `
import { make } from "./helpers/factories.js";
export function f(): void {
  make(); //! resultDropped
}`,
      "default parameter left out, bound": `
import { make } from "./helpers/factories.js";
export function f(): string {
  const h = make(); //! neverReleased
  return h.read();
}`,
      arrow: `
import { makeArrow } from "./helpers/factories.js";
export const f = (): string => makeArrow("a").read(); //! resultDropped`,
      "renamed import": `
import { make as build } from "./helpers/factories.js";
export function f(): string {
  const h = build("a"); //! neverReleased
  return h.read();
}`,
      namespace: `
import * as factories from "./helpers/factories.js";
export function f(): string {
  const h = factories.make("a"); //! neverReleased
  return h.read();
}`,
      "through a barrel": `
import { make } from "./helpers/barrel.js";
export function f(): string {
  const h = make("a"); //! neverReleased
  return h.read();
}`,
      "through a barrel that renames": `
import { create } from "./helpers/barrel.js";
export function f(): string {
  const h = create("a"); //! neverReleased
  return h.read();
}`,
      "member of a default export": `
import helpers from "./helpers/default.js";
export function f(): string {
  const h = helpers.makeArrow("a"); //! neverReleased
  return h.read();
}`,
      "static method": `
import { Factory } from "./helpers/factories.js";
export function f(): string {
  const h = Factory.create(); //! neverReleased
  return h.read();
}`,
      method: `
import { Factory } from "./helpers/factories.js";
export function f(factory: Factory): string {
  const h = factory.build(); //! neverReleased
  return h.read();
}`,
      "through two factories": `
import { makeThroughTwo } from "./helpers/factories.js";
export function f(): string {
  const h = makeThroughTwo(); //! neverReleased
  return h.read();
}`,
      "factory that calls itself": `
import { makeWithRetries } from "./helpers/factories.js";
export function f(): string {
  const h = makeWithRetries(3); //! neverReleased
  return h.read();
}`,
      "in an object": `
import { makeInObject } from "./helpers/factories.js";
export function f(): string {
  const { h } = makeInObject(); //! neverReleased
  return h.read();
}`,
      "in an object, not destructured": `
import { makeInObject } from "./helpers/factories.js";
export function f(): string {
  const made = makeInObject(); //! neverReleased
  return made.h.read();
}`,
      "in a tuple": `
import { makePair } from "./helpers/factories.js";
export function f(): string {
  const [h] = makePair(); //! neverReleased
  return h.read();
}`,
      maybe: `
import { makeMaybe } from "./helpers/factories.js";
export function f(path: string): string | undefined {
  const h = makeMaybe(path); //! neverReleased
  return h?.read();
}`,
      async: `
import { makeFile } from "./helpers/factories.js";
export async function f(path: string): Promise<string> {
  const file = await makeFile(path); //! neverReleased
  return await file.readFile("utf8");
}`,
      "async, promise chain": `
import { makeFileChain } from "./helpers/factories.js";
export function f(path: string): Promise<string> {
  return makeFileChain(path).then((file) => file.readFile("utf8")); //! neverReleased
}`,
      "async, the factory cleans up after itself": `
import { makeFileCarefully } from "./helpers/factories.js";
export async function f(path: string): Promise<void> {
  const file = await makeFileCarefully(path); //! neverReleased
  await file.write("body");
}`,
      descriptor: `
import fs from "node:fs";
import { makeDescriptor } from "./helpers/factories.js";
export function f(path: string): void {
  const fd = makeDescriptor(path); //! neverReleased
  fs.writeSync(fd, "x");
}`,
      overload: `
import { overloaded } from "./helpers/factories.js";
export function f(): string {
  const h = overloaded("a"); //! neverReleased
  return h.read();
}`,
      "static async factory of a wrapper": `
import { FileSession } from "./helpers/wrappers.js";
export async function f(path: string): Promise<string> {
  const session = await FileSession.open(path); //! neverReleased
  return await session.read();
}`,
      "released on one path only": `
import { make } from "./helpers/factories.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  const h = make(); //! notReleasedOnPath
  if (condition()) h.close();
}`,
      "async, released unless something rejects": `
import { makeFile } from "./helpers/factories.js";
export async function f(path: string): Promise<void> {
  const file = await makeFile(path); //! notReleasedOnThrow
  await file.write("x");
  await file.close();
}`,
    },
    fine: {
      "the caller closes": `
import { makeInObject } from "./helpers/factories.js";
export function f(): string {
  const { h } = makeInObject();
  try {
    return h.read();
  } finally {
    h.close();
  }
}`,
      "the caller uses `using`": `
import { makeThroughTwo } from "./helpers/factories.js";
export function f(): string {
  using h = makeThroughTwo();
  return h.read();
}`,
      "the caller returns it": `
import { make } from "./helpers/factories.js";
export const f = () => make("b");`,
      "async, `await using`": `
import { makeFile } from "./helpers/factories.js";
export async function f(path: string): Promise<string> {
  await using file = await makeFile(path);
  return await file.readFile("utf8");
}`,
      "async, promise chain with `finally`": `
import { makeFileChain } from "./helpers/factories.js";
export function f(path: string): Promise<string> {
  return makeFileChain(path).then((file) => file.readFile("utf8").finally(() => file.close()));
}`,
      cached: `
import { cached } from "./helpers/factories.js";
export function f(): string {
  return cached().read();
}`,
      "cached, `if`": `
import { cachedWithIf } from "./helpers/factories.js";
export function f(): string {
  const h = cachedWithIf();
  return h.read();
}`,
      "cached, async": `
import { cachedFile } from "./helpers/factories.js";
export async function f(path: string): Promise<string> {
  const file = await cachedFile(path);
  return await file.readFile("utf8");
}`,
      "cached, through a barrel": `
import { cached } from "./helpers/barrel.js";
export const f = (): string => cached().read();`,
      "looked up": `
import { lookup } from "./helpers/factories.js";
export function f(): string | undefined {
  const h = lookup("a");
  return h?.read();
}`,
      "looked up, else made and kept": `
import { lookupOrMake } from "./helpers/factories.js";
export function f(): string {
  const h = lookupOrMake("a");
  return h.read();
}`,
      "getter of an owner": `
import type { Registry } from "./helpers/factories.js";
export function f(registry: Registry): string {
  const h = registry.main;
  return h.read() + registry.getMain().read();
}`,
      "the release that comes with it is called": `
import { makeInTuple } from "./helpers/factories.js";
export function f(): string {
  const [h, stop] = makeInTuple();
  try {
    return h.read();
  } finally {
    stop();
  }
}`,
    },
  },

  "C22 the factory hides the release: its callers owe nothing": {
    fine: {
      bound: `
import { makeHidden } from "./helpers/factories.js";
export function f(): string {
  const reader = makeHidden();
  return reader.read();
}`,
      "head of a chain": `
import { makeHidden } from "./helpers/factories.js";
export const f = (): string => makeHidden().read();`,
    },
  },
});

verdicts(rule, "C in two files, 23-25", {
  "C23 a helper of another file closes on some paths only": {
    leak: {
      "on a condition": `
import { open } from "./kit/handles.js";
import { closeIfAsked } from "./helpers/closing.js";
export function f(): void {
  const h = open(); //! notReleasedOnPath
  closeIfAsked(h);
}`,
      "early return": `
import { open } from "./kit/handles.js";
import { closeUnlessEmpty } from "./helpers/closing.js";
export const f = (text: string): void => {
  const h = open(); //! notReleasedOnPath
  closeUnlessEmpty(h, text);
};`,
      async: `
import { open } from "node:fs/promises";
import { closeFileIfLong } from "./helpers/closing.js";
export async function f(path: string): Promise<void> {
  const file = await open(path); //! notReleasedOnPath
  await closeFileIfLong(file);
}`,
      "async, promise chain": `
import { open } from "node:fs/promises";
import { closeFileIfLong } from "./helpers/closing.js";
export function f(path: string): Promise<void> {
  return open(path).then((file) => closeFileIfLong(file)); //! notReleasedOnPath
}`,
      "one member of a union closes": `
import { open } from "./kit/handles.js";
import type { EitherSink } from "./helpers/wrappers.js";
export function f(sink: EitherSink): void {
  const h = open(); //! notReleasedOnPath
  sink.accept(h);
}`,
    },
  },

  "C23 a helper of another file borrows": {
    leak: {
      function: `
import { open } from "./kit/handles.js";
import { firstLine } from "./helpers/closing.js";
export function f(): string {
  const h = open(); //! neverReleased
  return firstLine(h);
}`,
      "temporary, arrow": `
import { open } from "./kit/handles.js";
import { label } from "./helpers/closing.js";
export const f = (): string => label(open()); //! resultDropped`,
      alias: `
import { open } from "./kit/handles.js";
import { firstLine } from "./helpers/closing.js";
export function f(): string {
  const h = open(); //! neverReleased
  const same = h;
  return firstLine(same);
}`,
      "through a barrel that renames": `
import { open } from "./kit/handles.js";
import { peek } from "./helpers/barrel.js";
export function f(): string {
  const h = open(); //! neverReleased
  return peek(h);
}`,
      namespace: `
import { open } from "./kit/handles.js";
import * as closing from "./helpers/closing.js";
export function f(): string {
  const h = open(); //! neverReleased
  return closing.firstLine(h);
}`,
      "destructured option with a default beside it": `
import { open } from "./kit/handles.js";
import { borrowOption } from "./helpers/closing.js";
export function f(): string {
  const h = open(); //! neverReleased
  return borrowOption({ h });
}`,
      "rest parameter": `
import { open } from "./kit/handles.js";
import { readEach } from "./helpers/closing.js";
export function f(given: Parameters<typeof readEach>[0]): string {
  const h = open(); //! neverReleased
  return readEach(given, h);
}`,
      "overload, short": `
import { open } from "./kit/handles.js";
import { inspect } from "./helpers/closing.js";
export function f(): string {
  const h = open(); //! neverReleased
  return inspect(h);
}`,
      "overload, long": `
import { open } from "./kit/handles.js";
import { inspect } from "./helpers/closing.js";
export function f(): string {
  const h = open(); //! neverReleased
  return inspect(h, true);
}`,
      generic: `
import { open } from "./kit/handles.js";
import { touchGeneric } from "./helpers/closing.js";
export function f(): boolean {
  const h = open(); //! neverReleased
  return touchGeneric(h);
}`,
      "passed through": `
import { open } from "./kit/handles.js";
import { same } from "./helpers/closing.js";
export function f(): string {
  const h = same(open()); //! neverReleased
  return h.read();
}`,
      "passed through, bounded generic": `
import { open } from "./kit/handles.js";
import { logged } from "./helpers/closing.js";
export function f(): string {
  const h = logged(open()); //! neverReleased
  return h.read();
}`,
      "mutually recursive": `
import { open } from "./kit/handles.js";
import { even } from "./helpers/closing.js";
export function f(): boolean {
  const h = open(); //! neverReleased
  return even(h, 4);
}`,
      "closes its other argument": `
import { open, type Handle } from "./kit/handles.js";
import { swap } from "./helpers/closing.js";
export function f(given: Handle): void {
  const h = open(); //! neverReleased
  swap(given, h);
}`,
      "compares with module state": `
import { open } from "./kit/handles.js";
import { looksAtCurrent } from "./helpers/state.js";
export function f(): boolean {
  const h = open(); //! neverReleased
  return looksAtCurrent(h);
}`,
      "method of a class": `
import { open } from "./kit/handles.js";
import { LookingSink } from "./helpers/wrappers.js";
export function f(): void {
  const h = open(); //! neverReleased
  new LookingSink().accept(h);
}`,
      async: `
import { open } from "node:fs/promises";
import { sizeOf } from "./helpers/closing.js";
export async function f(path: string): Promise<number> {
  const file = await open(path); //! neverReleased
  return await sizeOf(file);
}`,
      "async, promise chain": `
import { open } from "node:fs/promises";
import { sizeChain } from "./helpers/closing.js";
export function f(path: string): Promise<number> {
  return open(path).then((file) => sizeChain(file)); //! neverReleased
}`,
      descriptor: `
import { openSync } from "node:fs";
import { sizeOfDescriptor } from "./helpers/closing.js";
export function f(path: string): number {
  const fd = openSync(path, "r"); //! neverReleased
  return sizeOfDescriptor(fd);
}`,
      "async, borrows before the close that a rejection skips": `
import { open } from "node:fs/promises";
import { sizeOf } from "./helpers/closing.js";
export async function f(path: string): Promise<number> {
  const file = await open(path); //! notReleasedOnThrow
  const size = await sizeOf(file);
  await file.close();
  return size;
}`,
      "member of a default export": `
import { open } from "./kit/handles.js";
import helpers from "./helpers/default.js";
export function f(): string {
  const h = open(); //! neverReleased
  return helpers.firstLine(h);
}`,
    },
    fine: {
      "and the caller closes": `
import { open } from "./kit/handles.js";
import { firstLine } from "./helpers/closing.js";
export function f(): string {
  const h = open();
  try {
    return firstLine(h);
  } finally {
    h.close();
  }
}`,
      "and the caller uses what is passed through": `
import { open } from "./kit/handles.js";
import { same } from "./helpers/closing.js";
export function f(): string {
  using h = same(open());
  return h.read();
}`,
      "and the caller closes, async": `
import { open } from "node:fs/promises";
import { sizeOf } from "./helpers/closing.js";
export async function f(path: string): Promise<number> {
  await using file = await open(path);
  return await sizeOf(file);
}`,
    },
  },

  "C23 a helper of another file always closes": {
    fine: {
      "default parameter that closes": `
import { open } from "./kit/handles.js";
import { closeWith } from "./helpers/closing.js";
export function f(): void {
  const h = open();
  closeWith(h);
}`,
      function: `
import { open } from "./kit/handles.js";
import { close } from "./helpers/closing.js";
export function f(): void {
  const h = open();
  close(h);
}`,
      "arrow, temporary": `
import { open } from "./kit/handles.js";
import { closeArrow } from "./helpers/closing.js";
export const f = (): void => closeArrow(open());`,
      "renamed import": `
import { open } from "./kit/handles.js";
import { close as stop } from "./helpers/closing.js";
export function f(): void {
  const h = open();
  stop(h);
}`,
      "through a barrel that renames": `
import { open } from "./kit/handles.js";
import { finishHandle } from "./helpers/barrel.js";
export function f(): void {
  const h = open();
  finishHandle(h);
}`,
      "static method": `
import { open } from "./kit/handles.js";
import { Closer } from "./helpers/closing.js";
export function f(): void {
  const h = open();
  Closer.closeNow(h);
}`,
      "method, through a private one": `
import { open } from "./kit/handles.js";
import type { Closer } from "./helpers/closing.js";
export function f(closer: Closer): void {
  const h = open();
  closer.finish(h);
}`,
      "on both branches": `
import { open } from "./kit/handles.js";
import { closeOnBothBranches } from "./helpers/closing.js";
export function f(soft: boolean): void {
  const h = open();
  closeOnBothBranches(h, soft);
}`,
      "through another helper": `
import { open } from "./kit/handles.js";
import { closeThroughAnother } from "./helpers/closing.js";
export function f(): void {
  const h = open();
  closeThroughAnother(h);
}`,
      "what may be undefined, optional chain": `
import { openMaybe } from "./kit/handles.js";
import { closeMaybe } from "./helpers/closing.js";
export function f(): void {
  const h = openMaybe();
  closeMaybe(h);
}`,
      "what may be undefined, early return": `
import { openMaybe } from "./kit/handles.js";
import { closeGuarded } from "./helpers/closing.js";
export function f(): void {
  const h = openMaybe();
  closeGuarded(h);
}`,
      "in `finally`": `
import { open } from "./kit/handles.js";
import { readAndClose } from "./helpers/closing.js";
export function f(): string {
  const h = open();
  return readAndClose(h);
}`,
      "with `using`": `
import { open } from "./kit/handles.js";
import { consume } from "./helpers/closing.js";
export const f = (): string => consume(open());`,
      "destructured option": `
import { open } from "./kit/handles.js";
import { closeOption } from "./helpers/closing.js";
export function f(): void {
  const h = open();
  closeOption({ h, why: "done" });
}`,
      "nested option": `
import { open } from "./kit/handles.js";
import { closeNested } from "./helpers/closing.js";
export function f(): void {
  const h = open();
  closeNested({ inner: { h } });
}`,
      "rest parameter": `
import { open } from "./kit/handles.js";
import { closeEach } from "./helpers/closing.js";
export function f(): void {
  const first = open("a");
  closeEach(first);
}`,
      "destructured rest parameter": `
import { open } from "./kit/handles.js";
import { closeAfter } from "./helpers/closing.js";
export function f(): void {
  using h = open();
  closeAfter("x", h);
}`,
      generic: `
import { open } from "./kit/handles.js";
import { closeGeneric } from "./helpers/closing.js";
export function f(): void {
  const h = open();
  closeGeneric(h);
}`,
      "overload, short": `
import { open } from "./kit/handles.js";
import { finish } from "./helpers/closing.js";
export function f(): void {
  const h = open();
  finish(h);
}`,
      "overload, long": `
import { open } from "./kit/handles.js";
import { finish } from "./helpers/closing.js";
export function f(): string {
  const h = open();
  return finish(h, "done");
}`,
      "mutually recursive": `
import { open } from "./kit/handles.js";
import { closeEven } from "./helpers/closing.js";
export function f(): void {
  const h = open();
  closeEven(h, 4);
}`,
      "async, awaited": `
import { open } from "node:fs/promises";
import { closeFile } from "./helpers/closing.js";
export async function f(path: string): Promise<void> {
  const file = await open(path);
  await closeFile(file);
}`,
      "async, promise chain on both sides": `
import { open } from "node:fs/promises";
import { closeFileChain } from "./helpers/closing.js";
export function f(path: string): Promise<void> {
  return open(path).then((file) => closeFileChain(file));
}`,
      "async, in `finally`, quietly": `
import { open } from "node:fs/promises";
import { closeQuietly, sizeOf } from "./helpers/closing.js";
export async function f(path: string): Promise<number> {
  const file = await open(path);
  try {
    return await sizeOf(file);
  } finally {
    await closeQuietly(file);
  }
}`,
      "a quiet close never skips the next": `
import { open, type FileHandle } from "node:fs/promises";
import { closeQuietly } from "./helpers/closing.js";
export async function f(path: string): Promise<void> {
  let a: FileHandle | undefined;
  let b: FileHandle | undefined;
  try {
    a = await open(path);
    b = await open(path);
    await b.stat();
  } finally {
    await closeQuietly(a);
    await closeQuietly(b);
  }
}`,
      descriptor: `
import { openSync } from "node:fs";
import { closeDescriptor } from "./helpers/closing.js";
export function f(path: string): void {
  const fd = openSync(path, "r");
  closeDescriptor(fd);
}`,
      "`run` of a base class, declared type": `
import { open } from "./kit/handles.js";
import type { Task } from "./helpers/wrappers.js";
export function f(task: Task): string {
  const h = open();
  return task.run(h);
}`,
      "method of a class that implements an interface": `
import { open } from "./kit/handles.js";
import { ClosingSink } from "./helpers/wrappers.js";
export function f(): void {
  const h = open();
  new ClosingSink().accept(h);
}`,
      "`run` of a base class closes": `
import { open } from "./kit/handles.js";
import { ReadTask } from "./helpers/wrappers.js";
export function f(): string {
  const h = open();
  return new ReadTask().run(h);
}`,
      "member of a default export": `
import { open } from "./kit/handles.js";
import helpers from "./helpers/default.js";
export function f(): void {
  const h = open();
  helpers.closeArrow(h);
}`,
    },
    // Only declared: what an implementation does is unknown.
    strict: {
      "method of an interface": `
import { open } from "./kit/handles.js";
import type { Sink } from "./helpers/wrappers.js";
export function f(sink: Sink): void {
  const h = open(); //! neverReleased
  sink.accept(h);
}`,
      "parameter of a function type": `
import { open, type Handle } from "./kit/handles.js";
export function f(take: (h: Handle) => void): void {
  const h = open(); //! neverReleased
  take(h);
}`,
      "default parameter replaced by an unknown function": `
import { open } from "./kit/handles.js";
import { keep } from "./kit/opaque.js";
import { closeWith } from "./helpers/closing.js";
export function f(): void {
  const h = open(); //! neverReleased
  closeWith(h, keep);
}`,
    },
  },

  "C24 a helper of another file throws before it closes": {
    leak: {
      function: `
import { openSync } from "node:fs";
import { closeChecked } from "./helpers/closing.js";
export function f(path: string): void {
  const fd = openSync(path, "r"); //! notReleasedOnThrow
  closeChecked(fd);
}`,
      "through a barrel": `
import { openSync } from "node:fs";
import { closeChecked } from "./helpers/barrel.js";
export const f = (path: string): void => {
  const fd = openSync(path, "r"); //! notReleasedOnThrow
  closeChecked(fd);
};`,
      async: `
import { open } from "node:fs/promises";
import { readFileAndClose } from "./helpers/closing.js";
export async function f(path: string): Promise<string> {
  const file = await open(path); //! notReleasedOnThrow
  return await readFileAndClose(file);
}`,
      "async, promise chain": `
import { open } from "node:fs/promises";
import { readFileAndClose } from "./helpers/closing.js";
export function f(path: string): Promise<string> {
  return open(path).then((file) => readFileAndClose(file)); //! notReleasedOnThrow
}`,
      "another helper throws before the close": `
import { openSync, closeSync } from "node:fs";
import { closeChecked } from "./helpers/closing.js";
export function f(path: string, other: number): void {
  const fd = openSync(path, "r"); //! notReleasedOnThrow
  closeChecked(other);
  closeSync(fd);
}`,
    },
    fine: {
      "helper closes in `finally`": `
import { openSync } from "node:fs";
import { closeCheckedFinally } from "./helpers/closing.js";
export function f(path: string): void {
  const fd = openSync(path, "r");
  closeCheckedFinally(fd);
}`,
      "helper closes, then throws": `
import { openSync } from "node:fs";
import { closeThenCheck } from "./helpers/closing.js";
export function f(path: string): void {
  const fd = openSync(path, "r");
  closeThenCheck(fd);
}`,
      "async, helper closes in `finally`": `
import { open } from "node:fs/promises";
import { readFileAndCloseFinally } from "./helpers/closing.js";
export async function f(path: string): Promise<string> {
  const file = await open(path);
  return await readFileAndCloseFinally(file);
}`,
      "async, the caller guards": `
import { open } from "node:fs/promises";
import { readFileAndClose } from "./helpers/closing.js";
export async function f(path: string): Promise<string> {
  const file = await open(path);
  try {
    return await readFileAndClose(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}`,
    },
  },

  "C25 a borrowed value handed to helpers of another file": {
    fine: {
      "that borrow": `
import type { Handle } from "./kit/handles.js";
import { firstLine } from "./helpers/closing.js";
export function f(h: Handle): string {
  return firstLine(h);
}`,
      "that close": `
import type { Handle } from "./kit/handles.js";
import { close } from "./helpers/closing.js";
export function f(h: Handle): void {
  close(h);
}`,
      "async, that close on some paths": `
import type { FileHandle } from "node:fs/promises";
import { closeFileIfLong } from "./helpers/closing.js";
export async function f(file: FileHandle): Promise<void> {
  await closeFileIfLong(file);
}`,
    },
  },
});

verdicts(rule, "C in two files, 26-29 and 32", {
  "C26 a class of another file keeps it in a field": {
    leak: {
      "owner that nobody closes": `
import { open } from "./kit/handles.js";
import { Session } from "./helpers/wrappers.js";
export function f(): string {
  const session = new Session(open()); //! neverReleased
  return session.read();
}`,
      "owner that nobody closes, bound first": `
import { open } from "./kit/handles.js";
import { DisposableSession } from "./helpers/wrappers.js";
export function f(): string {
  const h = open();
  const session = new DisposableSession(h); //! neverReleased
  return session.read();
}`,
      "owner that nobody closes, option object": `
import { open } from "./kit/handles.js";
import { OptionSession } from "./helpers/wrappers.js";
export function f(): string {
  const session = new OptionSession({ h: open() }); //! neverReleased
  return session.read();
}`,
      "owner with a resource of its own": `
import { OwnSession } from "./helpers/wrappers.js";
export function f(): string {
  return new OwnSession().read(); //! resultDropped
}`,
      "owner through a barrel's namespace": `
import { wrappers } from "./helpers/barrel.js";
export function f(): string {
  const session = new wrappers.OwnSession(); //! neverReleased
  return session.read();
}`,
      "async, owner that nobody closes": `
import { FileSession } from "./helpers/wrappers.js";
export function f(path: string): Promise<string> {
  return FileSession.open(path).then((session) => session.read()); //! neverReleased
}`,
      "holder that never closes": `
import { open } from "./kit/handles.js";
import { Peeker } from "./helpers/wrappers.js";
export function f(): string {
  const h = open(); //! neverReleased
  const peeker = new Peeker(h);
  return peeker.read();
}`,
      "holder that never closes, option object": `
import { open } from "./kit/handles.js";
import { OptionPeeker } from "./helpers/wrappers.js";
export function f(): string {
  const h = open(); //! neverReleased
  return new OptionPeeker({ h }).read();
}`,
      "holder that never closes, constructor of its base": `
import { open } from "./kit/handles.js";
import { NamedPeeker } from "./helpers/wrappers.js";
export function f(): string {
  const h = open(); //! neverReleased
  return new NamedPeeker(h).read();
}`,
      "method that only reads": `
import { open } from "./kit/handles.js";
import { PeekTask } from "./helpers/wrappers.js";
export function f(): string {
  const h = open(); //! neverReleased
  return new PeekTask().run(h);
}`,
      "owner closed on one path only": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
import { LoudSession } from "./helpers/wrappers.js";
export function f(): void {
  const session = new LoudSession(open()); //! notReleasedOnPath
  if (condition()) session.close();
}`,
    },
    fine: {
      "owner closed": `
import { open } from "./kit/handles.js";
import { Session } from "./helpers/wrappers.js";
export function f(): string {
  const session = new Session(open());
  try {
    return session.read();
  } finally {
    session.close();
  }
}`,
      "owner with `using`": `
import { open } from "./kit/handles.js";
import { DisposableSession } from "./helpers/wrappers.js";
export function f(): string {
  using session = new DisposableSession(open());
  return session.read();
}`,
      "owner with `using`, option object": `
import { open } from "./kit/handles.js";
import { OptionSession } from "./helpers/wrappers.js";
export function f(): string {
  const h = open();
  using session = new OptionSession({ h, label: "mine" });
  return session.read();
}`,
      "owner with `using`, option object bound first": `
import { open } from "./kit/handles.js";
import { OptionSession } from "./helpers/wrappers.js";
export function f(): string {
  const options = { h: open() };
  using session = new OptionSession(options);
  return session.read();
}`,
      "owner with `using`, settings kept whole": `
import { open } from "./kit/handles.js";
import { SettingsSession } from "./helpers/wrappers.js";
export function f(): string {
  using session = new SettingsSession({ h: open() });
  return session.read();
}`,
      "owner closed, constructor of its base": `
import { open } from "./kit/handles.js";
import { NamedSession } from "./helpers/wrappers.js";
export function f(): string {
  const session = new NamedSession(open());
  try {
    return session.read();
  } finally {
    session.close();
  }
}`,
      "the wrapped closed instead of the wrapper": `
import { open } from "./kit/handles.js";
import { Session } from "./helpers/wrappers.js";
export function f(): string {
  const h = open();
  try {
    return new Session(h).read();
  } finally {
    h.close();
  }
}`,
      "async, owner with `await using`": `
import { FileSession } from "./helpers/wrappers.js";
export async function f(path: string): Promise<string> {
  await using session = await FileSession.open(path);
  return await session.read();
}`,
      "bag that is disposed": `
import { open } from "./kit/handles.js";
import { Bag } from "./helpers/wrappers.js";
export function f(): string {
  using bag = new Bag();
  const h = bag.add(open());
  return h.read();
}`,
      "field that is handed to a helper which closes": `
import { open } from "./kit/handles.js";
import { close } from "./helpers/closing.js";
export class Mine {
  readonly #h = open();
  read(): string {
    return this.#h.read();
  }
  stop(): void {
    close(this.#h);
  }
}`,
      "owner returned": `
import { open } from "./kit/handles.js";
import { LoudSession } from "./helpers/wrappers.js";
export const f = (): LoudSession => new LoudSession(open());`,
    },
  },

  "C27 a helper of another file keeps it in module state": {
    fine: {
      "a list": `
import { open } from "./kit/handles.js";
import { keepInList } from "./helpers/state.js";
export function f(): void {
  const h = open();
  keepInList(h);
}`,
      "a map": `
import { open } from "./kit/handles.js";
import { keepByName } from "./helpers/state.js";
export function f(name: string): void {
  const h = open(name);
  keepByName(name, h);
}`,
      "a listener": `
import { open } from "./kit/handles.js";
import { registerForExit } from "./helpers/state.js";
export function f(): void {
  const h = open();
  registerForExit(h);
}`,
    },
    // A plain call may throw on the way.
    quiet: {
      "one slot, the old one closed": `
import { open } from "./kit/handles.js";
import { keepAsCurrent } from "./helpers/state.js";
export function f(): void {
  keepAsCurrent(open());
}`,
    },
  },

  "C28 closures and helpers of another file": {
    leak: {
      "the object that closes is dropped": `
import { makeService } from "./helpers/factories.js";
export function f(): string {
  const service = makeService(); //! neverReleased
  return service.read();
}`,
      "the returned release is dropped": `
import { makeStop } from "./helpers/factories.js";
export function f(): void {
  makeStop(); //! resultDropped
}`,
      "lent to a callback": `
import { open } from "./kit/handles.js";
import { lend } from "./helpers/higher-order.js";
export function f(): string {
  const h = open(); //! neverReleased
  return lend(h, (lent) => lent.read());
}`,
      "made by a function that is passed": `
import { open } from "./kit/handles.js";
import { makeGeneric } from "./helpers/factories.js";
export function f(): string {
  const h = makeGeneric(open); //! neverReleased
  return h.read();
}`,
      "made by a callback": `
import { open } from "./kit/handles.js";
import { timed } from "./helpers/higher-order.js";
export function f(): string {
  const h = timed(() => open()); //! neverReleased
  return h.read();
}`,
      "the closure only reads": `
import { open } from "./kit/handles.js";
import { timed } from "./helpers/higher-order.js";
export function f(): string {
  const h = open(); //! neverReleased
  return timed(() => h.read());
}`,
      "the closure only reads, async": `
import { open } from "node:fs/promises";
import { retried } from "./helpers/higher-order.js";
export async function f(path: string): Promise<string> {
  const file = await open(path); //! neverReleased
  return await retried(() => file.readFile("utf8"));
}`,
      "opened in a callback": `
import { open } from "./kit/handles.js";
import { timed } from "./helpers/higher-order.js";
export function f(): string {
  return timed(() => {
    const h = open(); //! neverReleased
    return h.read();
  });
}`,
      "opened inside `withHandle`": `
import { open } from "./kit/handles.js";
import { withHandle } from "./helpers/higher-order.js";
export function f(): string {
  return withHandle((outer) => {
    const inner = open(outer.read()); //! neverReleased
    return inner.read();
  });
}`,
      "opened inside `usingFile`, async": `
import { open } from "node:fs/promises";
import { usingFile } from "./helpers/higher-order.js";
export async function f(from: string, to: string): Promise<void> {
  await usingFile(from, async (source) => {
    const target = await open(to, "w"); //! notReleasedOnThrow
    await target.write(await source.readFile());
    await target.close();
  });
}`,
    },
    fine: {
      withHandle: `
import { withHandle } from "./helpers/higher-order.js";
export function f(): string {
  return withHandle((h) => h.read());
}`,
      "withHandle, async": `
import { withHandleAsync } from "./helpers/higher-order.js";
export async function f(): Promise<string> {
  return await withHandleAsync(async (h) => h.read());
}`,
      usingFile: `
import { usingFile } from "./helpers/higher-order.js";
export async function f(path: string): Promise<string> {
  return await usingFile(path, async (file) => await file.readFile("utf8"));
}`,
      "usingFile, promise chain": `
import { usingFileChain } from "./helpers/higher-order.js";
export function f(path: string): Promise<string> {
  return usingFileChain(path, (file) => file.readFile("utf8"));
}`,
      "usingFile, through a barrel": `
import { usingFile } from "./helpers/barrel.js";
export const f = (path: string): Promise<number> =>
  usingFile(path, async (file) => (await file.stat()).size);`,
      "usingFile, a helper is the callback": `
import { usingFile } from "./helpers/higher-order.js";
import { sizeOf } from "./helpers/closing.js";
export const f = (path: string): Promise<number> => usingFile(path, sizeOf);`,
      "`using` function that takes it": `
import { open } from "./kit/handles.js";
import { using } from "./helpers/higher-order.js";
export function f(): string {
  return using(open(), (h) => h.read());
}`,
      "`using` function that takes it, bound first": `
import { open } from "./kit/handles.js";
import { using } from "./helpers/higher-order.js";
export function f(): string {
  const h = open();
  return using(h, (mine) => mine.read());
}`,
      "opened and closed in a callback": `
import { open } from "./kit/handles.js";
import { timed } from "./helpers/higher-order.js";
export function f(): string {
  return timed(() => {
    using h = open();
    return h.read();
  });
}`,
      "closed by a callback that the helper runs": `
import { open } from "./kit/handles.js";
import { timed } from "./helpers/higher-order.js";
export function f(): void {
  using stack = new DisposableStack();
  const h = stack.use(open());
  timed(() => h.close());
}`,
      "the release is registered by a helper": `
import { open } from "./kit/handles.js";
import { onExit } from "./helpers/higher-order.js";
export function f(): void {
  const h = open();
  onExit(() => h.close());
}`,
      "the returned release is called": `
import { makeStop } from "./helpers/factories.js";
export function f(): void {
  const stop = makeStop();
  stop();
}`,
      "the returned release is returned": `
import { makeStop } from "./helpers/factories.js";
export function f(): () => void {
  return makeStop();
}`,
      "the object that closes is closed": `
import { makeService } from "./helpers/factories.js";
export function f(): string {
  const service = makeService();
  try {
    return service.read();
  } finally {
    service.close();
  }
}`,
    },
  },

  "C29 a disposable stack and helpers of another file": {
    leak: {
      "stack never disposed": `
import { make } from "./helpers/factories.js";
export function f(): string {
  const stack = new DisposableStack(); //! neverReleased
  const h = stack.use(make());
  return h.read();
}`,
      "async stack never disposed": `
import { makeFile } from "./helpers/factories.js";
export async function f(path: string): Promise<string> {
  const stack = new AsyncDisposableStack(); //! neverReleased
  const file = stack.use(await makeFile(path));
  return await file.readFile("utf8");
}`,
    },
    fine: {
      use: `
import { make } from "./helpers/factories.js";
export function f(): string {
  using stack = new DisposableStack();
  const h = stack.use(make());
  return h.read();
}`,
      "adopt, helper by reference": `
import { make } from "./helpers/factories.js";
import { close } from "./helpers/closing.js";
export function f(): string {
  using stack = new DisposableStack();
  const h = stack.adopt(make(), close);
  return h.read();
}`,
      "defer, helper closes": `
import { make } from "./helpers/factories.js";
import { close } from "./helpers/closing.js";
export function f(): string {
  using stack = new DisposableStack();
  const h = make();
  stack.defer(() => close(h));
  return h.read();
}`,
      "async, defer, helper closes": `
import { makeFile } from "./helpers/factories.js";
import { closeFile } from "./helpers/closing.js";
export async function f(path: string): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const file = await makeFile(path);
  stack.defer(() => closeFile(file));
  return await file.readFile("utf8");
}`,
    },
  },

  "C32 an option moves the duty back, the file from another file": {
    leak: {
      "autoClose: false": `
import { makeFile } from "./helpers/factories.js";
export async function f(path: string, text: string): Promise<void> {
  const file = await makeFile(path); //! neverReleased
  file.createWriteStream({ autoClose: false }).end(text);
}`,
      "autoClose: false, descriptor": `
import fs from "node:fs";
import { makeDescriptor } from "./helpers/factories.js";
export function f(path: string, text: string): void {
  const fd = makeDescriptor(path); //! neverReleased
  fs.createWriteStream(path, { fd, autoClose: false }).end(text);
}`,
    },
    fine: {
      "default, true": `
import { makeFile } from "./helpers/factories.js";
export async function f(path: string, text: string): Promise<void> {
  const file = await makeFile(path);
  file.createWriteStream().end(text);
}`,
      "default, true, descriptor": `
import fs from "node:fs";
import { makeDescriptor } from "./helpers/factories.js";
export const f = (path: string, text: string): void => {
  const fd = makeDescriptor(path);
  fs.createWriteStream(path, { fd }).end(text);
};`,
    },
  },
});

verdicts(rule, "F in two files, 48-50 and 52", {
  "F48 many resources, opened or closed by helpers of another file": {
    leak: {
      "one branch closes": `
import { openAll, closeAll } from "./helpers/collections.js";
import { condition } from "./kit/opaque.js";
export function f(paths: string[]): void {
  const handles = openAll(paths); //! notReleasedOnPath
  if (condition()) closeAll(handles);
}`,
      "opened by a helper, nobody closes": `
import { openAll } from "./helpers/collections.js";
export function f(paths: string[]): number {
  const handles = openAll(paths); //! neverReleased
  return handles.length;
}`,
      "the helper only reads": `
import { open } from "./kit/handles.js";
import { readAll } from "./helpers/collections.js";
export function f(paths: string[]): string {
  const handles = paths.map((path) => open(path)); //! neverReleased
  return readAll(handles);
}`,
      "opened by a helper with a loop, nobody closes": `
import { openEach } from "./helpers/collections.js";
export function f(paths: string[]): void {
  for (const h of openEach(paths)) h.read(); //! neverReleased
}`,
    },
    fine: {
      "closed by a loop": `
import { openAll, closeAll } from "./helpers/collections.js";
export function f(paths: string[]): void {
  const handles = openAll(paths);
  closeAll(handles);
}`,
      "closed by `forEach`": `
import { openEach, closeForEach } from "./helpers/collections.js";
export function f(paths: string[]): void {
  const handles = openEach(paths);
  closeForEach(handles);
}`,
      "opened here, closed in `finally`": `
import { open, type Handle } from "./kit/handles.js";
import { closeAll, readAll } from "./helpers/collections.js";
export function f(paths: string[]): string {
  const handles: Handle[] = [];
  try {
    for (const path of paths) handles.push(open(path));
    return readAll(handles);
  } finally {
    closeAll(handles);
  }
}`,
      "a set": `
import { open, type Handle } from "./kit/handles.js";
import { closeAll } from "./helpers/collections.js";
export function f(paths: string[]): void {
  const handles = new Set<Handle>();
  try {
    for (const path of paths) handles.add(open(path));
  } finally {
    closeAll(handles);
  }
}`,
      "async, all": `
import { open, type FileHandle } from "node:fs/promises";
import { closeFiles } from "./helpers/collections.js";
export async function f(paths: string[]): Promise<void> {
  const files: FileHandle[] = [];
  try {
    for (const path of paths) files.push(await open(path));
  } finally {
    await closeFiles(files);
  }
}`,
      "async, allSettled": `
import { open, type FileHandle } from "node:fs/promises";
import { settleFiles } from "./helpers/collections.js";
export async function f(paths: string[]): Promise<void> {
  const files: FileHandle[] = [];
  try {
    for (const path of paths) files.push(await open(path));
  } finally {
    await settleFiles(files);
  }
}`,
      "async, reduce": `
import { open, type FileHandle } from "node:fs/promises";
import { closeInTurn } from "./helpers/collections.js";
export async function f(paths: string[]): Promise<void> {
  const files: FileHandle[] = [];
  try {
    for (const path of paths) files.push(await open(path));
  } finally {
    await closeInTurn(files);
  }
}`,
    },
  },

  "F49 Promise.all of factories of another file": {
    leak: {
      "two files": `
import { makeFile } from "./helpers/collections.js";
import { settleFiles } from "./helpers/collections.js";
export async function f(a: string, b: string): Promise<void> {
  const files = await Promise.all([
    makeFile(a), //! siblingLost
    makeFile(b), //! siblingLost
  ]);
  await settleFiles(files);
}`,
      map: `
import { makeFile, settleFiles } from "./helpers/collections.js";
export async function f(paths: string[]): Promise<void> {
  const files = await Promise.all(paths.map((path) => makeFile(path))); //! siblingLost
  await settleFiles(files);
}`,
      "map, the factory by reference": `
import { makeFile, settleFiles } from "./helpers/collections.js";
export async function f(paths: string[]): Promise<void> {
  const files = await Promise.all(paths.map(makeFile)); //! siblingLost
  await settleFiles(files);
}`,
    },
    fine: {
      "each opened and closed by a helper": `
import { usingFile } from "./helpers/higher-order.js";
export async function f(paths: string[]): Promise<number[]> {
  return await Promise.all(
    paths.map((path) => usingFile(path, async (file) => (await file.stat()).size)),
  );
}`,
      "one file and nothing else": `
import { makeFile, settleFiles } from "./helpers/collections.js";
export async function f(path: string): Promise<void> {
  const files = await Promise.all([makeFile(path)]);
  await settleFiles(files);
}`,
    },
  },

  "F50 a live element is taken out of a local collection": {
    leak: {
      "pop, nobody closes it": `
import { closeAll } from "./helpers/collections.js";
import { make } from "./helpers/factories.js";
export function f(paths: string[]): void {
  const handles = paths.map((path) => make(path)); //! notReleasedOnPath
  handles.pop();
  closeAll(handles);
}`,
      "length = 0": `
import { make } from "./helpers/factories.js";
export function f(paths: string[]): void {
  const handles = paths.map((path) => make(path)); //! neverReleased
  handles.length = 0;
}`,
      clear: `
import { make } from "./helpers/factories.js";
import type { Handle } from "./kit/handles.js";
export function f(paths: string[]): void {
  const handles = new Map<string, Handle>();
  for (const path of paths) handles.set(path, make(path)); //! neverReleased
  handles.clear();
}`,
    },
    fine: {
      "pop, closed by a helper": `
import { openAll } from "./helpers/collections.js";
import { close } from "./helpers/closing.js";
export function f(paths: string[]): void {
  const handles = openAll(paths);
  let last;
  while ((last = handles.pop()) !== undefined) close(last);
}`,
      "closed by a helper, then cleared": `
import { openAll, closeAll } from "./helpers/collections.js";
export function f(paths: string[]): void {
  const handles = openAll(paths);
  closeAll(handles);
  handles.length = 0;
}`,
    },
  },

  "F52 a live value of a local map is overwritten": {
    leak: {
      "set twice under one key": `
import { make } from "./helpers/factories.js";
import { closeAll } from "./helpers/collections.js";
import type { Handle } from "./kit/handles.js";
export function f(): void {
  const handles = new Map<string, Handle>();
  handles.set("a", make()); //! overwritten
  handles.set("a", make());
  closeAll(handles.values());
}`,
    },
    fine: {
      "the old one closed by a helper first": `
import { make } from "./helpers/factories.js";
import { closeAll } from "./helpers/collections.js";
import { closeMaybe } from "./helpers/closing.js";
import type { Handle } from "./kit/handles.js";
export function f(): void {
  const handles = new Map<string, Handle>();
  try {
    handles.set("a", make());
    closeMaybe(handles.get("a"));
    handles.set("a", make());
  } finally {
    closeAll(handles.values());
  }
}`,
      "set under a `has` guard": `
import { make } from "./helpers/factories.js";
import { closeAll } from "./helpers/collections.js";
import type { Handle } from "./kit/handles.js";
export function f(paths: string[]): void {
  const handles = new Map<string, Handle>();
  try {
    for (const path of paths) if (!handles.has(path)) handles.set(path, make(path));
  } finally {
    closeAll(handles.values());
  }
}`,
    },
  },
});
