/**
 * Classes of the program whose release gives back nothing but memory.
 */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-unclosed-disposable";

function used(declarations: string, made: string, report = "neverReleased"): string {
  return `
${declarations}
export function f(): void {
  const it = ${made}; //! ${report}
  console.log(it);
}`;
}

verdicts(rule, "what holds only memory", {
  "clears fields and collections of its own": {
    strict: {
      "assigns fields": used(
        `class Holder {
  #values: string[] = [];
  #closed = false;
  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#values = Array.from([]);
  }
}`,
        "new Holder()",
      ),
      "empties collections": used(
        `class Holder {
  private readonly values: string[] = [];
  private readonly names = new Map<string, string>();
  [Symbol.dispose](): void {
    this.values.splice(0);
    this.values.length = 0;
    for (const name of [...this.names.keys()]) this.names.delete(name);
  }
}`,
        "new Holder()",
      ),
      "drops a field, and calls a function of its own": used(
        `class Holder {
  #values: string[] | undefined;
  #stop?: () => void;
  add(value: string): void {
    (this.#values ??= []).push(value);
    this.#stop = () => {
      this.#values = undefined;
    };
  }
  [Symbol.dispose](): void {
    this.#values = undefined;
    this.#stop?.();
  }
}`,
        "new Holder()",
      ),
      "in a method that it calls": used(
        `class Holder {
  private readonly values = new Set<string>();
  close(): void {
    this.values.clear();
    console.debug("closed");
  }
  [Symbol.dispose](): void {
    this.close();
  }
}`,
        "new Holder()",
      ),
      "in a base class": used(
        `class Base {
  protected readonly values: string[] = [];
  [Symbol.dispose](): void {
    this.values.pop();
  }
}
class Holder extends Base {
  private names: string[] | undefined = [];
  override [Symbol.dispose](): void {
    this.names = undefined;
    super[Symbol.dispose]();
  }
}`,
        "new Holder()",
      ),
    },
  },

  "tells its listeners that it is over": {
    strict: {
      "in a loop": used(
        `class Source {
  private readonly listeners = new Set<(event: string) => void>();
  add(listener: (event: string) => void): void {
    this.listeners.add(listener);
  }
  [Symbol.dispose](): void {
    for (const listener of this.listeners) listener("closed");
    this.listeners.clear();
  }
}`,
        "new Source()",
      ),
      "with forEach": used(
        `class Source {
  private readonly listeners: { readonly call: (event: string) => void }[] = [];
  [Symbol.dispose](): void {
    this.listeners.forEach((listener) => listener.call("closed"));
  }
}`,
        "new Source()",
      ),
      "by an emitter of Node": used(
        `import { EventEmitter } from "node:events";
class Source extends EventEmitter {
  [Symbol.dispose](): void {
    this.emit("closed");
    this.removeAllListeners();
  }
}`,
        "new Source()",
      ),
      "by an emitter of the program": used(
        `class Source {
  private readonly listeners = new Set<(event: string) => void>();
  [Symbol.dispose](): void {
    this.listeners.delete(console.log);
    this.listeners.forEach((listener) => listener(""));
  }
}
class Owner {
  private readonly source = new Source();
  private open = true;
  [Symbol.dispose](): void {
    this.open = false;
    this.source[Symbol.dispose]();
  }
}`,
        "new Owner()",
      ),
    },
  },

  "gives back more than memory": {
    leak: {
      "functions that clean up": used(
        `class Cleanups {
  private readonly all: (() => void)[] = [];
  [Symbol.dispose](): void {
    for (const one of this.all) one();
    this.all.length = 0;
  }
}`,
        "new Cleanups()",
      ),
      "its place in what it was given": used(
        `class Entry {
  constructor(private readonly names: Set<string>) {
    names.add("a");
  }
  [Symbol.dispose](): void {
    this.names.delete("a");
  }
}`,
        "new Entry(new Set())",
      ),
      "its place, by another name": used(
        `class Entry {
  constructor(private readonly parent: { names: Set<string> }) {}
  [Symbol.dispose](): void {
    const { names } = this.parent;
    names.delete("a");
  }
}`,
        "new Entry({ names: new Set() })",
      ),
      "a timer": used(
        `class Beat {
  private timer: NodeJS.Timeout | undefined;
  [Symbol.dispose](): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}`,
        "new Beat()",
      ),
      "a stack": used(
        `class Holder {
  private readonly stack = new DisposableStack();
  [Symbol.dispose](): void {
    this.stack.dispose();
  }
}`,
        "new Holder()",
      ),
      "a function of its own that stops a timer": used(
        `class Holder {
  private stop?: () => void;
  constructor() {
    const timer = setInterval(() => undefined, 1000);
    this.stop = () => {
      clearInterval(timer);
    };
  }
  [Symbol.dispose](): void {
    this.stop?.();
    this.stop = undefined;
  }
}`,
        "new Holder()",
      ),
      "work that it waits for": used(
        `class Holder {
  private readonly done = Promise.resolve();
  async [Symbol.asyncDispose](): Promise<void> {
    await this.done;
  }
}`,
        "new Holder()",
      ),
      "what a function does that cannot be seen": used(
        `class Holder {
  constructor(private readonly onClosed: (self: Holder) => void) {}
  [Symbol.dispose](): void {
    this.onClosed(this);
  }
}`,
        "new Holder(() => undefined)",
      ),
    },
  },
});

verdicts("no-undisposed-field", "fields that hold only memory", {
  "an emitter that a class forgets": {
    leak: {
      "a timer beside it": `
class Beat {
  private timer: NodeJS.Timeout | undefined;
  [Symbol.dispose](): void {
    clearTimeout(this.timer);
  }
}
export class Owner {
  private readonly beat = new Beat(); //! fieldNotReleased
  close(): void {
    console.log("closed");
  }
}`,
    },
    strict: {
      forgotten: `
class Source {
  private readonly listeners = new Set<(event: string) => void>();
  [Symbol.dispose](): void {
    this.listeners.forEach((listener) => listener("closed"));
  }
}
export class Owner {
  private readonly source = new Source(); //! fieldNotReleased
  close(): void {
    console.log("closed");
  }
}`,
      "no method": `
class Source {
  private readonly listeners = new Set<(event: string) => void>();
  [Symbol.dispose](): void {
    this.listeners.forEach((listener) => listener("closed"));
  }
}
export class Owner {
  private readonly source = new Source(); //! noRelease
  read(): void {
    console.log("read");
  }
}`,
    },
  },
});
