/** Whether the random programs would notice: faults planted in the engine must not pass. */
import { describe, expect, it } from "vitest";
import * as engine from "../../src/ownership/analyse-file.ts";
import { disagreements, drawSample, type Sample } from "./agreement.ts";
import { mutant, mutations } from "./mutations.ts";

describe("a fault in the engine is noticed:", () => {
  let sample: Sample | undefined;
  const programs = (): Sample => (sample ??= drawSample(7, 800));

  it("none, where there is no fault", () => {
    expect([...disagreements(engine, programs())]).toEqual([]);
  }, 120_000);

  it.each(mutations)(
    "$fault",
    async (mutation) => {
      const [first] = disagreements(await mutant(mutation), programs());
      expect(first).toBeDefined();
    },
    120_000,
  );
});
