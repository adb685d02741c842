/** Verdicts I: false-positive traps, and what the peers' rules report without need. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unclosed-disposable", "I: traps", {
  "1 iterators carry the dispose symbol and owe nothing": {
    fine: {
      spread: `
        export function f(index: Map<string, number>): string[] {
          const ids = [...index.keys()];
          return ids;
        }`,
      "first value": `
        export function f(index: Map<string, number>): number | undefined {
          const first = index.values().next().value;
          return first;
        }`,
      "bound iterator": `
        export function f(index: Set<string>): string | undefined {
          const values = index.values();
          const next = values.next();
          return next.done ? undefined : next.value;
        }`,
      "Array.from": `
        export function f(index: Map<string, number>): number[] {
          return Array.from(index.values());
        }`,
      matchAll: `
        export function f(text: string): number {
          const matches = text.matchAll(/a/g);
          let count = 0;
          for (const match of matches) count += match.length;
          return count;
        }`,
      "iterator helpers": `
        export function f(index: Map<string, number>): number[] {
          const big = index.values().filter((value) => value > 10).map((value) => value * 2);
          return big.toArray();
        }`,
      "generator without cleanup": `
        function* ids(): Generator<number> {
          let id = 0;
          while (true) yield id++;
        }
        export function f(): unknown {
          const next = ids();
          return next.next().value;
        }`,
      "entries destructured": `
        export function f(list: string[]): string {
          const [[index, text] = [0, ""]] = list.entries();
          return index + text;
        }`,
      "async iterator of a stream": `
        import type { Readable } from "node:stream";
        export async function f(stream: Readable): Promise<unknown> {
          const chunks = stream[Symbol.asyncIterator]();
          const first = await chunks.next();
          return first.value;
        }`,
      "manual iteration protocol": `
        export function f(list: Iterable<string>): string[] {
          const out: string[] = [];
          const iterator = list[Symbol.iterator]();
          for (let step = iterator.next(); !step.done; step = iterator.next()) out.push(step.value);
          return out;
        }`,
    },
  },
  "2 disposable by type, not by duty": {
    fine: {
      "timeout with unref": `
        export function f(tick: () => void) {
          const timer = setTimeout(tick, 5);
          timer.unref();
        }`,
      "bare timeout": `
        export function f(tick: () => void) {
          setTimeout(tick, 5);
        }`,
      immediate: `
        export function f(tick: () => void) {
          const immediate = setImmediate(tick);
          console.log(immediate);
        }`,
      "hash chain": `
        import { createHash } from "node:crypto";
        export function f(bytes: Uint8Array): string {
          return createHash("sha1").update(bytes).digest("hex");
        }`,
      cipher: `
        import { createCipheriv } from "node:crypto";
        export function f(key: Buffer, iv: Buffer, text: string): Buffer {
          const cipher = createCipheriv("aes-256-cbc", key, iv);
          return Buffer.concat([cipher.update(text), cipher.final()]);
        }`,
      spy: `
        import { vi } from "vitest";
        export function f(api: { get(): number }) {
          const spy = vi.spyOn(api, "get");
          spy.mockReturnValue(1);
        }`,
      "spy, chained": `
        import { vi } from "vitest";
        export function f(api: { get(): number }) {
          vi.spyOn(api, "get").mockReturnValue(1);
        }`,
      "global vi": `
        export function f(api: { get(): number }) {
          const spy = vi.spyOn(api, "get");
          expect(spy).toHaveBeenCalledTimes(0);
        }`,
      "mock of node:test": `
        import { mock } from "node:test";
        export function f(api: { get(): number }) {
          mock.method(api, "get", () => 1);
        }`,
      "in-memory stream": `
        import { Readable } from "node:stream";
        export function f(list: string[], sink: NodeJS.WritableStream) {
          Readable.from(list).pipe(sink);
        }`,
      "abort controller": `
        export async function f(url: string): Promise<string> {
          const controller = new AbortController();
          const response = await fetch(url, { signal: controller.signal });
          return response.text();
        }`,
    },
  },
  "3 a fluent receiver returns itself": {
    fine: {
      server: `
        import type { Server } from "node:net";
        export function f(server: Server) {
          server.listen(0).on("error", (error) => console.error(error));
        }`,
      "server in a function main": `
        import { createServer } from "node:http";
        export function main() {
          createServer((_request, response) => response.end()).listen(8080);
        }`,
      "declared this": `
        import { open } from "./kit/handles.js";
        export function f() {
          using handle = open();
          handle.on("data", (value) => console.log(value)).on("end", (value) => console.log(value));
        }`,
      "declared this, borrowed": `
        import type { Handle } from "./kit/handles.js";
        export function f(handle: Handle) {
          handle.on("data", (value) => console.log(value));
        }`,
      "declared this, bound again": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          try {
            const same = handle.on("data", (value) => console.log(value));
            console.log(same);
          } finally {
            handle.close();
          }
        }`,
      "inferred this": `
        import { open, type Handle } from "./kit/handles.js";
        class Builder {
          readonly #handle: Handle = open();
          name(name: string) {
            this.#handle.write(name);
            return this;
          }
          [Symbol.dispose](): void {
            this.#handle.close();
          }
        }
        export function f() {
          using builder = new Builder();
          builder.name("a").name("b");
          const same = builder.name("c");
          console.log(same);
        }`,
      "union receiver": `
        import type { Handle, Wrapper } from "./kit/handles.js";
        interface Chained extends Disposable {
          on(event: string, listener: () => void): this;
        }
        export function f(target: Chained | Handle, other: Wrapper) {
          target.on("data", () => console.log(other));
        }`,
      "generic builder": `
        interface Query<T> extends Disposable {
          where(test: (value: T) => boolean): Query<T>;
          limit(count: number): Query<T>;
        }
        export function f(query: Query<number>) {
          query.where((value) => value > 1).limit(3);
        }`,
    },
  },
  "4 a pass-through returns its argument": {
    fine: {
      "stack.use": `
        import { open } from "./kit/handles.js";
        export function f() {
          using stack = new DisposableStack();
          const handle = stack.use(open());
          handle.read();
        }`,
      "stack.use as a statement": `
        import { open } from "./kit/handles.js";
        export function f() {
          using stack = new DisposableStack();
          stack.use(open());
        }`,
      "stack.adopt as a statement": `
        import { openSync, closeSync } from "node:fs";
        export function f(path: string) {
          using stack = new DisposableStack();
          stack.adopt(openSync(path, "r"), (fd) => closeSync(fd));
        }`,
      "generic helper as a statement": `
        import type { Handle } from "./kit/handles.js";
        declare function track<T>(value: T): T;
        export function f(connection: Handle) {
          track(connection);
        }`,
      "generic helper of the program": `
        import { open, type Handle } from "./kit/handles.js";
        function track<T extends Disposable>(value: T): T {
          return value;
        }
        export function f(): Handle {
          const connection = open();
          track(connection);
          return connection;
        }`,
      "result of a generic helper": `
        import { open } from "./kit/handles.js";
        const track = <T>(value: T): T => value;
        export function f() {
          const connection = track(open());
          connection.close();
        }`,
      "field setter that returns it": `
        import { open, type Handle } from "./kit/handles.js";
        class Owner {
          readonly #owned: Handle[] = [];
          own(handle: Handle): Handle {
            this.#owned.push(handle);
            return handle;
          }
          [Symbol.dispose](): void {
            for (const handle of this.#owned) handle.close();
          }
        }
        export function f() {
          using owner = new Owner();
          const handle = owner.own(open());
          handle.read();
          owner.own(open());
        }`,
    },
    quiet: {
      "non-null helper": `
        import { openMaybe } from "./kit/handles.js";
        function must<T>(value: T | undefined): T {
          if (value === undefined) throw new Error("missing");
          return value;
        }
        export function f() {
          const handle = must(openMaybe());
          handle.close();
        }`,
    },
  },
  "5 borrowed lookups": {
    fine: {
      "map lookup": `
        import type { Handle } from "./kit/handles.js";
        export function f(sessions: Map<string, Handle>, id: string) {
          const session = sessions.get(id);
          session?.write("hello");
        }`,
      "module cache": `
        import { open, type Handle } from "./kit/handles.js";
        let shared: Handle | undefined;
        function getConnection(): Handle {
          return (shared ??= open());
        }
        export function f() {
          const connection = getConnection();
          connection.read();
        }`,
      "method that lends a field": `
        import { open, type Handle } from "./kit/handles.js";
        class Pool {
          readonly #handle: Handle = open();
          shared(): Handle {
            return this.#handle;
          }
          close(): void {
            this.#handle.close();
          }
        }
        export function f(pool: Pool) {
          const handle = pool.shared();
          handle.read();
        }`,
      getter: `
        import { open, type Handle } from "./kit/handles.js";
        class Pool {
          readonly #handle: Handle = open();
          get current(): Handle {
            return this.#handle;
          }
          close(): void {
            this.#handle.close();
          }
        }
        export function f(pool: Pool) {
          const { current } = pool;
          current.read();
          pool.current.read();
        }`,
      "property of a declared object": `
        import type { Handle } from "./kit/handles.js";
        declare const services: { readonly log: Handle; readonly all: readonly Handle[] };
        export function f() {
          const log = services.log;
          log.write("a");
          services.all[0]?.write("b");
        }`,
      "generic injection": `
        import { Handle } from "./kit/handles.js";
        declare function inject<T>(token: abstract new (...args: never[]) => T): T;
        export function f() {
          const handle = inject(Handle);
          handle.read();
        }`,
      "container lookup": `
        import { Handle } from "./kit/handles.js";
        declare const container: { resolve<T>(token: abstract new (...args: never[]) => T): T };
        export function f(): string {
          return container.resolve(Handle).read();
        }`,
      "find in an array": `
        import type { Handle } from "./kit/handles.js";
        export function f(handles: Handle[]) {
          const ready = handles.find((handle) => !handle.closed) ?? handles.at(-1);
          ready?.read();
        }`,
      "private map behind a function": `
        import { open, type Handle } from "./kit/handles.js";
        const handles = new Map<string, Handle>([["a", open("a")]]);
        function lookup(name: string): Handle {
          const found = handles.get(name);
          if (!found) throw new Error(name);
          return found;
        }
        export function f() {
          lookup("a").read();
        }`,
    },
  },
  "6 it outlives the block by design": {
    fine: {
      "child with an exit listener": `
        import { spawn } from "node:child_process";
        export function f(command: string): Promise<unknown> {
          return new Promise((resolve) => {
            const child = spawn(command);
            child.once("exit", resolve);
          });
        }`,
      "child with a close listener": `
        import { spawn } from "node:child_process";
        export function f(command: string) {
          const child = spawn(command);
          child.on("close", (code) => console.log(code));
        }`,
      "child awaited with once": `
        import { spawn } from "node:child_process";
        import { once } from "node:events";
        export async function f(command: string) {
          const child = spawn(command);
          await once(child, "exit");
        }`,
      "module singleton": `
        import { open } from "./kit/handles.js";
        export const log = open("log");
        let lazy: ReturnType<typeof open> | undefined;
        export function f(): void {
          lazy ??= open("lazy");
          log.write("started");
          lazy.write("started");
        }`,
      "module singleton exported under another name": `
        import { open } from "./kit/handles.js";
        const handle = open("log");
        export { handle as default };`,
      "server of main": `
        import { createServer } from "node:http";
        async function main(): Promise<void> {
          const server = createServer((_request, response) => response.end("ok"));
          server.listen(3000, () => console.log("listening"));
        }
        main().catch(console.error);`,
      "activate of an extension": `
        import { open } from "./kit/handles.js";
        export function activate(context: { subscriptions: Disposable[] }) {
          context.subscriptions.push(open());
        }`,
      "activate with a name first": `
        import { open } from "./kit/handles.js";
        export function activate(context: { readonly subscriptions: Disposable[] }) {
          const handle = open();
          context.subscriptions.push(handle);
          handle.read();
        }`,
      "setup with a teardown": `
        import { open } from "./kit/handles.js";
        export function setup(): () => void {
          const handle = open();
          return () => handle.close();
        }`,
    },
    quiet: {
      "child whose output is read first": `
        import { spawn } from "node:child_process";
        export function f(command: string): Promise<number | null> {
          return new Promise((resolve, reject) => {
            const child = spawn(command);
            child.stdout.on("data", (chunk) => console.log(String(chunk)));
            child.on("error", reject);
            child.on("close", resolve);
          });
        }`,
    },
  },
  "7 ownership through an intermediate container": {
    fine: {
      "options object": `
        import { open, type Handle } from "./kit/handles.js";
        class Editor {
          readonly #model: Handle;
          constructor(options: { model: Handle }) {
            this.#model = options.model;
          }
          dispose(): void {
            this.#model.close();
          }
        }
        export function f(): Editor {
          const options = { model: open() };
          return new Editor(options);
        }`,
      "declared constructor": `
        import { open, type Handle } from "./kit/handles.js";
        declare class Editor {
          constructor(options: { model: Handle });
          dispose(): void;
        }
        export function f(): Editor {
          const options = { model: open() };
          return new Editor(options);
        }`,
      "array and a close": `
        import { open } from "./kit/handles.js";
        export function f(paths: string[]) {
          const handles = paths.map((path) => open(path));
          return { handles, close: () => handles.forEach((handle) => handle.close()) };
        }`,
      "array by reference": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(paths: string[]): Handle[] {
          return paths.map(open);
        }`,
      "tuple returned": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(): [Handle, string] {
          const handle = open();
          return [handle, "name"];
        }`,
      "object literal returned": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          const result = { handle, name: "a" };
          return result;
        }`,
      "arrow with an implicit return": `
        import { open } from "./kit/handles.js";
        export const f = () => open();
        export const g = () => ({ handle: open() });
        export const h = async () => [open()];`,
      yielded: `
        import { open, type Handle } from "./kit/handles.js";
        export function* f(): Generator<Handle> {
          yield open();
          const second = open();
          yield second;
        }`,
      "options then spread": `
        import { open } from "./kit/handles.js";
        export function f(base: { name: string }) {
          const parts = { handle: open() };
          return { ...base, ...parts };
        }`,
      "map entry of a long-lived owner": `
        import { open, type Handle } from "./kit/handles.js";
        const handles = new Map<string, Handle>();
        export function f(key: string) {
          if (!handles.has(key)) handles.set(key, open(key));
        }
        export function close(): void {
          for (const handle of handles.values()) handle.close();
          handles.clear();
        }`,
    },
  },
  "8 the release is elsewhere in time or place": {
    fine: {
      "base class clears": `
        import { watch, type FSWatcher } from "node:fs";
        class Base {
          protected watcher: FSWatcher | undefined;
          protected clearAll(): void {
            this.watcher?.close();
            this.watcher = undefined;
          }
        }
        export class Service extends Base {
          start(path: string): void {
            this.clearAll();
            this.watcher = watch(path);
          }
          stop(): void {
            this.clearAll();
          }
        }`,
      "field that the class disposes": `
        import { open, type Handle } from "./kit/handles.js";
        export class Service {
          private readonly handle: Handle;
          constructor() {
            this.handle = open();
          }
          [Symbol.dispose](): void {
            this.handle[Symbol.dispose]();
          }
        }`,
      "field initialiser": `
        import { open } from "./kit/handles.js";
        export class Service {
          readonly #handle = open();
          dispose(): void {
            this.#handle.close();
          }
        }`,
      "teardown returned as a closure": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          return {
            read: () => handle.read(),
            stop() {
              handle.close();
            },
          };
        }`,
      "abort signal of the caller": `
        import { watch } from "node:fs";
        export function f(path: string, signal: AbortSignal) {
          const watcher = watch(path, { signal });
          watcher.on("change", (event) => console.log(event));
        }`,
      "listener on the signal": `
        import { open } from "./kit/handles.js";
        export function f(signal: AbortSignal) {
          const handle = open();
          signal.addEventListener("abort", () => handle.close(), { once: true });
        }`,
      "list of disposables of the class": `
        import { open } from "./kit/handles.js";
        abstract class Base {
          readonly #disposables = new Set<Disposable>();
          protected _register<T extends Disposable>(value: T): T {
            this.#disposables.add(value);
            return value;
          }
          dispose(): void {
            for (const disposable of this.#disposables) disposable[Symbol.dispose]();
          }
        }
        export class View extends Base {
          constructor() {
            super();
            const handle = this._register(open());
            handle.read();
          }
        }`,
      "a signal handler of the process": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          process.once("SIGTERM", () => handle.close());
        }`,
      "own local function": `
        import { open } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f() {
          const handle = open();
          const finish = () => handle.close();
          try {
            work();
          } finally {
            finish();
          }
        }`,
    },
  },
  "9 correlated conditions and null objects": {
    fine: {
      "same condition": `
        import { open, type Handle } from "./kit/handles.js";
        import { options, work } from "./kit/opaque.js";
        export function f() {
          let handle: Handle | undefined;
          try {
            if (options.log) handle = open();
            work();
          } finally {
            if (handle) handle.close();
          }
        }`,
      "optional call": `
        import { open, type Handle } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f(verbose: boolean) {
          let handle: Handle | null = null;
          try {
            if (verbose) handle = open();
            work();
          } finally {
            handle?.close();
          }
        }`,
      "option tested twice": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(options: { readonly log?: boolean }) {
          let handle: Handle | undefined;
          if (options.log) handle = open();
          if (options.log) handle!.close();
        }`,
      "conditional expression": `
        import { open } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f(verbose: boolean) {
          const handle = verbose ? open() : undefined;
          try {
            work();
          } finally {
            if (handle !== undefined) handle.close();
          }
        }`,
      "kept on success, closed otherwise": `
        import { open, type Handle } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        const kept: Handle[] = [];
        export function f() {
          const handle = open();
          let ok = false;
          try {
            work();
            ok = true;
          } finally {
            if (ok) kept.push(handle);
            else handle.close();
          }
        }`,
      "closed on the error path, returned on success": `
        import { open, type Handle } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f(): Handle {
          const handle = open();
          try {
            work();
          } catch (error) {
            handle.close();
            throw error;
          }
          return handle;
        }`,
      "returned from inside the try": `
        import { openAsync, type AsyncHandle } from "./kit/handles.js";
        import { workAsync } from "./kit/opaque.js";
        export async function f(): Promise<AsyncHandle> {
          const handle = await openAsync();
          try {
            await workAsync();
            return handle;
          } catch (error) {
            await handle.close();
            throw error;
          }
        }`,
      "borrowed or fresh, with a flag": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(given?: Handle) {
          const owned = given === undefined;
          const handle = given ?? open();
          try {
            handle.read();
          } finally {
            if (owned) handle.close();
          }
        }`,
      "using with a default": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(given?: Handle) {
          using handle = given ?? open();
          handle.read();
        }`,
      "dispose symbol under a test": `
        import { open } from "./kit/handles.js";
        import { flag, work } from "./kit/opaque.js";
        export function f() {
          const handle = flag ? open() : null;
          try {
            work();
          } finally {
            if (handle) handle[Symbol.dispose]();
          }
        }`,
      "ownership flag cleared": `
        import { open, type Handle } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f(): Handle {
          let pending: Handle | undefined = open();
          try {
            work();
            const done = pending;
            pending = undefined;
            return done;
          } finally {
            pending?.close();
          }
        }`,
    },
    quiet: {
      "work between, not guarded": `
        import { open, type Handle } from "./kit/handles.js";
        import { options, work } from "./kit/opaque.js";
        export function f() {
          let handle: Handle | undefined;
          if (options.log) handle = open();
          work();
          if (handle) handle.close();
        }`,
      "kept by an unknown function": `
        import { open } from "./kit/handles.js";
        import { keep, work } from "./kit/opaque.js";
        export function f() {
          const handle = open();
          let ok = false;
          try {
            work();
            ok = true;
          } finally {
            if (ok) keep(handle);
            else handle.close();
          }
        }`,
    },
  },
  "10 the wrapper consumes what is inside, or it closes itself": {
    fine: {
      pipeline: `
        import { createReadStream } from "node:fs";
        import { pipeline } from "node:stream/promises";
        import type { Gzip } from "node:zlib";
        export async function f(path: string, gzip: Gzip, response: NodeJS.WritableStream) {
          await pipeline(createReadStream(path), gzip, response);
        }`,
      "pipeline with a callback": `
        import { createReadStream } from "node:fs";
        import { pipeline } from "node:stream";
        export function f(path: string, response: NodeJS.WritableStream) {
          const source = createReadStream(path);
          pipeline(source, response, (error) => console.log(error));
        }`,
      "response over a stream": `
        import { createReadStream } from "node:fs";
        import { Readable } from "node:stream";
        export function f(path: string): Readable {
          const stream = createReadStream(path);
          return stream;
        }`,
      "response over a borrowed body": `
        export function f(file: { readonly readable: ReadableStream }): Response {
          return new Response(file.readable);
        }`,
      "readline over stdin": `
        import { createInterface } from "node:readline";
        export async function f() {
          const lines = createInterface({ input: process.stdin });
          for await (const line of lines) console.log(line);
        }`,
      "readline over a file, read to the end": `
        import { createReadStream } from "node:fs";
        import { createInterface } from "node:readline";
        export async function f(path: string) {
          for await (const line of createInterface({ input: createReadStream(path) })) console.log(line);
        }`,
      "file read to the end": `
        import { createReadStream } from "node:fs";
        export async function f(path: string): Promise<string> {
          let text = "";
          for await (const chunk of createReadStream(path, "utf8")) text += chunk;
          return text;
        }`,
      "directory iterated": `
        import { opendir } from "node:fs/promises";
        export async function f(path: string): Promise<string | undefined> {
          for await (const entry of await opendir(path)) {
            if (entry.isFile()) return entry.name;
          }
          return undefined;
        }`,
      "directory iterated, bound": `
        import { opendir } from "node:fs/promises";
        export async function f(path: string): Promise<string[]> {
          const names: string[] = [];
          const directory = await opendir(path);
          for await (const entry of directory) names.push(entry.name);
          return names;
        }`,
      "descriptor handed to a stream": `
        import { createReadStream, openSync } from "node:fs";
        export async function f(path: string) {
          const fd = openSync(path, "r");
          for await (const chunk of createReadStream("", { fd })) console.log(chunk);
        }`,
      "AbortSignal.timeout": `
        export async function f(url: string): Promise<unknown> {
          const response = await fetch(url, { signal: AbortSignal.timeout(1000) });
          return response.json();
        }`,
      "body read": `
        export async function f(url: string): Promise<string> {
          const response = await fetch(url);
          return await response.text();
        }`,
      "write stream ended": `
        import { createWriteStream } from "node:fs";
        export function f(path: string, text: string) {
          createWriteStream(path).end(text);
        }`,
    },
    quiet: {
      "pipeline with a gzip made in the list": `
        import { createReadStream } from "node:fs";
        import { pipeline } from "node:stream/promises";
        import { createGzip } from "node:zlib";
        export async function f(path: string, response: NodeJS.WritableStream) {
          await pipeline(createReadStream(path), createGzip(), response);
        }`,
      "pipe with handlers on both sides": `
        import { createReadStream } from "node:fs";
        import type { ServerResponse } from "node:http";
        export function f(path: string, response: ServerResponse) {
          const source = createReadStream(path);
          source.on("error", (error) => response.destroy(error));
          response.on("close", () => source.destroy());
          source.pipe(response);
        }`,
      "pipeline with names": `
        import { createReadStream, createWriteStream } from "node:fs";
        import { pipeline } from "node:stream/promises";
        import { createGzip } from "node:zlib";
        export async function f(path: string) {
          const source = createReadStream(path);
          const gzip = createGzip();
          const sink = createWriteStream(path + ".gz");
          await pipeline(source, gzip, sink);
        }`,
      "response over a web stream": `
        import { createReadStream } from "node:fs";
        import { Readable } from "node:stream";
        export function f(path: string): Response {
          return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream);
        }`,
    },
  },
  "runner-up: calls that never return": {
    fine: {
      "process.exit": `
        import { open } from "./kit/handles.js";
        export function f(): never {
          const handle = open();
          console.log(handle);
          process.exit(0);
        }`,
      "helper that never returns": `
        import { open } from "./kit/handles.js";
        function die(message: string): never {
          console.error(message);
          process.exit(1);
        }
        export function f(bad: boolean) {
          const handle = open();
          if (bad) die("bad");
          handle.close();
        }`,
      "declared helper that never returns": `
        import { open } from "./kit/handles.js";
        function exit(code: number): never {
          return process.exit(code);
        }
        export function f() {
          const handle = open();
          console.log(handle);
          exit(2);
        }`,
      "endless loop": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          try {
            for (;;) console.log(handle.read());
          } finally {
            handle.close();
          }
        }`,
      "endless loop that only prints": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          while (true) console.log(handle.closed);
        }`,
      "process.abort": `
        import { open } from "./kit/handles.js";
        export function f(bad: boolean) {
          const handle = open();
          if (bad) process.abort();
          handle.close();
        }`,
    },
  },
  "runner-up: cleanup registered with the test runner": {
    fine: {
      afterEach: `
        import { open, type Handle } from "./kit/handles.js";
        describe("reader", () => {
          let handle: Handle;
          beforeEach(() => {
            handle = open();
          });
          afterEach(() => {
            handle.close();
          });
          it("reads", () => {
            expect(handle.read()).toBe("");
          });
        });`,
      "t.after": `
        import { test } from "node:test";
        import { open } from "./kit/handles.js";
        test("reads", (t) => {
          const handle = open();
          t.after(() => handle.close());
          handle.read();
        });`,
      onTestFinished: `
        import { it, onTestFinished } from "vitest";
        import { open } from "./kit/handles.js";
        it("reads", () => {
          const handle = open();
          onTestFinished(() => handle.close());
          handle.read();
        });`,
      "hook imported": `
        import { afterAll, beforeAll, describe, it } from "vitest";
        import { openAsync, type AsyncHandle } from "./kit/handles.js";
        describe("reader", () => {
          let handle: AsyncHandle | undefined;
          beforeAll(async () => {
            handle = await openAsync();
          });
          afterAll(() => handle?.close());
          it("reads", async () => {
            await handle?.read();
          });
        });`,
      "afterEach inside a helper": `
        import { open, type Handle } from "./kit/handles.js";
        const handles: Handle[] = [];
        afterEach(() => {
          for (const handle of handles.splice(0)) handle.close();
        });
        function make(): Handle {
          const handle = open();
          handles.push(handle);
          return handle;
        }
        it("reads", () => {
          make().read();
          const second = make();
          second.read();
        });`,
    },
  },
  "runner-up: a test that fails": {
    leak: {
      "a path that forgets it": `
        import { test } from "node:test";
        import { open } from "node:fs/promises";
        test("reads", async () => {
          const file = await open("a"); //! notReleasedOnPath
          const text = await file.readFile("utf8");
          if (text === "") return;
          await file.close();
        });`,
    },
    strict: {
      "what throws is the test": `
        import { test } from "node:test";
        import { open } from "node:fs/promises";
        test.only("reads", async () => {
          const file = await open("a"); //! notReleasedOnThrow
          await file.readFile("utf8");
          await file.close();
        });`,
    },
  },
  "runner-up: the success path of Promise.all": {
    quiet: {
      destructured: `
        import { openAsync } from "./kit/handles.js";
        export async function f() {
          const [a, b] = await Promise.all([openAsync("a"), openAsync("b")]);
          try {
            await a.read();
          } finally {
            await Promise.allSettled([a.close(), b.close()]);
          }
        }`,
      "one array": `
        import { openAsync } from "./kit/handles.js";
        export async function f() {
          const both = await Promise.all([openAsync("a"), openAsync("b")]);
          await Promise.allSettled(both.map((handle) => handle.close()));
        }`,
      "await using": `
        import { openAsync } from "./kit/handles.js";
        export async function f() {
          const [a, b] = await Promise.all([openAsync("a"), openAsync("b")]);
          await using first = a;
          await using second = b;
          await first.read();
          await second.read();
        }`,
      then: `
        import { openAsync } from "./kit/handles.js";
        export function f(): Promise<unknown> {
          return Promise.all([openAsync("a"), openAsync("b")]).then(([a, b]) =>
            Promise.allSettled([a.close(), b.close()]),
          );
        }`,
    },
  },
});

verdicts("no-unclosed-disposable", "I: what peers report without need", {
  "1.1 typescript-eslint's prototype": {
    fine: {
      "closed by its name": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          handle.close();
        }`,
      "disposal inside a returned closure": `
        import { open } from "./kit/handles.js";
        export function f(): () => void {
          const handle = open();
          return () => {
            handle[Symbol.dispose]();
          };
        }`,
      "stack.defer": `
        import { open } from "./kit/handles.js";
        export function f() {
          using stack = new DisposableStack();
          const handle = open();
          stack.defer(() => handle[Symbol.dispose]());
          handle.read();
        }`,
      "alias then dispose": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          const alias = handle;
          alias[Symbol.dispose]();
        }`,
      "registry lookup": `
        import type { Handle } from "./kit/handles.js";
        class Registry {
          readonly #handles = new Map<string, Handle>();
          lookup(name: string): Handle | undefined {
            return this.#handles.get(name);
          }
        }
        export function f(registry: Registry) {
          const handle = registry.lookup("a");
          handle?.read();
          registry.lookup("b");
        }`,
      var: `
        import { open } from "./kit/handles.js";
        export function f(verbose: boolean) {
          if (verbose) {
            var handle: Disposable | undefined = open();
          }
          handle?.[Symbol.dispose]();
        }`,
      "logical assignment": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(given: Handle | undefined) {
          let own: Handle | undefined;
          const handle = given ?? (own = open());
          try {
            handle.read();
          } finally {
            own?.close();
          }
        }`,
      "dispose symbol under another name": `
        import { open } from "./kit/handles.js";
        const dispose: typeof Symbol.dispose = Symbol.dispose;
        export function f() {
          const handle = open();
          handle[dispose]();
        }`,
      "sync iteration of a fresh iterator": `
        export function f(map: Map<string, number>) {
          for (const [key, value] of map.entries()) console.log(key, value);
          const [first] = map.keys();
          return [first, ...map.values()];
        }`,
      "comma and void around a borrowed value": `
        import type { Handle } from "./kit/handles.js";
        export function f(handle: Handle) {
          void handle;
          return (console.log("read"), handle.read());
        }`,
    },
  },
  "1.2 and 1.3 the fork and the floating rule": {
    fine: {
      "conditional pass-through": `
        import { open, type Handle } from "./kit/handles.js";
        export const f = (given: Handle | undefined): Handle => (given ? given : open());`,
      "promise returned without await": `
        import { openAsync, type AsyncHandle } from "./kit/handles.js";
        export function f(): Promise<AsyncHandle> {
          return openAsync();
        }`,
      "named capture in an event callback": `
        import { open } from "./kit/handles.js";
        import { EventEmitter } from "node:events";
        export function f(emitter: EventEmitter) {
          const handle = open();
          emitter.once("close", () => handle.close());
        }`,
      "mixed union": `
        import { open } from "./kit/handles.js";
        export function f(path: string) {
          const target = path === "-" ? "stdout" : open(path);
          if (typeof target !== "string") target.close();
        }`,
    },
  },
  "1.4 the ownership rules of Jupyter": {
    fine: {
      "disposed in finally": `
        import { open } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f() {
          const handle = open();
          try {
            work();
          } finally {
            handle[Symbol.dispose]();
          }
        }`,
      "disposed in both branches": `
        import { open } from "./kit/handles.js";
        import { flag } from "./kit/opaque.js";
        export function f() {
          const handle = open();
          if (flag) {
            handle.close();
          } else {
            handle[Symbol.dispose]();
          }
        }`,
      "local helper that disposes": `
        import { open } from "./kit/handles.js";
        function shut(thing: { close(): void }) {
          thing.close();
        }
        export function f() {
          const handle = open();
          shut(handle);
        }`,
      "untyped local helper": `
        import { open } from "./kit/handles.js";
        const shut = (thing: any) => thing.close();
        export function f() {
          const handle = open();
          shut(handle);
        }`,
      "module-level binding": `
        import { open } from "./kit/handles.js";
        const handle = open();
        export function f(): string {
          return handle.read();
        }`,
      "disposal in a callback": `
        import { open } from "./kit/handles.js";
        export function f(done: Promise<void>): Promise<void> {
          const handle = open();
          return done.finally(() => handle.close());
        }`,
      "activate by reference": `
        import { open } from "./kit/handles.js";
        function activate(context: { subscriptions: Disposable[] }): void {
          const handle = open();
          context.subscriptions.push(handle);
        }
        export const plugin = { id: "a", activate };`,
    },
  },
  "1.5 Biome's useDisposables": {
    fine: {
      "variable returned": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(): Handle {
          const handle = open();
          return handle;
        }`,
      "moved with stack.use": `
        import { open } from "./kit/handles.js";
        export function f() {
          using stack = new DisposableStack();
          const handle = open();
          stack.use(handle);
        }`,
      "exported singleton": `
        import { open } from "./kit/handles.js";
        export const handle = open();`,
      "dual type bound with plain using": `
        class Dual {
          [Symbol.dispose](): void {
            console.log("sync");
          }
          async [Symbol.asyncDispose](): Promise<void> {
            console.log("async");
          }
        }
        export function f() {
          using dual = new Dual();
          console.log(dual);
        }`,
    },
    quiet: {
      "shadowed Symbol": `
        const Symbol = { dispose: "dispose" } as const;
        class Thing {
          [Symbol.dispose](): void {
            console.log("not the real one");
          }
        }
        export function f() {
          const thing = new Thing();
          console.log(thing);
        }`,
      "void of a value that somebody owns": `
        import { open } from "./kit/handles.js";
        import { keep } from "./kit/opaque.js";
        export function f() {
          const handle = open();
          keep(handle);
          void handle;
        }`,
    },
  },
});
