/**
 * The way in for tasks that run in the background: timers that arm themselves again, endless loops, and
 * intervals whose handle nobody uses. Computed once per program and catalog.
 */
import ts from "typescript";
import { analyseClasses, type Engine, engineOf } from "../ownership/analyse-file.ts";
import { valueOf } from "../flow/graph.ts";
import { callsIn } from "../ownership/calls-in.ts";
import type { Environment } from "../ownership/environment.ts";
import { codeAround } from "../ownership/find-acquisitions.ts";
import type { CatalogIndex } from "../resources/catalog-index.ts";
import { endlessLoops } from "./endless-loops.ts";
import { unstoppableTimers } from "./rescheduled-timers.ts";
import { strengthFor, type TaskFinding } from "./task-finding.ts";
import { endOfOwner, type OwnerEnd } from "./task-owners.ts";
import { placeOfTimer } from "./timer-places.ts";
import { TimerPromises } from "./timer-promises.ts";
import { contains, functionAround } from "./values.ts";

interface TaskAnalysis {
  readonly engine: Engine;
  readonly timers: TimerPromises;
  readonly files: WeakMap<ts.SourceFile, readonly TaskFinding[]>;
}

const programs = new WeakMap<ts.Program, WeakMap<CatalogIndex, TaskAnalysis>>();

function analysisOf(program: ts.Program, catalog: CatalogIndex): TaskAnalysis {
  const byCatalog = programs.get(program) ?? new WeakMap<CatalogIndex, TaskAnalysis>();
  programs.set(program, byCatalog);
  let analysis = byCatalog.get(catalog);
  if (analysis === undefined) {
    const engine = engineOf(program, { catalog, unknownCallee: "owns" });
    const timers = new TimerPromises(engine.environment);
    analysis = { engine, timers, files: new WeakMap() };
    byCatalog.set(catalog, analysis);
  }
  return analysis;
}

/** Whoever starts a task at a place ends before the process does. */
export function isStartedByOwnerThatEnds(
  site: ts.Node,
  program: ts.Program,
  catalog: CatalogIndex,
): boolean {
  return endOfOwner(site, analysisOf(program, catalog).engine.environment) !== undefined;
}

/** Every background task of a file that cannot be stopped, in source order. */
export function backgroundTasks(
  file: ts.SourceFile,
  program: ts.Program,
  catalog: CatalogIndex,
): readonly TaskFinding[] {
  const { engine, timers, files } = analysisOf(program, catalog);
  let found = files.get(file);
  if (found === undefined) {
    const fields = new Set<ts.Node>(
      analyseClasses(file, program, { catalog, unknownCallee: "owns" }).map(({ node }) => node),
    );
    found = [
      ...unstoppableTimers(file, engine),
      ...endlessLoops(file, engine, timers),
      ...forgottenIntervals(file, engine).filter(({ site }) => !fields.has(site)),
    ].sort((a, b) => a.site.pos - b.site.pos);
    files.set(file, found);
  }
  return found;
}

/** Intervals whose handle is kept by a variable from outside of the function, and used by nobody. */
function forgottenIntervals(file: ts.SourceFile, { environment }: Engine): readonly TaskFinding[] {
  return callsIn(file).flatMap((call) => {
    if (!ts.isCallExpression(call)) return [];
    const isInterval = environment.recogniser
      .acquisitions(call)
      .some((one) => one.freshness !== "body" && one.kind.id === "node.timers.interval");
    if (!isInterval) return [];
    const place = placeOfTimer(call, environment);
    if (place.is !== "kept" || place.stops.length > 0) return [];
    const unit = codeAround(call, environment);
    // What one function has, and what a class has, is followed as an obligation.
    if (unit === undefined || contains(unit, place.declaration)) return [];
    if (!ts.isVariableDeclaration(place.declaration)) return [];
    const end = endOfOwner(call, environment) ?? siblingOf(place.declaration, environment);
    const fault = { how: "no-stop" } as const;
    const strength = strengthFor(end);
    return [
      { site: call, task: "interval", fault, end, strength, rule: "no-unstoppable-task" } as const,
    ];
  });
}

/** Another interval that a variable beside it keeps is cleared. */
function siblingOf(declaration: ts.Declaration, environment: Environment): OwnerEnd | undefined {
  const scope = functionAround(declaration);
  const stop = callsIn(scope).find((call): call is ts.CallExpression => {
    if (!ts.isCallExpression(call) || environment.recogniser.calleeName(call) !== "clearInterval")
      return false;
    const handle = call.arguments[0] && valueOf(call.arguments[0]);
    if (handle === undefined || !ts.isIdentifier(handle)) return false;
    const kept = environment.resolve(handle)?.valueDeclaration;
    return (
      kept !== undefined &&
      kept !== declaration &&
      ts.isVariableDeclaration(kept) &&
      functionAround(kept) === scope &&
      functionAround(call) !== scope
    );
  });
  return stop && { is: "sibling", stop };
}
