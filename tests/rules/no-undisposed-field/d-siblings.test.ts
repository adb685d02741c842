/** Fields of which what the owner does for its other fields says that they must be released. */
import { verdicts } from "../../support/verdicts.ts";

/** Classes whose release gives back more than memory, and one whose release does not. */
const parts = `
  class Poller {
    private readonly timer: NodeJS.Timeout;
    constructor(readonly url: string) {
      this.timer = setTimeout(() => this.poll(), 500);
    }
    poll(): void {}
    destroy(): void {
      clearTimeout(this.timer);
    }
  }
  class Panel {
    private readonly poller = new Poller("/panel");
    private readonly draw = (): void => {};
    constructor() {
      window.addEventListener("resize", this.draw);
    }
    dispose(): void {
      window.removeEventListener("resize", this.draw);
      this.poller.destroy();
    }
  }
  class Names {
    private names: string[] = [];
    destroy(): void {
      this.names.length = 0;
    }
  }`;

const terminal = `
  interface Disposable { dispose(): void }
  interface Terminal {
    register(code: number, handle: (data: string) => boolean): Disposable;
    getHandler(code: number): Disposable;
  }`;

/** A store and a slot, of which only an interface tells what they release. */
const store = `${terminal}
  class Store {
    private readonly held = new Set<Disposable>();
    get count(): number {
      return this.held.size;
    }
    add(one: Disposable): void {
      this.held.add(one);
    }
    clear(): void {
      for (const one of this.held) one.dispose();
      this.held.clear();
    }
    dispose(): void {
      this.clear();
    }
  }
  class Slot {
    private held: Disposable | undefined;
    set value(next: Disposable | undefined) {
      this.held?.dispose();
      this.held = next;
    }
    dispose(): void {
      this.held?.dispose();
    }
  }`;

verdicts("no-undisposed-field", "siblings", {
  "D34 what the class made itself, where it releases another that it made": {
    leak: {
      "of another class": `${parts}
        export class Page {
          private readonly panel = new Panel();
          private readonly poller: Poller;
          constructor(url: string) {
            this.poller = new Poller(url); //! fieldNotReleased
          }
          destroy(): void {
            this.panel.dispose();
          }
        }`,
      "of the same class, behind a helper": `${parts}
        export class Page {
          private readonly first = new Poller("/first");
          private readonly second = new Poller("/second"); //! fieldNotReleased
          private stopAll(): void {
            this.first.destroy();
          }
          destroy(): void {
            this.stopAll();
          }
        }`,
      "set to nothing and not released": `${parts}
        export class Page {
          private readonly panel = new Panel();
          private poller: Poller | undefined;
          open(url: string): void {
            this.poller = new Poller(url); //! fieldNotReleased
          }
          destroy(): void {
            this.panel.dispose();
            this.poller = undefined;
          }
        }`,
    },
    strict: {
      "nothing else of its own is released": `${parts}
        export class Page {
          private readonly poller = new Poller("/page"); //! fieldNotReleased
          private shown = true;
          destroy(): void {
            this.shown = false;
          }
        }`,
    },
    fine: {
      "released with the others": `${parts}
        export class Page {
          private readonly panel = new Panel();
          private readonly poller = new Poller("/page");
          destroy(): void {
            this.panel.dispose();
            this.poller.destroy();
          }
        }`,
      "its release gives back memory only": `${parts}
        export class Page {
          private readonly panel = new Panel();
          private readonly names = new Names();
          destroy(): void {
            this.panel.dispose();
          }
        }`,
      "the class was given it": `${parts}
        export class Page {
          private readonly panel = new Panel();
          constructor(private readonly poller: Poller) {}
          poll(): void {
            this.poller.poll();
          }
          destroy(): void {
            this.panel.dispose();
          }
        }`,
      "another of its parts has it and releases it": `${parts}
        class Frame {
          constructor(private readonly poller: Poller) {}
          dispose(): void {
            this.poller.destroy();
          }
        }
        export class Page {
          private readonly poller = new Poller("/page");
          private readonly frame = new Frame(this.poller);
          destroy(): void {
            this.frame.dispose();
          }
        }`,
      "no member ends the class": `${parts}
        export class Page {
          private readonly panel = new Panel();
          private readonly poller = new Poller("/page");
          hide(): void {
            this.panel.dispose();
          }
        }`,
    },
  },
  "D34 a store of what must be released": {
    leak: {
      "that the class fills": `${store}
        export class Adapter {
          private readonly all = new Store(); //! fieldNotReleased
          private readonly names: string[] = [];
          constructor(terminal: Terminal) {
            this.all.add(terminal.register(1, () => true));
          }
          dispose(): void {
            this.names.length = 0;
          }
        }`,
      "a slot for one": `${store}
        export class Adapter {
          private readonly slot = new Slot(); //! fieldNotReleased
          start(terminal: Terminal): void {
            this.slot.value = terminal.register(1, () => true);
          }
          dispose(): void {
            console.log("gone");
          }
        }`,
    },
    fine: {
      released: `${store}
        export class Adapter {
          private readonly all = new Store();
          constructor(terminal: Terminal) {
            this.all.add(terminal.register(1, () => true));
          }
          dispose(): void {
            this.all.dispose();
          }
        }`,
      "emptied by a method that runs at the end": `${store}
        export class Adapter {
          private readonly all = new Store();
          constructor(terminal: Terminal) {
            this.all.add(terminal.register(1, () => true));
          }
          stop(): void {
            this.all.clear();
          }
          dispose(): void {
            this.stop();
          }
        }`,
      "nothing is put into it": `${store}
        export class Adapter {
          private readonly all = new Store();
          get count(): number {
            return this.all.count;
          }
          dispose(): void {
            console.log("gone");
          }
        }`,
      "somebody else has it": `${store}
        declare function releaseLater(one: Disposable): void;
        export class Adapter {
          private readonly all = new Store();
          constructor(terminal: Terminal) {
            releaseLater(this.all);
            this.all.add(terminal.register(1, () => true));
          }
          dispose(): void {
            console.log("gone");
          }
        }`,
    },
  },
  "D34 handles that can do nothing but release": {
    leak: {
      "one in a field": `${terminal}
        export class Progress {
          private handler: Disposable | undefined;
          activate(terminal: Terminal): void {
            this.handler = terminal.register(9, () => true); //! fieldNotReleased
          }
          dispose(): void {
            console.log("gone");
          }
        }`,
      "a list of them that is only emptied": `${terminal}
        export class Attached {
          private handles: Disposable[] = [];
          activate(terminal: Terminal): void {
            this.handles.push(terminal.register(1, () => true)); //! fieldNotReleased
            this.handles.push(terminal.register(2, () => true));
          }
          dispose(): void {
            this.handles.length = 0;
          }
        }`,
    },
    fine: {
      released: `${terminal}
        export class Progress {
          private handler: Disposable | undefined;
          private handles: Disposable[] = [];
          activate(terminal: Terminal): void {
            this.handler = terminal.register(9, () => true);
            this.handles.push(terminal.register(1, () => true));
          }
          dispose(): void {
            this.handler?.dispose();
            this.handles.forEach((one) => one.dispose());
          }
        }`,
      "handed on": `${terminal}
        declare function releaseAll(handles: readonly Disposable[]): void;
        export class Attached {
          private handles: Disposable[] = [];
          activate(terminal: Terminal): void {
            this.handles.push(terminal.register(1, () => true));
          }
          dispose(): void {
            releaseAll(this.handles);
          }
        }`,
      "somebody else has it": `${terminal}
        export class Progress {
          private handler: Disposable | undefined;
          activate(terminal: Terminal): void {
            this.handler = terminal.getHandler(9);
          }
          dispose(): void {
            console.log("gone");
          }
        }`,
      "it can do more": `${terminal}
        export class Progress {
          private handler: (Disposable & { readonly value: number }) | undefined;
          activate(terminal: Terminal): void {
            this.handler = { ...terminal.register(9, () => true), value: 1 };
          }
          dispose(): void {
            console.log("gone");
          }
        }`,
    },
  },
  "D38 what only the base class says that it must release": {
    leak: {
      "fields that are registered with the base": `
        interface Disposable { dispose(): void }
        class Store {
          private readonly held = new Set<Disposable>();
          add<T extends Disposable>(one: T): T {
            this.held.add(one);
            return one;
          }
          dispose(): void {
            for (const one of this.held) one.dispose();
          }
        }
        abstract class Owner {
          private readonly store = new Store();
          protected register<T extends Disposable>(one: T): T {
            return this.store.add(one);
          }
          dispose(): void {
            this.store.dispose();
          }
        }
        export class Editor extends Owner {
          private shown = true;
          override dispose(): void { //! missingSuper
            this.shown = false;
          }
        }`,
    },
    fine: {
      "it is called": `
        class Base {
          private readonly poller = { close(): void {} };
          dispose(): void {
            this.poller.close();
          }
        }
        export class Editor extends Base {
          private shown = true;
          override dispose(): void {
            super.dispose();
            this.shown = false;
          }
        }`,
    },
  },
});
