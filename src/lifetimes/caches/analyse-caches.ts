/**
 * What the caches of a file drop unreleased: those of the catalog, and those made by hand.
 */
import type ts from "typescript";
import { type AnalysisOptions, engineOf } from "../../ownership/analyse-file.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import { CacheRecogniser } from "../../resources/recognise-cache.ts";
import { CacheAnalysis } from "./cache-faults.ts";
import type { CacheFinding } from "./cache-finding.ts";
import { handMadeFindings } from "./hand-made.ts";

interface Analysis {
  readonly caches: CacheRecogniser;
  readonly files: WeakMap<ts.SourceFile, readonly CacheFinding[]>;
}

const analyses = new WeakMap<Environment, Analysis>();

/** Every fault of a cache in a file, in source order; computed once per program and options. */
export function analyseCaches(
  file: ts.SourceFile,
  program: ts.Program,
  options: AnalysisOptions,
): readonly CacheFinding[] {
  const { environment, summaries } = engineOf(program, options);
  let analysis = analyses.get(environment);
  if (analysis === undefined) {
    const caches = new CacheRecogniser(environment.types, options.catalog.caches);
    analysis = { caches, files: new WeakMap() };
    analyses.set(environment, analysis);
  }
  let findings = analysis.files.get(file);
  if (findings === undefined) {
    findings = findingsIn(file, environment, summaries, analysis.caches);
    analysis.files.set(file, findings);
  }
  return findings;
}

function findingsIn(
  file: ts.SourceFile,
  environment: Environment,
  summaries: Summaries,
  caches: CacheRecogniser,
): readonly CacheFinding[] {
  const known = callsIn(file).flatMap((call) => {
    const recognised = caches.cacheAt(call);
    if (recognised === undefined) return [];
    return new CacheAnalysis(recognised, environment, summaries, caches).finding() ?? [];
  });
  return [...known, ...handMadeFindings(file, environment, summaries)];
}
