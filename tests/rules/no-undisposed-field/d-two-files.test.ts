/** Section D of the verdicts where the base class, the factory or the teardown is in another file. */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-undisposed-field";

verdicts(rule, "D in two files", {
  "D33 the field is filled by a factory of another file": {
    leak: {
      "the helper that the teardown calls only borrows": `
import { firstLine } from "./helpers/closing.js";
import { open } from "./kit/handles.js";
export class Session {
  readonly #h = open(); //! noRelease
  stop(): string {
    return firstLine(this.#h);
  }
}`,
      function: `
import { make } from "./helpers/factories.js";
export class Session {
  readonly #h = make("a"); //! noRelease
  read(): string {
    return this.#h.read();
  }
}`,
      "constructor, through a barrel": `
import { create } from "./helpers/barrel.js";
import type { Handle } from "./kit/handles.js";
export class Session {
  private readonly h: Handle;
  constructor() {
    this.h = create("a"); //! noRelease
  }
  read(): string {
    return this.h.read();
  }
}`,
      async: `
import { makeFile } from "./helpers/factories.js";
import type { FileHandle } from "node:fs/promises";
export class Log {
  #file: FileHandle | undefined;
  async append(path: string, line: string): Promise<void> {
    this.#file ??= await makeFile(path); //! noRelease
    await this.#file.appendFile(line);
  }
}`,
      "an owner of another file": `
import { OwnSession } from "./helpers/wrappers.js";
export class Outer {
  readonly #session = new OwnSession(); //! noRelease
  read(): string {
    return this.#session.read();
  }
}`,
      "an owner of another file, wrapped around a fresh one": `
import { Session } from "./helpers/wrappers.js";
import { open } from "./kit/handles.js";
export class Outer {
  readonly #session = new Session(open()); //! noRelease
  read(): string {
    return this.#session.read();
  }
}`,
      "the field is the base's, which releases nothing": `
import { Keeper } from "./helpers/bases.js";
import { open } from "./kit/handles.js";
export class Mine extends Keeper {
  constructor() {
    super();
    this.handle = open(); //! noRelease
  }
}`,
    },
    fine: {
      cached: `
import { cached } from "./helpers/factories.js";
export class Session {
  readonly #h = cached();
  read(): string {
    return this.#h.read();
  }
}`,
      "looked up": `
import { lookupOrMake } from "./helpers/factories.js";
export class Session {
  readonly #h = lookupOrMake("a");
  read(): string {
    return this.#h.read();
  }
}`,
      "closed by a helper": `
import { close } from "./helpers/closing.js";
import { make } from "./helpers/factories.js";
export class Session {
  readonly #h = make("a");
  stop(): void {
    close(this.#h);
  }
}`,
      "closed by a helper, optional": `
import { closeMaybe } from "./helpers/closing.js";
import { make } from "./helpers/factories.js";
import type { Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  get(): Handle {
    return (this.#h ??= make("a"));
  }
  stop(): void {
    closeMaybe(this.#h);
    this.#h = undefined;
  }
}`,
      "closed by a helper, async": `
import { closeQuietly } from "./helpers/closing.js";
import { makeFile } from "./helpers/factories.js";
import type { FileHandle } from "node:fs/promises";
export class Log {
  #file: FileHandle | undefined;
  async append(path: string, line: string): Promise<void> {
    this.#file ??= await makeFile(path);
    await this.#file.appendFile(line);
  }
  async stop(): Promise<void> {
    await closeQuietly(this.#file);
  }
}`,
      "closed by the base": `
import { Holder } from "./helpers/bases.js";
import { open } from "./kit/handles.js";
export class Mine extends Holder {
  constructor() {
    super();
    this.handle = open();
  }
}`,
      "registered with the base": `
import { Store } from "./helpers/bases.js";
import { open } from "./kit/handles.js";
export class Mine extends Store {
  readonly #h = this.register(open());
  read(): string {
    return this.#h.read();
  }
}`,
      "closed by the hook that the base calls": `
import { Template } from "./helpers/bases.js";
import { open } from "./kit/handles.js";
export class Mine extends Template {
  readonly #h = open();
  protected onClose(): void {
    this.#h.close();
  }
}`,
    },
    // What is made first is lost when the next call throws.
    quiet: {
      "added to a bag that is disposed": `
import { Bag } from "./helpers/wrappers.js";
import { open } from "./kit/handles.js";
export class Mine implements Disposable {
  readonly #bag = new Bag();
  readonly #h = this.#bag.add(open());
  read(): string {
    return this.#h.read();
  }
  [Symbol.dispose](): void {
    this.#bag[Symbol.dispose]();
  }
}`,
    },
  },

  "D34 the teardown forgets one": {
    leak: {
      "one of two closed by a helper": `
import { close } from "./helpers/closing.js";
import { make } from "./helpers/factories.js";
export class Session {
  readonly #a = make("a");
  readonly #b = make("b"); //! fieldNotReleased
  stop(): void {
    close(this.#a);
    console.log(this.#b.closed);
  }
}`,
      "the helper closes on some paths only": `
import { closeIfAsked } from "./helpers/closing.js";
import { make } from "./helpers/factories.js";
export class Session {
  readonly #h = make("a"); //! fieldNotReleased
  stop(): void {
    closeIfAsked(this.#h);
  }
}`,
      "a subclass of an owner": `
import { Base } from "./helpers/bases.js";
import { open } from "./kit/handles.js";
export class Mine extends Base {
  readonly #mine = open("mine"); //! fieldNotReleased
  read(): string {
    return this.#mine.read();
  }
}`,
      "a hook of the base that forgets": `
import { Template } from "./helpers/bases.js";
import { open } from "./kit/handles.js";
export class Mine extends Template {
  readonly #a = open("a");
  readonly #b = open("b"); //! fieldNotReleased
  protected onClose(): void {
    this.#a.close();
    console.log(this.#b.closed);
  }
}`,
    },
    fine: {
      "an array, closed by a helper": `
import { closeAll } from "./helpers/collections.js";
import { make } from "./helpers/factories.js";
import type { Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all: Handle[] = [];
  add(path: string): void {
    this.#all.push(make(path));
  }
  stop(): void {
    closeAll(this.#all);
    this.#all.length = 0;
  }
}`,
      "a map, closed by a helper": `
import { closeAll } from "./helpers/collections.js";
import { make } from "./helpers/factories.js";
import type { Handle } from "./kit/handles.js";
export class Sessions {
  readonly #all = new Map<string, Handle>();
  add(path: string): void {
    if (!this.#all.has(path)) this.#all.set(path, make(path));
  }
  stop(): void {
    closeAll(this.#all.values());
    this.#all.clear();
  }
}`,
    },
  },

  "D13 in a class: one failing release skips the next": {
    leak: {
      "the helper may reject": `
import { closeFile } from "./helpers/closing.js";
import { makeFile } from "./helpers/factories.js";
import type { FileHandle } from "node:fs/promises";
export class Pair {
  #a: FileHandle | undefined;
  #b: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#a = await makeFile(path);
    this.#b = await makeFile(path); //! fieldNotReleasedOnThrow
  }
  async stop(): Promise<void> {
    if (this.#a) await closeFile(this.#a);
    if (this.#b) await closeFile(this.#b);
  }
}`,
    },
    fine: {
      "the helper is quiet": `
import { closeQuietly } from "./helpers/closing.js";
import { makeFile } from "./helpers/factories.js";
import type { FileHandle } from "node:fs/promises";
export class Pair {
  #a: FileHandle | undefined;
  #b: FileHandle | undefined;
  async start(path: string): Promise<void> {
    this.#a = await makeFile(path);
    this.#b = await makeFile(path);
  }
  async stop(): Promise<void> {
    await closeQuietly(this.#a);
    await closeQuietly(this.#b);
  }
}`,
    },
  },

  "D36 and D40 a live field is overwritten by a factory's result": {
    leak: {
      function: `
import { make } from "./helpers/factories.js";
import type { Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  use(path: string): void {
    this.#h = make(path); //! fieldOverwritten
  }
  close(): void {
    this.#h?.close();
  }
}`,
      "the base's field": `
import { Holder } from "./helpers/bases.js";
import { make } from "./helpers/factories.js";
export class Mine extends Holder {
  use(path: string): void {
    this.handle = make(path); //! fieldOverwritten
  }
}`,
      async: `
import { makeFile } from "./helpers/factories.js";
import type { FileHandle } from "node:fs/promises";
export class Log {
  #file: FileHandle | undefined;
  async rotate(path: string): Promise<void> {
    this.#file = await makeFile(path); //! fieldOverwritten
  }
  async close(): Promise<void> {
    await this.#file?.close();
  }
}`,
    },
    fine: {
      "the old one closed first by a helper": `
import { closeMaybe } from "./helpers/closing.js";
import { make } from "./helpers/factories.js";
import type { Handle } from "./kit/handles.js";
export class Session {
  #h: Handle | undefined;
  use(path: string): void {
    closeMaybe(this.#h);
    this.#h = make(path);
  }
  close(): void {
    closeMaybe(this.#h);
  }
}`,
      "the old one closed first by the base": `
import { Holder } from "./helpers/bases.js";
import { make } from "./helpers/factories.js";
export class Mine extends Holder {
  use(path: string): void {
    this.close();
    this.handle = make(path);
  }
}`,
    },
  },

  "D37 the constructor throws in a helper": {
    leak: {
      "the helper throws": `
import fs from "node:fs";
import { closeThenCheck } from "./helpers/closing.js";
export class Log {
  readonly #fd: number;
  constructor(path: string, old: number) {
    this.#fd = fs.openSync(path, "a"); //! leaksOnConstructorThrow
    closeThenCheck(old);
  }
  close(): void {
    fs.closeSync(this.#fd);
  }
}`,
    },
    fine: {
      "the helper never throws": `
import fs from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { closeQuietly } from "./helpers/closing.js";
export class Log {
  readonly #fd: number;
  constructor(path: string, old: FileHandle) {
    this.#fd = fs.openSync(path, "a");
    void closeQuietly(old);
  }
  close(): void {
    fs.closeSync(this.#fd);
  }
}`,
    },
  },

  "D38 the release of a subclass does not call the base of another file": {
    leak: {
      "a store": `
import { Store } from "./helpers/bases.js";
import { open } from "./kit/handles.js";
export class Mine extends Store {
  readonly #h = this.register(open());
  override [Symbol.dispose](): void { //! missingSuper
    console.log(this.#h.closed);
  }
}`,
      close: `
import { Base } from "./helpers/bases.js";
export class Mine extends Base {
  override close(): void { //! missingSuper
    console.log(this.readBase());
  }
}`,
      async: `
import { AsyncBase } from "./helpers/bases.js";
export class Mine extends AsyncBase {
  override async close(): Promise<void> { //! missingSuper
    await Promise.resolve();
  }
}`,
    },
    fine: {
      super: `
import { Base } from "./helpers/bases.js";
export class Mine extends Base {
  override close(): void {
    super.close();
  }
}`,
      "super, async, in `finally`": `
import { AsyncBase } from "./helpers/bases.js";
import { workAsync } from "./kit/opaque.js";
export class Mine extends AsyncBase {
  override async close(): Promise<void> {
    try {
      await workAsync();
    } finally {
      await super.close();
    }
  }
}`,
      "the base owns nothing": `
import { EmptyBase } from "./helpers/bases.js";
import { open } from "./kit/handles.js";
export class Mine extends EmptyBase {
  readonly #mine = open("mine");
  override close(): void {
    this.#mine.close();
  }
}`,
    },
  },
});
