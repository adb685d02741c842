/** The suggested hook, applied: the program compiles, and the rule has nothing more to say. */
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import ts from "typescript";
import plugin from "../../src/index.ts";
import { missingPackages, packageProgram, rootOf } from "../support/packages.ts";

const id = "resource-hygiene/require-cache-removal-listener";

const programs = {
  "an option": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client>({ max: 10 });
`,
  "an option on a line of its own": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export class Clients {
  readonly #clients = new LRUCache<string, Client>({
    max: 10,
    ttl: 1000,
  });
  get(name: string): Client | undefined {
    return this.#clients.get(name);
  }
}
`,
  "a promise": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Promise<Client>>({ max: 10 });
`,
  "an entry": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, { client: Client; since: number }>({ max: 10 });
`,
  "the key first": `
import QuickLRU from "quick-lru";
import type { Client } from "pg";
export const clients = new QuickLRU<string, Client>({ maxSize: 10 });
`,
  TTLCache: `
import { TTLCache } from "@isaacs/ttlcache";
import type { Client } from "pg";
export const clients = new TTLCache<string, Client>({ ttl: 10 });
`,
  "lru.min": `
import { createLRU } from "lru.min";
import type { Client } from "pg";
export const clients = createLRU<string, Client>({ max: 10 });
`,
  "a method": `
import { lru } from "tiny-lru";
import type { Client } from "pg";
export const clients = lru<Client>(10);
`,
  "a listener": `
import NodeCache from "node-cache";
import { Client } from "pg";
const clients = new NodeCache({ stdTTL: 60, useClones: false });
export function add(name: string): boolean {
  return clients.has(name) || clients.set(name, new Client(name));
}
`,
  "a memoised factory": `
import memoizee from "memoizee";
import { Client } from "pg";
export const clientOf = memoizee((url: string) => new Client(url), { maxAge: 1000 });
`,
  "a hook that only counts": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
let gone = 0;
export const clients = new LRUCache<string, Client>({ max: 10, dispose: (_client) => void gone++ });
export const count = (): number => gone;
`,
  "a hook with the key first": `
import QuickLRU from "quick-lru";
import type { Client } from "pg";
export const clients = new QuickLRU<string, Client>({
  maxSize: 10,
  onEviction(key, client) {
    console.log(key, client.listenerCount("error"));
  },
});
`,
  "object URLs": `
import { LRUCache } from "lru-cache";
const urls = new LRUCache<string, string>({ max: 10 });
export function show(name: string, blob: Blob): void {
  urls.set(name, URL.createObjectURL(blob));
}
`,
} as const;

/** What no hook can be written for without knowing more. */
const unsuggested = {
  "options in a constant": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
const options = { max: 10 };
export const clients = new LRUCache<string, Client>(options);
`,
  "a union": `
import { LRUCache } from "lru-cache";
import type { Client } from "pg";
export const clients = new LRUCache<string, Client | "none">({ max: 10 });
`,
  "a release that needs an import": `
import { openSync } from "node:fs";
import { LRUCache } from "lru-cache";
const files = new LRUCache<string, number>({ max: 10 });
export function add(path: string): void {
  files.set(path, openSync(path, "r"));
}
`,
  "no hook to offer": `
import Keyv from "keyv";
import type { Client } from "pg";
export const clients = new Keyv<Client>({ ttl: 10 });
`,
} as const;

function lint(program: ts.Program, file: string, code: string): Linter.LintMessage[] {
  const config: Linter.Config = {
    files: ["**/*.ts"],
    plugins: { "resource-hygiene": plugin },
    languageOptions: { parser, parserOptions: { programs: [program] } },
    rules: { [id]: "error" },
  };
  return new Linter({ configType: "flat", cwd: rootOf() }).verify(code, config, { filename: file });
}

function complaints(program: ts.Program, file: string): string[] {
  const source = program.getSourceFile(file);
  return [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const missing = missingPackages();

describe.skipIf(missing !== undefined)("the suggested removal hook", () => {
  const file = (name: string): string => `${rootOf()}/${name.replaceAll(/\W+/g, "-")}.ts`;
  const all = { ...programs, ...unsuggested };
  let before: ts.Program;
  let after: ts.Program;
  const fixed = new Map<string, string>();

  beforeAll(() => {
    before = packageProgram(
      Object.fromEntries(Object.entries(all).map(([name, code]) => [file(name), code])),
    );
    for (const [name, code] of Object.entries(programs)) {
      const [message] = lint(before, file(name), code);
      const [suggestion] = message?.suggestions ?? [];
      if (suggestion === undefined) continue;
      const { range, text } = suggestion.fix;
      fixed.set(file(name), code.slice(0, range[0]) + text + code.slice(range[1]));
    }
    after = packageProgram(Object.fromEntries(fixed));
  }, 120_000);

  it.each(Object.keys(programs))(
    "compiles and clears the finding: %s",
    { timeout: 60_000 },
    (name) => {
      const code = fixed.get(file(name));
      expect(code).toBeDefined();
      expect(complaints(after, file(name))).toEqual([]);
      expect(lint(after, file(name), code!)).toEqual([]);
    },
  );

  it.each(Object.entries(unsuggested))(
    "is not offered for %s",
    { timeout: 60_000 },
    (name, code) => {
      const [message] = lint(before, file(name), code);
      expect(message?.messageId).toMatch(/^noListener/);
      expect(message?.suggestions ?? []).toEqual([]);
    },
  );

  it("says that it may close what is in use", { timeout: 60_000 }, () => {
    const [message] = lint(before, file("an option"), programs["an option"]);
    expect(message?.suggestions?.[0]?.desc).toContain("may still be using");
  });
});
