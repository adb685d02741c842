/** Intervals whose owner ends, or is said to. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unstoppable-task", "H69 intervals of owners that end", {
  "the handle is dropped": {
    leak: {
      "in the constructor of a class with close()": `
        export class Session {
          constructor() {
            setInterval(() => this.beat(), 1000); //! resultDropped
          }
          beat(): void {}
          close(): void {
            console.log("closed");
          }
        }`,
      "in a method": `
        export class Session {
          start(): void {
            setInterval(() => this.beat(), 1000); //! resultDropped
          }
          beat(): void {}
          [Symbol.dispose](): void {
            console.log("closed");
          }
        }`,
      "kept by a variable of the method": `
        export class Session {
          start(): void {
            const timer = setInterval(() => this.beat(), 1000); //! neverReleased
            console.log(timer.hasRef());
          }
          beat(): void {}
          close(): void {
            console.log("closed");
          }
        }`,
      "while another one is stopped": `
        export class Session {
          private readonly beats = setInterval(() => this.beat(), 1000);
          constructor() {
            setInterval(() => this.beat(), 5000); //! resultDropped
          }
          beat(): void {}
          halt(): void {
            clearInterval(this.beats);
          }
        }`,
      "functions that share variables": `
        export function createSession(beat: () => void) {
          setInterval(beat, 1000); //! resultDropped
          return {
            close(): void {
              console.log("closed");
            },
          };
        }`,
      "the class inherits its end": `
        class Base {
          close(): void {
            console.log("closed");
          }
        }
        export class Session extends Base {
          start(): void {
            setInterval(() => console.log("beat"), 1000); //! resultDropped
          }
        }`,
    },
    strict: {
      "the method that ends it does nothing": `
        export class Session {
          start(): void {
            setInterval(() => console.log("beat"), 1000); //! resultDropped
          }
          close(): void {}
        }`,
      "on the class itself": `
        export class Session {
          static watch(): void {
            setInterval(() => console.log("beat"), 1000); //! resultDropped
          }
          close(): void {
            console.log("closed");
          }
        }`,
    },
    fine: {
      unref: `
        export class Session {
          constructor() {
            setInterval(() => console.log("beat"), 1000).unref();
          }
          close(): void {
            console.log("closed");
          }
        }`,
      "started when a server listens": `
        import type { Server } from "node:net";
        export class Pings {
          private timer: NodeJS.Timeout | undefined;
          constructor(server: Server) {
            server.on("listening", () => this.begin());
            server.on("close", () => clearInterval(this.timer));
          }
          private begin(): void {
            this.timer = setInterval(() => console.log("ping"), 1000);
          }
        }`,
      "unref where there is one": `
        export class Session {
          private timer: NodeJS.Timeout | undefined;
          update(ms: number): boolean {
            clearInterval(this.timer);
            this.timer = setInterval(() => console.log("beat"), ms).unref?.();
            return true;
          }
          close(): void {
            clearInterval(this.timer);
          }
        }`,
    },
  },
  "a variable around the function has the handle": {
    leak: {
      "a module with two": `
        let beats: NodeJS.Timeout | undefined;
        let reports: NodeJS.Timeout | undefined;
        export function start(): void {
          beats = setInterval(() => console.log("beat"), 1000);
          reports = setInterval(() => console.log("report"), 5000); //! neverEnds
        }
        export function stop(): void {
          clearInterval(beats);
          reports = undefined;
        }`,
      "functions that share variables": `
        export function createSession(beat: () => void) {
          let timer: NodeJS.Timeout | undefined;
          function start(): void {
            timer = setInterval(beat, 1000); //! fieldNotReleased
          }
          start();
          return {
            close(): void {
              timer = undefined;
            },
          };
        }`,
    },
    strict: {
      "nobody says that it ends": `
        let beats: NodeJS.Timeout | undefined;
        export function start(): void {
          if (beats) return;
          beats = setInterval(() => console.log("beat"), 1000); //! neverEnds
        }`,
    },
    fine: {
      "both are stopped": `
        let beats: NodeJS.Timeout | undefined;
        let reports: NodeJS.Timeout | undefined;
        export function start(): void {
          beats = setInterval(() => console.log("beat"), 1000);
          reports = setInterval(() => console.log("report"), 5000);
        }
        export function stop(): void {
          for (const timer of [beats, reports]) clearInterval(timer);
        }`,
      "it stops itself": `
        let left = 5;
        let beats: NodeJS.Timeout | undefined;
        export function start(): void {
          beats = setInterval(() => {
            if (left-- === 0) clearInterval(beats);
          }, 1000);
        }`,
    },
  },
});

verdicts("no-unstoppable-task", "started for something that ends", {
  "for each connection": {
    leak: {
      "in the listener": `
        import { createServer } from "node:net";
        const server = createServer();
        server.on("connection", (socket) => {
          setInterval(() => socket.write("beat"), 1000); //! resultDropped
        });
        server.listen(0);
        export {};`,
      "in the handler that createServer() is given": `
        import { createServer } from "node:net";
        createServer((socket) => {
          const timer = setInterval(() => socket.write("beat"), 1000); //! neverReleased
          console.log(timer.hasRef());
        }).listen(0);
        export {};`,
      "in a function that the listener calls": `
        import { createServer, type Socket } from "node:net";
        function welcome(socket: Socket): void {
          setInterval(() => socket.write("beat"), 1000); //! resultDropped
        }
        createServer((socket) => welcome(socket)).listen(0);
        export {};`,
      "a class made for each": `
        import { createServer, type Socket } from "node:net";
        class Session {
          private readonly timer = setInterval(() => this.socket.write("beat"), 1000); //! noRelease
          constructor(private readonly socket: Socket) {}
        }
        createServer((socket) => {
          new Session(socket);
        }).listen(0);
        export {};`,
      "a timer that arms itself again": `
        import { createServer, type Socket } from "node:net";
        function beat(socket: Socket): void {
          socket.write("beat");
          setTimeout(() => beat(socket), 1000); //! neverEnds
        }
        createServer((socket) => beat(socket)).listen(0);
        export {};`,
    },
    fine: {
      "cleared when it closes": `
        import { createServer } from "node:net";
        createServer((socket) => {
          const timer = setInterval(() => socket.write("beat"), 1000);
          socket.once("close", () => clearInterval(timer));
        }).listen(0);
        export {};`,
      "until the socket is destroyed": `
        import { createServer, type Socket } from "node:net";
        function beat(socket: Socket): void {
          if (socket.destroyed) return;
          socket.write("beat");
          setTimeout(() => beat(socket), 1000);
        }
        createServer((socket) => beat(socket)).listen(0);
        export {};`,
    },
  },
});

verdicts("no-unstoppable-task", "started behind an await", {
  "the owner may have ended meanwhile": {
    leak: {
      "the constructor does not wait": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          constructor() {
            void this.start();
          }
          private async start(): Promise<void> {
            await fetch("http://localhost");
            this.timer = setInterval(() => this.poll(), 1000); //! startsLate
          }
          poll(): void {}
          close(): void {
            clearInterval(this.timer);
          }
        }`,
    },
    strict: {
      "a method that somebody waits for": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          async start(): Promise<void> {
            await fetch("http://localhost");
            this.timer = setInterval(() => this.poll(), 1000); //! startsLate
          }
          poll(): void {}
          close(): void {
            clearInterval(this.timer);
          }
        }`,
    },
    fine: {
      "it asks behind the await": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          private closed = false;
          constructor() {
            void this.start();
          }
          private async start(): Promise<void> {
            await fetch("http://localhost");
            if (this.closed) return;
            this.timer = setInterval(() => this.poll(), 1000);
          }
          poll(): void {}
          close(): void {
            this.closed = true;
            clearInterval(this.timer);
          }
        }`,
      "it starts before it waits": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          constructor() {
            void this.start();
          }
          private async start(): Promise<void> {
            this.timer = setInterval(() => this.poll(), 1000);
            await fetch("http://localhost");
          }
          poll(): void {}
          close(): void {
            clearInterval(this.timer);
          }
        }`,
    },
    quiet: {
      "close() waits for the start": `
        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          private readonly ready: Promise<void>;
          constructor() {
            this.ready = this.start();
          }
          private async start(): Promise<void> {
            await fetch("http://localhost");
            this.timer = setInterval(() => this.poll(), 1000);
          }
          poll(): void {}
          async close(): Promise<void> {
            await this.ready;
            clearInterval(this.timer);
          }
        }`,
    },
  },
});
