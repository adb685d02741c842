/** Verdicts 43-47 (wrappers, aliases, values that owe nothing), 48-49 (collections), 58, 63 and 64. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unclosed-disposable", "E: wrappers", {
  "43 the wrapper or the wrapped is closed, where the wrapper forwards": {
    fine: {
      "the part that a wrapper made, seen by everybody": `
import { open } from "./kit/handles.js";
class Inner {
  readonly #h = open();
  use(): void {
    this.#h.write("x");
  }
  close(): void {
    this.#h.close();
  }
}
class Outer {
  readonly inner = new Inner();
  close(): void {
    this.inner.close();
  }
}
export function f(): void {
  const outer = new Outer();
  try {
    outer.inner.use();
  } finally {
    outer.inner.close();
  }
}`,
      "the part that a wrapper made, by a name of its own": `
import { open } from "./kit/handles.js";
class Inner {
  readonly #h = open();
  use(): void {
    this.#h.write("x");
  }
  close(): void {
    this.#h.close();
  }
}
class Outer {
  readonly inner = new Inner();
  close(): void {
    this.inner.close();
  }
}
export function f(): void {
  const { inner } = new Outer();
  inner.close();
}`,
      "declared wrapper": `
        import { open, Wrapper } from "./kit/handles.js";
        export function f() {
          const inner = open();
          const wrapper = new Wrapper(inner);
          wrapper.close();
        }`,
      "the wrapped one": `
        import { open, Wrapper } from "./kit/handles.js";
        export function f() {
          const inner = open();
          const wrapper = new Wrapper(inner);
          try {
            wrapper.read();
          } finally {
            inner.close();
          }
        }`,
      "temporary inside": `
        import { open, Wrapper } from "./kit/handles.js";
        export function f() {
          using wrapper = new Wrapper(open());
          wrapper.read();
        }`,
      "class of the program": `
        import { open, type Handle } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        class Reader {
          readonly #inner: Handle;
          constructor(inner: Handle) {
            this.#inner = inner;
          }
          close(): void {
            this.#inner.close();
          }
        }
        export function f() {
          const reader = new Reader(open());
          try {
            work();
          } finally {
            reader.close();
          }
        }`,
      "parameter property": `
        import { open, type Handle } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        class Reader {
          constructor(private readonly inner: Handle) {}
          dispose(): void {
            this.inner.close();
          }
        }
        export function f() {
          const inner = open();
          const reader = new Reader(inner);
          try {
            work();
          } finally {
            reader.dispose();
          }
        }`,
      "wrapped one of a class": `
        import { open, type Handle } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        class Reader {
          constructor(private readonly inner: Handle) {}
          close(): void {
            this.inner.close();
          }
        }
        export function f() {
          const inner = open();
          const reader = new Reader(inner);
          try {
            work();
            console.log(reader);
          } finally {
            inner.close();
          }
        }`,
      subclass: `
        import { open, type Handle } from "./kit/handles.js";
        class Base {
          constructor(protected readonly inner: Handle) {}
          close(): void {
            this.inner.close();
          }
        }
        class Reader extends Base {
          text(): string {
            return this.inner.read();
          }
        }
        export function f() {
          const reader = new Reader(open());
          try {
            return reader.text();
          } finally {
            reader.close();
          }
        }`,
      "options object": `
        import { open, type Handle } from "./kit/handles.js";
        class Reader {
          readonly #inner: Handle;
          constructor(options: { inner: Handle }) {
            this.#inner = options.inner;
          }
          [Symbol.dispose](): void {
            this.#inner.close();
          }
        }
        export function f() {
          using reader = new Reader({ inner: open() });
          console.log(reader);
        }`,
      "object literal": `
        import { open, type Handle } from "./kit/handles.js";
        function wrap(inner: Handle) {
          return { read: () => inner.read(), close: () => inner.close() };
        }
        export function f() {
          const wrapped = wrap(open());
          try {
            return wrapped.read();
          } finally {
            wrapped.close();
          }
        }`,
      "closure that closes": `
        import { open, type Handle } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        const closer = (inner: Handle) => () => inner.close();
        export function f() {
          const stop = closer(open());
          try {
            work();
          } finally {
            stop();
          }
        }`,
      "stream of a FileHandle": `
        import { open } from "node:fs/promises";
        export async function f(path: string) {
          const file = await open(path);
          for await (const chunk of file.createReadStream()) console.log(chunk);
        }`,
      "lines of a FileHandle": `
        import { open } from "node:fs/promises";
        export async function f(path: string) {
          const file = await open(path);
          for await (const line of file.readLines()) {
            if (line === "") break;
          }
        }`,
      "TLS over a socket": `
        import { connect } from "node:net";
        import { connect as secure } from "node:tls";
        export function f() {
          const socket = connect(443, "localhost");
          const encrypted = secure({ socket });
          encrypted.end();
        }`,
    },
  },
  "43 a wrapper that does not forward": {
    leak: {
      "class whose close does nothing": `
        import { open, type Handle } from "./kit/handles.js";
        class Reader {
          readonly #inner: Handle;
          constructor(inner: Handle) {
            this.#inner = inner;
          }
          text(): string {
            return this.#inner.read();
          }
          close(): void {
            console.log("closed");
          }
        }
        export function f() {
          const inner = open(); //! neverReleased
          const reader = new Reader(inner);
          console.log(reader.text());
          reader.close();
        }`,
      "class that closes nothing": `
        import { open, type Handle } from "./kit/handles.js";
        class Reader {
          constructor(private readonly inner: Handle) {}
          text(): string {
            return this.inner.read();
          }
        }
        export function f(): string {
          const inner = open(); //! neverReleased
          return new Reader(inner).text();
        }`,
      "class that reads and forgets": `
        import { open, type Handle } from "./kit/handles.js";
        class Snapshot {
          readonly text: string;
          constructor(inner: Handle) {
            this.text = inner.read();
          }
        }
        export function f(): Snapshot {
          return new Snapshot(open()); //! resultDropped
        }`,
      "object literal": `
        import { open, type Handle } from "./kit/handles.js";
        function wrap(inner: Handle) {
          return { read: () => inner.read(), close: () => console.log("closed") };
        }
        export function f() {
          const inner = open(); //! neverReleased
          const wrapped = wrap(inner);
          wrapped.read();
          wrapped.close();
        }`,
      "readline closes itself only": `
        import { createReadStream } from "node:fs";
        import { createInterface } from "node:readline";
        export function f(path: string) {
          const input = createReadStream(path); //! neverReleased
          const lines = createInterface({ input });
          lines.close();
        }`,
    },
  },
  "43 neither the wrapper nor the wrapped is closed": {
    leak: {
      "the part that a wrapper made is only used": `
import { open } from "./kit/handles.js";
class Inner {
  readonly #h = open();
  use(): void {
    this.#h.write("x");
  }
  close(): void {
    this.#h.close();
  }
}
class Outer {
  readonly inner = new Inner();
  close(): void {
    this.inner.close();
  }
}
export function f(): void {
  const outer = new Outer(); //! neverReleased
  outer.inner.use();
}`,
      "temporary inside": `
        import { open, Wrapper } from "./kit/handles.js";
        export function f() {
          const wrapper = new Wrapper(open()); //! neverReleased
          wrapper.read();
        }`,
      "wrapper dropped": `
        import { open, Wrapper } from "./kit/handles.js";
        export function f() {
          new Wrapper(open()); //! resultDropped
        }`,
      "class of the program": `
        import { open, type Handle } from "./kit/handles.js";
        class Reader {
          constructor(private readonly inner: Handle) {}
          read(): string {
            return this.inner.read();
          }
          close(): void {
            this.inner.close();
          }
        }
        export function f() {
          const reader = new Reader(open()); //! neverReleased
          reader.read();
        }`,
      "TLS over a socket": `
        import { connect } from "node:net";
        import { connect as secure } from "node:tls";
        export function f() {
          const encrypted = secure({ socket: connect(443, "localhost") }); //! neverReleased
          console.log(encrypted.authorized);
        }`,
    },
  },
  "44 an alias is closed": {
    fine: {
      const: `
        import { open } from "./kit/handles.js";
        export function f() {
          const a = open();
          const b = a;
          b.close();
        }`,
      "assigned later": `
        import { open, type Handle } from "./kit/handles.js";
        export function f() {
          let b: Handle;
          const a = open();
          b = a;
          b.close();
        }`,
      "object pattern": `
        import { open } from "./kit/handles.js";
        export function f() {
          const a = open();
          const { inner: b } = { inner: a };
          b.close();
        }`,
      "array pattern": `
        import { open } from "./kit/handles.js";
        export function f() {
          const a = open();
          const [b] = [a] as const;
          b.close();
        }`,
      property: `
        import { open } from "./kit/handles.js";
        export function f() {
          const box = { inner: open() };
          box.inner.close();
        }`,
      "property taken out": `
        import { open } from "./kit/handles.js";
        export function f() {
          const box = { inner: open() };
          const { inner } = box;
          inner.close();
        }`,
      casts: `
        import { open, type Handle } from "./kit/handles.js";
        export function f() {
          const a = open() as unknown;
          const b = (a as Handle)!;
          b satisfies Handle;
          b.close();
        }`,
      "identity function": `
        import { open } from "./kit/handles.js";
        function same<T>(value: T): T {
          return value;
        }
        export function f() {
          const a = open();
          const b = same(a);
          b.close();
        }`,
      conditional: `
        import { open, type Handle } from "./kit/handles.js";
        export function f(given: Handle | undefined) {
          const own = given === undefined ? open() : undefined;
          const b = own ?? given;
          own?.close();
          console.log(b);
        }`,
      "original closed while the alias lives": `
        import { open } from "./kit/handles.js";
        export function f() {
          const a = open();
          const b = a;
          a.close();
          console.log(b);
        }`,
    },
  },
  "44 armed again through the other name after the alias was closed": {
    leak: {
      socket: `
        import { Socket } from "node:net";
        export function f(port: number) {
          const socket = new Socket(); //! notReleasedOnPath
          socket.connect(port);
          const alias = socket;
          alias.destroy();
          socket.connect(port);
        }`,
      "inspector session": `
        import { Session } from "node:inspector";
        export function f() {
          const session = new Session(); //! notReleasedOnPath
          const { current } = { current: session };
          session.connect();
          current.disconnect();
          session.connect();
        }`,
    },
    fine: {
      "closed again": `
        import { Socket } from "node:net";
        export function f(port: number) {
          const socket = new Socket();
          const alias = socket;
          try {
            socket.connect(port);
            alias.destroy();
            socket.connect(port);
          } finally {
            alias.destroy();
          }
        }`,
    },
  },
  "45 in-memory streams and objects that are not connected yet": {
    fine: {
      "Readable.from": `
        import { Readable } from "node:stream";
        export function f(list: string[]) {
          const stream = Readable.from(list);
          stream.on("data", (chunk) => console.log(chunk));
        }`,
      PassThrough: `
        import { PassThrough } from "node:stream";
        export function f(text: string) {
          const stream = new PassThrough();
          stream.write(text);
        }`,
      "own transform": `
        import { Transform } from "node:stream";
        export function f() {
          const upper = new Transform({
            transform(chunk, _encoding, done) {
              done(null, String(chunk).toUpperCase());
            },
          });
          upper.write("a");
        }`,
      "unconnected socket": `
        import { Socket } from "node:net";
        export function f() {
          const socket = new Socket();
          socket.setNoDelay(true);
        }`,
      "server that never listens": `
        import { createServer } from "node:http";
        export function f() {
          const server = createServer();
          server.on("request", (_request, response) => response.end());
        }`,
      "unconnected inspector session": `
        import { Session } from "node:inspector";
        export function f() {
          const session = new Session();
          console.log(session);
        }`,
      "observer that observes nothing": `
        import { PerformanceObserver } from "node:perf_hooks";
        export function f() {
          const observer = new PerformanceObserver((list) => console.log(list));
          console.log(observer);
        }`,
      "unbound datagram socket of a helper": `
        import { createSocket, type Socket } from "node:dgram";
        function plain(): Socket {
          return createSocket("udp4");
        }
        export function f() {
          const socket = plain();
          socket.on("message", (message) => console.log(message));
        }`,
      "unbound datagram socket": `
        import { createSocket } from "node:dgram";
        export function f() {
          const socket = createSocket("udp4");
          socket.on("message", (message) => console.log(message));
        }`,
      "channel without a listener": `
        import { MessageChannel } from "node:worker_threads";
        export function f() {
          const channel = new MessageChannel();
          console.log(channel);
        }`,
    },
  },
  "45 the same objects once connected": {
    leak: {
      socket: `
        import { Socket } from "node:net";
        export function f() {
          const socket = new Socket(); //! neverReleased
          socket.connect(80, "localhost");
        }`,
      "socket in one chain": `
        import { Socket } from "node:net";
        export function f() {
          const socket = new Socket().connect(80, "localhost"); //! neverReleased
          socket.setNoDelay(true);
        }`,
      "inspector session": `
        import { Session } from "node:inspector";
        export function f() {
          const session = new Session(); //! neverReleased
          session.connect();
        }`,
      "datagram socket": `
        import { createSocket } from "node:dgram";
        export function f() {
          const socket = createSocket("udp4"); //! neverReleased
          socket.bind(0);
        }`,
    },
    fine: {
      "closed socket": `
        import { Socket } from "node:net";
        export function f() {
          const socket = new Socket();
          try {
            socket.connect(80, "localhost");
          } finally {
            socket.destroy();
          }
        }`,
      "closed session": `
        import { Session } from "node:inspector";
        import { work } from "./kit/opaque.js";
        export function f() {
          const session = new Session();
          try {
            session.connect();
            work();
          } finally {
            session.disconnect();
          }
        }`,
    },
  },
  "46 a close that is documented to do nothing": {
    fine: {
      "hash is a stream with destroy": `
        import { createHash } from "node:crypto";
        export function f(text: string) {
          const hash = createHash("sha256");
          hash.update(text);
          return hash.digest("hex");
        }`,
      "hmac dropped": `
        import { createHmac } from "node:crypto";
        export function f(text: string) {
          const hmac = createHmac("sha256", "key").update(text);
          console.log(hmac.digest("hex"));
        }`,
      "signer is a Writable": `
        import { createSign } from "node:crypto";
        export function f(key: string) {
          const signer = createSign("RSA-SHA256");
          signer.update("text");
          return signer.sign(key);
        }`,
      "resolver with cancel": `
        import { Resolver } from "node:dns";
        export function f() {
          const resolver = new Resolver();
          resolver.resolve4("localhost", () => {});
        }`,
      "empty dispose of the program": `
        import { work } from "./kit/opaque.js";
        class Nothing {
          [Symbol.dispose](): void {}
        }
        export function f() {
          const nothing = new Nothing();
          work();
          console.log(nothing);
        }`,
    },
  },
  "47 a predicate says that it is closed already on the skipped path": {
    fine: {
      "negated property": `
        import { open } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f() {
          const handle = open();
          try {
            work();
          } finally {
            if (!handle.closed) handle.close();
          }
        }`,
      "early return": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          if (handle.closed) return;
          handle.close();
        }`,
      "else branch": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          if (handle.closed) console.log("closed already");
          else handle.close();
        }`,
      "short circuit": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          handle.closed || handle.close();
        }`,
      "destroyed socket": `
        import { connect } from "node:net";
        import { work } from "./kit/opaque.js";
        export function f() {
          const socket = connect(80);
          try {
            work();
          } finally {
            if (!socket.destroyed) socket.destroy();
          }
        }`,
    },
    quiet: {
      "predicate method": `
        import { open } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f() {
          const handle = open();
          try {
            work();
          } finally {
            if (!handle.isClosed()) handle.close();
          }
        }`,
      "predicate method, early return": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open();
          if (handle.isClosed()) return;
          handle.close();
        }`,
    },
    leak: {
      "the predicate of another handle": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(other: Handle) {
          const handle = open(); //! notReleasedOnPath
          if (!other.closed) handle.close();
        }`,
      "closed only when it is closed": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handle = open(); //! neverReleased
          if (handle.closed) handle.close();
        }`,
    },
  },
});

verdicts("no-unclosed-disposable", "F: collections", {
  "48 a collection of resources, each closed": {
    fine: {
      "for of": `
        import { open, type Handle } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f(paths: string[]) {
          const handles: Handle[] = [];
          try {
            for (const path of paths) handles.push(open(path));
            work();
          } finally {
            for (const handle of handles) handle.close();
          }
        }`,
      forEach: `
        import { open } from "./kit/handles.js";
        import { work } from "./kit/opaque.js";
        export function f(paths: string[]) {
          const handles = paths.map((path) => open(path));
          try {
            work();
          } finally {
            handles.forEach((handle) => handle.close());
          }
        }`,
      allSettled: `
        import { openAsync, type AsyncHandle } from "./kit/handles.js";
        import { workAsync } from "./kit/opaque.js";
        export async function f(paths: string[]) {
          const handles: AsyncHandle[] = [];
          try {
            for (const path of paths) handles.push(await openAsync(path));
            await workAsync();
          } finally {
            await Promise.allSettled(handles.map((handle) => handle.close()));
          }
        }`,
      "Promise.all": `
        import { open, type FileHandle } from "node:fs/promises";
        import { workAsync } from "./kit/opaque.js";
        export async function f(paths: string[]) {
          const files: FileHandle[] = [];
          try {
            for (const path of paths) {
              const file = await open(path);
              files.push(file);
            }
            await workAsync();
          } finally {
            await Promise.all(files.map(async (file) => file.close()));
          }
        }`,
      reduce: `
        import { openAsync, type AsyncHandle } from "./kit/handles.js";
        export async function f(paths: string[]) {
          const handles: AsyncHandle[] = [];
          try {
            for (const path of paths) handles.push(await openAsync(path));
          } finally {
            await handles.reduce((before, handle) => before.then(() => handle.close()), Promise.resolve());
          }
        }`,
      "index loop": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(paths: string[]) {
          const handles: Handle[] = [];
          try {
            for (const path of paths) handles[handles.length] = open(path);
          } finally {
            for (let i = 0; i < handles.length; i++) handles[i]?.close();
          }
        }`,
      "emptied with pop": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(paths: string[]) {
          const handles: Handle[] = [];
          try {
            for (const path of paths) handles.push(open(path));
          } finally {
            let last: Handle | undefined;
            while ((last = handles.pop()) !== undefined) last.close();
          }
        }`,
      Set: `
        import { open, type Handle } from "./kit/handles.js";
        export function f(paths: string[]) {
          const handles = new Set<Handle>();
          try {
            for (const path of paths) handles.add(open(path));
          } finally {
            for (const handle of handles) handle.close();
          }
        }`,
      "Map values": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(paths: Set<string>) {
          const handles = new Map<string, Handle>();
          try {
            for (const path of paths) if (!handles.has(path)) handles.set(path, open(path));
          } finally {
            for (const [, handle] of handles) handle.close();
          }
        }`,
      "helper that closes them all": `
        import { open, type Handle } from "./kit/handles.js";
        function closeAll(handles: Iterable<Handle>): void {
          for (const handle of handles) handle.close();
        }
        export function f(paths: string[]) {
          const handles: Handle[] = [];
          try {
            for (const path of paths) handles.push(open(path));
          } finally {
            closeAll(handles);
          }
        }`,
      "array literal": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handles = [open("a")];
          for (const handle of handles) handle.close();
        }`,
      "loop with using": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(paths: string[]) {
          const handles: Handle[] = [];
          try {
            for (const path of paths) handles.push(open(path));
          } finally {
            for (using handle of handles) console.log(handle);
          }
        }`,
    },
    leak: {
      "nobody closes, map": `
        import { open } from "./kit/handles.js";
        export function f(paths: string[]) {
          const handles = paths.map((path) => open(path)); //! neverReleased
          for (const handle of handles) handle.read();
        }`,
      "nobody closes, push": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(paths: string[]) {
          const handles: Handle[] = [];
          for (const path of paths) handles.push(open(path)); //! neverReleased
          handles.forEach((handle) => handle.read());
        }`,
      "nobody closes, Set": `
        import { open, type Handle } from "./kit/handles.js";
        export function f(paths: string[]) {
          const handles = new Set<Handle>();
          for (const path of paths) handles.add(open(path)); //! neverReleased
          console.log(handles.size);
        }`,
      "nobody closes, array literal": `
        import { open } from "./kit/handles.js";
        export function f() {
          const handles = [open("a")]; //! neverReleased
          for (const handle of handles) handle.read();
        }`,
      "one branch closes": `
        import { open } from "./kit/handles.js";
        import { condition } from "./kit/opaque.js";
        export function f(paths: string[]) {
          const handles = paths.map((path) => open(path)); //! notReleasedOnPath
          if (condition()) for (const handle of handles) handle.close();
        }`,
      "early return before the loop": `
        import { open } from "./kit/handles.js";
        export function f(paths: string[]) {
          const handles = paths.map((path) => open(path)); //! notReleasedOnPath
          if (paths.includes("none")) return;
          handles.forEach((handle) => handle.close());
        }`,
      "second of a tuple": `
        import { open } from "./kit/handles.js";
        export function f() {
          const [first, second] = [
            open("a"),
            open("b"), //! neverReleased
          ] as const;
          first.close();
          console.log(second);
        }`,
      "a later open rejects": `
        import { open, type FileHandle } from "node:fs/promises";
        export async function f(paths: string[]) {
          const files: FileHandle[] = [];
          for (const path of paths) {
            files.push(await open(path)); //! notReleasedOnThrow
          }
          for (const file of files) await file.close();
        }`,
    },
  },
  "49 Promise.all of opens: one rejects, the siblings are lost": {
    leak: {
      "two files": `
        import { open } from "node:fs/promises";
        export async function f(a: string, b: string) {
          const [left, right] = await Promise.all([
            open(a), //! siblingLost
            open(b), //! siblingLost
          ]);
          await Promise.allSettled([left.close(), right.close()]);
        }`,
      "a file and other work": `
        import { open } from "node:fs/promises";
        import { workAsync } from "./kit/opaque.js";
        export async function f(path: string) {
          const [file] = await Promise.all([open(path), workAsync()]); //! siblingLost
          await file.close();
        }`,
      map: `
        import { open } from "node:fs/promises";
        export async function f(paths: string[]) {
          const files = await Promise.all(paths.map((path) => open(path))); //! siblingLost
          await Promise.allSettled(files.map((file) => file.close()));
        }`,
      "map with an async arrow": `
        import { open } from "node:fs/promises";
        export async function f(paths: string[]) {
          const files = await Promise.all(
            paths.map(async (path) => await open(path, "r")), //! siblingLost
          );
          await Promise.allSettled(files.map((file) => file.close()));
        }`,
      "promises bound first": `
        import { open } from "node:fs/promises";
        import { workAsync } from "./kit/opaque.js";
        export async function f(path: string) {
          const opening = open(path); //! siblingLost
          const working = workAsync();
          const [file] = await Promise.all([opening, working]);
          await file.close();
        }`,
      "promise chain": `
        import { open } from "node:fs/promises";
        import { workAsync } from "./kit/opaque.js";
        export function f(path: string): Promise<void> {
          return Promise.all([
            open(path), //! siblingLost
            workAsync(),
          ]).then(([file]) => file.close());
        }`,
      returned: `
        import { open, type FileHandle } from "node:fs/promises";
        export async function f(paths: string[]): Promise<FileHandle[]> {
          return Promise.all(paths.map((path) => open(path))); //! siblingLost
        }`,
    },
    fine: {
      "allSettled, then a loop": `
        import { open } from "node:fs/promises";
        export async function f(a: string, b: string) {
          const results = await Promise.allSettled([open(a), open(b)]);
          for (const result of results) {
            if (result.status === "fulfilled") await result.value.close();
          }
        }`,
      "one after the other": `
        import { open } from "node:fs/promises";
        import { workAsync } from "./kit/opaque.js";
        export async function f(a: string, b: string) {
          const left = await open(a);
          try {
            const right = await open(b);
            try {
              await workAsync();
            } finally {
              await right.close();
            }
          } finally {
            await left.close();
          }
        }`,
      "one promise alone": `
        import { open } from "node:fs/promises";
        export async function f(path: string) {
          const [file] = await Promise.all([open(path)]);
          await file.close();
        }`,
      "each with its own catch": `
        import { open } from "node:fs/promises";
        export async function f(a: string, b: string) {
          const [left, right] = await Promise.all([
            open(a).catch(() => undefined),
            open(b).catch(() => undefined),
          ]);
          await Promise.allSettled([left?.close(), right?.close()]);
        }`,
      "opened and closed in each task": `
        import { open } from "node:fs/promises";
        export async function f(paths: string[]) {
          await Promise.all(
            paths.map(async (path) => {
              const file = await open(path);
              try {
                await file.sync();
              } finally {
                await file.close();
              }
            }),
          );
        }`,
    },
    quiet: {
      "allSettled, then flatMap": `
        import { open } from "node:fs/promises";
        export async function f(paths: string[]) {
          const results = await Promise.allSettled(paths.map((path) => open(path)));
          const files = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
          await Promise.allSettled(files.map((file) => file.close()));
        }`,
    },
  },
});

verdicts("no-unclosed-disposable", "G: races and generators", {
  "58 the late loser of a race is another rule's": {
    fine: {
      "race against a rejection": `
        import { openSoon } from "./kit/handles.js";
        declare function rejectAfter(ms: number): Promise<never>;
        export async function f() {
          const handle = await Promise.race([openSoon(), rejectAfter(1000)]);
          try {
            handle.read();
          } finally {
            handle.close();
          }
        }`,
      "race, bound first": `
        import { openSoon } from "./kit/handles.js";
        declare function rejectAfter(ms: number): Promise<never>;
        export async function f() {
          const opening = openSoon();
          const handle = await Promise.race([opening, rejectAfter(1000)]);
          handle.close();
        }`,
      "late result closed": `
        import { openSoon } from "./kit/handles.js";
        declare function rejectAfter(ms: number): Promise<never>;
        export async function f() {
          const opening = openSoon();
          try {
            const handle = await Promise.race([opening, rejectAfter(1000)]);
            handle.close();
          } catch {
            opening.then((handle) => handle.close(), () => undefined);
          }
        }`,
    },
  },
  "63 a promise returned inside using: another rule's": {
    fine: {
      "disposed too early": `
        import { openAsync } from "./kit/handles.js";
        export async function f(): Promise<string> {
          await using handle = await openAsync();
          return handle.read();
        }`,
      awaited: `
        import { openAsync } from "./kit/handles.js";
        export async function f(): Promise<string> {
          await using handle = await openAsync();
          return await handle.read();
        }`,
    },
  },
  "64 a generator that holds a resource, driven by hand and abandoned": {
    leak: {
      "bound, try/finally": `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          const handle = open();
          try {
            while (true) yield handle.read();
          } finally {
            handle.close();
          }
        }
        export function f() {
          const all = lines(); //! neverReleased
          console.log(all.next().value);
        }`,
      "bound, using": `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          using handle = open();
          yield handle.read();
          yield handle.read();
        }
        export function f() {
          const all = lines(); //! neverReleased
          console.log(all.next().value);
        }`,
      "async generator": `
        import { openAsync } from "./kit/handles.js";
        async function* lines(): AsyncGenerator<string> {
          await using handle = await openAsync();
          while (true) yield await handle.read();
        }
        export async function f() {
          const all = lines(); //! neverReleased
          const first = await all.next();
          console.log(first.value);
        }`,
      temporary: `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          using handle = open();
          yield handle.read();
          yield handle.read();
        }
        export function f(): unknown {
          return lines().next().value; //! resultDropped
        }`,
    },
    fine: {
      "for of with break": `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          using handle = open();
          while (true) yield handle.read();
        }
        export function f() {
          for (const line of lines()) {
            if (line === "") break;
          }
        }`,
      "for await": `
        import { openAsync } from "./kit/handles.js";
        async function* lines(): AsyncGenerator<string> {
          const handle = await openAsync();
          try {
            yield await handle.read();
          } finally {
            await handle.close();
          }
        }
        export async function f() {
          for await (const line of lines()) {
            if (line === "") return;
          }
        }`,
      spread: `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          using handle = open();
          yield handle.read();
        }
        export function f(): string[] {
          return [...lines()];
        }`,
      "array pattern": `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          using handle = open();
          while (true) yield handle.read();
        }
        export function f(): string | undefined {
          const [first] = lines();
          return first;
        }`,
      "return called": `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          using handle = open();
          while (true) yield handle.read();
        }
        export function f() {
          const all = lines();
          try {
            console.log(all.next().value);
          } finally {
            all.return(undefined);
          }
        }`,
      using: `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          using handle = open();
          while (true) yield handle.read();
        }
        export function f() {
          using all = lines();
          console.log(all.next().value);
        }`,
      "delegated with yield*": `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          using handle = open();
          while (true) yield handle.read();
        }
        export function* f(): Generator<string> {
          yield* lines();
        }`,
      returned: `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          using handle = open();
          while (true) yield handle.read();
        }
        export function f(): Generator<string> {
          return lines();
        }`,
      "never started": `
        import { open } from "./kit/handles.js";
        function* lines(): Generator<string> {
          using handle = open();
          while (true) yield handle.read();
        }
        export function f() {
          const all = lines();
          console.log(all);
        }`,
      "generator without a cleanup": `
        function* numbers(): Generator<number> {
          yield 1;
          yield 2;
        }
        export function f(): unknown {
          const all = numbers();
          return all.next().value;
        }`,
    },
  },
});

const journal = (members: string): string => `
  import { closeSync, openSync, writeSync } from "node:fs";
  function shut(descriptor: number): void {
    closeSync(descriptor);
  }
  class Journal {
    ended = false;
    private readonly descriptor = openSync("journal", "a");
    note(text: string): void {
      writeSync(this.descriptor, text);
    }
    ${members}
  }
  console.log(shut);`;

verdicts("no-unclosed-disposable", "a class over a numeric handle", {
  "only the method that gives the handle back releases it": {
    leak: {
      "not called": `${journal("dispose(): void { closeSync(this.descriptor); }")}
        export function f() {
          const journal = new Journal(); //! neverReleased
          journal.note("hello");
        }`,
      "behind a guard": `${journal("dispose(): void { if (this.ended) return; this.ended = true; closeSync(this.descriptor); }")}
        export function f() {
          const journal = new Journal(); //! neverReleased
          journal.note("hello");
        }`,
      "through a helper": `${journal("close(): void { shut(this.descriptor); }")}
        export function f() {
          const journal = new Journal(); //! neverReleased
          journal.note("hello");
        }`,
    },
    fine: {
      called: `${journal("dispose(): void { closeSync(this.descriptor); }")}
        export function f() {
          const journal = new Journal();
          try {
            journal.note("hello");
          } finally {
            journal.dispose();
          }
        }`,
      "called, through a helper": `${journal("close(): void { shut(this.descriptor); }")}
        export function f() {
          const journal = new Journal();
          try {
            journal.note("hello");
          } finally {
            journal.close();
          }
        }`,
    },
  },
});
