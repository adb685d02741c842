/** Section B of the verdicts, 16 to 20: temporaries and results that nobody binds. */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-unclosed-disposable";

verdicts(rule, "B. temporaries", {
  "B16 the resource is only the head of a chain": {
    leak: {
      "method call": `
import { open } from "./kit/handles.js";
export function f(): string {
  return open("a").read(); //! resultDropped
}`,
      "result bound, resource not": `
import { open } from "./kit/handles.js";
export const f = (): string => {
  const text = open("a").read(); //! resultDropped
  return text.trim();
};`,
      constructed: `
import { Handle } from "./kit/handles.js";
export function f(): void {
  new Handle("a").write("x"); //! resultDropped
}`,
      "optional chain": `
import { openMaybe } from "./kit/handles.js";
export function f(): string | undefined {
  return openMaybe("a")?.read(); //! resultDropped
}`,
      "awaited file handle": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<string> {
  return (await open(path)).readFile("utf8"); //! resultDropped
}`,
      "property read": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<number> {
  return (await open(path)).fd; //! resultDropped
}`,
      destructured: `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<number> {
  const { fd } = await open(path); //! resultDropped
  return fd;
}`,
      "socket, in a method": `
import net from "node:net";
export class Pinger {
  ping(port: number): void {
    net.connect(port).write("ping"); //! resultDropped
  }
}`,
      "fluent call, then a plain one": `
import { open } from "./kit/handles.js";
export function f(): string {
  return open().on("error", console.error).read(); //! resultDropped
}`,
      "in a template": `
import { open } from "./kit/handles.js";
export function f(): string {
  return \`text: \${open().read()}\`; //! resultDropped
}`,
      "in an arm of a ternary": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): string {
  return condition() ? open().read() : ""; //! resultDropped
}`,
      "two temporaries, two reports": `
import { open } from "./kit/handles.js";
export function f(): string {
  return open("a").read() + open("b").read(); //! resultDropped resultDropped
}`,
      "compared, not kept": `
import { open } from "./kit/handles.js";
export function f(): boolean {
  return open("a") instanceof Object; //! resultDropped
}`,
    },
    fine: {
      "closed in the chain": `
import { open } from "./kit/handles.js";
export function touch(): void {
  open("a").close();
}`,
      "closed in the chain, constructed": `
import { Handle } from "./kit/handles.js";
export class Toucher {
  touch(): void {
    new Handle("a").close();
  }
}`,
      "closed in the chain, optional": `
import { openMaybe } from "./kit/handles.js";
export function touch(): void {
  openMaybe("a")?.close();
}`,
      "disposed in the chain": `
import { open } from "./kit/handles.js";
export const touch = (): void => open("a")[Symbol.dispose]();`,
      "awaited file handle": `
import { open } from "node:fs/promises";
export async function touch(path: string): Promise<void> {
  await (await open(path, "a")).close();
}`,
      "promise chain": `
import { open } from "node:fs/promises";
export function touch(path: string): Promise<void> {
  return open(path, "a").then((file) => file.close());
}`,
      descriptor: `
import fs from "node:fs";
export function touch(path: string): void {
  fs.closeSync(fs.openSync(path, "a"));
}`,
      "socket ended": `
import net from "node:net";
export function ping(port: number): void {
  net.connect(port).end("ping");
}`,
      "write stream ended": `
import fs from "node:fs";
export function save(path: string, text: string): void {
  fs.createWriteStream(path).end(text);
}`,
      "head of the chain is borrowed": `
import type { Handle } from "./kit/handles.js";
export class Holder {
  constructor(private readonly h: Handle) {}
  current(): Handle {
    return this.h;
  }
  read(): string {
    return this.current().read();
  }
}`,
    },
    quiet: {
      "fluent call, then closed": `
import { open } from "./kit/handles.js";
export function touch(): void {
  open("a").on("error", console.error).close();
}`,
      "fluent calls, then ended": `
import net from "node:net";
export function ping(port: number): void {
  net.connect(port).setNoDelay(true).end("ping");
}`,
    },
  },

  "B17 result ignored": {
    leak: {
      "bare call": `
import { open } from "./kit/handles.js";
export function f(): void {
  open(); //! resultDropped
}`,
      "bare construction": `
import { Handle } from "./kit/handles.js";
export const f = (): void => {
  new Handle("a"); //! resultDropped
};`,
      void: `
import { open } from "./kit/handles.js";
export function f(): void {
  void open(); //! resultDropped
}`,
      awaited: `
import { open } from "node:fs/promises";
export async function exists(path: string): Promise<boolean> {
  try {
    await open(path); //! resultDropped
    return true;
  } catch {
    return false;
  }
}`,
      "not even awaited": `
import { openAsync } from "./kit/handles.js";
export function f(): void {
  openAsync(); //! resultDropped
}`,
      "void, not awaited": `
import { openAsync } from "./kit/handles.js";
export function f(): void {
  void openAsync(); //! resultDropped
}`,
      "not awaited, with a `catch`": `
import { openAsync } from "./kit/handles.js";
export function f(): void {
  openAsync().catch(console.error); //! resultDropped
}`,
      "promise bound and forgotten": `
import { openAsync } from "./kit/handles.js";
export function f(): string {
  const pending = openAsync(); //! neverReleased
  return String(pending);
}`,
      "logical and": `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  condition() && open(); //! resultDropped
}`,
      ternary: `
import { open } from "./kit/handles.js";
import { condition } from "./kit/opaque.js";
export function f(): void {
  condition() ? open() : console.log("nothing"); //! resultDropped
}`,
      comma: `
import { open } from "./kit/handles.js";
import { compute } from "./kit/opaque.js";
export function f(): number {
  return open(), compute(); //! resultDropped
}`,
      "callback whose result nobody takes": `
import { open } from "./kit/handles.js";
export function f(paths: readonly string[]): void {
  paths.forEach((path) => open(path)); //! resultDropped
}`,
      descriptor: `
import fs from "node:fs";
export function touch(path: string): void {
  fs.openSync(path, "a"); //! resultDropped
}`,
      socket: `
import { connect } from "node:net";
export class Knocker {
  knock(port: number): void {
    connect(port); //! resultDropped
  }
}`,
      watcher: `
import fs from "node:fs";
export function f(path: string): void {
  fs.watch(path); //! resultDropped
}`,
      "fluent call on the fresh resource": `
import { open } from "./kit/handles.js";
export function f(): void {
  open().on("error", console.error); //! resultDropped
}`,
    },
    fine: {
      "result is not a resource": `
import type { Handle } from "./kit/handles.js";
export function f(h: Handle): void {
  h.read();
}`,
      "fluent call on a resource that is owned": `
import { open } from "./kit/handles.js";
export function f(): void {
  using h = open();
  h.on("error", console.error);
}`,
      "concise arrow returns it": `
import { open } from "./kit/handles.js";
export const f = (path: string) => open(path);`,
      "callback whose result is returned": `
import { open, type Handle } from "./kit/handles.js";
export function f(paths: readonly string[]): Handle[] {
  return paths.map((path) => open(path));
}`,
      "void of a chain that closes": `
import { openAsync } from "./kit/handles.js";
export function touch(): void {
  void openAsync().then((h) => h.close());
}`,
      "promise bound, then awaited and closed": `
import { openAsync } from "./kit/handles.js";
export async function f(): Promise<void> {
  const pending = openAsync();
  const h = await pending;
  await h.close();
}`,
      "statement value is already owned": `
import { open } from "./kit/handles.js";
export function f(): void {
  using stack = new DisposableStack();
  stack.use(open());
}`,
    },
  },

  "B18 a fresh resource as an argument": {
    leak: {
      "helper only reads": `
import { open, type Handle } from "./kit/handles.js";
function firstLine(h: Handle): string {
  return h.read().split("\\n")[0] ?? "";
}
export function f(): string {
  return firstLine(open()); //! resultDropped
}`,
      "helper only reads, arrow and alias inside": `
import { open, type Handle } from "./kit/handles.js";
const firstLine = (given: Handle): string => {
  const h = given;
  return h.read();
};
export function f(): string {
  return firstLine(open()); //! resultDropped
}`,
      "method only reads": `
import { open, type Handle } from "./kit/handles.js";
export class Counter {
  private count(h: Handle): number {
    return h.read().length;
  }
  total(): number {
    return this.count(open("a")); //! resultDropped
  }
}`,
      "helper destructures an options object": `
import { open, type Handle } from "./kit/handles.js";
function read({ h }: { h: Handle }): string {
  return h.read();
}
export function f(): string {
  return read({ h: open() }); //! resultDropped
}`,
      "async helper only reads": `
import { open, type FileHandle } from "node:fs/promises";
async function readAll(file: FileHandle): Promise<string> {
  return await file.readFile("utf8");
}
export async function f(path: string): Promise<string> {
  return await readAll(await open(path)); //! resultDropped
}`,
      "function of Node": `
import fs from "node:fs";
export function f(path: string): string {
  return fs.readFileSync(fs.openSync(path, "r"), "utf8"); //! resultDropped
}`,
      "function of the standard library": `
import { open } from "./kit/handles.js";
export function f(): string {
  return JSON.stringify(open()); //! resultDropped
}`,
      console: `
import { open } from "./kit/handles.js";
export function f(): void {
  console.log(open()); //! resultDropped
}`,
      "constructor that keeps it in a field nobody releases": `
import { open, type Handle } from "./kit/handles.js";
class Reader {
  readonly #h: Handle;
  constructor(h: Handle) {
    this.#h = h;
  }
  read(): string {
    return this.#h.read();
  }
}
export function f(): string {
  const reader = new Reader(open()); //! neverReleased
  return reader.read();
}`,
    },
    strict: {
      "unknown callee": `
import { open } from "./kit/handles.js";
import { use } from "./kit/opaque.js";
export function f(): void {
  use(open()); //! resultDropped
}`,
      "unknown callee, constructed": `
import { Handle } from "./kit/handles.js";
import { keep } from "./kit/opaque.js";
export const f = (): void => {
  keep(new Handle("a")); //! resultDropped
};`,
      "unknown callee, awaited": `
import { openAsync } from "./kit/handles.js";
import { useAsync } from "./kit/opaque.js";
export async function f(): Promise<void> {
  await useAsync(await openAsync()); //! resultDropped
}`,
      "unknown callee, bound to a name first": `
import { open } from "./kit/handles.js";
import { use } from "./kit/opaque.js";
export function f(): void {
  const h = open(); //! neverReleased
  use(h);
}`,
      "unknown callee, descriptor": `
import fs from "node:fs";
import { use } from "./kit/opaque.js";
export function f(path: string): void {
  const fd = fs.openSync(path, "r"); //! neverReleased
  use(fd);
}`,
      "unknown method of a parameter": `
import { open, type Handle } from "./kit/handles.js";
export class Job {
  run(sink: { accept(h: Handle): void }): void {
    sink.accept(open()); //! resultDropped
  }
}`,
      "unknown callback": `
import { open, type Handle } from "./kit/handles.js";
export function f(done: (h: Handle) => void): void {
  done(open()); //! resultDropped
}`,
    },
    fine: {
      "owning constructor, using": `
import { open, Wrapper } from "./kit/handles.js";
export function f(): string {
  using w = new Wrapper(open());
  return w.read();
}`,
      "owning constructor, closed": `
import { open, Wrapper } from "./kit/handles.js";
export function f(): string {
  const w = new Wrapper(open());
  try {
    return w.read();
  } finally {
    w.close();
  }
}`,
      "owning constructor, returned": `
import { open, Wrapper } from "./kit/handles.js";
export const f = (): Wrapper => new Wrapper(open());`,
      "owning class of the file": `
import { open, type Handle } from "./kit/handles.js";
class Session {
  constructor(private readonly h: Handle) {}
  close(): void {
    this.h.close();
  }
}
export function f(): void {
  const session = new Session(open());
  session.close();
}`,
      "helper closes": `
import { open, type Handle } from "./kit/handles.js";
function readAndClose(h: Handle): string {
  try {
    return h.read();
  } finally {
    h.close();
  }
}
export function f(): string {
  return readAndClose(open());
}`,
      "helper closes, async": `
import { open, type FileHandle } from "node:fs/promises";
async function readAndClose(file: FileHandle): Promise<string> {
  try {
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}
export async function f(path: string): Promise<string> {
  return readAndClose(await open(path));
}`,
      "helper passes it through": `
import { open, type Handle } from "./kit/handles.js";
function tag<T>(value: T): T {
  return value;
}
export function f(): Handle {
  return tag(open());
}`,
      "helper borrows what its caller closes": `
import { open, type Handle } from "./kit/handles.js";
function firstLine(h: Handle): string {
  return h.read();
}
export function f(): string {
  using h = open();
  return firstLine(h);
}`,
    },
    quiet: {
      "unknown callee takes it over": `
import { open } from "./kit/handles.js";
import { keep } from "./kit/opaque.js";
export function f(): void {
  const h = open();
  keep({ h });
}`,
    },
  },

  // A bare unsubscribe function owes its call to `no-leaked-listener`, so this rule is silent there.
  "B19 stop handle ignored, or pushed into a list that is disposed": {
    leak: {
      ignored: `
declare function subscribe(listener: () => void): Disposable;
export function f(): void {
  subscribe(() => undefined); //! resultDropped
}`,
      "ignored, method": `
interface Feed {
  subscribe(listener: () => void): Disposable;
}
export class Panel {
  show(feed: Feed): void {
    feed.subscribe(() => this.show(feed)); //! resultDropped
  }
}`,
      "ignored, async": `
declare function start(): Promise<AsyncDisposable>;
export async function f(): Promise<void> {
  await start(); //! resultDropped
}`,
      "bound and forgotten": `
declare function subscribe(listener: () => void): Disposable;
export const f = (): boolean => {
  const subscription = subscribe(() => undefined); //! neverReleased
  return subscription !== undefined;
};`,
      "pushed into a local list that nobody disposes": `
declare function subscribe(listener: () => void): Disposable;
export function f(): number {
  const list: Disposable[] = [];
  list.push(subscribe(() => undefined)); //! neverReleased
  return list.length;
}`,
    },
    fine: {
      "an option may say when it ends": `
interface Bus {
  subscribe(subject: string, options: { max?: number; callback: () => void }): Disposable;
}
export function f(bus: Bus): void {
  bus.subscribe("news", { max: 3, callback: () => undefined });
}`,
      "local list disposed by a loop": `
import { work } from "./kit/opaque.js";
declare function subscribe(listener: () => void): Disposable;
export function f(): void {
  const list: Disposable[] = [];
  try {
    list.push(subscribe(() => undefined));
    work();
  } finally {
    for (const item of list) item[Symbol.dispose]();
  }
}`,
      "local list disposed by forEach": `
import { work } from "./kit/opaque.js";
declare function subscribe(listener: () => void): Disposable;
export function f(): void {
  const list: Disposable[] = [];
  list.push(subscribe(() => undefined));
  try {
    work();
  } finally {
    list.forEach((item) => item[Symbol.dispose]());
  }
}`,
      "list returned": `
declare function subscribe(listener: () => void): Disposable;
export const f = (): Disposable[] => {
  const list: Disposable[] = [];
  list.push(subscribe(() => undefined));
  return list;
};`,
      "list in a field that `dispose` walks": `
declare function subscribe(listener: () => void): Disposable;
export class Panel {
  private readonly list: Disposable[] = [];
  show(): void {
    this.list.push(subscribe(() => undefined));
  }
  dispose(): void {
    for (const item of this.list) item[Symbol.dispose]();
  }
}`,
      "list of the framework": `
declare function subscribe(listener: () => void): Disposable;
export function activate(context: { subscriptions: Disposable[] }): void {
  context.subscriptions.push(subscribe(() => undefined));
}`,
      "registered with a base class": `
declare function subscribe(listener: () => void): Disposable;
class Base {
  private readonly owned: Disposable[] = [];
  protected register<T extends Disposable>(item: T): T {
    this.owned.push(item);
    return item;
  }
  dispose(): void {
    for (const item of this.owned) item[Symbol.dispose]();
  }
}
export class Panel extends Base {
  show(): void {
    this.register(subscribe(() => undefined));
  }
}`,
      "disposable stack": `
import { work } from "./kit/opaque.js";
declare function subscribe(listener: () => void): Disposable;
export function f(): void {
  using stack = new DisposableStack();
  stack.use(subscribe(() => undefined));
  work();
}`,
      "plain unsubscribe function is another rule's": `
declare function subscribe(listener: () => void): () => void;
export function f(): void {
  subscribe(() => undefined);
}`,
    },
  },

  "B20 the awaited value is what counts": {
    leak: {
      "promise of a resource": `
import { openSoon } from "./kit/handles.js";
export async function f(): Promise<string> {
  const h = await openSoon(); //! neverReleased
  return h.read();
}`,
      "promise with more members": `
import type { Handle } from "./kit/handles.js";
declare function request(): Promise<Handle> & { abort(): void };
export async function f(): Promise<string> {
  const h = await request(); //! neverReleased
  return h.read();
}`,
      "promise of a resource, dropped": `
import { openSoon } from "./kit/handles.js";
export const f = async (): Promise<void> => {
  await openSoon(); //! resultDropped
};`,
      "promise of a resource, dropped by a chain": `
import { openSoon } from "./kit/handles.js";
export function f(): Promise<number> {
  return openSoon().then(() => 1); //! resultDropped
}`,
    },
    fine: {
      "disposable task, plain result": `
declare function launch(command: string): Promise<string> & Disposable;
export async function f(): Promise<string> {
  const output = await launch("ls");
  return output.trim();
}`,
      "disposable task, result ignored": `
declare function launch(command: string): Promise<string> & Disposable;
export async function f(): Promise<void> {
  await launch("ls");
}`,
      "disposable task, promise chain": `
declare function launch(command: string): Promise<string> & Disposable;
export function f(): Promise<string> {
  return launch("ls").then((output) => output.trim());
}`,
      "disposable task, interface": `
interface Task extends PromiseLike<number>, AsyncDisposable {
  cancel(): void;
}
declare class Runner {
  run(): Task;
}
export class Job {
  async code(runner: Runner): Promise<number> {
    return await runner.run();
  }
}`,
      "promise with a child process": `
import { exec } from "node:child_process";
import { promisify } from "node:util";
export async function f(): Promise<string> {
  const { stdout } = await promisify(exec)("ls");
  return stdout;
}`,
      "promise of a resource, closed": `
import { openSoon } from "./kit/handles.js";
export async function f(): Promise<void> {
  const h = await openSoon();
  h.close();
}`,
    },
  },
});
