/**
 * Compares the engine with what the interpreter saw, over many programs at once.
 */
import fc from "fast-check";
import type ts from "typescript";
import { compile, type Engine, judged } from "./engine.ts";
import { execute, type Strength, strengths, type Truth } from "./interpreter.ts";
import { type Program, spell } from "./language.ts";
import { programs } from "./programs.ts";

export interface Case {
  readonly program: Program;
  readonly text: string;
  readonly truth: Truth;
}

export interface Sample {
  readonly cases: readonly Case[];
  readonly compiled: { readonly program: ts.Program; readonly files: readonly ts.SourceFile[] };
}

export interface Disagreement {
  readonly site: string;
  readonly text: string;
  readonly verdict: Strength | undefined;
  readonly least: Strength | undefined;
  readonly most: Strength | undefined;
}

const mostPaths = 4000;

/** Programs that acquire something and have few enough paths to walk all of them. */
export function drawSample(seed: number, count: number): Sample {
  const cases = fc.sample(programs, { seed, numRuns: count }).flatMap((one) => caseOf(one) ?? []);
  return { cases, compiled: compile(cases.map((one) => one.text)) };
}

function caseOf(program: Program): Case | undefined {
  const truth = execute(program, mostPaths);
  if (truth === undefined || truth.least.size === 0) return undefined;
  return { program, text: spell(program), truth };
}

/** Where the verdict of the engine lies outside of what is true; one by one, so that a caller may stop. */
export function* disagreements(
  engine: Engine,
  { cases, compiled }: Sample,
): Generator<Disagreement> {
  for (const [at, { text, truth }] of cases.entries()) {
    const verdicts = judged(engine, compiled.files[at]!, compiled.program);
    for (const [site, least] of truth.least) {
      const verdict = verdicts.get(site);
      const most = truth.most.get(site);
      if (rank(least) <= rank(verdict) && rank(verdict) <= rank(most)) continue;
      yield { site, text, verdict, least, most };
    }
  }
}

/** The smallest program like the first one of the sample about which they disagree. */
export function smallestDisagreement(
  engine: Engine,
  seed: number,
  count: number,
  known: Disagreement,
): Disagreement {
  let smallest = known;
  const agrees = (program: Program): boolean => {
    const one = caseOf(program);
    if (one === undefined) return true;
    // Everything before the known one agreed: that need not be asked again.
    if (smallest === known && one.text !== known.text && !seen) return true;
    seen = true;
    const sample = { cases: [one], compiled: compile([one.text]) };
    const [found] = disagreements(engine, sample);
    if (found !== undefined) smallest = found;
    return found === undefined;
  };
  let seen = false;
  const limit = { interruptAfterTimeLimit: 60_000 };
  fc.check(fc.property(programs, agrees), { seed, numRuns: count, ...limit });
  return smallest;
}

export function describe({ site, text, verdict, least, most }: Disagreement): string {
  const expected = least === most ? (least ?? "fine") : `${least ?? "fine"} to ${most ?? "fine"}`;
  return `${site}: the engine says ${verdict ?? "fine"}, the interpreter ${expected}\n${text}`;
}

function rank(strength: Strength | undefined): number {
  return strength === undefined ? -1 : strengths.indexOf(strength);
}
