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
