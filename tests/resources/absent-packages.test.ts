/**
 * A kind of a package that a program does not use costs nothing: the type checker is asked the same
 * questions whether the catalog has it or not.
 */
import type ts from "typescript";
import { builtInCatalog } from "../../src/resources/effective-catalog.ts";
import { catalog } from "../../src/resources/catalog/index.ts";
import { type CatalogIndex, indexCatalog, modulesOf } from "../../src/resources/catalog-index.ts";
import { analyseClasses, analyseFile } from "../../src/ownership/analyse-file.ts";
import { analyseCaches } from "../../src/lifetimes/caches/analyse-caches.ts";
import type { DeclarationPattern } from "../../src/resources/kind.ts";
import { packageOf } from "../../src/typescript/declared-name.ts";
import { programOf } from "../support/program.ts";

/** Names that many packages of the catalog share with each other, and with code that has none of them. */
const code = `
  import { createServer, type Socket } from "node:net";
  import { open } from "node:fs/promises";
  class Cache<V> { private readonly map = new Map<string, V>(); set(key: string, value: V): void { this.map.set(key, value); } }
  class Pool { connect(): Client { return new Client(); } acquire(): Client { return new Client(); } }
  class Client { query(text: string): string { return text; } release(): void { console.log("released"); } watch(): void { this.query("watch"); } }
  const pool = new Pool();
  const cache = new Cache<Socket>();
  export function subscribe(name: string): string {
    const client = pool.connect();
    const other = pool.acquire();
    client.watch();
    return client.query(name) + other.query(name);
  }
  export function serve(): void {
    createServer((socket) => { cache.set("last", socket); }).listen(1);
  }
  export async function read(): Promise<number> {
    const handle = await open("notes");
    return handle.fd;
  }
  export class Session {
    private readonly client = pool.connect();
    start(): void { this.client.query("start"); }
    close(): void { this.client.release(); }
  }
`;

const isPresent = (pattern: DeclarationPattern): boolean => {
  const modules = modulesOf(pattern);
  return modules.length === 0 || modules.some((module) => !isPackage(module));
};

const { program: nodeProgram } = programOf("");
const ambient = new Set(
  nodeProgram
    .getTypeChecker()
    .getAmbientModules()
    .map((module) => module.name.replaceAll('"', "").replace(/^node:/, "")),
);
const present = new Set(
  nodeProgram.getSourceFiles().map(({ fileName }) => packageOf(fileName) ?? fileName),
);
const isPackage = (module: string): boolean => !ambient.has(module) && !present.has(module);

/** The catalog without what is about packages. */
const withoutPackages: CatalogIndex = indexCatalog(
  catalog.map((family) => ({
    ...family,
    kinds: family.kinds.filter((kind) => kind.acquire.some(isPresent)),
    functions: family.functions.filter(isPresent),
    noDuty: family.noDuty.filter(isPresent),
    caches: (family.caches ?? []).filter((cache) => cache.make.some(isPresent)),
    closedWorlds: family.closedWorlds.filter((module) => !isPackage(module)),
  })),
);

/** How often each question is asked of the checker while all of a file is judged. */
function questions(index: CatalogIndex): Readonly<Record<string, number>> {
  const { program, file } = programOf(code);
  const asked: Record<string, number> = {};
  const checker = program.getTypeChecker() as unknown as Record<string, unknown>;
  for (const [name, question] of Object.entries(checker)) {
    if (typeof question !== "function") continue;
    checker[name] = (...args: unknown[]): unknown => {
      asked[name] = (asked[name] ?? 0) + 1;
      return Reflect.apply(question, checker, args) as unknown;
    };
  }
  judge(file, program, index);
  return asked;
}

function judge(file: ts.SourceFile, program: ts.Program, index: CatalogIndex): void {
  const options = { catalog: index, unknownCallee: "owns", limit: "possible" } as const;
  analyseFile(file, program, options, (_line, work) => work());
  analyseClasses(file, program, options);
  analyseCaches(file, program, options);
}

it("absent packages make most of the catalog", () => {
  expect(withoutPackages.kinds.length).toBeLessThan(builtInCatalog.kinds.length / 2);
  expect(withoutPackages.kinds.length).toBeGreaterThan(50);
});

it("what the checker is asked does not depend on them", () => {
  const asked = questions(builtInCatalog);
  expect(asked.getSymbolAtLocation).toBeGreaterThan(10);
  expect(asked).toEqual(questions(withoutPackages));
});
