/**
 * The ownership analysis of one file, shared by all rules: every obligation in it with its verdict.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import type { ResourceKind, ResourcePlace } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import { type ReportingRule, reportingRule } from "../resources/reporting-rule.ts";
import { isInTest } from "../resources/test-functions.ts";
import { skipWrappers } from "../typescript/syntax.ts";
import { classFindings, type FieldFinding } from "./class-obligations.ts";
import { callsIn } from "./calls-in.ts";
import { type Environment, foundOnce } from "./environment.ts";
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
import { isLight } from "./light-leaks.ts";
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

const obligationsByFile = oncePerEngine(
  () => new Map<Strength, WeakMap<ts.SourceFile, readonly Obligation[]>>(),
);
const obligationsBySite = oncePerEngine(() => new WeakMap<CallLike, readonly Obligation[]>());

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
  const byLimit = obligationsByFile(engine);
  const files = byLimit.get(limit) ?? new WeakMap<ts.SourceFile, readonly Obligation[]>();
  byLimit.set(limit, files);
  let obligations = files.get(file);
  if (obligations === undefined) {
    obligations = findObligations(file, engine, limit, during);
    files.set(file, obligations);
  }
  return obligations;
}

function findObligations(
  file: ts.SourceFile,
  engine: Engine,
  limit: Strength,
  during: WorkPlace,
): readonly Obligation[] {
  const lineOf = (site: ts.Node): number =>
    file.getLineAndCharacterOfPosition(site.getStart(file)).line + 1;
  const made = callsIn(file).flatMap((site) =>
    during(lineOf(site), () => obligationsMadeAt(site, engine, limit)),
  );
  const { environment, summaries } = engine;
  const given = during(1, () => ownedParametersOf(file, environment, summaries)).map((one) =>
    during(lineOf(one.site), () => judged(one, engine)),
  );
  const apart = withoutLaterDuties(made, environment);
  return given.length === 0 ? apart : [...apart, ...given].sort((a, b) => a.site.pos - b.site.pos);
}

/**
 * `await buffer.mapAsync(mode)` adds a duty to what `createBuffer()` made. Who does not even release the
 * buffer is told once, at the buffer: releasing it does both duties.
 */
function withoutLaterDuties(
  obligations: readonly Obligation[],
  { resolve }: Environment,
): readonly Obligation[] {
  const leaking = obligations.filter(({ verdict }) => verdict.leaks);
  const isLater = ({ site, kind, verdict }: Obligation): boolean => {
    if (!verdict.leaks || !kind.acquire.some((one) => "at" in one && isReceiver(one.at)))
      return false;
    if (!ts.isCallExpression(site) || !ts.isPropertyAccessExpression(site.expression)) return false;
    const receiver = skipWrappers(site.expression.expression);
    const declaration = ts.isIdentifier(receiver) && resolve(receiver)?.valueDeclaration;
    if (!declaration || !ts.isVariableDeclaration(declaration)) return false;
    const { initializer } = declaration;
    return leaking.some(
      (one) =>
        initializer !== undefined &&
        valueOf(initializer) === one.site &&
        releasesAlso(one.kind, kind) &&
        one.verdict.leaks &&
        atLeast(one.verdict.strength, verdict.strength),
    );
  };
  return obligations.filter((one) => !isLater(one));
}

function isReceiver(place: ResourcePlace | readonly ResourcePlace[] | undefined): boolean {
  return place !== undefined && "receiver" in place;
}

/** A method that releases the one does what the other owes. */
function releasesAlso(one: ResourceKind, other: ResourceKind): boolean {
  return one.release.some(
    (release) =>
      "method" in release &&
      other.release.some((also) => "method" in also && also.method === release.method),
  );
}

/** Those of the obligations of a file that start at one node: the others need not be judged. */
export function obligationsAt(
  site: ts.Node,
  program: ts.Program,
  options: ObligationOptions,
): readonly Obligation[] {
  if (ts.isParameter(site))
    return analyseFile(site.getSourceFile(), program, options).filter((one) => one.site === site);
  const engine = engineOf(program, options);
  const found: Obligation[] = [];
  for (let node = site; !ts.isSourceFile(node); node = node.parent) {
    // A call around it may make many of what is made here: `paths.map((path) => open(path))`.
    if (ts.isCallExpression(node) || ts.isNewExpression(node))
      found.push(...obligationsMadeAt(node, engine, options.limit));
  }
  return found.filter((one) => one.site === site);
}

function obligationsMadeAt(site: CallLike, engine: Engine, limit: Strength): readonly Obligation[] {
  const { environment, summaries } = engine;
  if (limit !== "possible" && isWeakAtBest(site, environment)) return [];
  const bySite = obligationsBySite(engine);
  let obligations = bySite.get(site);
  if (obligations === undefined) {
    obligations = acquisitionsAt(site, environment, summaries).map((one) => judged(one, engine));
    bySite.set(site, obligations);
  }
  return obligations;
}

const variablesOf = oncePerEngine(({ environment, summaries }) =>
  foundOnce((file) => new ModuleVariables(file, environment, summaries)),
);

function judged(acquired: Acquired | OwnedParameter, engine: Engine): Obligation {
  const { environment, summaries } = engine;
  const outcome = followed(acquired, environment, summaries);
  const verdict = lightened(judge(acquired, outcome), acquired, environment);
  const variables = variablesOf(engine)(acquired.site.getSourceFile(), environment);
  return {
    site: acquired.site,
    kind: acquired.kind,
    rule: reportingRule({ wrong: "duty", kind: acquired.kind, keptIn: "function" }),
    unit: acquired.graph.unit,
    verdict: surer(verdict, lostByModule(acquired, variables)),
    ended: outcome.atEnd.ended | outcome.atThrow.ended | outcome.atAbandon.ended,
  };
}

/**
 * A leak that is hardly worth a word is merely possible: one that is light, and one of a test that
 * throws, which has failed, and what it leaves open is the least of its worries.
 */
function lightened(
  verdict: Verdict,
  { site, kind }: Acquired | OwnedParameter,
  { types, resolve }: Environment,
): Verdict {
  if (!verdict.leaks) return verdict;
  const isHardly =
    (verdict.how === "throw" && isInTest(site, types)) || isLight(site, kind, resolve);
  return isHardly ? { ...verdict, strength: "possible" } : verdict;
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
