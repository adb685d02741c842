/** Tasks that another file helps to start or to stop. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unstoppable-task", "over two files", {
  "a helper starts the timer": {
    leak: {
      "and its handle is dropped": `
        import { every } from "./helpers/tasks.ts";
        export class Poller {
          start(): void {
            every(100, () => this.poll()); //! resultDropped
          }
          poll(): void {}
          stop(): void {
            console.log("stopped");
          }
        }`,
      "and the teardown forgets its field": `
        import { every, stopTimer } from "./helpers/tasks.ts";
        export class Poller {
          private fast: NodeJS.Timeout | undefined;
          private slow: NodeJS.Timeout | undefined;
          start(): void {
            this.fast = every(100, () => this.poll());
            this.slow = every(1000, () => this.poll()); //! fieldNotReleased
          }
          poll(): void {}
          stop(): void {
            stopTimer(this.fast);
          }
        }`,
    },
    fine: {
      "and the teardown stops it": `
        import { every, stopTimer } from "./helpers/tasks.ts";
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          start(): void {
            this.timer = every(100, () => this.poll());
          }
          poll(): void {}
          stop(): void {
            stopTimer(this.timer);
          }
        }`,
      "and stands for the timers of the platform": `
        import { timers } from "./helpers/tasks.ts";
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          start(): void {
            this.timer = timers.set(() => this.poll(), 100);
          }
          poll(): void {}
          stop(): void {
            timers.clear(this.timer);
          }
        }`,
      "and gives out what stops it": `
        import { beat } from "./helpers/tasks.ts";
        export class Poller {
          private readonly end = beat(() => this.poll());
          poll(): void {}
          stop(): void {
            this.end();
          }
        }`,
    },
  },
  "a helper is given the timer": {
    leak: {
      "and only looks at it": `
        import { showTimer } from "./helpers/tasks.ts";
        export class Poller {
          private readonly timer = setInterval(() => this.poll(), 100); //! fieldNotReleased
          poll(): void {}
          stop(): void {
            showTimer(this.timer);
          }
        }`,
    },
    fine: {
      "and stops it": `
        import { stopTimer } from "./helpers/tasks.ts";
        export function start(tick: () => void): () => void {
          const timer = setInterval(tick, 100);
          return () => stopTimer(timer);
        }`,
    },
  },
  "the base class ends it": {
    leak: {
      "which knows nothing of the timer": `
        import { Idler } from "./helpers/tasks.ts";
        export class Poller extends Idler {
          private timer: NodeJS.Timeout | undefined;
          start(): void {
            this.timer = setInterval(() => this.poll(), 100); //! fieldNotReleased
          }
          poll(): void {
            console.log(this.timer);
          }
        }`,
      "which knows nothing of the loop": `
        import { Idler, sleep } from "./helpers/tasks.ts";
        export class Poller extends Idler {
          async run(): Promise<void> {
            for (;;) { //! neverEnds
              await sleep(100);
              console.log("polling");
            }
          }
        }`,
    },
    fine: {
      "and stops the timer": `
        import { Service } from "./helpers/tasks.ts";
        export class Poller extends Service {
          start(): void {
            this.timer = setInterval(() => this.poll(), 100);
          }
          poll(): void {}
        }`,
      "and sets the flag of the loop": `
        import { Service, sleep } from "./helpers/tasks.ts";
        export class Poller extends Service {
          async run(): Promise<void> {
            while (!this.stopped) {
              await sleep(100);
              console.log("polling");
            }
          }
        }`,
    },
  },
});
