/**
 * Situations with their verdict, each in several spellings, run through the rule tester.
 *
 * A spelling is a program. Every line that must be reported ends in `//! messageId` (several ids
 * separated by blanks when one line gets several reports). A program without such a mark must be
 * silent. `strict` programs are run twice: silent under the rule's recommended options and reported
 * as marked under the strict ones. Where a program must be reported, all rules together may give no
 * acquisition more than one report.
 */
import { RuleTester } from "@typescript-eslint/rule-tester";
import type { InvalidTestCase, ValidTestCase } from "@typescript-eslint/rule-tester";
import type { TSESLint } from "@typescript-eslint/utils";
import path from "node:path";
import { type AnyRule, rules } from "../../src/rules/index.ts";
import type { RuleName } from "../../src/rules/names.ts";
import { gather, isGathering } from "./gather.ts";
import { withAllRules } from "./one-report.ts";
import { fileFor, sharedParser } from "./shared-programs.ts";

export interface Situation {
  /** Programs with at least one `//! messageId` mark. */
  readonly leak?: Readonly<Record<string, string>>;
  /** Programs that every configuration leaves silent. */
  readonly fine?: Readonly<Record<string, string>>;
  /** Programs that only the strict options report, where marked. */
  readonly strict?: Readonly<Record<string, string>>;
  /** Programs whose verdict is known and not reached yet; the test fails once they pass. */
  readonly todo?: Readonly<Record<string, Unreached>>;
  /** Silent under the recommended options; strict may say what it likes. */
  readonly quiet?: Readonly<Record<string, string>>;
}

/** A program without a mark should be silent, and is not yet. */
interface Unreached {
  readonly code: string;
  readonly reason: string;
  /** The verdict is missed under the strict options. */
  readonly strict?: true;
}

const fixtures = path.resolve(import.meta.dirname, "../fixtures");

const unreachedMark = "todo: ";

// A case that is not reached yet must fail: one that passes is no exception any more.
RuleTester.it = (name: string, test: () => void) => {
  if (name.startsWith(unreachedMark)) it.fails(name, test);
  else it(name, test);
};

const tester = new RuleTester({
  languageOptions: {
    parser: sharedParser,
    parserOptions: { projectService: true, tsconfigRootDir: fixtures },
  },
});

export const ruleTester: Pick<RuleTester, "run"> = {
  run: (...cases) => {
    if (!isGathering()) tester.run(...cases);
  },
};

/** Positions of the marks, in reading order. */
export function expectedReports(code: string): { line: number; messageId: string }[] {
  return code.split("\n").flatMap((text, index) => {
    const marks = /\/\/!\s*(.+?)\s*$/.exec(text)?.[1];
    return marks === undefined
      ? []
      : marks.split(/\s+/).map((messageId) => ({ line: index + 1, messageId }));
  });
}

/** The rule as verdicts ask it: the tester would want every suggestion of every case spelled out. */
export function withoutSuggestions(rule: AnyRule): AnyRule {
  return {
    ...rule,
    create: (context) =>
      rule.create(
        Object.create(context, {
          report: {
            value: (descriptor: TSESLint.ReportDescriptor<string>) => {
              // ESLint throws for it, and would not see it below.
              if (descriptor.suggest?.length && rule.meta.hasSuggestions !== true)
                throw new Error("a rule with suggestions must say so in its meta");
              context.report({ ...descriptor, suggest: [] });
            },
          },
        }) as typeof context,
      ),
  };
}

/**
 * Registers one tester run for a section of situations.
 *
 * @param ruleName rule without prefix
 * @param section heading under which the runner shows the cases
 * @param situations keyed by a sentence that says the situation
 */
export function verdicts(
  ruleName: RuleName,
  section: string,
  situations: Readonly<Record<string, Situation>>,
): void {
  if (gather({ rule: ruleName, section, situations })) return;
  const rule = withoutSuggestions(rules[ruleName]);
  const strictOptions = rule.meta.docs?.strictOptions ?? [];
  const valid: ValidTestCase<readonly unknown[]>[] = [];
  const invalid: InvalidTestCase<string, readonly unknown[]>[] = [];
  const titled = (situation: string, spelling: string): string => `${situation} [${spelling}]`;
  const add = (name: string, code: string, options: readonly unknown[]): void => {
    const errors = expectedReports(code);
    if (errors.length === 0) throw new Error(`${name}: no line is marked with //! messageId`);
    invalid.push({ name, code, options, errors });
  };
  const unreached: InvalidTestCase<string, readonly unknown[]>[] = [];
  const unreachedSilence: ValidTestCase<readonly unknown[]>[] = [];
  for (const [
    situation,
    { leak = {}, fine = {}, strict = {}, quiet = {}, todo = {} },
  ] of Object.entries(situations)) {
    for (const [spelling, one] of Object.entries(todo)) {
      const { code, reason } = one;
      const errors = expectedReports(code);
      const name = `${unreachedMark}${titled(situation, spelling)}: ${reason}`;
      const options = one.strict ? strictOptions : [];
      // The tester calls an invalid case without errors wrong, whatever the rule says.
      if (errors.length === 0) unreachedSilence.push({ name, code, options });
      else unreached.push({ name, code, options, errors });
    }
    for (const [spelling, code] of Object.entries(leak)) add(titled(situation, spelling), code, []);
    for (const [spelling, code] of Object.entries(strict)) {
      add(titled(situation, `${spelling}, strict`), code, strictOptions);
      valid.push({ name: titled(situation, `${spelling}, recommended`), code, options: [] });
    }
    for (const [spelling, code] of Object.entries({ ...fine, ...quiet })) {
      if (expectedReports(code).length > 0)
        throw new Error(`${titled(situation, spelling)} is marked but listed as fine`);
      valid.push({ name: titled(situation, spelling), code, options: [] });
      if (spelling in fine && strictOptions.length > 0) {
        valid.push({
          name: titled(situation, `${spelling}, strict`),
          code,
          options: strictOptions,
        });
      }
    }
  }
  const files = new Map<string, string>();
  const inFile = <Case extends { readonly code: string }>(one: Case): Case => {
    const filename = files.get(one.code) ?? fileFor(one.code);
    files.set(one.code, filename);
    return { ...one, filename };
  };
  // Program text is shared between the recommended and the strict run of one spelling, and the
  // tester calls equal code with equal options a duplicate; the names keep the runner's list readable.
  const marked = new Map(invalid.map(({ code, name = code }) => [code, name]));
  ruleTester.run(`${ruleName}: ${section}`, withAllRules(rule, marked), {
    valid: valid.map(inFile),
    invalid: invalid.map(inFile),
  });
  if (unreached.length + unreachedSilence.length > 0) {
    ruleTester.run(`${ruleName}: ${section}, not reached yet`, rule, {
      valid: unreachedSilence.map(inFile),
      invalid: unreached.map(inFile),
    });
  }
}
