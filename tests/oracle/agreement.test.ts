/**
 * Random programs: on every acquisition the engine's verdict must be what happens when the program is
 * run on all of its paths.
 *
 * `ORACLE_SEED` draws other programs, `ORACLE_PROGRAMS` more of them.
 */
import { expect, it } from "vitest";
import * as engine from "../../src/ownership/analyse-file.ts";
import { describe, disagreements, drawSample, smallestDisagreement } from "./agreement.ts";

const seed = Number(process.env.ORACLE_SEED ?? 20);
const count = Number(process.env.ORACLE_PROGRAMS ?? 700);

it("agrees with the interpreter on every acquisition of random programs", () => {
  const sample = drawSample(seed, count);
  const { cases } = sample;
  const verdicts = cases.flatMap(({ truth }) => [...truth.least.values()]);
  const leaking = verdicts.filter((strength) => strength !== undefined);
  const paths = cases.reduce((sum, { truth }) => sum + truth.paths, 0);
  console.log(
    `${cases.length} programs, ${paths} paths, ${verdicts.length} acquisitions, ${Math.round((100 * leaking.length) / verdicts.length)} % of them leak`,
  );
  // A sample that says nothing proves nothing.
  expect(cases.length).toBeGreaterThan(count / 3);
  expect(new Set(verdicts)).toEqual(new Set([undefined, "possible", "likely", "sure"]));

  const [first] = disagreements(engine, sample);
  const smallest = first && smallestDisagreement(engine, seed, count, first);
  expect(smallest && describe(smallest)).toBeUndefined();
}, 240_000);
