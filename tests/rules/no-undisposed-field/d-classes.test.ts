/** Section D of the verdicts, 33 to 42, in one file: what a class owns in its fields, and releases. */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-undisposed-field";

/** A base class that disposes of what is registered with it, and a slot for what comes and goes. */
const registering = `
interface Disposable { dispose(): void }
abstract class Owner implements Disposable {
  private readonly all = new Set<Disposable>();
  protected register<T extends Disposable>(one: T): T {
    this.all.add(one);
    return one;
  }
  dispose(): void {
    for (const one of this.all) one.dispose();
    this.all.clear();
  }
}
class Slot implements Disposable {
  private held: Disposable | undefined;
  set value(next: Disposable | undefined) {
    this.held?.dispose();
    this.held = next;
  }
  dispose(): void {
    this.held?.dispose();
    this.held = undefined;
  }
}`;

verdicts(rule, "D. fields, 33-35", {
  "D33 a class owns a resource and has no release method": {
    leak: {
      "set from outside by a factory of the file": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  h: Handle | undefined;
  read(): string | undefined {
    return this.h?.read();
  }
}
export function make(path: string): Session {
  const session = new Session();
  session.h = open(path); //! noRelease
  return session;
}`,
      "closures that share a variable": `
import { open, type Handle } from "./kit/handles.js";
export const make = () => {
  let h: Handle | undefined;
  return {
    start(path: string): void {
      h = open(path); //! noRelease
    },
    read: (): string | undefined => h?.read(),
  };
};`,
      "through an accessor": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  private set handle(h: Handle) {
    this.#h = h;
  }
  start(): void {
    this.handle = open(); //! noRelease
  }
  read(): string | undefined {
    return this.#h?.read();
  }
}`,
      "in an object of the class": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #state = { h: open(), count: 0 }; //! noRelease
  read(): string {
    this.#state.count++;
    return this.#state.h.read();
  }
}`,
      "a map of them": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  read(path: string): string {
    let h = this.#all.get(path);
    if (h === undefined) {
      h = open(path); //! noRelease
      this.#all.set(path, h);
    }
    return h.read();
  }
}`,
      "an array of them": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path)); //! noRelease
  }
  get size(): number {
    return this.#all.length;
  }
}`,
      "assigned in the constructor": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  private readonly h: Handle;
  constructor(path: string) {
    this.h = open(path); //! noRelease
  }
  read(): string {
    return this.h.read();
  }
}`,
      initialiser: `
import { open } from "./kit/handles.js";
export class Session {
  private readonly h = open(); //! noRelease
  read(): string {
    return this.h.read();
  }
}`,
      "private name": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open(); //! noRelease
  read(): string {
    return this.#h.read();
  }
}`,
      "through a local": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  constructor(path: string) {
    const h = open(path); //! noRelease
    h.write("header");
    this.#h = h;
  }
  read(): string {
    return this.#h.read();
  }
}`,
      "class expression": `
import { open } from "./kit/handles.js";
export const Session = class {
  readonly #h = open(); //! noRelease
  read(): string {
    return this.#h.read();
  }
};`,
      "on demand": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  read(): string {
    this.#h ??= open(); //! noRelease
    return this.#h.read();
  }
}`,
      "on demand, async": `
import { open, type FileHandle } from "node:fs/promises";
export class Log {
  #file: FileHandle | undefined;
  async append(path: string, line: string): Promise<void> {
    if (this.#file === undefined) this.#file = await open(path, "a"); //! noRelease
    await this.#file.appendFile(line);
  }
}`,
      "on demand, promise chain": `
import { open, type FileHandle } from "node:fs/promises";
export class Log {
  #file: FileHandle | undefined;
  start(path: string): Promise<void> {
    return open(path, "a").then((file) => { //! noRelease
      this.#file = file;
    });
  }
  append(line: string): Promise<void> | undefined {
    return this.#file?.appendFile(line);
  }
}`,
      "on one branch": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle | undefined;
  constructor(log: boolean) {
    this.#h = log ? open() : undefined; //! noRelease
  }
  write(text: string): void {
    this.#h?.write(text);
  }
}`,
      descriptor: `
import fs from "node:fs";
export class Log {
  private readonly fd: number;
  constructor(path: string) {
    this.fd = fs.openSync(path, "a"); //! noRelease
  }
  write(text: string): void {
    fs.writeSync(this.fd, text);
  }
}`,
      "another class that owns": `
import { open } from "./kit/handles.js";
class Inner {
  readonly #h = open();
  read(): string {
    return this.#h.read();
  }
  close(): void {
    this.#h.close();
  }
}
export class Outer {
  readonly #inner = new Inner(); //! noRelease
  read(): string {
    return this.#inner.read();
  }
}`,
      "a method that closes another value": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h = open(); //! noRelease
  finish(other: Handle): void {
    other.close();
    this.#h.read();
  }
}`,
    },
    fine: {
      "released by close": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  private readonly h: Handle;
  constructor(path: string) {
    this.h = open(path);
  }
  close(): void {
    this.h.close();
  }
}`,
      "released by [Symbol.dispose]": `
import { open } from "./kit/handles.js";
export class Session implements Disposable {
  readonly #h = open();
  [Symbol.dispose](): void {
    this.#h[Symbol.dispose]();
  }
}`,
      "released by an arrow": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open();
  readonly close = (): void => {
    this.#h.close();
  };
}`,
      "released by a method of any name": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  activate(): void {
    this.#h ??= open();
  }
  deactivate(): void {
    this.#h?.close();
    this.#h = undefined;
  }
}`,
      "given by the caller": `
import type { Handle } from "./kit/handles.js";
export class Session {
  constructor(private readonly h: Handle) {}
  read(): string {
    return this.h.read();
  }
}`,
      "given by the caller in an object": `
import type { Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  constructor({ h }: { h: Handle }) {
    this.#h = h;
  }
  read(): string {
    return this.#h.read();
  }
}`,
      "looked up": `
import type { Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle | undefined;
  constructor(all: ReadonlyMap<string, Handle>) {
    this.#h = all.get("main");
  }
  read(): string | undefined {
    return this.#h?.read();
  }
}`,
      "owes nothing": `
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
export class Digest {
  readonly #hash = createHash("sha1");
  readonly #source = Readable.from(["a"]);
  add(text: string): void {
    this.#hash.update(text);
    this.#source.resume();
  }
}`,
      "static, as long as the process": `
import { open } from "./kit/handles.js";
export class Registry {
  private static readonly main = open("main");
  static read(): string {
    return Registry.main.read();
  }
}`,
      "handed to an owner": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  constructor(stack: DisposableStack) {
    this.#h = stack.use(open());
  }
  read(): string {
    return this.#h.read();
  }
}`,
      "closed in the same method": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  read(): string {
    this.#h = open();
    try {
      return this.#h.read();
    } finally {
      this.#h.close();
      this.#h = undefined;
    }
  }
}`,
      "set from outside, released by the class": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  h: Handle | undefined;
  close(): void {
    this.h?.close();
  }
}
export function make(path: string): Session {
  const session = new Session();
  session.h = open(path);
  return session;
}`,
      "closures that share a variable": `
import { open, type Handle } from "./kit/handles.js";
export const make = () => {
  let h: Handle | undefined;
  return {
    start(path: string): void {
      h?.close();
      h = open(path);
    },
    stop(): void {
      h?.close();
      h = undefined;
    },
  };
};`,
    },
  },

  "D34 the release method forgets one of several fields": {
    leak: {
      "registers one of two of a class": `${registering}
export class View extends Owner {
  private readonly left = this.register(new Slot());
  private readonly right = new Slot(); //! fieldNotReleased
  show(one: Disposable, other: Disposable): void {
    this.left.value = one;
    this.right.value = other;
  }
}`,
      "a part of something else than what it closes": `
interface Transport { readonly writable: WritableStream<string>; close(): void }
export class Session {
  private readonly out: WritableStreamDefaultWriter<string>;
  constructor(private readonly transport: Transport, private readonly log: { close(): void }) {
    this.out = this.transport.writable.getWriter(); //! fieldNotReleased
  }
  send(text: string): void { void this.out.write(text); }
  close(): void {
    this.log.close();
  }
}`,
      "of two of a class that has nothing but its name to say so": `
class Panel {
  constructor(private readonly name: string) {}
  show(): void { console.log("shown", this.name); }
  close(): void { console.log("hidden", this.name); }
}
export class View {
  private readonly left = new Panel("left");
  private readonly right = new Panel("right"); //! fieldNotReleased
  show(): void { this.left.show(); this.right.show(); }
  close(): void { this.left.close(); }
}`,
      "closures that share variables": `
import { open } from "./kit/handles.js";
export function make() {
  const a = open("a");
  const b = open("b"); //! fieldNotReleased
  return {
    read: (): string => a.read() + b.read(),
    close(): void {
      a.close();
    },
  };
}`,
      "a collection that is emptied and not closed": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #main = open();
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path)); //! fieldNotReleased
  }
  close(): void {
    this.#main.close();
    this.#all.length = 0;
  }
}`,
      "one of two": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #a = open("a");
  readonly #b = open("b"); //! fieldNotReleased
  close(): void {
    this.#a.close();
    console.log(this.#b.closed);
  }
}`,
      "one of three, assigned in the constructor": `
import { open, type Handle } from "./kit/handles.js";
export class Session implements Disposable {
  private readonly a: Handle;
  private readonly b: Handle;
  constructor() {
    this.a = open("a"); //! fieldNotReleased
    this.b = open("b");
  }
  [Symbol.dispose](): void {
    this.b.close();
  }
  read(): string {
    return this.a.read();
  }
}`,
      "on one path only": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open(); //! fieldNotReleased
  close(hard: boolean): void {
    if (hard) this.#h.close();
  }
}`,
      "early return": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export class Session {
  readonly #h = open(); //! fieldNotReleased
  close(): void {
    if (condition()) return;
    this.#h.close();
  }
}`,
      async: `
import { open, type FileHandle } from "node:fs/promises";
export class Pair {
  #a: FileHandle | undefined;
  #b: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#a = await open(path);
    this.#b = await open(path); //! fieldNotReleased
  }
  async stop(): Promise<void> {
    await this.#a?.close();
    this.#b = undefined;
  }
}`,
      "set to undefined and not closed": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined = open(); //! fieldNotReleased
  close(): void {
    this.#h = undefined;
  }
}`,
    },
    fine: {
      "registers one of two of a class, and the other later": `${registering}
export class View extends Owner {
  private readonly left = this.register(new Slot());
  private readonly right = new Slot();
  private readonly last = new Slot();
  constructor() {
    super();
    this.register(this.right);
  }
  hide(): void {
    this.last.dispose();
  }
}`,
      "a part of what it closes": `
interface Transport { readonly datagrams: { readonly writable: WritableStream<string> }; close(): void }
export class Session {
  private readonly out: WritableStreamDefaultWriter<string>;
  constructor(private readonly transport: Transport) {
    this.out = this.transport.datagrams.writable.getWriter();
  }
  send(text: string): void { void this.out.write(text); }
  close(): void {
    this.transport.close();
  }
}`,
      "two of a class that has nothing but its name to say so": `
class Panel {
  constructor(private readonly name: string) {}
  show(): void { console.log("shown", this.name); }
  close(): void { console.log("hidden", this.name); }
}
export class View {
  private readonly left = new Panel("left");
  private readonly right = new Panel("right");
  show(): void { this.left.show(); this.right.show(); }
  close(): void { for (const one of [this.left, this.right]) one.close(); }
}`,
      finally: `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #a: Handle | undefined;
  #b: Handle | undefined;
  read(): string {
    this.#a ??= open("a");
    this.#b ??= open("b");
    return this.#a.read() + this.#b.read();
  }
  close(): void {
    try {
      this.#a?.close();
    } finally {
      this.#b?.close();
    }
  }
}`,
      "through a private method": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open();
  close(): void {
    this.#really();
  }
  #really(): void {
    this.#h.close();
  }
}`,
      alias: `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined = open();
  close(): void {
    const h = this.#h;
    this.#h = undefined;
    h?.close();
  }
}`,
      destructured: `
import { open } from "./kit/handles.js";
export class Session {
  private readonly h = open();
  close(): void {
    const { h } = this;
    h.close();
  }
}`,
      "guard, early return": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined = open();
  close(): void {
    if (this.#h === undefined) return;
    this.#h.close();
    this.#h = undefined;
  }
}`,
      "guard, closed once": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open();
  #closed = false;
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#h.close();
  }
}`,
      "guard of the resource itself": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open();
  close(): void {
    if (!this.#h.closed) this.#h.close();
  }
}`,
      "async, promise chain": `
import { open, type FileHandle } from "node:fs/promises";
export class Log {
  #file: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#file = await open(path);
  }
  stop(): Promise<void> {
    return Promise.resolve(this.#file).then((file) => file?.close());
  }
}`,
      "async, allSettled": `
import { open, type FileHandle } from "node:fs/promises";
export class Pair {
  #a: FileHandle | undefined;
  #b: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#a = await open(path);
    this.#b = await open(path);
  }
  async stop(): Promise<void> {
    await Promise.allSettled([this.#a?.close(), this.#b?.close()]);
  }
}`,
      "an array, loop": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(open(path));
  }
  close(): void {
    for (const h of this.#all) h.close();
    this.#all.length = 0;
  }
}`,
      "a map, forEach": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, open(path));
  }
  close(): void {
    this.#all.forEach((h) => h.close());
    this.#all.clear();
  }
}`,
      "a set, async": `
import { open, type FileHandle } from "node:fs/promises";
export class Files {
  readonly #all = new Set<FileHandle>();
  async add(path: string): Promise<void> {
    this.#all.add(await open(path));
  }
  async close(): Promise<void> {
    await Promise.allSettled([...this.#all].map((file) => file.close()));
    this.#all.clear();
  }
}`,
    },
    quiet: {
      "a store of the same file": `
import { open } from "./kit/handles.js";
class Store {
  readonly #all: Disposable[] = [];
  add<T extends Disposable>(one: T): T {
    this.#all.push(one);
    return one;
  }
  dispose(): void {
    for (const one of this.#all) one[Symbol.dispose]();
  }
}
export class Session {
  readonly #store = new Store();
  readonly #h = this.#store.add(open());
  read(): string {
    return this.#h.read();
  }
  dispose(): void {
    this.#store.dispose();
  }
}`,
      "a stack that is empty when the constructor throws": `
import fs from "node:fs";
export class Session implements Disposable {
  readonly #stack = new DisposableStack();
  constructor(path: string) {
    const fd = fs.openSync(path, "r");
    this.#stack.defer(() => fs.closeSync(fd));
  }
  [Symbol.dispose](): void {
    this.#stack.dispose();
  }
}`,
      "a stack": `
import { open } from "./kit/handles.js";
export class Session implements Disposable {
  readonly #stack = new DisposableStack();
  readonly #a = this.#stack.use(open("a"));
  readonly #b = this.#stack.use(open("b"));
  read(): string {
    return this.#a.read() + this.#b.read();
  }
  [Symbol.dispose](): void {
    this.#stack.dispose();
  }
}`,
      "both, one after the other": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #a = open("a");
  readonly #b = open("b");
  close(): void {
    this.#a.close();
    this.#b.close();
  }
}`,
      "both, a loop over a literal": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #a = open("a");
  readonly #b = open("b");
  close(): void {
    for (const h of [this.#a, this.#b]) h.close();
  }
}`,
      "closures that share variables": `
import { open } from "./kit/handles.js";
export function make() {
  const a = open("a");
  const b = open("b");
  return {
    close(): void {
      a.close();
      b.close();
    },
  };
}`,
    },
  },

  "D13 in a class: one failing release skips the next": {
    leak: {
      "two awaited closes": `
import { open, type FileHandle } from "node:fs/promises";
export class Pair {
  #a: FileHandle | undefined;
  #b: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#a = await open(path);
    this.#b = await open(path); //! fieldNotReleasedOnThrow
  }
  async stop(): Promise<void> {
    await this.#a?.close();
    await this.#b?.close();
  }
}`,
      "a throw before the close": `
import fs from "node:fs";
export class Log {
  private readonly fd: number;
  #lines = 0;
  constructor(path: string) {
    this.fd = fs.openSync(path, "a"); //! fieldNotReleasedOnThrow
  }
  write(text: string): void {
    this.#lines += fs.writeSync(this.fd, text);
  }
  close(): void {
    if (this.#lines === 0) throw new Error("nothing was written");
    fs.closeSync(this.fd);
  }
}`,
      "a flush that may reject": `
import { open, type FileHandle } from "node:fs/promises";
export class Log {
  #file: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#file = await open(path, "a"); //! fieldNotReleasedOnThrow
  }
  async stop(): Promise<void> {
    await this.#file?.sync();
    await this.#file?.close();
  }
}`,
    },
    strict: {
      "two plain closes": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #a: Handle | undefined;
  #b: Handle | undefined;
  read(): string {
    this.#a ??= open("a");
    this.#b ??= open("b"); //! fieldNotReleasedOnThrow
    return this.#a.read() + this.#b.read();
  }
  close(): void {
    this.#a?.close();
    this.#b?.close();
  }
}`,
    },
    fine: {
      "the first close is caught": `
import { open, type FileHandle } from "node:fs/promises";
export class Pair {
  #a: FileHandle | undefined;
  #b: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#a = await open(path);
    this.#b = await open(path);
  }
  async stop(): Promise<void> {
    await this.#a?.close().catch(() => undefined);
    await this.#b?.close();
  }
}`,
      finally: `
import { open, type FileHandle } from "node:fs/promises";
export class Pair {
  #a: FileHandle | undefined;
  #b: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#a = await open(path);
    this.#b = await open(path);
  }
  async stop(): Promise<void> {
    try {
      await this.#a?.close();
    } finally {
      await this.#b?.close();
    }
  }
}`,
    },
  },

  "D35 closes the field of another instance": {
    leak: {
      "a parameter": `
import { open } from "./kit/handles.js";
export class Session {
  private readonly h = open(); //! fieldNotReleased
  close(other: Session): void {
    other.h.close();
  }
}`,
      "another field": `
import { open } from "./kit/handles.js";
export class Session {
  private readonly h = open(); //! fieldNotReleased
  constructor(private readonly parent?: Session) {}
  close(): void {
    this.parent?.h.close();
  }
}`,
    },
    fine: {
      "its own as well": `
import { open } from "./kit/handles.js";
export class Session {
  private readonly h = open();
  constructor(private readonly next?: Session) {}
  close(): void {
    try {
      this.h.close();
    } finally {
      this.next?.close();
    }
  }
}`,
    },
  },
});

verdicts(rule, "D. fields, 36-38", {
  "D36 a live field is overwritten": {
    leak: {
      "twice in one method": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  constructor(path: string) {
    this.#h = open("default");
    this.#h = open(path); //! fieldOverwritten
  }
  close(): void {
    this.#h.close();
  }
}`,
      method: `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle = open("first");
  use(path: string): void {
    this.#h = open(path); //! fieldOverwritten
  }
  close(): void {
    this.#h.close();
  }
}`,
      "method, through a local": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  use(path: string): string {
    const h = open(path); //! fieldOverwritten
    this.#h = h;
    return this.#h.read();
  }
  close(): void {
    this.#h?.close();
  }
}`,
      async: `
import { open, type FileHandle } from "node:fs/promises";
export class Log {
  #file: FileHandle | undefined;
  async rotate(path: string): Promise<void> {
    this.#file = await open(path, "a"); //! fieldOverwritten
    await this.#file.appendFile("begin");
  }
  async close(): Promise<void> {
    await this.#file?.close();
  }
}`,
      descriptor: `
import fs from "node:fs";
export class Log {
  private fd = -1;
  rotate(path: string): void {
    this.fd = fs.openSync(path, "a"); //! fieldOverwritten
  }
  close(): void {
    fs.closeSync(this.fd);
  }
}`,
      setter: `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  set path(path: string) {
    this.#h = open(path); //! fieldOverwritten
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "closed on one branch only": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  use(path: string, fresh: boolean): void {
    if (fresh) this.#h?.close();
    this.#h = open(path); //! fieldOverwritten
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "a callback that each event runs": `
import type { EventEmitter } from "node:events";
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  use(path: string, client: EventEmitter): void {
    client.on("job", () => {
      this.#h = open(path); //! fieldOverwritten
    });
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "an opener that another method calls again": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  start(path: string): void {
    this.#h = open(path); //! fieldOverwritten
  }
  restart(path: string): void {
    this.start(path);
    this.start(path);
  }
  close(): void {
    this.#h?.close();
  }
}`,
    },
    fine: {
      "a callback of what has no type": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  use(path: string, client: any): Promise<void> {
    return client.ready().then(() => {
      this.#h = open(path);
    });
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "a flag says that it was filled": `
import { open, type Handle } from "./kit/handles.js";
export class Log {
  #started = false;
  #h: Handle | undefined;
  ensure(): void {
    if (this.#started) return;
    this.#started = true;
    this.#h = open();
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "a counter says that it was filled": `
import { open, type Handle } from "./kit/handles.js";
export class Log {
  #users = 0;
  #h: Handle | undefined;
  join(): void {
    if (this.#users++ === 0) {
      this.#h = open();
    }
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "the old one closed first": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  use(path: string): void {
    this.#h?.close();
    this.#h = open(path);
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "the old one closed first, `if`": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | null = null;
  use(path: string): void {
    if (this.#h !== null) {
      this.#h.close();
    }
    this.#h = open(path);
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "the old one closed first, by another method": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  use(path: string): void {
    this.close();
    this.#h = open(path);
  }
  close(): void {
    this.#h?.close();
    this.#h = undefined;
  }
}`,
      "known unset": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  get(path: string): Handle {
    if (this.#h === undefined) this.#h = open(path);
    return this.#h;
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "known unset, throws otherwise": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  use(path: string): void {
    if (this.#h) throw new Error("in use");
    this.#h = open(path);
  }
  close(): void {
    this.#h?.close();
    this.#h = undefined;
  }
}`,
      "`??=`": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  get(): Handle {
    return (this.#h ??= open());
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "first assignment in the constructor": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  constructor(path: string) {
    this.#h = path === "" ? open() : open(path);
  }
  close(): void {
    this.#h.close();
  }
}`,
      "private opener that only the constructor calls": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h!: Handle;
  constructor(path: string) {
    this.#begin(path);
  }
  #begin(path: string): void {
    this.#h = open(path);
  }
  close(): void {
    this.#h.close();
  }
}`,
      "the old one closed after": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  use(path: string): void {
    const old = this.#h;
    this.#h = open(path);
    old?.close();
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "a map's entry under a `has` guard": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (this.#all.has(path)) return;
    this.#all.set(path, open(path));
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
  }
}`,
      "a map's entry, the old one closed first": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    this.#all.get(path)?.close();
    this.#all.set(path, open(path));
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
  }
}`,
    },
    quiet: {
      "a map's entry": `
import { open, type Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    this.#all.set(path, open(path));
  }
  close(): void {
    for (const h of this.#all.values()) h.close();
  }
}`,
      "an opener by contract: start": `
import { open, type FileHandle } from "node:fs/promises";
export class Log {
  #file: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#file = await open(path, "a");
  }
  async stop(): Promise<void> {
    await this.#file?.close();
  }
}`,
      "an opener by contract: open": `
import fs from "node:fs";
export class Log {
  private fd = -1;
  open(path: string): void {
    this.fd = fs.openSync(path, "a");
  }
  close(): void {
    fs.closeSync(this.fd);
  }
}`,
      "a lifecycle hook": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  onModuleInit(): void {
    this.#h = open();
  }
  onModuleDestroy(): void {
    this.#h?.close();
  }
}`,
    },
    strict: {
      "closed, then an await, then assigned": `
import { open, type FileHandle } from "node:fs/promises";
export class Log {
  #file: FileHandle | undefined;
  async rotate(path: string): Promise<void> {
    await this.#file?.close();
    this.#file = await open(path, "a"); //! fieldOverwritten
  }
  async close(): Promise<void> {
    await this.#file?.close();
  }
}`,
    },
  },

  "D37 the constructor throws after it acquired": {
    // Leaving the `using` scope may throw, as far as anybody can see.
    quiet: {
      "a stack that is moved at the end": `
import { open, type Handle } from "./kit/handles.js";
export class Session implements Disposable {
  readonly #stack: DisposableStack;
  readonly #h: Handle;
  constructor(text: string) {
    using stack = new DisposableStack();
    this.#h = stack.use(open());
    JSON.parse(text);
    this.#stack = stack.move();
  }
  read(): string {
    return this.#h.read();
  }
  [Symbol.dispose](): void {
    this.#stack.dispose();
  }
}`,
    },
    leak: {
      "explicit throw": `
import fs from "node:fs";
export class Log {
  readonly #fd: number;
  constructor(path: string, owner: string) {
    this.#fd = fs.openSync(path, "a"); //! leaksOnConstructorThrow
    if (owner === "") throw new Error("no owner");
  }
  close(): void {
    fs.closeSync(this.#fd);
  }
}`,
      "known to throw on bad data": `
import fs from "node:fs";
export class Settings {
  private readonly fd: number;
  readonly value: unknown;
  constructor(path: string, text: string) {
    this.fd = fs.openSync(path, "a"); //! leaksOnConstructorThrow
    this.value = JSON.parse(text);
  }
  close(): void {
    fs.closeSync(this.fd);
  }
}`,
      "a method that throws": `
import net from "node:net";
export class Client {
  readonly #socket: net.Socket;
  constructor(port: number, name: string) {
    this.#socket = net.connect(port); //! leaksOnConstructorThrow
    this.#check(name);
  }
  #check(name: string): void {
    if (name === "") throw new Error("no name");
  }
  close(): void {
    this.#socket.destroy();
  }
}`,
      "initialiser, then a throw": `
import fs from "node:fs";
export class Log {
  readonly #fd = fs.openSync("log", "a"); //! leaksOnConstructorThrow
  constructor(owner: string) {
    if (owner === "") throw new Error("no owner");
  }
  close(): void {
    fs.closeSync(this.#fd);
  }
}`,
    },
    strict: {
      "a plain call": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  constructor() {
    this.#h = open(); //! leaksOnConstructorThrow
    this.#h.write("header");
  }
  close(): void {
    this.#h.close();
  }
}`,
    },
    fine: {
      "closes, then throws": `
import fs from "node:fs";
export class Log {
  readonly #fd: number;
  constructor(path: string, text: string) {
    this.#fd = fs.openSync(path, "a");
    try {
      JSON.parse(text);
    } catch (error) {
      fs.closeSync(this.#fd);
      throw error;
    }
  }
  close(): void {
    fs.closeSync(this.#fd);
  }
}`,
      "checks first": `
import fs from "node:fs";
export class Log {
  readonly #fd: number;
  constructor(path: string, owner: string) {
    if (owner === "") throw new Error("no owner");
    this.#fd = fs.openSync(path, "a");
  }
  close(): void {
    fs.closeSync(this.#fd);
  }
}`,
    },
  },

  "D38 the release of a subclass does not call its base's": {
    todo: {
      "on one path only": {
        code: `
import { open } from "./kit/handles.js";
class Base {
  readonly #h = open("base");
  close(): void {
    this.#h.close();
  }
}
export class Derived extends Base {
  #quiet = false;
  override close(): void { //! missingSuper
    if (this.#quiet) return;
    super.close();
  }
}`,
        reason: "a call of super counts on whatever path it is",
      },
    },
    leak: {
      close: `
import { open } from "./kit/handles.js";
class Base {
  readonly #h = open("base");
  close(): void {
    this.#h.close();
  }
}
export class Derived extends Base {
  readonly #mine = open("mine");
  override close(): void { //! missingSuper
    this.#mine.close();
  }
}`,
      "nothing of its own": `
import { open } from "./kit/handles.js";
class Base {
  protected readonly h = open("base");
  close(): void {
    this.h.close();
  }
}
export class Derived extends Base {
  override close(): void { //! missingSuper
    console.log("closed");
  }
}`,
      "[Symbol.dispose]": `
import { open } from "./kit/handles.js";
class Base implements Disposable {
  readonly #h = open("base");
  [Symbol.dispose](): void {
    this.#h.close();
  }
}
export class Derived extends Base {
  override [Symbol.dispose](): void { //! missingSuper
    console.log("closed");
  }
}`,
      async: `
import { open, type FileHandle } from "node:fs/promises";
class Base {
  #file: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#file = await open(path);
  }
  async close(): Promise<void> {
    await this.#file?.close();
  }
}
export class Derived extends Base {
  override async close(): Promise<void> { //! missingSuper
    await Promise.resolve();
  }
}`,
      "two classes up": `
import { open } from "./kit/handles.js";
class Base {
  readonly #h = open("base");
  close(): void {
    this.#h.close();
  }
}
class Middle extends Base {
  readonly name = "middle";
}
export class Derived extends Middle {
  override close(): void { //! missingSuper
    console.log(this.name);
  }
}`,
    },
    fine: {
      "releases the base's field itself": `
import { open } from "./kit/handles.js";
class Base {
  protected readonly h = open("base");
  close(): void {
    this.h.close();
  }
}
export class Derived extends Base {
  override close(): void {
    this.h.close();
  }
}`,
      "the base owns nothing": `
import { open } from "./kit/handles.js";
class Base {
  close(): void {
    console.log("closed");
  }
}
export class Derived extends Base {
  readonly #mine = open("mine");
  override close(): void {
    this.#mine.close();
  }
}`,
      "not overridden": `
import { open } from "./kit/handles.js";
class Base {
  readonly #h = open("base");
  close(): void {
    this.#h.close();
  }
}
export class Derived extends Base {
  readonly name = "derived";
}`,
      "the base closes what the subclass opens": `
import { open, type Handle } from "./kit/handles.js";
class Base {
  protected h: Handle | undefined;
  close(): void {
    this.h?.close();
  }
}
export class Derived extends Base {
  constructor() {
    super();
    this.h = open();
  }
}`,
    },
    // What is made first is lost when the next call throws.
    quiet: {
      super: `
import { open } from "./kit/handles.js";
class Base {
  readonly #h = open("base");
  close(): void {
    this.#h.close();
  }
}
export class Derived extends Base {
  readonly #mine = open("mine");
  override close(): void {
    try {
      this.#mine.close();
    } finally {
      super.close();
    }
  }
}`,
    },
  },
});

verdicts(rule, "D. fields, 39-42, and pending ones", {
  "D39 a field mixes injected and created": {
    leak: {
      "nothing releases the created one": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  constructor(h?: Handle) {
    this.#h = h ?? open(); //! noRelease
  }
  read(): string {
    return this.#h.read();
  }
}`,
    },
    fine: {
      "owner flag": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  readonly #owns: boolean;
  constructor(h?: Handle) {
    this.#owns = h === undefined;
    this.#h = h ?? open();
  }
  close(): void {
    if (this.#owns) this.#h.close();
  }
}`,
      "the created one in a field of its own": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  readonly #own: Handle | undefined;
  constructor(h?: Handle) {
    this.#own = h === undefined ? open() : undefined;
    this.#h = h ?? this.#own!;
  }
  read(): string {
    return this.#h.read();
  }
  close(): void {
    this.#own?.close();
  }
}`,
    },
    quiet: {
      "closed in any case": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  readonly #h: Handle;
  constructor(h?: Handle) {
    this.#h = h ?? open();
  }
  close(): void {
    this.#h.close();
  }
}`,
    },
  },

  "D40 reconnecting replaces the handle": {
    leak: {
      reconnect: `
import net from "node:net";
export class Client {
  #socket: net.Socket;
  constructor(private readonly port: number) {
    this.#socket = net.connect(port);
  }
  reconnect(): void {
    this.#socket = net.connect(this.port); //! fieldOverwritten
  }
  close(): void {
    this.#socket.destroy();
  }
}`,
      "in a listener": `
import net from "node:net";
import type { EventEmitter } from "node:events";
export class Client {
  #socket: net.Socket | undefined;
  constructor(port: number, network: EventEmitter) {
    network.on("up", () => {
      this.#socket = net.connect(port); //! fieldOverwritten
    });
  }
  close(): void {
    this.#socket?.destroy();
  }
}`,
    },
    fine: {
      "the old one closed first": `
import net from "node:net";
export class Client {
  #socket: net.Socket;
  constructor(private readonly port: number) {
    this.#socket = net.connect(port);
  }
  reconnect(): void {
    this.#socket.destroy();
    this.#socket = net.connect(this.port);
  }
  close(): void {
    this.#socket.destroy();
  }
}`,
      "when the old one has ended": `
import net from "node:net";
export class Client {
  #socket: net.Socket | undefined;
  constructor(private readonly port: number) {}
  connect(): void {
    const socket = net.connect(this.port);
    socket.once("close", () => {
      this.#socket = undefined;
    });
    this.#socket?.destroy();
    this.#socket = socket;
  }
  close(): void {
    this.#socket?.destroy();
  }
}`,
    },
  },

  "D41 a release that nobody can call": {
    strict: {
      "private, and not called": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open(); //! noRelease
  read(): string {
    return this.#h.read();
  }
  private close(): void {
    this.#h.close();
  }
}`,
    },
    fine: {
      "public, as an API": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open();
  close(): void {
    this.#h.close();
  }
}`,
      "private, called by a public one": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open();
  private close(): void {
    this.#h.close();
  }
  stop(): void {
    this.close();
  }
}`,
      "private, registered as a listener": `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open();
  constructor(signal: AbortSignal) {
    signal.addEventListener("abort", () => this.close());
  }
  private close(): void {
    this.#h.close();
  }
}`,
    },
  },

  "D42 a hook of a framework releases": {
    leak: {
      "and forgets one: NestJS, by interface": `
/// <reference path="./kit/frameworks.d.ts" />
import type { OnModuleDestroy, OnModuleInit } from "@nestjs/common";
import { open, type Handle } from "./kit/handles.js";
export class Service implements OnModuleInit, OnModuleDestroy {
  #a: Handle | undefined;
  #b: Handle | undefined;
  onModuleInit(): void {
    this.#a = open("a");
    this.#b = open("b"); //! fieldNotReleased
  }
  onModuleDestroy(): void {
    this.#a?.close();
    console.log(this.#b?.closed);
  }
}`,
      "and forgets one: NestJS, by decorator": `
/// <reference path="./kit/frameworks.d.ts" />
import { Injectable } from "@nestjs/common";
import { open } from "./kit/handles.js";
@Injectable()
export class Service {
  readonly #a = open("a"); //! fieldNotReleased
  onModuleDestroy(): void {
    console.log(this.#a.closed);
  }
}`,
      "and forgets one: Angular, by decorator": `
/// <reference path="./kit/frameworks.d.ts" />
import { Component } from "@angular/core";
import { open } from "./kit/handles.js";
@Component({ selector: "app-view" })
export class View {
  readonly #a = open("a"); //! fieldNotReleased
  ngOnDestroy(): void {
    console.log(this.#a.closed);
  }
}`,
      "and forgets one: React, by base class": `
/// <reference path="./kit/frameworks.d.ts" />
import { Component } from "react";
import { open } from "./kit/handles.js";
export class View extends Component {
  private readonly h = open(); //! fieldNotReleased
  componentWillUnmount(): void {
    console.log(this.h.closed);
  }
}`,
      "and forgets one: web component, by base class": `
import { open, type Handle } from "./kit/handles.js";
export class Clock extends HTMLElement {
  #h: Handle | undefined;
  connectedCallback(): void {
    this.#h ??= open(); //! fieldNotReleased
  }
  disconnectedCallback(): void {
    this.#h = undefined;
  }
}
customElements.define("x-clock", Clock);`,
      "a hook that no framework calls": `
import { open } from "./kit/handles.js";
export class View {
  readonly #h = open(); //! noRelease
  ngOnDestroy(): string {
    return this.#h.read();
  }
}`,
      "an emitter, whose base ends nothing of it": `
import { EventEmitter } from "node:events";
import { open } from "./kit/handles.js";
export class Feed extends EventEmitter {
  readonly #h = open(); //! noRelease
  read(): void {
    this.emit("data", this.#h.read());
  }
}`,
    },
    fine: {
      NestJS: `
/// <reference path="./kit/frameworks.d.ts" />
import type { OnModuleDestroy } from "@nestjs/common";
import { open } from "./kit/handles.js";
export class Service implements OnModuleDestroy {
  readonly #h = open();
  onModuleDestroy(): void {
    this.#h.close();
  }
}`,
      Angular: `
/// <reference path="./kit/frameworks.d.ts" />
import { Component, type OnDestroy } from "@angular/core";
import { open } from "./kit/handles.js";
@Component({ selector: "app-view" })
export class View implements OnDestroy {
  readonly #h = open();
  ngOnDestroy(): void {
    this.#h.close();
  }
}`,
      React: `
/// <reference path="./kit/frameworks.d.ts" />
import * as React from "react";
import { open } from "./kit/handles.js";
export class View extends React.Component {
  private readonly h = open();
  override componentWillUnmount(): void {
    this.h.close();
  }
}`,
      "React, the class says nothing of it": `
import { open } from "./kit/handles.js";
export class View {
  private readonly h = open();
  componentWillUnmount(): void {
    this.h.close();
  }
}`,
      "web component": `
import { open, type Handle } from "./kit/handles.js";
export class Clock extends HTMLElement {
  #h: Handle | undefined;
  connectedCallback(): void {
    this.#h ??= open();
  }
  disconnectedCallback(): void {
    this.#h?.close();
    this.#h = undefined;
  }
}`,
      "a disposable by its shape": `
import { open } from "./kit/handles.js";
export class Panel {
  readonly #h = open();
  dispose(): void {
    this.#h.close();
  }
}`,
      "a store of subscriptions that the framework disposes": `
import { open, type Handle } from "./kit/handles.js";
interface Context {
  readonly subscriptions: { dispose(): unknown }[];
}
export class Panel {
  readonly #h: Handle;
  constructor(context: Context) {
    const h = open();
    context.subscriptions.push({ dispose: () => h.close() });
    this.#h = h;
  }
  read(): string {
    return this.#h.read();
  }
}`,
    },
  },

  "D33 and G60 a pending acquisition in a field": {
    leak: {
      "promise chain": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
export class Feed {
  #pending: Promise<AsyncHandle> | undefined;
  #handle: AsyncHandle | undefined;
  start(): void {
    this.#pending = openAsync(); //! pendingNotReleased
    void this.#pending.then((handle) => {
      this.#handle = handle;
    });
  }
  async close(): Promise<void> {
    await this.#handle?.close();
  }
}`,
      "close knows only the finished one": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
export class Feed {
  #pending: Promise<AsyncHandle> | undefined;
  #handle: AsyncHandle | undefined;
  async start(): Promise<void> {
    this.#pending = openAsync(); //! pendingNotReleased
    this.#handle = await this.#pending;
    this.#pending = undefined;
  }
  async close(): Promise<void> {
    await this.#handle?.close();
  }
}`,
      "nothing releases it": `
import { open, type FileHandle } from "node:fs/promises";
export class Log {
  readonly #file: Promise<FileHandle>;
  constructor(path: string) {
    this.#file = open(path, "a"); //! noRelease
  }
  async append(line: string): Promise<void> {
    await (await this.#file).appendFile(line);
  }
}`,
    },
    fine: {
      "close waits for it": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
export class Feed {
  readonly #pending: Promise<AsyncHandle> = openAsync();
  async close(): Promise<void> {
    const handle = await this.#pending;
    await handle.close();
  }
}`,
      "close chains on it": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
export class Feed {
  #pending: Promise<AsyncHandle> | undefined;
  start(): void {
    this.#pending ??= openAsync();
  }
  close(): Promise<void> | undefined {
    return this.#pending?.then((handle) => handle.close());
  }
}`,
      "close waits for both": `
import { openAsync, type AsyncHandle } from "./kit/handles.js";
export class Feed {
  #pending: Promise<AsyncHandle> | undefined;
  #handle: AsyncHandle | undefined;
  async start(): Promise<void> {
    this.#pending ??= openAsync();
    this.#handle = await this.#pending;
  }
  async close(): Promise<void> {
    await this.#pending?.then((handle) => handle.close());
    this.#handle = undefined;
  }
}`,
    },
  },
});
