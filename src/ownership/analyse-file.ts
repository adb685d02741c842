/**
 * The ownership analysis of one file, shared by all rules: every obligation in it with its verdict.
 */
import ts from "typescript";
import type { ResourceKind } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import { type ReportingRule, reportingRule } from "../resources/reporting-rule.ts";
import { isInTest } from "../resources/test-functions.ts";
import { classFindings, type FieldFinding } from "./class-obligations.ts";
import { callsIn } from "./calls-in.ts";
import type { Environment } from "./environment.ts";
import {
  engineOf,
  oncePerEngine,
  oncePerFile,
  type AnalysisOptions,
  type Engine,
  type FileAnalysis,
} from "./engine.ts";
import { type Acquired, acquisitionsAt } from "./find-acquisitions.ts";
import { judge, type Verdict } from "./judge.ts";
import { followed } from "./lent-to-unknown.ts";
import { ModuleVariables } from "./module-variables.ts";
import { type OwnedParameter, ownedParametersOf } from "./owned-parameters.ts";
import { atLeast, type Strength } from "./obligation-state.ts";
import { isWeakAtBest } from "./weak-evidence.ts";

export interface Obligation {
  /** The acquiring call, or the parameter that a function owns. */
  readonly site: CallLike | ts.ParameterDeclaration;
  readonly kind: ResourceKind;
  readonly rule: ReportingRule;
  /** The function whose exits were looked at. */
  readonly unit: ts.Node;
  readonly verdict: Verdict;
  /** How it ends on the paths that end it: bits of {@link Ended}. */
  readonly ended: number;
}

/** What an analysis of obligations rests on besides. */
export interface ObligationOptions extends AnalysisOptions {
  /** Leaks that are less sure need not be found. */
  readonly limit: Strength;
}

/** Every fault of a class in a file with the fields it owns; computed once per program and options. */
export const analyseClasses: FileAnalysis<FieldFinding> = oncePerFile(
  (file, { environment, summaries }) => classFindings(file, environment, summaries),
);

/** Told which line (1-based) a piece of the analysis is about, so that a crash can be placed. */
export type WorkPlace = <T>(line: number, work: () => T) => T;

const obligationsOf = oncePerEngine(
  () => new Map<Strength, WeakMap<ts.SourceFile, readonly Obligation[]>>(),
);

/**
 * The obligations in a file, in source order; computed once per program and options. Those that no
 * leak as sure as asked can come of may be left out.
 */
export function analyseFile(
  file: ts.SourceFile,
  program: ts.Program,
  options: ObligationOptions,
  during: WorkPlace = (_line, work) => work(),
): readonly Obligation[] {
  const engine = engineOf(program, options);
  const { limit } = options;
  const byLimit = obligationsOf(engine);
  const files = byLimit.get(limit) ?? new WeakMap<ts.SourceFile, readonly Obligation[]>();
  byLimit.set(limit, files);
  let obligations = files.get(file);
  if (obligations === undefined) {
    obligations = findObligations(file, engine, limit, during);
    files.set(file, obligations);
  }
  return obligations;
}

/** A test that throws has failed, and what it leaves open is the least of its worries. */
function inTests(
  verdict: Verdict,
  { site }: Acquired | OwnedParameter,
  { types }: Environment,
): Verdict {
  return verdict.leaks && verdict.how === "throw" && isInTest(site, types)
    ? { ...verdict, strength: "possible" }
    : verdict;
}

/** Of two verdicts the first, unless the other is surer. */
function surer(one: Verdict, other: Verdict): Verdict {
  if (!other.leaks) return one;
  return one.leaks && atLeast(one.strength, other.strength) ? one : other;
}

/** A later call of the function that fills a variable of the module loses what is there. */
function lostByModule(acquired: Acquired | OwnedParameter, variables: ModuleVariables): Verdict {
  const strength = ts.isParameter(acquired.site)
    ? undefined
    : variables.overwrites(acquired as Acquired);
  return strength === undefined
    ? { leaks: false }
    : { leaks: true, how: "overwritten", strength, at: [acquired.graph.unit] };
}

function findObligations(
  file: ts.SourceFile,
  { environment, summaries }: Engine,
  limit: Strength,
  during: WorkPlace,
): readonly Obligation[] {
  const lineOf = (site: ts.Node): number =>
    file.getLineAndCharacterOfPosition(site.getStart(file)).line + 1;
  const variables = new ModuleVariables(file, environment, summaries);
  const judged = (acquired: Acquired | OwnedParameter): Obligation => {
    const outcome = followed(acquired, environment, summaries);
    const verdict = inTests(judge(acquired, outcome), acquired, environment);
    return {
      site: acquired.site,
      kind: acquired.kind,
      rule: reportingRule({ wrong: "duty", kind: acquired.kind, keptIn: "function" }),
      unit: acquired.graph.unit,
      verdict: surer(verdict, lostByModule(acquired, variables)),
      ended: outcome.atEnd.ended | outcome.atThrow.ended | outcome.atAbandon.ended,
    };
  };
  const made = callsIn(file).flatMap((site) =>
    during(lineOf(site), () =>
      limit !== "possible" && isWeakAtBest(site, environment)
        ? []
        : acquisitionsAt(site, environment, summaries).map(judged),
    ),
  );
  const given = during(1, () => ownedParametersOf(file, environment, summaries)).map((one) =>
    during(lineOf(one.site), () => judged(one)),
  );
  return given.length === 0 ? made : [...made, ...given].sort((a, b) => a.site.pos - b.site.pos);
}
