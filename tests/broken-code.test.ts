/**
 * Broken code: a rule sees it whenever somebody types, and must never throw.
 *
 * A parse error ends the linting of a file before any rule runs. So besides raw cuts there are
 * mended ones, closed like an editor closes brackets, which do reach the rules; and programs in
 * which only a neighbour file is cut, whose broken tree the rules follow into.
 */
import { Linter } from "eslint";
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allRules } from "./support/all-rules.ts";
import { virtualHost } from "./support/virtual-host.ts";

const fixtures = path.join(import.meta.dirname, "fixtures");
const validCode = path.join(import.meta.dirname, "valid-code");
const validFiles = fs.readdirSync(validCode).filter((name) => name.endsWith(".ts"));
const timeout = 180_000;

/** Half-written and wrong programs; those whose name ends in "jsx" are linted as `react.tsx`. */
const snippets: Readonly<Record<string, string>> = {
  empty: "",
  "only a comment": "// nothing yet",
  "only an import": `import { open } from "./kit/handles.js";`,
  "unresolved import": `
    import { acquire } from "./no-such-file.js";
    export function f() { const r = acquire(); r.close(); }`,
  "unresolved package": `
    import pg from "no-such-package";
    export async function f() { const c = await new pg.Pool().connect(); await c.query("a"); c.release(); }`,
  "unresolved type import": `
    import type { Missing } from "./no-such-file.js";
    export class A { constructor(private readonly missing: Missing) {} close() { this.missing.close(); } }`,
  "import of a missing member": `
    import { opne } from "./kit/handles.js";
    export function f() { using r = opne(); return r; }`,
  "a deferred import": `
    export async function f() { const all = await import.defer("./kit/handles.js"); return all; }
    export const g = () => import.defer("a", "b", "c").then((one) => one);`,
  "missing name called": `export function f() { const r = acquire(); release(r); }`,
  "missing name constructed": `export function f() { new Missing(); const m = new Missing(1, 2); m.close(); }`,
  "missing name awaited": `export async function f() { await using r = await acquire(); }`,
  "any everywhere": `
    export function f(open: any) { const r = open(); r.on("a", () => r.close()); using s = r.x.y(); return s; }`,
  "any with computed members": `
    declare const a: any;
    export function f(k: any) { a[k]().then((x: any) => x[k][Symbol.dispose]()); }`,
  "duplicate functions": `
    import { open } from "./kit/handles.js";
    function f() { return open(); }
    function f() { return 1; }
    export const r = f();`,
  "duplicate classes and fields": `
    import { open } from "./kit/handles.js";
    class A { a = open(); a = open(); close() { this.a.close(); } close() {} }
    class A { b = open(); }
    export function f() { new A(); }`,
  "duplicate variables": `
    import { open } from "./kit/handles.js";
    export function f(h: string) { const h = open(); var h = 1; let k, k = open(); return k; }`,
  "duplicate parameters": `
    import { open } from "./kit/handles.js";
    export function f(a, a) { a = open(); a.close(); }`,
  "release of the wrong arity": `
    import { open } from "./kit/handles.js";
    export function f() { const h = open(1, 2, 3); h.close(4); h.close.call(); }`,
  "call of no function": `
    import { open } from "./kit/handles.js";
    export function f() { const h = open(); h(); h.closed(); new h(); }`,
  "missing member": `
    import { open } from "./kit/handles.js";
    export function f() { const h = open(); h.clsoe(); h.nothing.deep?.close(); }`,
  "constant assigned": `
    import { open } from "./kit/handles.js";
    export function f() { const h = open(); h = open(); open = h; }`,
  "used before it is declared": `
    import { open } from "./kit/handles.js";
    export function f() { h.close(); { g.close(); } const h = open(); using g = h; class B extends C {} class C {} }`,
  "circular initialisers": `
    const a = b; const b = a;
    export const c = (() => c)();
    export function f() { const x = x.open(); return x; }`,
  "circular classes": `
    class A extends B { x = new B(); } class B extends A { y = new A(); close() { super.close(); } }
    export function f() { new A(); using b = new B(); }`,
  "class that extends itself": `class A extends A { close() { super.close(); } } export const f = () => new A();`,
  "class that extends a call": `
    class A extends mixin(Missing) { [Symbol.dispose]() { super[Symbol.dispose](); } }
    export function f() { new A(); }`,
  "circular types": `
    type T = T[]; interface I extends I { close(): void }
    declare function make(): T & I;
    export function f() { const v = make(); v.close(); }`,
  "types that never end": `
    type Box<T> = { next: Box<Box<T>>; [Symbol.dispose](): void };
    declare function box<T>(): Box<T>;
    export function f() { const b = box<string>(); b.next.next.next; }`,
  "recursive functions without types": `
    export function a(n) { return n ? b(n - 1) : open(); } function b(n) { return a(n); }
    export function f() { a(3); }`,
  "overloads without a body": `
    export function f(a: string): Disposable; export function f(a: number): Disposable;
    export function g() { f(1); f("a"); f(true); }`,
  "abstract class constructed": `
    abstract class A { abstract close(): void; [Symbol.dispose]() { this.close(); } }
    export function f() { const a = new A(); return a; }`,
  "await outside of async": `
    import { openAsync } from "./kit/handles.js";
    export function f() { const h = await openAsync(); await using g = h; h.close(); }`,
  "yield outside of a generator": `
    import { open } from "./kit/handles.js";
    export function f() { const h = yield open(); yield* h; }`,
  "break and continue to nowhere": `
    import { open } from "./kit/handles.js";
    export function f() { const h = open(); if (h.closed) break; continue missing; h.close(); }`,
  "return outside of a function": `
    import { open } from "./kit/handles.js";
    const h = open(); return h;`,
  "this and super outside of classes": `
    export function f() { this.h = open(); super.close(); this.close(); return new.target; }`,
  "using without a value": `export function f() { using h; await using g; }`,
  "using in a pattern": `
    import { open } from "./kit/handles.js";
    export function f() { using { closed } = open(); using [a] = [open()]; }`,
  "using of a number": `export function f() { using n = 1; using s = "a"; using u = {}; }`,
  "private name that is not declared": `
    export class A { close() { this.#h.close(); this.#h = undefined; } static #s = this.#t; }`,
  "spread of nothing": `
    import { open } from "./kit/handles.js";
    export function f() { const a = [...missing, open()]; const b = { ...missing, h: open() }; open(...a, ...1); }`,
  "destructuring of nothing": `
    export function f() { const { a: { b: [c] } } = undefined; const [{ close }] = missing(); close(); c.close(); }`,
  "empty patterns": `
    import { open } from "./kit/handles.js";
    export function f() { const {} = open(); const [] = [open()]; const [, ,] = [open()]; [] = [open()]; ({} = open()); }`,
  "labels, switches and loops around nothing": `
    import { open } from "./kit/handles.js";
    export function f(x) { a: { switch (open()) {} switch (x) { default: case 1: default: } for (;;) break a; } do ; while (open()); with (open()) {} }`,
  "for loops over nothing": `
    import { open } from "./kit/handles.js";
    export async function f() { for (const h of open()) h.close(); for (using x of missing) ; for await (x of y) ; for (const k in open()) ; }`,
  "import attributes and dynamic imports": `
    import data from "./missing.json" with { type: "json" };
    export async function f() { const { open } = await import("./missing.js"); const g = await import(data); open(g()); }`,
  "import equals and export equals": `
    import fs = require("node:fs"); import N = Missing.Inner;
    export function f() { fs.openSync(N.path); } export = f;`,
  "namespaces and enums": `
    namespace N { export const h = open(); export namespace M { h.close(); } }
    enum E { A = open(), B = E.A, C } declare module "missing" { export function open(): Disposable; }
    export const f = () => N.h;`,
  "decorators without a meaning": `
    @missing() export class A { @open @close() h = open(); @dispose [Symbol.dispose]() {} constructor(@inject h) {} }`,
  "accessors that disagree": `
    export class A { get h(): Disposable { return open(); } set h(v: string) { this.h = v; } static { this.h.close(); } accessor x = open(); }`,
  "optional chains that go nowhere": `
    import { openMaybe } from "./kit/handles.js";
    export function f() { openMaybe()?.(); openMaybe()?.[0]?.close?.(); delete openMaybe()?.close; openMaybe()!!.close(); }`,
  "assignments to calls": `
    import { open } from "./kit/handles.js";
    export function f() { open() = 1; open().x ??= open(); [open().y, f().z] = [open()]; open()++; }`,
  "tagged templates":
    "import { open } from './kit/handles.js'; export function f() { open`a${open()}b`; `${open()}`.close(); missing`x`; }",
  "wrong Symbol": `
    export class A { [Symbol.dispoes]() {} [Symbol["dispose"]]() {} [Symbol.dispose] = 1; }
    export function f() { new A()[Symbol.dispoes](); const a = new A(); a[Symbol.dispose](); }`,
  "shadowed globals": `
    const Promise = 1, Symbol = 2, undefined = 3; class Array {} function JSON() {}
    export function f() { Promise.all([open()]); Promise.race(); JSON.parse(); Symbol.dispose(); return new Array(); }`,
  "promise calls without arguments": `
    import { openSoon } from "./kit/handles.js";
    export async function f() { await Promise.all(); await Promise.all(openSoon()); openSoon().then(); openSoon().then(1, 2).catch().finally(); new Promise(); new Promise(1); }`,
  "calls of known functions without arguments": `
    import fs from "node:fs"; import { pipeline } from "node:stream"; import { createInterface } from "node:readline";
    export function f() { fs.openSync(); fs.closeSync(); fs.open(); fs.watch(); pipeline(); createInterface(); fs.createReadStream().pipe(); setInterval(); clearInterval(); }`,
  "disposable stacks without arguments": `
    export function f() { const s = new DisposableStack(1); s.use(); s.defer(); s.adopt(1); s.move().move(); DisposableStack.use(); using t = s.mvoe(); }`,
  "test hooks without arguments": `
    import { test } from "node:test"; import { onTestFinished } from "vitest";
    afterEach(); beforeEach(1); test(); it("a"); test("a", (t) => { t.after(); t.after(1); onTestFinished(); t.missing.after(() => h.close()); });`,
  "wrong JSDoc tags": `
    /** @owning @notOwning @mustCall {} @mustCall {nothing} @owning {string */
    export function open(/** @owning */ a, /** @mustCall */) { return a; }
    export function f() { open(); }`,
  "half a call": `import { open } from "./kit/handles.js"; export function f() { const h = open(`,
  "half a member": `import { open } from "./kit/handles.js"; export function f() { const h = open(); h. }`,
  "half a try": `import { open } from "./kit/handles.js"; export function f() { const h = open(); try { h.read(); }`,
  "half a template": "export function f() { return `${open(`; }",
  "half a class": `export class A { constructor(private h: Disposable`,
  "merge conflict": `
<<<<<<< HEAD
    export const a = 1;
=======
    export const a = 2;
>>>>>>> branch`,
  "fragment in jsx": `export const View = () => <><Missing onClick={() => open()} {...rest} /></>;`,
  "wrong closing tag in jsx": `export const View = () => <div><span></div>;`,
  "open tag in jsx": `export const View = () => { const h = open(); return <div ref={h`,
  "missing runtime in jsx": `
    import { useEffect, useState } from "react";
    export function View(props) { const [h] = useState(() => open()); useEffect(() => { const t = setInterval(h); return () => clearInterval(t); }, []); return <A.B x:y="1" key={h.close()}>{...props}</A.B>; }`,
  "generic arrow in jsx": `export const same = <T,>(value: T) => value; export const View = () => <p>{same(open())}{}</p>;`,
  "null bytes": "export const a = '\0'; export function f() { \u0000 }",
  "a byte order mark and a hashbang": `\uFEFF#!/usr/bin/env node\nexport const h = open();`,
  "names that are prototypes": `
    export function f(o) { const constructor = open(), __proto__ = open(), hasOwnProperty = open(), toString = o.constructor.__proto__(); }
    export class constructor { ["constructor"]() {} "__proto__"() {} static prototype = open(); }`,
};

/** Small seeded generator (mulberry32): the same cuts on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Positions to cut at, spread over the text. */
function cuts(text: string, count: number, seed: number): number[] {
  const next = random(seed);
  return Array.from({ length: count }, () => Math.floor(next() * text.length));
}

const closers = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.OpenBraceToken, "}"],
  [ts.SyntaxKind.OpenParenToken, ")"],
  [ts.SyntaxKind.OpenBracketToken, "]"],
  [ts.SyntaxKind.TemplateHead, "}`"],
]);

/** The text up to the last whole statement or opened block, with what is open closed. */
function mend(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  let open: string[] = [];
  let kept = "";
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const closer = closers.get(kind);
    if (closer !== undefined) open = [...open, closer];
    if (kind === ts.SyntaxKind.CloseBraceToken && open.at(-1) === "}`") {
      if (scanner.reScanTemplateToken(false) === ts.SyntaxKind.TemplateTail)
        open = open.slice(0, -1);
      continue;
    }
    const isCloser =
      kind === ts.SyntaxKind.CloseBraceToken ||
      kind === ts.SyntaxKind.CloseParenToken ||
      kind === ts.SyntaxKind.CloseBracketToken;
    if (isCloser) open = open.slice(0, -1);
    const endsStatement =
      kind === ts.SyntaxKind.SemicolonToken ||
      kind === ts.SyntaxKind.OpenBraceToken ||
      kind === ts.SyntaxKind.CloseBraceToken;
    if (endsStatement) kept = text.slice(0, scanner.getTokenEnd()) + open.toReversed().join("");
  }
  return kept;
}

/** Files on disk, parsed once for all programs of a folder. */
const parsed = new Map<string, Map<string, ts.SourceFile | undefined>>();

/** @param texts the files of the program that are not on disk, by absolute path */
function programOf(root: string, texts: ReadonlyMap<string, string>): ts.Program {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(root, "tsconfig.json"), (file) => ts.sys.readFile(file)).config,
    ts.sys,
    root,
  );
  // One that is cut off before its first import would declare what the others see.
  options.moduleDetection = ts.ModuleDetectionKind.Force;
  const known = parsed.get(root) ?? new Map<string, ts.SourceFile | undefined>();
  parsed.set(root, known);
  const host = virtualHost(options, { files: texts, parsed: known });
  return ts.createProgram([...texts.keys()], options, host);
}

/** Lints texts, all of which are files of one program; a rule that throws makes this throw. */
class Bench {
  readonly #linter: Linter;
  readonly #config: Linter.Config[];
  readonly #texts: ReadonlyMap<string, string>;

  /**
   * @param root folder with the tsconfig.json
   * @param texts by name of the file in the folder
   */
  constructor(root: string, texts: ReadonlyMap<string, string>) {
    const folder = root.replaceAll(path.sep, "/");
    this.#linter = new Linter({ configType: "flat", cwd: root });
    this.#texts = new Map([...texts].map(([name, text]) => [`${folder}/${name}`, text]));
    const programs = [programOf(folder, this.#texts)];
    this.#config = [
      ...allRules(root),
      { languageOptions: { parserOptions: { projectService: false, programs } } },
    ];
  }

  /** Lints the files of a name, or of names that start with it; how many of them the rules have seen. */
  lint(start: string): number {
    const names = [...this.#texts.keys()].filter((name) => path.basename(name).startsWith(start));
    return names.filter((name) => this.#reachesRules(name)).length;
  }

  #reachesRules(filename: string): boolean {
    const messages = this.#verify(this.#texts.get(filename)!, filename);
    const fatal = messages.filter((message) => message.fatal === true);
    const setUp = fatal.find(({ message }) => message.includes("parserOptions.programs"));
    if (setUp !== undefined) throw new Error(`${filename} was not linted: ${setUp.message}`);
    return fatal.length === 0;
  }

  #verify(text: string, filename: string): Linter.LintMessage[] {
    try {
      return this.#linter.verify(text, this.#config, { filename, allowInlineConfig: false });
    } catch (cause) {
      throw new Error(`a rule threw at this text of ${path.basename(filename)}:\n${text}`, {
        cause,
      });
    }
  }
}

const textOf = (name: string): string => fs.readFileSync(path.join(validCode, name), "utf8");

/** Several versions of every valid file, by a name that starts with the name of the file. */
function versionsOf(change: (text: string) => Iterable<string>): ReadonlyMap<string, string> {
  return new Map(
    validFiles.flatMap((name) =>
      [...new Set(change(textOf(name)))].map((text, at) => [`${name}-${at}.ts`, text] as const),
    ),
  );
}

describe("broken code never makes a rule throw", () => {
  describe("snippets", () => {
    const nameOf = (name: string): string =>
      `${name.replaceAll(" ", "-")}.${name.endsWith("jsx") ? "tsx" : "ts"}`;
    let bench: Bench;
    let reachedRules = 0;
    beforeAll(() => {
      const texts = Object.entries(snippets).map(([name, text]) => [nameOf(name), text] as const);
      bench = new Bench(fixtures, new Map(texts));
    });
    it.each(Object.keys(snippets))("%s", { timeout }, (name) => {
      reachedRules += bench.lint(nameOf(name));
    });
    afterAll(() => {
      expect(reachedRules).toBeGreaterThanOrEqual(30);
    });
  });

  describe("valid code that is cut off", () => {
    let bench: Bench;
    beforeAll(() => {
      const parts = (text: string): string[] => {
        const cut = cuts(text, 40, text.length).map((at) => text.slice(0, at));
        return [...cut, ...cut.map(mend)];
      };
      bench = new Bench(validCode, versionsOf(parts));
    });
    it.each(validFiles)("%s", { timeout }, (name) => {
      expect(bench.lint(`${name}-`)).toBeGreaterThanOrEqual(10);
    });
  });

  describe("valid code without one of its imports", () => {
    let bench: Bench;
    beforeAll(() => {
      const without = (text: string): string[] =>
        [...text.matchAll(/^import .+\n/gm)].map(([line]) => text.replace(line, ""));
      bench = new Bench(validCode, versionsOf(without));
    });
    it.each(validFiles)("%s", { timeout }, (name) => {
      bench.lint(`${name}-`);
    });
  });

  describe("valid code beside a file that is cut off", () => {
    const users = validFiles.filter((name) => textOf(name).includes("./log-file.ts"));
    const parts = cuts(textOf("log-file.ts"), 8, 1).map((at) => textOf("log-file.ts").slice(0, at));

    it("still lints the others", { timeout }, () => {
      expect(users.length).toBeGreaterThan(0);
      const texts = parts.flatMap((part, at) => [
        [`cut-${at}/log-file.ts`, part] as const,
        ...users.map((name) => [`cut-${at}/${name}`, textOf(name)] as const),
      ]);
      const bench = new Bench(validCode, new Map(texts));
      for (const name of users) expect(bench.lint(name)).toBe(parts.length);
    });
  });
});
