import { verdicts } from "../../support/verdicts.ts";

const rule = "prefer-using";

verdicts(rule, "a release in finally", {
  "the try begins behind the acquisition and ends the block": {
    leak: {
      sync: `
import { open } from "./kit/handles.js";
export function first(): string {
  const handle = open(); //! preferUsing
  try {
    // The first line is enough.
    return handle.read();
  } finally {
    handle.close();
  }
}`,
      async: `
import { open } from "node:fs/promises";
export async function size(path: string): Promise<number> {
  const file = await open(path); //! preferUsing
  try {
    const { size } = await file.stat();
    return size;
  } finally {
    await file.close();
  }
}`,
      "by its symbol": `
import { open } from "./kit/handles.js";
export const first = (): string => {
  const handle = open(); //! preferUsing
  try {
    return handle.read();
  } finally {
    handle[Symbol.dispose]();
  }
};`,
      "with a catch": `
import { open } from "./kit/handles.js";
export class Reader {
  first(): string {
    const handle = open(); //! preferUsing
    try {
      return handle.read();
    } catch {
      return "";
    } finally {
      handle.close();
    }
  }
}`,
      "in a loop": `
import { open } from "./kit/handles.js";
export function all(paths: readonly string[]): void {
  for (const path of paths) {
    const handle = open(path); //! preferUsing
    try {
      if (handle.read() === "") continue;
      handle.write("seen");
    } finally {
      handle.close();
    }
  }
}`,
      "of each value of a loop": `
import { open } from "./kit/handles.js";
export function all(paths: readonly string[]): void {
  for (const handle of paths.map((path) => open(path))) { //! preferUsing
    try {
      handle.write("seen");
    } finally {
      handle.close();
    }
  }
}`,
      "a plain return behind it": `
import { open } from "./kit/handles.js";
export function first(): string {
  let text = "";
  const handle = open(); //! preferUsing
  try {
    text = handle.read();
  } finally {
    handle.close();
  }
  return text;
}`,
      "a text over several lines": `
import { open } from "./kit/handles.js";
export function note(): void {
  const handle = open(); //! preferUsing
  try {
    handle.write(\`one
    two\`);
  } finally {
    handle.close();
  }
}`,
      "a class of the program whose disposer calls the method": `
import { open } from "./kit/handles.js";
class Log {
  readonly #handle = open();
  write(text: string): void {
    this.#handle.write(text);
  }
  close(): void {
    this.#handle.close();
  }
  [Symbol.dispose](): void {
    this.close();
  }
}
export function note(): void {
  const log = new Log(); //! preferUsing
  try {
    log.write("a");
  } finally {
    log.close();
  }
}`,
    },
  },
  "it would be released later, or something else would be": {
    fine: {
      "a loop that may be left before it has come to all": `
import { open } from "./kit/handles.js";
export function some(paths: readonly string[]): void {
  for (const handle of paths.map((path) => open(path))) {
    try {
      if (handle.read() === "") return;
    } finally {
      handle.close();
    }
  }
}`,
      "work behind the try": `
import { open } from "./kit/handles.js";
import { work } from "./kit/opaque.js";
export function first(): string {
  const handle = open();
  let text: string;
  try {
    text = handle.read();
  } finally {
    handle.close();
  }
  work();
  return text;
}`,
      "the finally does more": `
import { open } from "./kit/handles.js";
export function first(): string {
  const handle = open();
  try {
    return handle.read();
  } finally {
    handle.close();
    console.log("closed");
  }
}`,
      "a method that does more than the disposer": `
import { open } from "./kit/handles.js";
class Log {
  readonly #handle = open();
  write(text: string): void {
    this.#handle.write(text);
  }
  close(): void {
    this.#handle.write("the end");
    this.#handle.close();
  }
  [Symbol.dispose](): void {
    this.#handle.close();
  }
}
export function note(): void {
  const log = new Log();
  try {
    log.write("a");
  } finally {
    log.close();
  }
}`,
      "nobody waits for the release": `
import { open } from "node:fs/promises";
export async function size(path: string): Promise<number> {
  const file = await open(path);
  try {
    return (await file.stat()).size;
  } finally {
    void file.close();
  }
}`,
      "no symbol": `
import { closeSync, openSync, fstatSync } from "node:fs";
export function size(path: string): number {
  const fd = openSync(path, "r");
  try {
    return fstatSync(fd).size;
  } finally {
    closeSync(fd);
  }
}`,
      "using already": `
import { open } from "./kit/handles.js";
export function first(): string {
  using handle = open();
  return handle.read();
}`,
      returned: `
import { open, type Handle } from "./kit/handles.js";
export function first(): Handle {
  const handle = open();
  try {
    handle.read();
  } catch (error) {
    handle.close();
    throw error;
  }
  return handle;
}`,
      "a variable that gets another value": `
import { open } from "./kit/handles.js";
export function first(): string {
  let handle = open("a");
  handle.close();
  handle = open("b");
  try {
    return handle.read();
  } finally {
    handle.close();
  }
}`,
    },
  },
});

verdicts(rule, "a release at the end", {
  "nothing between can throw": {
    leak: {
      "last statement": `
import { open } from "./kit/handles.js";
export function touch(): void {
  const handle = open(); //! preferUsing
  handle.close();
}`,
    },
  },
});
