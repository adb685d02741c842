/** Objects that listen to what outlives them, and the method that ends them. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-leaked-listener", "objects", {
  "an object that can be ended leaves a listener on the page or the process": {
    leak: {
      "one of two is forgotten": `
        export class Chart {
          private readonly onResize = (): void => {};
          private readonly onScroll = (): void => {};
          constructor() {
            window.addEventListener("resize", this.onResize);
            window.addEventListener("scroll", this.onScroll); //! neverRemoved
          }
          destroy(): void {
            window.removeEventListener("resize", this.onResize);
          }
        }`,
      "an inline arrow": `
        export class Chart {
          private size = 0;
          constructor() {
            document.addEventListener("visibilitychange", () => { //! neverRemoved
              this.size++;
            });
          }
          dispose(): void {
            this.size = 0;
          }
        }`,
      "through another name of the window": `
        export class Chart {
          constructor(private width = 0) {
            const page = window;
            page.addEventListener("resize", this.measure); //! neverRemoved
          }
          private readonly measure = (): void => {
            this.width = window.innerWidth;
          };
          [Symbol.dispose](): void {
            this.width = 0;
          }
        }`,
      "the global function": `
        export class Chart {
          private width = 0;
          start(): void {
            addEventListener("resize", () => this.width++); //! neverRemoved
          }
          stop(): void {
            this.width = 0;
          }
        }`,
      "on the process": `
        export class Server {
          private readonly stopping = (): void => void this.close();
          listen(): void {
            process.on("SIGTERM", this.stopping); //! neverRemoved
          }
          async close(): Promise<void> {
            await Promise.resolve();
          }
        }`,
      "on an emitter of the module": `
        import { EventEmitter } from "node:events";
        export const bus = new EventEmitter();
        export class Session {
          private count = 0;
          constructor() {
            bus.on("message", () => this.count++); //! neverRemoved
          }
          close(): void {
            this.count = 0;
          }
        }`,
      "the private method that would remove it is never called": `
        export class Chart {
          private readonly onResize = (): void => {};
          constructor() {
            window.addEventListener("resize", this.onResize); //! neverRemoved
          }
          private forget(): void {
            window.removeEventListener("resize", this.onResize);
          }
          destroy(): void {}
        }`,
      "an injected emitter from which another one is taken off": `
        import type { EventEmitter } from "node:events";
        export class Session {
          constructor(private readonly bus: EventEmitter) {
            this.bus.on("message", this.onMessage);
            this.bus.on("status", this.onStatus); //! neverRemoved
          }
          private readonly onMessage = (): void => {};
          private readonly onStatus = (): void => {};
          close(): void {
            this.bus.off("message", this.onMessage);
          }
        }`,
      "a constructor's emitter, in a field, from which another one is taken off": `
        import type { EventEmitter } from "node:events";
        export class Session {
          private readonly bus: EventEmitter;
          constructor(bus: EventEmitter) {
            this.bus = bus;
            bus.on("message", this.onMessage);
            bus.on("status", this.onStatus); //! neverRemoved
          }
          private readonly onMessage = (): void => {};
          private readonly onStatus = (): void => {};
          close(): void {
            const { bus } = this;
            bus.off("message", this.onMessage);
          }
        }`,
      "put on and taken off by helpers": `
        import type { EventEmitter } from "node:events";
        export class Session {
          private readonly bus: EventEmitter;
          constructor(bus: EventEmitter) {
            this.bus = bus;
            this.listen();
          }
          private listen(): void {
            const { bus } = this;
            bus.on("message", this.onMessage);
            bus.on("status", this.onStatus); //! neverRemoved
          }
          private unlisten(): void {
            this.bus.off("message", this.onMessage);
          }
          private readonly onMessage = (): void => {};
          private readonly onStatus = (): void => {};
          close(): void {
            this.unlisten();
          }
        }`,
      "an emitter that is given or made": `
        import { EventEmitter } from "node:events";
        export class Session {
          private readonly bus: EventEmitter;
          constructor(bus?: EventEmitter) {
            this.bus = bus ?? new EventEmitter();
          }
          open(): void {
            this.bus.on("message", this.onMessage);
            this.bus.on("status", this.onStatus); //! neverRemoved
          }
          private readonly onMessage = (): void => {};
          private readonly onStatus = (): void => {};
          close(): void {
            this.bus.off("message", this.onMessage);
          }
        }`,
      "an emitter of the program, which is told what to call the listener on": `
        type Listener = (this: unknown) => void;
        class Player {
          private readonly listeners = new Map<string, Set<Listener>>();
          on(event: string, listener: Listener, receiver: unknown): void {
            this.listeners.get(event)?.add(listener.bind(receiver));
          }
          off(event: string, listener: Listener, receiver: unknown): void {
            this.listeners.get(event)?.delete(listener.bind(receiver));
          }
        }
        export class Controls {
          private readonly player: Player;
          constructor(player: Player) {
            this.player = player;
            player.on("play", this.onPlay, this);
            player.on("pause", this.onPause, this); //! neverRemoved
          }
          private onPlay(): void {}
          private onPause(): void {}
          destroy(): void {
            this.player.off("play", this.onPlay, this);
          }
        }`,
      "a custom element": `
        export class Clock extends HTMLElement {
          connectedCallback(): void {
            window.addEventListener("focus", this.draw); //! neverRemoved
          }
          private readonly draw = (): void => {};
        }`,
      "in a base class that has the end": `
        abstract class View {
          destroy(): void {}
        }
        export class Panel extends View {
          show(): void {
            window.addEventListener("resize", () => this.layout()); //! neverRemoved
          }
          layout(): void {}
        }`,
    },
    fine: {
      "another one is taken off an emitter that the object made": `
        import { EventEmitter } from "node:events";
        export class Session {
          private readonly bus: EventEmitter;
          constructor() {
            this.bus = new EventEmitter();
            this.bus.on("message", this.onMessage);
            this.bus.on("status", this.onMessage);
          }
          private readonly onMessage = (): void => {};
          close(): void {
            this.bus.off("message", this.onMessage);
          }
        }`,
      "a loop takes all of them off": `
        import type { EventEmitter } from "node:events";
        export class Session {
          private readonly bus: EventEmitter;
          constructor(bus: EventEmitter) {
            this.bus = bus;
            bus.on("message", this.onMessage);
            bus.on("status", this.onMessage);
            bus.on("other", this.onMessage);
          }
          private readonly onMessage = (): void => {};
          close(): void {
            this.bus.off("message", this.onMessage);
            for (const name of ["status", "other"]) this.bus.off(name, this.onMessage);
          }
        }`,
      "removed by the method that ends it": `
        export class Chart {
          private readonly onResize = (): void => {};
          constructor() {
            window.addEventListener("resize", this.onResize);
          }
          destroy(): void {
            window.removeEventListener("resize", this.onResize);
          }
        }`,
      "removed by another method that it calls": `
        export class Chart {
          private readonly onResize = (): void => {};
          constructor() {
            window.addEventListener("resize", this.onResize);
          }
          private forget(): void {
            window.removeEventListener("resize", this.onResize);
          }
          destroy(): void {
            this.forget();
          }
        }`,
      "removed by a base class": `
        abstract class View {
          protected readonly onResize = (): void => {};
          destroy(): void {
            window.removeEventListener("resize", this.onResize);
          }
        }
        export class Panel extends View {
          show(): void {
            window.addEventListener("resize", this.onResize);
          }
        }`,
      "a signal": `
        export class Chart {
          private readonly ended = new AbortController();
          constructor() {
            window.addEventListener("resize", () => this.draw(), { signal: this.ended.signal });
          }
          draw(): void {}
          destroy(): void {
            this.ended.abort();
          }
        }`,
      "bound once": `
        export class Chart {
          private readonly onResize: () => void;
          constructor() {
            this.onResize = this.draw.bind(this);
            window.addEventListener("resize", this.onResize);
          }
          draw(): void {}
          destroy(): void {
            window.removeEventListener("resize", this.onResize);
          }
        }`,
      "an object that handles events": `
        export class Chart {
          constructor() {
            window.addEventListener("resize", this);
          }
          handleEvent(): void {}
          destroy(): void {
            window.removeEventListener("resize", this);
          }
        }`,
      "its own emitter": `
        import { EventEmitter } from "node:events";
        export class Session extends EventEmitter {
          private readonly inner = new EventEmitter();
          constructor() {
            super();
            this.on("message", () => {});
            this.inner.on("status", () => this.emit("status"));
          }
          close(): void {}
        }`,
      "all listeners are taken off": `
        import type { EventEmitter } from "node:events";
        export class Session {
          constructor(private readonly bus: EventEmitter) {
            this.bus.on("message", () => {});
          }
          close(): void {
            this.bus.removeAllListeners("message");
          }
        }`,
      "the emitter is ended with it": `
        import type { Socket } from "node:net";
        export class Session {
          constructor(private readonly socket: Socket) {
            this.socket.on("data", () => {});
          }
          close(): void {
            this.socket.destroy();
          }
        }`,
      destructured: `
        import type { EventEmitter } from "node:events";
        export class Session {
          constructor(private readonly bus: EventEmitter) {
            const { bus: events } = this;
            events.on("message", this.onMessage);
          }
          private readonly onMessage = (): void => {};
          close(): void {
            this.bus.off("message", this.onMessage);
          }
        }`,
      "removed in a loop over the same events": `
        export class Chart {
          private readonly events = ["resize", "scroll"];
          private readonly draw = (): void => {};
          constructor() {
            for (const event of this.events) window.addEventListener(event, this.draw);
          }
          destroy(): void {
            for (const event of this.events) window.removeEventListener(event, this.draw);
          }
        }`,
      "an end-of-life event, once": `
        import type { EventEmitter } from "node:events";
        export class Session {
          constructor(private readonly bus: EventEmitter) {
            this.bus.once("close", () => this.close());
          }
          close(): void {}
        }`,
    },
    strict: {
      "an injected emitter": `
        import type { EventEmitter } from "node:events";
        export class Session {
          constructor(private readonly bus: EventEmitter) {
            this.bus.on("message", () => {}); //! neverRemoved
          }
          close(): void {}
        }`,
      "a class that nothing ends": `
        export class Chart {
          constructor() {
            window.addEventListener("resize", () => this.draw()); //! neverRemoved
          }
          draw(): void {}
        }`,
      "the only object of its class": `
        class Theme {
          constructor() {
            window.addEventListener("focus", () => this.apply()); //! neverRemoved
          }
          apply(): void {}
          dispose(): void {}
        }
        export const theme = new Theme();`,
    },
    quiet: {
      "code of a module": `
        window.addEventListener("resize", () => {});
        process.on("exit", () => {});`,
    },
  },
  "a removal that cannot work": {
    leak: {
      "bound twice": `
        export class Chart {
          constructor(private readonly element: HTMLElement) {
            element.addEventListener("click", this.draw.bind(this)); //! otherFunction
          }
          draw(): void {}
          destroy(): void {
            this.element.removeEventListener("click", this.draw.bind(this));
          }
        }`,
      "bound when it is added": `
        export class Chart {
          constructor() {
            window.addEventListener("resize", this.draw.bind(this)); //! otherFunction
          }
          draw(): void {}
          destroy(): void {
            window.removeEventListener("resize", this.draw);
          }
        }`,
      "two arrows": `
        import type { EventEmitter } from "node:events";
        export class Session {
          constructor(private readonly bus: EventEmitter) {
            this.bus.on("message", () => this.receive()); //! otherFunction
          }
          receive(): void {}
          close(): void {
            this.bus.off("message", () => this.receive());
          }
        }`,
      "the method and its bound copy": `
        export class Chart {
          private readonly onResize = this.draw.bind(this);
          constructor() {
            window.addEventListener("resize", this.onResize); //! otherFunction
          }
          draw(): void {}
          destroy(): void {
            window.removeEventListener("resize", this.draw);
          }
        }`,
      "another event": `
        export class Chart {
          private readonly onMove = (): void => {};
          constructor() {
            document.addEventListener("mousemove", this.onMove); //! otherEvent
          }
          destroy(): void {
            document.removeEventListener("mouseover", this.onMove);
          }
        }`,
      "another value for capture": `
        export class Chart {
          private readonly onMove = (): void => {};
          constructor() {
            document.addEventListener("mousemove", this.onMove, true); //! otherCapture
          }
          destroy(): void {
            document.removeEventListener("mousemove", this.onMove);
          }
        }`,
      "capture in an options object": `
        export class Chart {
          private readonly onMove = (): void => {};
          constructor() {
            document.addEventListener("mousemove", this.onMove, { capture: true, passive: true }); //! otherCapture
          }
          destroy(): void {
            document.removeEventListener("mousemove", this.onMove, { capture: false });
          }
        }`,
      "another object": `
        export class Chart {
          private readonly onKey = (): void => {};
          constructor() {
            document.addEventListener("keydown", this.onKey); //! otherTarget
          }
          destroy(): void {
            window.removeEventListener("keydown", this.onKey);
          }
        }`,
      "a function made for the removal": `
        export function stopListening(element: HTMLElement, draw: () => void): void {
          element.removeEventListener("click", () => draw()); //! removesNothing
        }`,
      "in a function": `
        export function follow(element: HTMLElement, draw: () => void): () => void {
          element.addEventListener("click", () => draw()); //! otherFunction
          return () => element.removeEventListener("click", draw);
        }`,
    },
    fine: {
      "a function expression that names itself": `
        export function once(element: HTMLElement, draw: () => void): void {
          element.addEventListener("click", function handle() {
            draw();
            element.removeEventListener("click", handle);
          });
        }`,
      "kept where it is registered": `
        import type { EventEmitter } from "node:events";
        export class Session {
          private listener: (() => void) | undefined;
          open(bus: EventEmitter): void {
            bus.on("message", (this.listener = () => {}));
          }
          close(bus: EventEmitter): void {
            if (this.listener) bus.off("message", this.listener);
          }
        }`,
      "a constant for the event": `
        const moved = "mousemove";
        export class Chart {
          private readonly onMove = (): void => {};
          constructor() {
            document.addEventListener(moved, this.onMove);
          }
          destroy(): void {
            document.removeEventListener("mousemove", this.onMove);
          }
        }`,
      "the same options": `
        const options = { capture: true };
        export class Chart {
          private readonly onMove = (): void => {};
          constructor() {
            document.addEventListener("mousemove", this.onMove, options);
          }
          destroy(): void {
            document.removeEventListener("mousemove", this.onMove, options);
          }
        }`,
      "two events with one function, both removed": `
        export class Chart {
          private readonly onMove = (): void => {};
          constructor() {
            document.addEventListener("mousemove", this.onMove);
            document.addEventListener("touchmove", this.onMove);
          }
          destroy(): void {
            document.removeEventListener("touchmove", this.onMove);
            document.removeEventListener("mousemove", this.onMove);
          }
        }`,
      "another listener makes room for this one": `
        import type { EventEmitter } from "node:events";
        export function replace(bus: EventEmitter, old: () => void, draw: () => void): void {
          bus.removeListener("message", old);
          bus.on("message", () => draw());
        }
        export function replaceFirst(bus: EventEmitter, draw: () => void): void {
          const first = bus.listeners("message")[0] as () => void;
          bus.off("message", first);
          bus.on("message", () => draw());
        }`,
      "the window by two names": `
        export class Chart {
          private readonly onResize = (): void => {};
          constructor() {
            window.addEventListener("resize", this.onResize);
          }
          destroy(): void {
            globalThis.removeEventListener("resize", this.onResize);
          }
        }`,
    },
  },
});
