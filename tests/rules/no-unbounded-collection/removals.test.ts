/** What takes something out, and what only looks as if it did. */
import { verdicts } from "../../support/verdicts.ts";

const http = `import { createServer, type IncomingMessage } from "node:http";`;

const visits = (rest: string, mark = ""): string => `${http}
const visits = new Map<string, number>();${mark}
createServer((request, response) => {
  visits.set(request.url ?? "", Date.now());
  response.end();
});
${rest}`;

verdicts("no-unbounded-collection", "what takes something out", {
  "a removal that can run": {
    fine: {
      "delete of a key": visits(
        `export function forget(url: string): void { visits.delete(url); }`,
      ),
      "clear on a timer": visits(`setInterval(() => visits.clear(), 1000);`),
      "delete of what is old": visits(`setInterval(() => {
  for (const [url, at] of visits) if (at < Date.now()) visits.delete(url);
}, 1000);`),
      "delete in forEach": visits(`setInterval(() => {
  visits.forEach((at, url) => { if (at < Date.now()) visits.delete(url); });
}, 1000);`),
      "delete when its time is over": `${http}
const visits = new Map<string, number>();
createServer((request, response) => {
  const url = request.url ?? "";
  visits.set(url, Date.now());
  setTimeout(() => visits.delete(url), 1000);
  response.end();
});`,
      "through an alias": visits(
        `export function forget(url: string): void { const all = visits; all.delete(url); }`,
      ),
      "through a helper": visits(`
const drop = <T>(map: Map<string, T>, key: string): void => { map.delete(key); };
export function forget(url: string): void { drop(visits, url); }`),
      optional: `${http}
let visits: Map<string, number> | undefined = new Map<string, number>();
createServer((request, response) => {
  visits?.set(request.url ?? "", Date.now());
  response.end();
});
export const forget = (url: string): boolean | undefined => visits?.delete(url);`,
      "a map that takes its place": `${http}
let visits = new Map<string, number>();
createServer((request, response) => {
  visits.set(request.url ?? "", Date.now());
  response.end();
});
setInterval(() => { visits = new Map(); }, 1000);`,
      "an array that is filtered": `${http}
let urls: string[] = [];
createServer((request, response) => {
  urls.push(request.url ?? "");
  response.end();
});
export const forget = (url: string): void => { urls = urls.filter((one) => one !== url); };`,
      "an array that is copied and cut": `${http}
let urls: string[] = [];
createServer((request, response) => {
  urls = [...urls, request.url ?? ""].slice(-100);
  response.end();
});`,
      "an array whose length is set": `${http}
const urls: string[] = [];
createServer((request, response) => {
  urls.push(request.url ?? "");
  response.end();
});
setInterval(() => { console.log(urls); urls.length = 0; }, 1000);`,
      "splice, shift or pop": `${http}
const urls: string[] = [];
createServer((request, response) => {
  urls.push(request.url ?? "");
  response.end();
});
setInterval(() => { for (const url of urls.splice(0)) console.log(url); }, 1000);`,
      "delete of a property": `${http}
const visits: Record<string, number> = {};
createServer((request, response) => {
  visits[request.url ?? ""] = Date.now();
  response.end();
});
export const forget = (url: string): void => { delete visits[url]; };`,
      "a method of the class": `${http}
class Visits {
  readonly #urls = new Set<string>();
  note(request: IncomingMessage): void { this.#urls.add(request.url ?? ""); }
  forget(url: string): void { this.#urls.delete(url); }
}
export const visits = new Visits();`,
      "a private method that is called": `${http}
class Visits {
  readonly #urls = new Set<string>();
  note(request: IncomingMessage): void { this.#urls.add(request.url ?? ""); this.#forget(); }
  #forget(): void { this.#urls.clear(); }
}
export const visits = new Visits();`,
      "whoever is told of its end": `${http}
class Visits {
  readonly #open = new Map<string, IncomingMessage>();
  note(request: IncomingMessage): void {
    const url = request.url ?? "";
    this.#open.set(url, request);
    request.once("close", () => this.#open.delete(url));
  }
}
export const visits = new Visits();`,
    },
  },
  "somebody has it who is not seen": {
    quiet: {
      "it is passed on": visits(`
declare function watch(map: Map<string, number>): void;
watch(visits);`),
      "it is returned": visits(`export const all = (): Map<string, number> => visits;`),
      "it is part of an object": visits(`export const state = { visits };`),
      "it is kept by an instance": visits(`
class Sweeper { constructor(readonly map: Map<string, number>) {} }
export const sweeper = new Sweeper(visits);`),
    },
    leak: {
      "it is only read": visits(
        `export const report = (): void => console.log([...visits], visits.size, Object.fromEntries(visits));`,
        " //! onlyGrows",
      ),
      "it is given out to be read": visits(
        `export const all = (): ReadonlyMap<string, number> => visits;`,
        " //! onlyGrows",
      ),
      "it is reported and kept": `${http}
const urls: string[] = []; //! onlyGrows
createServer((request, response) => {
  urls.push(request.url ?? "");
  response.end();
});
setInterval(() => { for (const url of urls) console.log(url); }, 1000);`,
      "a getter that the file sees": `${http}
class Visits {
  readonly #urls = new Set<string>(); //! onlyGrows
  get #all(): Set<string> { return this.#urls; }
  note(request: IncomingMessage): void { this.#all.add(request.url ?? ""); }
}
export const visits = new Visits();`,
    },
  },
  "a removal that takes no key away": {
    leak: {
      "slots set to undefined": `${http}
const visits: Record<string, number | undefined> = {}; //! keepsBlankSlots
createServer((request, response) => {
  const url = request.url ?? "";
  visits[url] = Date.now();
  response.once("close", () => { visits[url] = undefined; });
  response.end();
});`,
      "slots of a map set to undefined": `${http}
const visits = new Map<string, number | undefined>(); //! keepsBlankSlots
createServer((request, response) => {
  const url = request.url ?? "";
  visits.set(url, Date.now());
  response.once("close", () => visits.set(url, undefined));
  response.end();
});`,
      "slots of an array set to null": `${http}
const startedAt: (number | null)[] = []; //! keepsBlankSlots
let next = 0;
createServer((request) => {
  const id = next++;
  startedAt[id] = Date.now();
  request.once("close", () => {
    startedAt[id] = null;
  });
});`,
      "an inner set that is emptied": `
const rooms = new Map<string, Set<string>>(); //! keepsEmptiedEntries
export function join(room: string, user: string): void {
  let members = rooms.get(room);
  if (members === undefined) {
    members = new Set();
    rooms.set(room, members);
  }
  members.add(user);
}
export function leave(room: string, user: string): void {
  rooms.get(room)?.delete(user);
}`,
      "an inner set that is emptied under a name": `
const rooms = new Map<string, Set<string>>(); //! keepsEmptiedEntries
export function join(room: string, user: string): void {
  const members = rooms.get(room) ?? new Set<string>();
  members.add(user);
  rooms.set(room, members);
}
export function leave(room: string, user: string): void {
  const members = rooms.get(room);
  if (members !== undefined) members.delete(user);
}`,
      "a key that becomes the newest": `
const recent = new Map<string, number>(); //! keepsRenewedKeys
export function touch(name: string): void {
  if (recent.has(name)) console.log(name);
  recent.delete(name);
  recent.set(name, Date.now());
}`,
      "what is old goes when it is asked for again": `
const pages = new Map<string, { at: number; text: string }>(); //! keepsRenewedKeys
export async function load(url: string): Promise<string> {
  const known = pages.get(url);
  if (known !== undefined) {
    if (Date.now() - known.at < 1000) return known.text;
    pages.delete(url);
  }
  const text = await (await fetch(url)).text();
  pages.set(url, { at: Date.now(), text });
  return text;
}`,
      "a private method that nobody calls": `${http}
class Visits {
  readonly #urls = new Set<string>(); //! neverRemoved
  note(request: IncomingMessage): void { this.#urls.add(request.url ?? ""); }
  #forget(url: string): void { this.#urls.delete(url); }
}
export const visits = new Visits();`,
      "a function that nobody calls": visits(
        `function forget(url: string): void { visits.delete(url); }`,
        " //! neverRemoved",
      ),
      "one of two, in a class that the program does not make": `
export class Sessions {
  readonly #names = new Map<string, string>();
  readonly #times = new Map<string, number>(); //! keepsWhatSiblingDropped
  open(name: string): string {
    const id = crypto.randomUUID();
    this.#names.set(id, name);
    this.#times.set(id, Date.now());
    return id;
  }
  age(id: string): number { return Date.now() - (this.#times.get(id) ?? 0); }
  close(id: string): void { this.#names.delete(id); }
}`,
      "slots that are blanked, in a class that the program does not make": `
export class Sessions {
  #next = 0;
  readonly #names = new Map<string, string | undefined>(); //! keepsBlankSlots
  open(name: string): string {
    const id = String(this.#next++);
    this.#names.set(id, name);
    return id;
  }
  close(id: string): void { this.#names.set(id, undefined); }
}`,
      "one of two under the same keys": `${http}
const open = new Map<string, IncomingMessage>();
const startedAt = new Map<string, number>(); //! keepsWhatSiblingDropped
createServer((request) => {
  const id = crypto.randomUUID();
  open.set(id, request);
  startedAt.set(id, Date.now());
  request.once("close", () => open.delete(id));
});`,
      "only the end of the server": `${http}
class Visits {
  readonly #urls = new Set<string>(); //! emptiedAtEndOnly
  note(request: IncomingMessage): void { this.#urls.add(request.url ?? ""); }
  close(): void { this.#urls.clear(); }
}
export const visits = new Visits();`,
    },
    fine: {
      "the inner set goes when it is empty": `
const rooms = new Map<string, Set<string>>();
export function join(room: string, user: string): void {
  const members = rooms.get(room) ?? new Set<string>();
  members.add(user);
  rooms.set(room, members);
}
export function leave(room: string, user: string): void {
  const members = rooms.get(room);
  members?.delete(user);
  if (members?.size === 0) rooms.delete(room);
}`,
      "what is old goes, and is not always loaded again": `
const pages = new Map<string, { at: number; text: string }>();
export async function load(url: string): Promise<string> {
  const known = pages.get(url);
  if (known !== undefined) {
    if (Date.now() - known.at < 1000) return known.text;
    pages.delete(url);
    if (url.startsWith("file:")) return "";
  }
  return "loading";
}
export function note(url: string, text: string): void {
  pages.set(url, { at: Date.now(), text });
}`,
      "the oldest goes": `
const recent = new Map<string, number>();
export function touch(name: string): void {
  recent.delete(name);
  recent.set(name, Date.now());
  for (const [oldest] of recent) {
    if (recent.size <= 100) break;
    recent.delete(oldest);
  }
}`,
      "both are told": `${http}
const open = new Map<string, IncomingMessage>();
const startedAt = new Map<string, number>();
createServer((request) => {
  const id = crypto.randomUUID();
  open.set(id, request);
  startedAt.set(id, Date.now());
  request.once("close", () => {
    open.delete(id);
    startedAt.delete(id);
  });
});`,
    },
    quiet: {
      "a place that is kept free until its value is known": `
export class Sizes {
  readonly #sizes = new Map<object, number | undefined>();
  of(node: { children: object[] }): number {
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    this.#sizes.set(node, undefined);
    const size = 1 + node.children.length;
    this.#sizes.set(node, size);
    return size;
  }
}`,
    },
  },
});
