import ts from "typescript";
import { describe, expect, it } from "vitest";
import { packageOf, withoutNodePrefix } from "../../src/typescript/declared-name.ts";
import { programOf, type ProgramSettings } from "../support/program.ts";

/** How the catalog would name what the marked call calls: `module:name`, `global:name`, … */
function named(code: string, settings?: ProgramSettings): string[] {
  const program = programOf(code, settings);
  const { types } = program.environment;
  const node = program.marked("x");
  const callee =
    ts.isCallExpression(node) || ts.isNewExpression(node)
      ? node.expression
      : (node as ts.Expression);
  const symbol = types.calleeSymbol(callee);
  if (symbol === undefined) return ["no symbol"];
  return types
    .declaredNames(symbol)
    .map(({ origin, module, name }) => `${origin === "module" ? module : origin}:${name}`);
}

const packages = {
  "node_modules/pool/package.json":
    '{"name":"pool","version":"1.0.0","type":"module","types":"index.d.ts"}',
  "node_modules/pool/index.d.ts": `
    export declare class Pool { connect(): Promise<Client>; static shared(): Pool }
    export interface Client { end(): void }
    export declare function open(): Client;
    export default function create(): Client;
    export declare namespace inner { function open(): Client; namespace deeper { class Pool {} } }
    export declare const api: { open(): Client };`,
  "node_modules/pool/more.d.ts": `
    import { Pool } from "./index.js";
    declare module "./index.js" { interface Pool { drain(): void } }
    export declare const more: Pool;`,
  "node_modules/@scope/pool/package.json":
    '{"name":"@scope/pool","version":"1.0.0","types":"lib/index.d.ts"}',
  "node_modules/@scope/pool/lib/index.d.ts": `
    export { Pool as Pond, open } from "pool";
    export declare function own(): void;`,
  "node_modules/bare/package.json": '{"name":"bare","version":"1.0.0","main":"index.js"}',
  "node_modules/@types/bare/package.json":
    '{"name":"@types/bare","version":"1.0.0","types":"index.d.ts"}',
  "node_modules/@types/bare/index.d.ts": "export declare function open(): void;",
  "node_modules/@types/scope__bare/package.json":
    '{"name":"@types/scope__bare","version":"1.0.0","types":"index.d.ts"}',
  "node_modules/@types/scope__bare/index.d.ts": "declare function open(): void; export = open;",
};
const files = { files: packages };

describe("the declared name", () => {
  it.each([
    ['import { openSync } from "node:fs"; /*x*/ openSync("a", "r");', ["fs:openSync"]],
    ['import { openSync } from "fs"; /*x*/ openSync("a", "r");', ["fs:openSync"]],
    ['import { openSync as o } from "fs"; /*x*/ o("a", "r");', ["fs:openSync"]],
    ['import * as fs from "fs"; /*x*/ fs.openSync("a", "r");', ["fs:openSync"]],
    ['import fs from "fs"; /*x*/ fs.openSync("a", "r");', ["fs:openSync"]],
    ['import { open } from "node:fs/promises"; /*x*/ open("a");', ["fs/promises:open"]],
    [
      'import type { FileHandle } from "node:fs/promises"; export const f = (h: FileHandle) => { /*x*/ h.close(); };',
      ["fs/promises:FileHandle.close"],
    ],
    ['import { Server } from "node:net"; /*x*/ new Server().listen(1);', ["net:Server.listen"]],
  ])("in a module of Node: %s", (code, expected) => {
    expect(named(code)).toEqual(expected);
  });

  it.each([
    ['/*x*/ JSON.parse("1");', ["global:JSON.parse"]],
    ["/*x*/ [1].forEach(String);", ["global:Array.forEach"]],
    ["/*x*/ Promise.all([]);", ["global:PromiseConstructor.all"]],
    ["/*x*/ new Map();", ["global:Map"]],
    ['/*x*/ new Worker("a");', ["global:Worker"]],
    ["/*x*/ queueMicrotask(() => undefined);", ["global:queueMicrotask"]],
    ["/*x*/ globalThis.queueMicrotask(() => undefined);", ["global:queueMicrotask"]],
    ["/*x*/ process.exit(1);", ["process:Process.exit"]],
  ])("of a global: %s", (code, expected) => {
    const found = named(code);
    for (const one of expected) {
      expect(found.map((name) => name.replace("NodeJS.", ""))).toContainEqual(
        expect.stringContaining(one.slice(one.indexOf(":") + 1)),
      );
    }
    if (expected[0]!.startsWith("global:"))
      expect(found.every((name) => name.startsWith("global:"))).toBe(true);
  });

  it("of what a file adds to the globals", () => {
    expect(
      named(`declare global { function grab(): void; interface Window { grab(): void } }
        /*x*/ grab(); export {};`),
    ).toEqual(["global:grab"]);
    expect(
      named(`declare global { interface Array<T> { shut(): void } }
        /*x*/ [1].shut(); export {};`),
    ).toEqual(["global:Array.shut"]);
  });

  it.each([
    ['import { open } from "pool"; /*x*/ open();', ["pool:open"]],
    ['import { Pool } from "pool"; /*x*/ new Pool();', ["pool:Pool"]],
    ['import { Pool } from "pool"; /*x*/ new Pool().connect();', ["pool:Pool.connect"]],
    ['import { Pool } from "pool"; /*x*/ Pool.shared();', ["pool:Pool.shared"]],
    ['import { open } from "pool"; /*x*/ open().end();', ["pool:Client.end"]],
    ['import { Pond } from "@scope/pool"; /*x*/ new Pond();', ["pool:Pool"]],
    ['import { own } from "@scope/pool"; /*x*/ own();', ["@scope/pool:own"]],
    ['import * as all from "@scope/pool"; /*x*/ all.open();', ["pool:open"]],
    ['import { open } from "bare"; /*x*/ open();', ["bare:open"]],
    ['import open from "@scope/bare"; /*x*/ open();', ["@scope/bare:open"]],
    ['import { api } from "pool"; /*x*/ api.open();', ["pool:api.open"]],
    ['import { more } from "pool/more.js"; /*x*/ more.drain();', ["pool:Pool.drain"]],
  ])("in a package: %s", (code, expected) => {
    expect(named(code, files)).toEqual(expected);
  });

  it("of a default export is its own, or `default` where it has none", () => {
    expect(named('import make from "pool"; /*x*/ make();', files)).toEqual(["pool:create"]);
    expect(
      named('import make from "./made.ts"; /*x*/ make();', {
        files: { "made.ts": "export default function () {}" },
      }),
    ).toEqual(["program:default"]);
    expect(
      named('import Made from "./made.ts"; /*x*/ new Made().end();', {
        files: { "made.ts": "export default class { end() {} }" },
      }),
    ).toEqual(["program:default.end"]);
  });

  it("of a member of a namespace", () => {
    expect(named('import { inner } from "pool"; /*x*/ inner.open();', files)).toEqual([
      "pool:open",
    ]);
    expect(named('import { inner } from "pool"; /*x*/ new inner.deeper.Pool();', files)).toEqual([
      "pool:Pool",
    ]);
  });

  it("of the program's own", () => {
    expect(named("function open() {} /*x*/ open(); export {};")).toEqual(["program:open"]);
    expect(named("class Client { end() {} } /*x*/ new Client().end(); export {};")).toEqual([
      "program:Client.end",
    ]);
    expect(named("const api = { open() {} }; /*x*/ api.open(); export {};")).toEqual([
      "program:open",
    ]);
    expect(
      named('import { openSync } from "./mine.ts"; /*x*/ openSync();', {
        files: { "mine.ts": "export function openSync() {}" },
      }),
    ).toEqual(["program:openSync"]);
  });

  it("of an ambient module that the program declares", () => {
    expect(
      named('import { open } from "virtual:pool"; /*x*/ open();', {
        files: {
          "virtual.d.ts": 'declare module "virtual:pool" { export function open(): void; }',
        },
      }),
    ).toEqual(["virtual:pool:open"]);
  });

  it("of merged declarations is each of them", () => {
    const found = named(
      `import { Pool } from "pool";
       declare module "pool" { interface Pool { drain(): void } }
       /*x*/ new Pool();`,
      files,
    );
    expect(found).toEqual(["pool:Pool"]);
    expect(
      named("interface Both { end(): void } class Both {} /*x*/ new Both(); export {};"),
    ).toEqual(["program:Both"]);
    expect(
      named("export function f(o: { end(): void } | { end(): number }) { /*x*/ o.end(); }"),
    ).toEqual(["program:end"]);
  });
});

describe("the symbol of a callee", () => {
  it.each([
    ["a constant", 'import { openSync } from "fs"; const o = openSync; /*x*/ o("a", "r");'],
    [
      "a constant of a constant",
      'import * as fs from "fs"; const a = fs.openSync; const b = a; /*x*/ b("a", "r");',
    ],
    [
      "a part of a module",
      'import * as fs from "fs"; const { openSync } = fs; /*x*/ openSync("a", "r");',
    ],
    ["a renamed part", 'import fs from "fs"; const { openSync: o } = fs; /*x*/ o("a", "r");'],
    ["parentheses", 'import { openSync } from "fs"; (/*x*/ (openSync)("a", "r"));'],
    ["a cast", 'import { openSync } from "fs"; (/*x*/ (openSync as typeof openSync)("a", "r"));'],
    ["`!`", 'import { openSync } from "fs"; /*x*/ openSync!("a", "r");'],
    ["an element access", 'import * as fs from "fs"; /*x*/ fs["openSync"]("a", "r");'],
    ["`?.`", 'import * as fs from "fs"; /*x*/ fs?.openSync?.("a", "r");'],
  ])("looks through %s", (_spelling, code) => {
    expect(named(code)).toEqual(["fs:openSync"]);
  });

  it("looks through files that export again", () => {
    const again = {
      "a.ts": 'export { openSync as take } from "node:fs"; export * as fs from "node:fs";',
      "b.ts": 'export * from "./a.ts"; export { take as default } from "./a.ts";',
    };
    expect(named('import { take } from "./b.ts"; /*x*/ take("a", "r");', { files: again })).toEqual(
      ["fs:openSync"],
    );
    expect(named('import take from "./b.ts"; /*x*/ take("a", "r");', { files: again })).toEqual([
      "fs:openSync",
    ]);
    expect(
      named('import { fs } from "./b.ts"; /*x*/ fs.openSync("a", "r");', { files: again }),
    ).toEqual(["fs:openSync"]);
  });

  it("stops at what may be reassigned", () => {
    expect(
      named('import { openSync } from "fs"; let o = openSync; /*x*/ o("a", "r"); o = openSync;'),
    ).toEqual(["program:o"]);
  });

  it("does not follow constants in a circle", () => {
    expect(
      named("const a: any = b; const b: any = a; /*x*/ a(); export {};", { broken: true }),
    ).toHaveLength(1);
  });

  it("is nothing for what cannot be resolved", () => {
    expect(named('import { open } from "nowhere"; /*x*/ open();', { broken: true })).toEqual([]);
    expect(named("declare const o: any; /*x*/ o.open();")).toEqual(["no symbol"]);
    expect(named("/*x*/ (() => 1)(); export {};")).toEqual(["no symbol"]);
  });
});

describe("the package of a file", () => {
  it.each([
    ["/p/node_modules/pg/lib/index.d.ts", "pg"],
    ["/p/node_modules/@scope/pg/index.d.ts", "@scope/pg"],
    ["/p/node_modules/@types/pg/index.d.ts", "pg"],
    ["/p/node_modules/@types/scope__pg/index.d.ts", "@scope/pg"],
    ["/p/node_modules/a/node_modules/b/index.d.ts", "b"],
    ["/p/node_modules/.pnpm/pg@8/node_modules/@types/pg/index.d.ts", "pg"],
    ["/p/src/index.ts", undefined],
    ["/p/my_node_modules/pg/index.ts", undefined],
  ])("%s: %s", (file, name) => {
    expect(packageOf(file)).toBe(name);
  });

  it("knows `node:` as a prefix only", () => {
    expect(withoutNodePrefix("node:fs/promises")).toBe("fs/promises");
    expect(withoutNodePrefix("fs")).toBe("fs");
    expect(withoutNodePrefix("nodemailer")).toBe("nodemailer");
  });
});
