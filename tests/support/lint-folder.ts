/** Lints the files of a folder that has its own tsconfig, and compares with what their comments expect. */
import { readFileSync } from "node:fs";
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import { defineConfig } from "eslint/config";
import plugin from "../../src/index.ts";

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

/** An ESLint whose type information is that of the folder's own tsconfig. */
export function eslintFor(folder: string): ESLint {
  return new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: defineConfig({
      files: ["**/*.ts"],
      plugins: { [namespace]: plugin },
      rules: everyRule,
      languageOptions: {
        parser,
        parserOptions: { projectService: true, tsconfigRootDir: folder },
      },
    }),
  });
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
