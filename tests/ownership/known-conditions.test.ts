import { describe, expect, it } from "vitest";
import { pathKey } from "../../src/ownership/condition-keys.ts";
import { knownConditions } from "../../src/ownership/known-conditions.ts";
import { programOf } from "../support/program.ts";

/** What is decided of the parameters where `at()` is called: `c` is true, `!c` is false. */
function known(body: string): string[][] {
  const program = programOf(`
    declare function at(): void;
    declare function work(): void;
    declare const table: Record<string, unknown>;
    export class Unit {
      open = false;
      run(c: boolean, d: boolean, o: any, mode: any) {
        /*body*/ { ${body} }
        return [c, d, o, mode, at, work, table];
      }
    }`);
  const { environment } = program;
  const unit = program.fn("Unit.run");
  const graph = environment.graph(unit);
  const names = unit.parameters.map((parameter): [string, string] => [
    pathKey({ root: environment.types.symbolAt(parameter.name)!, members: [] }),
    parameter.name.getText(),
  ]);
  const positions = [...environment.callPositions(graph)].flatMap(([node, places]) =>
    node.getText() === "at()" ? places : [],
  );
  return knownConditions(graph, positions, environment).map((guards) =>
    [...guards]
      .flatMap(([key, value]) => {
        const found = names.find(([id]) => key.startsWith(id) && !/\d/.test(key.charAt(id.length)));
        if (found === undefined) return [];
        const text = `${found[1]}${key.slice(found[0].length)}`;
        return [value ? text : `!${text}`];
      })
      .filter((text) => !text.includes("==null"))
      .sort(),
  );
}

describe("conditions that are known where something is acquired", () => {
  it.each([
    ["at();", []],
    ["if (c) at();", ["c"]],
    ["if (!c) at();", ["!c"]],
    ["if (c) work(); else at();", ["!c"]],
    ["if (c) return; at();", ["!c"]],
    ["if (c && d) at();", ["c", "d"]],
    ["if (c || d) return; at();", ["!c", "!d"]],
    ["if (c || d) at();", []],
    ["if (c) work(); at();", []],
    ["if (c) { if (d) at(); }", ["c", "d"]],
    ["if (c) throw new Error(); at();", ["!c"]],
    ["while (c) at();", ["c"]],
    ["while (c) work(); at();", ["!c"]],
    ["c && at();", ["c"]],
    ["c ? at() : work();", ["c"]],
    ["if (o.log) at();", ["o.log"]],
    ["if (mode === 'a') at();", ['mode===:"a"']],
    ["switch (mode) { case 'a': at(); }", ['mode===:"a"']],
    ["if (c) { work(); at(); }", ["c"]],
  ])("%s", (body, expected) => {
    expect(known(body)).toEqual([expected]);
  });

  it.each([
    ["is assigned", "if (c) { c = d; at(); }", []],
    ["is assigned a constant", "if (c) { c = false; at(); }", ["!c"]],
    ["is assigned behind", "if (o.log) { o = {}; at(); }", ["o"]],
    ["has another member assigned", "if (o.log) { o.x = 1; at(); }", ["o.log", "o.x"]],
    ["is assigned in a loop", "if (c) for (;;) { at(); c = d; }", []],
    ["was decided for what is copied", "if (d) { c = d; at(); }", ["c", "d"]],
  ])("no longer when what they speak of %s", (_situation, body, expected) => {
    expect(known(body)).toEqual([expected]);
  });

  it("are kept where every way agrees, and only there", () => {
    expect(known("if (c) { if (d) work(); at(); }")).toEqual([["c"]]);
    expect(known("if (c) work(); else if (d) work(); else return; at();")).toEqual([[]]);
    expect(known("if (c) at(); else at();")).toEqual([["c"], ["!c"]]);
  });

  it("are those of each copy of a finally", () => {
    const copies = known("try { if (c) return; } finally { at(); }");
    expect(copies).toContainEqual(["c"]);
    expect(copies).toContainEqual(["!c"]);
  });

  it("are none where control never comes", () => {
    expect(known("return; at();").flat()).toEqual([]);
  });

  it("do not outlive a call where they speak of a member of this", () => {
    const program = programOf(`
      declare function at(): void;
      export class Unit {
        open = false;
        run() { if (this.open) { /*first*/ at(); /*second*/ at(); } }
      }`);
    const { environment } = program;
    const graph = environment.graph(program.fn("Unit.run"));
    const positions = ["first", "second"].flatMap(
      (mark) => environment.callPositions(graph).get(program.call(mark)) ?? [],
    );
    const [before, behind] = knownConditions(graph, positions, environment);
    expect([...before!.values()]).toContain(true);
    expect(behind!.size).toBe(0);
  });
});
