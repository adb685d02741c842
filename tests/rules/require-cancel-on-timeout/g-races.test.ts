import { verdicts } from "../../support/verdicts.ts";

const cluster = `import { ClusterClient, Hub, count, download, load, type Session, type Subscription } from "./kit/cluster.js";\n`;
const timer = `
  function expire(ms: number): Promise<never> {
    return new Promise((_, reject) => setTimeout(() => reject(new Error("late")), ms).unref());
  }\n`;
const both = cluster + timer;
const helpers = (names: string): string =>
  `${cluster}import { ${names} } from "./helpers/timers.ts";\n`;

verdicts("require-cancel-on-timeout", "G57 the operation is not aborted", {
  "it takes a signal and gets none": {
    leak: {
      race: `${timer}
        export const run = (url: string, ms: number) => Promise.race([fetch(url), expire(ms)]); //! noSignal`,
      await: `${both}
        export async function run(client: ClusterClient, ms: number) {
          return await Promise.race([
            client.request("status"), //! noSignal
            expire(ms),
          ]);
        }`,
      "in a variable": `${both}
        export async function run(client: ClusterClient, ms: number) {
          const answer = client.request("status", { retries: 2 }); //! noSignal
          const late = expire(ms);
          return await Promise.race([answer, late]);
        }`,
      "promise chain": `${both}
        export const run = (url: string, ms: number) =>
          Promise.race([load(url).then((text) => text.length), expire(ms)]) //! noSignal
            .catch(() => 0);`,
      method: `${both}
        export class Service {
          constructor(private readonly client: ClusterClient) {}
          async status(ms: number) {
            return await Promise.race([this.client.request("status"), expire(ms)]); //! noSignal
          }
        }`,
      "the timer is written there": `${cluster}
        export async function run(client: ClusterClient, ms: number) {
          let timer: NodeJS.Timeout | undefined;
          try {
            return await Promise.race([
              client.request("status"), //! noSignal
              new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error("late")), ms); }),
            ]);
          } finally {
            clearTimeout(timer);
          }
        }`,
      "a sleep that resolves": `${helpers("sleep")}
        export async function run(client: ClusterClient, ms: number) {
          const answer = await Promise.race([client.request("status"), sleep(ms)]); //! noSignal
          return answer ?? "unknown";
        }`,
      "a helper of another file": `${helpers("withTimeout")}
        export const run = (client: ClusterClient, ms: number) =>
          withTimeout(client.request("status"), ms); //! noSignal`,
      "a helper that makes the promise": `${helpers("limited")}
        export const run = (url: string) => limited(() => fetch(url)); //! noSignal`,
      "a helper that is ignored": `${helpers("withDeadline")}
        export const run = (url: string, ms: number) => withDeadline(() => fetch(url), ms); //! noSignal`,
      "a hand-written promise": `${cluster}
        export const run = (client: ClusterClient, ms: number) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms);
            client.request("status").then(resolve, reject).finally(() => clearTimeout(timer)); //! noSignal
          });`,
      "an async function that is called there": `${timer}
        export const run = (url: string, ms: number) =>
          Promise.race([
            (async () => {
              const response = await fetch(url); //! noSignal
              return await response.json();
            })(),
            expire(ms),
          ]);`,
      "a helper that is given a function of several steps": `${helpers("limited")}
        export const run = (url: string) =>
          limited(async () => {
            const response = await fetch(url); //! noSignal
            return await response.text();
          }, 5000);`,
      "an async executor": `
        export const run = (url: string, ms: number) =>
          new Promise<Response>(async (resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms);
            try {
              resolve(await fetch(url)); //! noSignal
            } catch (error) {
              reject(error);
            } finally {
              clearTimeout(timer);
            }
          });`,
      "many of a kind": `${timer}
        export const first = (urls: readonly string[]) =>
          Promise.race([...urls.map((url) => fetch(url)), expire(5000)]); //! noSignal`,
      "one overload of several": `import { execFile } from "node:child_process";
        import { promisify } from "node:util";${timer}
        const run = promisify(execFile);
        export const version = (file: string) => Promise.race([run(file, ["--version"]), expire(5000)]); //! noSignal`,
      "an event": `import { once, type EventEmitter } from "node:events";${timer}
        export const ready = (emitter: EventEmitter, ms: number) =>
          Promise.race([once(emitter, "ready"), expire(ms)]); //! noSignal`,
    },
    fine: {
      "Promise.any, which waits on when a promise is rejected": `${timer}
        export const run = (url: string, ms: number) => Promise.any([fetch(url), expire(ms)]);`,
      "an async function with a signal": `${timer}
        export const run = async (url: string, ms: number) => {
          const late = new AbortController();
          try {
            return await Promise.race([
              (async () => (await fetch(url, { signal: late.signal })).text())(),
              expire(ms),
            ]);
          } finally {
            late.abort();
          }
        };`,
      "aborted by the timer": `${cluster}
        export async function run(client: ClusterClient, ms: number) {
          const controller = new AbortController();
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<never>((_, reject) => {
            timer = setTimeout(() => { controller.abort(); reject(new Error("late")); }, ms);
          });
          try {
            return await Promise.race([client.request("status", { signal: controller.signal }), late]);
          } finally {
            clearTimeout(timer);
          }
        }`,
      "aborted in finally": `${both}
        export async function run(client: ClusterClient, ms: number) {
          const controller = new AbortController();
          try {
            return await Promise.race([client.request("status", { signal: controller.signal }), expire(ms)]);
          } finally {
            controller.abort();
          }
        }`,
      "aborted by the chain": `${both}
        export function run(url: string, ms: number) {
          const controller = new AbortController();
          const { signal } = controller;
          return Promise.race([load(url, signal), expire(ms)]).finally(() => controller.abort());
        }`,
      "aborts by itself": `${both}
        export const run = (client: ClusterClient, ms: number) =>
          Promise.race([client.request("status", { signal: AbortSignal.timeout(ms) }), expire(ms)]);`,
      "a helper with a signal": `${helpers("withDeadline")}
        export const run = (url: string, ms: number) =>
          withDeadline((signal) => fetch(url, { signal }), ms);`,
      "somebody else's signal": `${both}
        export const run = (client: ClusterClient, signal: AbortSignal, ms: number) =>
          Promise.race([client.request("status", { signal }), expire(ms)]);`,
      "a promise that is killed": `
        interface Running extends Promise<string> { kill(): boolean }
        declare function run(command: string, options?: { signal?: AbortSignal }): Running;${timer}
        export async function output(command: string, ms: number) {
          const child = run(command);
          try {
            return await Promise.race([child, expire(ms)]);
          } catch (error) {
            child.kill();
            throw error;
          }
        }`,
      "no timer": `${cluster}
        export const run = (client: ClusterClient) =>
          Promise.race([client.request("a"), client.request("b")]);`,
      "nothing to stop": `${both}
        export const run = (ms: number) => Promise.race([count(), expire(ms)]);`,
      "what it watches is ended": `import { spawn } from "node:child_process";
        import { once } from "node:events";${timer}
        export async function run(command: string, ms: number) {
          const child = spawn(command);
          try {
            await Promise.race([once(child, "exit"), expire(ms)]);
          } finally {
            child.kill();
          }
        }`,
    },
  },
  "its signal is never aborted": {
    leak: {
      "no abort": `${both}
        export async function run(client: ClusterClient, ms: number) {
          const controller = new AbortController();
          return await Promise.race([
            client.request("status", { signal: controller.signal }), //! signalNotAborted
            expire(ms),
          ]);
        }`,
      "after success only": `${both}
        export async function run(url: string, ms: number) {
          const controller = new AbortController();
          const text = await Promise.race([load(url, controller.signal), expire(ms)]); //! signalNotAborted
          controller.abort();
          return text;
        }`,
      destructured: `${both}
        export function run(url: string, ms: number) {
          const { signal } = new AbortController();
          const controller = new AbortController();
          const other = controller.signal;
          return signal.aborted ? undefined : Promise.race([load(url, other), expire(ms)]); //! signalNotAborted
        }`,
    },
  },
});

verdicts("require-cancel-on-timeout", "G57 the operation is not cancelled", {
  "its promise can be cancelled": {
    leak: {
      inline: `${both}
        export const run = (url: string, ms: number) => Promise.race([download(url), expire(ms)]); //! notCancelled`,
      "in a variable": `${both}
        export async function run(url: string, ms: number) {
          const file = download(url); //! notCancelled
          try {
            return await Promise.race([file, expire(ms)]);
          } catch {
            return undefined;
          }
        }`,
    },
    fine: {
      "cancelled behind the race": `${both}
        export async function run(url: string, ms: number) {
          const file = download(url);
          try {
            return await Promise.race([file, expire(ms)]);
          } catch (error) {
            file.cancel();
            throw error;
          }
        }`,
      "cancelled by the timer": `${cluster}
        export function run(url: string, ms: number) {
          const file = download(url);
          const late = new Promise<never>((_, reject) => {
            setTimeout(() => { file.cancel(); reject(new Error("late")); }, ms);
          });
          return Promise.race([file, late]);
        }`,
    },
  },
  "its type has the other half of the pair": {
    leak: {
      subscribe: `${both}
        export async function join(hub: Hub, topic: string, ms: number) {
          await Promise.race([hub.subscribe(topic), expire(ms)]); //! notCancelled
        }`,
      "a helper": `${helpers("withTimeout")}
        export const join = (hub: Hub, topic: string, ms: number) =>
          withTimeout(hub.subscribe(topic), ms); //! notCancelled`,
    },
    fine: {
      unsubscribed: `${both}
        export async function join(hub: Hub, topic: string, ms: number) {
          try {
            await Promise.race([hub.subscribe(topic), expire(ms)]);
          } catch (error) {
            await hub.unsubscribe(topic);
            throw error;
          }
        }`,
    },
  },
});

verdicts("require-cancel-on-timeout", "G58 a late result", {
  "nobody releases it": {
    leak: {
      race: `${both}
        export const run = (client: ClusterClient, ms: number) =>
          Promise.race([client.openSession(), expire(ms)]); //! lateResult`,
      "a variable": `${both}
        export async function run(client: ClusterClient, ms: number) {
          const session = client.openSession(); //! lateResult
          session.catch(() => {});
          return await Promise.race([session, expire(ms)]);
        }`,
      "a subscription": `${both}
        export async function run(client: ClusterClient, ms: number): Promise<Subscription> {
          return await Promise.race([client.subscribe("orders"), expire(ms)]); //! lateResult
        }`,
      "a file": `import { open } from "node:fs/promises";${timer}
        export const run = (path: string, ms: number) => Promise.race([open(path), expire(ms)]); //! lateResult`,
      "a helper": `${helpers("withTimeout")}import { open } from "node:fs/promises";
        export async function run(path: string, ms: number) {
          const file = await withTimeout(open(path), ms); //! lateResult
          await file.close();
        }`,
      retries: `${helpers("rejectAfter")}
        export async function connect(client: ClusterClient): Promise<Session> {
          for (let attempt = 0; attempt < 5; attempt++) {
            try {
              return await Promise.race([client.openSession(), rejectAfter(5000)]); //! lateResult
            } catch {
              console.warn("retrying");
            }
          }
          throw new Error("no session");
        }`,
      "closes what came in time only": `${helpers("sleep")}
        export async function probe(client: ClusterClient, ms: number) {
          const session = await Promise.race([client.openSession(), sleep(ms)]); //! lateResult
          if (session === undefined) return false;
          session.close();
          return true;
        }`,
    },
    fine: {
      "then close": `${both}
        export async function run(client: ClusterClient, ms: number) {
          const pending = client.openSession();
          try {
            return await Promise.race([pending, expire(ms)]);
          } catch (error) {
            pending.then((late) => late.close(), () => {});
            throw error;
          }
        }`,
      "then close in the chain": `${both}
        export function run(client: ClusterClient, ms: number) {
          const pending = client.openSession();
          return Promise.race([pending, expire(ms)]).catch((error: unknown) => {
            void pending.then((late) => late.close());
            throw error;
          });
        }`,
      "a flag": `${cluster}
        export function run(client: ClusterClient, ms: number) {
          return new Promise<Session>((resolve, reject) => {
            let late = false;
            const timer = setTimeout(() => { late = true; reject(new Error("late")); }, ms);
            client.openSession().then((session) => {
              clearTimeout(timer);
              if (late) session.close();
              else resolve(session);
            }, reject);
          });
        }`,
      "the client is closed": `${both}
        export async function run(client: ClusterClient, ms: number) {
          try {
            return await Promise.race([client.openSession(), expire(ms)]);
          } catch (error) {
            await client.close();
            throw error;
          }
        }`,
      kept: `${both}
        export class Pool {
          private readonly pending = new Set<Promise<Session>>();
          async take(client: ClusterClient, ms: number) {
            const session = client.openSession();
            this.pending.add(session);
            return await Promise.race([session, expire(ms)]);
          }
        }`,
      "the client is followed as such": `${timer}
        declare class Client { connect(): Promise<Client>; end(): Promise<void> }
        export async function connected(client: Client, ms: number) {
          await Promise.race([client.connect(), expire(ms)]).finally(() => client.end());
        }`,
      "plain data": `${both}
        export const run = (client: ClusterClient, ms: number) => Promise.race([client.ping(), expire(ms)]);`,
    },
  },
});

verdicts("require-cancel-on-timeout", "G57 a process that goes on", {
  "a child is waited for by its end": {
    leak: {
      "an executor": `import { spawn } from "node:child_process";
        export const run = (command: string, ms: number) =>
          new Promise<void>((resolve, reject) => {
            const child = spawn(command); //! notCancelled
            const timer = setTimeout(() => reject(new Error("late")), ms);
            child.on("exit", () => { clearTimeout(timer); resolve(); });
            child.on("error", (error) => { clearTimeout(timer); reject(error); });
          });`,
      "a race": `import { spawn } from "node:child_process";${timer}
        export async function run(command: string, ms: number) {
          const child = spawn(command, ["--all"]); //! notCancelled
          const done = new Promise((resolve) => child.once("exit", resolve));
          await Promise.race([done, expire(ms)]);
        }`,
      "by its output": `import { spawn } from "node:child_process";${timer}
        export function version(command: string) {
          const child = spawn(command, ["--version"], { stdio: "pipe" }); //! notCancelled
          return Promise.race([
            new Promise<Buffer>((resolve) => child.stdout.once("data", resolve)),
            expire(5000),
          ]);
        }`,
    },
    fine: {
      "killed by the timer": `import { spawn } from "node:child_process";
        export const run = (command: string, ms: number) =>
          new Promise<void>((resolve, reject) => {
            const child = spawn(command);
            const timer = setTimeout(() => { child.kill(); reject(new Error("late")); }, ms);
            child.on("exit", () => { clearTimeout(timer); resolve(); });
          });`,
      "killed behind the race": `import { spawn } from "node:child_process";${timer}
        export async function run(command: string, ms: number) {
          const child = spawn(command);
          const done = new Promise((resolve) => child.once("exit", resolve));
          try {
            await Promise.race([done, expire(ms)]);
          } catch (error) {
            child.kill("SIGKILL");
            throw error;
          }
        }`,
      "its own timeout": `import { spawn } from "node:child_process";${timer}
        export async function run(command: string, ms: number) {
          const child = spawn(command, { timeout: ms });
          await Promise.race([new Promise((resolve) => child.once("exit", resolve)), expire(ms)]);
        }`,
      "its tree is killed": `import { spawn } from "node:child_process";
        declare function killTree(pid: number | undefined): void;
        export const run = (command: string, ms: number) =>
          new Promise<void>((resolve, reject) => {
            const child = spawn(command);
            const timer = setTimeout(() => { killTree(child.pid); reject(new Error("late")); }, ms);
            child.on("exit", () => { clearTimeout(timer); resolve(); });
          });`,
    },
  },
});

verdicts("require-cancel-on-timeout", "G57 what stays behind", {
  "a listener": {
    leak: {
      "hand-written": `import type { EventEmitter } from "node:events";
        export const ready = (emitter: EventEmitter, ms: number) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms);
            emitter.once("ready", (value) => { //! leftBehind
              clearTimeout(timer);
              resolve(value);
            });
          });`,
      "a race": `import type { EventEmitter } from "node:events";${timer}
        export async function ready(emitter: EventEmitter, ms: number) {
          await Promise.race([
            new Promise((resolve) => emitter.once("ready", resolve)), //! leftBehind
            expire(ms),
          ]);
        }`,
      "a named listener": `${cluster}
        export class Service {
          constructor(private readonly client: ClusterClient) {}
          ready(ms: number) {
            return new Promise<void>((resolve, reject) => {
              const onReady = (): void => { clearTimeout(timer); resolve(); };
              const timer = setTimeout(() => reject(new Error("late")), ms);
              this.client.events.on("ready", onReady); //! leftBehind
            });
          }
        }`,
      "a DOM event that comes once": `${timer}
        export const loaded = (image: HTMLImageElement, ms: number) =>
          Promise.race([
            new Promise((resolve) => image.addEventListener("load", resolve, { once: true })), //! leftBehind
            expire(ms),
          ]);`,
      "a DOM event": `
        export const loaded = (image: HTMLImageElement, ms: number) =>
          new Promise<void>((resolve, reject) => {
            const timer = setTimeout(reject, ms);
            image.addEventListener("load", () => { clearTimeout(timer); resolve(); }); //! leftBehind
          });`,
    },
    fine: {
      "on what the operation itself makes": `import { spawn, type ChildProcess } from "node:child_process";
        export class Tool {
          private child: ChildProcess | undefined;
          run(ms: number) {
            return new Promise<void>((resolve, reject) => {
              const timer = setTimeout(() => reject(new Error("late")), ms);
              this.child = spawn("tool");
              this.child.on("error", reject);
              this.child.once("spawn", () => { clearTimeout(timer); resolve(); });
            });
          }
          stop() { this.child?.kill(); }
        }`,
      "taken off by the timer": `import type { EventEmitter } from "node:events";
        export const ready = (emitter: EventEmitter, ms: number) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => { emitter.off("ready", onReady); reject(new Error("late")); }, ms);
            const onReady = (value: unknown): void => { clearTimeout(timer); resolve(value); };
            emitter.once("ready", onReady);
          });`,
      "a common end": `import type { EventEmitter } from "node:events";
        export const ready = (emitter: EventEmitter, ms: number) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => { cleanup(); reject(new Error("late")); }, ms);
            function cleanup(): void { clearTimeout(timer); emitter.removeListener("ready", onReady); }
            function onReady(value: unknown): void { cleanup(); resolve(value); }
            emitter.on("ready", onReady);
          });`,
      "behind the promise": `import type { EventEmitter } from "node:events";${timer}
        export async function ready(emitter: EventEmitter, ms: number) {
          let onReady: (() => void) | undefined;
          try {
            await Promise.race([
              new Promise<void>((resolve) => { onReady = resolve; emitter.once("ready", onReady); emitter.once("up", resolve); }),
              expire(ms),
            ]);
          } finally {
            emitter.removeAllListeners();
          }
        }`,
      "a method that only is called so": `${timer}
        interface Rules { on(name: string, check: (value: string) => void): string }
        export const first = (rules: Rules, ms: number) =>
          Promise.race([new Promise<string>((resolve) => { console.log(rules.on("x", resolve)); }), expire(ms)]);`,
      "an emitter of its own": `import { EventEmitter } from "node:events";${timer}
        export async function ready(ms: number) {
          const emitter = new EventEmitter();
          setImmediate(() => emitter.emit("ready"));
          await Promise.race([new Promise((resolve) => emitter.once("ready", resolve)), expire(ms)]);
        }`,
      "ended with what it watches": `import type { ChildProcess } from "node:child_process";
        export const exited = (child: ChildProcess, ms: number) =>
          new Promise((resolve) => {
            const timer = setTimeout(() => { child.kill(); resolve(undefined); }, ms);
            child.once("exit", (code) => { clearTimeout(timer); resolve(code); });
          });`,
    },
  },
  "an entry of a table or a queue": {
    leak: {
      "a map": `
        const pending = new Map<number, (value: unknown) => void>();
        export const request = (id: number, ms: number) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), ms);
            pending.set(id, (value) => { clearTimeout(timer); resolve(value); }); //! leftBehind
          });`,
      "a queue": `
        export class Semaphore {
          private readonly waiters: (() => void)[] = [];
          wait(ms: number) {
            return new Promise<void>((resolve, reject) => {
              const timer = setTimeout(() => reject(new Error("late")), ms);
              this.waiters.push(() => { clearTimeout(timer); resolve(); }); //! leftBehind
            });
          }
        }`,
    },
    fine: {
      "a map": `
        const pending = new Map<number, (value: unknown) => void>();
        export const request = (id: number, ms: number) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => { pending.delete(id); reject(new Error("late")); }, ms);
            pending.set(id, (value) => { clearTimeout(timer); resolve(value); });
          });`,
      "a method takes it off": `
        export class Rpc {
          private readonly pending = new Map<number, (value: unknown) => void>();
          request(id: number, ms: number) {
            return new Promise((resolve, reject) => {
              const timer = setTimeout(() => { this.forget(id); reject(new Error("late")); }, ms);
              this.pending.set(id, (value) => { clearTimeout(timer); resolve(value); });
            });
          }
          private forget(id: number) { this.pending.delete(id); }
        }`,
      "a queue": `
        export class Semaphore {
          private waiters: (() => void)[] = [];
          wait(ms: number) {
            return new Promise<void>((resolve, reject) => {
              const waiter = (): void => { clearTimeout(timer); resolve(); };
              const timer = setTimeout(() => {
                this.waiters = this.waiters.filter((one) => one !== waiter);
                reject(new Error("late"));
              }, ms);
              this.waiters.push(waiter);
            });
          }
        }`,
    },
  },
});
