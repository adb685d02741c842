/**
 * The programs of the rule tests, spelled otherwise: the verdict must be the same.
 *
 * This is a sample. `npm run bench:rewrites` tries all of them, and lists what changes instead of failing.
 */
import { writeFileSync } from "node:fs";
import { ruleCases } from "../support/rule-cases.ts";
import { allRewrites } from "./all-rewrites.ts";
import { type Changed, keepVerdicts, type Outcome } from "./keep-verdicts.ts";
import { spellingMatters } from "./spelling-matters.ts";

const {
  REWRITES_SEED: seed = "9",
  REWRITES_SHARE: share = "0.015",
  REWRITES_SHARD: shard = "1/1",
  REWRITES_PLACES: places = "1",
  REWRITES_REPORT: report,
} = process.env;

const cases = await ruleCases(["leak", "fine", "strict", "quiet"]);

it("keep their verdicts", { timeout: 7_200_000 }, () => {
  const outcome = keepVerdicts(cases, {
    seed: Number(seed),
    share: Number(share),
    places: Number(places),
    shard: shard.split("/").map(Number) as [number, number],
  });
  console.log(table(outcome));
  if (report !== undefined) {
    writeFileSync(report, outcome.changed.map(shown).join("\n\n"));
    return;
  }
  const applied = [...outcome.counts.values()].filter(({ kept }) => kept > 0);
  // A sample that leaves most of the rewrites out proves little.
  expect(applied.length).toBeGreaterThan(Object.keys(allRewrites).length / 2);
  const isExcused = (one: Changed): boolean => spellingMatters.has(nameOf(one));
  expect(outcome.changed.filter((one) => !isExcused(one)).map(shown)).toEqual([]);
  // An excuse that is none any more.
  const changed = new Set(outcome.changed.map(nameOf));
  expect([...spellingMatters.keys()].filter((name) => !changed.has(name))).toEqual([]);
});

function nameOf({ rewrite, of }: Changed): string {
  return `${rewrite}: ${of.name}`;
}

function shown({ of, rewrite, differences, code }: Changed): string {
  return [`#### ${rewrite}: ${of.bucket}: ${of.name}`, ...differences, code].join("\n");
}

/** The counts by rewrite, as a table of Markdown. */
function table({ counts }: Outcome): string {
  const rows = [...counts].map(([name, { programs, applied, uncompiled, kept, changed }]) => [
    name,
    programs,
    applied,
    uncompiled,
    kept,
    changed,
  ]);
  const sums = [1, 2, 3, 4, 5].map((at) => rows.reduce((sum, row) => sum + (row[at] as number), 0));
  return [
    ["rewrite", "programs", "applied", "do not compile", "verdicts kept", "changed"],
    ["---", ...sums.map(() => "--:")],
    ...rows,
    ["all", ...sums],
  ]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}
