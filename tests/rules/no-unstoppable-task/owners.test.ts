/** Timers: who ends stops what it started, on every path. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unstoppable-task", "H69 timers in fields", {
  "the teardown forgets one of several timers": {
    leak: {
      "an initialiser": `
        export class Poller {
          private readonly fast = setInterval(() => this.poll(), 100);
          private readonly slow = setInterval(() => this.poll(), 1000); //! fieldNotReleased
          poll(): void {}
          stop(): void {
            clearInterval(this.fast);
          }
        }`,
      "started by a method": `
        export class Poller {
          private fast: NodeJS.Timeout | undefined;
          private slow: NodeJS.Timeout | undefined;
          start(): void {
            this.fast = setInterval(() => this.poll(), 100);
            this.slow = setInterval(() => this.poll(), 1000); //! fieldNotReleased
          }
          poll(): void {}
          stop(): void {
            clearInterval(this.fast);
          }
        }`,
      "private names": `
        export class Poller {
          #fast = setInterval(() => this.poll(), 100);
          #slow = setInterval(() => this.poll(), 1000); //! fieldNotReleased
          poll(): void {}
          dispose(): void {
            clearInterval(this.#fast);
          }
        }`,
      "set to nothing instead of being stopped": `
        export class Poller {
          private fast: NodeJS.Timeout | undefined = setInterval(() => this.poll(), 100);
          private slow: NodeJS.Timeout | undefined = setInterval(() => this.poll(), 1000); //! fieldNotReleased
          poll(): void {}
          stop(): void {
            clearInterval(this.fast);
            this.fast = undefined;
            this.slow = undefined;
          }
        }`,
    },
    fine: {
      both: `
        export class Poller {
          private readonly fast = setInterval(() => this.poll(), 100);
          private readonly slow = setInterval(() => this.poll(), 1000);
          poll(): void {}
          stop(): void {
            clearInterval(this.fast);
            clearInterval(this.slow);
          }
        }`,
      "a helper": `
        function stopAll(...timers: NodeJS.Timeout[]): void {
          for (const timer of timers) clearInterval(timer);
        }
        export class Poller {
          private readonly fast = setInterval(() => this.poll(), 100);
          private readonly slow = setInterval(() => this.poll(), 1000);
          poll(): void {}
          stop(): void {
            stopAll(this.fast, this.slow);
          }
        }`,
    },
  },
  "a second start replaces the running timer": {
    leak: {
      restart: `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          start(): void {
            this.timer = setInterval(() => this.poll(), 100);
          }
          restart(): void {
            this.timer = setInterval(() => this.poll(), 200); //! fieldOverwritten
          }
          poll(): void {}
          stop(): void {
            clearInterval(this.timer);
          }
        }`,
    },
    fine: {
      "stopped first": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          start(): void {
            this.timer = setInterval(() => this.poll(), 100);
          }
          restart(): void {
            clearInterval(this.timer);
            this.timer = setInterval(() => this.poll(), 200);
          }
          poll(): void {}
          stop(): void {
            clearInterval(this.timer);
          }
        }`,
    },
  },
  "nothing can stop it, and nobody says that it ends": {
    strict: {
      "a class without an end": `
        export class Beat {
          private readonly timer = setInterval(() => this.beat(), 100); //! noRelease
          beat(): void {}
        }`,
      "a function": `
        export function beat(tick: () => void): void {
          setInterval(tick, 100); //! resultDropped
        }`,
    },
    fine: {
      unref: `
        export function beat(tick: () => void): void {
          setInterval(tick, 100).unref();
        }`,
      "the top level of a program": `
        setInterval(() => console.log("alive"), 60_000);
        export {};`,
    },
  },
});

verdicts("no-unstoppable-task", "timers in functions", {
  "what ends one timer forgets the other": {
    leak: {
      "the function that is returned": `
        export function start(tick: () => void): () => void {
          const fast = setInterval(tick, 100);
          const slow = setInterval(tick, 1000); //! neverReleased
          console.log(slow);
          return () => clearInterval(fast);
        }`,
      "a variable that is only set to nothing": `
        let timer: NodeJS.Timeout | undefined;
        export function start(tick: () => void): void {
          timer = setInterval(tick, 100); //! neverEnds
        }
        export function stop(): void {
          timer = undefined;
        }`,
      "a loop that is called where it is written": `
        const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
        export function start(tick: () => void): { stop(): void } {
          void (async () => {
            while (true) { //! neverEnds
              await sleep(100);
              tick();
            }
          })();
          return {
            stop() {
              console.log("stopped");
            },
          };
        }`,
    },
    fine: {
      "a variable that is cleared first": `
        let timer: NodeJS.Timeout | undefined;
        export function start(tick: () => void): void {
          timer = setInterval(tick, 100);
        }
        export function stop(): void {
          clearInterval(timer);
          timer = undefined;
        }`,
      "a loop that is called where it is written and asks a flag": `
        const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
        export function start(tick: () => void): { stop(): void } {
          let stopped = false;
          void (async () => {
            while (!stopped) {
              await sleep(100);
              tick();
            }
          })();
          return {
            stop() {
              stopped = true;
            },
          };
        }`,
    },
  },
  "stopped on some ways out only": {
    leak: {
      "an early return": `
        export async function wait(isReady: () => Promise<boolean>, tick: () => void): Promise<boolean> {
          const timer = setInterval(tick, 100); //! notReleasedOnPath
          if (!(await isReady())) return false;
          clearInterval(timer);
          return true;
        }`,
    },
    fine: {
      finally: `
        export async function wait(isReady: () => Promise<boolean>, tick: () => void): Promise<boolean> {
          const timer = setInterval(tick, 100);
          try {
            return await isReady();
          } finally {
            clearInterval(timer);
          }
        }`,
      "returned to the caller as the function that stops it": `
        export function start(tick: () => void): () => void {
          const timer = setInterval(tick, 100);
          return () => clearInterval(timer);
        }`,
    },
  },
});
