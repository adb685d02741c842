/**
 * Calls of members whose name nothing fruitful has are left alone without a question, and no spelling of
 * a member that yields a resource is taken for one of them.
 */
import ts from "typescript";
import { vi } from "vitest";
import { callsWithin } from "../../src/typescript/nodes-in-file.ts";
import { programOf } from "../support/program.ts";

const program = programOf(
  `import { Socket } from "node:net";
  import * as shop from "./shop.ts";
  interface Lender { lend(): Promise<Socket>; createSpare: () => Socket; count(): number; rest: Counted }
  interface Counted { (): number }
  function plain(): void {}
  plain.begin = () => new Socket();
  class Keeper {
    constructor(readonly parameter: () => Promise<Socket>, readonly lender: Lender) {}
    method(): Socket { return new Socket(); }
    get getter(): () => Socket { return () => new Socket(); }
    property = (): Socket => new Socket();
    async later(): Promise<Socket> { return new Socket(); }
    sum(): number { return Math.max(1, 2); }
    size(): boolean { return this.sum() > 1; }
    text(): string { return String(this.sum()); }
    one(): number { return 1; }
    nothing(): void { this.method().destroy(); }
  }
  const method = (): Socket => new Socket();
  const literal = { inLiteral: () => new Socket(), short: method, method };
  export async function yields(keeper: Keeper): Promise<unknown[]> {
    return [
      keeper.method(), keeper.property(), await keeper.later(), await keeper.parameter(),
      await keeper.lender.lend(), keeper.lender.createSpare(),
      literal.inLiteral(), literal.short(), literal.method(), plain.begin(),
      shop.sell(), shop.renamed(),
    ];
  }
  export function yieldsNothing(keeper: Keeper, list: number[]): unknown[] {
    return [
      keeper.size(), keeper.text(), keeper.one(), keeper.nothing(),
      keeper.lender.count(), keeper.lender.rest(), list.concat(list), shop.greet(), "a".trim(),
    ];
  }`,
  {
    files: {
      "shop.ts": `import { Socket } from "node:net";
        export function sell(): Socket { return new Socket(); }
        function hidden(): Socket { return new Socket(); }
        export { hidden as renamed };
        export const greet = (): string => "hello";`,
    },
  },
);

/** The calls directly in the array that a function returns. */
function callsOf(name: string): readonly ts.CallExpression[] {
  return callsWithin(program.fn(name)).filter((call): call is ts.CallExpression => {
    const item = ts.isAwaitExpression(call.parent) ? call.parent : call;
    return ts.isCallExpression(call) && ts.isArrayLiteralExpression(item.parent);
  });
}

it("a resource is recognised under every spelling of the member that yields it", () => {
  const calls = callsOf("yields");
  expect(calls).toHaveLength(12);
  const missed = calls.filter(
    (call) => program.environment.recogniser.acquisitions(call).length === 0,
  );
  expect(missed.map((call) => call.getText())).toEqual([]);
});

it("nothing is asked of the checker for members of other names", () => {
  const checker = program.program.getTypeChecker();
  const symbols = vi.spyOn(checker, "getSymbolAtLocation");
  const types = vi.spyOn(checker, "getTypeAtLocation");
  const { recogniser } = program.freshEngine().environment;
  const calls = callsOf("yieldsNothing");
  expect(calls).toHaveLength(9);
  expect(calls.flatMap((call) => recogniser.acquisitions(call))).toEqual([]);
  const asked = [...symbols.mock.calls, ...types.mock.calls].map(([node]) => node.getText());
  // The imports of the file are looked through for other names once.
  expect(asked.filter((text) => !["Socket", "shop"].includes(text))).toEqual([]);
});
