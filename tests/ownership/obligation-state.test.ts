import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  type AccessPath,
  isSymbol,
  keyOf,
  maximalLength,
} from "../../src/ownership/access-path.ts";
import {
  absent,
  atLeast,
  copyAliases,
  type Disjunct,
  Ended,
  freshDisjunct,
  hasAlias,
  includes,
  isAbsent,
  join,
  killAliases,
  maximalDisjuncts,
  membersBehind,
  mergeDisjuncts,
  reaches,
  recover,
  type State,
  strengths,
  weaken,
  withGuard,
  withoutGuards,
} from "../../src/ownership/obligation-state.ts";

const source = ts.createSourceFile(
  "names.ts",
  "a; b; c; d; e; f; g; h; i; j; k; l; m; n;",
  ts.ScriptTarget.Latest,
  true,
);
const nodes = source.statements.map(
  (statement) => (statement as ts.ExpressionStatement).expression,
);

/** `at("a.x.y")`; the variable is stood for by the node that names it. */
function at(text: string): AccessPath {
  const [name, ...members] = text.split(".");
  return { root: nodes.find((node) => node.getText() === name)!, members };
}

function held(...aliases: string[]): Disjunct {
  return freshDisjunct(aliases.map(at), new Map(), true);
}

function aliasesOf(disjunct: Disjunct): string[] {
  return [...disjunct.aliases.values()]
    .map(({ root, members }) => [isSymbol(root) ? root.name : root.getText(), ...members].join("."))
    .sort();
}

/** Every fact of a state as text, whatever the order it is kept in. */
function shown(state: State): string {
  const disjuncts = state.held.map((one) =>
    [
      aliasesOf(one).join(" "),
      [...one.guards]
        .map(([key, value]) => `${key}=${value}`)
        .sort()
        .join(" "),
      one.armed ? "armed" : "idle",
      one.strength,
      one.via.map((node) => node.getText()).join(" "),
      one.exits.map((node) => node.getText()).join(" "),
    ].join(" | "),
  );
  return `${disjuncts.sort().join("\n")}\nended ${state.ended}`;
}

/** Mulberry32: small, seeded, and the same on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function randomDisjunct(random: (below: number) => number, names: number): Disjunct {
  const aliases = new Set<string>();
  for (let count = 1 + random(3); count > 0; count--) {
    const name = nodes[random(names)]!.getText();
    aliases.add(random(3) === 0 ? `${name}.x` : name);
  }
  let disjunct: Disjunct = { ...held(...aliases), armed: random(4) > 0 };
  for (const key of ["p", "q"]) {
    if (random(3) === 0) disjunct = withGuard(disjunct, key, random(2) === 0);
  }
  if (random(2) === 0)
    disjunct = weaken(disjunct, strengths[random(2)]!, nodes[random(nodes.length)]!);
  if (random(3) === 0) disjunct = { ...disjunct, exits: [nodes[random(nodes.length)]!] };
  return disjunct;
}

function randomState(random: (below: number) => number, most: number, names = 2): State {
  const disjuncts: Disjunct[] = [];
  for (let count = random(most + 1); count > 0; count--)
    disjuncts.push(randomDisjunct(random, names));
  return { held: mergeDisjuncts(disjuncts), ended: random(16) };
}

/** Runs a law on many states, and names the seed where it fails. */
function always(law: (random: (below: number) => number) => void): void {
  for (let seed = 1; seed <= 500; seed++) {
    try {
      law(seeded(seed));
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
    }
  }
}

describe("joining states", () => {
  it("is commutative", () => {
    always((random) => {
      const [a, b] = [randomState(random, 4, 5), randomState(random, 4, 5)];
      expect(shown(join(a, b))).toBe(shown(join(b, a)));
    });
  });

  it("is associative, while there are few enough disjuncts", () => {
    always((random) => {
      const [a, b, c] = [randomState(random, 1), randomState(random, 2), randomState(random, 1)];
      expect(shown(join(join(a, b), c))).toBe(shown(join(a, join(b, c))));
    });
  });

  it("is idempotent, and joining a part again changes nothing", () => {
    always((random) => {
      const a = randomState(random, 4, 5);
      expect(shown(join(a, a))).toBe(shown(a));
    });
    always((random) => {
      const [a, b] = [randomState(random, 2, 5), randomState(random, 2, 5)];
      const both = join(a, b);
      expect(shown(join(both, a))).toBe(shown(both));
      expect(shown(join(both, b))).toBe(shown(both));
      expect(includes(both, a) && includes(both, b)).toBe(true);
    });
  });

  it("settles, whatever is joined again and again", () => {
    always((random) => {
      const parts = Array.from({ length: 3 }, () => randomState(random, 4, 6));
      let known = absent;
      let rounds = 0;
      for (let settled = false; !settled; rounds++) {
        settled = true;
        for (const part of parts) {
          if (includes(known, part)) continue;
          known = join(known, part);
          settled = false;
        }
        expect(rounds).toBeLessThan(10);
      }
    });
  });

  it("has the absent state as its neutral element", () => {
    always((random) => {
      const a = randomState(random, 4);
      expect(shown(join(absent, a))).toBe(shown(a));
      expect(shown(join(a, absent))).toBe(shown(a));
      expect(includes(a, absent)).toBe(true);
    });
    expect(isAbsent({ held: [], ended: Ended.released })).toBe(false);
  });

  it("covers what is joined: no history becomes less sure, less armed or more decided", () => {
    always((random) => {
      const [a, b] = [randomState(random, 4, 5), randomState(random, 4, 5)];
      const both = join(a, b);
      expect(both.ended).toBe(a.ended | b.ended);
      for (const one of [...a.held, ...b.held]) {
        const covered = both.held.some(
          (other) =>
            atLeast(other.strength, one.strength) &&
            (other.armed || !one.armed) &&
            [...other.guards].every(([key, value]) => one.guards.get(key) === value),
        );
        expect(covered).toBe(true);
      }
    });
  });

  it("keeps at most four disjuncts and no disjunct without a name", () => {
    always((random) => {
      const merged = mergeDisjuncts(
        Array.from({ length: 4 + random(8) }, () => randomDisjunct(random, 8)),
      );
      expect(merged.length).toBeLessThanOrEqual(maximalDisjuncts);
      for (const one of merged) expect(one.aliases.size).toBeGreaterThan(0);
    });
  });

  it("keeps histories apart that differ in names, guards or arming", () => {
    const one = held("a");
    expect(mergeDisjuncts([one, held("b")])).toHaveLength(2);
    expect(mergeDisjuncts([one, withGuard(one, "p", true)])).toHaveLength(2);
    expect(mergeDisjuncts([withGuard(one, "p", false), withGuard(one, "p", true)])).toHaveLength(2);
    expect(mergeDisjuncts([one, { ...one, armed: false }])).toHaveLength(2);
    expect(mergeDisjuncts([held("a", "b"), held("b", "a")])).toHaveLength(1);
  });

  it("keeps of equal histories the surer with its witnesses, and all exits", () => {
    const [x, y] = [nodes[0]!, nodes[1]!];
    const likely = { ...weaken(held("a"), "likely", y), exits: [y] };
    const possible = { ...weaken(held("a"), "possible", x), exits: [x] };
    const [only] = mergeDisjuncts([possible, likely]);
    expect(only).toMatchObject({ strength: "likely", via: [y], exits: [x, y] });
    const [both] = mergeDisjuncts([likely, weaken(held("a"), "likely", x)]);
    expect(both!.via).toEqual([x, y]);
  });

  it("remembers the first witnesses in source order only", () => {
    const many = nodes.map((node) => weaken(held("a"), "likely", node));
    const forwards = mergeDisjuncts(many)[0]!;
    const backwards = mergeDisjuncts([...many].reverse())[0]!;
    expect(forwards.via).toEqual(nodes.slice(0, 8));
    expect(backwards.via).toEqual(forwards.via);
  });
});

describe("the limit of disjuncts", () => {
  it("keeps the names and guards that all merged histories share", () => {
    const five = ["a", "b", "c", "d", "e"].map((name) => withGuard(held(name, "m"), "p", true));
    const merged = mergeDisjuncts(five);
    expect(merged).toHaveLength(4);
    expect(merged.every((one) => one.aliases.has(keyOf(at("m"))))).toBe(true);
    expect(merged.every((one) => one.guards.get("p") === true)).toBe(true);
  });

  it("does not call a history without a common name lost", () => {
    const merged = mergeDisjuncts(["a", "b", "c", "d", "e", "f"].map((name) => held(name)));
    expect(merged).toHaveLength(4);
    for (const one of merged) expect(aliasesOf(one)).toHaveLength(1);
  });

  it("drops a guard that two merged histories decide differently", () => {
    const base = ["a", "b", "c"].map((name) => held(name));
    const merged = mergeDisjuncts([
      ...base,
      withGuard(held("d"), "p", true),
      withGuard(held("d"), "p", false),
    ]);
    expect(merged).toHaveLength(4);
    expect(merged.flatMap((one) => [...one.guards.keys()]).length).toBeLessThanOrEqual(2);
  });
});

describe("strength", () => {
  const [x, y] = [nodes[0]!, nodes[1]!];

  it("is ordered from possible to sure", () => {
    expect(strengths).toEqual(["possible", "likely", "sure"]);
    for (const [i, weaker] of strengths.entries())
      for (const [j, stronger] of strengths.entries())
        expect(atLeast(stronger, weaker)).toBe(j >= i);
  });

  it("only falls when an exception weakens it, and names the event that made it fall", () => {
    const sure = held("a");
    const likely = weaken(sure, "likely", x);
    expect(likely).toMatchObject({ strength: "likely", via: [x] });
    expect(weaken(likely, "likely", y)).toBe(likely);
    expect(weaken(likely, "sure", y)).toBe(likely);
    expect(weaken(likely, "possible", y)).toMatchObject({ strength: "possible", via: [y] });
    expect(weaken(weaken(sure, "possible", x), "likely", y)).toMatchObject({
      strength: "possible",
      via: [x],
    });
  });

  it("rises to likely where code that caught the exception goes on", () => {
    const possible = weaken(held("a"), "possible", x);
    expect(recover(possible)).toMatchObject({ strength: "likely", via: [x] });
    const likely = weaken(held("a"), "likely", x);
    expect(recover(likely)).toBe(likely);
    expect(recover(held("a")).strength).toBe("sure");
  });
});

describe("aliases", () => {
  it("are the resource itself, or lead to it", () => {
    const one = held("a", "b.x");
    expect(hasAlias(one, at("a"))).toBe(true);
    expect(hasAlias(one, at("b"))).toBe(false);
    expect(hasAlias(one, at("a.x"))).toBe(false);
    expect(reaches(one, at("b"))).toBe(true);
    expect(reaches(one, at("c"))).toBe(false);
    expect(membersBehind(one, at("b"))).toEqual([["x"]]);
    expect(membersBehind(one, at("a"))).toEqual([[]]);
    expect(membersBehind(held("a", "a.x"), at("a"))).toEqual([[], ["x"]]);
  });

  it("are copied with everything behind them", () => {
    expect(aliasesOf(copyAliases(held("a"), at("a"), at("b.x")))).toEqual(["a", "b.x"]);
    expect(aliasesOf(copyAliases(held("a.x"), at("a"), at("b")))).toEqual(["a.x", "b.x"]);
    expect(aliasesOf(copyAliases(held("a.x"), at("a.x"), at("b")))).toEqual(["a.x", "b"]);
    const one = held("a");
    expect(copyAliases(one, at("b"), at("c"))).toBe(one);
    expect(copyAliases(one, at("a.x"), at("c"))).toBe(one);
    expect(copyAliases(one, at("a"), at("a"))).toBe(one);
  });

  it("are not followed through paths that are too long", () => {
    const long = `b.${"x.".repeat(maximalLength)}x`;
    expect(aliasesOf(copyAliases(held("a"), at("a"), at(long)))).toEqual(["a"]);
    const longest = `b${".x".repeat(maximalLength)}`;
    expect(aliasesOf(copyAliases(held("a"), at("a"), at(longest)))).toEqual(["a", longest]);
  });

  it("die with everything behind them, and nothing beside them", () => {
    expect(aliasesOf(killAliases(held("a", "a.x", "b"), at("a")))).toEqual(["b"]);
    expect(aliasesOf(killAliases(held("a", "a.x"), at("a.x")))).toEqual(["a"]);
    expect(aliasesOf(killAliases(held("a", "b"), at("b")))).toEqual(["a"]);
    const one = held("a", "b.x");
    expect(killAliases(one, at("b.y"))).toBe(one);
  });

  it("of some element match every index, and no other member", () => {
    const some = held("a.[]");
    expect(hasAlias(some, at("a.0"))).toBe(true);
    expect(hasAlias(some, at("a.17"))).toBe(true);
    expect(hasAlias(some, at("a.[]"))).toBe(true);
    expect(hasAlias(some, at("a.length"))).toBe(false);
    expect(hasAlias(some, at("a"))).toBe(false);
    expect(membersBehind(held("a.[].x"), at("a.0"))).toEqual([["x"]]);
    expect(hasAlias(held("a.0"), at("a.[]"))).toBe(true);
    expect(hasAlias(held("a.0"), at("a.1"))).toBe(false);
  });

  it("of some element survive what replaces one element", () => {
    expect(aliasesOf(killAliases(held("a.[]"), at("a.0")))).toEqual(["a.[]"]);
    expect(aliasesOf(killAliases(held("a.0", "b"), at("a.[]")))).toEqual(["a.0", "b"]);
    expect(aliasesOf(killAliases(held("a.0", "b"), at("a.0")))).toEqual(["b"]);
    expect(aliasesOf(killAliases(held("a.[]", "b"), at("a")))).toEqual(["b"]);
  });
});

describe("guards", () => {
  it("are set and dropped without touching others", () => {
    const one = withGuard(withGuard(held("a"), "p", true), "q", false);
    expect(withGuard(one, "p", true)).toBe(one);
    expect(withGuard(one, "p", false).guards.get("p")).toBe(false);
    expect([...withoutGuards(one, (key) => key === "p").guards]).toEqual([["q", false]]);
    expect(withoutGuards(one, () => false)).toBe(one);
  });
});
