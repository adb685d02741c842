/**
 * What the engine says of the acquisitions of many programs: one TypeScript program for all of them.
 */
import ts from "typescript";
import type { Obligation, ObligationOptions } from "../../src/ownership/analyse-file.ts";
import { builtInCatalog } from "../../src/resources/effective-catalog.ts";
import type { Leaks, Strength } from "./interpreter.ts";

/** The way in of the engine, or of a changed copy of it. */
export interface Engine {
  analyseFile(
    file: ts.SourceFile,
    program: ts.Program,
    options: ObligationOptions,
  ): readonly Obligation[];
}

const strict: ObligationOptions = {
  catalog: builtInCatalog,
  unknownCallee: "borrows",
  limit: "possible",
};

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  lib: ["lib.esnext.d.ts"],
  module: ts.ModuleKind.NodeNext,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ["node"],
};

const folder = import.meta.dirname.replaceAll("\\", "/");
const onDisk = new Map<string, ts.SourceFile | undefined>();

/** A TypeScript program with one file for each text, in their order. */
export function compile(texts: readonly string[]): {
  readonly program: ts.Program;
  readonly files: readonly ts.SourceFile[];
} {
  const host = ts.createCompilerHost(options, true);
  const sources = new Map(texts.map((text, at) => [`${folder}/generated-${at}.ts`, text]));
  const program = ts.createProgram([...sources.keys()], options, {
    ...host,
    fileExists: (name) => sources.has(name) || host.fileExists(name),
    readFile: (name) => sources.get(name) ?? host.readFile(name),
    getSourceFile(name, target, ...rest) {
      const text = sources.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, target, true);
      if (!onDisk.has(name)) onDisk.set(name, host.getSourceFile(name, target, ...rest));
      return onDisk.get(name);
    },
  });
  return { program, files: [...sources.keys()].map((name) => program.getSourceFile(name)!) };
}

/** The verdict on each acquisition, by the name that the program gave it. */
export function judged(engine: Engine, file: ts.SourceFile, program: ts.Program): Leaks {
  const verdicts = new Map<string, Strength | undefined>();
  for (const { site, verdict } of engine.analyseFile(file, program, strict)) {
    const [name] = (ts.isParameter(site) ? [] : site.arguments) ?? [];
    if (name === undefined || !ts.isStringLiteral(name)) continue;
    verdicts.set(name.text, verdict.leaks ? verdict.strength : undefined);
  }
  return verdicts;
}
