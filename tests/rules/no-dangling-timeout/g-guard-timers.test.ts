import { verdicts } from "../../support/verdicts.ts";

const emitter = `import { once, type EventEmitter } from "node:events";\n`;

verdicts("no-dangling-timeout", "G59 guard timers", {
  "a timer that aborts a request": {
    leak: {
      "no handle": `
        export async function answers(url: string) {
          const controller = new AbortController();
          setTimeout(() => controller.abort(), 10_000); //! neverCleared
          return (await fetch(url, { signal: controller.signal })).ok;
        }`,
      "cleared after success": `
        export async function answers(url: string, ms: number) {
          const controller = new AbortController();
          const timer = setTimeout(() => controller.abort(), ms); //! notClearedOnFailure
          const response = await fetch(url, { signal: controller.signal });
          clearTimeout(timer);
          return response.ok;
        }`,
      "cleared on one path": `
        export async function answers(url: string, ms: number) {
          const controller = new AbortController();
          const { signal } = controller;
          const timer = setTimeout(() => controller.abort(), ms); //! notClearedOnPath
          try {
            const response = await fetch(url, { signal });
            if (!response.ok) return false;
            clearTimeout(timer);
            return true;
          } catch {
            clearTimeout(timer);
            return false;
          }
        }`,
      bound: `
        export async function answers(url: string, ms: number) {
          const controller = new AbortController();
          setTimeout(controller.abort.bind(controller), ms); //! neverCleared
          return await fetch(url, { signal: controller.signal });
        }`,
      "promise chain": `
        export const answers = (url: string, ms: number) => {
          const controller = new AbortController();
          const timer = setTimeout(() => controller.abort(), ms); //! notClearedOnFailure
          return fetch(url, { signal: controller.signal }).then((response) => {
            clearTimeout(timer);
            return response.ok;
          });
        };`,
      "options in a variable": `
        export async function answers(url: string, ms: number) {
          const controller = new AbortController();
          const options = { method: "HEAD", signal: controller.signal };
          setTimeout(() => controller.abort(new Error("late")), ms); //! neverCleared
          return await fetch(url, options);
        }`,
    },
    fine: {
      finally: `
        export async function answers(url: string, ms: number) {
          const controller = new AbortController();
          const timer = setTimeout(() => controller.abort(), ms);
          try {
            return (await fetch(url, { signal: controller.signal })).ok;
          } finally {
            clearTimeout(timer);
          }
        }`,
      "finally of a chain": `
        export const answers = (url: string, ms: number) => {
          const controller = new AbortController();
          const timer = setTimeout(() => controller.abort(), ms);
          return fetch(url, { signal: controller.signal }).finally(() => clearTimeout(timer));
        };`,
      "the signal is the product": `
        export function signalIn(ms: number): AbortSignal {
          const controller = new AbortController();
          setTimeout(() => controller.abort(), ms);
          return controller.signal;
        }`,
      "the handle is the caller's": `
        export function start(url: string, ms: number) {
          const controller = new AbortController();
          const timer = setTimeout(() => controller.abort(), ms);
          return { response: fetch(url, { signal: controller.signal }), stop: () => clearTimeout(timer) };
        }`,
      using: `
        export async function answers(url: string, ms: number) {
          const controller = new AbortController();
          using _ = setTimeout(() => controller.abort(), ms) as NodeJS.Timeout;
          return (await fetch(url, { signal: controller.signal })).ok;
        }`,
    },
  },
  "a timer that gives up on an event": {
    leak: {
      "never cleared": `${emitter}
        export const answer = (emitter: EventEmitter, ms: number) =>
          new Promise((resolve, reject) => {
            setTimeout(() => reject(new Error("late")), ms); //! neverCleared
            emitter.once("answer", resolve);
          });`,
      "cleared after success only": `${emitter}
        export function answer(emitter: EventEmitter, ms: number) {
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms); //! notClearedWhenSettled
            emitter.once("answer", (value) => {
              clearTimeout(timer);
              resolve(value);
            });
            emitter.once("error", reject);
          });
        }`,
      "a listener forgets": `${emitter}
        export function answer(emitter: EventEmitter, ms: number) {
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms); //! notClearedWhenSettled
            emitter.once("answer", (value) => {
              clearTimeout(timer);
              resolve(value);
            });
            emitter.once("error", (error) => {
              reject(error);
            });
          });
        }`,
      "settled at once": `
        interface Channel { listen(pattern: string, found: () => void): void; readonly ready: boolean }
        export const seen = (channel: Channel, ms: number) =>
          new Promise<void>((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms); //! notClearedOnPath
            if (channel.ready) {
              resolve();
              return;
            }
            channel.listen("ready", () => { clearTimeout(timer); resolve(); });
          });`,
      "one branch forgets": `${emitter}
        export function answer(emitter: EventEmitter, ms: number) {
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms); //! notClearedWhenSettled
            emitter.once("answer", (value: { ok: boolean }) => {
              if (!value.ok) {
                reject(new Error("refused"));
                return;
              }
              clearTimeout(timer);
              resolve(value);
            });
          });
        }`,
      "under other names": `${emitter}
        export function answer(emitter: EventEmitter, ms: number) {
          return new Promise((resolve, reject) => {
            const done = resolve;
            const fail = reject;
            const timer = setTimeout(() => fail(new Error("late")), ms); //! notClearedWhenSettled
            emitter.once("answer", (value: { ok: boolean }) => {
              if (value.ok) clearTimeout(timer);
              done(value);
            });
          });
        }`,
      "a promise in the executor": `
        export function limited<T>(operation: Promise<T>, ms: number) {
          return new Promise<T>((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms); //! notClearedOnFailure
            operation.then((value) => {
              clearTimeout(timer);
              resolve(value);
            }, reject);
          });
        }`,
    },
    fine: {
      "every listener clears": `${emitter}
        export function answer(emitter: EventEmitter, ms: number) {
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms);
            emitter.once("answer", (value) => { clearTimeout(timer); resolve(value); });
            emitter.once("error", (error) => { clearTimeout(timer); reject(error); });
          });
        }`,
      "a common end": `${emitter}
        export function answer(emitter: EventEmitter, ms: number) {
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => { cleanup(); reject(new Error("late")); }, ms);
            const onAnswer = (value: unknown): void => { cleanup(); resolve(value); };
            const onError = (error: unknown): void => { cleanup(); reject(error); };
            function cleanup(): void {
              clearTimeout(timer);
              emitter.off("answer", onAnswer);
              emitter.off("error", onError);
            }
            emitter.on("answer", onAnswer);
            emitter.on("error", onError);
          });
        }`,
      "a settling helper": `${emitter}
        export function answer(emitter: EventEmitter, ms: number) {
          return new Promise((resolve, reject) => {
            const finish = (settle: () => void): void => { clearTimeout(timer); settle(); };
            const timer = setTimeout(() => finish(() => reject(new Error("late"))), ms);
            emitter.once("answer", (value) => finish(() => resolve(value)));
            emitter.once("error", (error) => finish(() => reject(error)));
          });
        }`,
      "other messages do not count": `${emitter}
        export function answer(emitter: EventEmitter, id: number, ms: number) {
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms);
            emitter.on("message", (message: { id: number }) => {
              if (message.id !== id) return;
              clearTimeout(timer);
              resolve(message);
            });
          });
        }`,
      "cleared behind the promise": `${emitter}
        export function answer(emitter: EventEmitter, ms: number) {
          let timer: NodeJS.Timeout;
          return new Promise((resolve, reject) => {
            timer = setTimeout(() => reject(new Error("late")), ms);
            emitter.once("answer", resolve);
            emitter.once("error", reject);
          }).finally(() => clearTimeout(timer));
        }`,
      "a flag says that it has fired": `
        interface Handle { close(): Promise<void> }
        export function within(operation: Promise<Handle>, ms: number) {
          return new Promise<Handle>((resolve, reject) => {
            let late = false;
            const timer = setTimeout(() => { late = true; reject(new Error("late")); }, ms);
            operation.then(
              async (handle) => {
                if (late) { await handle.close(); return; }
                clearTimeout(timer);
                resolve(handle);
              },
              (error) => { clearTimeout(timer); reject(error); },
            );
          });
        }`,
      "a promise that is kept": `
        interface Handle { close(): void }
        export async function within(open: () => Promise<Handle>, ms: number) {
          let timer: NodeJS.Timeout | undefined;
          let late = false;
          const expired = new Promise<never>((_, reject) => {
            timer = setTimeout(() => { late = true; reject(new Error("late")); }, ms);
          });
          const pending = open().then((handle) => { if (late) handle.close(); return handle; });
          try {
            return await Promise.race([pending, expired]);
          } finally {
            clearTimeout(timer);
          }
        }`,
      "a promise in the executor": `
        export function limited<T>(operation: Promise<T>, ms: number) {
          return new Promise<T>((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms);
            operation.then(resolve, reject).finally(() => clearTimeout(timer));
          });
        }`,
      polling: `
        export const until = (ready: () => boolean) =>
          new Promise<void>((resolve) => {
            const check = (): void => { if (ready()) resolve(); else setTimeout(check, 5000); };
            check();
          });`,
      "a listener that is registered first": `${emitter}
        export const answer = (emitter: EventEmitter, ms: number) =>
          new Promise((resolve) => {
            const onAnswer = (value: unknown): void => {
              resolve(value);
              clearTimeout(timer);
            };
            emitter.once("answer", onAnswer);
            const timer = setTimeout(() => { emitter.off("answer", onAnswer); resolve(undefined); }, ms);
          }),
          other = (emitter: EventEmitter, ms: number) =>
          new Promise((resolve) => {
            const registered = emitter.once("answer", (value) => { clearTimeout(timer); resolve(value); });
            const timer = setTimeout(() => { registered.removeAllListeners(); resolve(undefined); }, ms);
          });`,
      "a promise that is still pending": `
        interface Channel { listen(pattern: string, found: () => void): void; open(): Promise<void>; close(): void }
        export const seen = (channel: Channel | undefined, ms: number) =>
          new Promise<void>((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms);
            channel?.listen("ready", () => { clearTimeout(timer); resolve(); });
          }),
          opened = (channel: Channel) =>
          new Promise<boolean>(async (resolve) => {
            const timer = setTimeout(() => { channel.close(); resolve(false); }, 5000);
            await channel.open();
            clearTimeout(timer);
            resolve(true);
          });`,
      "a sleep that gives a function to break it off": `
        export function pause(ms: number) {
          let stop: (() => void) | undefined;
          const over = new Promise<void>((resolve) => {
            const timer = setTimeout(() => resolve(), ms);
            stop = () => { if (timer) { clearTimeout(timer); resolve(); } };
          });
          return Object.assign(over, { stop });
        }`,
      "a sleep that can be broken off": `
        export const pause = (ms: number, signal: AbortSignal) =>
          new Promise<void>((resolve, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason));
            setTimeout(resolve, ms);
          });`,
      "a delayed step": `${emitter}
        export function greet(emitter: EventEmitter) {
          setTimeout(() => emitter.emit("hello"), 5000);
        }`,
    },
  },
  "a timer that stops what is waited for": {
    leak: {
      "a child process": `${emitter}import { spawn } from "node:child_process";
        export async function run(command: string) {
          const child = spawn(command);
          setTimeout(() => child.kill(), 60_000); //! neverCleared
          await once(child, "exit");
        }`,
      "a kept promise that may reject": `${emitter}import type { ChildProcess } from "node:child_process";
        export async function stop(child: ChildProcess) {
          const exited = once(child, "exit");
          const timer = setTimeout(() => child.kill("SIGKILL"), 60_000); //! notClearedOnFailure
          await exited;
          clearTimeout(timer);
        }`,
      "a loop with a flag": `import { workAsync } from "./kit/opaque.js";
        export async function poll(ready: () => boolean) {
          let expired = false;
          setTimeout(() => { expired = true; }, 30_000); //! neverCleared
          while (!expired) {
            if (ready()) return true;
            await workAsync();
          }
          return false;
        }`,
    },
    fine: {
      "a kept promise that can only resolve": `import type { ChildProcess } from "node:child_process";
        function exitOf(child: ChildProcess): Promise<void> {
          return new Promise((resolve) => { child.once("exit", () => resolve()); });
        }
        export async function stop(child: ChildProcess) {
          const exited = exitOf(child);
          const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
          await exited;
          clearTimeout(timer);
        }`,
      "ended by who waited for something else": `
        interface Server { stop(): Promise<void> }
        async function cleanup(server: Server) {
          await server.stop();
        }
        export async function outage(server: Server, again: Promise<void>) {
          setTimeout(() => server.stop(), 2000);
          await again;
          await cleanup(server);
        }`,
      "a child process": `${emitter}import { spawn } from "node:child_process";
        export async function run(command: string) {
          const child = spawn(command);
          const timer = setTimeout(() => child.kill(), 60_000);
          try {
            await once(child, "exit");
          } finally {
            clearTimeout(timer);
          }
        }`,
      "nobody waits": `import { spawn } from "node:child_process";
        export function run(command: string) {
          const child = spawn(command);
          child.once("exit", () => console.log("done"));
          setTimeout(() => child.kill(), 60_000);
        }`,
    },
  },
});

verdicts("no-dangling-timeout", "G59 timers of pending requests", {
  "an entry is answered": {
    leak: {
      "the answer forgets": `
        interface Pending { resolve(value: unknown): void; reject(error: Error): void; timer: NodeJS.Timeout }
        export class Rpc {
          private readonly pending = new Map<number, Pending>();
          request(id: number, ms: number) {
            return new Promise((resolve, reject) => {
              const timer = setTimeout(() => { //! notClearedWhenAnswered
                this.pending.delete(id);
                reject(new Error("late"));
              }, ms);
              this.pending.set(id, { resolve, reject, timer });
            });
          }
          receive(id: number, value: unknown) {
            const entry = this.pending.get(id);
            if (entry === undefined) return;
            this.pending.delete(id);
            entry.resolve(value);
          }
        }`,
      "the end forgets": `
        const pending = new Map<number, { done: (value: unknown) => void; fail: (error: Error) => void; timer: NodeJS.Timeout }>();
        export const request = (id: number, ms: number) =>
          new Promise((resolve, reject) => {
            pending.set(id, {
              done: resolve,
              fail: reject,
              timer: setTimeout(() => { pending.delete(id); reject(new Error("late")); }, ms), //! notClearedWhenAnswered
            });
          });
        export function receive(id: number, value: unknown) {
          const entry = pending.get(id);
          pending.delete(id);
          if (entry) { clearTimeout(entry.timer); entry.done(value); }
        }
        export function close() {
          for (const entry of pending.values()) entry.fail(new Error("closed"));
          pending.clear();
        }`,
      destructured: `
        interface Pending { resolve(value: unknown): void; reject(error: Error): void; timer: NodeJS.Timeout }
        const pending: Record<string, Pending> = {};
        export const request = (id: string, ms: number) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => { delete pending[id]; reject(new Error("late")); }, ms); //! notClearedWhenAnswered
            pending[id] = { resolve, reject, timer };
          });
        export function receive(id: string, value: unknown) {
          const { resolve } = pending[id]!;
          delete pending[id];
          resolve(value);
        }`,
      "a replaced entry": `
        interface Pending { resolve(value: unknown): void; reject(error: Error): void; timer: NodeJS.Timeout }
        const pending = new Map<string, Pending>();
        export function request(id: string, ms: number) {
          pending.get(id)?.reject(new Error("replaced"));
          const earlier = pending.get(id);
          if (earlier) earlier.reject(new Error("replaced"));
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => { pending.delete(id); reject(new Error("late")); }, ms); //! notClearedWhenAnswered
            pending.set(id, { resolve, reject, timer });
          });
        }`,
    },
    fine: {
      "every answer clears": `
        interface Pending { resolve(value: unknown): void; reject(error: Error): void; timer: NodeJS.Timeout }
        export class Rpc {
          private readonly pending = new Map<number, Pending>();
          request(id: number, ms: number) {
            return new Promise((resolve, reject) => {
              const timer = setTimeout(() => { this.pending.delete(id); reject(new Error("late")); }, ms);
              this.pending.set(id, { resolve, reject, timer });
            });
          }
          receive(id: number, value: unknown) {
            const entry = this.pending.get(id);
            if (entry === undefined) return;
            clearTimeout(entry.timer);
            this.pending.delete(id);
            entry.resolve(value);
          }
          close() {
            for (const { reject, timer } of this.pending.values()) {
              clearTimeout(timer);
              reject(new Error("closed"));
            }
            this.pending.clear();
          }
        }`,
      "taken by a helper": `
        interface Pending { resolve(value: unknown): void; reject(error: Error): void; timer: NodeJS.Timeout }
        const pending = new Map<number, Pending>();
        export const request = (id: number, ms: number) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => { pending.delete(id); reject(new Error("late")); }, ms);
            pending.set(id, { resolve, reject, timer });
          });
        function take(id: number) {
          const entry = pending.get(id);
          if (entry) { pending.delete(id); clearTimeout(entry.timer); }
          return entry;
        }
        export function receive(id: number, value: unknown) {
          take(id)?.resolve(value);
        }`,
      "the entry clears itself": `
        const pending = new Map<number, (value: unknown) => void>();
        export const request = (id: number, ms: number) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => { pending.delete(id); reject(new Error("late")); }, ms);
            pending.set(id, (value) => { clearTimeout(timer); resolve(value); });
          });`,
    },
  },
});

verdicts("no-dangling-timeout", "G59 what the function says of its timer", {
  "cleared behind the work, whatever it does": {
    leak: {
      "a callback that is handed in": `
export async function warned(work: () => Promise<void>, warn: () => void): Promise<void> {
  const timer = setTimeout(warn, 30_000); //! notClearedOnFailure
  await work();
  clearTimeout(timer);
}`,
      "an early return": `
export async function warned(work: () => Promise<number>, warn: () => void): Promise<number> {
  const timer = setTimeout(warn, 30_000); //! notClearedOnPath
  try {
    const result = await work();
    if (result === 0) return -1;
    clearTimeout(timer);
    return result;
  } catch {
    clearTimeout(timer);
    return 0;
  }
}`,
    },
    fine: {
      "in finally": `
export async function warned(work: () => Promise<void>, warn: () => void): Promise<void> {
  const timer = setTimeout(warn, 30_000);
  try {
    await work();
  } finally {
    clearTimeout(timer);
  }
}`,
      "a debounce": `
let timer: NodeJS.Timeout | undefined;
export async function later(save: () => Promise<void>): Promise<void> {
  clearTimeout(timer);
  timer = setTimeout(() => void save(), 30_000);
  await save();
}`,
    },
  },
  "one request at a time, in fields": {
    leak: {
      "answered with the timer armed": `
export class Prompt {
  #timer: NodeJS.Timeout | undefined;
  #answer: ((text: string) => void) | undefined;
  ask(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#timer = setTimeout(() => reject(new Error("late")), 30_000); //! notClearedWhenAnswered
    });
  }
  receive(text: string): void {
    this.#answer?.(text);
  }
  close(): void {
    clearTimeout(this.#timer);
  }
}`,
    },
    fine: {
      "by a method of it": `
export class Prompt {
  #timer: NodeJS.Timeout | undefined;
  #answer: ((text: string) => void) | undefined;
  ask(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#timer = setTimeout(() => reject(new Error("late")), 30_000);
    });
  }
  receive(text: string): void {
    this.#settle();
    this.#answer?.(text);
  }
  #settle(): void {
    clearTimeout(this.#timer);
  }
}`,
      "by who calls it": `
export class Prompt {
  private timer?: NodeJS.Timeout;
  private answer?: (text: string) => void;
  ask(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.answer = resolve;
      this.timer = setTimeout(() => reject(new Error("late")), 30_000);
    });
  }
  receive(text: string): void {
    clearTimeout(this.timer);
    this.finish(text);
  }
  private finish(text: string): void {
    this.answer?.(text);
  }
}`,
    },
  },
  "an entry takes the place of another": {
    leak: {
      "deleted first": `
interface Waiting { answer(text: string): void; timer: NodeJS.Timeout }
const waiting = new Map<string, Waiting>();
export function ask(key: string): Promise<string> {
  waiting.delete(key);
  return new Promise((answer, reject) => {
    const timer = setTimeout(() => { //! notClearedWhenReplaced
      waiting.delete(key);
      reject(new Error("late"));
    }, 30_000);
    waiting.set(key, { answer, timer });
  });
}
export function receive(key: string, text: string): void {
  const one = waiting.get(key);
  if (one === undefined) return;
  clearTimeout(one.timer);
  waiting.delete(key);
  one.answer(text);
}`,
      "one key, and nobody asks what is there": `
interface Waiting { answer(text: string): void; timer: NodeJS.Timeout }
const waiting = new Map<string, Waiting>();
function ask(key: string): Promise<string> {
  return new Promise((answer, reject) => {
    const timer = setTimeout(() => { //! notClearedWhenReplaced
      waiting.delete(key);
      reject(new Error("late"));
    }, 30_000);
    waiting.set(key, { answer, timer });
  });
}
export const login = () => ask("login");
export function receive(key: string, text: string): void {
  const one = waiting.get(key);
  if (one === undefined) return;
  clearTimeout(one.timer);
  waiting.delete(key);
  one.answer(text);
}`,
    },
    fine: {
      "one key, asked for first": `
interface Waiting { answer(text: string): void; timer: NodeJS.Timeout }
const waiting = new Map<string, Waiting>();
function ask(key: string): Promise<string> {
  if (waiting.has(key)) throw new Error("busy");
  return new Promise((answer, reject) => {
    const timer = setTimeout(() => {
      waiting.delete(key);
      reject(new Error("late"));
    }, 30_000);
    waiting.set(key, { answer, timer });
  });
}
export const login = () => ask("login");
export function receive(key: string, text: string): void {
  const one = waiting.get(key);
  if (one === undefined) return;
  clearTimeout(one.timer);
  waiting.delete(key);
  one.answer(text);
}`,
      "keys of the caller's making": `
interface Waiting { answer(text: string): void; timer: NodeJS.Timeout }
const waiting = new Map<string, Waiting>();
export function ask(key: string): Promise<string> {
  return new Promise((answer, reject) => {
    const timer = setTimeout(() => {
      waiting.delete(key);
      reject(new Error("late"));
    }, 30_000);
    waiting.set(key, { answer, timer });
  });
}
export function receive(key: string, text: string): void {
  const one = waiting.get(key);
  if (one === undefined) return;
  clearTimeout(one.timer);
  waiting.delete(key);
  one.answer(text);
}`,
      "cleared first": `
interface Waiting { answer(text: string): void; timer: NodeJS.Timeout }
const waiting = new Map<string, Waiting>();
export function ask(key: string): Promise<string> {
  clearTimeout(waiting.get(key)?.timer);
  waiting.delete(key);
  return new Promise((answer, reject) => {
    const timer = setTimeout(() => {
      waiting.delete(key);
      reject(new Error("late"));
    }, 30_000);
    waiting.set(key, { answer, timer });
  });
}
export function receive(key: string, text: string): void {
  const one = waiting.get(key);
  if (one === undefined) return;
  clearTimeout(one.timer);
  waiting.delete(key);
  one.answer(text);
}`,
    },
  },
});
