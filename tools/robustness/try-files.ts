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

/** Crashes on the first function: what finds no crash must be able to find one. */
const planted: ESLint.Plugin = {
  rules: {
    crash: {
      create: () => ({
        ":function"() {
          throw new Error("a planted crash");
        },
      }),
    },
  },
};

/**
 * Lints files with all rules as one program of JavaScript and TypeScript, errors and all.
 *
 * @param plant whether a rule that crashes runs as well
 */
export function tryFiles(files: readonly string[], plant: boolean): readonly Tried[] {
  const program = ts.createProgram(files, options);
  const config: Linter.Config = {
    files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
    plugins: { [plugin.meta.namespace]: plugin, planted },
    rules: { ...plugin.configs.all.rules, ...(plant && { "planted/crash": "error" }) },
    languageOptions: { parser, parserOptions: { programs: [program], allowInvalidAST: true } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
  };
  const linter = new Linter({ cwd: path.parse(files[0] ?? "/").root });
  const sources = files.flatMap((file) => program.getSourceFile(file) ?? []);
  const [first] = sources;
  // The first file pays for what the checker prepares for all of them.
  if (first !== undefined) tryFile(first, linter, config);
  return sources.map((source) => tryFile(source, linter, config));
}

function tryFile(source: ts.SourceFile, linter: Linter, config: Linter.Config): Tried {
  const { fileName: file, text } = source;
  const start = performance.now();
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
    milliseconds: performance.now() - start,
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
