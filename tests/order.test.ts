/** Findings do not depend on which file or function is asked first: each order is a fresh program. */
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { obligationsAt } from "../src/ownership/analyse-file.ts";
import { callsIn } from "../src/ownership/calls-in.ts";
import { builtInCatalog } from "../src/resources/effective-catalog.ts";
import { eslintFor, freshProgram, shownReports } from "./support/lint-folder.ts";

const project = path.join(import.meta.dirname, "fixtures/project");

const files = ts.sys.readDirectory(path.join(project, "src"), [".ts"]).sort();
const texts = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
const sources = files.filter((file) => !file.endsWith(".d.ts"));

/** The same shuffle for the same seed, so that a failure can be seen again. */
function shuffled<T>(values: readonly T[], seed: number): T[] {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return values
    .map((value) => ({ value, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}

async function findingsIn(order: readonly string[]): Promise<string[]> {
  // The same program would go on with every answer of the last run.
  const eslint = eslintFor(project, freshProgram(project, texts));
  const results = [];
  for (const file of order) results.push(...(await eslint.lintFiles([file])));
  return shownReports(project, results);
}

describe("the order in which files are linted", () => {
  let forwards: string[];

  beforeAll(async () => {
    forwards = await findingsIn(sources);
    expect(forwards).not.toEqual([]);
  }, 60_000);

  it("may be reversed", { timeout: 60_000 }, async () => {
    expect(await findingsIn([...sources].reverse())).toEqual(forwards);
  });

  it.each([1, 2, 3, 4, 5])("may be shuffled (seed %i)", { timeout: 60_000 }, async (seed) => {
    expect(await findingsIn(shuffled(sources, seed))).toEqual(forwards);
  });

  it("may be one file alone", { timeout: 120_000 }, async () => {
    for (const file of shuffled(sources, 6).slice(0, 6)) {
      const name = path.relative(project, file).replaceAll(path.sep, "/");
      const alone = forwards.filter((line) => line.startsWith(`${name}:`));
      expect(await findingsIn([file])).toEqual(alone);
    }
  });
});

/** What becomes of everything that is acquired in the project, each acquisition asked by itself. */
function obligationsIn(order: <T>(all: readonly T[]) => readonly T[]): string[] {
  const program = freshProgram(project, texts);
  const options = { catalog: builtInCatalog, unknownCallee: "owns", limit: "possible" } as const;
  const sites = sources.flatMap((file) => callsIn(program.getSourceFile(file)!));
  return order(sites)
    .flatMap((site) => obligationsAt(site, program, options))
    .map(({ site, kind, verdict }) => {
      const { fileName } = site.getSourceFile();
      const how = verdict.leaks ? `${verdict.how}, ${verdict.strength}` : "released";
      return `${path.relative(project, fileName)}:${site.pos} ${kind.label}: ${how}`;
    })
    .sort();
}

describe("the order in which functions are asked", () => {
  let forwards: string[];

  beforeAll(() => {
    forwards = obligationsIn((all) => all);
    expect(forwards.some((line) => line.endsWith("released"))).toBe(true);
    expect(forwards.some((line) => line.endsWith("sure"))).toBe(true);
  }, 60_000);

  it("may be reversed", { timeout: 60_000 }, () => {
    expect(obligationsIn((all) => [...all].reverse())).toEqual(forwards);
  });

  it.each([1, 2, 3])("may be shuffled (seed %i)", { timeout: 60_000 }, (seed) => {
    expect(obligationsIn((all) => shuffled(all, seed))).toEqual(forwards);
  });
});
