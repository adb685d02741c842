/** Where a collection is kept, and how long that lives. */
import { verdicts } from "../../support/verdicts.ts";

const http = `import { createServer, type IncomingMessage } from "node:http";`;
const net = `import { createServer, type Socket } from "node:net";`;

verdicts("no-unbounded-collection", "where it is kept", {
  "a module variable that grows with every request": {
    leak: {
      "a map": `${http}
const visits = new Map<string, number>(); //! onlyGrows
createServer((request, response) => {
  visits.set(request.url ?? "", Date.now());
  response.end();
});`,
      "a map behind a cast": `${http}
const visits: Map<string, number> | undefined = new Map<string, number>(); //! onlyGrows
createServer((request, response) => {
  visits!.set(request.url ?? "", (visits as Map<string, number>).size);
  response.end();
});`,
      "a set": `${http}
const seen = new Set<string>(); //! onlyGrows
createServer((request, response) => {
  seen.add(request.url ?? "");
  response.end();
});`,
      "an array": `${http}
const urls: string[] = []; //! onlyGrows
createServer((request, response) => {
  urls.push(request.url ?? "");
  response.end();
});`,
      "an array, by its length": `${http}
const urls: string[] = []; //! onlyGrows
createServer((request, response) => {
  urls[urls.length] = request.url ?? "";
  response.end();
});`,
      "an array that is copied": `${http}
let urls: readonly string[] = []; //! onlyGrows
createServer((request, response) => {
  urls = [...urls, request.url ?? ""];
  response.end();
});`,
      "a record": `${http}
const visits: Record<string, number> = {}; //! onlyGrows
createServer((request, response) => {
  visits[request.url ?? ""] = Date.now();
  response.end();
});`,
      "a record of counters": `${http}
const visits: Record<string, number> = Object.create(null); //! onlyGrows
createServer((request, response) => {
  visits[request.url ?? ""] ??= 0;
  visits[request.url ?? ""]++;
  response.end();
});`,
      "a record that is copied": `${http}
let visits: Record<string, number> = {}; //! onlyGrows
createServer((request, response) => {
  visits = { ...visits, [request.url ?? ""]: 1 };
  response.end();
});`,
      "a member of a state object": `${http}
const state = {
  startedAt: Date.now(),
  visits: new Map<string, number>(), //! onlyGrows
};
createServer((request, response) => {
  state.visits.set(request.url ?? "", Date.now() - state.startedAt);
  response.end();
});`,
      "through a helper": `${http}
const visits = new Map<string, number>(); //! onlyGrows
function note(url: string): void {
  visits.set(url, Date.now());
}
createServer((request, response) => {
  note(request.url ?? "");
  response.end();
});`,
      "through an alias": `${http}
const visits = new Map<string, number>(); //! onlyGrows
createServer((request, response) => {
  const map = visits;
  map.set(request.url ?? "", Date.now());
  response.end();
});`,
      "through a helper that is given it": `${http}
const visits = new Map<string, number>(); //! onlyGrows
function note(map: Map<string, number>, url: string): void {
  map.set(url, Date.now());
}
createServer((request, response) => {
  note(visits, request.url ?? "");
  response.end();
});`,
      "in a handler that is told by what it is given": `${http}
const visits = new Map<string, number>(); //! onlyGrows
export const handle = (request: IncomingMessage): void => {
  visits.set(request.url ?? "", Date.now());
};`,
    },
    fine: {
      "weak keys": `${http}
const visits = new WeakMap<IncomingMessage, number>();
createServer((request, response) => {
  visits.set(request, Date.now());
  response.end();
});`,
    },
  },
  "a field of an instance that lives as long as the program": {
    leak: {
      "a singleton": `${http}
class Visits {
  private readonly urls = new Set<string>(); //! onlyGrows
  note(request: IncomingMessage): void {
    this.urls.add(request.url ?? "");
  }
}
export const visits = new Visits();`,
      "a private name": `${http}
class Visits {
  readonly #urls = new Set<string>(); //! onlyGrows
  note = (request: IncomingMessage): void => {
    this.#urls.add(request.url ?? "");
  };
}
export const visits = new Visits();`,
      "a static field": `${http}
export class Visits {
  private static readonly urls = new Set<string>(); //! onlyGrows
  static note(request: IncomingMessage): void {
    Visits.urls.add(request.url ?? "");
  }
}`,
      "taken out of this": `${http}
class Visits {
  private readonly urls = new Set<string>(); //! onlyGrows
  note(request: IncomingMessage): void {
    const { urls } = this;
    urls.add(request.url ?? "");
  }
}
export const visits = new Visits();`,
      "filled by the constructor": `${http}
class Visits {
  private readonly urls: Set<string>; //! onlyGrows
  constructor() {
    this.urls = new Set();
  }
  note(request: IncomingMessage): void {
    this.urls.add(request.url ?? "");
  }
}
export const visits = new Visits();`,
      "a field of a field": `${http}
class Visits {
  private readonly urls = new Set<string>(); //! onlyGrows
  note(request: IncomingMessage): void {
    this.urls.add(request.url ?? "");
  }
}
class Server {
  readonly visits = new Visits();
}
export const server = new Server();`,
      "a closure": `${http}
function createVisits() {
  const urls = new Set<string>(); //! onlyGrows
  return {
    note(request: IncomingMessage): void {
      urls.add(request.url ?? "");
    },
  };
}
export const visits = createVisits();`,
      "made when it is first asked for": `${http}
class Visits {
  private readonly urls = new Set<string>(); //! onlyGrows
  note(request: IncomingMessage): void {
    this.urls.add(request.url ?? "");
  }
}
let shared: Visits | undefined;
export const visits = (): Visits => (shared ??= new Visits());`,
      "a service that handles requests, whoever makes it": `${http}
export class Visits {
  private readonly urls = new Set<string>(); //! onlyGrows
  note(request: IncomingMessage): void {
    this.urls.add(request.url ?? "");
  }
}`,
    },
    strict: {
      "nobody knows who makes it, nor when it is called": `
export class Names {
  private readonly known = new Set<string>(); //! onlyGrows
  isNew(name: string): boolean {
    if (this.known.has(name)) return false;
    this.known.add(name);
    return true;
  }
}`,
    },
  },
  "an exported collection, which code that nobody sees may empty": {
    strict: {
      "a map": `${http}
export const visits = new Map<string, number>(); //! onlyGrows
createServer((request, response) => {
  visits.set(request.url ?? "", Date.now());
  response.end();
});`,
    },
  },
  "an instance that goes": {
    fine: {
      "with its connection": `${net}
class Session {
  private readonly seen = new Set<string>();
  constructor(socket: Socket) {
    socket.on("data", (chunk) => this.seen.add(String(chunk)));
  }
}
createServer((socket) => {
  new Session(socket);
});`,
      "with its request": `${http}
class Context {
  private readonly names = new Set<string>();
  note(name: string): void {
    if (!this.names.has(name)) this.names.add(name);
  }
}
createServer((request, response) => {
  const context = new Context();
  context.note(request.url ?? "");
  response.end();
});`,
      "with the call": `
class Walk {
  private readonly seen = new Set<string>();
  visit(name: string): boolean {
    if (this.seen.has(name)) return false;
    this.seen.add(name);
    return true;
  }
}
export function count(names: readonly string[]): number {
  const walk = new Walk();
  return names.filter((name) => walk.visit(name)).length;
}`,
      "a variable of a call": `
export function unique(names: readonly string[]): number {
  const seen = new Set<string>();
  names.forEach((name) => seen.add(name));
  return seen.size;
}`,
      "a variable of a connection": `${net}
createServer((socket) => {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
});`,
      "a component": `
class Rows extends HTMLElement {
  private readonly rows: string[] = [];
  connectedCallback(): void {
    window.addEventListener("message", (event) => this.rows.push(String(event.data)));
  }
}
customElements.define("x-rows", Rows);`,
      "what a stream brings, in a function that reads it to its end": `
import { createReadStream } from "node:fs";
async function main(): Promise<void> {
  const chunks: unknown[] = [];
  const file = createReadStream("log");
  file.on("data", (chunk) => chunks.push(chunk));
  await new Promise<void>((resolve) => file.once("end", () => resolve()));
  console.log(chunks);
}
void main();`,
    },
  },
});
