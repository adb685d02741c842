/**
 * Throws that nobody expects, and generators that end by throwing.
 */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-unclosed-disposable";

verdicts(rule, "throws that nobody expects", {
  "a helper throws where the types say that it cannot": {
    leak: {
      "the switch does not cover every value": `
import { openSync, closeSync } from "node:fs";
function flagsOf(mode: string): number {
  switch (mode) {
    case "a":
      return 1;
    default:
      throw new Error("unknown mode");
  }
}
export function f(path: string, mode: string): void {
  const fd = openSync(path, "r"); //! notReleasedOnThrow
  console.log(flagsOf(mode));
  closeSync(fd);
}`,
      "a helper that asks a variable of the module": `
import { openSync, closeSync } from "node:fs";
let ready = false;
export function begin(): void {
  ready = true;
}
function check(): void {
  if (!ready) throw new Error("not ready");
}
export function f(path: string): void {
  const fd = openSync(path, "r"); //! notReleasedOnThrow
  check();
  closeSync(fd);
}`,
      "a part that may be missing": `
import { openSync, closeSync } from "node:fs";
function sizeOf(sources: { read?: () => number }[]): number {
  const [first] = sources;
  if (!first || !first.read) throw new TypeError("no source");
  return first.read();
}
export function f(path: string, sources: { read?: () => number }[]): void {
  const fd = openSync(path, "r"); //! notReleasedOnThrow
  console.log(sizeOf(sources));
  closeSync(fd);
}`,
    },
    quiet: {
      "the default of a switch that covers every value": `
import { openSync, closeSync } from "node:fs";
function flagsOf(mode: "a" | "b"): number {
  switch (mode) {
    case "a":
      return 1;
    case "b":
      return 2;
    default:
      throw new Error("unknown mode");
  }
}
export function f(path: string, mode: "a" | "b"): void {
  const fd = openSync(path, "r");
  console.log(flagsOf(mode));
  closeSync(fd);
}`,
      "a parameter of type never": `
import { openSync, closeSync } from "node:fs";
function rest(value: never): never {
  throw new Error(String(value));
}
function flagsOf(mode: "a" | "b"): number {
  if (mode === "a") return 1;
  if (mode === "b") return 2;
  return rest(mode);
}
export function f(path: string, mode: "a" | "b"): void {
  const fd = openSync(path, "r");
  console.log(flagsOf(mode));
  closeSync(fd);
}`,
      "a helper that takes nothing and cannot go on": `
import { openSync, closeSync } from "node:fs";
function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: (() => void) | undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  if (!resolve) throw new Error("no executor");
  return { promise, resolve };
}
export function f(path: string): void {
  const fd = openSync(path, "r");
  console.log(deferred());
  closeSync(fd);
}`,
      "a part that the type of a parameter has": `
import { openSync, closeSync } from "node:fs";
function sizeOf(source: { read(): number }): number {
  if (!source || !source.read) throw new TypeError("no source");
  return source.read();
}
export function f(path: string, source: { read(): number }): void {
  const fd = openSync(path, "r");
  console.log(sizeOf(source));
  closeSync(fd);
}`,
      "an assertion": `
import { openSync, closeSync } from "node:fs";
function isText(value: unknown): asserts value is string {
  if (typeof value !== "string") throw new TypeError("no text");
}
export function f(path: string, value: unknown): void {
  const fd = openSync(path, "r");
  isText(value);
  closeSync(fd);
}`,
    },
  },

  "a generator that throws is over": {
    leak: {
      "left after its first value": `
async function* rows(): AsyncGenerator<number> {
  try {
    yield 1;
  } finally {
    console.log("closed");
  }
}
export async function f(): Promise<unknown> {
  const all = rows(); //! neverReleased
  return (await all.next()).value;
}`,
    },
    fine: {
      "next() rejects and is expected to": `
import assert from "node:assert";
async function* rows(): AsyncGenerator<number> {
  try {
    yield 1;
  } finally {
    console.log("closed");
  }
}
export async function f(): Promise<void> {
  const all = rows();
  await assert.rejects(all.next());
}`,
      "return() by an optional call": `
function* rows(): Generator<number> {
  try {
    yield 1;
  } finally {
    console.log("closed");
  }
}
export function f(): void {
  const all: Iterator<number> = rows();
  try {
    all.next();
  } finally {
    all.return?.();
  }
}`,
      "return() behind a question": `
function* rows(): Generator<number> {
  try {
    yield 1;
  } finally {
    console.log("closed");
  }
}
export function f(): void {
  const all: Iterator<number> = rows();
  try {
    all.next();
  } finally {
    if (all.return) all.return();
  }
}`,
    },
  },

  "an acquisition that is expected to fail": {
    fine: {
      "given to assert.rejects": `
import assert from "node:assert";
import { open } from "node:fs/promises";
export async function f(path: string): Promise<void> {
  await assert.rejects(open(path));
}`,
    },
    leak: {
      "given to what only waits for it": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<void> {
  await Promise.allSettled([open(path)]); //! resultDropped
}`,
    },
  },
});
