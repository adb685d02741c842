/** Where a marked value is kept, how long that lives, and when the code around it runs. */
import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  lifetimesOfValue,
  longest,
  surelyEnds,
} from "../../src/lifetimes/holders/holder-lifetimes.ts";
import { placeOfValue } from "../../src/lifetimes/holders/keeping-places.ts";
import { occasionsOf } from "../../src/lifetimes/holders/occasions.ts";
import type { Environment } from "../../src/ownership/environment.ts";
import { programOf } from "../support/program.ts";

interface Situation {
  readonly code: string;
  readonly files?: Readonly<Record<string, string>>;
  /** What is said of the place and its lifetimes, in any order, each once. */
  readonly lives: string;
}

const net = `import * as net from "node:net";\n`;

const lifetimes: Readonly<Record<string, Situation>> = {
  "a module variable": {
    code: `const rooms = new Map<string, string>();
      export function join(id: string): void { /*kept*/rooms.set(id, id); }`,
    lives: "module: process",
  },
  "a static field": {
    code: `export class Rooms {
      static readonly all = new Map<string, string>();
      join(id: string): void { /*kept*/Rooms.all.set(id, id); } }`,
    lives: "static: process",
  },
  "a field of a singleton": {
    code: `class Rooms { #all = new Map<string, string>();
      join(id: string): void { /*kept*/this.#all.set(id, id); } }
      const rooms = new Rooms();
      rooms.join("hall");`,
    lives: "field: process",
  },
  "a field of a singleton of another file": {
    code: `export class Rooms { private readonly all = new Map<string, string>();
      join(id: string): void { /*kept*/this.all.set(id, id); } }`,
    files: {
      "main.ts": `import { Rooms as Hall } from "./program.ts"; export const hall = new Hall();`,
    },
    lives: "field: process unknown",
  },
  "a default export": {
    code: `export default class Rooms { private readonly all = new Map<string, string>();
      join(id: string): void { /*kept*/this.all.set(id, id); } }`,
    files: { "main.ts": `import Hall from "./program.ts"; export const hall = new Hall();` },
    lives: "field: process unknown",
  },
  "a field of a field of a singleton": {
    code: `class Rooms { all = new Map<string, string>();
      join(id: string): void { /*kept*/this.all.set(id, id); } }
      class Server { readonly rooms = new Rooms(); }
      export const server = new Server();`,
    lives: "field: process",
  },
  "a parameter property": {
    code: `class Rooms { constructor(private readonly all: Map<string, string>) {}
      join(id: string): void { /*kept*/this.all.set(id, id); } }
      export const rooms = new Rooms(new Map());`,
    lives: "field: process",
  },
  "an instance per connection": {
    code: `${net}class Session { seen = new Set<string>();
      note(id: string): void { /*kept*/this.seen.add(id); } }
      net.createServer((socket) => {
        const session = new Session();
        socket.on("data", (chunk) => session.note(String(chunk)));
      }).listen(0);`,
    lives: "field: event connection",
  },
  "an instance per connection, in a named handler": {
    code: `${net}class Session { seen = new Set<string>();
      note(id: string): void { /*kept*/this.seen.add(id); } }
      const server = net.createServer();
      function accept(socket: net.Socket): void {
        const session = new Session();
        socket.on("data", (chunk) => session.note(String(chunk)));
      }
      server.on("connection", accept);`,
    lives: "field: event connection",
  },
  "an instance per connection, in a bound method": {
    code: `${net}class Session { seen = new Set<string>();
      note(id: string): void { /*kept*/this.seen.add(id); } }
      class Server {
        #server = net.createServer();
        constructor() { this.#server.on("connection", this.accept.bind(this)); }
        private accept(socket: net.Socket): void {
          const session = new Session();
          socket.on("data", (chunk) => session.note(String(chunk)));
        }
      }
      export const server = new Server();`,
    lives: "field: event connection",
  },
  "an instance per request": {
    code: `import { createServer } from "node:http";
      class Context { seen = new Set<string>();
        note(id: string): void { /*kept*/this.seen.add(id); } }
      createServer((request, response) => { new Context().note(request.url ?? ""); response.end(); });`,
    lives: "field: event request",
  },
  "an instance per call": {
    code: `class Walk { seen = new Set<string>();
      note(id: string): void { /*kept*/this.seen.add(id); } }
      export function walk(ids: string[]): void { const one = new Walk(); ids.forEach((id) => one.note(id)); }`,
    lives: "field: call",
  },
  "a class that is exported and made nowhere": {
    code: `export class Rooms { all = new Map<string, string>();
      join(id: string): void { /*kept*/this.all.set(id, id); } }`,
    lives: "field: unknown",
  },
  "main() runs once": {
    code: `class Rooms { all = new Map<string, string>();
      join(id: string): void { /*kept*/this.all.set(id, id); } }
      async function main(): Promise<void> { const rooms = new Rooms(); rooms.join("hall"); }
      void main();`,
    lives: "field: process",
  },
  "a lazy singleton": {
    code: `class Rooms { all = new Map<string, string>();
      join(id: string): void { /*kept*/this.all.set(id, id); } }
      let shared: Rooms | undefined;
      export function rooms(): Rooms { return (shared ??= new Rooms()); }`,
    lives: "field: process",
  },
  "a factory whose result is a singleton": {
    code: `class Rooms { all = new Map<string, string>();
      join(id: string): void { /*kept*/this.all.set(id, id); } }
      const make = (): Rooms => new Rooms();
      export const rooms = make();`,
    lives: "field: process",
  },
  "a captured variable of a closure that is a singleton": {
    code: `function make(): { join(id: string): void } {
        const all = new Map<string, string>();
        return { join(id) { /*kept*/all.set(id, id); } };
      }
      export const rooms = make();`,
    lives: "captured: process",
  },
  "a captured variable of a connection": {
    code: `${net}net.createServer((socket) => {
        const seen = new Set<string>();
        socket.on("data", (chunk) => { /*kept*/seen.add(String(chunk)); });
      });`,
    lives: "captured: event connection",
  },
  "a variable of a call": {
    code: `export function unique(ids: string[]): number {
      const seen = new Set<string>();
      for (const id of ids) /*kept*/seen.add(id);
      return seen.size; }`,
    lives: "local: call",
  },
  "a variable of a call that a callback uses at once": {
    code: `export function unique(ids: string[]): number {
      const seen = new Set<string>();
      ids.forEach((id) => { /*kept*/seen.add(id); });
      return seen.size; }`,
    lives: "local: call",
  },
  "a variable of a call that a callback uses later": {
    code: `declare function later(work: () => void): void;
      export function unique(id: string): void {
      const seen = new Set<string>();
      later(() => { /*kept*/seen.add(id); }); }`,
    lives: "captured: unknown",
  },
  "a web component": {
    code: `class Panel extends HTMLElement { rows: string[] = [];
      add(row: string): void { /*kept*/this.rows.push(row); } }
      customElements.define("x-panel", Panel);`,
    lives: "field: component",
  },
  "a global": {
    code: `export function watch(): void { /*kept*/process.on("SIGTERM", () => {}); }`,
    lives: "nowhere: process",
  },
  "a parameter": {
    code: `export function watch(target: EventTarget): void { /*kept*/target.addEventListener("x", () => {}); }`,
    lives: "local: unknown",
  },
  "a test": {
    code: `class Rooms { all = new Map<string, string>();
      join(id: string): void { /*kept*/this.all.set(id, id); } }
      declare const rooms: Rooms;
      it("works", () => { const own = new Rooms(); own.join("a"); });
      declare function it(name: string, test: () => void): void;`,
    lives: "field: call",
  },
};

describe("lifetimes of what keeps a value", () => {
  it.each(Object.entries(lifetimes))("%s", (_name, { code, files, lives }) => {
    const { environment, expression } = open(code, files);
    const place = placeOfValue(expression, environment)?.kind ?? "nowhere";
    const found = lifetimesOfValue(expression, environment).map((one) =>
      one.lasts === "event" ? `event ${one.event}` : one.lasts,
    );
    expect(`${place}: ${[...new Set(found)].sort().join(" ")}`).toBe(lives);
  });

  it("are compared by the longest that is known", () => {
    const { environment, expression } = open(lifetimes["a default export"]!.code, {
      "main.ts": `import Hall from "./program.ts"; export const hall = new Hall();`,
    });
    const found = lifetimesOfValue(expression, environment);
    expect(longest(found)?.lasts).toBe("process");
    expect(surelyEnds(found)).toBe(false);
    expect(longest([])).toBeUndefined();
  });
});

const occasions: Readonly<Record<string, Situation>> = {
  "the top level": { code: `console.log(/*kept*/process);`, lives: "load" },
  "a function that the top level calls": {
    code: `function start(): void { console.log(/*kept*/process); }\nstart();`,
    lives: "load",
  },
  "a function that is exported and called": {
    code: `export function start(): void { console.log(/*kept*/process); }\nstart();`,
    lives: "load unknown",
  },
  "a listener": {
    code: `process.on("message", () => { console.log(/*kept*/process); });`,
    lives: "event event",
  },
  "an interval": {
    code: `setInterval(() => console.log(/*kept*/process), 5);`,
    lives: "event tick",
  },
  "a timeout": { code: `setTimeout(() => console.log(/*kept*/process), 5);`, lives: "load" },
  "a promise": {
    code: `void Promise.resolve().then(() => { console.log(/*kept*/process); });`,
    lives: "load",
  },
  "a visitor": { code: `[1].forEach(() => { console.log(/*kept*/process); });`, lives: "load" },
  "a handler by what it is given": {
    code: `import type { IncomingMessage } from "node:http";
      export const handle = (request: IncomingMessage): void => console.log(/*kept*/process, request);`,
    lives: "event request",
  },
  "a method that a handler calls": {
    code: `${net}class Server {
        start(): void { net.createServer((socket) => { this.#accept(socket.remoteAddress); }); }
        #accept(_address?: string): void { console.log(/*kept*/process); } }
      export const server = new Server();`,
    lives: "event connection",
  },
  "a constructor": {
    code: `export class Server { constructor() { console.log(/*kept*/process); } }`,
    lives: "construction",
  },
  "a property that handles messages": {
    code: `declare const socket: WebSocket;
      socket.onmessage = () => { console.log(/*kept*/process); };`,
    lives: "event event",
  },
  "a callback of an unknown function": {
    code: `declare function later(work: () => void): void;
      later(() => { console.log(/*kept*/process); });`,
    lives: "unknown",
  },
};

describe("occasions on which code runs", () => {
  it.each(Object.entries(occasions))("%s", (_name, { code, files, lives }) => {
    const { environment, expression } = open(code, files);
    const found = occasionsOf(expression, environment).map((one) =>
      one.when === "event" ? `event ${one.event}` : one.when,
    );
    expect([...new Set(found)].sort().join(" ")).toBe(lives);
  });
});

function open(
  code: string,
  files: Situation["files"],
): { environment: Environment; expression: ts.Expression } {
  const isModule = /^\s*(?:import|export)/m.test(code);
  const program = programOf(isModule ? code : `${code}\nexport {};`, files && { files });
  const node = program.marked("kept");
  return { environment: program.environment, expression: receiver(node) };
}

/** The mark stands before a call on the value, or before the value. */
function receiver(node: ts.Node): ts.Expression {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return node.expression.expression;
  if (!ts.isExpression(node)) throw new Error("the mark stands before no expression");
  return node;
}
