/**
 * Applies rewrites to the programs of the rule tests and compares the verdicts: the same rules must
 * report the same acquisitions, however the program is spelled.
 */
import type { Linter } from "eslint";
import ts from "typescript";
import plugin from "../../src/index.ts";
import { rules } from "../../src/rules/index.ts";
import { ManyPrograms } from "../support/many-programs.ts";
import type { RuleCase } from "../support/rule-cases.ts";
import { allRewrites } from "./all-rewrites.ts";
import { Rendered, type Range, type Rewritten } from "./edits.ts";
import { Program } from "./program.ts";

/** Files of one TypeScript program: more take memory, fewer take time. */
const batchSize = 200;

type Strictness = "recommended" | "strict";

/** A report, by what it is about in the program as it was. */
interface Verdict {
  readonly rule: string;
  readonly strictness: Strictness;
  /** Lines of the program as it was, from the first to the last that it may be about. */
  readonly first: number;
  readonly last: number;
  readonly message: string;
}

interface Applied {
  readonly of: RuleCase;
  readonly rewrite: string;
  readonly expected: readonly Verdict[];
  readonly main: Rendered;
  readonly second: Rendered | undefined;
  readonly name: string;
}

/** A verdict that depends on the spelling. */
export interface Changed {
  readonly of: RuleCase;
  readonly rewrite: string;
  /** In what the verdicts differ, in words. */
  readonly differences: readonly string[];
  readonly code: string;
}

/** What became of the programs of one rewrite. */
export class Count {
  programs = 0;
  applied = 0;
  uncompiled = 0;
  kept = 0;
  changed = 0;
}

export interface Outcome {
  readonly counts: ReadonlyMap<string, Count>;
  readonly changed: readonly Changed[];
}

export interface Sampling {
  /** Draws the programs, and the places to which a rewrite applies in one of them. */
  readonly seed: number;
  /** Of all programs. */
  readonly share: number;
  /** So many places at most for each rewrite of a program. */
  readonly places: number;
  /** Which part of the programs, from 1, of how many. */
  readonly shard: readonly [number, number];
}

export function keepVerdicts(cases: readonly RuleCase[], sampling: Sampling): Outcome {
  const { seed, share, shard } = sampling;
  const counts = new Map(Object.keys(allRewrites).map((name) => [name, new Count()]));
  const changed: Changed[] = [];
  // Each program is drawn by its own name: a new one does not change the others.
  const drawn = cases
    .filter(({ name }) => randomFrom(`${seed} ${name}`)() < share)
    .filter((_, index) => index % shard[1] === shard[0] - 1);
  for (const batch of batches(drawn)) {
    for (const some of batches(rewritten(batch, sampling, counts)))
      changed.push(...compared(some, counts));
  }
  return { counts, changed };
}

function batches<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / batchSize) }, (_, at) =>
    all.slice(at * batchSize, (at + 1) * batchSize),
  );
}

/** The programs that come out of some cases, with the verdicts that they should have. */
function rewritten(
  cases: readonly RuleCase[],
  { seed, places }: Sampling,
  counts: ReadonlyMap<string, Count>,
): readonly Applied[] {
  const programs = new ManyPrograms(
    new Map(cases.map(({ code }, index) => [`case-${index}.ts`, code])),
  );
  const checker = programs.program.getTypeChecker();
  return cases.flatMap((of, index) => {
    const program = new Program(programs.source(`case-${index}.ts`), checker);
    const chosen = Object.entries(allRewrites).flatMap(([rewrite, apply]) => {
      const all = apply(program);
      if (all.length > 0) counts.get(rewrite)!.programs += 1;
      const random = randomFrom(`${seed} ${rewrite} ${of.name}`);
      return shuffled(all, random)
        .slice(0, places)
        .map((one) => ({ rewrite, one }));
    });
    if (chosen.length === 0) return [];
    const whole = Rendered.main(of.code, [], "");
    const expected = verdictsOf(of, [[whole, `case-${index}.ts`]], programs);
    return chosen.map(({ rewrite, one }, number) => {
      const name = `rewritten-${index}-${number}`;
      return { of, rewrite, expected, name, ...rendered(of, one, name) };
    });
  });
}

function rendered({ code }: RuleCase, { edits, second }: Rewritten, name: string) {
  const specifier = `./${name}-second.js`;
  return {
    main: Rendered.main(code, edits, specifier),
    second: second && Rendered.other(code, second, specifier),
  };
}

function compared(all: readonly Applied[], counts: ReadonlyMap<string, Count>): readonly Changed[] {
  const programs = new ManyPrograms(
    new Map(all.flatMap((one) => partsOf(one).map(([{ text }, name]) => [name, text] as const))),
  );
  return all.flatMap((one) => {
    const count = counts.get(one.rewrite)!;
    count.applied += 1;
    const parts = partsOf(one);
    if (parts.some(([, name]) => programs.complaints(name).length > 0)) {
      count.uncompiled += 1;
      return [];
    }
    const differences = differencesOf(one.expected, verdictsOf(one.of, parts, programs));
    if (differences.length === 0) {
      count.kept += 1;
      return [];
    }
    count.changed += 1;
    const code = parts.map(([{ text }]) => text).join("\n// the second file\n");
    return [{ of: one.of, rewrite: one.rewrite, differences, code }];
  });
}

function partsOf({ main, second, name }: Applied): readonly (readonly [Rendered, string])[] {
  return second === undefined
    ? [[main, `${name}.ts`]]
    : [
        [main, `${name}.ts`],
        [second, `${name}-second.ts`],
      ];
}

function verdictsOf(
  of: RuleCase,
  parts: readonly (readonly [Rendered, string])[],
  programs: ManyPrograms,
): readonly Verdict[] {
  const lines = ts.createSourceFile("case.ts", of.code, ts.ScriptTarget.Latest).getLineStarts();
  const lineOf = (position: number): number =>
    lines.findLastIndex((start) => start <= position) + 1;
  return strictnessesFor(of).flatMap((strictness) =>
    parts.flatMap(([rendered, name]) => {
      const starts = programs.source(name).getLineStarts();
      return programs
        .lint(name, rulesFor(of, strictness))
        .map(({ ruleId, line, column, message }) => {
          const origin: Range = rendered.originOf(starts[line - 1]! + column - 1);
          return {
            rule: ruleId ?? "no rule",
            strictness,
            first: lineOf(origin.from),
            last: lineOf(origin.to),
            message,
          };
        });
    }),
  );
}

/** What strict options say of a program that need only be silent under the others is left open. */
function strictnessesFor({ bucket }: RuleCase): readonly Strictness[] {
  return bucket === "quiet" ? ["recommended"] : ["recommended", "strict"];
}

function rulesFor({ rule }: RuleCase, strictness: Strictness): Linter.RulesRecord {
  return Object.fromEntries(
    Object.entries(rules)
      // That something can be written shorter depends on how it is written.
      .filter(([name]) => name !== "prefer-using" || rule === name)
      .map(([name, { meta }]) => [
        `${plugin.meta.namespace}/${name}`,
        ["error", ...(strictness === "strict" ? (meta.docs?.strictOptions ?? []) : [])],
      ]),
  );
}

function differencesOf(expected: readonly Verdict[], found: readonly Verdict[]): readonly string[] {
  const left = [...found];
  const missing = expected.filter((one) => {
    const at = left.findIndex(
      ({ rule, strictness, first, last }) =>
        rule === one.rule &&
        strictness === one.strictness &&
        first <= one.first &&
        one.first <= last,
    );
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
  return [
    ...missing.map((one) => `missing ${shown(one)}`),
    ...left.map((one) => `new ${shown(one)}`),
  ];
}

function shown({ rule, strictness, first, last, message }: Verdict): string {
  const lines = first === last ? `line ${first}` : `lines ${first} to ${last}`;
  return `(${strictness}) ${lines}, ${rule}: ${message}`;
}

/** Numbers from 0 to 1, the same ones for the same text. */
function randomFrom(text: string): () => number {
  let state = 7;
  for (let at = 0; at < text.length; at++)
    state = (Math.imul(state, 31) + text.charCodeAt(at)) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  return values
    .map((value) => ({ value, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}
