/** Functions that take a listener off again, given by who registered it, and taken by nobody. */
import { verdicts } from "../../support/verdicts.ts";

const store = `
        export class Store {
          private readonly listeners = new Set<() => void>();
          onChange(listener: () => void): () => void {
            this.listeners.add(listener);
            return () => void this.listeners.delete(listener);
          }
        }
        export const store = new Store();`;

const event = `
        interface Disposable { dispose(): void }
        type Event<T> = (listener: (value: T) => unknown) => Disposable;
        class Emitter<T> {
          private readonly listeners = new Set<{ listener: (value: T) => unknown }>();
          readonly event: Event<T>;
          constructor() {
            this.event = (listener) => {
              const entry = { listener };
              this.listeners.add(entry);
              return { dispose: () => void this.listeners.delete(entry) };
            };
          }
        }`;

verdicts("no-leaked-listener", "handles", {
  "what takes the listener off is dropped": {
    leak: {
      "by an object that ends": `${store}
        export class View {
          shown = true;
          constructor() {
            store.onChange(() => this.draw()); //! handleDropped
          }
          draw(): void {}
          destroy(): void {
            this.shown = false;
          }
        }`,
      "by an object that ends, from a function": `
        const listeners: (() => void)[] = [];
        export function subscribe(listener: () => void): () => void {
          listeners.push(listener);
          const leave = (): void => {
            listeners.splice(listeners.indexOf(listener), 1);
          };
          return leave;
        }
        export class View {
          shown = true;
          constructor() {
            subscribe(this.draw); //! handleDropped
          }
          readonly draw = (): void => {};
          destroy(): void {
            this.shown = false;
          }
        }`,
      "by an object that ends, of an event that all objects share": `${event}
        export class View {
          private static readonly moved = new Emitter<number>();
          shown = true;
          constructor() {
            View.moved.event((to) => this.draw(to)); //! handleDropped
          }
          draw(to: number): void { console.log(to); }
          destroy(): void {
            this.shown = false;
          }
        }`,
      "for each request": `${store}
        import { createServer } from "node:http";
        createServer((request, response) => {
          store.onChange(() => response.write("changed")); //! addedPerStart
        }).listen(7000);`,
    },
    fine: {
      "of an event of its own": `${event}
        export class View {
          private readonly moved = new Emitter<number>();
          constructor() {
            this.moved.event((to) => this.draw(to));
          }
          draw(to: number): void { console.log(to); }
          destroy(): void {}
        }`,
      "it is kept": `${store}
        export class View {
          private readonly leave: () => void;
          constructor() {
            this.leave = store.onChange(() => this.draw());
          }
          draw(): void {}
          destroy(): void {
            this.leave();
          }
        }`,
      "by code of a module": `${store}
        store.onChange(() => console.log("changed"));`,
      "of a store of the object itself": `${store}
        export class View {
          private readonly own = new Store();
          constructor() {
            this.own.onChange(() => this.draw());
          }
          draw(): void {}
          destroy(): void {}
        }`,
      "a property that takes no function": `
        interface Shape { readonly name: string }
        interface Tools {
          readonly attach: (shape: Shape) => { dispose(): void };
        }
        export class View {
          constructor(private readonly tools: Tools, shape: Shape) {
            tools.attach(shape);
          }
          destroy(): void {}
        }`,
      "a property that gives the object itself": `
        interface Tools {
          readonly onDraw: (draw: () => void) => this;
          dispose(): void;
        }
        declare const tools: Tools;
        export class View {
          constructor() {
            tools.onDraw(() => this.draw());
          }
          draw(): void {}
          destroy(): void {}
        }`,
      "a function that undoes something else": `
        export function mark(paint: () => void): () => void {
          paint();
          return () => console.log("unmarked");
        }
        export class View {
          constructor() {
            mark(() => this.draw());
          }
          draw(): void {}
          destroy(): void {}
        }`,
    },
  },
  "a listener for each connection or request": {
    leak: {
      "in the handler of a server": `
        import { EventEmitter } from "node:events";
        import { createServer } from "node:http";
        const news = new EventEmitter();
        createServer((request, response) => {
          news.on("item", (item: string) => response.write(item)); //! addedPerStart
        }).listen(7000);`,
      "in a function that the handler calls": `
        import { EventEmitter } from "node:events";
        import { createServer, type ServerResponse } from "node:http";
        const news = new EventEmitter();
        function follow(response: ServerResponse): void {
          news.on("item", (item: string) => response.write(item)); //! addedPerStart
        }
        createServer((request, response) => follow(response)).listen(7000);`,
    },
    fine: {
      "removed when the response is closed": `
        import { EventEmitter } from "node:events";
        import { createServer } from "node:http";
        const news = new EventEmitter();
        createServer((request, response) => {
          const write = (item: string): void => void response.write(item);
          news.on("item", write);
          response.on("close", () => news.off("item", write));
        }).listen(7000);`,
    },
  },
});
