/** Timers that arm themselves again, with a stop and without one. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unstoppable-task", "H69 timers that arm themselves again", {
  "nothing has the handle": {
    leak: {
      "a method": `
        export class Poller {
          start(): void {
            this.poll();
          }
          private poll(): void {
            console.log("poll");
            setTimeout(() => this.poll(), 1000); //! neverEnds
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "the method itself is the callback": `
        export class Poller {
          readonly poll = (): void => {
            console.log("poll");
            setTimeout(this.poll, 1000); //! neverEnds
          };
          close(): void {
            console.log("closed");
          }
        }`,
      bound: `
        export class Poller {
          private poll(): void {
            setTimeout(this.poll.bind(this), 1000); //! neverEnds
          }
          start(): void {
            this.poll();
          }
          dispose(): void {
            console.log("closed");
          }
        }`,
      "a helper arms it": `
        export class Poller {
          start(): void {
            this.schedule();
          }
          private schedule(): void {
            setTimeout(() => this.poll(), 1000); //! neverEnds
          }
          private poll(): void {
            console.log("poll");
            this.schedule();
          }
          stop(): void {
            console.log("closed");
          }
        }`,
      setImmediate: `
        export class Pump {
          private turn(): void {
            setImmediate(() => this.turn()); //! neverEnds
          }
          start(): void {
            this.turn();
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "an animation": `
        export class View {
          private draw(): void {
            requestAnimationFrame(() => this.draw()); //! neverEnds
          }
          start(): void {
            this.draw();
          }
          destroy(): void {
            console.log("closed");
          }
        }`,
      "after an await": `
        export class Poller {
          async poll(): Promise<void> {
            await fetch("http://localhost");
            setTimeout(() => void this.poll(), 1000); //! neverEnds
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "in a finally": `
        export class Poller {
          async poll(): Promise<void> {
            try {
              await fetch("http://localhost");
            } catch (error) {
              console.error(error);
            } finally {
              setTimeout(() => void this.poll(), 1000); //! neverEnds
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a promise chain": `
        export class Poller {
          poll(): void {
            fetch("http://localhost")
              .catch((error: unknown) => console.error(error))
              .finally(() => {
                setTimeout(() => this.poll(), 1000); //! neverEnds
              });
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "functions that share variables": `
        export function createPoller(poll: () => void) {
          const turn = (): void => {
            poll();
            setTimeout(turn, 1000); //! neverEnds
          };
          return {
            start: turn,
            stop(): void {
              console.log("closed");
            },
          };
        }`,
      "either way arms it": `
        export class Poller {
          private busy = false;
          private poll(): void {
            if (this.busy) setTimeout(() => this.poll(), 10); //! neverEnds
            else setTimeout(() => this.poll(), 1000); //! neverEnds
          }
          start(busy: boolean): void {
            this.busy = busy;
            this.poll();
          }
          close(): void {
            console.log("closed");
          }
        }`,
    },
    strict: {
      "nobody says that it ends": `
        export function poll(tick: () => void): void {
          tick();
          setTimeout(() => poll(tick), 1000); //! neverEnds
        }`,
    },
    fine: {
      "it runs once": `
        export class Later {
          later(): void {
            setTimeout(() => this.fire(), 1000);
          }
          private fire(): void {
            console.log("fired");
          }
          close(): void {
            console.log("closed");
          }
        }`,
      unref: `
        export class Poller {
          poll(): void {
            setTimeout(() => this.poll(), 1000).unref();
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "the top level of a program": `
        function poll(): void {
          console.log("poll");
          setTimeout(poll, 1000);
        }
        poll();
        export {};`,
      "a main function of a program": `
        const turn = (): void => {
          console.log("poll");
          setTimeout(turn, 1000);
        };
        function main(): void {
          turn();
        }
        main();
        export {};`,
      "a bounded number of turns": `
        export class Retry {
          private left = 5;
          private attempt(): void {
            console.log("attempt");
            if (this.left-- > 0) setTimeout(() => this.attempt(), 1000);
          }
          start(): void {
            this.attempt();
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "until something is ready": `
        export class Ready {
          wait(isReady: () => boolean, done: () => void): void {
            if (isReady()) return done();
            setTimeout(() => this.wait(isReady, done), 50);
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a failure ends it": `
        export class Poller {
          async poll(): Promise<void> {
            try {
              await fetch("http://localhost");
            } catch {
              return;
            }
            setTimeout(() => void this.poll(), 1000);
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a failure starts it again": `
        export class Connector {
          async connect(): Promise<void> {
            try {
              await fetch("http://localhost");
            } catch {
              setTimeout(() => void this.connect(), 1000);
            }
          }
          close(): void {
            console.log("closed");
          }
        }`,
    },
  },
  "a field has the handle": {
    leak: {
      "nobody clears it": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          poll(): void {
            this.timer = setTimeout(() => this.poll(), 1000); //! neverEnds
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "set to nothing instead of being cleared": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          poll(): void {
            this.timer = setTimeout(() => this.poll(), 1000); //! neverEnds
          }
          close(): void {
            this.timer = undefined;
          }
        }`,
      "a test of the field stops nothing": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          poll(): void {
            this.timer = setTimeout(() => this.poll(), 1000); //! neverEnds
          }
          close(): void {
            if (this.timer) this.timer = undefined;
          }
        }`,
      "it only clears before it arms again": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          private schedule(): void {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.poll(), 1000); //! neverEnds
          }
          poll(): void {
            console.log("poll");
            this.schedule();
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "who clears it starts it again": `
        export class Poller {
          #timer: NodeJS.Timeout | undefined;
          #poll(): void {
            this.#timer = setTimeout(() => this.#poll(), 1000); //! neverEnds
          }
          restart(): void {
            clearTimeout(this.#timer);
            this.#poll();
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a frame": `
        export class View {
          private frame = 0;
          private draw(): void {
            this.frame = requestAnimationFrame(() => this.draw()); //! neverEnds
          }
          start(): void {
            this.draw();
          }
          destroy(): void {
            this.frame = 0;
          }
        }`,
    },
    fine: {
      cleared: `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          poll(): void {
            this.timer = setTimeout(() => this.poll(), 1000);
          }
          close(): void {
            clearTimeout(this.timer);
          }
        }`,
      "cleared if it is there": `
        export class Poller {
          #timer: NodeJS.Timeout | undefined;
          poll(): void {
            this.#timer = setTimeout(() => this.poll(), 1000);
          }
          close(): void {
            if (this.#timer) clearTimeout(this.#timer);
          }
        }`,
      "cleared by a helper": `
        function stopAll(...timers: (NodeJS.Timeout | undefined)[]): void {
          for (const timer of timers) clearTimeout(timer);
        }
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          poll(): void {
            this.timer = setTimeout(() => this.poll(), 1000);
          }
          close(): void {
            stopAll(this.timer);
          }
        }`,
      "taken out of this": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          poll(): void {
            this.timer = setTimeout(() => this.poll(), 1000);
          }
          close(): void {
            const { timer } = this;
            clearTimeout(timer);
          }
        }`,
      "the frame is cancelled": `
        export class View {
          private frame = 0;
          private draw(): void {
            this.frame = requestAnimationFrame(() => this.draw());
          }
          start(): void {
            this.draw();
          }
          destroy(): void {
            cancelAnimationFrame(this.frame);
          }
        }`,
      "unref later": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          poll(): void {
            this.timer = setTimeout(() => this.poll(), 1000);
            this.timer.unref();
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a signal handler clears it": `
        export function start(tick: () => void): void {
          let timer: NodeJS.Timeout;
          const turn = (): void => {
            tick();
            timer = setTimeout(turn, 1000);
          };
          turn();
          process.once("SIGTERM", () => clearTimeout(timer));
        }`,
      "the function that stops it is returned": `
        export function animate(draw: () => void): () => void {
          let frame = 0;
          const turn = (): void => {
            draw();
            frame = requestAnimationFrame(turn);
          };
          turn();
          return () => cancelAnimationFrame(frame);
        }`,
    },
  },
  "a flag stops it": {
    leak: {
      "nobody sets it": `
        export class Poller {
          private closed = false;
          async poll(): Promise<void> {
            await fetch("http://localhost");
            if (this.closed) return;
            setTimeout(() => void this.poll(), 1000); //! flagNeverSet
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "it is only ever set to go on": `
        export class Poller {
          #running = true;
          poll(): void {
            if (this.#running) setTimeout(() => this.poll(), 1000); //! flagNeverSet
          }
          start(): void {
            this.#running = true;
            this.poll();
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "a controller that nobody aborts": `
        export class Poller {
          private readonly controller = new AbortController();
          poll(): void {
            if (this.controller.signal.aborted) return;
            setTimeout(() => this.poll(), 1000); //! flagNeverSet
          }
          close(): void {
            console.log("closed");
          }
        }`,
    },
    fine: {
      "close() sets it": `
        export class Poller {
          private closed = false;
          async poll(): Promise<void> {
            await fetch("http://localhost");
            if (this.closed) return;
            setTimeout(() => void this.poll(), 1000);
          }
          close(): void {
            this.closed = true;
          }
        }`,
      "the condition is around the timer": `
        export class Poller {
          private running = false;
          poll(): void {
            if (this.running) setTimeout(() => this.poll(), 1000);
          }
          start(): void {
            this.running = true;
            this.poll();
          }
          stop(): void {
            this.running = false;
          }
        }`,
      "and, instead of if": `
        export class Poller {
          private running = true;
          poll(): void {
            this.running && setTimeout(() => this.poll(), 1000);
          }
          stop(): void {
            this.running = false;
          }
        }`,
      "others may set a public one": `
        export class Poller {
          closed = false;
          poll(): void {
            if (!this.closed) setTimeout(() => this.poll(), 1000);
          }
          dispose(): void {
            console.log("closed");
          }
        }`,
      "a controller": `
        export class Poller {
          private readonly controller = new AbortController();
          poll(): void {
            if (this.controller.signal.aborted) return;
            setTimeout(() => this.poll(), 1000);
          }
          close(): void {
            this.controller.abort();
          }
        }`,
      "a signal that is given": `
        export class Poller {
          poll(signal: AbortSignal): void {
            if (signal.aborted) return;
            setTimeout(() => this.poll(signal), 1000);
          }
          close(): void {
            console.log("closed");
          }
        }`,
    },
  },
  "it is stopped while it waits": {
    leak: {
      await: `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          async poll(): Promise<void> {
            await fetch("http://localhost");
            this.timer = setTimeout(() => void this.poll(), 1000); //! startsAgain
          }
          close(): void {
            clearTimeout(this.timer);
          }
        }`,
      "a chain": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          poll(): void {
            fetch("http://localhost")
              .catch(() => undefined)
              .finally(() => {
                this.timer = setTimeout(() => this.poll(), 1000); //! startsAgain
              });
          }
          close(): void {
            clearTimeout(this.timer);
          }
        }`,
      "the callback waits": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          start(): void {
            this.timer = setTimeout(async () => { //! startsAgain
              await fetch("http://localhost");
              this.start();
            }, 1000);
          }
          close(): void {
            clearTimeout(this.timer);
          }
        }`,
    },
    fine: {
      "asked behind the await": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          private closed = false;
          async poll(): Promise<void> {
            await fetch("http://localhost");
            if (!this.closed) this.timer = setTimeout(() => void this.poll(), 1000);
          }
          close(): void {
            this.closed = true;
            clearTimeout(this.timer);
          }
        }`,
      "asked where it is armed": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          private closed = false;
          async poll(): Promise<void> {
            await fetch("http://localhost");
            this.schedule();
          }
          private schedule(): void {
            if (this.closed) return;
            this.timer = setTimeout(() => void this.poll(), 1000);
          }
          close(): void {
            this.closed = true;
            clearTimeout(this.timer);
          }
        }`,
      "asked when it starts over": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          private closed = false;
          async poll(): Promise<void> {
            if (this.closed) return;
            await fetch("http://localhost");
            this.timer = setTimeout(() => void this.poll(), 1000);
          }
          close(): void {
            this.closed = true;
            clearTimeout(this.timer);
          }
        }`,
      "armed before it waits": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          async poll(): Promise<void> {
            this.timer = setTimeout(() => void this.poll(), 1000);
            await fetch("http://localhost");
          }
          close(): void {
            clearTimeout(this.timer);
          }
        }`,
    },
  },
});
