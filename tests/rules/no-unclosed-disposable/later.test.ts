/**
 * Objects of the program that owe only after a later call, and objects that only stand for what they
 * were lent.
 */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-unclosed-disposable";

const beat = `
class Beat {
  private timer: NodeJS.Timeout | undefined;
  private readonly names: string[] = [];
  start(): void {
    this.arm();
  }
  private arm(): void {
    this.timer = setInterval(() => {
      console.log("beat");
    }, 1000);
  }
  skip(): void {
    console.log("skipped", this.names.length);
  }
  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
  [Symbol.dispose](): void {
    this.close();
  }
}`;

verdicts(rule, "what a later method arms", {
  "the release undoes only what a method began": {
    leak: {
      "the method is called": `${beat}
export function f(): void {
  const it = new Beat(); //! neverReleased
  it.start();
}`,
      "on one path": `${beat}
export function f(short: boolean): void {
  const it = new Beat(); //! notReleasedOnPath
  it.start();
  if (short) return;
  it.close();
}`,
      "the constructor calls it": `
class Beat {
  private timer: NodeJS.Timeout | undefined;
  constructor() {
    this.start();
  }
  start(): void {
    this.timer = setInterval(() => {
      console.log("beat");
    }, 1000);
  }
  [Symbol.dispose](): void {
    clearInterval(this.timer);
  }
}
export function f(): void {
  const it = new Beat(); //! neverReleased
  console.log(it);
}`,
      "a part is there from the start": `
class Beat {
  private timer: NodeJS.Timeout | undefined;
  private readonly guard = setInterval(() => {
    console.log("guard");
  }, 1000);
  start(): void {
    this.timer = setInterval(() => {
      console.log("beat");
    }, 1000);
  }
  [Symbol.dispose](): void {
    clearInterval(this.guard);
    clearInterval(this.timer);
  }
}
export function f(): void {
  const it = new Beat(); //! neverReleased
  console.log(it);
}`,
    },
    fine: {
      "another method is called": `${beat}
export function f(): void {
  new Beat().skip();
}`,
      "released after it": `${beat}
export function f(): void {
  const it = new Beat();
  try {
    it.start();
  } finally {
    it.close();
  }
}`,
      "started again after a release": `${beat}
export function f(): void {
  const it = new Beat();
  it.start();
  it.close();
  it.skip();
}`,
    },
  },
});

verdicts("no-undisposed-field", "fields that a later method arms", {
  "an owner that forgets one": {
    leak: {
      "it starts it": `${beat}
export class Owner {
  private readonly beat = new Beat(); //! fieldNotReleased
  open(): void {
    this.beat.start();
  }
  close(): void {
    console.log("closed");
  }
}`,
    },
    fine: {
      "it never starts it": `${beat}
export class Owner {
  private readonly beat = new Beat();
  open(): void {
    this.beat.skip();
  }
  close(): void {
    console.log("closed");
  }
}`,
    },
  },
  "a method that is told which of many to stop": {
    fine: {
      "is no end of the instance": `
import { createWriteStream, type WriteStream } from "node:fs";
export class Logs {
  private readonly names = new Set<string>();
  constructor(private readonly log: WriteStream) {}
  stop(name: string): void {
    this.names.delete(name);
  }
  end(): void {
    this.log.end();
  }
}
export function f(path: string): Logs {
  return new Logs(createWriteStream(path));
}`,
    },
  },
});

const messenger = `
interface Exchange {
  read(): Promise<string>;
  close(): Promise<void>;
}
class Messenger {
  readonly #exchange: Exchange;
  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }
  async read(): Promise<string> {
    return await this.#exchange.read();
  }
  async close(): Promise<void> {
    await this.#exchange.close();
  }
}`;

verdicts(rule, "closed through what it was lent", {
  "a wrapper that forwards its release": {
    leak: {
      "neither of them on one path": `${messenger}
export async function f(exchange: Exchange, short: boolean): Promise<void> {
  const it = new Messenger(exchange); //! notReleasedOnPath
  if (short) return;
  await it.close();
}`,
      "a wrapper that does not forward": `
interface Exchange {
  read(): Promise<string>;
  close(): Promise<void>;
}
class Messenger {
  constructor(private readonly exchange: Exchange) {}
  async close(): Promise<void> {
    console.log(await this.exchange.read());
  }
}
export async function f(exchange: Exchange, short: boolean): Promise<void> {
  const it = new Messenger(exchange); //! notReleasedOnPath
  if (short) return await exchange.close();
  await it.close();
}`,
    },
    quiet: {
      "the lent one on one path": `${messenger}
export async function f(exchange: Exchange, short: boolean): Promise<void> {
  const it = new Messenger(exchange);
  if (short) return await exchange.close();
  await it.close();
}`,
      "a parameter property": `
interface Exchange {
  close(): Promise<void>;
}
class Messenger {
  constructor(private readonly exchange: Exchange) {}
  async close(): Promise<void> {
    await this.exchange.close();
  }
}
export async function f(exchange: Exchange, short: boolean): Promise<void> {
  const it = new Messenger(exchange);
  if (short) await exchange.close();
  else await it.close();
}`,
    },
  },
});

verdicts(rule, "resolved from a chain of listeners", {
  "the callback of the acquiring call resolves it": {
    leak: {
      "nothing resolves it": `
import { connect, type ConnectionOptions } from "node:tls";
export function f(options: ConnectionOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(options, () => { //! neverReleased
      console.log(socket.authorized);
      resolve();
    }).once("error", reject);
  });
}`,
    },
    quiet: {
      "behind a listener": `
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
export function f(options: ConnectionOptions): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect(options, () => {
      if (socket.authorized) resolve(socket);
      else reject(new Error("refused"));
    }).once("error", reject);
  });
}`,
      "in the listener itself": `
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
export function f(options: ConnectionOptions): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect(options)
      .once("error", reject)
      .once("secureConnect", () => {
        resolve(socket);
      });
  });
}`,
    },
  },
});
