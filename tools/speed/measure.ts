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

/** What a load cost. */
export interface Cost {
  /** Processor time of the linting, in milliseconds: other work on the machine counts little. */
  readonly cpu: number;
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

/** A load over a program of its own: the checker remembers what it was asked. */
class LoadedProgram {
  private readonly program: ts.Program;
  private readonly config: Linter.Config;
  private readonly linter: Linter;

  constructor(load: Load, program: ts.Program) {
    this.program = program;
    this.config = {
      files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
      ...configs[load],
      languageOptions: { parser, parserOptions: { programs: [program] } },
      linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
    };
    this.linter = new Linter({ cwd: path.parse(program.getRootFileNames()[0] ?? "/").root });
  }

  lint(file: string): Cost {
    const text = this.program.getSourceFile(file)?.text;
    if (text === undefined) return { cpu: 0, findings: 0 };
    const start = process.cpuUsage();
    const { length } = this.linter.verify(text, this.config, { filename: file });
    const { user, system } = process.cpuUsage(start);
    return { cpu: (user + system) / 1000, findings: length };
  }
}

/** Milliseconds by the clock that a load takes to lint one file of a program. */
export function timeOf(load: Load, program: ts.Program, file: string): number {
  const loaded = new LoadedProgram(load, program);
  const start = performance.now();
  loaded.lint(file);
  return performance.now() - start;
}

/**
 * Lints each file with every load in turn, each load over a program of its own, so that what the
 * machine does meanwhile falls on all of them alike. Which load goes first changes from file to file.
 *
 * @param createProgram makes a program that nobody has asked anything before
 * @param files of the program, in the order in which they are linted
 * @returns the cost of each load: for each file that of the middle round
 */
export function measureAll(
  wanted: readonly Load[],
  rounds: number,
  createProgram: () => ts.Program,
  files: readonly string[],
  say: (line: string) => void,
): ReadonlyMap<Load, Cost> {
  // The first files of a process pay for compiling what all others use.
  costsOfRound(wanted, createProgram, files.slice(0, warmUpFiles), 0);
  const all: ReadonlyMap<Load, readonly Cost[]>[] = [];
  for (let round = 0; round < rounds; round++) {
    const costs = costsOfRound(wanted, createProgram, files, round);
    all.push(costs);
    const shown = wanted.map(
      (load) => `${load} ${(sumOf(costs.get(load)).cpu / 1000).toFixed(2)} s`,
    );
    say(`round ${String(round + 1)}: ${shown.join(", ")}`);
  }
  return new Map(
    wanted.map((load) => [
      load,
      sumOf(files.map((_, at) => middle(all.flatMap((costs) => costs.get(load)?.[at] ?? [])))),
    ]),
  );
}

const warmUpFiles = 40;

/** The cost of each file, by load. */
function costsOfRound(
  wanted: readonly Load[],
  createProgram: () => ts.Program,
  files: readonly string[],
  round: number,
): ReadonlyMap<Load, readonly Cost[]> {
  const programs = wanted.map((load) => new LoadedProgram(load, createProgram()));
  const costs = new Map<Load, Cost[]>(wanted.map((load) => [load, []]));
  globalThis.gc?.();
  for (const [at, file] of files.entries()) {
    for (let turn = 0; turn < wanted.length; turn++) {
      const place = (at + turn + round) % wanted.length;
      const cost = programs[place]?.lint(file);
      const load = wanted[place];
      if (load !== undefined && cost !== undefined) costs.get(load)?.push(cost);
    }
  }
  return costs;
}

function middle(costs: readonly Cost[]): Cost {
  const sorted = [...costs].sort((a, b) => a.cpu - b.cpu);
  return sorted[Math.floor(sorted.length / 2)] ?? { cpu: Number.NaN, findings: 0 };
}

function sumOf(costs: readonly Cost[] = []): Cost {
  return {
    cpu: costs.reduce((sum, { cpu }) => sum + cpu, 0),
    findings: costs.reduce((sum, { findings }) => sum + findings, 0),
  };
}

/** The largest heap seen between two files, in bytes, the program included; of a run by itself. */
export function heapOf(
  load: Load,
  createProgram: () => ts.Program,
  files: readonly string[],
): number {
  globalThis.gc?.();
  const loaded = new LoadedProgram(load, createProgram());
  let heap = 0;
  for (const [at, file] of files.entries()) {
    loaded.lint(file);
    // What nobody holds any more does not count.
    if (at % filesPerCollection === 0 || at === files.length - 1) globalThis.gc?.();
    else continue;
    heap = Math.max(heap, process.memoryUsage().heapUsed);
  }
  return heap;
}

const filesPerCollection = 20;
