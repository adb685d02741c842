/** Lints the files of a folder that has its own tsconfig, and compares with what their comments expect. */
import { readFileSync } from "node:fs";
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import { defineConfig } from "eslint/config";
import ts from "typescript";
import plugin from "../../src/index.ts";
import { virtualHost } from "./virtual-host.ts";

const { namespace } = plugin.meta;

/**
 * Every rule that reports leaks, with its default options: what each says without being asked to be
 * strict. What is right already and could be written with `using` is another matter.
 */
const everyRule = Object.fromEntries(
  Object.keys(plugin.rules)
    .filter((rule) => rule !== "prefer-using")
    .map((rule) => [`${namespace}/${rule}`, "error" as const]),
);

/**
 * An ESLint whose type information is that of the folder's own tsconfig.
 *
 * @param program instead of the one that the parser makes
 */
export function eslintFor(folder: string, program?: ts.Program): ESLint {
  const typed = program === undefined ? { projectService: true } : { programs: [program] };
  return new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: defineConfig({
      files: ["**/*.ts"],
      plugins: { [namespace]: plugin },
      rules: everyRule,
      languageOptions: {
        parser,
        parserOptions: { ...typed, tsconfigRootDir: folder },
      },
    }),
  });
}

/** By folder: what is outside of it, parsed once for all its programs. */
const outside = new Map<string, Map<string, ts.SourceFile | undefined>>();

/** A program about which nothing is known yet: all files of the folder are parsed anew. */
export function freshProgram(folder: string, texts: ReadonlyMap<string, string>): ts.Program {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${folder}/tsconfig.json`, (file) => ts.sys.readFile(file)).config,
    ts.sys,
    folder,
  );
  const parsed = outside.get(folder) ?? new Map<string, ts.SourceFile | undefined>();
  outside.set(folder, parsed);
  return ts.createProgram(
    [...texts.keys()],
    options,
    virtualHost(options, { files: texts, parsed }),
  );
}

/** Each report as `file:line rule`; what is no rule of the plugin is shown with its message. */
export function shownReports(folder: string, results: readonly ESLint.LintResult[]): string[] {
  const lines = results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => {
      const rule = ruleId?.startsWith(`${namespace}/`) === true;
      const said = rule ? ruleId.slice(namespace.length + 1) : message;
      return `${relative(folder, filePath)}:${line} ${said}`;
    }),
  );
  return [...new Set(lines)].sort();
}

/** What `// expect: rule, rule` at the end of a line asks for, as {@link shownReports} shows it. */
export function marksOf(folder: string, file: string): string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((text, index) =>
    (/\/\/ expect: (.+)$/.exec(text)?.[1]?.split(", ") ?? [])
      // A rule that is not written yet has marks already.
      .filter((rule) => Object.hasOwn(plugin.rules, rule))
      .map((rule) => `${relative(folder, file)}:${index + 1} ${rule}`),
  );
}

function relative(folder: string, file: string): string {
  return path.relative(folder, file).replaceAll(path.sep, "/");
}
