/**
 * One engine for each program, catalog and set of options, and what is computed once for each of them.
 */
import type ts from "typescript";
import type { CatalogIndex } from "../resources/catalog-index.ts";
import { Environment, type UnknownCallee } from "./environment.ts";
import { Summaries } from "./summaries.ts";

/** What an analysis rests on besides the program: equal options share one analysis. */
export interface AnalysisOptions {
  /** What the plugin and the settings of the file know of resources. */
  readonly catalog: CatalogIndex;
  readonly unknownCallee: UnknownCallee;
}

/** What answers questions about ownership in one program, everything it found out remembered. */
export interface Engine {
  readonly program: ts.Program;
  readonly options: AnalysisOptions;
  readonly environment: Environment;
  readonly summaries: Summaries;
}

type ByOptions = Map<CatalogIndex, Map<UnknownCallee, Engine>>;
const programs = new WeakMap<ts.Program, ByOptions>();

/** The engine of a program: the same one whenever it is asked for with equal options. */
export function engineOf(program: ts.Program, options: AnalysisOptions): Engine {
  const { catalog, unknownCallee } = options;
  const byCatalog: ByOptions =
    programs.get(program) ?? new Map<CatalogIndex, Map<UnknownCallee, Engine>>();
  programs.set(program, byCatalog);
  const byOption = byCatalog.get(catalog) ?? new Map<UnknownCallee, Engine>();
  byCatalog.set(catalog, byOption);
  let engine = byOption.get(unknownCallee);
  if (engine === undefined) {
    const [sibling] = byOption.values();
    const environment = new Environment(program, catalog, unknownCallee, sibling?.environment);
    engine = {
      program,
      options: { catalog, unknownCallee },
      environment,
      summaries: new Summaries(environment),
    };
    byOption.set(unknownCallee, engine);
  }
  return engine;
}

/** A part of an engine that only some analyses need: made when it is first asked for. */
export function oncePerEngine<Part extends object>(
  make: (engine: Engine) => Part,
): (engine: Engine) => Part {
  const parts = new WeakMap<Engine, Part>();
  return (engine) => {
    let part = parts.get(engine);
    if (part === undefined) {
      part = make(engine);
      parts.set(engine, part);
    }
    return part;
  };
}

/** What an analysis finds in a file: computed once for each program and options, however many rules ask. */
export type FileAnalysis<Found> = (
  file: ts.SourceFile,
  program: ts.Program,
  options: AnalysisOptions,
) => readonly Found[];

/** An analysis that remembers what it found in a file. */
export function oncePerFile<Found>(
  find: (file: ts.SourceFile, engine: Engine) => readonly Found[],
): FileAnalysis<Found> {
  const filesOf = oncePerEngine(() => new WeakMap<ts.SourceFile, readonly Found[]>());
  return (file, program, options) => {
    const engine = engineOf(program, options);
    const files = filesOf(engine);
    let found = files.get(file);
    if (found === undefined) {
      found = find(file, engine);
      files.set(file, found);
    }
    return found;
  };
}
