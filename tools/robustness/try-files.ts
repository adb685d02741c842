import parser from "@typescript-eslint/parser";
import { type ESLint, Linter } from "eslint";
import plugin from "eslint-plugin-resource-hygiene";
import path from "node:path";
import ts from "typescript";

/** How many files share a program: global declarations of very many would all run into each other. */
export const batchSize = 400;

/** What became of one file. */
export interface Tried {
  readonly file: string;
  readonly lines: number;
  readonly functions: number;
  /** Processor time. */
  readonly milliseconds: number;
  /** The parser makes no tree of it, or ESLint cannot walk the tree, so that no rule sees it. */
  readonly refused: boolean;
  /** What a rule threw. */
  readonly crash: string | undefined;
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  jsx: ts.JsxEmit.Preserve,
  allowJs: true,
  checkJs: true,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  experimentalDecorators: false,
  types: [],
};

/** What can be planted: what finds no fault must be able to find one. */
const faults = ["none", "crash", "slowness"] as const;
export type Fault = (typeof faults)[number];

export function isFault(text: string): text is Fault {
  return faults.some((one) => one === text);
}

const planted: ESLint.Plugin = {
  rules: {
    none: { create: () => ({}) },
    crash: {
      create: () => ({
        ":function"() {
          throw new Error("a planted crash");
        },
      }),
    },
    slowness: {
      create: () => ({
        "FunctionDeclaration[id.name='plantedSlowness']"() {
          const start = process.cpuUsage();
          while (millisecondsSince(start) < plantedMilliseconds);
        },
      }),
    },
  },
};

const plantedMilliseconds = 1500;

/** Processor time: other work on the machine counts little. */
function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/**
 * Lints files with all rules as one program of JavaScript and TypeScript, errors and all.
 *
 * @param plant the fault that one more rule has
 */
export function tryFiles(files: readonly string[], plant: Fault): readonly Tried[] {
  const program = createProgramOf([warmUp, ...files]);
  const config: Linter.Config = {
    files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
    plugins: { [plugin.meta.namespace]: plugin, planted },
    rules: { ...plugin.configs.all.rules, [`planted/${plant}`]: "error" },
    languageOptions: { parser, parserOptions: { programs: [program], allowInvalidAST: true } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
  };
  const linter = new Linter({ cwd: path.parse(files[0] ?? "/").root });
  const sources = files.flatMap((file) => program.getSourceFile(file) ?? []);
  // The first file pays for what the checker prepares for all of them.
  for (const source of program.getSourceFiles())
    if (source.fileName === warmUp) tryFile(source, linter, config);
  return sources.map((source) => tryFile(source, linter, config));
}

const warmUp = "/warm-up.ts";
const warmUpText = `
export class Warm { readonly up = new Map<string, Promise<number[]>>(); }
export async function warm({ up }: Warm): Promise<void> {
  for (const [key, value] of up) console.log(key, (await value).map((one) => one + 1));
}`;

function createProgramOf(files: readonly string[]): ts.Program {
  const host = ts.createCompilerHost(options, true);
  return ts.createProgram(files, options, {
    ...host,
    fileExists: (name) => name === warmUp || host.fileExists(name),
    getSourceFile: (name, target, ...rest) =>
      name === warmUp
        ? ts.createSourceFile(name, warmUpText, target, true)
        : host.getSourceFile(name, target, ...rest),
  });
}

function tryFile(source: ts.SourceFile, linter: Linter, config: Linter.Config): Tried {
  const { fileName: file, text } = source;
  const start = process.cpuUsage();
  let refused = false;
  let crash: string | undefined;
  try {
    refused = linter.verify(text, config, { filename: file }).some(({ fatal }) => fatal);
  } catch (error) {
    refused = crashesWithoutRules(text, file, linter, config);
    if (!refused) crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  return {
    file,
    lines: source.getLineStarts().length,
    functions: functionsIn(source),
    milliseconds: millisecondsSince(start),
    refused,
    crash,
  };
}

/** ESLint itself stumbles over some trees that no grammar allows. */
function crashesWithoutRules(
  text: string,
  filename: string,
  linter: Linter,
  config: Linter.Config,
): boolean {
  try {
    linter.verify(text, { ...config, rules: {} }, { filename });
    return false;
  } catch {
    return true;
  }
}

function functionsIn(node: ts.Node): number {
  let found = ts.isFunctionLike(node) && "body" in node && node.body !== undefined ? 1 : 0;
  ts.forEachChild(node, (child) => {
    found += functionsIn(child);
  });
  return found;
}
