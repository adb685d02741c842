import { describe, expect, it } from "vitest";
import { Ended, type State } from "../../src/ownership/obligation-state.ts";
import { trackObligation } from "../../src/ownership/track-obligation.ts";
import type { Outcome } from "../../src/ownership/tracking.ts";
import { programOf, texts } from "../support/program.ts";

const imports = `
import { Handle, AsyncHandle, open, openAsync, openMaybe } from "./kit/handles.js";
import { work, workAsync, use, keep, condition, flag } from "./kit/opaque.js";
export const used = [Handle, AsyncHandle, open, openAsync, openMaybe, work, workAsync, use, keep, condition, flag];
`;

function track(code: string): Outcome {
  const program = programOf(imports + code);
  return trackObligation(program.acquired("open"), program.environment, program.summaries);
}

/** The ways in which a state may have the resource: `released`, `sure` (held for sure), … */
function shown(state: State): string {
  const endings = Object.entries(Ended).flatMap(([word, bit]) =>
    (state.ended & bit) === 0 ? [] : [word],
  );
  return [...new Set([...endings, ...state.held.map((one) => one.strength)])].join(" | ");
}

function facts(outcome: Outcome) {
  return {
    end: shown(outcome.atEnd),
    throws: shown(outcome.atThrow),
    via: texts(new Set(outcome.atThrow.held.flatMap((one) => one.via))),
    exits: texts(new Set(outcome.atEnd.held.flatMap((one) => one.exits))),
    as: [...outcome.returnedAs],
    losses: texts(outcome.losses.map((one) => one.node)),
  };
}

const nothing = { end: "", throws: "", via: [], exits: [], as: [], losses: [] };

describe("the exits with what they hold", () => {
  it.each([
    ["never released", "const h = /*open*/ open();", { end: "sure" }],
    [
      "released at once",
      "const h = /*open*/ open(); h.close();",
      { end: "released", throws: "released" },
    ],
    [
      "released behind a call that may throw",
      "const h = /*open*/ open(); work(); h.close();",
      { end: "released", throws: "released | possible", via: ["work()"] },
    ],
    [
      "released behind an await",
      "const h = /*open*/ open(); await workAsync(); h.close();",
      { end: "released", throws: "released | likely", via: ["await workAsync()"] },
    ],
    [
      "released behind data that may be bad",
      "const h = /*open*/ open(); JSON.parse(h.read()); h.close();",
      {
        end: "released",
        throws: "released | likely",
        via: ["JSON.parse(h.read())"],
      },
    ],
    [
      "released in a finally",
      "const h = /*open*/ open(); try { work(); } finally { h.close(); }",
      { end: "released", throws: "released" },
    ],
    [
      "released in a finally that starts late",
      "const h = /*open*/ open(); work(); try { use(1); } finally { h.close(); }",
      { end: "released", throws: "released | possible", via: ["work()"] },
    ],
    [
      "left by a return",
      "const h = /*open*/ open(); if (flag) return 1; h.close();",
      { end: "released | sure", throws: "released", exits: ["return 1;"] },
    ],
    [
      "left by a throw",
      "const h = /*open*/ open(); if (flag) throw new Error(); h.close();",
      { end: "released", throws: "released | likely", via: ["throw new Error();"] },
    ],
    [
      "swallowed exceptions make it likely",
      "const h = /*open*/ open(); try { work(); h.close(); } catch { return 1; }",
      { end: "released | likely", exits: ["return 1;"] },
    ],
    ["returned", "const h = /*open*/ open(); return h;", { end: "returned", as: [""] }],
    [
      "returned in an object",
      "const h = /*open*/ open(); return { inner: [h] };",
      { end: "returned", as: ["inner.0"] },
    ],
    [
      "returned on one way only",
      "const h = /*open*/ open(); if (flag) return h;",
      { end: "returned | sure", as: [""] },
    ],
    [
      "given to somebody unknown",
      "const h = /*open*/ open(); keep(h);",
      { end: "kept", throws: "kept" },
    ],
    ["kept in a module variable", "slot = /*open*/ open();", { end: "kept" }],
    [
      "disposed of by `using`",
      "using h = /*open*/ open(); work();",
      { end: "released", throws: "released" },
    ],
    [
      "overwritten",
      "let h = /*open*/ open(); h = open('other'); h.close();",
      { losses: ["h = open('other')"] },
    ],
    [
      "opened again in the next turn",
      "while (condition()) { const h = /*open*/ open(); h.read(); }",
      {
        end: "sure",
        throws: "possible",
        losses: ["h = /*open*/ open()"],
      },
    ],
    [
      "released under a second name",
      "const h = /*open*/ open(); const again = h; again.close();",
      { end: "released", throws: "released" },
    ],
    [
      "under the name that was overwritten, with another left",
      "let h: Handle | undefined = /*open*/ open(); const again = h; h = undefined; again.close();",
      { end: "released", throws: "released" },
    ],
    [
      "released through the list that holds it",
      "const all = [/*open*/ open(), open()]; for (const h of all) h.close();",
      { end: "released", throws: "released | possible", via: ["open()"] },
    ],
    [
      "an element that replaces another in a list of several",
      "const all: Handle[] = []; all.push(open()); all.push(/*open*/ open()); all[0] = open(); all.forEach((h) => h.close());",
      { end: "released", throws: "released | possible" },
    ],
    [
      "taken out of its list until that is empty",
      "const all = [/*open*/ open()]; while (all.length > 0) all.pop()!.close();",
      { end: "released" },
    ],
    [
      "taken out of its list while that has a length",
      "const all = [/*open*/ open()]; while (all.length) all.pop()!.close();",
      { end: "released" },
    ],
    [
      "two lists made one",
      "const a = [/*open*/ open()]; const b = [open()]; const all = [...a, ...b]; for (const h of all) h.close();",
      { end: "released" },
    ],
    [
      "perhaps nothing",
      "const h = /*open*/ openMaybe(); if (h === undefined) return; h.close();",
      { end: "released", throws: "released" },
    ],
    [
      "opened and released under one condition",
      "let h: Handle | undefined; if (flag) h = /*open*/ open(); work(); if (flag) h!.close();",
      { end: "released", throws: "released | possible", via: ["work()"] },
    ],
    [
      "released by a helper",
      "const h = /*open*/ open(); shut(h);",
      { end: "released", throws: "released" },
    ],
    [
      "released by a helper with a default",
      "const h = /*open*/ open(); shutPart({ h });",
      { end: "released" },
    ],
    [
      "released by a helper that may throw before",
      "const h = /*open*/ open(); parseAndShut(h);",
      { end: "released", throws: "likely", via: ["parseAndShut(h)"] },
    ],
    [
      "only made where the flag said it is missing",
      "const missing = given === undefined; if (missing) given = /*open*/ open(); given!.read(); if (missing) given!.close();",
      { end: "released", throws: "released | possible", via: ["given!.read()"] },
    ],
    ["a process that ends", "const h = /*open*/ open(); process.exit(1);", {}],
  ])("%s", (_situation, body, expected) => {
    const outcome = track(`
      let slot: Handle | undefined;
      export const get = () => slot;
      function shut(h: Handle) { h.close(); }
      function shutPart({ h = open() }: { h?: Handle } = {}) { h.close(); }
      function parseAndShut(h: Handle) { JSON.parse("1"); h.close(); }
      export async function unit(given?: Handle) {
        ${body}
        return [given, shut, shutPart, parseAndShut].length;
      }`);
    expect(outcome.unknown).toBe(false);
    const found = facts(outcome);
    // Some programs leave by the last line of the function around them.
    const exits = found.exits.filter((one) => !one.startsWith("return [given"));
    const loose = Object.fromEntries(
      Object.entries({ ...found, exits }).filter(([key]) => key in expected || key in strict),
    );
    expect(loose).toEqual({ ...strict, ...expected });
  });
});

/** What is compared even where a program does not mention it. */
const strict = { end: nothing.end, as: nothing.as, losses: nothing.losses };

describe("special ways out", () => {
  it("hidden behind a type without a release", () => {
    const outcome = track(`
      export function unit(): { read(): string } { const h = /*open*/ open(); return h; }`);
    expect(texts(outcome.hiddenReturns)).toEqual(["return h;"]);
    expect(shown(outcome.atEnd)).toBe("returned | hidden");
  });

  it("a generator that is left at a yield", () => {
    const outcome = track(`
      export function* unit() { const h = /*open*/ open(); yield 1; h.close(); }`);
    expect(shown(outcome.atAbandon)).toBe("sure");
    expect(shown(outcome.atEnd)).toBe("released");
    const careful = track(`
      export function* unit() { const h = /*open*/ open(); try { yield 1; } finally { h.close(); } }`);
    expect(shown(careful.atAbandon)).toBe("released");
  });

  it("yielded to the caller", () => {
    const outcome = track("export function* unit() { yield /*open*/ open(); }");
    expect(shown(outcome.atEnd)).toBe("kept");
  });

  it("several promises of one Promise.all", () => {
    const outcome = track(`
      export async function unit() {
        const [a, b] = await Promise.all([/*open*/ openAsync("a"), openAsync("b")]);
        await a.close(); await b.close();
      }`);
    expect(shown(outcome.atEnd)).toBe("released");
    expect(shown(outcome.atThrow)).toContain("likely");
  });

  it("a rejected acquisition acquired nothing", () => {
    const outcome = track(`
      export async function unit() { const h = await /*open*/ openAsync(); await h.close(); }`);
    expect(facts(outcome)).toEqual({ ...nothing, end: "released", throws: "released" });
  });

  it("a resource that owes only when it is armed", () => {
    const code = (body: string) => `
      import { createServer } from "node:http";
      export function unit() { const server = /*open*/ createServer(); ${body} }`;
    expect(track(code("server.unref();")).owed).toBe(false);
    const armed = track(code("server.listen(1);"));
    expect(armed.owed).toBe(true);
    expect(shown(armed.atEnd)).toBe("sure");
    expect(track(code("server.listen(1); server.close();")).owed).toBe(true);
  });
});
