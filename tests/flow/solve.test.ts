import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Block, FlowEvent } from "../../src/flow/graph.ts";
import { type ForwardProblem, solveForward } from "../../src/flow/solve.ts";
import { graphOf } from "../support/build-graph.ts";

type Called = ReadonlySet<string>;

function nameOf(event: FlowEvent): string | undefined {
  return event.kind === "call" && ts.isIdentifier(event.callee) ? event.callee.text : undefined;
}

/** Which functions may have been called; what throws has not been called. */
const mayHaveCalled: ForwardProblem<Called> = {
  isBottom: (state) => state.size === 0,
  join: (a, b) => new Set([...a, ...b]),
  includes: (known, next) => [...next].every((name) => known.has(name)),
  transfer: (state, event) => {
    const name = nameOf(event);
    if (event.kind === "throw") return { normal: state, thrown: state };
    if (name === undefined) return { normal: state, thrown: undefined };
    return {
      normal: new Set([...state, name]),
      thrown: name.startsWith("safe") ? undefined : state,
    };
  },
  follow: (state) => state,
};

function exits(code: string, problem: ForwardProblem<Called> = mayHaveCalled) {
  const graph = graphOf(code);
  const start = { block: graph.entry, index: 0, state: new Set(["start"]) };
  const states = solveForward([start], problem);
  const at = (block: Block) => {
    const state = states?.get(block);
    return state && [...state].sort().join(" ");
  };
  return {
    end: at(graph.end),
    thrown: at(graph.thrown),
    abandoned: at(graph.abandoned),
    graph,
    states,
  };
}

describe("the solver", () => {
  it("passes events in order", () => {
    expect(exits("function unit() { safeA(); safeB(); }")).toMatchObject({
      end: "safeA safeB start",
      thrown: undefined,
    });
  });

  it("joins the states of all ways to a block", () => {
    expect(exits("function unit() { if (c) safeA(); else safeB(); }").end).toBe(
      "safeA safeB start",
    );
    expect(exits("function unit() { if (c) { safeA(); return; } safeB(); }").end).toBe(
      "safeA safeB start",
    );
  });

  it("takes a loop to its fixpoint", () => {
    const code =
      "function unit() { while (c) { if (d) safeA(); else { safeB(); continue; } safeC(); } }";
    expect(exits(code).end).toBe("safeA safeB safeC start");
    const nested =
      "function unit() { for (;;) { for (;;) { if (d) break; safeA(); } if (e) break; safeB(); } }";
    expect(exits(nested).end).toBe("safeA safeB start");
  });

  it("carries the state before an event along its exceptional edge", () => {
    expect(exits("function unit() { safeA(); b(); safeC(); }").thrown).toBe("safeA start");
    expect(exits("function unit() { a(); b(); }").thrown).toBe("a start");
    expect(exits("function unit() { try { a(); } catch { safeB(); } }")).toMatchObject({
      end: "a safeB start",
      thrown: undefined,
    });
  });

  it("stops behind a throw and behind bottom", () => {
    expect(exits("function unit() { safeA(); throw safeB(); }")).toMatchObject({
      end: undefined,
      thrown: "safeA safeB start",
    });
    const forgetting: ForwardProblem<Called> = {
      ...mayHaveCalled,
      transfer: (state, event) =>
        nameOf(event) === "safeForget"
          ? { normal: new Set(), thrown: undefined }
          : mayHaveCalled.transfer(state, event),
    };
    expect(exits("function unit() { safeForget(); safeA(); }", forgetting).end).toBeUndefined();
  });

  it("does not take an edge whose condition contradicts the state", () => {
    const truthful: ForwardProblem<Called> = {
      ...mayHaveCalled,
      follow: (state, { condition }) =>
        condition?.kind === "truthy" && !condition.is ? new Set() : state,
    };
    expect(exits("function unit() { if (c) safeA(); else safeB(); }", truthful).end).toBe(
      "safeA start",
    );
  });

  it("keeps the normal, thrown and abandoned exit apart", () => {
    const code = "function* unit() { try { yield 1; safeA(); } finally { safeB(); } }";
    expect(exits(code)).toMatchObject({ end: "safeA safeB start", abandoned: "safeB start" });
  });

  it("starts in the middle of a block, and at several places", () => {
    const graph = graphOf("function unit() { safeA(); safeB(); }");
    const states = solveForward(
      [
        { block: graph.entry, index: 1, state: new Set(["one"]) },
        { block: graph.entry, index: 2, state: new Set(["two"]) },
      ],
      mayHaveCalled,
    );
    expect([...(states?.get(graph.end) ?? [])].sort()).toEqual(["one", "safeB", "two"]);
    // What started inside a block has not been at its entry.
    expect(states?.has(graph.entry)).toBe(false);
  });

  it("knows nothing of blocks that no fact reaches", () => {
    const { graph, states } = exits("function unit() { return; safeA(); }");
    expect(states!.size).toBeLessThan(graph.blocks.length);
  });

  it("gives up on a lattice of unlimited height", () => {
    const counting: ForwardProblem<number> = {
      isBottom: (state) => state === 0,
      join: Math.max,
      includes: (known, next) => next <= known,
      transfer: (state, event) => ({
        normal: event.kind === "call" ? state + 1 : state,
        thrown: undefined,
      }),
      follow: (state) => state,
    };
    const solve = (code: string) => {
      const graph = graphOf(code);
      return solveForward([{ block: graph.entry, index: 0, state: 1 }], counting)?.get(graph.end);
    };
    expect(solve("function unit() { a(); b(); }")).toBe(3);
    expect(solve("function unit() { while (c) a(); }")).toBeUndefined();
  });

  it("solves a long function", { timeout: 10_000 }, () => {
    const body = "if (c) safeA(); else safeB(); for (const x of xs) { if (x) break; safeC(); }";
    expect(exits(`function unit() { ${body.repeat(3000)} }`).end).toBe("safeA safeB safeC start");
  });
});
