import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { FunctionWithBody } from "../../src/flow/graph.ts";
import { Ended } from "../../src/ownership/obligation-state.ts";
import type { ParameterEffect } from "../../src/ownership/parameter-effect.ts";
import type { CallEvent } from "../../src/ownership/effects.ts";
import { programOf, type ProgramSettings, type TestProgram } from "../support/program.ts";

const imports = `
import { Handle, AsyncHandle, open, openAsync } from "./kit/handles.js";
import { work, workAsync, use, keep, condition, flag } from "./kit/opaque.js";
export const used = [Handle, AsyncHandle, open, openAsync, work, workAsync, use, keep, condition, flag];
`;

function build(code: string, settings?: ProgramSettings): TestProgram {
  return programOf(imports + code, settings);
}

const words = Object.entries(Ended);

function endings(bits: number): string[] {
  return words.flatMap(([word, bit]) => ((bits & bit) === 0 ? [] : [word]));
}

/** An effect in words: `released | held; throws likely held` says each exit's possibilities. */
function shown(effect: ParameterEffect): string {
  if (effect.unknown) return "unknown";
  const normal = [...endings(effect.normalEnded), ...(effect.normalHeld ? ["held"] : [])];
  const thrown = [
    ...endings(effect.thrownEnded),
    ...(effect.thrownHeld === undefined ? [] : [`${effect.thrownHeld} held`]),
  ];
  const places = [...effect.returnedAs].sort().map((place) => (place === "" ? "itself" : place));
  return [
    normal.join(" | ") || "nothing",
    ...(thrown.length === 0 ? [] : [`throws ${thrown.join(" | ")}`]),
    ...(places.length === 0 ? [] : [`as ${places.join(", ")}`]),
  ].join("; ");
}

interface Asked {
  readonly name?: string;
  readonly index?: number;
  readonly members?: readonly string[];
  readonly kind?: string;
  readonly settings?: ProgramSettings;
}

function effect(code: string, asked: Asked = {}): string {
  const { name = "unit", index = 0, members = [], kind = "Handle", settings } = asked;
  const program = build(code, settings);
  const { summaries } = program;
  return shown(summaries.argumentEffect([program.fn(name)], index, members, program.kind(kind)));
}

describe("what a function does with a parameter", () => {
  it.each([
    ["nothing", "export function unit(h: Handle) {}", "held"],
    ["only uses it", "export function unit(h: Handle) { h.read(); }", "held; throws possible held"],
    ["releases it", "export function unit(h: Handle) { h.close(); }", "released; throws released"],
    [
      "releases it under another name",
      "export function unit(h: Handle) { const x = h; x.close(); }",
      "released; throws released",
    ],
    [
      "releases it by its symbol",
      "export function unit(h: Handle) { h[Symbol.dispose](); }",
      "released; throws released",
    ],
    [
      "releases it through an arrow",
      "export const unit = (h: Handle) => h.close();",
      "released; throws released",
    ],
    [
      "may release it",
      "export function unit(h: Handle, c: boolean) { if (c) h.close(); }",
      "released | held; throws released",
    ],
    [
      "releases it on both ways",
      "export function unit(h: Handle, c: boolean) { if (c) h.close(); else h[Symbol.dispose](); }",
      "released; throws released",
    ],
    [
      "releases it when it is there",
      "export function unit(h: Handle | undefined) { h?.close(); }",
      "released; throws released",
    ],
    [
      "releases it with `using`",
      "export function unit(given: Handle) { using h = given; work(); }",
      "released; throws released",
    ],
    [
      "throws before it releases",
      "export function unit(h: Handle) { work(); h.close(); }",
      "released; throws released | possible held",
    ],
    [
      "throws on purpose before it releases",
      "export function unit(h: Handle, c: boolean) { if (c) throw new Error('c'); h.close(); }",
      "released; throws released | likely held",
    ],
    [
      "releases it in finally",
      "export function unit(h: Handle) { try { work(); } finally { h.close(); } }",
      "released; throws released",
    ],
    [
      "stores it outside",
      "let kept: Handle; export function unit(h: Handle) { kept = h; } export const get = () => kept;",
      "kept",
    ],
    [
      "may store it outside",
      "let kept: Handle; export function unit(h: Handle) { if (flag) kept = h; } export const get = () => kept;",
      "kept | held",
    ],
    ["returns it", "export function unit(h: Handle) { return h; }", "returned; as itself"],
    [
      "returns it in an object",
      "export function unit(h: Handle) { return { inner: { h } }; }",
      "returned; as inner.h",
    ],
    [
      "returns it in a tuple",
      "export function unit(h: Handle) { return [1, h] as const; }",
      "returned; as 1",
    ],
    [
      "may return it",
      "export function unit(h: Handle, c: boolean) { return c ? h : undefined; }",
      "returned | held; as itself",
    ],
    [
      "returns a function that releases it",
      "export function unit(h: Handle) { return () => h.close(); }",
      "kept",
    ],
    [
      "returns a function that only uses it",
      "export function unit(h: Handle) { return () => h.read(); }",
      "held",
    ],
    [
      "never returns",
      "export function unit(h: Handle): never { throw new Error(h.read()); }",
      "nothing; throws likely held",
    ],
    [
      "loops for ever",
      "export function unit(h: Handle): never { for (;;) h.read(); }",
      "nothing; throws possible held",
    ],
    [
      "passes it to somebody unknown",
      "export function unit(h: Handle) { keep(h); }",
      "kept; throws kept",
    ],
    [
      "passes it to somebody who releases it",
      "function shut(h: Handle) { h.close(); } export function unit(h: Handle) { shut(h); }",
      "released; throws released",
    ],
    [
      "passes it through",
      "function same(h: Handle) { return h; } export function unit(h: Handle) { same(h).close(); }",
      "released; throws released",
    ],
  ])("%s", (_situation, code, expected) => {
    expect(effect(code)).toBe(expected);
  });

  it("borrows from unknown functions where that is asked for", () => {
    const code = "export function unit(h: Handle) { keep(h); }";
    expect(effect(code, { settings: { unknownCallee: "borrows" } })).toBe(
      "held; throws possible held",
    );
  });

  it("which argument it is counts", () => {
    const code = "export function unit(a: Handle, b: Handle) { b.close(); return a; }";
    expect(effect(code, { index: 0 })).toBe("returned; throws possible held; as itself");
    expect(effect(code, { index: 1 })).toBe("released; throws released");
    expect(effect(code, { index: 2 })).toBe("held");
  });

  it("`this` is no argument", () => {
    const code = "export function unit(this: void, h: Handle) { h.close(); }";
    expect(effect(code, { index: 0 })).toBe("released; throws released");
  });
});

describe("async functions", () => {
  it.each([
    [
      "release it",
      "export async function unit(h: AsyncHandle) { await h.close(); }",
      "released; throws released",
    ],
    [
      "wait before they release",
      "export async function unit(h: AsyncHandle) { await workAsync(); await h.close(); }",
      "released; throws released | likely held",
    ],
    [
      "wait and release in finally",
      "export async function unit(h: AsyncHandle) { try { await workAsync(); } finally { await h.close(); } }",
      "released; throws released",
    ],
    [
      "release it in a chain",
      "export function unit(h: AsyncHandle) { return workAsync().finally(() => h.close()); }",
      "released; throws released",
    ],
    [
      "wait for something that never fails",
      "async function calm() {} export async function unit(h: AsyncHandle) { await calm(); await h.close(); }",
      "released; throws released",
    ],
    [
      "give it back",
      "export async function unit(h: AsyncHandle) { await workAsync(); return h; }",
      "returned; throws likely held; as itself",
    ],
  ])("%s", (_situation, code, expected) => {
    expect(effect(code, { kind: "AsyncHandle" })).toBe(expected);
  });
});

describe("parameters of every form", () => {
  it("with a default", () => {
    // The default is not evaluated when the handle is given, but its call counts as a possible throw.
    expect(effect("export function unit(h: Handle = open()) { h.close(); }")).toMatch(
      /^released; throws released/,
    );
  });

  it("that take the rest", () => {
    const code = "export function unit(first: Handle, ...rest: Handle[]) { rest[0]?.close(); }";
    expect(effect(code, { index: 0 })).toContain("held");
    expect(effect(code, { index: 1 })).toBe("released; throws released");
    expect(effect(code, { index: 2 })).toContain("held");
    const all = "export function unit(...all: Handle[]) { for (const h of all) h.close(); }";
    expect(effect(all, { index: 0 })).toContain("released");
    expect(effect(all, { index: 3 })).toContain("released");
    expect(effect(all, { index: 3 })).not.toContain("| held");
  });

  it("that are objects", () => {
    const code = "export function unit(o: { h: Handle; x: Handle }) { o.h.close(); }";
    expect(effect(code, { members: ["h"] })).toBe("released; throws released");
    expect(effect(code, { members: ["x"] })).toContain("held");
  });

  it("that are destructured", () => {
    const code =
      "export function unit({ h, x: y }: { h: Handle; x: Handle }) { h.close(); y.read(); }";
    expect(effect(code, { members: ["h"] })).toBe("released; throws released");
    expect(effect(code, { members: ["x"] })).toBe("held; throws possible held");
    const nested = "export function unit({ o: { h } }: { o: { h: Handle } }) { h.close(); }";
    expect(effect(nested, { members: ["o", "h"] })).toBe("released; throws released");
    const defaults = "export function unit({ h = open() }: { h?: Handle } = {}) { h.close(); }";
    expect(effect(defaults, { members: ["h"] })).toMatch(/^released; throws released/);
    const tuple = "export function unit([, h]: [number, Handle]) { h.close(); }";
    expect(effect(tuple, { members: ["1"] })).toBe("released; throws released");
    const rest =
      "export function unit({ x, ...o }: { x: number; h: Handle }) { o.h.close(); return x; }";
    expect(effect(rest, { members: ["h"] })).toBe("released; throws released");
  });

  it("whose owner releases them when a flag says so", () => {
    const code = `export function unit({ h, owned }: { h: Handle; owned: boolean }) {
      if (owned) h.close();
    }`;
    expect(effect(code, { members: ["h"] })).toBe("released | held; throws released");
  });
});

describe("overloads", () => {
  it("use their implementation", () => {
    const program = build(`
      export function unit(h: Handle): void;
      export function unit(h: Handle, c: boolean): void;
      export function unit(h: Handle, c = true): void { if (c) h.close(); else h[Symbol.dispose](); }
      export const run = (h: Handle) => { /*call*/ unit(h); };`);
    const bodies = program.summaries.bodies(eventOf(program, "call"));
    expect(bodies).toHaveLength(1);
    expect(shown(program.summaries.argumentEffect(bodies, 0, [], program.kind("Handle")))).toBe(
      "released; throws released",
    );
  });

  it("of several bodies join what each does", () => {
    const program = build(`
      export function a(h: Handle) { h.close(); }
      export function b(h: Handle) { return h; }`);
    const bodies = [program.fn("a"), program.fn("b")];
    const kind = program.kind("Handle");
    expect(shown(program.summaries.argumentEffect(bodies, 0, [], kind))).toBe(
      "released | returned; throws released; as itself",
    );
    expect(shown(program.summaries.argumentEffect([], 0, [], kind))).toBe("unknown");
  });
});

function eventOf(program: TestProgram, mark: string): CallEvent {
  const node = program.call(mark);
  return { kind: "call", node, callee: node.expression, args: node.arguments ?? [] };
}

describe("constructors", () => {
  function constructed(code: string): string {
    const program = build(code);
    const bodies = program.summaries.bodies(eventOf(program, "new"));
    return shown(program.summaries.argumentEffect(bodies, 0, [], program.kind("Handle")));
  }

  it.each([
    ["keep it in a field", "class A { h: Handle; constructor(h: Handle) { this.h = h; } }", "h"],
    ["keep it in a parameter property", "class A { constructor(readonly h: Handle) {} }", "h"],
    [
      "keep it in a private field",
      "class A { #h: Handle; constructor(h: Handle) { this.#h = h; } read() { return this.#h; } }",
      "#h",
    ],
    [
      "keep it in a part of a field",
      "class A { o: { h: Handle }; constructor(h: Handle) { this.o = { h }; } }",
      "o.h",
    ],
    [
      "of a base keep it",
      "class B { constructor(readonly h: Handle) {} } class A extends B {}",
      "h",
    ],
    [
      "pass it to the constructor of the base",
      "class B { constructor(readonly h: Handle) {} } class A extends B { x: number; constructor(h: Handle) { super(h); this.x = 1; } }",
      "h",
    ],
    [
      "pass it through two bases",
      "class C { constructor(readonly h: Handle) {} } class B extends C {} class A extends B { constructor(h: Handle) { super(h); } }",
      "h",
    ],
  ])("%s", (_situation, code, place) => {
    expect(constructed(`${code} export const make = (h: Handle) => /*new*/ new A(h);`)).toBe(
      `returned; as ${place}`,
    );
  });

  it.each([
    [
      "only use it",
      "class A { text: string; constructor(h: Handle) { this.text = h.read(); } }",
      "held; throws possible held",
    ],
    [
      "release it",
      "class A { constructor(h: Handle) { h.close(); } }",
      "released; throws released",
    ],
    [
      "throw before they keep it",
      "class A { h: Handle; constructor(h: Handle) { if (flag) throw new Error(); this.h = h; } }",
      "returned; throws likely held; as h",
    ],
  ])("%s", (_situation, code, expected) => {
    expect(constructed(`${code} export const make = (h: Handle) => /*new*/ new A(h);`)).toBe(
      expected,
    );
  });

  it("that are nowhere to be seen have no body", () => {
    const program = build(`class A {} export const make = () => /*new*/ new A();`);
    expect(program.summaries.bodies(eventOf(program, "new"))).toEqual([]);
  });

  it("may keep the object they make", () => {
    const program = build(`
      const all = new Set<unknown>();
      export class Registered { constructor() { all.add(this); } close() { work(); } }
      export class Alone { constructor() { work(); } close() { work(); } }`);
    const { summaries } = program;
    const kind = program.kind("Handle");
    expect(summaries.keepsItself(program.fn("Registered.constructor"), kind)).toBe(true);
    expect(summaries.keepsItself(program.fn("Alone.constructor"), kind)).toBe(false);
  });
});

describe("what a method does with its object", () => {
  function method(code: string, members: readonly string[] = []): string | undefined {
    const program = build(code);
    const callee = (program.call("call") as ts.CallExpression).expression;
    const found = program.summaries.methodEffect(callee, members, program.kind("Handle"));
    return found && shown(found);
  }
  const owner = (body: string) => `
    export class Owner {
      constructor(readonly h: Handle) {}
      end() { ${body} }
      shut() { this.h.close(); }
    }
    export function run(owner: Owner) { /*call*/ owner.end(); }`;

  it.each([
    ["releases the field", "this.h.close();", "released; throws released"],
    ["releases it by another method", "this.shut();", "released; throws released"],
    ["uses the field", "this.h.read();", "held; throws possible held"],
    ["returns the field", "return this.h;", "returned; as itself"],
    ["returns itself", "return this;", "returned; as h"],
    ["releases it through a name", "const { h } = this; h.close();", "released; throws released"],
    ["may release it", "if (!this.h.closed) this.h.close();", "released; throws released"],
  ])("that %s", (_situation, body, expected) => {
    expect(method(owner(body), ["h"])).toBe(expected);
  });

  it("is told for methods of the program's classes only", () => {
    expect(method("export function run(h: Handle) { /*call*/ h.read(); }")).toBeUndefined();
    expect(method("export function run(o: { end(): void }) { /*call*/ o.end(); }")).toBeUndefined();
    expect(method("function end() {} export function run() { /*call*/ end(); }")).toBeUndefined();
  });
});

describe("what a closure does with what it captured", () => {
  function captured(code: string): string | undefined {
    const program = build(code);
    const acquired = program.acquired("open");
    const { environment, summaries } = program;
    const [start] = acquired.starts;
    const h = program.marked("h") as ts.VariableDeclaration;
    const symbol = environment.types.symbolAt(h.name)!;
    const disjunct = start!.state.held[0]!;
    const named = {
      ...disjunct,
      aliases: new Map([["h", { root: symbol, members: [] }]]),
    };
    const found = summaries.captureEffect(
      closureOf(program.marked("closure")),
      named,
      acquired.kind,
    );
    return found && shown(found);
  }
  function closureOf(node: ts.Node): FunctionWithBody {
    if (!ts.isFunctionLike(node)) throw new Error("no function");
    return node as FunctionWithBody;
  }
  const around = (closure: string) => `export function unit() {
    const /*h*/ h = /*open*/ open();
    use(/*closure*/ ${closure});
  }`;

  it.each([
    ["() => h.close()", "released; throws released"],
    ["() => { h.read(); }", "held; throws possible held"],
    ["() => () => h.close()", "kept"],
    ["() => h", "returned; as itself"],
    ["async () => { await workAsync(); h.close(); }", "released; throws released | likely held"],
    ["() => { if (flag) h.close(); }", "released | held; throws released"],
    ["function () { h.close(); }", "released; throws released"],
  ])("%s: %s", (closure, expected) => {
    expect(captured(around(closure))).toBe(expected);
  });

  it("is nothing when it captured another variable of the name", () => {
    expect(captured(around("(h: Handle) => h.close()"))).toBeUndefined();
    expect(captured(around("() => work()"))).toBeUndefined();
  });
});

describe("recursion", () => {
  it.each([
    [
      "releases in the last turn",
      "export function unit(h: Handle, n: number) { if (n === 0) { h.close(); return; } unit(h, n - 1); }",
      "released; throws released",
    ],
    [
      "may not release in the last turn",
      "export function unit(h: Handle, n: number) { if (n === 0) return; unit(h, n - 1); }",
      "held",
    ],
    [
      "gives it back in the last turn",
      "export function unit(h: Handle, n: number): Handle { return n === 0 ? h : unit(h, n - 1); }",
      "returned; as itself",
    ],
    ["never ends", "export function unit(h: Handle): void { unit(h); }", "nothing"],
    [
      "of two releases",
      `export function unit(h: Handle, n: number): void { other(h, n); }
       function other(h: Handle, n: number): void { if (n === 0) h.close(); else unit(h, n - 1); }`,
      "released; throws released",
    ],
    [
      "of two may release",
      `export function unit(h: Handle, n: number): void { if (n > 9) return; other(h, n); }
       function other(h: Handle, n: number): void { if (n === 0) h.close(); else unit(h, n - 1); }`,
      "released | held; throws released",
    ],
    [
      "swaps its arguments",
      "export function unit(a: Handle, b: Handle, n: number): void { if (n === 0) a.close(); else unit(b, a, n - 1); }",
      "released | held; throws released | possible held",
    ],
  ])("%s", (_situation, code, expected) => {
    expect(effect(code)).toBe(expected);
  });
});

describe("fresh results", () => {
  function fresh(code: string, name = "unit"): string[] {
    const program = build(code);
    return program.summaries
      .freshResults(program.fn(name))
      .map(
        ({ kind, paths }) =>
          `${kind.label} at ${paths.map((one) => one.join(".") || "itself").join(", ")}`,
      );
  }

  it.each([
    ["a call", "export function unit() { return open(); }", ["Handle at itself"]],
    ["new", "export const unit = () => new Handle();", ["Handle at itself"]],
    [
      "a variable",
      "export function unit() { const h = open(); h.read(); return h; }",
      ["Handle at itself"],
    ],
    [
      "a promise",
      "export async function unit() { return await openAsync(); }",
      ["AsyncHandle at itself"],
    ],
    [
      "a promise that is passed on",
      "export function unit() { return openAsync(); }",
      ["AsyncHandle at itself"],
    ],
    [
      "another factory",
      "function inner() { return open(); } export function unit() { return inner(); }",
      ["Handle at itself"],
    ],
    [
      "an object",
      "export function unit() { const h = open(); return { h, n: 1 }; }",
      ["Handle at h"],
    ],
    [
      "two in an object",
      "export function unit() { return { a: open(), b: open() }; }",
      ["Handle at a", "Handle at b"],
    ],
    [
      "alternatives",
      "export function unit() { return flag ? open('a') : open('b'); }",
      ["Handle at itself"],
    ],
    [
      "perhaps",
      "export function unit() { if (flag) return undefined; return open(); }",
      ["Handle at itself"],
    ],
    [
      "recursion",
      "export function unit(n: number): Handle { return n === 0 ? open() : unit(n - 1); }",
      ["Handle at itself"],
    ],
    [
      "a literal",
      "export function unit() { return { [Symbol.dispose]() { work(); } }; }",
      ["{ [Symbol.dispose](): void; } at itself"],
    ],
  ])("of %s", (_situation, code, expected) => {
    expect(fresh(code)).toEqual(expected);
  });

  it.each([
    [
      "one that is released",
      "export function unit() { const h = open(); h.close(); return h.read(); }",
    ],
    ["a parameter", "export function unit(h: Handle) { return h; }"],
    ["a module variable", "const h = open(); export function unit() { return h; }"],
    [
      "a cached one",
      "let h: Handle | undefined; export function unit() { return (h ??= open()); }",
    ],
    [
      "a cached one, spelled out",
      "let h: Handle | undefined; export function unit() { if (h === undefined) h = open(); return h; }",
    ],
    [
      "one from a map",
      "const all = new Map<string, Handle>(); export function unit(k: string) { let h = all.get(k); if (!h) { h = open(); all.set(k, h); } return h; }",
    ],
    ["one of a parameter", "export function unit(o: { h?: Handle }) { return o.h ?? open(); }"],
    ["nothing", "export function unit() { open(); }"],
    ["an endless recursion", "export function unit(): Handle { return unit(); }"],
  ])("are none of %s", (_situation, code) => {
    expect(fresh(code)).toEqual([]);
  });

  it("are none of a field", () => {
    const code =
      "export class A { h = open(); get() { return this.h; } close() { this.h.close(); } }";
    expect(fresh(code, "A.get")).toEqual([]);
  });
});

describe("how likely a call throws", () => {
  function throws(code: string): string {
    const program = build(code);
    return program.summaries.throwStrength(eventOf(program, "call")) ?? "never";
  }
  const calling = (body: string) => `function unit(text: string, c: boolean) { ${body} }
    export const run = () => { /*call*/ unit("", true); };`;

  it.each([
    ["", "never"],
    ["return text + (c ? 1 : 2);", "never"],
    ["throw new Error(text);", "likely"],
    ["if (c) throw new Error(text);", "likely"],
    ["return JSON.parse(text);", "likely"],
    ["work();", "possible"],
    ["console.log(text);", "never"],
    ["try { work(); } catch { return 1; }", "never"],
    ["try { throw new Error(text); } catch { return 1; }", "never"],
    ["try { work(); } finally { console.log(c); }", "possible"],
    ["try { work(); } catch (error) { throw error; }", "possible"],
    [
      "try { JSON.parse(text); } catch (error) { throw new Error('bad', { cause: error }); }",
      "likely",
    ],
    ["void (async () => { throw new Error(text); })();", "never"],
    ["[1].forEach(() => { throw new Error(text); });", "likely"],
    ["[1].forEach((n) => { console.log(n); });", "never"],
    ["function inner() { throw new Error(text); } return inner;", "never"],
  ])("%s: %s", (body, expected) => {
    expect(throws(calling(body))).toBe(expected);
  });

  it("where it is recursive", () => {
    expect(
      throws("function unit(): void { unit(); } export const run = () => { /*call*/ unit(); };"),
    ).toBe("never");
    expect(
      throws(`function a(n: number): void { if (n > 3) b(n); }
        function b(n: number): void { if (n === 9) throw new Error(); a(n); }
        export const run = () => { /*call*/ a(1); };`),
    ).toBe("likely");
  });

  it("where its body runs later", () => {
    expect(
      throws(
        "async function unit() { throw new Error(); } export const run = () => { void /*call*/ unit(); };",
      ),
    ).toBe("never");
    expect(
      throws(
        "function* unit() { throw new Error(); yield 1; } export const run = () => { /*call*/ unit(); };",
      ),
    ).not.toBe("likely");
  });

  it("where it constructs", () => {
    expect(throws("class A {} export const run = () => { /*call*/ new A(); };")).toBe("never");
    expect(
      throws(
        "class A { constructor() { throw new Error(); } } export const run = () => { /*call*/ new A(); };",
      ),
    ).toBe("likely");
    expect(
      throws(
        "class B { constructor() { throw new Error(); } } class A extends B {} export const run = () => { /*call*/ new A(); };",
      ),
    ).toBe("likely");
  });
});

describe("how likely a promise rejects", () => {
  function rejects(code: string): string {
    const program = build(code);
    return program.summaries.rejectStrength(program.expression("promise")) ?? "never";
  }
  const awaiting = (expression: string) => `
    async function calm() {} async function bad() { throw new Error(); }
    async function perhaps() { work(); } function passed() { return bad(); }
    const kept = bad();
    export async function run() { return await /*promise*/ ${expression}; }
    export const others = [calm, perhaps, passed, kept];`;

  it.each([
    ["workAsync()", "likely"],
    ["kept", "likely"],
    ["calm()", "never"],
    ["bad()", "likely"],
    ["perhaps()", "possible"],
    ["passed()", "likely"],
    ["Promise.all([calm(), calm()])", "never"],
    ["Promise.all([calm(), bad()])", "likely"],
    ["Promise.all([calm(), perhaps()])", "possible"],
    ["Promise.all([bad()].concat([]))", "likely"],
    ["Promise.allSettled([bad()])", "never"],
    ["new Promise((resolve) => resolve(1))", "never"],
    ["new Promise((resolve, reject) => reject(resolve))", "likely"],
    ["new Promise(others[0] as any)", "likely"],
  ])("%s: %s", (expression, expected) => {
    expect(rejects(awaiting(expression))).toBe(expected);
  });

  it("where it waits for itself", () => {
    expect(
      rejects(`async function unit(n: number): Promise<void> { if (n > 0) await unit(n - 1); }
        export async function run() { await /*promise*/ unit(3); }`),
    ).toBe("never");
  });
});

describe("the order of asking", () => {
  const code = `
    let slot: Handle | undefined;
    export function f0(h: Handle, n: number): void { if (n) f1(h, n); else h.close(); }
    export function f1(h: Handle, n: number): void { if (n > 5) f2(h, n); else f3(h, n); }
    export function f2(h: Handle, n: number): void { f0(h, n - 1); }
    export function f3(h: Handle, n: number): void { try { f4(h); } finally { f2(h, n); } }
    export function f4(h: Handle): void { h.read(); if (flag) throw new Error(); }
    export function f5(h: Handle): Handle { return flag ? f6(h) : h; }
    export function f6(h: Handle): Handle { f4(h); return f5(h); }
    export function f7(h: Handle): void { f5(h).close(); }
    export function f8(h: Handle): void { slot = f6(h); }
    export function f9(h: Handle, n: number): void { if (n) f10(h, n - 1); }
    export function f10(h: Handle, n: number): void { if (n) f9(h, n - 1); else f8(h); }
    export function f11(h: Handle): { h: Handle } { return { h: f5(h) }; }
    export function f12(h: Handle): void { f11(h).h.close(); }
    export async function f13(h: Handle): Promise<void> { await f14(h); f7(h); }
    export async function f14(h: Handle): Promise<void> { if (flag) await f13(h); f4(h); }
    export function f15(h: Handle): void { keep(h); }
    export function f16(h: Handle): void { [1].forEach(() => f4(h)); f15(h); }
    export function f17(n: number): Handle { return n ? f18(n - 1) : open(); }
    export function f18(n: number): Handle { return flag ? f17(n) : f5(open()); }
    export function f19(): Handle { return slot ?? f18(3); }`;
  const names = Array.from({ length: 20 }, (_, at) => `f${at}`);

  it("changes no answer", () => {
    const program = build(code);
    const answers = (order: readonly string[]): string[] => {
      const { environment, summaries } = program.freshEngine();
      const kind = environment.recogniser.kindOfType(
        environment.types.typeOf(program.fn("f0").parameters[0]!),
      )!;
      const found = order.map((name) => {
        const unit = program.fn(name);
        const given = shown(summaries.argumentEffect([unit], 0, [], kind));
        const made = summaries.freshResults(unit).map(({ paths }) => paths.join());
        return `${name}: ${given}; fresh ${made.length === 0 ? "no" : made.join("/") || "itself"}`;
      });
      return found.sort();
    };
    const expected = answers(names);
    expect(expected).toContain("f0: released; throws released; fresh no");
    expect(expected).toContain("f12: released; throws released | likely held; fresh no");
    expect(expected.find((one) => one.startsWith("f17:"))).toContain("fresh itself");
    expect(expected.find((one) => one.startsWith("f19:"))).toContain("fresh no");
    expect(answers([...names].reverse())).toEqual(expected);
    for (const step of [3, 7, 11, 13]) {
      expect(answers(names.map((_, at) => names[(at * step + 5) % 20]!))).toEqual(expected);
    }
  });
});

describe("classes of one name", () => {
  it("are two kinds, with summaries of their own", () => {
    const program = build("export function unit(h: Handle) { h.read(); }");
    const { summaries } = program;
    const body = program.fn("unit");
    const closed = program.kind("Handle");
    const readOut = { ...closed, release: [{ method: "read" }], source: "other.ts" };
    const effects = [closed, readOut].map((kind) =>
      shown(summaries.argumentEffect([body], 0, [], kind)),
    );
    expect(effects).toEqual(["held; throws possible held", "released; throws released"]);
  });
});
