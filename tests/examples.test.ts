import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import { defineConfig } from "eslint/config";
import ts from "typescript";
import plugin from "../src/index.ts";

const examples = path.resolve(import.meta.dirname, "../examples");

const relative = (file: string): string => path.relative(examples, file).replaceAll(path.sep, "/");

/** Every package that the programs use is there, those that were added since the last installation too. */
function isInstalled(): boolean {
  const manifest = readFileSync(path.join(examples, "package.json"), "utf8");
  const { dependencies, devDependencies } = JSON.parse(manifest) as Record<string, object>;
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) =>
    existsSync(path.join(examples, "node_modules", name)),
  );
}

interface Report {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

const shown = (reports: readonly Report[]): string[] =>
  [...new Set(reports.map(({ file, line, rule }) => `${file}:${line} ${rule}`))].sort();

/** The program that `examples/tsconfig.json` describes. */
function exampleProgram(): ts.Program {
  const { config } = ts.readConfigFile(path.join(examples, "tsconfig.json"), (file) =>
    ts.sys.readFile(file),
  ) as { config: unknown };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, examples);
  return ts.createProgram(fileNames, options);
}

const exampleFiles = (): string[] => exampleProgram().getRootFileNames().map(relative);

/** What `// expect: rule, rule` at the end of a line asks for. */
function marks(file: string): Report[] {
  const lines = readFileSync(path.join(examples, file), "utf8").split("\n");
  return lines.flatMap((text, index) =>
    (/\/\/ expect: (.+)$/.exec(text)?.[1]?.split(", ") ?? []).map((rule) => ({
      file,
      line: index + 1,
      rule,
    })),
  );
}

async function findings(): Promise<Report[]> {
  const eslint = new ESLint({
    cwd: examples,
    overrideConfigFile: true,
    overrideConfig: defineConfig(plugin.configs.recommended, {
      files: ["**/*.ts"],
      languageOptions: {
        parser,
        parserOptions: { projectService: true, tsconfigRootDir: examples },
      },
    }),
  });
  const prefix = `${plugin.meta.namespace}/`;
  const results = await eslint.lintFiles(["**/*.ts"]);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => ({
      file: relative(filePath),
      line,
      rule: ruleId?.startsWith(prefix) === true ? ruleId.slice(prefix.length) : message,
    })),
  );
}

describe("examples", () => {
  let missing: string | undefined;

  beforeAll(() => {
    if (isInstalled()) return;
    try {
      execFileSync(
        "npm",
        ["ci", "--prefix", examples, "--ignore-scripts", "--no-audit", "--no-fund"],
        { stdio: "pipe", timeout: 110_000, shell: process.platform === "win32" },
      );
    } catch (error) {
      missing = `examples/node_modules is missing and could not be installed: ${String(error)}`;
    }
  }, 120_000);

  beforeEach(({ skip }) => {
    if (missing !== undefined) skip(missing);
  });

  it("compile against the real packages", { timeout: 60_000 }, () => {
    const diagnostics = ts.getPreEmitDiagnostics(exampleProgram());
    expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
  });

  it("are marked in every leaking version and in no fixed one", () => {
    const files = exampleFiles();
    const programs = [...new Set(files.map((file) => path.dirname(file)))].sort();
    const marked = new Set(files.flatMap(marks).map(({ file }) => path.dirname(file)));
    expect(programs.filter((program) => marked.has(program))).toEqual(
      programs.filter((program) => program.endsWith("/leaking")),
    );
  });

  it("report exactly the marked lines", { timeout: 60_000 }, async () => {
    const files = exampleFiles();
    const expected = files.flatMap(marks).filter(({ rule }) => Object.hasOwn(plugin.rules, rule));
    expect(expected).not.toEqual([]);
    expect(shown(await findings())).toEqual(shown(expected));
  });
});
