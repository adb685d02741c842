/**
 * Spells the programs of the rule tests otherwise and compares the verdicts:
 * `npm run bench:rewrites -- [--seed 9] [--share 1] [--places 1] [--shard 1/4]`. Prints the counts by rewrite;
 * what changed is in `build/rewrites.txt`. With all programs it takes a good while: a share of them, or
 * one shard of several, takes less.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";

const root = path.resolve(import.meta.dirname, "../..");

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "9" },
    share: { type: "string", default: "1" },
    places: { type: "string", default: "1" },
    shard: { type: "string", default: "1/1" },
  },
});
const { status } = spawnSync(
  process.execPath,
  [
    "--max-old-space-size=6000",
    path.join(root, "node_modules/vitest/vitest.mjs"),
    ...["run", "--maxWorkers=1", "--reporter=default", "tests/rewrites"],
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      REWRITES_SEED: values.seed,
      REWRITES_SHARE: values.share,
      REWRITES_PLACES: values.places,
      REWRITES_SHARD: values.shard,
      REWRITES_REPORT: path.join(root, "build/rewrites.txt"),
    },
  },
);
process.exitCode = status ?? 1;
