/**
 * The ownership analysis of one file, shared by all rules: every obligation in it with its verdict.
 */
import type ts from "typescript";
import type { CatalogIndex } from "../resources/catalog-index.ts";
import type { ResourceKind } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import { type ReportingRule, reportingRule } from "../resources/reporting-rule.ts";
import { classFindings, type FieldFinding } from "./class-obligations.ts";
import { Environment, type UnknownCallee } from "./environment.ts";
import { callsIn } from "./calls-in.ts";
import { type Acquired, acquisitionsAt } from "./find-acquisitions.ts";
import { judge, type Verdict } from "./judge.ts";
import { type OwnedParameter, ownedParametersOf } from "./owned-parameters.ts";
import type { Strength } from "./obligation-state.ts";
import { Summaries } from "./summaries.ts";
import { trackObligation } from "./track-obligation.ts";
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

/** What an analysis rests on besides the program: equal options share one analysis. */
export interface AnalysisOptions {
  /** What the plugin and the settings of the file know of resources. */
  readonly catalog: CatalogIndex;
  readonly unknownCallee: UnknownCallee;
}

/** What an analysis of obligations rests on besides. */
export interface ObligationOptions extends AnalysisOptions {
  /** Leaks that are less sure need not be found. */
  readonly limit: Strength;
}

/** Every fault of a class in a file with the fields it owns; computed once per program and options. */
export function analyseClasses(
  file: ts.SourceFile,
  program: ts.Program,
  options: AnalysisOptions,
): readonly FieldFinding[] {
  const analysis = analysisOf(program, options);
  let findings = analysis.classes.get(file);
  if (findings === undefined) {
    findings = classFindings(file, analysis.environment, analysis.summaries);
    analysis.classes.set(file, findings);
  }
  return findings;
}

/** Told which line (1-based) a piece of the analysis is about, so that a crash can be placed. */
export type WorkPlace = <T>(line: number, work: () => T) => T;

/** What answers questions about ownership in one program, everything it found out remembered. */
export interface Engine {
  readonly environment: Environment;
  readonly summaries: Summaries;
}

interface ProgramAnalysis extends Engine {
  readonly files: Map<Strength, WeakMap<ts.SourceFile, readonly Obligation[]>>;
  readonly classes: WeakMap<ts.SourceFile, readonly FieldFinding[]>;
}

type ByOptions = Map<CatalogIndex, Map<UnknownCallee, ProgramAnalysis>>;
const programs = new WeakMap<ts.Program, ByOptions>();

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
  const analysis = analysisOf(program, options);
  const { limit } = options;
  const files = analysis.files.get(limit) ?? new WeakMap<ts.SourceFile, readonly Obligation[]>();
  analysis.files.set(limit, files);
  let obligations = files.get(file);
  if (obligations === undefined) {
    obligations = findObligations(file, analysis, limit, during);
    files.set(file, obligations);
  }
  return obligations;
}

/** The engine of a program, for analyses that follow obligations of their own. */
export function engineOf(program: ts.Program, options: AnalysisOptions): Engine {
  return analysisOf(program, options);
}

function analysisOf(
  program: ts.Program,
  { catalog, unknownCallee }: AnalysisOptions,
): ProgramAnalysis {
  const byCatalog =
    programs.get(program) ?? new Map<CatalogIndex, Map<UnknownCallee, ProgramAnalysis>>();
  programs.set(program, byCatalog);
  const byOption = byCatalog.get(catalog) ?? new Map<UnknownCallee, ProgramAnalysis>();
  byCatalog.set(catalog, byOption);
  let analysis = byOption.get(unknownCallee);
  if (analysis === undefined) {
    const environment = new Environment(program, catalog, unknownCallee);
    analysis = {
      environment,
      summaries: new Summaries(environment),
      files: new Map(),
      classes: new WeakMap(),
    };
    byOption.set(unknownCallee, analysis);
  }
  return analysis;
}

function findObligations(
  file: ts.SourceFile,
  { environment, summaries }: ProgramAnalysis,
  limit: Strength,
  during: WorkPlace,
): readonly Obligation[] {
  const lineOf = (site: ts.Node): number =>
    file.getLineAndCharacterOfPosition(site.getStart(file)).line + 1;
  const judged = (acquired: Acquired | OwnedParameter): Obligation => {
    const outcome = trackObligation(acquired, environment, summaries);
    return {
      site: acquired.site,
      kind: acquired.kind,
      rule: reportingRule({ wrong: "duty", kind: acquired.kind, keptIn: "function" }),
      unit: acquired.graph.unit,
      verdict: judge(acquired, outcome),
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
  const given = during(1, () => ownedParametersOf(file, environment)).map((one) =>
    during(lineOf(one.site), () => judged(one)),
  );
  return given.length === 0 ? made : [...made, ...given].sort((a, b) => a.site.pos - b.site.pos);
}
