/** Timers in fields of a class which stops others of its timers when it ends, and what the object is given to. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unstoppable-task", "siblings", {
  "H69 a timer that comes once, beside one that is stopped at the end": {
    leak: {
      "two timeouts": `
        export class Retry {
          private first: NodeJS.Timeout | undefined;
          private second: NodeJS.Timeout | undefined;
          start(): void {
            this.first = setTimeout(() => this.run(), 100);
            this.second = setTimeout(() => this.run(), 200); //! fieldNotReleased
          }
          private run(): void {}
          close(): void {
            clearTimeout(this.first);
          }
        }`,
      "an animation frame beside an interval, stopped by a helper": `
        export class Blink {
          private interval: number | undefined;
          private frame: number | undefined;
          start(): void {
            this.interval = window.setInterval(() => this.draw(), 500);
            this.frame = window.requestAnimationFrame(() => this.draw()); //! fieldNotReleased
          }
          private draw(): void {}
          private stopAll(): void {
            window.clearInterval(this.interval);
          }
          dispose(): void {
            this.stopAll();
          }
        }`,
      "a method that does not end the object stops it": `
        export class Blink {
          private interval: number | undefined;
          private frame: number | undefined;
          start(): void {
            this.interval = window.setInterval(() => this.draw(), 500);
            this.frame = window.requestAnimationFrame(this.draw.bind(this)); //! fieldNotReleased
          }
          private draw(): void {}
          pause(): void {
            if (this.frame !== undefined) window.cancelAnimationFrame(this.frame);
          }
          dispose(): void {
            window.clearInterval(this.interval);
          }
        }`,
    },
    strict: {
      "no other timer is stopped": `
        export class Retry {
          private timer: NodeJS.Timeout | undefined;
          private closed = false;
          start(): void {
            this.timer = setTimeout(() => this.run(), 100); //! fieldNotReleased
          }
          private run(): void {}
          pause(): void {
            clearTimeout(this.timer);
          }
          close(): void {
            this.closed = true;
          }
        }`,
    },
    fine: {
      "both are stopped": `
        export class Retry {
          private first: NodeJS.Timeout | undefined;
          private second: NodeJS.Timeout | undefined;
          start(): void {
            this.first = setTimeout(() => this.run(), 100);
            this.second = setTimeout(() => this.run(), 200);
          }
          private run(): void {}
          close(): void {
            const { first, second } = this;
            clearTimeout(first);
            clearTimeout(second);
          }
        }`,
      "a loop stops all": `
        export class Retry {
          private first: NodeJS.Timeout | undefined;
          private second: NodeJS.Timeout | undefined;
          start(): void {
            this.first = setTimeout(() => this.run(), 100);
            this.second = setTimeout(() => this.run(), 200);
          }
          private run(): void {}
          close(): void {
            for (const timer of [this.first, this.second]) clearTimeout(timer);
          }
        }`,
      "it asks whether the object has ended": `
        export class Retry {
          private first: NodeJS.Timeout | undefined;
          private second: NodeJS.Timeout | undefined;
          private closed = false;
          start(): void {
            this.first = setTimeout(() => this.run(), 100);
            this.second = setTimeout(() => {
              if (!this.closed) this.run();
            }, 200);
          }
          private run(): void {}
          close(): void {
            this.closed = true;
            clearTimeout(this.first);
          }
        }`,
      "what it calls asks whether the object has ended": `
        export class Retry {
          private first: NodeJS.Timeout | undefined;
          private second: NodeJS.Timeout | undefined;
          private url: string | undefined = "/list";
          start(): void {
            this.first = setTimeout(() => this.run(), 100);
            this.second = setTimeout(() => this.late(), 200);
          }
          private run(): void {}
          private late(): void {
            if (this.url === undefined) return;
            this.run();
          }
          close(): void {
            this.url = undefined;
            clearTimeout(this.first);
          }
        }`,
      "it asks what the release method of the base class sets": `
        class Base {
          protected url: string | undefined = "/list";
          protected late(): void {
            if (this.url === undefined) return;
            console.log(this.url);
          }
          close(): void {
            this.url = undefined;
          }
        }
        export class Retry extends Base {
          private first: NodeJS.Timeout | undefined;
          private second: NodeJS.Timeout | undefined;
          start(): void {
            this.first = setTimeout(() => this.late(), 100);
            this.second = setTimeout(() => this.late(), 200);
          }
          override close(): void {
            clearTimeout(this.first);
            super.close();
          }
        }`,
      "it does not touch the object": `
        export class Retry {
          private first: NodeJS.Timeout | undefined;
          private second: NodeJS.Timeout | undefined;
          start(): void {
            this.first = setTimeout(() => this.run(), 100);
            this.second = setTimeout(() => console.log("late"), 200);
          }
          private run(): void {}
          close(): void {
            clearTimeout(this.first);
          }
        }`,
    },
  },
  "D38 a timer of the base class that an override leaves": {
    leak: {
      "a timeout": `
        class Retry {
          private timer: NodeJS.Timeout | undefined;
          protected later(): void {
            this.timer = setTimeout(() => this.run(), 100);
          }
          protected run(): void {}
          private stopTimer(): void {
            clearTimeout(this.timer);
          }
          destroy(): void {
            this.stopTimer();
          }
        }
        export class Loader extends Retry {
          private url = "/list";
          destroy(): void { //! missingSuper
            this.url = "";
          }
        }`,
    },
  },
  "D34 an object that tells others of itself": {
    leak: {
      "as what listeners are called on": `
        interface Player {
          on(event: string, listener: () => void, receiver: unknown): void;
          off(event: string, listener: () => void, receiver: unknown): void;
        }
        export class Monitor {
          private timer: NodeJS.Timeout | undefined;
          private readonly player: Player;
          constructor(player: Player) {
            this.player = player;
            player.on("play", this.watch, this);
          }
          protected watch(): void {
            clearInterval(this.timer);
            this.timer = setInterval(() => this.check(), 1000); //! fieldNotReleased
          }
          private check(): void {}
          destroy(): void {
            this.player.off("play", this.watch, this);
          }
        }`,
      "to a list of all of them": `
        declare function register(one: object): void;
        export class Monitor {
          #timer: NodeJS.Timeout | undefined;
          start(): void {
            register(this);
            this.#timer = setInterval(() => this.check(), 1000); //! fieldNotReleased
          }
          private check(): void {}
          close(): void {
            console.log("closed");
          }
        }`,
    },
    fine: {
      "the field is for others to stop": `
        declare function register(one: object): void;
        export class Monitor {
          timer: NodeJS.Timeout | undefined;
          start(): void {
            register(this);
            this.timer = setInterval(() => this.check(), 1000);
          }
          private check(): void {}
          close(): void {
            console.log("closed");
          }
        }`,
      "a static member of the class stops it": `
        declare function register(one: object): void;
        export class Monitor {
          #timer: NodeJS.Timeout | undefined;
          start(): void {
            register(this);
            this.#timer = setInterval(() => this.check(), 1000);
          }
          private check(): void {}
          static halt(one: Monitor): void {
            clearInterval(one.#timer);
          }
          close(): void {
            Monitor.halt(this);
          }
        }`,
    },
  },
});
