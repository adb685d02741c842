import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin from "eslint-plugin-resource-hygiene";
import path from "node:path";
import type ts from "typescript";
import tseslint from "typescript-eslint";

/**
 * What is run over a program: nothing but parsing, ours, typescript-eslint's `recommendedTypeChecked`,
 * or ours beside it.
 */
export const loads = ["parse", "recommended", "all", "typed", "both"] as const;
export type Load = (typeof loads)[number];

/** One run of a load over a program that nobody has asked anything before. */
export interface Run {
  /** Processor time of the linting, in milliseconds: other work on the machine counts little. */
  readonly cpu: number;
  readonly wall: number;
  /** The largest heap seen between two files, in bytes, the program included. */
  readonly heap: number;
  readonly findings: number;
}

const namespace = plugin.meta.namespace;

const typed = tseslint.configs.recommendedTypeChecked;

const configs: Readonly<Record<Load, Pick<Linter.Config, "plugins" | "rules">>> = {
  parse: {},
  recommended: { plugins: { [namespace]: plugin }, rules: plugin.configs.recommended.rules },
  all: { plugins: { [namespace]: plugin }, rules: plugin.configs.all.rules },
  typed: { plugins: { "@typescript-eslint": tseslint.plugin }, rules: typedRules() },
  both: {
    plugins: { "@typescript-eslint": tseslint.plugin, [namespace]: plugin },
    rules: { ...typedRules(), ...plugin.configs.recommended.rules },
  },
};

function typedRules(): Linter.RulesRecord {
  return Object.assign({}, ...typed.map(({ rules = {} }) => rules)) as Linter.RulesRecord;
}

/**
 * @param createProgram makes a program of its own for the run: the checker remembers its answers
 * @param files of the program, in the order in which they are linted
 */
export function measure(
  load: Load,
  createProgram: () => ts.Program,
  files: readonly string[],
): Run {
  globalThis.gc?.();
  const program = createProgram();
  const config: Linter.Config = {
    files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
    ...configs[load],
    languageOptions: { parser, parserOptions: { programs: [program] } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
  };
  const linter = new Linter({ cwd: path.parse(files[0] ?? "/").root });
  const startOfCpu = process.cpuUsage();
  const start = performance.now();
  let heap = 0;
  let findings = 0;
  for (const file of files) {
    const text = program.getSourceFile(file)?.text;
    if (text === undefined) continue;
    findings += linter.verify(text, config, { filename: file }).length;
    heap = Math.max(heap, process.memoryUsage().heapUsed);
  }
  const { user, system } = process.cpuUsage(startOfCpu);
  return { cpu: (user + system) / 1000, wall: performance.now() - start, heap, findings };
}

/**
 * Runs the loads in turn, each round in another order, so that what the machine does meanwhile falls
 * on all of them.
 *
 * @returns the middle run of each load
 */
export function measureAll(
  wanted: readonly Load[],
  rounds: number,
  createProgram: () => ts.Program,
  files: readonly string[],
  say: (line: string) => void,
): ReadonlyMap<Load, Run> {
  const runs = new Map<Load, Run[]>(wanted.map((load) => [load, []]));
  // The first run of a process compiles what all others use.
  measure(wanted.at(-1) ?? "parse", createProgram, files.slice(0, warmUpFiles));
  for (let round = 0; round < rounds; round++) {
    for (let at = 0; at < wanted.length; at++) {
      const load = wanted[(at + round) % wanted.length] ?? "parse";
      const run = measure(load, createProgram, files);
      runs.get(load)?.push(run);
      say(`round ${String(round + 1)}, ${load}: ${(run.cpu / 1000).toFixed(2)} s`);
    }
  }
  return new Map([...runs].map(([load, all]) => [load, medianOf(all)]));
}

const warmUpFiles = 40;

function medianOf(runs: readonly Run[]): Run {
  const middle = (key: keyof Run): number => {
    const sorted = runs.map((run) => run[key]).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return {
    cpu: middle("cpu"),
    wall: middle("wall"),
    heap: middle("heap"),
    findings: middle("findings"),
  };
}
