/**
 * Races against time in one file, for the rules: timers that stay armed, and
 * operations that are not told that nobody waits for them any more. Computed once per program
 * and catalog.
 */
import type ts from "typescript";
import {
  type Engine,
  type FileAnalysis,
  oncePerEngine,
  oncePerFile,
} from "../../ownership/engine.ts";
import { type AbandonedOperation, abandonedIn } from "./abandoned-operations.ts";
import { controllersNeverAborted, controllersUnheard, signalsNotForwarded } from "./controllers.ts";
import { abandonedByLoops } from "./deadline-loops.ts";
import { type DanglingTimer, danglingTimers } from "./guard-timers.ts";
import { withWrappers } from "../../typescript/syntax.ts";
import { Races } from "./races.ts";

const racesOf = oncePerEngine(({ environment }) => new Races(environment));

/** Every timer of a file that guards something and stays armed. */
export const timersLeftArmed: FileAnalysis<DanglingTimer> = oncePerFile((file, engine) =>
  danglingTimers(file, engine, racesOf(engine)),
);

/** Every operation of a file that goes on when its time is up; one for each race. */
export const operationsLeftRunning: FileAnalysis<AbandonedOperation> = oncePerFile((file, engine) =>
  findOperations(file, racesOf(engine), engine),
);

function findOperations(
  file: ts.SourceFile,
  races: Races,
  engine: Engine,
): readonly AbandonedOperation[] {
  const raced = races.in(file).flatMap((race) => abandonedIn(race, engine) ?? []);
  const inRaces = new Set(
    raced.flatMap(({ fault }) =>
      fault.how === "signal-not-aborted" ? (fault.symbol.valueDeclaration ?? []) : [],
    ),
  );
  const controllers = controllersNeverAborted(file, engine).filter(
    ({ site }) => !inRaces.has(withWrappers(site).parent as ts.Declaration),
  );
  const sites = new Set(raced.map(({ site }) => site));
  const forwarding = signalsNotForwarded(file, engine).filter(({ site }) => !sites.has(site));
  return [
    ...raced,
    ...abandonedByLoops(file, races, engine),
    ...controllers,
    ...controllersUnheard(file, engine),
    ...forwarding,
  ].sort((a, b) => a.site.pos - b.site.pos);
}
