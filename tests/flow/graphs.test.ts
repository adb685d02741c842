/**
 * Programs that carry the graph they must yield, as the code path fixtures of ESLint do.
 *
 * In fixtures, every receiver of `then`, `catch` and `finally` is a promise unless its name starts
 * with "thenable", and a function called `fail` never returns.
 */
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { graphOf } from "../support/build-graph.ts";
import { printGraph } from "../support/print-graph.ts";

const directory = path.join(import.meta.dirname, "graphs");
const update = process.env.UPDATE_GRAPHS === "1";
const expectation = /^\/\* expected\n(?<graph>[^]*?)\n\*\/\n/;

describe("graphs", () => {
  const files = ts.sys.readDirectory(directory, [".ts"]).sort();

  it("cover the language", () => {
    expect(files.length).toBeGreaterThan(100);
  });

  it.each(files.map((file) => [path.basename(file, ".ts"), file]))("%s", (_name, file) => {
    const text = ts.sys.readFile(file) ?? "";
    const code = text.replace(expectation, "");
    const graph = graphOf(code, file);
    const printed = printGraph(graph);
    if (update) ts.sys.writeFile(file, `/* expected\n${printed}\n*/\n${code}`);
    else expect(printed).toBe(expectation.exec(text)?.groups?.graph);
    expect(graph.blocks.map(({ id }) => id)).toEqual([...graph.blocks.keys()]);
  });
});

/** How many blocks and events a graph has. */
function sizeOf(code: string): number {
  return graphOf(code).blocks.reduce(
    (size, { events, next }) => size + 1 + events.length + next.length,
    0,
  );
}

function repeat(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join("");
}

describe("large programs", () => {
  it.each([
    ["calls of members", `a${repeat(5000, () => ".b()")};`],
    ["calls of elements", `a${repeat(5000, () => "[0]()")};`],
    ["calls of results", `a${repeat(5000, () => "()")};`],
    ["non-null assertions", `a${repeat(5000, () => ".b()!")};`],
    ["optional calls", `a${repeat(5000, () => "?.b()")};`],
    ["then", `a()${repeat(5000, () => ".then(b)")};`],
    ["sums", `a()${repeat(5000, () => " + b()")};`],
    ["alternatives", `a()${repeat(5000, () => " || b()")};`],
    ["a test of alternatives", `if (a()${repeat(5000, () => " || b()")}) c();`],
    ["a test of conjunctions", `if (a()${repeat(5000, () => " && b()")}) c();`],
    ["commas", `a()${repeat(5000, () => ", b()")};`],
  ])("deep to the left: %s", (_name, code) => {
    const calls = graphOf(`function unit() { ${code} }`)
      .blocks.flatMap(({ events }) => events)
      .filter(({ kind }) => kind === "call");
    expect(calls.length).toBeGreaterThanOrEqual(5000);
  });

  const statements = (count: number): string =>
    repeat(
      count / 10,
      (index) => `
        const h${index} = open();
        for (const x of xs) {
          try {
            if (x.skip) continue;
            try { work(h${index}, x); } finally { inner(); }
            if (x.stop) return x;
          } catch (error) { if (error.fatal) throw error; } finally { h${index}.close(); }
        }`,
    );

  it("grow with their length", { timeout: 20_000 }, () => {
    const start = performance.now();
    const small = sizeOf(`function unit() { ${statements(300)} }`);
    const large = sizeOf(`function unit() { ${statements(3000)} }`);
    expect(large / small).toBeLessThan(10.5);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("of nested try statements grow with their depth", () => {
    const nested = (depth: number): string =>
      `function unit() { ${"try { ".repeat(depth)} if (a()) return b(); ${"} finally { c(); }".repeat(depth)} }`;
    expect(sizeOf(nested(200)) / sizeOf(nested(20))).toBeLessThan(11);
  });

  it("with finally in finally do not double at every level", () => {
    const nested = (depth: number): string =>
      `function unit() { ${"try { a(); } finally { ".repeat(depth)} b(); ${"}".repeat(depth)} }`;
    expect(sizeOf(nested(40))).toBeLessThan(30_000);
  });

  it("of using declarations grow with their number", () => {
    const usings = (count: number): string =>
      `function unit() { ${repeat(count, (index) => `using h${index} = open();`)} return 1; }`;
    expect(sizeOf(usings(300)) / sizeOf(usings(30))).toBeLessThan(11);
  });
});
