/**
 * One report per obligation: of all that the analyses find about one acquisition, one finding is
 * reported, the surest; among equally sure ones, that of the rule that comes first.
 *
 * Which rules are switched on does not matter here, so that switching one off moves its reports to
 * no other rule.
 */
import type ts from "typescript";
import {
  analyseClasses,
  obligationsAt,
  type ObligationOptions,
} from "../ownership/analyse-file.ts";
import { atLeast, type Strength } from "../ownership/obligation-state.ts";
import type { CatalogIndex } from "../resources/catalog-index.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { reportingRule, reportingRules, type ReportingRule } from "../resources/reporting-rule.ts";
import { analyseCaches } from "./caches/analyse-caches.ts";
import { analyseConnections } from "./connections/analyse-connections.ts";
import { analysePendingRequests } from "./connections/pending-requests.ts";
import { analyseSubscriptions } from "./connections/upstream-subscriptions.ts";
import { analyseListeners } from "./listeners/analyse-listeners.ts";
import { analysePayloads } from "./payloads/analyse-payloads.ts";
import { operationsLeftRunning } from "./races/analyse-races.ts";
import type { CacheFinding } from "./caches/cache-finding.ts";
import { analyseGrowth } from "./collections/growing-collections.ts";

/** What a rule found about one obligation. */
export interface Finding {
  /** Where the obligation starts. */
  readonly site: ts.Node;
  /** Absent: the finding is about whatever is acquired there. */
  readonly kind?: ResourceKind;
  readonly rule: ReportingRule;
  readonly strength: Strength;
}

type FindingsOf = (
  file: ts.SourceFile,
  program: ts.Program,
  options: ObligationOptions,
) => readonly Finding[];

/**
 * Every analysis that may find something about an acquisition that another one finds as well, beside
 * that of the obligations of functions.
 */
const analyses: readonly FindingsOf[] = [
  (file, program, options) =>
    analyseClasses(file, program, options).map((one) => ({ ...one, site: one.node })),
  (file, program, options) => analyseCaches(file, program, options).flatMap(ofCache),
  analyseListeners,
  analyseConnections,
  analysePendingRequests,
  analyseSubscriptions,
  (file, program, options) =>
    operationsLeftRunning(file, program, options).map(({ site }) => ({
      site,
      rule: reportingRule({ wrong: "racing-operation" }),
      strength: "sure",
    })),
  (file, program, { catalog, unknownCallee }) =>
    analysePayloads(file, program, { catalog, unknownCallee })
      // Of views only those hear who asked for them.
      .filter(({ fault }) => fault !== "view"),
  (file, program, options) =>
    analyseGrowth(file, program, options).flatMap((one) =>
      one.adds.map(({ node }) => ({ site: node, rule: one.rule, strength: one.strength })),
    ),
];

/** What a cache drops is what was acquired for it. */
export function ofCache({ sites, held, isPartial }: CacheFinding): readonly Finding[] {
  const { kind } = held;
  const rule = reportingRule({ wrong: "duty", kind, keptIn: "cache" });
  const strength: Strength = isPartial ? "possible" : "sure";
  return sites.map((site) => ({ site, kind, rule, strength }));
}

type BySite = ReadonlyMap<ts.Node, readonly Finding[]>;
type ByFile = WeakMap<ts.SourceFile, BySite>;
const programs = new WeakMap<ts.Program, WeakMap<CatalogIndex, ByFile>>();

/**
 * Whether a finding is the one to report of its obligation.
 *
 * @param finding of any analysis, under whatever options of its rule
 * @param catalog the one under which it was found
 */
export function isAssigned(
  finding: Finding,
  file: ts.SourceFile,
  program: ts.Program,
  catalog: CatalogIndex,
): boolean {
  // What is less sure is no rival, so it need not be looked for.
  const limit = finding.strength === "possible" ? "possible" : "likely";
  const options: ObligationOptions = { catalog, unknownCallee: "owns", limit };
  const isBeaten = (rival: Finding): boolean =>
    isAboutSame(rival, finding) && goesBefore(rival, finding);
  if (findingsBySite(file, program, options).get(finding.site)?.some(isBeaten) === true)
    return false;
  return !mayOblige(finding) || !leaksAt(finding.site, program, options).some(isBeaten);
}

/** Not one of the obligations of functions itself, whose rule would be the same. */
function mayOblige({ kind, rule }: Finding): boolean {
  return kind === undefined || rule !== reportingRule({ wrong: "duty", kind, keptIn: "function" });
}

/** The obligations of functions that are not met: judged one by one, since each is dear. */
function leaksAt(
  site: ts.Node,
  program: ts.Program,
  options: ObligationOptions,
): readonly Finding[] {
  return obligationsAt(site, program, options).flatMap(({ verdict, ...one }) =>
    verdict.leaks ? [{ ...one, strength: verdict.strength }] : [],
  );
}

function findingsBySite(
  file: ts.SourceFile,
  program: ts.Program,
  options: ObligationOptions,
): BySite {
  const byCatalog = programs.get(program) ?? new WeakMap<CatalogIndex, ByFile>();
  programs.set(program, byCatalog);
  const files: ByFile = byCatalog.get(options.catalog) ?? new WeakMap();
  byCatalog.set(options.catalog, files);
  let bySite = files.get(file);
  if (bySite === undefined) {
    const found = new Map<ts.Node, Finding[]>();
    for (const finding of analyses.flatMap((findingsOf) => findingsOf(file, program, options)))
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
