import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { EdgeCondition } from "../../src/flow/graph.ts";
import { constantTruth, pathKey, speaksOf } from "../../src/ownership/condition-keys.ts";
import { refine } from "../../src/ownership/conditions.ts";
import type { AccessPath } from "../../src/ownership/access-path.ts";
import { type Disjunct, freshDisjunct } from "../../src/ownership/obligation-state.ts";
import { programOf, type TestProgram } from "../support/program.ts";

const declarations = `
import type { Handle } from "./kit/handles.js";
declare function isHandle(value: unknown): value is Handle;
declare function looksFine(value: unknown): boolean;
declare class Sub {}
`;

/** The outcome of a test of which `h` (or `box.h`) is the resource: may it be held if so, if not? */
function branches(test: string, alias = "h"): { ifTrue: boolean; ifFalse: boolean } {
  const program = programOf(`${declarations}
    export function unit(h: any, box: any, other: any, flag: boolean) {
      const settled = h == null; const there = !!h; const closed = h.closed;
      if (/*test*/ (${test})) return 1;
      return [settled, there, closed, other, flag, isHandle, looksFine, Sub];
    }`);
  const [name = "", ...members] = alias.split(".");
  const held = freshDisjunct([pathTo(program, name, members)], new Map(), true);
  return {
    ifTrue: decide(program, held, "test", true) !== undefined,
    ifFalse: decide(program, held, "test", false) !== undefined,
  };
}

function pathTo(program: TestProgram, name: string, members: readonly string[] = []): AccessPath {
  const parameter = program.fn("unit").parameters.find((one) => one.name.getText() === name)!;
  return { root: program.environment.types.symbolAt(parameter.name)!, members };
}

function decide(program: TestProgram, held: Disjunct, mark: string, is: boolean) {
  return refineBy(program, held, { kind: "truthy", test: program.expression(mark), is });
}

function refineBy(program: TestProgram, held: Disjunct, condition: EdgeCondition) {
  const { environment } = program;
  return refine(held, condition, {
    resolve: environment.resolve,
    isTypeGuard: (call) => environment.types.isTypeGuard(call),
    releasedWhen: ["closed", "isClosed"],
  });
}

describe("where the resource is nothing, nothing is held", () => {
  it.each([
    "h",
    "h!",
    "(h as Handle)",
    "!!h",
    "!(!h)",
    "h != null",
    "h !== null",
    "h !== undefined",
    "h !== void 0",
    "null != h",
    "undefined !== h",
    "!(h == null)",
    "!(h === undefined)",
    "typeof h !== 'undefined'",
    "h instanceof Sub",
    "isHandle(h)",
    "isHandle(h) === true",
    "!!h === true",
    "there",
    "!settled",
    "Boolean(h)",
  ])("%s: held only if so", (test) => {
    expect(branches(test)).toEqual({ ifTrue: true, ifFalse: false });
  });

  it.each([
    "!h",
    "h == null",
    "h === null",
    "h === undefined",
    "undefined === h",
    "h == undefined",
    "typeof h === 'undefined'",
    "typeof h === 'string'",
    "!isHandle(h)",
    "!(h instanceof Sub)",
    "settled",
    "!there",
    "h.closed",
    "h.isClosed()",
    "h.closed === true",
    "false === !h.closed",
  ])("%s: held only if not", (test) => {
    expect(branches(test)).toEqual({ ifTrue: false, ifFalse: true });
  });

  it.each([
    "flag",
    "other",
    "looksFine(h)",
    "h.size > 3",
    "h === other",
    "other == null",
    "h.open",
  ])("%s: says nothing", (test) => {
    expect(branches(test)).toEqual({ ifTrue: true, ifFalse: true });
  });

  it("counts for what leads to the resource as well", () => {
    expect(branches("box", "box.h")).toEqual({ ifTrue: true, ifFalse: false });
    expect(branches("box.h == null", "box.h")).toEqual({ ifTrue: false, ifFalse: true });
    expect(branches("box == null", "box.h")).toEqual({ ifTrue: false, ifFalse: true });
    expect(branches("box.other", "box.h")).toEqual({ ifTrue: true, ifFalse: true });
    // Not the resource, but what holds it, is closed.
    expect(branches("box.closed", "box.h")).toEqual({ ifTrue: true, ifFalse: true });
  });

  it("counts for `??` and `?.`, which ask for null and undefined only", () => {
    const program = programOf(`export function unit(h: any) { return /*h*/ h; }`);
    const held = freshDisjunct([pathTo(program, "h")], new Map(), true);
    const test = program.expression("h");
    expect(refineBy(program, held, { kind: "nullish", test, is: true })).toBeUndefined();
    expect(refineBy(program, held, { kind: "nullish", test, is: false })).toBeDefined();
  });

  it("counts for the resource that a settled promise holds", () => {
    expect(branches("box.status === 'fulfilled'", "box.value")).toEqual({
      ifTrue: true,
      ifFalse: false,
    });
    expect(branches("box.status !== 'rejected'", "box.value")).toEqual({
      ifTrue: true,
      ifFalse: false,
    });
    expect(branches("box.status === 'rejected'", "box.value")).toEqual({
      ifTrue: false,
      ifFalse: true,
    });
    expect(branches("box.status === 'pending'", "box.value")).toEqual({
      ifTrue: true,
      ifFalse: true,
    });
  });
});

/** Whether the second test can still go each way where the first was decided. */
function afterwards(first: string, is: boolean, second: string): string {
  const program = programOf(`
    export function unit(flag: boolean, other: any, mode: any, o: any, n: number) {
      const inverse = !flag;
      const isA = mode === "a";
      if (/*first*/ (${first})) return 1;
      if (/*second*/ (${second})) return 2;
      return [other, mode, o, n, flag, inverse, isA];
    }`);
  const start = freshDisjunct([{ root: program.file, members: [] }], new Map(), true);
  const between = decide(program, start, "first", is);
  if (between === undefined) return "unreachable";
  return [true, false]
    .filter((way) => decide(program, between, "second", way) !== undefined)
    .join(" or ");
}

describe("what was decided stays decided", () => {
  it.each([
    ["flag", "flag", "true"],
    ["flag", "!flag", "false"],
    ["!flag", "flag", "false"],
    ["flag === true", "flag", "true"],
    ["flag !== true", "flag", "false"],
    ["flag", "flag === false", "false"],
    ["o.x", "o.x", "true"],
    ["o.x", "!o.x", "false"],
    ["o.x.y", "o.x.y", "true"],
    ["other === undefined", "other === undefined", "true"],
    ["other === undefined", "other", "false"],
    ["other == null", "other != null", "false"],
    ["other", "other == null", "false"],
    ["mode === 'a'", "mode === 'a'", "true"],
    ["mode === 'a'", "mode === 'b'", "false"],
    ["mode === 'a'", "'a' === mode", "true"],
    ["mode !== 'a'", "mode === 'a'", "false"],
    ["n > 3", "n > 3", "true"],
    ["n > o.limit", "n > o.limit", "true"],
    ["n < 3", "n > 3", "true or false"],
    ["flag", "other", "true or false"],
    ["o.x", "o.y", "true or false"],
    ["o", "o.x", "true or false"],
    ["mode !== 'a'", "mode === 'b'", "true or false"],
    ["n === 1", "n === 2", "false"],
    ["other", "other === 1", "true or false"],
  ])("%s, then %s: %s", (first, second, expected) => {
    expect(afterwards(first, true, second)).toBe(expected);
  });

  it("where it was decided to be false", () => {
    expect(afterwards("flag", false, "flag")).toBe("false");
    expect(afterwards("mode === 'a'", false, "mode === 'b'")).toBe("true or false");
    expect(afterwards("other == null", false, "other == null")).toBe("false");
    // Falsy, but not therefore null.
    expect(afterwards("other", false, "other == null")).toBe("true or false");
    // Not null, but not therefore truthy.
    expect(afterwards("other != null", true, "other")).toBe("true or false");
  });

  it("does not decide what a call returns once and for all", () => {
    expect(afterwards("o.next() > 3", true, "o.next() > 3")).toBe("true or false");
    expect(afterwards("o.next().x", true, "o.next().x")).toBe("true or false");
  });

  it("and a constant that names a test is that test", () => {
    expect(afterwards("flag", true, "inverse")).toBe("false");
    expect(afterwards("mode === 'b'", true, "isA")).toBe("false");
  });
});

describe("a constant that names a test of something assigned later", () => {
  it("says what was, not what is", () => {
    const program = programOf(`
      export function unit(h: any) {
        const missing = h === undefined;
        if (missing) h = {};
        if (/*test*/ missing) return h;
      }`);
    const held = freshDisjunct([pathTo(program, "h")], new Map(), true);
    expect(decide(program, held, "test", true)).toBeDefined();
    expect(decide(program, held, "test", false)).toBeDefined();
  });
});

describe("switch", () => {
  it("decides its subject", () => {
    const program = programOf(`
      export function unit(mode: string) {
        switch (/*mode*/ mode) { case /*a*/ "a": return 1; case /*b*/ "b": return 2; }
      }`);
    const start = freshDisjunct([], new Map(), true);
    const subject = program.expression("mode");
    const a = refineBy(program, start, {
      kind: "case",
      subject,
      label: program.expression("a"),
    })!;
    expect(a.guards.size).toBeGreaterThan(0);
    expect(
      refineBy(program, a, { kind: "case", subject, label: program.expression("b") }),
    ).toBeUndefined();
    expect(refineBy(program, a, { kind: "case", subject, label: program.expression("a") })).toBe(a);
  });

  it("on true decides its labels", () => {
    const program = programOf(`
      export function unit(h: any) {
        switch (/*true*/ true) { case /*label*/ h === undefined: return 1; default: return 2; }
      }`);
    const held = freshDisjunct([pathTo(program, "h")], new Map(), true);
    expect(
      refineBy(program, held, {
        kind: "case",
        subject: program.expression("true"),
        label: program.expression("label"),
      }),
    ).toBeUndefined();
  });
});

describe("loops over a collection that holds the resource", () => {
  const program = programOf(`
    export function unit(hs: any[]) {
      /*loop*/ for (const h of hs) h.close();
    }`);
  const loop = program.marked("loop") as ts.ForOfStatement;

  it("are not left before the first turn", () => {
    const held = freshDisjunct([pathTo(program, "hs", ["[]"])], new Map(), true);
    expect(refineBy(program, held, { kind: "element", loop, is: false })).toBeUndefined();
    const inside = refineBy(program, held, { kind: "element", loop, is: true })!;
    expect(refineBy(program, inside, { kind: "element", loop, is: false })).toBeDefined();
  });

  it("over anything else may be left at once", () => {
    const held = freshDisjunct([pathTo(program, "hs")], new Map(), true);
    expect(refineBy(program, held, { kind: "element", loop, is: false })).toBe(held);
  });
});

describe("constants", () => {
  it.each([
    ["true", true],
    ["false", false],
    ["null", false],
    ["undefined", false],
    ["void 0", false],
    ["''", false],
    ["'x'", true],
    ["``", false],
    ["0", false],
    ["0x0", false],
    ["1.5", true],
    ["0n", false],
    ["1n", true],
    ["{}", true],
    ["[]", true],
    ["new Date()", true],
    ["() => 1", true],
    ["/x/", true],
    ["(true as boolean)", true],
    ["name", undefined],
    ["f()", undefined],
  ])("%s is %s", (text, truth) => {
    const source = ts.createSourceFile("c.ts", `(${text})`, ts.ScriptTarget.Latest, true);
    const [statement] = source.statements;
    expect(constantTruth((statement as ts.ExpressionStatement).expression)).toBe(truth);
  });
});

describe("guards by key", () => {
  it("speak of a path and of what is behind it, not of longer names or ids", () => {
    const { file } = programOf("export {};");
    const path: AccessPath = { root: file, members: ["x"] };
    const key = pathKey(path);
    expect(speaksOf(key, path)).toBe(true);
    expect(speaksOf(`${key}.y==null`, path)).toBe(true);
    expect(speaksOf(`(#0>${key})`, path)).toBe(true);
    expect(speaksOf(`${key}y`, path)).toBe(false);
    expect(speaksOf(`${key}$`, path)).toBe(false);
    expect(speaksOf(`${key}0`, path)).toBe(false);
    expect(speaksOf(`#0`, path)).toBe(false);
    expect(speaksOf(key, { root: file, members: [] })).toBe(true);
  });
});
