/** The programs of the rule tests, for tests that ask something else of them. */
import { readdirSync } from "node:fs";
import path from "node:path";
import type { RuleName } from "../../src/rules/names.ts";
import { situationsOf } from "./gather.ts";
import type { Situation } from "./verdicts.ts";

const folder = path.resolve(import.meta.dirname, "../rules");

export type Bucket = Exclude<keyof Situation, "todo">;

export interface RuleCase {
  readonly name: string;
  readonly rule: RuleName;
  readonly bucket: Bucket;
  readonly code: string;
}

/**
 * Programs over packages (`packageVerdicts`) are not among them: their types take longer to check than
 * all others together.
 *
 * @param buckets which verdicts the programs have
 */
export async function ruleCases(buckets: readonly Bucket[]): Promise<readonly RuleCase[]> {
  // A worker keeps what it has loaded, and reading a test file a second time registers nothing.
  const asked = Math.trunc(performance.now() * 1000);
  const gathered = await situationsOf(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.includes(path.sep) && file.endsWith(".test.ts"))
      .sort()
      .map(
        (file) => () =>
          import(/* @vite-ignore */ `${path.join(folder, file)}?situations=${String(asked)}`),
      ),
  );
  return gathered.flatMap(({ rule, section, situations }) =>
    Object.entries(situations).flatMap(([situation, programs]) =>
      buckets.flatMap((bucket) =>
        Object.entries(programs[bucket] ?? {}).map(([spelling, code]) => ({
          name: `${rule}: ${section}: ${situation} [${spelling}]`,
          rule,
          bucket,
          code,
        })),
      ),
    ),
  );
}
