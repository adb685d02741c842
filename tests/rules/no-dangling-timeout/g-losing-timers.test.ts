import { verdicts } from "../../support/verdicts.ts";

const work = `import { useAsync, workAsync } from "./kit/opaque.js";\n`;
const helpers = (names: string): string =>
  `${work}import { ${names} } from "./helpers/timers.ts";\n`;

verdicts("no-dangling-timeout", "G59 the losing timer of a race", {
  "is never cleared": {
    leak: {
      inline: `${work}
        export async function run(ms: number) {
          return await Promise.race([
            workAsync(),
            new Promise((_, reject) => setTimeout(() => reject(new Error("late")), ms)), //! neverCleared
          ]);
        }`,
      "in a variable": `${work}
        export async function run(ms: number) {
          const late = new Promise<never>((_, reject) => {
            setTimeout(() => reject(new Error("late")), ms); //! neverCleared
          });
          return Promise.race([workAsync(), late]);
        }`,
      "reject itself is the callback": `${work}
        export const run = (ms: number) =>
          Promise.race([workAsync(), new Promise<never>((_, no) => setTimeout(no, ms))]); //! neverCleared`,
      "a handle that nobody uses": `${work}
        export async function run(ms: number) {
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<void>((resolve) => {
            timer = setTimeout(resolve, ms); //! neverCleared
          });
          await Promise.race([workAsync(), late]);
          return timer === undefined;
        }`,
      "as a list": `${work}
        export async function run(ms: number) {
          const both = [workAsync(), new Promise((r) => setTimeout(r, ms))]; //! neverCleared
          await Promise.race(both);
        }`,
      "a method": `${work}
        export class Client {
          async run(ms: number) {
            await Promise.race([
              workAsync(),
              new Promise((r) => setTimeout(r, ms)).then(() => { throw new Error("late"); }), //! neverCleared
            ]);
          }
        }`,
      "a promise chain": `${work}
        export const run = (ms: number) =>
          Promise.race([
            workAsync(),
            new Promise((_, reject) => setTimeout(reject, ms)), //! neverCleared
          ]).then(() => true, () => false);`,
    },
    fine: {
      "cleared in finally": `${work}
        export async function run(ms: number) {
          let timer: NodeJS.Timeout | undefined;
          try {
            return await Promise.race([
              workAsync(),
              new Promise((_, reject) => { timer = setTimeout(() => reject(new Error("late")), ms); }),
            ]);
          } finally {
            clearTimeout(timer);
          }
        }`,
      "cleared by the chain": `${work}
        export function run(ms: number) {
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new Error("late")), ms);
          });
          return Promise.race([workAsync(), late]).finally(() => clearTimeout(timer));
        }`,
      unreferenced: `${work}
        export const run = (ms: number) =>
          Promise.race([workAsync(), new Promise((r) => setTimeout(r, ms).unref())]);`,
      "a signal of its own": `${work}
        export async function run(url: string, ms: number) {
          return await fetch(url, { signal: AbortSignal.timeout(ms) });
        }`,
      "no race at all": `
        export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));`,
      "two operations": `${work}
        export const run = () => Promise.race([workAsync(), useAsync(1)]);`,
    },
    strict: {
      "fires within a second": `${work}
        export const run = () =>
          Promise.race([workAsync(), new Promise((r) => setTimeout(r, 250))]); //! neverCleared`,
      "a short constant": `${work}
        const GRACE = 2 * 100;
        export const run = () =>
          Promise.race([workAsync(), new Promise((r) => setTimeout(r, GRACE))]); //! neverCleared`,
    },
  },
  "is cleared after success only": {
    leak: {
      await: `${work}
        export async function run(ms: number) {
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new Error("late")), ms); //! notClearedOnFailure
          });
          const result = await Promise.race([workAsync(), late]);
          clearTimeout(timer);
          return result;
        }`,
      "promise chain": `${work}
        export function run(ms: number) {
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new Error("late")), ms); //! notClearedOnFailure
          });
          return Promise.race([workAsync(), late]).then((result) => {
            clearTimeout(timer);
            return result;
          });
        }`,
      "a catch that goes on": `${work}
        export async function run(ms: number) {
          let timer: NodeJS.Timeout | undefined;
          try {
            await Promise.race([
              workAsync(),
              new Promise<never>((_, reject) => { timer = setTimeout(reject, ms); }), //! notClearedOnFailure
            ]);
            clearTimeout(timer);
          } catch {
            return false;
          }
          return true;
        }`,
    },
    fine: {
      "cleared in both": `${work}
        export async function run(ms: number) {
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<never>((_, reject) => { timer = setTimeout(reject, ms); });
          try {
            await Promise.race([workAsync(), late]);
          } catch (error) {
            clearTimeout(timer);
            throw error;
          }
          clearTimeout(timer);
        }`,
      "cleared by a helper": `${work}
        export async function run(ms: number) {
          let timer: NodeJS.Timeout | undefined;
          const stop = (): void => clearTimeout(timer);
          const late = new Promise<never>((_, reject) => { timer = setTimeout(reject, ms); });
          return await Promise.race([workAsync(), late]).finally(stop);
        }`,
    },
  },
  "is made by a helper that keeps the handle": {
    leak: {
      "a sleep of another file": `${helpers("sleep")}
        export async function run(ms: number) {
          await Promise.race([workAsync(), sleep(ms)]); //! cannotBeCleared
        }`,
      "a rejecting helper": `${helpers("rejectAfter")}
        export const run = (ms: number) => Promise.race([workAsync(), rejectAfter(ms)]); //! cannotBeCleared`,
      "an async helper": `${helpers("expire")}
        export const run = (ms: number) => Promise.race([workAsync(), expire(ms)]); //! cannotBeCleared`,
      "in a variable": `${helpers("rejectAfter")}
        export async function run(ms: number) {
          const late = rejectAfter(ms); //! cannotBeCleared
          return await Promise.race([workAsync(), late]);
        }`,
      "timers/promises": `${work}import { setTimeout as delay } from "node:timers/promises";
        export const run = (ms: number) => Promise.race([workAsync(), delay(ms)]); //! cannotBeCleared`,
      promisify: `${work}import { promisify } from "node:util";
        const pause = promisify(setTimeout);
        export const run = (ms: number) => Promise.race([workAsync(), pause(ms)]); //! cannotBeCleared`,
      "one file": `${work}
        function timeout(ms: number): Promise<never> {
          return new Promise((_, reject) => setTimeout(() => reject(new Error("late")), ms));
        }
        export async function run() {
          return Promise.race([workAsync(), timeout(5000)]); //! cannotBeCleared
        }`,
    },
    fine: {
      "unreferenced in the helper": `${helpers("politeDelay")}
        export const run = (ms: number) => Promise.race([workAsync(), politeDelay(ms)]);`,
      "a signal": `${work}import { setTimeout as delay } from "node:timers/promises";
        export async function run(ms: number) {
          const stop = new AbortController();
          try {
            await Promise.race([workAsync(), delay(ms, undefined, { signal: stop.signal })]);
          } finally {
            stop.abort();
          }
        }`,
      "a helper that gives the handle": `${helpers("stoppableDelay")}
        export async function run(ms: number) {
          const late = stoppableDelay(ms);
          try {
            await Promise.race([workAsync(), late.promise]);
          } finally {
            late.stop();
          }
        }`,
      "a helper that clears": `${helpers("withTimeout")}
        export const run = (ms: number) => withTimeout(workAsync(), ms);`,
    },
    strict: {
      "a short constant": `${helpers("sleep")}
        export const run = () => Promise.race([workAsync(), sleep(100)]); //! cannotBeCleared`,
    },
  },
});
