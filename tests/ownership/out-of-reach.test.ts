import { thisRoot } from "../../src/ownership/access-path.ts";
import { OutOfReach } from "../../src/ownership/out-of-reach.ts";
import { programOf } from "../support/program.ts";

const code = `
import { open, type Handle } from "./kit/handles.js";
declare function use(value: unknown): void;
class Base {
  protected shared = open("b");
  protected size = 0;
  end(): void { this.shared.close(); }
  count(): number { return this.size; }
}
export class Owner extends Base {
  private h: Handle | undefined = open("a");
  private log: (text: string) => void = () => undefined;
  get current(): Handle | undefined { return this.h; }
  close(): void { this.h?.close(); }
  viaHelper(): void { this.close(); }
  viaGetter(): void { use(this.current); }
  viaArrow(): void { [1].forEach(() => this.close()); }
  destructured(): void { const { h } = this; use(h); }
  renamed(): void { const { h: other } = this; use(other); }
  loose(): void { use(this); }
  byKey(key: "h"): void { use(this[key]); }
  inFunction(): void { use(function (this: Owner) { this.close(); }); }
  other(): number { const { size } = this; this.log(String(size)); return this.count() + size; }
  override end(): void { super.end(); }
  turn(): void { if (this.size > 0) { this.size -= 1; this.turn(); } }
}`;

const program = programOf(code);
const outOfReach = new OutOfReach(program.environment.types);

function touches(member: string, field: string): boolean {
  const unit = program.fn(`Owner.${member}`);
  const paths = [{ root: thisRoot, members: [field] }];
  return outOfReach.untouched(unit, paths, program.kind("Handle")) === undefined;
}

describe("what a member can touch", () => {
  it.each([
    "close",
    "viaHelper",
    "viaGetter",
    "viaArrow",
    "destructured",
    "renamed",
    "loose",
    "byKey",
    "inFunction",
  ])("%s may touch the field", (member) => {
    expect(touches(member, "h")).toBe(true);
  });

  it.each(["other", "end", "turn"])("%s does not touch the field", (member) => {
    expect(touches(member, "h")).toBe(false);
  });

  it("the override of a base method touches what that one touches", () => {
    expect(touches("end", "shared")).toBe(true);
  });

  it("fields that are told apart stay apart, and what lies behind them stays", () => {
    const paths = [["h"], ["h", "inner"], ["log"]].map((members) => ({ root: thisRoot, members }));
    const renamed = outOfReach.untouched(program.fn("Owner.turn"), paths, program.kind("Handle"));
    expect(renamed?.map(({ members }) => members)).toEqual([
      ["untouched field 0"],
      ["untouched field 0", "inner"],
      ["untouched field 1"],
    ]);
  });
});
