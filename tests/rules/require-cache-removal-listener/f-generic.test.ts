/** Section F(50) of the verdicts: caches that a program writes for any value. */
import { verdicts } from "../../support/verdicts.ts";

const rule = "require-cache-removal-listener";

const bounded = `
class Bounded<V> {
  private readonly values = new Map<string, V>();
  constructor(private readonly max: number) {}
  get(key: string): V | undefined {
    return this.values.get(key);
  }
  set(key: string, value: V): void {
    this.values.set(key, value);
    if (this.values.size <= this.max) return;
    const oldest = this.values.keys().next().value;
    if (oldest !== undefined) this.values.delete(oldest);
  }
}`;

const expiring = `
interface Slot<T> {
  readonly value: T;
  readonly since: number;
}
export class Expiring<K, V> {
  readonly #slots = new Map<K, Slot<V>>();
  get(key: K): V | undefined {
    return this.#slots.get(key)?.value;
  }
  set(key: K, value: V): void {
    this.#slots.set(key, { value, since: Date.now() });
  }
  sweep(): void {
    for (const [key, { since }] of this.#slots) if (Date.now() - since > 1000) this.#slots.delete(key);
  }
}`;

verdicts(rule, "F, generic classes", {
  "50. made to hold resources, which it drops": {
    leak: {
      "a module variable": `import { connect, type Socket } from "node:net";${bounded}
const sockets = new Bounded<Socket>(10); //! noListenerOffered
export function socketOf(host: string): Socket {
  const known = sockets.get(host);
  if (known !== undefined) return known;
  const socket = connect(443, host);
  sockets.set(host, socket);
  return socket;
}`,
      "a field, and two parameters": `import { connect, type Socket } from "node:net";${expiring}
export class Sockets {
  readonly #sockets = new Expiring<string, Socket>(); //! noListenerOffered
  of(host: string): Socket {
    let socket = this.#sockets.get(host);
    if (socket === undefined) {
      socket = connect(443, host);
      this.#sockets.set(host, socket);
    }
    return socket;
  }
}`,
      "filled by a function that it is given": `import { connect, type Socket } from "node:net";
class Loading<V> {
  private readonly values: V[] = [];
  load(make: () => V): V {
    const value = make();
    this.values.push(value);
    if (this.values.length > 10) this.values.shift();
    return value;
  }
}
const sockets = new Loading<Socket>(); //! noListenerOffered
export const socketOf = (host: string): Socket => sockets.load(() => connect(443, host));`,
    },
    fine: {
      "it holds texts": `${bounded}
const texts = new Bounded<string>(10);
export const add = (text: string): void => texts.set(text, text);`,
      "what it holds belongs to others": `import { createServer, type Socket } from "node:net";${bounded}
const recent = new Bounded<Socket>(10);
createServer((socket) => {
  recent.set(String(socket.remoteAddress), socket);
}).listen(80);`,
      "it tells what goes": `import { connect, type Socket } from "node:net";
class Telling<V> {
  private readonly values = new Map<string, V>();
  constructor(private readonly onEvict?: (value: V) => void) {}
  set(key: string, value: V): void {
    this.values.set(key, value);
    if (this.values.size <= 10) return;
    const [oldest] = this.values;
    if (oldest === undefined) return;
    this.values.delete(oldest[0]);
    this.onEvict?.(oldest[1]);
  }
}
const sockets = new Telling<Socket>((socket) => socket.destroy());
export const add = (host: string): void => sockets.set(host, connect(443, host));`,
      "it gives what goes": `import { connect, type Socket } from "node:net";
class Giving<V> {
  private readonly values = new Map<string, V>();
  set(key: string, value: V): V | undefined {
    this.values.set(key, value);
    const [oldest] = this.values.keys();
    if (this.values.size <= 10 || oldest === undefined) return undefined;
    const gone = this.values.get(oldest);
    this.values.delete(oldest);
    return gone;
  }
}
const sockets = new Giving<Socket>();
export const add = (host: string): void => void sockets.set(host, connect(443, host))?.destroy();`,
      "a queue": `import { connect, type Socket } from "node:net";
class Queue<V> {
  private readonly values: V[] = [];
  push(value: V): void {
    this.values.push(value);
  }
  shift(): V | undefined {
    return this.values.shift();
  }
}
const sockets = new Queue<Socket>();
export const add = (host: string): void => sockets.push(connect(443, host));
export const next = (): void => void sockets.shift()?.destroy();`,
    },
  },
});

verdicts(rule, "F, two members deep", {
  "50. a record in an entry": {
    leak: {
      "the oldest goes": `import { connect, type Socket } from "node:net";
interface Entry { readonly meta: { readonly socket: Socket }; readonly host: string }
const entries = new Map<string, Entry>();
export function add(host: string): Entry {
  const known = entries.get(host);
  if (known !== undefined) return known;
  const [oldest] = entries.keys();
  if (entries.size > 9 && oldest !== undefined) entries.delete(oldest);
  const socket = connect(443, host); //! droppedUnreleased
  const entry: Entry = { meta: { socket }, host };
  entries.set(host, entry);
  return entry;
}
export function end(host: string): void {
  entries.get(host)?.meta.socket.destroy();
}`,
    },
    fine: {
      "it is ended": `import { connect, type Socket } from "node:net";
interface Entry { readonly meta: { readonly socket: Socket }; readonly host: string }
const entries = new Map<string, Entry>();
export function add(host: string): Entry {
  const known = entries.get(host);
  if (known !== undefined) return known;
  const [oldest] = entries.values();
  if (entries.size > 9 && oldest !== undefined) {
    entries.delete(oldest.host);
    oldest.meta.socket.destroy();
  }
  const socket = connect(443, host);
  const entry: Entry = { meta: { socket }, host };
  entries.set(host, entry);
  return entry;
}`,
    },
  },
});
