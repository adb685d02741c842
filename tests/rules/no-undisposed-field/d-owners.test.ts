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
