/**
 * One report per obligation: of all that the analyses find about one acquisition, one finding is
 * reported, the surest; among equally sure ones, that of the rule that comes first.
 *
 * Which rules are switched on does not matter here, so that switching one off moves its reports to
 * no other rule.
 */
import type ts from "typescript";
import { analyseClasses, analyseFile } from "../ownership/analyse-file.ts";
import { atLeast, type Strength } from "../ownership/obligation-state.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { reportingRules, type ReportingRule } from "../resources/reporting-rule.ts";

/** What a rule found about one obligation. */
export interface Finding {
  /** Where the obligation starts. */
  readonly site: ts.Node;
  /** Absent: the finding is about whatever is acquired there. */
  readonly kind?: ResourceKind;
  readonly rule: ReportingRule;
  readonly strength: Strength;
}

type FindingsOf = (file: ts.SourceFile, program: ts.Program) => readonly Finding[];

/** Every analysis that may find something about an acquisition that another one finds as well. */
const analyses: readonly FindingsOf[] = [
  (file, program) =>
    analyseClasses(file, program, "owns").map((one) => ({ ...one, site: one.node })),
  (file, program) =>
    analyseFile(file, program, "owns").flatMap(({ verdict, ...one }) =>
      verdict.leaks ? [{ ...one, strength: verdict.strength }] : [],
    ),
];

type BySite = ReadonlyMap<ts.Node, readonly Finding[]>;
const programs = new WeakMap<ts.Program, WeakMap<ts.SourceFile, BySite>>();

/**
 * Whether a finding is the one to report of its obligation.
 *
 * @param finding of any analysis, under whatever options of its rule
 */
export function isAssigned(finding: Finding, file: ts.SourceFile, program: ts.Program): boolean {
  const rivals = findingsBySite(file, program).get(finding.site) ?? [];
  return !rivals.some((rival) => isAboutSame(rival, finding) && goesBefore(rival, finding));
}

function findingsBySite(file: ts.SourceFile, program: ts.Program): BySite {
  const files = programs.get(program) ?? new WeakMap<ts.SourceFile, BySite>();
  programs.set(program, files);
  let bySite = files.get(file);
  if (bySite === undefined) {
    const found = new Map<ts.Node, Finding[]>();
    for (const finding of analyses.flatMap((findingsOf) => findingsOf(file, program)))
      found.set(finding.site, [...(found.get(finding.site) ?? []), finding]);
    bySite = found;
    files.set(file, bySite);
  }
  return bySite;
}

function isAboutSame(a: Finding, b: Finding): boolean {
  return a.kind === undefined || b.kind === undefined || a.kind.id === b.kind.id;
}

function goesBefore(rival: Finding, finding: Finding): boolean {
  if (rival.rule === finding.rule || !atLeast(rival.strength, finding.strength)) return false;
  return (
    rival.strength !== finding.strength ||
    reportingRules.indexOf(rival.rule) < reportingRules.indexOf(finding.rule)
  );
}
