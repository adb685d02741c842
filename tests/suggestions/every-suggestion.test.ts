/**
 * Every suggestion for every program of the rule tests, applied: the result compiles, the finding is
 * gone, and nothing new is found. What must be reported and has no suggestion says why.
 *
 * The programs are files of one TypeScript program, and so are all results. Programs over packages
 * (`packageVerdicts`) are left out: their types take longer to check than all others together, and
 * the suggestions for them are made by the same code.
 */
import type { Linter } from "eslint";
import plugin from "../../src/index.ts";
import { rules } from "../../src/rules/index.ts";
import type { RuleName } from "../../src/rules/names.ts";
import { ManyPrograms } from "../support/many-programs.ts";
import { type RuleCase, ruleCases } from "../support/rule-cases.ts";
import { overPackages, unsuggested } from "../support/unsuggested.ts";

interface Case extends RuleCase {
  readonly strict: boolean;
}

interface Suggested {
  readonly of: Case;
  readonly found: Linter.LintMessage;
  readonly messageId: string;
  readonly before: readonly Linter.LintMessage[];
  readonly code: string;
}

/** One program of many files. */
function programOf(codes: readonly string[], prefix: string) {
  const nameOf = (index: number): string => `${prefix}-${index}.ts`;
  const programs = new ManyPrograms(new Map(codes.map((code, index) => [nameOf(index), code])));
  return {
    lint: (index: number, one: Case) => programs.lint(nameOf(index), rulesFor(one)),
    complaints: (index: number) => programs.complaints(nameOf(index)),
  };
}

/** Every rule, with the options that the case is about. */
function rulesFor({ rule, strict }: Case): Linter.RulesRecord {
  return Object.fromEntries(
    Object.entries(rules)
      // What some would write shorter is no finding that a suggestion brings.
      .filter(([name]) => name !== "prefer-using" || rule === name)
      .map(([name, { meta }]) => [
        `${plugin.meta.namespace}/${name}`,
        ["error", ...(strict ? (meta.docs?.strictOptions ?? []) : [])],
      ]),
  );
}

function apply(code: string, { range, text }: { range: readonly number[]; text: string }): string {
  return code.slice(0, range[0]) + text + code.slice(range[1]);
}

/** The findings by rule and message, as words that can be compared. */
function shown(messages: readonly Linter.LintMessage[]): string[] {
  return messages.map(({ ruleId, messageId, message }) => `${ruleId} ${messageId ?? message}`);
}

function withoutOne(all: readonly string[], one: string): string[] {
  const at = all.indexOf(one);
  return all.filter((_, index) => index !== at);
}

/**
 * A class that has been given a method which releases: whoever makes an object of it has to call that
 * from now on, and is told so. This is about that class alone.
 */
function isOwedNow(
  after: Linter.LintMessage,
  before: Linter.LintMessage,
  suggestion: string,
): boolean {
  if (suggestion !== "addReleaseMember" || after.messageId !== "neverReleased") return false;
  const owner = /: class (\w+) has no method/.exec(before.message)?.[1];
  return owner !== undefined && new RegExp(`\\b${owner}\\b`).test(after.message);
}

const cases: Case[] = (await ruleCases(["leak", "strict"])).map((one) => ({
  ...one,
  strict: one.bucket === "strict",
}));

/** How often a message was reported, and how often with a suggestion. */
class Counts {
  private readonly counts = new Map<string, { reports: number; suggested: number }>();

  add(messageId: string, isSuggested: boolean): void {
    const { reports, suggested } = this.counts.get(messageId) ?? { reports: 0, suggested: 0 };
    this.counts.set(messageId, {
      reports: reports + 1,
      suggested: suggested + (isSuggested ? 1 : 0),
    });
  }

  suggestedOf(messageId: string): number {
    return this.counts.get(messageId)?.suggested ?? 0;
  }

  suggested(): readonly string[] {
    return [...this.counts].flatMap(([id, { suggested }]) => (suggested > 0 ? [id] : []));
  }

  toString(): string {
    return [...this.counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { reports, suggested }]) => `${id}: ${suggested} of ${reports}`)
      .join("\n");
  }
}

describe("suggestions", () => {
  const counts = new Counts();
  const suggested: Suggested[] = [];
  let results: ReturnType<typeof programOf>;

  beforeAll(() => {
    const originals = programOf(
      cases.map(({ code }) => code),
      "case",
    );
    for (const [index, of] of cases.entries()) {
      const before = originals.lint(index, of);
      for (const found of before) {
        if (found.ruleId !== `${plugin.meta.namespace}/${of.rule}`) continue;
        const { suggestions = [], messageId = "" } = found;
        counts.add(`${of.rule}/${messageId}`, suggestions.length > 0);
        for (const one of suggestions) {
          const code = apply(of.code, one.fix);
          suggested.push({ of, found, messageId: one.messageId ?? one.desc, before, code });
        }
      }
    }
    results = programOf(
      suggested.map(({ code }) => code),
      "suggested",
    );
  }, 300_000);

  it("are found in the programs of every rule", () => {
    expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(Object.keys(rules)));
    console.log(
      `${suggested.length} suggestions for ${cases.length} programs\n${counts.toString()}`,
    );
  });

  it("compile, clear their finding and bring no other", { timeout: 300_000 }, () => {
    const wrong = suggested.flatMap(({ of, found, messageId, before, code }, index) => {
      const complaints = results.complaints(index);
      const [own] = shown([found]);
      const expected = withoutOne(shown(before), own!);
      const messages = complaints.length > 0 ? [] : results.lint(index, of);
      const after = shown(messages.filter((one) => !isOwedNow(one, found, messageId)));
      const left = expected.reduce(withoutOne, after);
      return complaints.length + left.length === 0
        ? []
        : [[`${of.name}: ${messageId}`, ...complaints, ...left, code].join("\n")];
    });
    expect(wrong).toEqual([]);
  });

  it("are there for every message, or a reason is", () => {
    const offered = new Set(suggested.map(({ of, messageId }) => `${of.rule}/${messageId}`));
    const isOffered = (rule: string, id: string): boolean => {
      if (offered.has(`${rule}/${id}`) || counts.suggestedOf(`${rule}/${id}`) > 0) return true;
      // The rules about duties share their suggestions, and need not all have a program for each.
      const sharesThem = "declareUsing" in rules[rule as RuleName].meta.messages;
      if (!sharesThem) return false;
      return [...offered, ...counts.suggested()].some((one) => one.endsWith(`/${id}`));
    };
    const silent = Object.entries(rules).flatMap(([rule, { meta }]) =>
      Object.keys(meta.messages)
        .filter((id) => !isOffered(rule, id))
        .map((id) => [`${rule}/${id}`, id] as const),
    );
    const excused = new Set([...Object.keys(unsuggested), ...Object.keys(overPackages)]);
    const unexcused = silent.filter((names) => !names.some((name) => excused.has(name)));
    expect(unexcused.map(([name]) => name)).toEqual([]);
    // A reason that is none any more.
    const used = new Set<string>(silent.flat());
    expect([...excused].filter((name) => !used.has(name))).toEqual([]);
  });
});
