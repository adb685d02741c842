/**
 * The way in for tasks that run in the background: timers that arm themselves again, endless loops, and
 * intervals and scheduled jobs that nobody can stop, or that start too late to be stopped. Computed once per program and catalog.
 */
import type ts from "typescript";
import { analyseClasses, type Engine, engineOf } from "../../ownership/analyse-file.ts";
import type { CatalogIndex } from "../../resources/catalog-index.ts";
import { endlessLoops } from "./endless-loops.ts";
import { forgottenJobs } from "./forgotten-jobs.ts";
import { lateStarts } from "./late-starts.ts";
import { unstoppableTimers } from "./rescheduled-timers.ts";
import type { TaskFinding } from "./task-finding.ts";
import { endOfOwner } from "./task-owners.ts";
import { TimerPromises } from "../races/timer-promises.ts";

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
      ...[...forgottenJobs(file, engine), ...lateStarts(file, engine)].filter(
        ({ site }) => !fields.has(site),
      ),
    ].sort((a, b) => a.site.pos - b.site.pos);
    files.set(file, found);
  }
  return found;
}
