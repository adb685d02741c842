/**
 * Races against time in one file, for the rules: timers that stay armed, and
 * operations that are not told that nobody waits for them any more. Computed once per program
 * and catalog.
 */
import type ts from "typescript";
import { type Engine, engineOf } from "../../ownership/analyse-file.ts";
import type { CatalogIndex } from "../../resources/catalog-index.ts";
import { type AbandonedOperation, abandonedIn } from "./abandoned-operations.ts";
import { controllersNeverAborted, signalsNotForwarded } from "./controllers.ts";
import { abandonedByLoops } from "./deadline-loops.ts";
import { type DanglingTimer, danglingTimers } from "./guard-timers.ts";
import { Races } from "./races.ts";

interface RaceAnalysis {
  readonly engine: Engine;
  readonly races: Races;
  readonly timers: WeakMap<ts.SourceFile, readonly DanglingTimer[]>;
  readonly operations: WeakMap<ts.SourceFile, readonly AbandonedOperation[]>;
}

const programs = new WeakMap<ts.Program, WeakMap<CatalogIndex, RaceAnalysis>>();

function analysisOf(program: ts.Program, catalog: CatalogIndex): RaceAnalysis {
  const byCatalog = programs.get(program) ?? new WeakMap<CatalogIndex, RaceAnalysis>();
  programs.set(program, byCatalog);
  let analysis = byCatalog.get(catalog);
  if (analysis === undefined) {
    const engine = engineOf(program, { catalog, unknownCallee: "owns" });
    analysis = {
      engine,
      races: new Races(engine.environment),
      timers: new WeakMap(),
      operations: new WeakMap(),
    };
    byCatalog.set(catalog, analysis);
  }
  return analysis;
}

/** Every timer of a file that guards something and stays armed. */
export function timersLeftArmed(
  file: ts.SourceFile,
  program: ts.Program,
  catalog: CatalogIndex,
): readonly DanglingTimer[] {
  const { engine, races, timers } = analysisOf(program, catalog);
  let found = timers.get(file);
  if (found === undefined) {
    found = danglingTimers(file, engine, races);
    timers.set(file, found);
  }
  return found;
}

/** Every operation of a file that goes on when its time is up; one for each race. */
export function operationsLeftRunning(
  file: ts.SourceFile,
  program: ts.Program,
  catalog: CatalogIndex,
): readonly AbandonedOperation[] {
  const { engine, races, operations } = analysisOf(program, catalog);
  let found = operations.get(file);
  if (found === undefined) {
    found = findOperations(file, races, engine);
    operations.set(file, found);
  }
  return found;
}

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
    ({ site }) => !inRaces.has(site.parent as ts.Declaration),
  );
  const sites = new Set(raced.map(({ site }) => site));
  const forwarding = signalsNotForwarded(file, engine).filter(({ site }) => !sites.has(site));
  return [...raced, ...abandonedByLoops(file, engine), ...controllers, ...forwarding].sort(
    (a, b) => a.site.pos - b.site.pos,
  );
}
