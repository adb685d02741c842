/** Endless loops that wait in each turn. */
import { verdicts } from "../../support/verdicts.ts";

const sleep = `import { setTimeout as sleep } from "node:timers/promises";`;

verdicts("no-unstoppable-task", "H72 endless loops", {
  "nothing can end it": {
    leak: {
      "while (true)": `
        ${sleep}
        export class Pump {
          constructor() {
            void this.run();
          }
          private async run(): Promise<void> {
            while (true) { //! neverEnds
              await sleep(1000);
              console.log("turn");
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "for (;;)": `
        ${sleep}
        export class Pump {
          async run(): Promise<void> {
            for (;;) { //! neverEnds
              await sleep(1000);
              console.log("turn");
            }
          }
          stop(): void {
            console.log("closed");
          }
        }`,
      "do while": `
        ${sleep}
        export class Pump {
          async run(): Promise<void> {
            do { //! neverEnds
              console.log("turn");
              await sleep(1000);
            } while (true);
          }
          dispose(): void {
            console.log("closed");
          }
        }`,
      "an arrow function": `
        ${sleep}
        export class Pump {
          private readonly run = async (): Promise<void> => {
            while (true) { //! neverEnds
              await sleep(1000);
              console.log("turn");
            }
          };
          readonly done = this.run();
          async [Symbol.asyncDispose](): Promise<void> {
            console.log("closed");
          }
        }`,
      "a promise of a timer written out": `
        export class Pump {
          async run(): Promise<void> {
            while (true) { //! neverEnds
              await new Promise((resolve) => setTimeout(resolve, 1000));
              console.log("turn");
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a helper that sleeps": `
        function pause(ms: number): Promise<void> {
          return new Promise((resolve) => setTimeout(resolve, ms));
        }
        export class Pump {
          async run(): Promise<void> {
            while (true) { //! neverEnds
              await pause(1000);
              console.log("turn");
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "what fails is caught": `
        export class Pump {
          async run(): Promise<void> {
            while (true) { //! neverEnds
              try {
                await fetch("http://localhost");
              } catch (error) {
                console.error(error);
              }
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "what fails is caught by a chain": `
        export class Pump {
          async run(): Promise<void> {
            while (true) { //! neverEnds
              await fetch("http://localhost").catch((error: unknown) => console.error(error));
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "what fails is caught in a helper": `
        export class Pump {
          async run(): Promise<void> {
            while (true) await this.turn(); //! neverEnds
          }
          private async turn(): Promise<void> {
            try {
              await fetch("http://localhost");
            } catch (error) {
              console.error(error);
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "functions that share variables": `
        ${sleep}
        export function createPump(turn: () => void) {
          async function run(): Promise<void> {
            while (true) { //! neverEnds
              await sleep(1000);
              turn();
            }
          }
          void run();
          return {
            close(): void {
              console.log("closed");
            },
          };
        }`,
      "ticks without end": `
        import { setInterval as every } from "node:timers/promises";
        export class Pump {
          async run(): Promise<void> {
            for await (const _ of every(1000)) console.log("turn"); //! neverEnds
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "events without end": `
        import { EventEmitter, on } from "node:events";
        export class Pump {
          async run(source: EventEmitter): Promise<void> {
            for await (const [event] of on(source, "event")) console.log(event); //! neverEnds
          }
          close(): void {
            console.log("closed");
          }
        }`,
    },
    strict: {
      "what it waits for may fail and end it": `
        export class Pump {
          async run(next: () => Promise<string>): Promise<void> {
            while (true) console.log(await next()); //! neverEnds
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "nobody says that its owner ends": `
        ${sleep}
        export async function pump(turn: () => void): Promise<void> {
          while (true) { //! neverEnds
            await sleep(1000);
            turn();
          }
        }`,
    },
    fine: {
      "the main loop of a program": `
        ${sleep}
        async function main(): Promise<void> {
          while (true) {
            await sleep(1000);
            console.log("turn");
          }
        }
        await main();
        export {};`,
      "a loop that leaves": `
        ${sleep}
        export class Waiter {
          async until(isReady: () => boolean): Promise<void> {
            while (true) {
              if (isReady()) return;
              await sleep(1000);
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a loop that breaks": `
        export class Reader {
          async drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
            while (true) {
              const { done, value } = await reader.read().catch(() => ({ done: true, value: "" }));
              if (done) break;
              console.log(value);
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a loop that throws": `
        ${sleep}
        export class Waiter {
          async until(isLate: () => boolean): Promise<void> {
            for (;;) {
              if (isLate()) throw new Error("late");
              await sleep(10);
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a failure that ends it": `
        export class Pump {
          async run(): Promise<void> {
            while (true) {
              try {
                await fetch("http://localhost");
              } catch {
                break;
              }
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a bounded loop": `
        ${sleep}
        export class Retry {
          async run(): Promise<void> {
            for (let turn = 0; turn < 5; turn++) await sleep(1000);
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a generator waits for whoever drives it": `
        ${sleep}
        export class Clock {
          async *ticks(): AsyncGenerator<number> {
            while (true) {
              await sleep(1000);
              yield Date.now();
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "ticks with a signal": `
        import { setInterval as every } from "node:timers/promises";
        export class Pump {
          private readonly controller = new AbortController();
          async run(): Promise<void> {
            const { signal } = this.controller;
            for await (const _ of every(1000, undefined, { signal })) console.log("turn");
          }
          close(): void {
            this.controller.abort();
          }
        }`,
      "a loop that leaves the events": `
        import { EventEmitter, on } from "node:events";
        export class Pump {
          async first(source: EventEmitter): Promise<void> {
            for await (const [event] of on(source, "event")) if (event !== undefined) break;
          }
          close(): void {
            console.log("closed");
          }
        }`,
    },
  },
  "it asks a flag": {
    leak: {
      "that nobody sets": `
        ${sleep}
        export class Pump {
          private closed = false;
          async run(): Promise<void> {
            while (!this.closed) { //! flagNeverSet
              await sleep(1000);
              console.log("turn");
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "that nobody sets, asked inside": `
        ${sleep}
        export class Pump {
          #running = true;
          async run(): Promise<void> {
            while (true) { //! flagNeverSet
              if (!this.#running) break;
              await sleep(1000);
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a variable that nobody sets": `
        ${sleep}
        export function createPump(turn: () => void) {
          let running = true;
          async function run(): Promise<void> {
            while (running) { //! flagNeverSet
              await sleep(1000);
              turn();
            }
          }
          return {
            start(): void {
              running = true;
              void run();
            },
            close(): void {
              console.log("closed");
            },
          };
        }`,
      "the signal of a controller that nobody aborts": `
        ${sleep}
        export class Pump {
          readonly #controller = new AbortController();
          async run(): Promise<void> {
            while (!this.#controller.signal.aborted) { //! flagNeverSet
              await sleep(1000);
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "the signal taken out of its controller": `
        ${sleep}
        export class Pump {
          readonly #controller = new AbortController();
          async run(): Promise<void> {
            const { signal } = this.#controller;
            while (!signal.aborted) { //! flagNeverSet
              await sleep(1000);
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
    },
    fine: {
      "that close() sets": `
        ${sleep}
        export class Pump {
          private closed = false;
          async run(): Promise<void> {
            while (!this.closed) {
              await sleep(1000);
              console.log("turn");
            }
          }
          close(): void {
            this.closed = true;
          }
        }`,
      "that is set from a parameter": `
        ${sleep}
        export class Pump {
          private running = true;
          async run(): Promise<void> {
            while (this.running) await sleep(1000);
          }
          toggle(on: boolean): void {
            this.running = on;
          }
          close(): void {
            this.toggle(false);
          }
        }`,
      "a variable": `
        ${sleep}
        export function createPump(turn: () => void) {
          let running = true;
          async function run(): Promise<void> {
            while (running) {
              await sleep(1000);
              turn();
            }
          }
          void run();
          return {
            close(): void {
              running = false;
            },
          };
        }`,
      "a signal that is given": `
        ${sleep}
        export class Pump {
          async run(signal: AbortSignal): Promise<void> {
            while (!signal.aborted) await sleep(1000);
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a controller": `
        ${sleep}
        export class Pump {
          readonly #controller = new AbortController();
          async run(): Promise<void> {
            while (!this.#controller.signal.aborted) await sleep(1000);
          }
          close(): void {
            this.#controller.abort();
          }
        }`,
      "one that others may set": `
        ${sleep}
        export class Pump {
          protected running = true;
          async run(): Promise<void> {
            while (this.running) await sleep(1000);
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a count": `
        ${sleep}
        export class Pump {
          private left = 10;
          async run(): Promise<void> {
            while (this.left) {
              this.left -= 1;
              await sleep(1000);
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
    },
  },
});
