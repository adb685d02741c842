/** Listeners that each call or each event adds, and what a function returns to take them off. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-leaked-listener", "calls and events", {
  "a listener on the signal that a call is given": {
    leak: {
      "in an executor": `
        export function wait(ms: number, signal: AbortSignal): Promise<void> {
          return new Promise((resolve, reject) => {
            setTimeout(resolve, ms).unref();
            signal.addEventListener("abort", () => reject(new Error("stopped"))); //! addedPerCall
          });
        }`,
      "once removes nothing while the signal does not fire": `
        export async function load(url: string, signal: AbortSignal): Promise<string> {
          const request = new XMLHttpRequest();
          signal.addEventListener("abort", () => request.abort(), { once: true }); //! addedPerCall
          request.open("GET", url);
          await Promise.resolve();
          return request.responseText;
        }`,
      "an optional signal among the options": `
        export async function load(options: { signal?: AbortSignal }): Promise<void> {
          const inner = new AbortController();
          options.signal?.addEventListener("abort", () => inner.abort()); //! addedPerCall
          await fetch("/", { signal: inner.signal });
        }`,
      "a function with a name": `
        export async function load(url: string, signal: AbortSignal): Promise<Response> {
          const inner = new AbortController();
          const stop = (): void => inner.abort();
          signal.addEventListener("abort", stop, { once: true, capture: true }); //! addedPerCall
          return fetch(url, { signal: inner.signal });
        }`,
      destructured: `
        export async function load({ signal }: { signal?: AbortSignal }): Promise<void> {
          const inner = new AbortController();
          const stop = (): void => inner.abort();
          if (signal) signal.addEventListener("abort", stop); //! addedPerCall
          await fetch("/", { signal: inner.signal });
        }`,
    },
    fine: {
      "the signal of a request that is answered": `
        export async function answer(request: Request, stop: () => void): Promise<Response> {
          request.signal.addEventListener("abort", stop, { once: true });
          return new Response(await request.text());
        }`,
      "removed in a finally block": `
        export async function load(url: string, signal: AbortSignal): Promise<void> {
          const inner = new AbortController();
          const stop = (): void => inner.abort();
          signal.addEventListener("abort", stop);
          try {
            await fetch(url, { signal: inner.signal });
          } finally {
            signal.removeEventListener("abort", stop);
          }
        }`,
      "removed by a helper": `
        export function wait(ms: number, signal: AbortSignal): Promise<void> {
          return new Promise((resolve, reject) => {
            const done = (): void => {
              signal.removeEventListener("abort", stop);
              resolve();
            };
            const timer = setTimeout(done, ms);
            function stop(): void {
              clearTimeout(timer);
              reject(new Error("stopped"));
            }
            signal.addEventListener("abort", stop);
          });
        }`,
      "bound to a signal that ends with the call": `
        export async function load(url: string, signal: AbortSignal): Promise<void> {
          const inner = new AbortController();
          signal.addEventListener("abort", () => inner.abort(), { signal: inner.signal });
          try {
            await fetch(url, { signal: inner.signal });
          } finally {
            inner.abort();
          }
        }`,
      "a signal made for the call": `
        export async function load(url: string): Promise<void> {
          const signal = AbortSignal.timeout(500);
          signal.addEventListener("abort", () => console.log("late"));
          await fetch(url, { signal });
        }`,
      "the signal of a controller made for the call": `
        export async function load(url: string): Promise<void> {
          const controller = new AbortController();
          controller.signal.addEventListener("abort", () => console.log("late"));
          try {
            await fetch(url, { signal: controller.signal });
          } finally {
            controller.abort();
          }
        }`,
    },
  },
  "a signal that is made for the call": {
    strict: {
      "of a callback": `
        export function register(run: (job: (signal: AbortSignal) => Promise<void>) => void): void {
          run(async (signal) => {
            signal.addEventListener("abort", () => console.log("stopped")); //! addedPerCall
            await Promise.resolve();
          });
        }`,
    },
  },
  "what looks like a removal": {
    fine: {
      "a function that is told when it is done": `
        declare class Client {
          subscribe(channel: string, done: () => void): void;
          unsubscribe(done: () => void): void;
        }
        export function leave(client: Client): void {
          client.unsubscribe(() => console.log("left"));
        }`,
    },
  },
  "a listener that is added each time an event comes": {
    leak: {
      "to the process, for each connection": `
        import { createServer } from "node:net";
        export const server = createServer();
        server.on("connection", (socket) => {
          process.on("message", (text) => socket.write(String(text))); //! addedPerEvent
        });`,
      "to the page, for each click": `
        export function menu(button: HTMLElement): void {
          button.addEventListener("click", () => {
            document.addEventListener("keydown", () => button.blur()); //! addedPerEvent
          });
        }`,
      "to the emitter of the object": `
        import { EventEmitter } from "node:events";
        export class Relay {
          constructor(
            private readonly source: EventEmitter,
            private readonly sink: EventEmitter,
          ) {}
          run(): void {
            this.source.on("item", (item: EventEmitter) => {
              this.sink.on("pause", () => item.emit("pause")); //! addedPerEvent
            });
          }
        }`,
    },
    fine: {
      "removed when the connection ends": `
        import { createServer } from "node:net";
        export const server = createServer();
        server.on("connection", (socket) => {
          const relay = (text: unknown): void => void socket.write(String(text));
          process.on("message", relay);
          socket.on("close", () => process.off("message", relay));
        });`,
      "what the event brings": `
        import { createServer } from "node:net";
        export const server = createServer();
        server.on("connection", (socket) => {
          socket.on("data", () => socket.write("thanks"));
        });`,
      "dragging, which ends itself": `
        export function drag(handle: HTMLElement): void {
          handle.addEventListener("mousedown", () => {
            const move = (): void => {};
            const up = (): void => {
              document.removeEventListener("mousemove", move);
              document.removeEventListener("mouseup", up);
            };
            document.addEventListener("mousemove", move);
            document.addEventListener("mouseup", up);
          });
        }`,
    },
    quiet: {
      "one function, kept once by the platform": `
        export function menu(button: HTMLElement): void {
          const close = (): void => button.blur();
          button.addEventListener("click", () => {
            document.addEventListener("keydown", close);
          });
        }`,
    },
    strict: {
      "to an emitter around it": `
        import { EventEmitter } from "node:events";
        export function relay(source: EventEmitter): EventEmitter {
          const sink = new EventEmitter();
          source.on("item", (item: EventEmitter) => {
            source.on("pause", () => item.emit("pause")); //! addedPerEvent
          });
          return sink;
        }`,
      "an event that comes once in most lives": `
        import { Socket } from "node:net";
        export function open(socket: Socket): void {
          socket.on("connect", () => {
            process.on("message", (text) => socket.write(String(text))); //! addedPerEvent
          });
        }`,
    },
  },
  "a function that returns what takes its listeners off": {
    leak: {
      "and forgets one": `
        import type { EventEmitter } from "node:events";
        export function attach(bus: EventEmitter): () => void {
          const onMessage = (): void => {};
          const onStatus = (): void => {};
          bus.on("message", onMessage);
          bus.on("status", onStatus); //! neverRemoved
          return () => {
            bus.off("message", onMessage);
          };
        }`,
      "in an object": `
        export function attach(): { destroy(): void } {
          const onMove = (): void => {};
          const onKey = (): void => {};
          document.addEventListener("mousemove", onMove);
          document.addEventListener("keydown", onKey); //! neverRemoved
          return {
            destroy() {
              document.removeEventListener("mousemove", onMove);
            },
          };
        }`,
    },
    fine: {
      "and forgets none": `
        import type { EventEmitter } from "node:events";
        export function attach(bus: EventEmitter): () => void {
          const onMessage = (): void => {};
          const onStatus = (): void => {};
          bus.on("message", onMessage).on("status", onStatus);
          return () => bus.off("message", onMessage).off("status", onStatus);
        }`,
    },
    strict: {
      "nothing is returned": `
        export function attach(draw: () => void): void {
          window.addEventListener("resize", () => draw()); //! neverRemoved
        }`,
    },
  },
  "several of which only one is called": {
    leak: {
      "on an emitter of the object": `
        import { EventEmitter } from "node:events";
        class Bus extends EventEmitter {}
        export class Client {
          readonly #bus = new Bus();
          wait(): Promise<void> {
            return new Promise((resolve, reject) => {
              this.#bus.once("answer", resolve);
              this.#bus.once("failure", reject); //! onlyOneIsCalled
            });
          }
        }`,
      "on an emitter of the module, in a function": `
        import { connect } from "node:net";
        const socket = connect(7000);
        export async function drained(): Promise<void> {
          if (!socket.writableNeedDrain) return;
          await new Promise<void>((resolve, reject) => {
            socket.once("drain", () => resolve());
            socket.once("error", (error) => reject(error)); //! onlyOneIsCalled
          });
        }`,
      "for each request": `
        import { connect } from "node:net";
        import { createServer } from "node:http";
        const socket = connect(7000);
        createServer(async (request, response) => {
          await new Promise((resolve, reject) => {
            socket.once("connect", resolve);
            socket.once("error", reject); //! onlyOneIsCalled
          });
          response.end();
        });`,
      "with an option": `
        export const answer = (): Promise<Event> =>
          new Promise((resolve, reject) => {
            window.addEventListener("message", resolve, { once: true });
            window.addEventListener("messageerror", reject, { once: true }); //! onlyOneIsCalled
          });`,
    },
    fine: {
      "each takes off the other": `
        import { EventEmitter } from "node:events";
        class Bus extends EventEmitter {}
        export class Client {
          readonly #bus = new Bus();
          wait(): Promise<void> {
            return new Promise((resolve, reject) => {
              const onAnswer = (): void => {
                this.#bus.off("failure", onFailure);
                resolve();
              };
              const onFailure = (error: Error): void => {
                this.#bus.off("answer", onAnswer);
                reject(error);
              };
              this.#bus.once("answer", onAnswer);
              this.#bus.once("failure", onFailure);
            });
          }
        }`,
      "on an emitter of the call": `
        import { connect } from "node:net";
        export async function open(): Promise<void> {
          const socket = connect(7000);
          await new Promise<void>((resolve, reject) => {
            socket.once("data", () => resolve());
            socket.once("error", reject);
          });
          socket.end();
        }`,
      "on an emitter that the call puts into the field": `
        import { connect, type Socket } from "node:net";
        export class Client {
          #socket: Socket | undefined;
          async open(): Promise<void> {
            const socket = connect(7000);
            this.#socket = socket;
            await new Promise<void>((resolve, reject) => {
              socket.once("data", () => resolve());
              socket.once("error", reject);
            });
          }
          close(): void {
            this.#socket?.destroy();
          }
        }`,
      "while the program starts": `
        import { connect } from "node:net";
        const socket = connect(7000);
        await new Promise<void>((resolve, reject) => {
          socket.once("data", () => resolve());
          socket.once("error", reject);
        });`,
    },
    strict: {
      "a start that comes once": `
        import { connect } from "node:net";
        const socket = connect(7000);
        export function connected(): Promise<void> {
          return new Promise((resolve, reject) => {
            socket.once("connect", resolve);
            socket.once("error", reject); //! onlyOneIsCalled
          });
        }`,
    },
  },
});
