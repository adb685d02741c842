/**
 * What the tests register, for tests that ask something else of the same programs: the situations of
 * rules, and the rows of kinds.
 */
import type { RuleName } from "../../src/rules/names.ts";
import type { Situation } from "./verdicts.ts";

export interface Gathered {
  readonly rule: RuleName;
  readonly section: string;
  readonly situations: Readonly<Record<string, Situation>>;
}

/** How many programs show something of a kind. */
export interface KindRow {
  readonly id: string;
  readonly leak: number;
  readonly release: number;
  /** Programs in which it ends without a release. */
  readonly automatic: number;
  /** Programs that hand it over to somebody else. */
  readonly handOver: number;
  /** Programs that only come by it, under the names it can have, or do not although it looks so. */
  readonly names: number;
}

let situations: Gathered[] | undefined;
let rows: KindRow[] | undefined;

/** The tests are only read: nothing is to be registered with the runner. */
export function isGathering(): boolean {
  return situations !== undefined;
}

/** Takes what a test file would register; false when its tests are to run. */
export function gather(one: Gathered): boolean {
  situations?.push(one);
  return isGathering();
}

/** Takes the rows that a test file would register; false when its tests are to run. */
export function gatherRows(some: readonly KindRow[]): boolean {
  rows?.push(...some);
  return isGathering();
}

/** Loads test files to read what they register. */
async function readAll(
  files: readonly (() => Promise<unknown>)[],
): Promise<{ situations: readonly Gathered[]; rows: readonly KindRow[] }> {
  const found = { situations: (situations = []) as Gathered[], rows: (rows = []) as KindRow[] };
  try {
    for (const load of files) await load();
  } finally {
    situations = undefined;
    rows = undefined;
  }
  return found;
}

/** The situations of the rule tests in these files. */
export async function situationsOf(
  files: readonly (() => Promise<unknown>)[],
): Promise<readonly Gathered[]> {
  return (await readAll(files)).situations;
}

/** The rows of kinds in these files. */
export async function kindRowsOf(
  files: readonly (() => Promise<unknown>)[],
): Promise<readonly KindRow[]> {
  return (await readAll(files)).rows;
}
