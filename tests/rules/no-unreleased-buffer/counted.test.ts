/** Counted references: every one that is taken is given back on every edge. */
import { verdicts } from "../../support/verdicts.ts";

const chunk = `import { type Chunk } from "./kit/counted.ts";\n`;
const sink = `${chunk}
  declare function parse(bytes: Uint8Array): string;
  interface Sink { push(bytes: Uint8Array): void; close(): void }
`;

verdicts("no-unreleased-buffer", "H65 references that are taken", {
  "a retained slice that is copied and forgotten": {
    leak: {
      "a local": `${sink}
        export function take(body: Chunk, out: Sink): void {
          const slice = body.retainedSlice(0, 8); //! neverReleased
          out.push(slice.copyBytes());
        }`,
      "no name": `${sink}
        export function take(body: Chunk, out: Sink): void {
          out.push(body.retainedSlice(0, 8).copyBytes()); //! resultDropped
        }`,
      "copied by a helper": `${sink}
        const copy = (chunk: Chunk): Uint8Array => chunk.copyBytes();
        export function take(body: Chunk, out: Sink): void {
          const slice = body.retainedSlice(0, 8); //! neverReleased
          out.push(copy(slice));
        }`,
      "an alias": `${sink}
        export function take(body: Chunk, out: Sink): void {
          const slice = body.retainedSlice(0, 8); //! neverReleased
          const same = slice;
          out.push(same.copyBytes());
        }`,
      asynchronous: `${sink}
        export async function take(body: Chunk, send: (bytes: Uint8Array) => Promise<void>): Promise<void> {
          const slice = body.retainedSlice(0, 8); //! neverReleased
          await send(slice.copyBytes());
        }`,
      "in each turn of a loop": `${sink}
        export function take(body: Chunk, out: Sink): void {
          for (let at = 0; at < body.length; at += 8) {
            const slice = body.retainedSlice(at, at + 8); //! neverReleased
            out.push(slice.copyBytes());
          }
        }`,
    },
    fine: {
      "released at once": `${sink}
        export function take(body: Chunk): Uint8Array {
          const slice = body.retainedSlice(0, 8);
          try {
            return slice.copyBytes();
          } finally {
            slice.release();
          }
        }`,
      returned: `${sink}
        export function head(body: Chunk): Chunk {
          return body.retainedSlice(0, 8);
        }`,
      "released by a helper": `${sink}
        function finish(chunk: Chunk): Uint8Array {
          try {
            return chunk.copyBytes();
          } finally {
            chunk.release();
          }
        }
        export function take(body: Chunk): Uint8Array {
          return finish(body.retainedSlice(0, 8));
        }`,
      "pushed to a queue that the object keeps": `${sink}
        export class Queue {
          private readonly waiting: Chunk[] = [];
          add(body: Chunk): void {
            this.waiting.push(body.retainedSlice(0, 8));
          }
          drop(): void {
            for (const one of this.waiting) one.release();
            this.waiting.length = 0;
          }
        }`,
    },
    quiet: {
      "given to a writer that nobody can look into": `${sink}
        interface Writer { write(chunk: Chunk): void }
        export function take(body: Chunk, writer: Writer): void {
          writer.write(body.retainedSlice(0, 8));
        }`,
    },
  },
  "the exceptional path": {
    leak: {
      "bad data behind the slice": `${sink}
        export function take(body: Chunk): unknown {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnThrow
          const value: unknown = JSON.parse(new TextDecoder().decode(slice.copyBytes()));
          slice.release();
          return value;
        }`,
      "a rejected await": `${sink}
        export async function take(body: Chunk, send: (bytes: Uint8Array) => Promise<void>): Promise<void> {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnThrow
          await send(slice.copyBytes());
          slice.release();
        }`,
      "a promise chain": `${sink}
        export function take(body: Chunk, send: (bytes: Uint8Array) => Promise<void>): Promise<void> {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnThrow
          return send(slice.copyBytes()).then(() => {
            slice.release();
          });
        }`,
      "a catch that swallows": `${sink}
        export function take(body: Chunk): string | undefined {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnThrow
          try {
            const text = parse(slice.copyBytes());
            slice.release();
            return text;
          } catch {
            return undefined;
          }
        }`,
    },
    strict: {
      "an ordinary call": `${sink}
        export function take(body: Chunk): string {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnThrow
          const text = parse(slice.copyBytes());
          slice.release();
          return text;
        }`,
    },
    fine: {
      "released in finally": `${sink}
        export async function take(body: Chunk, send: (bytes: Uint8Array) => Promise<void>): Promise<void> {
          const slice = body.retainedSlice(0, 8);
          try {
            await send(slice.copyBytes());
          } finally {
            slice.release();
          }
        }`,
      "a finally of the chain": `${sink}
        export function take(body: Chunk, send: (bytes: Uint8Array) => Promise<void>): Promise<void> {
          const slice = body.retainedSlice(0, 8);
          return send(slice.copyBytes()).finally(() => slice.release());
        }`,
    },
  },
  "retain() of a local value": {
    leak: {
      "its result is dropped": `${chunk}
        declare function next(): Chunk;
        declare function show(length: number): void;
        export function look(): void {
          const chunk = next();
          chunk.retain(); //! neverReleased
          show(chunk.length);
        }`,
      "its result has the name": `${chunk}
        declare function next(): Chunk;
        declare function show(length: number): void;
        export function look(): void {
          const chunk = next().retain(); //! neverReleased
          show(chunk.length);
        }`,
      "a type that counts by other names": `
        import { type Shared } from "./kit/counted.ts";
        declare function find(): Shared;
        export function look(): number {
          const shared = find();
          shared.incRef(); //! neverReleased
          return shared.use();
        }`,
    },
    fine: {
      released: `${chunk}
        declare function next(): Chunk;
        export function look(): number {
          const chunk = next();
          chunk.retain();
          try {
            return chunk.length;
          } finally {
            chunk.release();
          }
        }`,
      "handed out before": `${chunk}
        declare function next(): Chunk;
        export class Cache {
          private readonly kept = new Map<string, Chunk>();
          add(key: string): void {
            if (this.kept.has(key)) return;
            const chunk = next();
            chunk.retain();
            this.kept.set(key, chunk);
          }
          clear(): void {
            for (const one of this.kept.values()) one.release();
            this.kept.clear();
          }
        }`,
      "no pair": `
        import { type Setting } from "./kit/counted.ts";
        declare function find(): Setting;
        export function look(): void {
          const setting = find();
          setting.retain();
        }`,
      "ref of a timer": `
        export function tick(run: () => void): void {
          const timer = setTimeout(run, 10);
          timer.ref();
          timer.unref();
        }`,
      "a lock that gives out something else": `
        interface Lease { release(): void }
        interface Lock { acquire(): Promise<Lease>; release(lease: Lease): void }
        export async function run(lock: Lock, work: () => Promise<void>): Promise<void> {
          const lease = await lock.acquire();
          try {
            await work();
          } finally {
            lock.release(lease);
          }
        }`,
    },
    strict: {
      "a parameter, for whoever it may be": `${chunk}
        export function look(chunk: Chunk): number {
          chunk.retain(); //! neverReleased
          return chunk.length;
        }`,
    },
    quiet: {
      "a field": `${chunk}
        export class Holder {
          private readonly chunk: Chunk;
          constructor(chunk: Chunk) {
            this.chunk = chunk;
            this.chunk.retain();
          }
          close(): void {
            this.chunk.release();
          }
        }`,
      "the elements of a list": `${chunk}
        export function share(list: readonly Chunk[]): readonly Chunk[] {
          for (const one of list) one.retain();
          return list;
        }`,
    },
  },
  "kept in a record": {
    leak: {
      "nothing releases it": `${chunk}
        export function lengths(body: Chunk): number {
          const parts: Record<string, Chunk> = {};
          parts.head = body.retainedSlice(0, 8); //! neverReleased
          return parts.head.length;
        }`,
      "left before the loop": `${chunk}
        export function lengths(body: Chunk): number {
          const parts: Record<string, Chunk> = {};
          parts.head = body.retainedSlice(0, 8); //! notReleasedOnPath
          if (parts.head.length === 0) return 0;
          Object.keys(parts).forEach((key) => parts[key]?.release());
          return 1;
        }`,
    },
    fine: {
      "forEach over its keys": `${chunk}
        export function lengths(body: Chunk): number {
          const parts: Record<string, Chunk> = {};
          try {
            parts.head = body.retainedSlice(0, 8);
            return parts.head.length;
          } finally {
            Object.keys(parts).forEach((key) => parts[key]?.release());
          }
        }`,
      "a loop over its keys": `${chunk}
        export function lengths(body: Chunk): void {
          const parts: { [name: string]: Chunk } = {};
          parts.head = body.retainedSlice(0, 8);
          for (const key of Object.keys(parts)) {
            const part = parts[key];
            if (part !== undefined) part.release();
          }
        }`,
      "for in": `${chunk}
        export function lengths(body: Chunk): void {
          const parts: Record<string, Chunk> = {};
          parts.head = body.retainedSlice(0, 8);
          for (const key in parts) parts[key]?.release();
        }`,
      "its values": `${chunk}
        export function lengths(body: Chunk): void {
          const parts: Record<string, Chunk> = {};
          parts.head = body.retainedSlice(0, 8);
          for (const part of Object.values(parts)) part.release();
        }`,
    },
  },
  "memory of compiled code": {
    leak: {
      "never freed": `
        interface Wasm { _malloc(size: number): number; _free(at: number): void; _sum(at: number): number; readonly HEAPU8: Uint8Array }
        export function sum(wasm: Wasm, bytes: Uint8Array): number {
          const at = wasm._malloc(bytes.length); //! neverReleased
          wasm.HEAPU8.set(bytes, at);
          return wasm._sum(at);
        }`,
      "an early return": `
        interface Wasm { _malloc(size: number): number; _free(at: number): void; _sum(at: number): number }
        export function sum(wasm: Wasm, size: number): number {
          const at = wasm._malloc(size); //! notReleasedOnPath
          if (size > 8) return 0;
          const all = wasm._sum(at);
          wasm._free(at);
          return all;
        }`,
      "functions of a module": `
        declare function _malloc(size: number): number;
        declare function _free(at: number): void;
        declare function sum(at: number): number;
        export function total(size: number): number {
          const at = _malloc(size); //! neverReleased
          return sum(at);
        }`,
      "the caller of who allocates": `
        interface Wasm { alloc(size: number): number; dealloc(at: number, size: number): void; sum(at: number): number; readonly bytes: Uint8Array }
        function copied(wasm: Wasm, bytes: Uint8Array): number {
          const at = wasm.alloc(bytes.length);
          wasm.bytes.set(bytes, at);
          return at;
        }
        export const sum = (wasm: Wasm, bytes: Uint8Array): number => {
          const at = copied(wasm, bytes); //! neverReleased
          return wasm.sum(at);
        };`,
      "a field": `
        interface Wasm { _malloc(size: number): number; _free(at: number): void; _sum(at: number): number }
        export class Table {
          readonly #wasm: Wasm;
          readonly #at: number;
          constructor(wasm: Wasm) {
            this.#wasm = wasm;
            this.#at = wasm._malloc(64); //! noRelease
          }
          sum(): number {
            return this.#wasm._sum(this.#at);
          }
        }`,
    },
    fine: {
      "freed in finally": `
        interface Wasm { _malloc(size: number): number; _free(at: number): void; _sum(at: number): number }
        export function sum(wasm: Wasm, size: number): number {
          const at = wasm._malloc(size);
          try {
            return wasm._sum(at);
          } finally {
            wasm._free(at);
          }
        }`,
      "freed by a helper": `
        interface Wasm { _malloc(size: number): number; _free(at: number): void; _sum(at: number): number }
        const drop = (wasm: Wasm, at: number): void => wasm._free(at);
        export function sum(wasm: Wasm, size: number): number {
          const at = wasm._malloc(size);
          try {
            return wasm._sum(at);
          } finally {
            drop(wasm, at);
          }
        }`,
      "a class of the program that counts": `
        class Slots {
          #next = 0;
          alloc(): number {
            return this.#next++;
          }
          free(slot: number): void {
            console.log(slot);
          }
        }
        export function first(slots: Slots): void {
          const slot = slots.alloc();
          console.log(slot);
        }`,
      "nothing gives it back": `
        interface Ids { alloc(): number }
        export function first(ids: Ids): void {
          const id = ids.alloc();
          console.log(id);
        }`,
    },
  },
  "a new object that has its first reference": {
    leak: {
      "never released": `
        import { Chunk } from "./kit/counted.ts";
        export function size(bytes: Uint8Array): number {
          const chunk = new Chunk(bytes); //! neverReleased
          return chunk.length;
        }`,
    },
    fine: {
      released: `
        import { Chunk } from "./kit/counted.ts";
        export function size(bytes: Uint8Array): number {
          const chunk = new Chunk(bytes);
          const { length } = chunk;
          chunk.release();
          return length;
        }`,
      "a class that starts without a reference": `
        import { Shared } from "./kit/counted.ts";
        export function size(): number {
          return new Shared().use();
        }`,
    },
  },
  "functions of a module that are a pair": {
    leak: {
      "nothing to pass": `
        import { acquireContext, releaseContext } from "./kit/counted.ts";
        export async function draw(render: () => Promise<void>): Promise<void> {
          acquireContext(); //! notReleasedOnThrow
          await render();
          releaseContext();
        }`,
      never: `
        import { acquireContext } from "./kit/counted.ts";
        export function draw(render: () => void): void {
          acquireContext(); //! neverReleased
          render();
        }`,
      "with a value": `
        import { retainDevice } from "./kit/counted.ts";
        export function read(): number {
          const device = retainDevice(1); //! neverReleased
          return device.id;
        }`,
    },
    fine: {
      "nothing to pass": `
        import { acquireContext, releaseContext } from "./kit/counted.ts";
        export async function draw(render: () => Promise<void>): Promise<void> {
          acquireContext();
          try {
            await render();
          } finally {
            releaseContext();
          }
        }`,
      "with a value": `
        import { releaseDevice, retainDevice } from "./kit/counted.ts";
        export function read(): number {
          const device = retainDevice(1);
          const { id } = device;
          releaseDevice(device);
          return id;
        }`,
    },
  },
});

verdicts("no-unreleased-buffer", "H66 one branch releases, its sibling does not", {
  "the last chunk is forgotten": {
    leak: {
      "if and else": `${sink}
        export function take(body: Chunk, last: boolean, out: Sink): void {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnPath
          if (last) {
            out.push(slice.copyBytes());
            out.close();
          } else {
            out.push(slice.copyBytes());
            slice.release();
          }
        }`,
      "an early return": `${sink}
        export function take(body: Chunk, last: boolean, out: Sink): void {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnPath
          out.push(slice.copyBytes());
          if (last) return;
          slice.release();
        }`,
      "a switch": `${sink}
        export function take(body: Chunk, part: "first" | "last", out: Sink): void {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnPath
          switch (part) {
            case "first":
              out.push(slice.copyBytes());
              slice.release();
              break;
            case "last":
              out.push(slice.copyBytes());
          }
        }`,
    },
    fine: {
      both: `${sink}
        export function take(body: Chunk, last: boolean, out: Sink): void {
          const bytes = body.copyBytes();
          const slice = body.retainedSlice(0, 8);
          if (last) {
            slice.release();
            out.close();
          } else {
            slice.release();
          }
          out.push(bytes);
        }`,
    },
  },
});
