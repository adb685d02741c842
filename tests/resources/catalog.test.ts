/**
 * The catalog is data, so a misspelled name would silently match nothing. These checks hold every
 * name of the language, Node, web and Vitest entries against the real declarations.
 */
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { catalog } from "../../src/resources/catalog/index.ts";
import type { Acquisition, DeclarationPattern } from "../../src/resources/kind.ts";
import {
  acquiredTypes,
  Declarations,
  hasMember,
  list,
  membersOf,
  modulesOf,
  patternsOf,
} from "../support/declarations.ts";

/** Families whose declarations are installed here. */
const resolvable = [
  "javascript",
  "node-files",
  "node-streams",
  "node-network",
  "node-processes",
  "web",
  "web-media",
  "web-graphics",
  "web-events",
];

/** Names that the installed @types/node does not have yet, or only newer ones renamed. */
const notDeclaredYet = new Set([
  "sqlite DatabaseSync",
  "sqlite DatabaseSync.prepare",
  "sqlite DatabaseSync.createSession",
  "sqlite DatabaseSync.createTagStore",
  "events on",
  "events addAbortListener",
  "stream compose",
  "zlib createZstdCompress",
  "zlib createZstdDecompress",
  "zlib ZstdCompress",
  "zlib ZstdDecompress",
  "perf_hooks ELDHistogram",
  "crypto Cipheriv",
  "crypto Decipheriv",
  "crypto Decipheriv.final",
]);

/** Members that exist and that the installed @types/node does not declare. */
const undeclaredMembers = new Set([
  // Declared as a mere AsyncIterable.
  "node.fs.promises.watch return",
  "node.fs.promises.watch next",
  "node.worker_threads.MessagePort onmessage",
]);

const fixtures = path.resolve(import.meta.dirname, "../fixtures");

/** Parsed once for all programs: the libraries are most of the work. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function open(lib: readonly string[], roots: readonly string[]): ts.Program {
  const options: ts.CompilerOptions = {
    lib: lib.map((name) => `lib.${name}.d.ts`),
    types: ["node"],
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options, true);
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (fileName, ...rest) => {
    if (!parsed.has(fileName)) parsed.set(fileName, parse(fileName, ...rest));
    return parsed.get(fileName);
  };
  return ts.createProgram([path.join(fixtures, "file.ts"), ...roots], options, host);
}

const vitestTypes = ["runner", "spy"].map((name) =>
  path.resolve(import.meta.dirname, `../../node_modules/@vitest/${name}/dist/index.d.ts`),
);
/** The DOM and Web Worker libraries exclude each other, and without both Node declares globals itself. */
const worlds = [
  new Declarations(open(["esnext", "dom", "dom.iterable"], vitestTypes)),
  new Declarations(open(["esnext", "webworker"], [])),
  new Declarations(open(["esnext"], [])),
];

/** The names of a pattern that no module of it declares. */
function unresolved(pattern: DeclarationPattern): readonly string[] {
  const modules = modulesOf(pattern);
  return list(pattern.name).filter((name) => {
    if (modules.some((module) => notDeclaredYet.has(`${module} ${name}`))) return false;
    return !modules.some((module) => worlds.some((world) => world.find(module, name).length > 0));
  });
}

const kinds = catalog.flatMap((family) => family.kinds);
const entries = catalog.flatMap((family) => [
  ...family.kinds,
  ...family.functions,
  ...family.noDuty,
]);

describe("structure", () => {
  test("ids are unique", () => {
    const ids = kinds.map((kind) => kind.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("families are unique", () => {
    expect(new Set(catalog.map((family) => family.family)).size).toBe(catalog.length);
  });

  test("every entry links to its documentation", () => {
    for (const entry of entries) {
      expect(() => new URL(entry.source), entry.source).not.toThrow();
      expect(entry.source).toMatch(/^https:\/\//);
    }
  });

  test.each(kinds.map((kind) => [kind.id, kind] as const))(
    "%s can be acquired and released",
    (_, kind) => {
      expect(kind.label).not.toBe("");
      expect(kind.acquire).not.toEqual([]);
      if (kind.automatic === undefined) expect(kind.release).not.toEqual([]);
    },
  );

  test("no name is empty", () => {
    const patterns = [
      ...kinds.flatMap(patternsOf),
      ...catalog.flatMap((family) => [...family.functions, ...family.noDuty]),
    ];
    for (const pattern of patterns) {
      expect(list(pattern.name)).not.toEqual([]);
      for (const word of [
        ...list(pattern.name),
        ...(pattern.module === undefined ? [] : list(pattern.module)),
      ]) {
        expect(word, JSON.stringify(pattern)).not.toBe("");
        expect(word).not.toMatch(/^node:|\s/);
      }
    }
  });

  test("a function has one fact", () => {
    const keys = catalog.flatMap((family) =>
      family.functions.flatMap((fact) =>
        modulesOf(fact).flatMap((module) => list(fact.name).map((name) => `${module} ${name}`)),
      ),
    );
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test("kinds that share an acquisition exclude each other by options", () => {
    const byKey = new Map<string, Acquisition[]>();
    for (const acquisition of kinds.flatMap((kind) => kind.acquire)) {
      for (const module of modulesOf(acquisition)) {
        for (const name of list(acquisition.name)) {
          const key = `${acquisition.by} ${module} ${name} ${JSON.stringify(acquisition.at)}`;
          byKey.set(key, [...(byKey.get(key) ?? []), acquisition]);
        }
      }
    }
    for (const [key, acquisitions] of byKey) {
      if (acquisitions.length < 2) continue;
      const conditions = acquisitions.flatMap(({ when = [], unless = [] }) => [
        ...when.map((one) => ["when", JSON.stringify(one)] as const),
        ...unless.map((one) => ["unless", JSON.stringify(one)] as const),
      ]);
      const opposed = conditions.some(([how, what]) =>
        conditions.some(([otherHow, otherWhat]) => how !== otherHow && what === otherWhat),
      );
      expect(opposed, key).toBe(true);
    }
  });
});

describe.each(
  catalog
    .filter((family) => resolvable.includes(family.family))
    .map((family) => [family.family, family] as const),
)("names of %s are declared", (_, family) => {
  test.each(family.kinds.map((kind) => [kind.id, kind] as const))("%s", (__, kind) => {
    expect(patternsOf(kind).flatMap(unresolved)).toEqual([]);
    const members = membersOf(kind);
    if (members.length === 0) return;
    const types = kind.acquire.flatMap((one) => acquiredTypes(worlds, one));
    // Nothing to hold the members against where the whole API is newer than the installed types.
    if (types.length === 0) {
      expect(kind.acquire.every(isNewer), "a type to look the members up in").toBe(true);
      return;
    }
    const missing = members.filter(
      (member) => !types.some(({ world, type }) => hasMember(world, type, member)),
    );
    expect(missing.filter((member) => !undeclaredMembers.has(`${kind.id} ${member}`))).toEqual([]);
  });

  test("functions and entries without duty", () => {
    expect([...family.functions, ...family.noDuty].flatMap(unresolved)).toEqual([]);
  });
});

test("Vitest entries are declared by Vitest", () => {
  const family = catalog.find((one) => one.family === "test-runners");
  const ofVitest = [...(family?.functions ?? []), ...(family?.noDuty ?? [])].filter((entry) =>
    modulesOf(entry).some((module) => module.startsWith("@vitest/")),
  );
  expect(ofVitest.length).toBeGreaterThan(0);
  const vitestHas = (name: string): boolean =>
    ["@vitest/runner", "@vitest/spy"].some((module) => worlds[0]?.find(module, name).length !== 0);
  for (const name of [
    "describe",
    "it",
    "afterEach",
    "onTestFinished",
    "TestContext.onTestFinished",
    "MockInstance",
  ]) {
    expect(vitestHas(name), name).toBe(true);
    expect(
      ofVitest.some((entry) => list(entry.name).includes(name)),
      name,
    ).toBe(true);
  }
});

test("node:test entries are declared", () => {
  const family = catalog.find((one) => one.family === "test-runners");
  const entriesOfNode = [...(family?.functions ?? []), ...(family?.noDuty ?? [])].filter(
    (entry) => entry.module === "test",
  );
  expect(entriesOfNode.flatMap(unresolved)).toEqual([]);
});

test("the names excused for being too new are still missing", () => {
  const declared = [...notDeclaredYet].filter((key) => {
    const [module = "", name = ""] = key.split(" ");
    return worlds.some((world) => world.find(module, name).length > 0);
  });
  expect(declared).toEqual([]);
});

test("a name that nothing declares is noticed", () => {
  expect(unresolved({ module: "fs", name: "openSink" })).toEqual(["openSink"]);
  expect(unresolved({ name: "URL.createObjectUrl" })).toEqual(["URL.createObjectUrl"]);
});

function isNewer(acquisition: Acquisition): boolean {
  return modulesOf(acquisition).some((module) =>
    list(acquisition.name).some((name) => notDeclaredYet.has(`${module} ${name}`)),
  );
}
