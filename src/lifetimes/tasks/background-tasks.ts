/**
 * The way in for tasks that run in the background: timers that arm themselves again, endless loops, and
 * intervals and scheduled jobs that nobody can stop, or that start too late to be stopped. Computed once per program and catalog.
 */
import type ts from "typescript";
import { analyseClasses } from "../../ownership/analyse-file.ts";
import {
  type AnalysisOptions,
  engineOf,
  type FileAnalysis,
  oncePerEngine,
  oncePerFile,
} from "../../ownership/engine.ts";
import { endlessLoops } from "./endless-loops.ts";
import { forgottenJobs } from "./forgotten-jobs.ts";
import { lateStarts } from "./late-starts.ts";
import { unstoppableTimers } from "./rescheduled-timers.ts";
import type { TaskFinding } from "./task-finding.ts";
import { endOfOwner } from "./task-owners.ts";
import { TimerPromises } from "../races/timer-promises.ts";

const timerPromisesOf = oncePerEngine(({ environment }) => new TimerPromises(environment));

/** Whoever starts a task at a place ends before the process does. */
export function isStartedByOwnerThatEnds(
  site: ts.Node,
  program: ts.Program,
  options: AnalysisOptions,
): boolean {
  return endOfOwner(site, engineOf(program, options).environment) !== undefined;
}

/** Every background task of a file that cannot be stopped, in source order. */
export const backgroundTasks: FileAnalysis<TaskFinding> = oncePerFile((file, engine) => {
  const fields = new Set<ts.Node>(
    analyseClasses(file, engine.program, engine.options).map(({ node }) => node),
  );
  return [
    ...unstoppableTimers(file, engine),
    ...endlessLoops(file, engine, timerPromisesOf(engine)),
    ...[...forgottenJobs(file, engine), ...lateStarts(file, engine)].filter(
      ({ site }) => !fields.has(site),
    ),
  ].sort((a, b) => a.site.pos - b.site.pos);
});
