/** Section D of the verdicts: owners that are no plain class, and the ways by which a field is filled. */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-undisposed-field";

verdicts(rule, "D. initialisers, stores, closures and static fields", {
  "D33 an initialiser that is more than one call": {
    leak: {
      "on a condition": `
import { open } from "./kit/handles.js";
import { flag } from "./kit/opaque.js";
export class Session {
  readonly #h = flag ? open() : undefined; //! noRelease
  read(): string | undefined {
    return this.#h?.read();
  }
}`,
      fluent: `
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open().on("error", console.log); //! noRelease
  read(): string {
    return this.#h.read();
  }
}`,
      "a default of a parameter property": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  constructor(private readonly h: Handle = open()) {} //! noRelease
  read(): string {
    return this.h.read();
  }
}`,
    },
    fine: {
      "on a condition": `
import { open } from "./kit/handles.js";
import { flag } from "./kit/opaque.js";
export class Session {
  readonly #h = flag ? open() : undefined;
  read(): string | undefined {
    return this.#h?.read();
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "a default of a parameter property": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  constructor(private readonly h: Handle = open()) {}
  close(): void {
    this.h.close();
  }
}`,
      "through a setter, which the release method does not use": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  get handle(): Handle | undefined {
    return this.#h;
  }
  set handle(h: Handle | undefined) {
    this.#h?.close();
    this.#h = h;
  }
  reset(): void {
    this.handle = open();
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "behind an accessor": `
import { open, type Handle } from "./kit/handles.js";
export class Session {
  #h = open();
  get handle(): Handle {
    return this.#h;
  }
  close(): void {
    this.handle.close();
  }
}`,
    },
  },

  "D33 static fields live as long as the module": {
    leak: {
      "and a method that ends them forgets one": `
import { open } from "./kit/handles.js";
export class Registry {
  static readonly #a = open("a");
  static readonly #b = open("b"); //! fieldNotReleased
  static close(): void {
    Registry.#a.close();
    console.log(Registry.#b.closed);
  }
}`,
      "and are overwritten": `
import { open, type Handle } from "./kit/handles.js";
export class Registry {
  static #h: Handle | undefined;
  static use(path: string): void {
    Registry.#h = open(path); //! fieldOverwritten
  }
  static read(): string | undefined {
    return Registry.#h?.read();
  }
}`,
    },
    fine: {
      "released by either name of the class": `
import { open, type Handle } from "./kit/handles.js";
export class Registry {
  static #h: Handle | undefined;
  static use(path: string): void {
    this.#h?.close();
    Registry.#h = open(path);
  }
  static close(): void {
    this.#h?.close();
  }
}`,
    },
  },

  "D34 a store has what is registered": {
    leak: {
      "and the store is forgotten": `
import { open } from "./kit/handles.js";
export class Session implements Disposable {
  readonly #stack = new DisposableStack(); //! fieldNotReleased
  readonly #a = this.#stack.use(open("a"));
  read(): string {
    return this.#a.read();
  }
  [Symbol.dispose](): void {
    console.log(this.#a.closed);
  }
}`,
    },
    fine: {
      "of the base class": `
import { Store } from "./helpers/bases.js";
import { open } from "./kit/handles.js";
export class Mine extends Store {
  readonly #h = this.register(open());
  read(): string {
    return this.#h.read();
  }
}`,
      "of the base class, disposed by an override": `
import { Store } from "./helpers/bases.js";
import { open } from "./kit/handles.js";
export class Mine extends Store {
  readonly #h = this.register(open());
  override [Symbol.dispose](): void {
    console.log(this.#h.closed);
    super[Symbol.dispose]();
  }
}`,
      "a slot that has its own owner": `
import { open, type Handle } from "./kit/handles.js";
class Slot {
  #value: Handle | undefined;
  get value(): Handle | undefined {
    return this.#value;
  }
  set value(value: Handle | undefined) {
    this.#value?.close();
    this.#value = value;
  }
  dispose(): void {
    this.#value?.close();
  }
}
export class Session {
  readonly #slot = new Slot();
  use(path: string): void {
    this.#slot.value = open(path);
  }
  dispose(): void {
    this.#slot.dispose();
  }
}`,
    },
  },

  "D36 and D40 a private opener is judged by its callers": {
    fine: {
      "which release first": `
import net from "node:net";
export class Client {
  #socket: net.Socket | undefined;
  constructor(private readonly port: number) {
    this.#open();
  }
  #open(): void {
    this.#socket = net.connect(this.port);
  }
  reconnect(): void {
    this.#socket?.destroy();
    this.#open();
  }
  close(): void {
    this.#socket?.destroy();
  }
}`,
      "when the old one has ended": `
import net from "node:net";
export class Client {
  #socket: net.Socket | undefined;
  constructor(private readonly port: number) {
    this.#open();
  }
  #open(): void {
    this.#socket = net.connect(this.port);
    this.#socket.once("close", () => {
      this.#open();
    });
  }
  close(): void {
    this.#socket?.destroy();
  }
}`,
    },
    leak: {
      "which do not release": `
import net from "node:net";
export class Client {
  #socket: net.Socket | undefined;
  constructor(private readonly port: number) {
    this.#open();
  }
  #open(): void {
    this.#socket = net.connect(this.port); //! fieldOverwritten
  }
  reconnect(): void {
    this.#open();
  }
  close(): void {
    this.#socket?.destroy();
  }
}`,
    },
  },

  "D36 only the class says that what it overwrites must be released": {
    leak: {
      "a method fills it again, another one releases it": `
class Scene {
  readonly redraw = (): void => {};
  constructor() {
    addEventListener("resize", this.redraw);
  }
  destroy(): void {
    removeEventListener("resize", this.redraw);
  }
}
export class App {
  scene: Scene | undefined;
  show(): void {
    this.scene = new Scene(); //! fieldOverwritten
  }
  hide(): void {
    this.scene?.destroy();
  }
}`,
      "the new one is released in the place of the old one": `
class Scene {
  readonly redraw = (): void => {};
  constructor() {
    addEventListener("resize", this.redraw);
  }
  destroy(): void {
    removeEventListener("resize", this.redraw);
  }
}
export class App {
  scene = new Scene();
  unmount(): void {
    this.scene = new Scene(); //! fieldOverwritten
    this.scene.destroy();
  }
}`,
      "a second field has it on some paths, and only that one is released": `
import { condition } from "./kit/opaque.js";
class Link {
  readonly beat = (): void => {};
  constructor() {
    addEventListener("online", this.beat);
  }
  stop(): void {
    removeEventListener("online", this.beat);
  }
}
export class Subscriber {
  #link: Link | undefined;
  #last: Link | undefined;
  select(): void {
    this.#last?.stop();
    this.#link = new Link(); //! fieldOverwritten
    if (condition()) this.#last = this.#link;
  }
  stop(): void {
    this.#link?.stop();
  }
}`,
    },
    strict: {
      "releasing it gives back memory only": `
class Scene {
  readonly #listeners = new Set<() => void>();
  add(listener: () => void): void {
    this.#listeners.add(listener);
  }
  destroy(): void {
    this.#listeners.clear();
  }
}
export class App {
  scene: Scene | undefined;
  show(): void {
    this.scene = new Scene(); //! fieldOverwritten
  }
  hide(): void {
    this.scene?.destroy();
  }
}`,
    },
    fine: {
      "released first, by another method": `
class Scene {
  readonly redraw = (): void => {};
  constructor() {
    addEventListener("resize", this.redraw);
  }
  destroy(): void {
    removeEventListener("resize", this.redraw);
  }
}
export class App {
  scene: Scene | undefined;
  show(): void {
    this.hide();
    this.scene = new Scene();
  }
  hide(): void {
    this.scene?.destroy();
    this.scene = undefined;
  }
}`,
      "filled where it is empty": `
class Scene {
  readonly redraw = (): void => {};
  constructor() {
    addEventListener("resize", this.redraw);
  }
  destroy(): void {
    removeEventListener("resize", this.redraw);
  }
}
export class App {
  scene: Scene | undefined;
  show(): void {
    if (this.scene) return;
    this.scene = new Scene();
  }
  hide(): void {
    this.scene?.destroy();
    this.scene = undefined;
  }
}`,
      "released before a new one takes its place": `
class Scene {
  readonly redraw = (): void => {};
  constructor() {
    addEventListener("resize", this.redraw);
  }
  destroy(): void {
    removeEventListener("resize", this.redraw);
  }
}
export class App {
  scene = new Scene();
  unmount(): void {
    this.scene.destroy();
    this.scene = new Scene();
  }
}`,
      "nothing releases it": `
class Scene {
  readonly redraw = (): void => {};
  destroy(): void {
    removeEventListener("resize", this.redraw);
  }
}
export class App {
  scene: Scene | undefined;
  show(): void {
    this.scene = new Scene();
  }
}`,
    },
  },

  "D34 what is released only to be filled again": {
    leak: {
      "the handle of an event, beside one that is registered": `
interface Disposer {
  dispose(): void;
}
type Event<T> = (listener: (value: T) => void) => Disposer;
interface Lines {
  readonly onTrim: Event<number>;
}
class Owner implements Disposer {
  readonly #store = new Set<Disposer>();
  protected register<T extends Disposer>(one: T): T {
    this.#store.add(one);
    return one;
  }
  dispose(): void {
    for (const one of this.#store) one.dispose();
    this.#store.clear();
  }
}
export class Selection extends Owner {
  private trim: Disposer;
  constructor(lines: Lines, onActivate: Event<Lines>) {
    super();
    this.trim = lines.onTrim((count) => this.move(count));
    this.register(onActivate((next) => this.activate(next)));
  }
  private move(count: number): void {
    console.log(count);
  }
  private activate(lines: Lines): void {
    this.trim.dispose();
    this.trim = lines.onTrim((count) => this.move(count)); //! fieldNotReleased
  }
}`,
      "a resource that is rotated": `
import { open } from "./kit/handles.js";
export class Log {
  #h = open("first"); //! fieldNotReleased
  rotate(): void {
    this.#h.close();
    this.#h = open("next"); //! fieldNotReleased
  }
  write(): void {
    this.#h.write("x");
  }
  close(): void {
    console.log("closed");
  }
}`,
    },
    strict: {
      "a handle that nothing releases": `
interface Disposer {
  dispose(): void;
}
interface Lines {
  onTrim: (listener: (count: number) => void) => Disposer;
}
export class Selection {
  readonly #trim: Disposer;
  constructor(lines: Lines) {
    this.#trim = lines.onTrim((count) => { //! fieldNotReleased
      console.log(count);
    });
  }
  dispose(): void {
    console.log("disposed", this.#trim);
  }
}`,
    },
    fine: {
      "and by the member that ends the object": `
interface Disposer {
  dispose(): void;
}
interface Lines {
  onTrim: (listener: (count: number) => void) => Disposer;
}
export class Selection {
  #trim: Disposer;
  constructor(lines: Lines) {
    this.#trim = lines.onTrim((count) => {
      console.log(count);
    });
  }
  activate(lines: Lines): void {
    this.#trim.dispose();
    this.#trim = lines.onTrim((count) => {
      console.log(count);
    });
  }
  dispose(): void {
    this.#trim.dispose();
  }
}`,
      "by what is called for that": `
interface Disposer {
  dispose(): void;
}
interface Lines {
  onTrim: (listener: (count: number) => void) => Disposer;
}
export class Selection {
  #trim: Disposer | undefined;
  follow(lines: Lines): void {
    this.unfollow();
    this.#trim = lines.onTrim((count) => {
      console.log(count);
    });
  }
  unfollow(): void {
    this.#trim?.dispose();
    this.#trim = undefined;
  }
  dispose(): void {
    console.log("disposed");
  }
}`,
      "a method in a property that gives the object itself": `
interface Lines {
  trimming: (listener: (count: number) => void) => this;
  dispose(): void;
}
export class Selection {
  #lines: Lines;
  constructor(lines: Lines) {
    this.#lines = lines.trimming((count) => {
      console.log(count);
    });
  }
  activate(lines: Lines): void {
    this.#lines.dispose();
    this.#lines = lines.trimming((count) => {
      console.log(count);
    });
  }
  dispose(): void {
    console.log("disposed");
  }
}`,
      "of an emitter that the class made itself": `
interface Disposer {
  dispose(): void;
}
class Emitter {
  readonly #listeners = new Set<() => void>();
  readonly onChange = (listener: () => void): Disposer => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
}
export class Model {
  readonly #events = new Emitter();
  readonly #own = this.#events.onChange(() => {
    console.log("changed");
  });
  dispose(): void {
    console.log("disposed", this.#own);
  }
}`,
    },
  },

  "D34 a field with a computed name": {
    leak: {
      "which is a text": `
import { open } from "./kit/handles.js";
export class Log {
  readonly ["h"] = open(); //! fieldNotReleased
  read(): string {
    return this["h"].read();
  }
  close(): void {
    console.log("closed");
  }
}`,
      "which is a symbol": `
import { open } from "./kit/handles.js";
const key = Symbol("handle");
export class Log {
  readonly [key] = open(); //! noRelease
  read(): string {
    return this[key].read();
  }
}`,
    },
    fine: {
      "which is a text": `
import { open } from "./kit/handles.js";
export class Log {
  readonly ["h"] = open();
  close(): void {
    this.h.close();
  }
}`,
      "which is a symbol": `
import { open } from "./kit/handles.js";
const key = Symbol("handle");
export class Log {
  readonly [key] = open();
  close(): void {
    this[key].close();
  }
}`,
    },
  },

  "D38 a hook that the base calls is overridden without it": {
    leak: {
      "protected hook": `
import { open } from "./kit/handles.js";
class Base {
  readonly #h = open("base");
  close(): void {
    this.onClose();
  }
  protected onClose(): void {
    this.#h.close();
  }
}
export class Derived extends Base {
  protected override onClose(): void { //! missingSuper
    console.log("closed");
  }
}`,
      "super on one path only": `
import { open } from "./kit/handles.js";
class Base {
  readonly #h = open("base");
  close(_force: boolean): void {
    this.#h.close();
  }
}
export class Derived extends Base {
  override close(force: boolean): void { //! missingSuper
    if (!force) return;
    super.close(force);
  }
}`,
    },
    fine: {
      "protected hook": `
import { open } from "./kit/handles.js";
class Base {
  readonly #h = open("base");
  close(): void {
    this.onClose();
  }
  protected onClose(): void {
    this.#h.close();
  }
}
export class Derived extends Base {
  protected override onClose(): void {
    super.onClose();
  }
}`,
    },
  },

  "closures that share variables": {
    leak: {
      overwritten: `
import { open, type Handle } from "./kit/handles.js";
export function make() {
  let h: Handle | undefined;
  return {
    use(path: string): void {
      h = open(path); //! fieldOverwritten
    },
    close(): void {
      h?.close();
    },
  };
}`,
    },
    fine: {
      "a collection": `
import { open, type Handle } from "./kit/handles.js";
export function make() {
  const all: Handle[] = [];
  return {
    add(path: string): void {
      all.push(open(path));
    },
    close(): void {
      for (const h of all) h.close();
    },
  };
}`,
      "released by a function that is not returned": `
import { open, type Handle } from "./kit/handles.js";
export function make(signal: AbortSignal) {
  let h: Handle | undefined;
  const end = (): void => {
    h?.close();
    h = undefined;
  };
  signal.addEventListener("abort", end);
  return {
    start(path: string): void {
      end();
      h = open(path);
    },
  };
}`,
    },
    // What drops it is reported by require-cache-removal-listener.
    quiet: {
      "a collection": `
import { open, type Handle } from "./kit/handles.js";
export function make() {
  const all: Handle[] = [];
  return {
    add(path: string): void {
      all.push(open(path));
    },
    close(): void {
      all.length = 0;
    },
  };
}`,
    },
  },
});
