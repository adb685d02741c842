import path from "node:path";
import ts from "typescript";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  lib: ["lib.esnext.d.ts"],
  module: ts.ModuleKind.NodeNext,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ["node"],
};

/** Where generated files seem to be: the types of Node are found from there. */
export const generatedFolder: string = path
  .resolve(import.meta.dirname, "../../generated")
  .replaceAll(path.sep, "/");

/** The declarations of the platform, parsed once for all programs: the checker's answers are not kept there. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/**
 * A program of files that exist nowhere.
 *
 * @param previous a program that had most of the same files, as an editor has one
 */
export function createGeneratedProgram(
  files: ReadonlyMap<string, string>,
  previous?: ts.Program,
): ts.Program {
  const texts = new Map([...files].map(([name, text]) => [`${generatedFolder}/${name}`, text]));
  const host = ts.createCompilerHost(options, true);
  return ts.createProgram(
    [...texts.keys()],
    options,
    {
      ...host,
      fileExists: (name) => texts.has(name) || host.fileExists(name),
      readFile: (name) => texts.get(name) ?? host.readFile(name),
      getSourceFile(name, target, ...rest) {
        const text = texts.get(name);
        if (text !== undefined) {
          const known = previous?.getSourceFile(name);
          return known?.text === text ? known : ts.createSourceFile(name, text, target, true);
        }
        if (!declarations.has(name))
          declarations.set(name, host.getSourceFile(name, target, ...rest));
        return declarations.get(name);
      },
    },
    previous,
  );
}
