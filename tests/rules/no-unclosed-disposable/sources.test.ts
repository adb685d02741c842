/** Where a resource comes from, and through what it is still seen as one. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unclosed-disposable", "sources: types", {
  "a type of a declaration file with a dispose symbol": {
    leak: {
      factory: `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open(); //! neverReleased
          handle.read();
        }`,
      construction: `
        import { Handle } from "./kit/handles.js";
        export function f() {
          const handle = new Handle("a"); //! neverReleased
          handle.read();
        }`,
      "async factory": `
        import { openAsync } from "./kit/handles.js";
        export async function f() {
          const handle = await openAsync(); //! neverReleased
          await handle.read();
        }`,
      "promise of a sync disposable": `
        import { openSoon } from "./kit/handles.js";
        export async function f() {
          const handle = await openSoon(); //! neverReleased
          handle.read();
        }`,
      "structural type": `
        declare function subscribe(): { readonly id: number; [Symbol.dispose](): void };
        export function f(): number {
          const subscription = subscribe(); //! neverReleased
          return subscription.id;
        }`,
      "type with a generic parameter": `
        interface Lease<T> extends AsyncDisposable {
          readonly value: T;
        }
        declare function lease<T>(value: T): Promise<Lease<T>>;
        export async function f() {
          const leased = await lease(1); //! neverReleased
          console.log(leased.value);
        }`,
      "intersection type": `
        declare function connect(): { send(text: string): void } & Disposable;
        export function f() {
          const connection = connect(); //! neverReleased
          connection.send("a");
        }`,
      dropped: `
        import { Handle } from "./kit/handles.js";
        export function f() {
          new Handle(); //! resultDropped
        }`,
      "dropped behind void": `
        import { open } from "./kit/handles.js";
        export function f() {
          void open(); //! resultDropped
        }`,
      "dropped behind await": `
        import { openAsync } from "./kit/handles.js";
        export async function f() {
          await openAsync(); //! resultDropped
        }`,
    },
    fine: {
      using: `
        import { Handle, openAsync } from "./kit/handles.js";
        export async function f() {
          using handle = new Handle();
          await using other = await openAsync();
          handle.read();
          await other.read();
        }`,
      "released by the symbol": `
        declare function subscribe(): { readonly id: number; [Symbol.dispose](): void };
        export function f() {
          const subscription = subscribe();
          subscription[Symbol.dispose]();
        }`,
    },
  },
  "a class of the program with a dispose symbol": {
    leak: {
      declaration: `
        import { work } from "./kit/opaque.js";
        class Lease {
          [Symbol.dispose](): void {
            work();
          }
        }
        export function f() {
          const lease = new Lease(); //! neverReleased
          console.log(lease);
        }`,
      "class expression": `
        import { work } from "./kit/opaque.js";
        const Lease = class {
          [Symbol.dispose](): void {
            work();
          }
        };
        export function f() {
          const lease = new Lease(); //! neverReleased
          console.log(lease);
        }`,
      "static factory": `
        import { workAsync } from "./kit/opaque.js";
        class Lease {
          static async create(): Promise<Lease> {
            await workAsync();
            return new Lease();
          }
          async [Symbol.asyncDispose](): Promise<void> {
            await workAsync();
          }
        }
        export async function f() {
          const lease = await Lease.create(); //! neverReleased
          console.log(lease);
        }`,
      "object literal from a factory": `
        import { work } from "./kit/opaque.js";
        function lock() {
          work();
          return {
            [Symbol.dispose]() {
              work();
            },
          };
        }
        export function f() {
          const held = lock(); //! neverReleased
          console.log(held);
        }`,
    },
    fine: {
      using: `
        import { work } from "./kit/opaque.js";
        class Lease {
          [Symbol.dispose](): void {
            work();
          }
        }
        export function f() {
          using lease = new Lease();
          console.log(lease);
        }`,
      "release method that the symbol calls": `
        import { work } from "./kit/opaque.js";
        class Lease {
          release(): void {
            work();
          }
          [Symbol.dispose](): void {
            this.release();
          }
        }
        export function f() {
          const lease = new Lease();
          lease.release();
        }`,
    },
  },
  "a class of the program that owns a resource and releases it: inferred": {
    leak: {
      "field initialiser": `
        import { open } from "./kit/handles.js";
        class Store {
          readonly #handle = open();
          read(): string {
            return this.#handle.read();
          }
          close(): void {
            this.#handle.close();
          }
        }
        export function f() {
          const store = new Store(); //! neverReleased
          store.read();
        }`,
      "released by a hidden method, in brackets": `
        import { open } from "./kit/handles.js";
        class Store {
          readonly #handle = (open() satisfies object);
          read(): string {
            return this.#handle.read();
          }
          finish(): void {
            this.#giveBack();
          }
          #giveBack(): void {
            (this.#handle).close();
          }
        }
        export function f() {
          const store = new Store(); //! neverReleased
          store.read();
        }`,
      constructor: `
        import { openSync, closeSync } from "node:fs";
        class Lock {
          private readonly fd: number;
          constructor(path: string) {
            this.fd = openSync(path, "wx");
          }
          unlock(): void {
            closeSync(this.fd);
          }
        }
        export function f(path: string) {
          const lock = new Lock(path); //! neverReleased
          console.log(lock);
        }`,
      inherited: `
        import { open } from "./kit/handles.js";
        class Base {
          protected readonly handle = open();
          dispose(): void {
            this.handle.close();
          }
        }
        class Store extends Base {
          read(): string {
            return this.handle.read();
          }
        }
        export function f() {
          const store = new Store(); //! neverReleased
          store.read();
        }`,
      "one more level": `
        import { open } from "./kit/handles.js";
        class Inner {
          readonly #handle = open();
          close(): void {
            this.#handle.close();
          }
        }
        class Outer {
          readonly #inner = new Inner();
          stop(): void {
            this.#inner.close();
          }
        }
        export function f() {
          const outer = new Outer(); //! neverReleased
          console.log(outer);
        }`,
      dropped: `
        import { watch } from "node:fs";
        class Watch {
          readonly #watcher = watch(".");
          end(): void {
            this.#watcher.close();
          }
        }
        export function f() {
          new Watch(); //! resultDropped
        }`,
    },
    fine: {
      closed: `
        import { open } from "./kit/handles.js";
        class Store {
          readonly #handle = open();
          read(): string {
            return this.#handle.read();
          }
          close(): void {
            this.#handle.close();
          }
        }
        export function f(): string {
          const store = new Store();
          try {
            return store.read();
          } finally {
            store.close();
          }
        }`,
    },
    quiet: {
      "borrowed, not owned": `
        import type { Handle } from "./kit/handles.js";
        class View {
          constructor(private readonly handle: Handle) {}
          close(): void {
            console.log(this.handle);
          }
        }
        export function f(handle: Handle) {
          const view = new View(handle);
          console.log(view);
        }`,
    },
  },
  "near twins without a duty": {
    fine: {
      "own namespace called fs": `
        const fs = { openSync: (path: string): number => path.length };
        export function f(): number {
          const fd = fs.openSync("a");
          return fd;
        }`,
      "own Worker interface": `
        interface Worker {
          readonly name: string;
          postMessage(text: string): void;
        }
        declare function makeWorker(): Worker;
        export function f() {
          const worker = makeWorker();
          worker.postMessage("a");
        }`,
      "a plain object under an awaited call": `
        declare function load(): Promise<{ readonly text: string }>;
        export async function f(): Promise<string> {
          const result = await load();
          return result.text;
        }`,
      "a dispose method of another symbol": `
        const dispose = Symbol("dispose");
        class Thing {
          [dispose](): void {
            console.log("mine");
          }
        }
        export function f() {
          const thing = new Thing();
          console.log(thing);
        }`,
    },
    quiet: {
      "own class called Socket": `
        class Socket {
          connect(port: number): this {
            console.log(port);
            return this;
          }
          destroy(): void {
            console.log("destroyed");
          }
        }
        export function f() {
          const socket = new Socket();
          socket.connect(80);
        }`,
      "own class called FileHandle": `
        class FileHandle {
          readonly name: string = "a";
          close(): void {
            console.log("closed");
          }
        }
        export function f(): string {
          const file = new FileHandle();
          return file.name;
        }`,
      "own functions called openSync and watch": `
        function openSync(path: string): number {
          return path.length;
        }
        function watch(path: string): { close(): void } {
          return { close: () => console.log(path) };
        }
        export function f() {
          const fd = openSync("a");
          const watcher = watch("a");
          console.log(fd, watcher);
        }`,
      "a close alone proves nothing": `
        import { Door } from "./kit/handles.js";
        export function f() {
          const door = new Door();
          door.open();
        }`,
      "a close alone, dropped": `
        import { Door } from "./kit/handles.js";
        export function f() {
          new Door().open();
        }`,
    },
  },
});

verdicts("no-unclosed-disposable", "sources: Node kinds", {
  "kinds without a symbol": {
    leak: {
      "fs.watch": `
        import { watch } from "node:fs";
        export function f(path: string) {
          const watcher = watch(path); //! neverReleased
          watcher.on("change", (event) => console.log(event));
        }`,
      "fs.watch with unref": `
        import { watch } from "node:fs";
        export function f(path: string) {
          const watcher = watch(path); //! neverReleased
          watcher.unref();
        }`,
      "http2.connect": `
        import { connect } from "node:http2";
        export function f() {
          const session = connect("https://localhost"); //! neverReleased
          session.ping(() => {});
        }`,
      BroadcastChannel: `
        import { BroadcastChannel } from "node:worker_threads";
        export function f() {
          const channel = new BroadcastChannel("a"); //! neverReleased
          channel.postMessage("hello");
        }`,
      "fs.openSync": `
        import { openSync, readSync } from "node:fs";
        export function f(path: string, buffer: Buffer): number {
          const fd = openSync(path, "r"); //! neverReleased
          return readSync(fd, buffer);
        }`,
      "fs.opendirSync read by hand": `
        import { opendirSync } from "node:fs";
        export function f(path: string): string | undefined {
          const directory = opendirSync(path); //! neverReleased
          return directory.readSync()?.name;
        }`,
      "fs.open with a callback": `
        import { open } from "node:fs";
        export function f(path: string) {
          open(path, "r", (error, fd) => { //! neverReleased
            console.log(error, fd);
          });
        }`,
    },
    fine: {
      "fs.watch": `
        import { watch } from "node:fs";
        export function f(path: string) {
          const watcher = watch(path);
          try {
            watcher.on("change", (event) => console.log(event));
          } finally {
            watcher.close();
          }
        }`,
      "http2.connect": `
        import { connect } from "node:http2";
        export function f() {
          const session = connect("https://localhost");
          session.destroy();
        }`,
      BroadcastChannel: `
        import { BroadcastChannel } from "node:worker_threads";
        export function f() {
          const channel = new BroadcastChannel("a");
          try {
            channel.postMessage("hello");
          } finally {
            channel.close();
          }
        }`,
      "fs.openSync": `
        import { closeSync, openSync, readSync } from "node:fs";
        export function f(path: string, buffer: Buffer): number {
          const fd = openSync(path, "r");
          try {
            return readSync(fd, buffer);
          } finally {
            closeSync(fd);
          }
        }`,
      "fs.close with a callback": `
        import { close, openSync } from "node:fs";
        export function f(path: string) {
          const fd = openSync(path, "r");
          close(fd, (error) => console.log(error));
        }`,
      "fs.open with a callback": `
        import { close, open } from "node:fs";
        export function f(path: string) {
          open(path, "r", (error, fd) => {
            if (error) return;
            close(fd);
          });
        }`,
      "fs.opendirSync read by hand": `
        import { opendirSync } from "node:fs";
        export function f(path: string): string | undefined {
          const directory = opendirSync(path);
          try {
            return directory.readSync()?.name;
          } finally {
            directory.closeSync();
          }
        }`,
    },
  },
  "kinds with a symbol": {
    leak: {
      FileHandle: `
        import { open } from "node:fs/promises";
        export async function f(path: string): Promise<number> {
          const file = await open(path); //! neverReleased
          return (await file.stat()).size;
        }`,
      "createReadStream that nobody reads": `
        import { createReadStream } from "node:fs";
        export function f(path: string) {
          const stream = createReadStream(path); //! neverReleased
          console.log(stream.path);
        }`,
      "createWriteStream that nobody ends": `
        import { createWriteStream } from "node:fs";
        export function f(path: string) {
          const stream = createWriteStream(path); //! neverReleased
          stream.write("a");
        }`,
      "net.connect": `
        import { connect } from "node:net";
        export function f() {
          const socket = connect(80, "localhost"); //! neverReleased
          socket.write("a");
        }`,
      Worker: `
        import { Worker } from "node:worker_threads";
        export function f(file: string) {
          const worker = new Worker(file); //! neverReleased
          worker.postMessage("a");
        }`,
      "bound datagram socket": `
        import { createSocket } from "node:dgram";
        export function f() {
          const socket = createSocket("udp4").bind(0); //! neverReleased
          socket.unref();
        }`,
    },
    fine: {
      FileHandle: `
        import { open } from "node:fs/promises";
        export async function f(path: string): Promise<number> {
          await using file = await open(path);
          return (await file.stat()).size;
        }`,
      Worker: `
        import { Worker } from "node:worker_threads";
        export async function f(file: string) {
          const worker = new Worker(file);
          try {
            worker.postMessage("a");
          } finally {
            await worker.terminate();
          }
        }`,
      "net.connect": `
        import { connect } from "node:net";
        export function f() {
          const socket = connect(80, "localhost");
          socket.end("a");
        }`,
      "createWriteStream that is ended": `
        import { createWriteStream } from "node:fs";
        export function f(path: string) {
          const stream = createWriteStream(path);
          try {
            stream.write("a");
          } finally {
            stream.end();
          }
        }`,
    },
  },
  "by whatever name it is imported": {
    leak: {
      "renamed import": `
        import { openSync as openFile } from "node:fs";
        export function f(path: string) {
          const fd = openFile(path, "r"); //! neverReleased
          console.log(fd);
        }`,
      "namespace import": `
        import * as fs from "node:fs";
        export function f(path: string) {
          const fd = fs.openSync(path, "r"); //! neverReleased
          console.log(fd);
        }`,
      "default import": `
        import fs from "node:fs";
        export function f(path: string) {
          const watcher = fs.watch(path); //! neverReleased
          watcher.ref();
        }`,
      "module without prefix": `
        import { openSync } from "fs";
        export function f(path: string) {
          const fd = openSync(path, "r"); //! neverReleased
          console.log(fd);
        }`,
      "promises through fs": `
        import { promises } from "node:fs";
        export async function f(path: string) {
          const file = await promises.open(path); //! neverReleased
          await file.sync();
        }`,
      "dynamic import": `
        export async function f(path: string) {
          const { openSync } = await import("node:fs");
          const fd = openSync(path, "r"); //! neverReleased
          console.log(fd);
        }`,
      "destructured from a namespace": `
        import * as fs from "node:fs";
        const { watch } = fs;
        export function f(path: string) {
          const watcher = watch(path); //! neverReleased
          watcher.ref();
        }`,
      "kept in a constant": `
        import { openSync } from "node:fs";
        const acquire = openSync;
        export function f(path: string) {
          const fd = acquire(path, "r"); //! neverReleased
          console.log(fd);
        }`,
      "re-exported function": `
        import { openDescriptor, observe } from "./kit/reexports.js";
        export function f(path: string) {
          const fd = openDescriptor(path, "r"); //! neverReleased
          const watcher = observe(path); //! neverReleased
          console.log(fd, watcher);
        }`,
      "re-exported class": `
        import { Channel } from "./kit/reexports.js";
        export function f() {
          const channel = new Channel("a"); //! neverReleased
          channel.postMessage("hello");
        }`,
      "re-exported type with a symbol": `
        import { acquire, Resource, handles } from "./kit/reexports.js";
        export function f() {
          const a = acquire(); //! neverReleased
          const b = new Resource(); //! neverReleased
          const c = handles.open(); //! neverReleased
          console.log(a, b, c);
        }`,
      subclass: `
        import { Handle } from "./kit/handles.js";
        class Named extends Handle {
          readonly name: string = "a";
        }
        export function f(): string {
          const handle = new Named(); //! neverReleased
          return handle.name;
        }`,
      "subclass of a cataloged class": `
        import { Worker } from "node:worker_threads";
        class Job extends Worker {
          constructor() {
            super("job.js");
          }
        }
        export function f() {
          const job = new Job(); //! neverReleased
          job.postMessage("a");
        }`,
    },
    fine: {
      "renamed release": `
        import { closeSync as shut, openSync as openFile } from "node:fs";
        export function f(path: string) {
          const fd = openFile(path, "r");
          shut(fd);
        }`,
      "namespace release": `
        import * as fs from "node:fs";
        export function f(path: string) {
          const fd = fs.openSync(path, "r");
          fs.closeSync(fd);
        }`,
      "mixed spellings of one module": `
        import fs from "fs";
        import { openSync } from "node:fs";
        export function f(path: string) {
          const fd = openSync(path, "r");
          fs.closeSync(fd);
        }`,
      "re-exported release": `
        import { closeDescriptor, openDescriptor } from "./kit/reexports.js";
        export function f(path: string) {
          const fd = openDescriptor(path, "r");
          closeDescriptor(fd);
        }`,
      "release kept in a constant": `
        import { closeSync, openSync } from "node:fs";
        const shut = closeSync;
        export function f(path: string) {
          const fd = openSync(path, "r");
          shut(fd);
        }`,
      "subclass closed by the base's method": `
        import { Handle } from "./kit/handles.js";
        class Named extends Handle {
          readonly name: string = "a";
        }
        export function f() {
          const handle = new Named();
          handle.close();
        }`,
    },
  },
  "a descriptor given to the wrong release": {
    leak: {
      "another descriptor is closed": `
        import { closeSync, openSync } from "node:fs";
        export function f(path: string, other: number) {
          const fd = openSync(path, "r"); //! neverReleased
          closeSync(other);
          console.log(fd);
        }`,
      "own function called closeSync": `
        import { openSync } from "node:fs";
        function closeSync(fd: number): void {
          console.log(fd);
        }
        export function f(path: string) {
          const fd = openSync(path, "r"); //! neverReleased
          closeSync(fd);
        }`,
    },
  },
});

verdicts("no-unclosed-disposable", "sources: what it is seen through", {
  "await and promise chains": {
    leak: {
      "await of a bound promise": `
        import { openAsync } from "./kit/handles.js";
        export async function f() {
          const opening = openAsync(); //! neverReleased
          const handle = await opening;
          console.log(handle.closed);
        }`,
      "then that uses and forgets": `
        import { openSoon } from "./kit/handles.js";
        export function f(): Promise<string> {
          return openSoon().then((handle) => { //! neverReleased
            return handle.read();
          });
        }`,
      "then, bound promise": `
        import { openSoon } from "./kit/handles.js";
        export function f(): Promise<void> {
          const opening = openSoon(); //! neverReleased
          return opening.then((handle) => console.log(handle.closed));
        }`,
      "promise dropped": `
        import { openSoon } from "./kit/handles.js";
        export function f() {
          openSoon(); //! resultDropped
        }`,
      "promise dropped after a catch": `
        import { openSoon } from "./kit/handles.js";
        export function f() {
          openSoon().catch(() => undefined); //! resultDropped
        }`,
      "temporary in an awaited chain": `
        import { openAsync } from "./kit/handles.js";
        export async function f(): Promise<string> {
          return await (await openAsync()).read(); //! resultDropped
        }`,
      "temporary in a chain": `
        import { open } from "./kit/handles.js";
        export function f(): string {
          return open().read(); //! resultDropped
        }`,
    },
    fine: {
      "then that closes": `
        import { openSoon } from "./kit/handles.js";
        export function f(): Promise<void> {
          return openSoon().then((handle) => handle.close());
        }`,
      "finally inside the chain": `
        import { openAsync } from "./kit/handles.js";
        export function f(): Promise<string> {
          return openAsync().then((handle) => handle.read().finally(() => handle.close()));
        }`,
      "chain that returns it": `
        import { openSoon, type Handle } from "./kit/handles.js";
        export function f(): Promise<Handle | undefined> {
          return openSoon().catch(() => undefined);
        }`,
      "temporary that closes itself": `
        import { open } from "./kit/handles.js";
        export function f() {
          open().close();
        }`,
      "awaited later": `
        import { openAsync } from "./kit/handles.js";
        export async function f() {
          const opening = openAsync();
          const handle = await opening;
          await handle.close();
        }`,
    },
  },
  "unions with undefined and null": {
    leak: {
      "maybe undefined": `
        import { openMaybe } from "./kit/handles.js";
        export function f(): string | undefined {
          const handle = openMaybe(); //! neverReleased
          return handle?.read();
        }`,
      "guarded use only": `
        import { openMaybe } from "./kit/handles.js";
        export function f() {
          const handle = openMaybe(); //! neverReleased
          if (handle) handle.read();
        }`,
      "promise of maybe null": `
        import type { Handle } from "./kit/handles.js";
        declare function openFirst(): Promise<Handle | null>;
        export async function f() {
          const handle = await openFirst(); //! neverReleased
          if (handle === null) return;
          handle.read();
        }`,
      "early return, then only used": `
        import { openMaybe } from "./kit/handles.js";
        export function f() {
          const handle = openMaybe(); //! neverReleased
          if (handle === undefined) return;
          console.log(handle.closed);
        }`,
    },
    fine: {
      if: `
        import { openMaybe } from "./kit/handles.js";
        export function f() {
          const handle = openMaybe();
          if (handle) handle.close();
        }`,
      "optional call": `
        import { openMaybe } from "./kit/handles.js";
        export function f() {
          const handle = openMaybe();
          handle?.close();
        }`,
      "early return": `
        import { openMaybe } from "./kit/handles.js";
        export function f() {
          const handle = openMaybe();
          if (handle == null) return;
          handle.close();
        }`,
      "non-null assertion": `
        import { openMaybe } from "./kit/handles.js";
        export function f() {
          const handle = openMaybe();
          handle!.close();
        }`,
      instanceof: `
        import { Handle, openMaybe } from "./kit/handles.js";
        export function f() {
          const handle = openMaybe();
          if (handle instanceof Handle) handle.close();
        }`,
      "type guard": `
        import { openMaybe, type Handle } from "./kit/handles.js";
        const isHandle = (value: Handle | undefined): value is Handle => value !== undefined;
        export function f() {
          const handle = openMaybe();
          if (isHandle(handle)) handle.close();
        }`,
      using: `
        import { openMaybe } from "./kit/handles.js";
        export function f() {
          using handle = openMaybe();
          handle?.read();
        }`,
    },
  },
  "default operators": {
    leak: {
      "?? with a fresh arm": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(given: Handle | undefined): string {
          const handle = given ?? open(); //! neverReleased
          return handle.read();
        }`,
      "|| with a fresh arm": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(given: Handle | undefined): string {
          const handle = given || open(); //! neverReleased
          return handle.read();
        }`,
      "?: with a fresh arm": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(given: Handle | undefined): string {
          const handle = given ? given : open(); //! neverReleased
          return handle.read();
        }`,
      "fresh on the left": `
        import { open, openMaybe } from "./kit/handles.js";
        export function f(): string {
          const handle =
            openMaybe("a") ?? //! neverReleased
            open("b"); //! neverReleased
          return handle.read();
        }`,
      "??= of a local": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(given?: Handle): string {
          let handle = given;
          handle ??= open(); //! neverReleased
          return handle.read();
        }`,
    },
    fine: {
      "?? closed": `
        import { open, openMaybe } from "./kit/handles.js";
        export function f() {
          const handle = openMaybe() ?? open();
          handle.close();
        }`,
      "both arms borrowed": `
        import type { Handle } from "./kit/handles.js";
        export function f(a: Handle | undefined, b: Handle): string {
          const handle = a ?? b;
          return handle.read();
        }`,
      "parameter default": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(handle: Handle = open()) {
          handle.close();
        }`,
    },
  },
  "arrays and object literals": {
    leak: {
      "property never closed": `
        import { open } from "./kit/handles.js";
        export function f(): string {
          const box = { handle: open(), name: "a" }; //! neverReleased
          return box.handle.read();
        }`,
      "destructured from a literal": `
        import { open } from "./kit/handles.js";
        export function f(): string {
          const { handle } = { handle: open() }; //! neverReleased
          return handle.read();
        }`,
      "array element": `
        import { open } from "./kit/handles.js";
        export function f(): string | undefined {
          const list = [open()]; //! neverReleased
          return list[0]?.read();
        }`,
      "nested property": `
        import { open } from "./kit/handles.js";
        export function f(): string {
          const box = { inner: { handle: open() } }; //! neverReleased
          return box.inner.handle.read();
        }`,
      "factory that returns it in an object": `
        import { open, type Handle } from "./kit/handles.js";
        function make(): { handle: Handle; name: string } {
          return { handle: open(), name: "a" };
        }
        export function f(): string {
          const { handle } = make(); //! neverReleased
          return handle.read();
        }`,
      "factory that returns a tuple": `
        import { open, type Handle } from "./kit/handles.js";
        function make(): [Handle, string] {
          return [open(), "a"];
        }
        export function f(): string {
          const [handle] = make(); //! neverReleased
          return handle.read();
        }`,
    },
    fine: {
      "property closed": `
        import { open } from "./kit/handles.js";
        export function f() {
          const box = { inner: { handle: open() } };
          box.inner.handle.close();
        }`,
      "destructured from a factory": `
        import { open, type Handle } from "./kit/handles.js";
        function make(): { handle: Handle; name: string } {
          return { handle: open(), name: "a" };
        }
        export function f() {
          const { handle: mine } = make();
          mine.close();
        }`,
      "array closed": `
        import { open } from "./kit/handles.js";
        export function f() {
          const list = [open()];
          list.forEach((handle) => handle.close());
        }`,
    },
  },
  "disposable stacks": {
    leak: {
      "never disposed": `
        import { open } from "./kit/handles.js";
        export function f(): string {
          const stack = new DisposableStack(); //! neverReleased
          const handle = stack.use(open());
          return handle.read();
        }`,
      "async stack never disposed": `
        import { openAsync } from "./kit/handles.js";
        export async function f(): Promise<string> {
          const stack = new AsyncDisposableStack(); //! neverReleased
          const handle = stack.use(await openAsync());
          return handle.read();
        }`,
      "disposed on one branch": `
        import { open } from "./kit/handles.js";
        import { condition } from "./kit/opaque.js";
        export function f() {
          const stack = new DisposableStack(); //! notReleasedOnPath
          stack.use(open());
          if (condition()) stack.dispose();
        }`,
      "moved and dropped": `
        import { open } from "./kit/handles.js";
        export function f() {
          using stack = new DisposableStack();
          stack.use(open());
          stack.move(); //! resultDropped
        }`,
      "moved into a local that nobody disposes": `
        import { open } from "./kit/handles.js";
        export function f() {
          using stack = new DisposableStack();
          stack.use(open());
          const moved = stack.move(); //! neverReleased
          console.log(moved.disposed);
        }`,
      "deferred something else": `
        import { open } from "./kit/handles.js";
        export function f(): string {
          using stack = new DisposableStack();
          const handle = open(); //! neverReleased
          stack.defer(() => console.log("done"));
          return handle.read();
        }`,
    },
    fine: {
      "using and use": `
        import { open } from "./kit/handles.js";
        export function f(): string {
          using stack = new DisposableStack();
          return stack.use(open()).read();
        }`,
      "await using and use": `
        import { openAsync } from "./kit/handles.js";
        export async function f(): Promise<string> {
          await using stack = new AsyncDisposableStack();
          const handle = stack.use(await openAsync());
          return await handle.read();
        }`,
      "disposed in finally": `
        import { open } from "./kit/handles.js";
        export function f(): string {
          const stack = new DisposableStack();
          try {
            return stack.use(open()).read();
          } finally {
            stack.dispose();
          }
        }`,
      defer: `
        import { open } from "./kit/handles.js";
        export function f(): string {
          using stack = new DisposableStack();
          const handle = open();
          stack.defer(() => handle.close());
          return handle.read();
        }`,
      adopt: `
        import { closeSync, openSync } from "node:fs";
        export function f(path: string): number {
          using stack = new DisposableStack();
          const fd = stack.adopt(openSync(path, "r"), closeSync);
          return fd;
        }`,
      "moved to the caller": `
        import { open } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f() {
          using stack = new DisposableStack();
          const handle = stack.use(open());
          work();
          const owned = stack.move();
          return { handle, [Symbol.dispose]: () => owned.dispose() };
        }`,
      "moved to a field": `
        import { open } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export class Service {
          readonly #stack: DisposableStack;
          constructor() {
            using stack = new DisposableStack();
            stack.use(open());
            work();
            this.#stack = stack.move();
          }
          [Symbol.dispose](): void {
            this.#stack.dispose();
          }
        }`,
      "returned as it is": `
        import { open } from "./kit/handles.js";
        export function f(): DisposableStack {
          const stack = new DisposableStack();
          stack.use(open());
          return stack;
        }`,
    },
  },
  closures: {
    leak: {
      "closure that only reads": `
        import { open } from "./kit/handles.js";
        export function f(): () => string {
          const handle = open(); //! neverReleased
          return () => handle.read();
        }`,
      "closing closure that nobody calls": `
        import { open } from "./kit/handles.js";
        export function f(): string {
          const handle = open(); //! neverReleased
          const stop = () => handle.close();
          console.log(stop.name);
          return handle.read();
        }`,
      "acquired in a callback": `
        import { open } from "./kit/handles.js";
        export function f(paths: string[]) {
          paths.forEach((path) => {
            const handle = open(path); //! neverReleased
            handle.read();
          });
        }`,
    },
    fine: {
      "closing closure called": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          const stop = () => handle.close();
          stop();
        }`,
      "closing closure registered": `
        import { EventEmitter } from "node:events";
        import { open } from "./kit/handles.js";
        export function f(emitter: EventEmitter) {
          const handle = open();
          emitter.once("close", () => {
            handle.close();
          });
        }`,
      "closing closure in a returned object": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          return { read: () => handle.read(), [Symbol.dispose]: () => handle.close() };
        }`,
      "opened and closed by one owner": `
        import { open, type Handle } from "./kit/handles.js";
        export function make() {
          let handle: Handle | undefined;
          return {
            open() {
              handle?.close();
              handle = open();
            },
            close() {
              handle?.close();
              handle = undefined;
            },
          };
        }`,
      "callback of a helper that closes": `
        import { open, type Handle } from "./kit/handles.js";
        function withHandle<T>(run: (handle: Handle) => T): T {
          const handle = open();
          try {
            return run(handle);
          } finally {
            handle.close();
          }
        }
        export function f(): string {
          return withHandle((handle) => handle.read());
        }`,
    },
  },
  "test hooks": {
    leak: {
      "vitest without cleanup": `
        import { it } from "vitest";
        import { open } from "./kit/handles.js";
        it("reads", () => {
          const handle = open(); //! neverReleased
          handle.read();
        });`,
      "node:test without cleanup": `
        import { test } from "node:test";
        import { open } from "./kit/handles.js";
        test("reads", () => {
          const handle = open(); //! neverReleased
          handle.read();
        });`,
      "hook that cleans something else": `
        import { test } from "node:test";
        import { open } from "./kit/handles.js";
        test("reads", (t) => {
          const handle = open(); //! neverReleased
          t.after(() => console.log("done"));
          handle.read();
        });`,
    },
    fine: {
      "afterEach, global": `
        import { open, type Handle } from "./kit/handles.js";
        let handle: Handle | undefined;
        beforeEach(() => {
          handle = open();
        });
        afterEach(() => {
          handle?.close();
          handle = undefined;
        });
        it("reads", () => {
          handle?.read();
        });`,
      "afterEach of node:test": `
        import { afterEach, beforeEach, describe, it } from "node:test";
        import { openAsync, type AsyncHandle } from "./kit/handles.js";
        describe("reader", () => {
          let handle: AsyncHandle;
          beforeEach(async () => {
            handle = await openAsync();
          });
          afterEach(async () => {
            await handle.close();
          });
          it("reads", async () => {
            await handle.read();
          });
        });`,
      "t.after": `
        import { it } from "node:test";
        import { open } from "./kit/handles.js";
        it("reads", (t) => {
          const handle = open();
          t.after(() => {
            handle.close();
          });
          handle.read();
        });`,
      onTestFinished: `
        import { onTestFinished, test } from "vitest";
        import { openAsync } from "./kit/handles.js";
        test("reads", async () => {
          const handle = await openAsync();
          onTestFinished(() => handle.close());
          await handle.read();
        });`,
      "onTestFinished of the context": `
        import { test } from "vitest";
        import { open } from "./kit/handles.js";
        test("reads", ({ onTestFinished }) => {
          const handle = open();
          onTestFinished(() => {
            handle.close();
          });
          handle.read();
        });`,
      "cleanup returned by beforeEach": `
        import { beforeEach } from "vitest";
        import { open } from "./kit/handles.js";
        beforeEach(() => {
          const handle = open();
          return () => handle.close();
        });`,
    },
  },
});
