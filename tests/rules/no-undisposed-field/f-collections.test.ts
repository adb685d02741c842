/** Section F of the verdicts, 48 to 52, for fields: collections of resources that a class keeps. */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-undisposed-field";

verdicts(rule, "F. collections in fields", {
  "F48 every element is released": {
    fine: {
      "a map, loop over values": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path));
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
    this.#all.clear();
  }
}`,
      "a map, loop over entries": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path));
  }
  close(): void {
    for (const [, h] of this.#all) h.close();
    this.#all.clear();
  }
}`,
      "an array, map and Promise.all": `
import { open, type FileHandle } from "node:fs/promises";
export class Files {
  readonly #all: FileHandle[] = [];
  async add(path: string): Promise<void> {
    this.#all.push(await open(path));
  }
  async close(): Promise<void> {
    await Promise.all(this.#all.map((file) => file.close()));
  }
}`,
      "an array, allSettled": `
import { open, type FileHandle } from "node:fs/promises";
export class Files {
  readonly #all: FileHandle[] = [];
  async add(path: string): Promise<void> {
    this.#all.push(await open(path));
  }
  async close(): Promise<void> {
    await Promise.allSettled(this.#all.map(async (file) => file.close()));
    this.#all.length = 0;
  }
}`,
      "an array, reduce": `
import { open, type FileHandle } from "node:fs/promises";
export class Files {
  readonly #all: FileHandle[] = [];
  async add(path: string): Promise<void> {
    this.#all.push(await open(path));
  }
  async close(): Promise<void> {
    await this.#all.reduce((before, file) => before.then(() => file.close()), Promise.resolve());
  }
}`,
      "an array, by index": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path));
  }
  close(): void {
    for (let i = 0; i < this.#all.length; i++) this.#all[i]!.close();
  }
}`,
      "an array, emptied by splice": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path));
  }
  dispose(): void {
    for (const h of this.#all.splice(0)) h.close();
  }
}`,
      "an array, emptied by pop": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path));
  }
  close(): void {
    while (this.#all.length > 0) this.#all.pop()?.close();
  }
}`,
      "a map, keys": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path));
  }
  close(): void {
    for (const path of this.#all.keys()) this.#all.get(path)?.close();
  }
}`,
      "a map, a list of its keys": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path));
  }
  close(): void {
    for (const path of [...this.#all.keys()]) {
      const h = this.#all.get(path);
      this.#all.delete(path);
      h?.close();
    }
  }
}`,
      "a map, Array.from with a function": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path));
  }
  close(): void {
    Array.from(this.#all.values(), (h) => h.close());
  }
}`,
      "a map, a loop over Array.from": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path));
  }
  close(): void {
    for (const path of Array.from(this.#all.keys())) this.#all.get(path)?.close();
  }
}`,
      "a map, entries": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (this.#all.has(path)) return;
    const h = open(path);
    this.#all.set(path, h);
  }
  close(): void {
    for (const [path, h] of this.#all.entries()) {
      console.log(path);
      h.close();
    }
  }
}`,
      "an array, entries": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path));
  }
  close(): void {
    for (const [index, h] of this.#all.entries()) {
      console.log(index);
      h.close();
    }
  }
}`,
      "a record, Object.values": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Record<string, Handle> = {};
  add(path: string): void {
    this.#all[path] ??= open(path);
  }
  close(): void {
    for (const h of Object.values(this.#all)) h.close();
  }
}`,
      "by a helper of another file": `
import { closeAll } from "./helpers/collections.js";
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path));
  }
  close(): void {
    closeAll(this.#all);
  }
}`,
      "filled from a list": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: readonly Handle[];
  constructor(paths: readonly string[]) {
    this.#all = paths.map((path) => open(path));
  }
  close(): void {
    this.#all.forEach((h) => {
      h.close();
    });
  }
}`,
      "one by one, through a private method": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Set<Handle>();
  add(path: string): void {
    this.#all.add(open(path));
  }
  #end(h: Handle): void {
    this.#all.delete(h);
    h.close();
  }
  close(): void {
    for (const h of this.#all) this.#end(h);
  }
}`,
      "those that end by themselves are forgotten": `
import { fork, type ChildProcess } from "node:child_process";
export class Workers {
  readonly #all = new Set<ChildProcess>();
  start(script: string): void {
    const child = fork(script);
    this.#all.add(child);
    child.once("exit", () => {
      this.#all.delete(child);
    });
  }
  stop(): void {
    for (const child of this.#all) child.kill();
  }
}`,
    },
    leak: {
      "keys that are only printed": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path)); //! fieldNotReleased
  }
  close(): void {
    for (const path of this.#all.keys()) console.log(path);
  }
}`,
      "a set, nothing releases": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Set<Handle>();
  add(path: string): void {
    this.#all.add(open(path)); //! noRelease
  }
  read(): string[] {
    return [...this.#all].map((h) => h.read());
  }
}`,
      "a map, clear": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path)); //! fieldNotReleased
  }
  close(): void {
    this.#all.clear();
  }
}`,
      "a map, opened by a factory of another file": `
import { make } from "./helpers/factories.js";
import type { Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, make(path)); //! fieldNotReleased
  }
  close(): void {
    console.log(this.#all.size);
  }
}`,
      "an array, one of a literal": `
import { open } from "./kit/handles.js";
export class Pair {
  readonly #all = [open("a"), open("b")]; //! fieldNotReleased fieldNotReleased
  close(): void {
    console.log(this.#all.map((h) => h.closed));
  }
}`,
      "through a private method that stores": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Handle[] = [];
  #keep(h: Handle): void {
    this.#all.push(h);
  }
  add(path: string): void {
    this.#keep(open(path)); //! fieldNotReleased
  }
  close(): void {
    this.#all.length = 0;
  }
}`,
    },
    // What drops it is reported by require-cache-removal-listener.
    quiet: {
      "a record, close only empties": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  #all: Record<string, Handle> = {};
  add(path: string): void {
    this.#all[path] = open(path);
  }
  close(): void {
    this.#all = {};
  }
}`,
    },
  },

  "F50 an element is taken out and not released": {
    leak: {
      shift: `
import { open, type Handle } from "./kit/handles.js";
export class Queue {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path)); //! elementDropped
  }
  next(): string | undefined {
    const h = this.#all.shift();
    return h?.read();
  }
  close(): void {
    for (const h of this.#all) h.close();
  }
}`,
    },
    fine: {
      pop: `
import { open, type Handle } from "./kit/handles.js";
export class Stack {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path));
  }
  drop(): void {
    this.#all.pop()?.close();
  }
  close(): void {
    for (const h of this.#all) h.close();
  }
}`,
      "shift, handed to the caller": `
import { open, type Handle } from "./kit/handles.js";
export class Queue {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path));
  }
  next(): Handle | undefined {
    return this.#all.shift();
  }
  close(): void {
    for (const h of this.#all) h.close();
  }
}`,
      "delete, released first": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path));
  }
  remove(path: string): void {
    const h = this.#all.get(path);
    if (h === undefined) return;
    h.close();
    this.#all.delete(path);
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
  }
}`,
      "delete, released after": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path));
  }
  remove(path: string): void {
    const h = this.#all.get(path);
    this.#all.delete(path);
    h?.close();
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
  }
}`,
      clear: `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Set<Handle>();
  add(path: string): void {
    this.#all.add(open(path));
  }
  reset(): void {
    this.#all.forEach((h) => h.close());
    this.#all.clear();
  }
  close(): void {
    this.reset();
  }
}`,
    },
    // What drops it is reported by require-cache-removal-listener.
    quiet: {
      "splice, async": `
import { open, type FileHandle } from "node:fs/promises";
export class Files {
  readonly #all: FileHandle[] = [];
  async add(path: string): Promise<void> {
    this.#all.push(await open(path));
  }
  remove(index: number): void {
    this.#all.splice(index, 1);
  }
  async close(): Promise<void> {
    await Promise.all(this.#all.map((file) => file.close()));
  }
}`,
      clear: `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Set<Handle>();
  add(path: string): void {
    this.#all.add(open(path));
  }
  reset(): void {
    this.#all.clear();
  }
  close(): void {
    for (const h of this.#all) h.close();
  }
}`,
      delete: `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path));
  }
  remove(path: string): boolean {
    return this.#all.delete(path);
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
  }
}`,
      pop: `
import { open, type Handle } from "./kit/handles.js";
export class Stack {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path));
  }
  drop(): void {
    this.#all.pop();
  }
  close(): void {
    for (const h of this.#all) h.close();
  }
}`,
    },
  },

  "F52 set replaces a live element": {
    leak: {
      "a constant key": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  use(path: string): void {
    this.#all.set("main", open(path)); //! fieldOverwritten
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
  }
}`,
    },
    fine: {
      "a key that is new": `
import { randomUUID } from "node:crypto";
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): string {
    const id = randomUUID();
    this.#all.set(id, open(path));
    return id;
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
  }
}`,
      "found first": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  find(path: string): string {
    let h = this.#all.get(path);
    if (h === undefined) {
      h = open(path);
      this.#all.set(path, h);
    }
    return h.read();
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
  }
}`,
      "found first by the caller": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  find(path: string): string {
    return (this.#all.get(path) ?? this.#make(path)).read();
  }
  #make(path: string): Handle {
    const h = open(path);
    this.#all.set(path, h);
    return h;
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
  }
}`,
    },
  },
});
