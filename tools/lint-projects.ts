import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import plugin from "eslint-plugin-resource-hygiene";
import path from "node:path";
import { count } from "./count.ts";
import { createProjectProgram, lintableFiles, unresolvedImports } from "./projects.ts";
import type { Project } from "./projects.ts";

const sourceFiles = ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"];

export type ConfigName = keyof typeof plugin.configs;

export interface Outcome {
  /** The findings as ESLint's default formatter prints them. */
  readonly report: string;
  readonly findings: number;
  readonly files: number;
  /** How many imports lead nowhere, by module specifier. */
  readonly unresolved: ReadonlyMap<string, number>;
  /** One text for each file on which a rule threw. */
  readonly crashes: readonly string[];
}

/**
 * Lints projects one after the other, each file once, with nothing but this plugin.
 *
 * The ESLint config of the project is not asked. Its disable comments are honoured.
 *
 * @param say told how far the run is, a line now and then
 */
export async function lintProjects(
  projects: readonly Project[],
  configName: ConfigName,
  say: (line: string) => void,
): Promise<Outcome> {
  const results: ESLint.LintResult[] = [];
  const unresolved = new Map<string, number>();
  const crashes: string[] = [];
  const seen = new Set<string>();
  for (const project of projects) {
    const files = lintableFiles(project).filter((file) => !seen.has(file));
    say(`${project.configFile}: ${count(files.length, "file")}`);
    // One program at a time, so that memory is that of the largest project, not of all.
    const program = createProjectProgram(project);
    const eslint = new ESLint({
      cwd: commonFolder([project.configFile, ...files]),
      overrideConfigFile: true,
      overrideConfig: [
        { ...plugin.configs[configName], files: sourceFiles },
        {
          files: sourceFiles,
          languageOptions: { parser, parserOptions: { programs: [program] } },
          linterOptions: { reportUnusedDisableDirectives: "off", reportUnusedInlineConfigs: "off" },
        },
      ],
    });
    let spoke = performance.now();
    for (const [index, file] of files.entries()) {
      const sourceFile = program.getSourceFile(file);
      // ESLint never looks into node_modules, whatever the tsconfig includes.
      if (sourceFile === undefined || (await eslint.isPathIgnored(file))) continue;
      seen.add(file);
      for (const specifier of unresolvedImports(program, sourceFile)) {
        unresolved.set(specifier, (unresolved.get(specifier) ?? 0) + 1);
      }
      try {
        const [result] = await eslint.lintText(sourceFile.text, { filePath: file });
        if (result !== undefined) results.push(...ownFindings(result));
      } catch (error) {
        // The run goes on, to say all there is to say; the caller fails in the end.
        crashes.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
      if (performance.now() - spoke > 2000) {
        spoke = performance.now();
        say(`linted ${index + 1} of ${count(files.length, "file")}`);
      }
    }
  }
  const formatter = await new ESLint({ overrideConfigFile: true }).loadFormatter("stylish");
  return {
    report: await formatter.format(results),
    findings: results.reduce((sum, { messages }) => sum + messages.length, 0),
    files: seen.size,
    unresolved,
    crashes,
  };
}

/** Without the complaints of `eslint` comments that are about other rules. */
function ownFindings(result: ESLint.LintResult): ESLint.LintResult[] {
  const messages = result.messages.filter(
    ({ ruleId, fatal }) =>
      fatal === true || ruleId?.startsWith(`${plugin.meta.namespace}/`) === true,
  );
  if (messages.length === 0) return [];
  return [{ ...result, messages, errorCount: messages.length, warningCount: 0 }];
}

/** The folder that holds all of these files: ESLint lints nothing outside its working directory. */
function commonFolder([first = "", ...others]: readonly string[]): string {
  let folder = path.dirname(first);
  for (const other of others) {
    while (path.relative(folder, other).startsWith("..")) folder = path.dirname(folder);
  }
  return folder;
}
