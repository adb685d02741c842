/** Which adds make a collection grow, and which are bounded by construction. */
import { verdicts } from "../../support/verdicts.ts";

const http = `import { createServer, type IncomingMessage } from "node:http";`;

verdicts("no-unbounded-collection", "what makes it grow", {
  "a memo table": {
    leak: {
      "if it is not there": `
const templates = new Map<string, string>(); //! onlyGrows
const compile = (name: string): string => name.trim();
export function template(name: string): string {
  let found = templates.get(name);
  if (found === undefined) {
    found = compile(name);
    templates.set(name, found);
  }
  return found;
}`,
      "if it is there": `
const templates = new Map<string, string>(); //! onlyGrows
const compile = (name: string): string => name.trim();
export function template(name: string): string {
  if (templates.has(name)) return templates.get(name)!;
  const made = compile(name);
  templates.set(name, made);
  return made;
}`,
      "a record": `
const templates: Record<string, string> = {}; //! onlyGrows
const compile = (name: string): string => name.trim();
export const template = (name: string): string => (templates[name] ??= compile(templates[name] ?? name));`,
      "pending calls that stay": `
const pending = new Map<string, Promise<string>>(); //! onlyGrows
export async function load(url: string): Promise<string> {
  const known = pending.get(url);
  if (known !== undefined) return known;
  const loading = fetch(url).then((response) => response.text());
  pending.set(url, loading);
  return loading;
}`,
      "keys that are made up": `
const jobs = new Map<string, { name: string }>(); //! onlyGrows
export function submit(name: string): string {
  const job = { id: crypto.randomUUID(), name };
  jobs.set(job.id, job);
  return job.id;
}`,
      "entries with a time": `
const history: { at: number; name: string }[] = []; //! onlyGrows
export function note(name: string): void {
  history.push({ at: Date.now(), name });
}`,
      "what was seen": `
const seen = new Set<string>(); //! onlyGrows
export function isDuplicate(id: string): boolean {
  if (seen.has(id)) return true;
  seen.add(id);
  return false;
}`,
    },
    fine: {
      "pending calls that go when they are settled": `
const pending = new Map<string, Promise<string>>();
export async function load(url: string): Promise<string> {
  const known = pending.get(url);
  if (known !== undefined) return known;
  const loading = fetch(url)
    .then((response) => response.text())
    .finally(() => pending.delete(url));
  pending.set(url, loading);
  return loading;
}`,
    },
  },
  "a limit": {
    fine: {
      "before the add": `${http}
const urls = new Set<string>();
createServer((request, response) => {
  if (urls.size < 1000) urls.add(request.url ?? "");
  response.end();
});`,
      "a refusal": `${http}
const maximum = 1000;
const urls: string[] = [];
createServer((request, response) => {
  if (urls.length >= maximum) return void response.writeHead(503).end();
  urls.push(request.url ?? "");
  response.end();
});`,
      "a size that has a name": `${http}
const urls: string[] = [];
createServer((request, response) => {
  const { length } = urls;
  const count = urls.length;
  if (count < 1000 && length >= 0) urls.push(request.url ?? "");
  response.end();
});`,
      "a ring": `${http}
const urls: string[] = [];
let next = 0;
createServer((request, response) => {
  urls[next] = request.url ?? "";
  next = (next + 1) % 100;
  response.end();
});`,
      "shift when it is too long": `${http}
const urls: string[] = [];
createServer((request, response) => {
  urls.push(request.url ?? "");
  if (urls.length > 100) urls.shift();
  response.end();
});`,
    },
    leak: {
      "whether it is empty": `${http}
const urls: string[] = []; //! onlyGrows
createServer((request, response) => {
  urls.push(request.url ?? "");
  if (urls.length > 0) console.log(urls.length);
  for (let index = 0; index < urls.length; index++) console.log(urls[index]);
  response.end();
});`,
    },
  },
  "keys of a fixed number": {
    fine: {
      "a literal": `${http}
const counts: Record<string, number> = {};
createServer((request, response) => {
  counts["requests"] = (counts["requests"] ?? 0) + 1;
  response.end(request.url);
});`,
      "an enum": `${http}
enum Level { info, warn }
const counts = new Map<Level, number>();
createServer((request, response) => {
  const level = request.url === "/" ? Level.info : Level.warn;
  counts.set(level, (counts.get(level) ?? 0) + 1);
  response.end();
});`,
      "a union of literals": `
const counts = new Map<"get" | "set", number>();
export function count(what: "get" | "set"): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}`,
      "a boolean": `
const counts = new Map<boolean, number>();
export function count(hit: boolean): void {
  counts.set(hit, (counts.get(hit) ?? 0) + 1);
}`,
      "keys of a record type": `
interface Shape { width: number; height: number }
const listeners = new Map<keyof Shape, number>();
export function count<K extends keyof Shape>(key: K): void {
  listeners.set(key, (listeners.get(key) ?? 0) + 1);
}`,
      "a constant list": `${http}
const names = ["a", "b"];
const counts = new Map<string, number>();
createServer((request, response) => {
  for (const name of names) counts.set(name, Date.now());
  response.end(request.url);
});`,
      "a configuration": `${http}
import { env } from "node:process";
const config = { name: "main", hosts: { a: 1, b: 2 } };
const state = new Map<string, number>();
createServer((request, response) => {
  state.set(config.name, Date.now());
  state.set(env.HOSTNAME ?? "here", Date.now());
  Object.keys(config.hosts).forEach((host) => state.set(host, 1));
  response.end(request.url);
});`,
      "a remainder": `${http}
const buckets = new Map<number, number>();
createServer((request, response) => {
  const minute = Math.floor(Date.now() / 60_000) % 60;
  buckets.set(minute, (buckets.get(minute) ?? 0) + 1);
  response.end(request.url);
});`,
      classes: `
const names = new Map<new () => object, string>();
export function nameOf(type: new () => object): string {
  let name = names.get(type);
  if (name === undefined) {
    name = type.name.toLowerCase();
    names.set(type, name);
  }
  return name;
}`,
      "what every caller passes": `${http}
const counts = new Map<string, number>();
function count(name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
createServer((request, response) => {
  count("requests");
  if (request.url === "/") count("roots");
  response.end();
});`,
      "the keys that are there": `
const counts = new Map<string, number>([["a", 0], ["b", 0]]);
setInterval(() => {
  for (const key of counts.keys()) counts.set(key, 0);
}, 1000);`,
    },
    leak: {
      "what some caller passes": `${http}
const counts = new Map<string, number>(); //! onlyGrows
function count(name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
createServer((request, response) => {
  count("requests");
  count(request.url ?? "");
  response.end();
});`,
    },
  },
  "while the program starts": {
    fine: {
      "at the top level": `
const names = new Set<string>();
for (const name of process.argv) names.add(name);
export const isKnown = (name: string): boolean => names.has(name);`,
      "in a function that the top level calls": `
const names = new Set<string>();
function read(list: readonly string[]): void {
  for (const name of list) names.add(name);
}
read(process.argv);
export const isKnown = (name: string): boolean => names.has(name);`,
      "in a constructor": `
class Names {
  readonly #known = new Set<string>();
  constructor(list: readonly string[]) {
    for (const name of list) this.#known.add(name);
  }
  has(name: string): boolean {
    return this.#known.has(name);
  }
}
export const names = new Names(process.argv);`,
    },
    quiet: {
      "a registry of functions": `
const commands = new Map<string, () => void>();
export function register(name: string, command: () => void): void {
  commands.set(name, command);
}
export const run = (name: string): void => commands.get(name)?.();`,
      "a registry that refuses a second one": `
const plugins = new Map<string, { name: string }>();
export function register(name: string): void {
  if (plugins.has(name)) throw new Error(name);
  plugins.set(name, { name });
}`,
      "a list of what is given": `
const names: string[] = [];
export function include(name: string): void {
  names.push(name);
}`,
    },
  },
  "in a test": {
    fine: {
      "a double of a service": `
import { describe, it } from "vitest";
class FakeStore {
  readonly #known = new Set<string>();
  isNew(name: string): boolean {
    if (this.#known.has(name)) return false;
    this.#known.add(name);
    return true;
  }
}
const store = new FakeStore();
describe("a store", () => {
  it("knows", () => {
    store.isNew("a");
  });
});`,
      "what the test sees": `
import { it } from "vitest";
const seen: string[] = [];
it("counts", () => {
  seen.push(String(Date.now()));
});`,
    },
  },
  "with other events": {
    leak: {
      "a listener": `
const warnings: string[] = []; //! onlyGrows
process.on("warning", (warning) => {
  warnings.push(warning.message);
});`,
      "a timer": `
const samples: number[] = []; //! onlyGrows
setInterval(() => {
  samples.push(process.memoryUsage().heapUsed);
}, 1000);`,
      "a message handler": `
const socket = new WebSocket("ws://localhost");
const messages: string[] = []; //! onlyGrows
socket.onmessage = ({ data }) => {
  messages.push(String(data));
};`,
      "a service with a timer": `
class Retries {
  private readonly queue: { id: string; at: number }[] = []; //! onlyGrows
  constructor() {
    setInterval(() => this.run(), 1000);
  }
  fail(id: string): void {
    this.queue.push({ id, at: Date.now() });
  }
  private run(): void {
    for (const { id } of this.queue) console.log(id);
  }
}
export const retries = new Retries();`,
    },
    strict: {
      "what announces itself": `
import { EventEmitter } from "node:events";
const bus = new EventEmitter();
const names = new Map<string, string>(); //! onlyGrows
bus.on("plugin", (wanted: string, name: string) => names.set(wanted, name));
export const nameOf = (wanted: string) => names.get(wanted);
export const announce = (wanted: string, name: string) => bus.emit("plugin", wanted, name);`,
    },
    fine: {
      "paths that are written out": `
import path from "node:path";
const folders = new Set<string>();
export function addDefaults(): void {
  folders.add(path.join(process.cwd(), "plugins"));
  folders.add(path.resolve("modules"));
}
export const known = (folder: string) => folders.has(folder);`,
    },
  },
});
