/**
 * The situations that the rule tests register, for tests that ask something else of the same programs.
 */
import type { RuleName } from "../../src/rules/names.ts";
import type { Situation } from "./verdicts.ts";

export interface Gathered {
  readonly rule: RuleName;
  readonly section: string;
  readonly situations: Readonly<Record<string, Situation>>;
}

let gathered: Gathered[] | undefined;

/** The tests are only read: nothing is to be registered with the runner. */
export function isGathering(): boolean {
  return gathered !== undefined;
}

/** Takes what a test file would register; false when its tests are to run. */
export function gather(one: Gathered): boolean {
  gathered?.push(one);
  return gathered !== undefined;
}

/** Loads test files to read their situations. */
export async function situationsOf(
  files: readonly (() => Promise<unknown>)[],
): Promise<readonly Gathered[]> {
  const found: Gathered[] = [];
  gathered = found;
  try {
    for (const load of files) await load();
  } finally {
    gathered = undefined;
  }
  return found;
}
