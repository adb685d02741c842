import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin from "eslint-plugin-resource-hygiene";
import path from "node:path";
import ts from "typescript";
import type { Project } from "../projects.ts";
import type { ExistingRelease } from "./releases.ts";

export type ConfigName = "recommended" | "strict";

/** By config: the rules that report something once a release is gone, and did not report it before. */
export type Noticed = Readonly<Record<ConfigName, readonly string[]>>;

/** A project that is linted as it is, and without one of its releases. */
export class LintedProject {
  readonly program: ts.Program;
  private readonly project: Project;
  private readonly linters: Readonly<Record<ConfigName, Linter>>;
  private readonly before = new Map<string, readonly string[]>();

  constructor(project: Project, program: ts.Program) {
    this.project = project;
    this.program = program;
    const cwd = path.parse(project.configFile).root;
    this.linters = { recommended: new Linter({ cwd }), strict: new Linter({ cwd }) };
  }

  /** Takes the release out, and asks who notices. */
  noticed(release: ExistingRelease): Noticed {
    const source = this.program.getSourceFile(release.file);
    if (source === undefined) throw new Error(`${release.file} is not in the program`);
    const text = without(source.text, release);
    const changed = ts.createSourceFile(source.fileName, text, source.languageVersion, true);
    const program = this.programWith(changed);
    const by = (config: ConfigName): readonly string[] => {
      const before = this.findingsBefore(config, source);
      return this.lint(config, changed, program)
        .filter((finding) => !before.includes(finding))
        .map(ruleOf);
    };
    return { recommended: by("recommended"), strict: by("strict") };
  }

  private findingsBefore(config: ConfigName, source: ts.SourceFile): readonly string[] {
    const key = `${config} ${source.fileName}`;
    let found = this.before.get(key);
    if (found === undefined) {
      found = this.lint(config, source, this.program);
      this.before.set(key, found);
    }
    return found;
  }

  private programWith(changed: ts.SourceFile): ts.Program {
    const { options, fileNames } = this.project;
    const host = ts.createCompilerHost(options, true);
    const { program } = this;
    return ts.createProgram(fileNames, options, {
      ...host,
      getSourceFile: (name, ...rest) =>
        name === changed.fileName
          ? changed
          : (program.getSourceFile(name) ?? host.getSourceFile(name, ...rest)),
    });
  }

  /** Rule, line and message of each finding in a file. */
  private lint(
    config: ConfigName,
    { fileName, text }: ts.SourceFile,
    program: ts.Program,
  ): string[] {
    return this.linters[config]
      .verify(
        text,
        {
          files: ["**/*.{ts,tsx,mts,cts}"],
          plugins: { [plugin.meta.namespace]: plugin },
          rules: plugin.configs[config].rules,
          languageOptions: { parser, parserOptions: { programs: [program] } },
          linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
        },
        { filename: fileName },
      )
      .map(({ ruleId, line, message }) => `${ruleId ?? "parser"} ${String(line)} ${message}`);
  }
}

function ruleOf(finding: string): string {
  return finding.slice(0, finding.indexOf(" "));
}

/** What stood on the lines stays where it was: the release becomes blanks. */
function without(text: string, { start, end }: ExistingRelease): string {
  // What is left of `{ signal, other }` must parse.
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  const isStatement = text[end - 1] === ";" || /[\n;}]/.test(text[start - 1] ?? "\n");
  const last = isStatement ? end : end + comma;
  const blanks = text.slice(start, last).replaceAll(/[^\n]/g, " ");
  return text.slice(0, start) + blanks + text.slice(last);
}
