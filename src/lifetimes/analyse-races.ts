/**
 * Races against time in one file, for the rules: timers that stay armed. Computed once per program
 * and catalog.
 */
import type ts from "typescript";
import { type Engine, engineOf } from "../ownership/analyse-file.ts";
import type { CatalogIndex } from "../resources/catalog-index.ts";
import { type DanglingTimer, danglingTimers } from "./guard-timers.ts";
import { Races } from "./races.ts";

interface RaceAnalysis {
  readonly engine: Engine;
  readonly races: Races;
  readonly timers: WeakMap<ts.SourceFile, readonly DanglingTimer[]>;
}

const programs = new WeakMap<ts.Program, WeakMap<CatalogIndex, RaceAnalysis>>();

function analysisOf(program: ts.Program, catalog: CatalogIndex): RaceAnalysis {
  const byCatalog = programs.get(program) ?? new WeakMap<CatalogIndex, RaceAnalysis>();
  programs.set(program, byCatalog);
  let analysis = byCatalog.get(catalog);
  if (analysis === undefined) {
    const engine = engineOf(program, { catalog, unknownCallee: "owns" });
    analysis = { engine, races: new Races(engine.environment), timers: new WeakMap() };
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
