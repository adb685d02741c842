/** Suggestions for programs over the real packages, applied: they compile, and the finding is gone. */
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import ts from "typescript";
import plugin from "../../src/index.ts";
import type { RuleName } from "../../src/rules/names.ts";
import { missingPackages, packageProgram, rootOf } from "./packages.ts";

export interface PackageSuggestions {
  /** Programs with one finding, whose first suggestion is applied. */
  readonly programs: Readonly<Record<string, string>>;
  /** Programs whose finding comes without a suggestion. */
  readonly unsuggested?: Readonly<Record<string, string>>;
  /** What every suggestion says. */
  readonly words: string;
}

function lint(program: ts.Program, rule: RuleName, file: string, code: string) {
  const config: Linter.Config = {
    files: ["**/*.ts"],
    plugins: { [plugin.meta.namespace]: plugin },
    languageOptions: { parser, parserOptions: { programs: [program] } },
    rules: { [`${plugin.meta.namespace}/${rule}`]: "error" },
  };
  return new Linter({ configType: "flat", cwd: rootOf() }).verify(code, config, { filename: file });
}

function complaints(program: ts.Program, file: string): string[] {
  const source = program.getSourceFile(file);
  return [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const missing = missingPackages();

/** Registers the tests of one rule's suggestions; skipped where the packages are not installed. */
export function packageSuggestions(
  title: string,
  rule: RuleName,
  { programs, unsuggested = {}, words }: PackageSuggestions,
): void {
  describe.skipIf(missing !== undefined)(title, () => {
    const file = (name: string): string => `${rootOf()}/${rule}-${name.replaceAll(/\W+/g, "-")}.ts`;
    const all = { ...programs, ...unsuggested };
    let before: ts.Program;
    let after: ts.Program;
    const fixed = new Map<string, string>();
    const said: string[] = [];

    beforeAll(() => {
      before = packageProgram(
        Object.fromEntries(Object.entries(all).map(([name, code]) => [file(name), code])),
      );
      for (const [name, code] of Object.entries(programs)) {
        const [suggestion] = lint(before, rule, file(name), code)[0]?.suggestions ?? [];
        if (suggestion === undefined) continue;
        const { range, text } = suggestion.fix;
        said.push(suggestion.desc);
        fixed.set(file(name), code.slice(0, range[0]) + text + code.slice(range[1]));
      }
      after = packageProgram(Object.fromEntries(fixed));
    }, 120_000);

    it.each(Object.keys(programs))(
      "compiles and clears the finding: %s",
      { timeout: 60_000 },
      (name) => {
        const code = fixed.get(file(name));
        expect(code).toBeDefined();
        expect(complaints(after, file(name))).toEqual([]);
        expect(lint(after, rule, file(name), code!)).toEqual([]);
      },
    );

    if (Object.keys(unsuggested).length > 0) {
      it.each(Object.entries(unsuggested))(
        "is not offered for %s",
        { timeout: 60_000 },
        (name, code) => {
          const [message] = lint(before, rule, file(name), code);
          expect(message).toBeDefined();
          expect(message?.suggestions ?? []).toEqual([]);
        },
      );
    }

    it(`says: ${words}`, () => {
      expect(said.filter((one) => !one.includes(words))).toEqual([]);
      expect(said).not.toEqual([]);
    });
  });
}
