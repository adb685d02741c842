/**
 * The messages that a file keeps after they were handled.
 */
import type ts from "typescript";
import { type AnalysisOptions, engineOf } from "../../ownership/analyse-file.ts";
import type { Environment } from "../../ownership/environment.ts";
import { retainedParts } from "./accumulators.ts";
import type { PayloadFinding } from "./payload-finding.ts";
import { pinningViews } from "./pinning-views.ts";
import { retainedSlots } from "./retained-slots.ts";

const analyses = new WeakMap<Environment, WeakMap<ts.SourceFile, readonly PayloadFinding[]>>();

/** Every message that a file keeps too long, in source order; computed once per program and options. */
export function analysePayloads(
  file: ts.SourceFile,
  program: ts.Program,
  options: AnalysisOptions,
): readonly PayloadFinding[] {
  const { environment, summaries } = engineOf(program, options);
  let files = analyses.get(environment);
  if (files === undefined) {
    files = new WeakMap();
    analyses.set(environment, files);
  }
  let findings = files.get(file);
  if (findings === undefined) {
    const kept = [
      ...retainedSlots(file, environment, summaries),
      ...retainedParts(file, environment, summaries),
    ];
    // What is not kept at all need not be copied.
    const views = pinningViews(file, environment).filter(
      ({ site }) => !kept.some((one) => one.site === site),
    );
    findings = [...kept, ...views].sort((a, b) => a.node.pos - b.node.pos);
    files.set(file, findings);
  }
  return findings;
}
