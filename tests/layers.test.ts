import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import config from "../eslint.config.js";

const linter = new Linter();

const layers: Linter.Config[] = [
  { files: ["**/*.ts"], languageOptions: { parser } },
  ...config.filter(({ name }) => name?.startsWith("layers/") === true),
];

function complaints(filename: string, code: string): (string | null)[] {
  return linter.verify(code, layers, { filename }).map(({ message, ruleId }) => ruleId ?? message);
}

/** Every room, from the ground up; those in one row do not know each other. */
const floors = [
  ["typescript"],
  ["resources", "flow"],
  ["ownership"],
  ["lifetimes"],
  ["suggestions"],
  ["rules"],
  ["configs"],
];

describe("the layers", () => {
  const rooms = floors.flatMap((floor, height) => floor.map((room) => ({ room, height })));
  const pairs = rooms.flatMap((from) =>
    rooms
      .filter(({ room }) => room !== from.room)
      .map((to) => ({ from: from.room, to: to.room, down: to.height < from.height })),
  );

  it.each(pairs.filter(({ down }) => !down))("forbid $from to import $to", ({ from, to }) => {
    expect(complaints(`src/${from}/a.ts`, `import { b } from "../${to}/b.ts";`)).toEqual([
      "no-restricted-imports",
    ]);
    expect(
      complaints(`src/${from}/x/a.ts`, `import type { B } from "../../${to}/x/b.ts";`),
    ).toEqual(["no-restricted-imports"]);
  });

  it.each(pairs.filter(({ down, from }) => down && from !== "configs"))(
    "let $from import $to",
    ({ from, to }) => {
      expect(complaints(`src/${from}/a.ts`, `import { b } from "../${to}/b.ts";`)).toEqual([]);
    },
  );

  it("let configs ask the rules, and no other room", () => {
    expect(complaints("src/configs/a.ts", `import { b } from "../rules/b.ts";`)).toEqual([]);
    expect(complaints("src/configs/a.ts", `import { b } from "../flow/b.ts";`)).toHaveLength(1);
  });

  it("let nothing import the plugin", () => {
    expect(complaints("src/rules/a.ts", `import plugin from "../index.ts";`)).toHaveLength(1);
  });

  it.each([
    "program.getTypeChecker();",
    "checker.getTypeAtLocation(node);",
    "this.checker.isTypeAssignableTo(a, b);",
    "services.getSymbolAtLocation(node);",
    "let checker: ts.TypeChecker;",
  ])("keep the checker in src/typescript: %s", (code) => {
    for (const { room } of rooms) {
      const expected = room === "typescript" ? [] : ["no-restricted-syntax"];
      expect([...new Set(complaints(`src/${room}/a.ts`, code))]).toEqual(expected);
    }
  });
});
