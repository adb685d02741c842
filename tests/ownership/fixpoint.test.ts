import { describe, expect, it } from "vitest";
import { Fixpoint, type Question, stronglyConnected } from "../../src/ownership/fixpoint.ts";

/** Sets of names, joined by union: the answer "unknown" is its own value. */
type Names = ReadonlySet<string> | "unknown";

interface World {
  /** What each question names itself, and whom it asks. */
  readonly calls: Readonly<Record<string, readonly string[]>>;
}

class Asker {
  readonly fixpoint = new Fixpoint();
  readonly computed = new Map<string, number>();
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  question(key: string): Question<Names> {
    return {
      key,
      bottom: new Set(),
      anything: new Set(["anything"]),
      unknown: "unknown",
      equal: (a, b) => textOf(a) === textOf(b),
      compute: () => {
        this.computed.set(key, (this.computed.get(key) ?? 0) + 1);
        const names = new Set([key]);
        let unknown = false;
        for (const callee of this.world.calls[key] ?? []) {
          const answer = this.fixpoint.ask(this.question(callee));
          if (answer === "unknown") unknown = true;
          else for (const name of answer) names.add(name);
        }
        return unknown ? "unknown" : names;
      },
    };
  }

  ask(key: string): string {
    return textOf(this.fixpoint.ask(this.question(key)));
  }
}

function textOf(names: Names): string {
  return names === "unknown" ? names : [...names].sort().join(" ");
}

/** What can be reached, by the plainest algorithm. */
function reachable(world: World, key: string): string {
  const found = new Set([key]);
  for (const one of found) for (const next of world.calls[one] ?? []) found.add(next);
  return [...found].sort().join(" ");
}

function chain(length: number): World {
  const calls: Record<string, string[]> = {};
  for (let at = 0; at < length; at++) calls[`q${at}`] = at + 1 < length ? [`q${at + 1}`] : [];
  return { calls };
}

function ring(length: number): World {
  const { calls } = chain(length);
  return { calls: { ...calls, [`q${length - 1}`]: ["q0"] } };
}

function randomWorld(seed: number, size: number, edges: number): World {
  let state = seed * 7919 + 1;
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  const calls: Record<string, string[]> = {};
  for (let at = 0; at < size; at++) calls[`q${at}`] = [];
  for (let at = 0; at < edges; at++) calls[`q${random(size)}`]!.push(`q${random(size)}`);
  return { calls };
}

describe("the fixpoint", () => {
  it("answers a question that asks nothing, once", () => {
    const asker = new Asker({ calls: {} });
    expect(asker.ask("a")).toBe("a");
    expect(asker.ask("a")).toBe("a");
    expect(asker.computed.get("a")).toBe(1);
  });

  it("answers self and mutual recursion with the least answer", () => {
    const world: World = { calls: { self: ["self"], a: ["b"], b: ["a", "c"], c: [] } };
    const asker = new Asker(world);
    expect(asker.ask("self")).toBe("self");
    expect(asker.ask("a")).toBe("a b c");
    expect(asker.ask("b")).toBe("a b c");
    expect(asker.ask("c")).toBe("c");
  });

  it("lets nothing of what is assumed on the way into an answer", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const world = randomWorld(seed, 20, 30);
      const asker = new Asker(world);
      for (const key of Object.keys(world.calls)) expect(asker.ask(key)).not.toContain("anything");
    }
  });

  it("does not depend on which question is asked first", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const world = randomWorld(seed, 40, 20 + seed);
      const keys = Object.keys(world.calls);
      for (const order of [keys, [...keys].reverse(), [...keys.slice(17), ...keys.slice(0, 17)]]) {
        const asker = new Asker(world);
        for (const key of order) expect(asker.ask(key)).toBe(reachable(world, key));
      }
    }
  });

  it("settles a group however the answers have to travel through it", () => {
    // Each asks the one before it first, so that news travel against the order of discovery.
    for (const size of [10, 40, 64]) {
      const calls: Record<string, string[]> = {};
      for (let at = 0; at < size; at++) {
        calls[`q${at}`] = [`q${(at + size - 1) % size}`, `q${(at * 7 + 3) % size}`];
      }
      const world: World = { calls };
      for (const first of ["q0", `q${size >> 1}`, `q${size - 1}`]) {
        expect(new Asker(world).ask(first)).toBe(reachable(world, first));
      }
    }
  });

  it("answers every member of a group that is too large with unknown, and nobody else", () => {
    const { calls } = ring(70);
    const world: World = { calls: { ...calls, outside: ["q3"], leaf: [], q9: ["q10", "leaf"] } };
    for (const first of ["q0", "q42", "outside"]) {
      const asker = new Asker(world);
      asker.ask(first);
      expect(asker.ask("q0")).toBe("unknown");
      expect(asker.ask("q69")).toBe("unknown");
      expect(asker.ask("outside")).toBe("unknown");
      expect(asker.ask("leaf")).toBe("leaf");
    }
  });

  it("answers a group at the limit of its size", () => {
    expect(new Asker(ring(64)).ask("q5").split(" ")).toHaveLength(64);
    expect(new Asker(ring(65)).ask("q5")).toBe("unknown");
  });

  it("does not overflow the stack", () => {
    const numbers = new Fixpoint();
    const question = (at: number): Question<number> => ({
      key: `n${at}`,
      bottom: 0,
      anything: 1,
      unknown: -1,
      equal: (a, b) => a === b,
      compute: () => (at === 1999 ? 1 : numbers.ask(question(at + 1)) + 1),
    });
    expect(numbers.ask(question(0))).toBe(2000);
    expect(numbers.ask(question(1000))).toBe(1000);
  });

  it("does not depend on the order of asking for chains of any length", () => {
    const length = 5000;
    const build = (): ((at: number) => number) => {
      const numbers = new Fixpoint();
      const question = (at: number): Question<number> => ({
        key: `n${at}`,
        bottom: 0,
        anything: 1,
        unknown: -1,
        equal: (a, b) => a === b,
        compute: () => (at === length - 1 ? 1 : numbers.ask(question(at + 1)) + 1),
      });
      return (at) => numbers.ask(question(at));
    };
    const lastFirst = build();
    for (let at = length - 1; at >= 0; at--) lastFirst(at);
    expect(build()(0)).toBe(lastFirst(0));
  });

  it("finds questions that only an answer leads to", () => {
    const fixpoint = new Fixpoint();
    const make = (key: string, compute: () => number): Question<number> => ({
      key,
      bottom: 0,
      anything: 1,
      unknown: -1,
      equal: (a, b) => a === b,
      compute,
    });
    const hidden = make("hidden", () => 40);
    const plain = make("plain", () => 2);
    // With `anything` for an answer the first question does not ask the third.
    const late = make("late", () => {
      const two = fixpoint.ask(plain);
      return two === 2 ? two + fixpoint.ask(hidden) : two;
    });
    const above = make("above", () => fixpoint.ask(late) + fixpoint.ask(plain));
    expect(fixpoint.ask(above)).toBe(44);
    expect(fixpoint.ask(late)).toBe(42);
  });

  it("finds questions that turn up inside a group", () => {
    const fixpoint = new Fixpoint();
    const make = (key: string, compute: () => number): Question<number> => ({
      key,
      bottom: 0,
      anything: 1,
      unknown: -1,
      equal: (a, b) => a === b,
      compute,
    });
    const other: Question<number> = make("other", () => Math.max(fixpoint.ask(ping), 5));
    const ping: Question<number> = make("ping", () => fixpoint.ask(pong));
    // Only the second round of the group sees 3, and only then is the other question asked.
    const pong: Question<number> = make("pong", () => {
      const known = fixpoint.ask(ping);
      return Math.max(3, known === 3 ? fixpoint.ask(other) : known);
    });
    expect(fixpoint.ask(ping)).toBe(5);
    expect(fixpoint.ask(other)).toBe(5);
  });

  it("answers what does not settle with unknown", () => {
    const fixpoint = new Fixpoint();
    const restless: Question<number> = {
      key: "restless",
      bottom: 0,
      anything: 0,
      unknown: -1,
      equal: (a, b) => a === b,
      compute: () => fixpoint.ask(restless) + 1,
    };
    expect(fixpoint.ask(restless)).toBe(-1);
    expect(fixpoint.ask(restless)).toBe(-1);
  });

  it("works again after a computation threw", () => {
    const fixpoint = new Fixpoint();
    let broken = true;
    const question: Question<number> = {
      key: "q",
      bottom: 0,
      anything: 0,
      unknown: -1,
      equal: (a, b) => a === b,
      compute: () => {
        if (broken) throw new Error("broken");
        return 7;
      },
    };
    expect(() => fixpoint.ask(question)).toThrow("broken");
    broken = false;
    expect(fixpoint.ask(question)).toBe(7);
  });
});

describe("strongly connected groups", () => {
  function groups(world: World, keys = Object.keys(world.calls)): string[][] {
    const edges = new Map(
      Object.entries(world.calls).map(([key, to]) => [key, new Map(to.map((one) => [one, 0]))]),
    );
    return stronglyConnected(keys, edges).map((group) => [...group].sort());
  }

  it("come in the order in which they can be answered", () => {
    const world: World = {
      calls: { a: ["b"], b: ["c", "e"], c: ["b", "d"], d: [], e: ["e"], f: ["a", "d"] },
    };
    const found = groups(world);
    expect(found.map((group) => group.join(""))).toHaveLength(5);
    const place = (key: string) => found.findIndex((group) => group.includes(key));
    for (const [key, to] of Object.entries(world.calls))
      for (const one of to) expect(place(one)).toBeLessThanOrEqual(place(key));
    expect(found).toContainEqual(["b", "c"]);
  });

  it("are the same from whichever key the search starts", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const world = randomWorld(seed, 30, 45);
      const keys = Object.keys(world.calls);
      const sorted = (found: string[][]) => found.map((group) => group.join(" ")).sort();
      expect(sorted(groups(world, [...keys].reverse()))).toEqual(sorted(groups(world, keys)));
    }
  });

  it("of a very long chain are found without recursion", () => {
    expect(groups(chain(20_000))).toHaveLength(20_000);
    expect(groups(ring(20_000))).toHaveLength(1);
  });
});
