/** Tricky correct code: it compiles, and no rule at its strictest says a word. */
import { ESLint, type Linter } from "eslint";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";
import { allRules, enabledRules } from "./support/all-rules.ts";

const repository = path.resolve(import.meta.dirname, "..");
const validCode = path.join(import.meta.dirname, "valid-code");

function ownRules({ rules = {} }: Linter.Config): Linter.RulesRecord {
  const own = Object.entries(rules).filter(([name]) =>
    name.startsWith(`${plugin.meta.namespace}/`),
  );
  return Object.fromEntries(own) as Linter.RulesRecord;
}

/** Every message as one line: `file:line rule message`. */
async function lint(root: string, pattern: string): Promise<{ files: number; messages: string[] }> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [
      ...allRules(root),
      // A matter of taste: code that releases in `finally` is as correct.
      { rules: { "resource-hygiene/prefer-using": "off" } },
    ],
    allowInlineConfig: false,
  });
  const results = await eslint.lintFiles([pattern]);
  return {
    files: results.length,
    messages: results.flatMap(({ filePath, messages }) =>
      messages.map(
        ({ line, ruleId, message }) =>
          `${path.relative(root, filePath)}:${String(line)} ${ruleId ?? "parser"} ${message}`,
      ),
    ),
  };
}

function typeErrors(tsconfig: string): string[] {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic(diagnostic) {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
    },
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(tsconfig, undefined, host);
  if (parsed === undefined) throw new Error(`${tsconfig} cannot be read`);
  const program = ts.createProgram(parsed.fileNames, parsed.options);
  return [...parsed.errors, ...ts.getPreEmitDiagnostics(program)].map(
    ({ file, start = 0, messageText }) => {
      const place =
        file && `${file.fileName}:${String(file.getLineAndCharacterOfPosition(start).line + 1)} `;
      return `${place ?? ""}${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    },
  );
}

describe("valid code", () => {
  it("type-checks", { timeout: 60_000 }, () => {
    expect(typeErrors(path.join(validCode, "tsconfig.json"))).toEqual([]);
  });

  it("is linted with every rule of the plugin", () => {
    expect(enabledRules(allRules(validCode))).toEqual(Object.keys(plugin.rules).sort());
  });

  it("is silent under all rules", { timeout: 60_000 }, async () => {
    const { files, messages } = await lint(validCode, "*.ts");
    expect(messages).toEqual([]);
    expect(files).toBeGreaterThanOrEqual(10);
  });

  it("includes the plugin's own source, which the linter of the project checks", async () => {
    const eslint = new ESLint({ cwd: repository });
    const configs = ["index.ts", "rules/create-rule.ts", "typescript/types.ts"].map(
      async (file) =>
        (await eslint.calculateConfigForFile(path.join(repository, "src", file))) as Linter.Config,
    );
    for (const config of await Promise.all(configs)) {
      expect(enabledRules([{ rules: ownRules(config) }])).toEqual(Object.keys(plugin.rules).sort());
      expect(config.linterOptions?.noInlineConfig).toBe(true);
    }
  });
});
