/** Pending requests and subscriptions: what has to go with an answer, and with the end of a connection. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("require-disconnect-cleanup", "pending requests", {
  "an answer that leaves the entry of its request": {
    leak: {
      "nothing takes an entry out": `
        import type { Socket } from "node:net";
        export class Client {
          readonly #waiting = new Map<number, (line: string) => void>();
          #next = 0;
          readonly #socket: Socket;
          constructor(socket: Socket) {
            this.#socket = socket;
            socket.on("data", (data) => this.#waiting.get(data[0]!)?.(data.toString()));
          }
          ask(text: string): Promise<string> {
            const id = this.#next++;
            return new Promise((resolve) => {
              this.#waiting.set(id, resolve); //! requestStays
              this.#socket.write(text);
            });
          }
        }`,
      "only the end of the connection empties it": `
        import { connect } from "node:net";
        const pending = new Map<number, { resolve(line: string): void; reject(error: Error): void }>();
        const socket = connect(7000);
        let next = 0;
        socket.on("data", (data) => pending.get(data[0]!)?.resolve(data.toString()));
        socket.on("close", () => {
          for (const one of pending.values()) one.reject(new Error("closed"));
          pending.clear();
        });
        export function ask(text: string): Promise<string> {
          const id = next++;
          return new Promise((resolve, reject) => {
            pending.set(id, { resolve, reject }); //! requestStays
            socket.write(text);
          });
        }`,
    },
    fine: {
      "taken out on each of its ways": `
        import type { Socket } from "node:net";
        interface Waiting {
          readonly resolve: (line: string) => void;
          readonly reject: (error: Error) => void;
          readonly timer: NodeJS.Timeout;
        }
        export class Client {
          readonly #waiting = new Map<number, Waiting>();
          #next = 0;
          readonly #socket: Socket;
          constructor(socket: Socket) {
            this.#socket = socket;
            socket.on("data", (data) => this.#take(data[0]!)?.resolve(data.toString()));
            socket.on("close", () => {
              for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(new Error("closed"));
            });
          }
          ask(text: string): Promise<string> {
            const id = this.#next++;
            return new Promise((resolve, reject) => {
              const timer = setTimeout(() => this.#take(id)?.reject(new Error("timeout")), 5000);
              this.#waiting.set(id, { resolve, reject, timer });
              this.#socket.write(text);
            });
          }
          #take(id: number): Waiting | undefined {
            const waiting = this.#waiting.get(id);
            clearTimeout(waiting?.timer);
            this.#waiting.delete(id);
            return waiting;
          }
        }`,
      "taken out when the promise is settled": `
        const pending = new Map<string, (text: string) => void>();
        export async function ask(id: string): Promise<string> {
          try {
            return await new Promise<string>((resolve) => {
              pending.set(id, resolve);
            });
          } finally {
            pending.delete(id);
          }
        }
        export function answer(id: string, text: string): void {
          pending.get(id)?.(text);
        }`,
      "all of them are answered when it is time": `
        export function debounce(work: () => number, ms: number): () => Promise<number> {
          let waiting: { resolve: (value: number) => void }[] = [];
          let timer: NodeJS.Timeout | undefined;
          return () =>
            new Promise((resolve) => {
              const run = (): void => {
                const value = work();
                waiting.forEach((one) => one.resolve(value));
                waiting = [];
              };
              clearTimeout(timer);
              timer = setTimeout(run, ms);
              waiting.push({ resolve });
            });
        }`,
      "a list of subscriptions that each call makes for itself": `
        interface Disposer {
          dispose(): void;
        }
        interface Page {
          readonly onTitle: (listener: (title: string) => void) => Disposer;
          readonly onHide: (listener: () => void) => Disposer;
          show(): void;
        }
        export async function titleOf(page: Page): Promise<string> {
          return await new Promise<string>((resolve) => {
            const disposers: Disposer[] = [];
            disposers.push(
              page.onTitle((title) => {
                resolve(title);
              }),
            );
            disposers.push(
              page.onHide(() => {
                resolve("");
              }),
            );
            disposers.push({
              dispose: () => {
                for (const one of disposers) one.dispose();
              },
            });
            page.show();
          });
        }`,
      "a table of one call": `
        export async function askAll(texts: string[], send: (id: number) => void): Promise<string[]> {
          const pending = new Map<number, (text: string) => void>();
          return Promise.all(
            texts.map(
              (_, id) =>
                new Promise<string>((resolve) => {
                  pending.set(id, resolve);
                  send(id);
                }),
            ),
          );
        }`,
    },
  },
  "a connection that ends while requests wait": {
    leak: {
      "the listener for the end forgets them": `
        import type { Socket } from "node:net";
        export class Client {
          readonly #waiting = new Map<number, PromiseWithResolvers<string>>();
          #next = 0;
          readonly #socket: Socket;
          constructor(socket: Socket) {
            this.#socket = socket;
            socket.on("data", (data) => {
              const id = data[0]!;
              this.#waiting.get(id)?.resolve(data.toString());
              this.#waiting.delete(id);
            });
            socket.on("close", () => console.log("closed"));
          }
          ask(text: string): Promise<string> {
            const id = this.#next++;
            const answer = Promise.withResolvers<string>();
            this.#waiting.set(id, answer); //! requestWaitsForEver
            this.#socket.write(text);
            return answer.promise;
          }
        }`,
      "the method for the end forgets them": `
        import { Worker } from "node:worker_threads";
        export class Pool {
          private readonly waiting: Record<string, { done: (value: string) => void }> = {};
          private next = 0;
          private readonly worker = new Worker("./work.js");
          constructor() {
            this.worker.on("message", ({ id, value }: { id: string; value: string }) => {
              this.waiting[id]?.done(value);
              delete this.waiting[id];
            });
          }
          run(text: string): Promise<string> {
            const id = String(this.next++);
            return new Promise((resolve) => {
              this.waiting[id] = { done: resolve }; //! requestWaitsForEver
              this.worker.postMessage({ id, text });
            });
          }
          async close(): Promise<void> {
            await this.worker.terminate();
          }
        }`,
      "a queue over the one connection of the module": `
        import { connect } from "node:net";
        const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
        const socket = connect(6379);
        socket.on("data", (data) => {
          waiting.shift()?.resolve(data.toString());
        });
        export function ask(text: string): Promise<string> {
          return new Promise((resolve, reject) => {
            waiting.push({ resolve, reject }); //! requestWaitsForEver
            socket.write(text);
          });
        }`,
    },
    fine: {
      "all of them are rejected by a helper": `
        import { connect } from "node:net";
        const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
        const socket = connect(6379);
        socket.on("data", (data) => {
          waiting.shift()?.resolve(data.toString());
        });
        socket.on("close", fail);
        function fail(): void {
          for (const one of waiting.splice(0)) one.reject(new Error("closed"));
        }
        export function ask(text: string): Promise<string> {
          return new Promise((resolve, reject) => {
            waiting.push({ resolve, reject });
            socket.write(text);
          });
        }`,
      "each request listens for the end": `
        import { connect } from "node:net";
        const waiting = new Map<number, (line: string) => void>();
        const socket = connect(6379);
        let next = 0;
        socket.on("data", (data) => {
          waiting.get(data[0]!)?.(data.toString());
          waiting.delete(data[0]!);
        });
        socket.on("end", () => console.log("end"));
        export function ask(text: string): Promise<string> {
          const id = next++;
          return new Promise((resolve, reject) => {
            const onClose = (): void => {
              waiting.delete(id);
              reject(new Error("closed"));
            };
            socket.once("close", onClose);
            waiting.set(id, (line) => {
              socket.off("close", onClose);
              resolve(line);
            });
            socket.write(text);
          });
        }`,
      "they are sent again over the next one": `
        import { connect, type Socket } from "node:net";
        export class Client {
          readonly #waiting = new Map<number, { text: string; resolve: (line: string) => void }>();
          #next = 0;
          #socket: Socket | undefined;
          open(): void {
            const socket = connect(7000);
            this.#socket = socket;
            for (const { text } of this.#waiting.values()) socket.write(text);
            socket.on("data", (data) => {
              this.#waiting.get(data[0]!)?.resolve(data.toString());
              this.#waiting.delete(data[0]!);
            });
            socket.on("close", () => this.open());
          }
          ask(text: string): Promise<string> {
            const id = this.#next++;
            return new Promise((resolve) => {
              this.#waiting.set(id, { text, resolve });
              this.#socket?.write(text);
            });
          }
          close(): void {
            this.#socket?.destroy();
          }
        }`,
      "nothing is known of an end": `
        const waiting = new Map<number, (line: string) => void>();
        let next = 0;
        export function receive(id: number, line: string): void {
          waiting.get(id)?.(line);
          waiting.delete(id);
        }
        export function ask(send: (id: number) => void): Promise<string> {
          const id = next++;
          return new Promise((resolve) => {
            waiting.set(id, resolve);
            send(id);
          });
        }`,
    },
    strict: {
      "their time is up some day": `
        import { connect } from "node:net";
        const waiting = new Map<number, (line: string) => void>();
        const socket = connect(6379);
        let next = 0;
        socket.on("data", (data) => {
          waiting.get(data[0]!)?.(data.toString());
          waiting.delete(data[0]!);
        });
        socket.on("close", () => console.log("closed"));
        export function ask(text: string): Promise<string> {
          const id = next++;
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
              waiting.delete(id);
              reject(new Error("timeout"));
            }, 5000);
            waiting.set(id, (line) => { //! requestWaitsForEver
              clearTimeout(timer);
              resolve(line);
            });
            socket.write(text);
          });
        }`,
    },
  },
  "a request in one file and its answers in another": {
    leak: {
      "the class is made elsewhere": `
        import type { EventEmitter } from "node:events";
        export class Rpc {
          readonly #pending = new Map<string, { resolve: (value: unknown) => void }>();
          readonly #channel: EventEmitter;
          constructor(channel: EventEmitter) {
            this.#channel = channel;
            channel.on("disconnect", () => channel.removeAllListeners());
          }
          answer(id: string, value: unknown): void {
            const entry = this.#pending.get(id);
            this.#pending.delete(id);
            entry?.resolve(value);
          }
          call(id: string): Promise<unknown> {
            return new Promise((resolve) => {
              this.#pending.set(id, { resolve }); //! requestWaitsForEver
              this.#channel.emit("call", id);
            });
          }
        }`,
    },
  },
});

const broker = `
        interface Broker {
          subscribe(topic: string): void;
          unsubscribe(topic: string): void;
        }
        declare const broker: Broker;`;

verdicts("require-disconnect-cleanup", "subscriptions for local subscribers", {
  "the last subscriber leaves": {
    leak: {
      "and the subscription stays, in a class": `${broker}
        type Listener = (text: string) => void;
        export class Hub {
          readonly #topics = new Map<string, Set<Listener>>();
          add(topic: string, listener: Listener): void {
            let listeners = this.#topics.get(topic);
            if (listeners === undefined) {
              listeners = new Set();
              this.#topics.set(topic, listeners);
              broker.subscribe(topic); //! subscriptionStays
            }
            listeners.add(listener);
          }
          remove(topic: string, listener: Listener): void {
            this.#topics.get(topic)?.delete(listener);
          }
        }`,
      "and only its key goes, in functions": `${broker}
        type Listener = (text: string) => void;
        const topics = new Map<string, Set<Listener>>();
        export function add(topic: string, listener: Listener): () => void {
          const listeners = topics.get(topic) ?? new Set();
          if (listeners.size === 0) broker.subscribe(topic); //! subscriptionStays
          topics.set(topic, listeners.add(listener));
          return () => {
            listeners.delete(listener);
            if (listeners.size === 0) topics.delete(topic);
          };
        }`,
    },
    fine: {
      "and it is ended": `${broker}
        type Listener = (text: string) => void;
        export class Hub {
          readonly #topics = new Map<string, Set<Listener>>();
          add(topic: string, listener: Listener): void {
            let listeners = this.#topics.get(topic);
            if (listeners === undefined) {
              listeners = new Set();
              this.#topics.set(topic, listeners);
              broker.subscribe(topic);
            }
            listeners.add(listener);
          }
          remove(topic: string, listener: Listener): void {
            const listeners = this.#topics.get(topic);
            listeners?.delete(listener);
            if (listeners?.size === 0) {
              this.#topics.delete(topic);
              broker.unsubscribe(topic);
            }
          }
        }`,
      "and somebody who has the broker may end it": `${broker}
        declare function tidy(one: Broker): void;
        const topics = new Map<string, Set<string>>();
        export function add(topic: string, name: string): void {
          const names = topics.get(topic) ?? new Set();
          if (names.size === 0) broker.subscribe(topic);
          topics.set(topic, names.add(name));
        }
        export function remove(topic: string, name: string): void {
          topics.get(topic)?.delete(name);
          tidy(broker);
        }`,
      "nobody ever leaves": `${broker}
        const topics = new Map<string, Set<string>>();
        export function add(topic: string, name: string): void {
          const names = topics.get(topic) ?? new Set();
          if (names.size === 0) broker.subscribe(topic);
          topics.set(topic, names.add(name));
        }`,
    },
  },
});
