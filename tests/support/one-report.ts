/**
 * One report per obligation: a program that must be reported is linted by every rule in the very run
 * in which the rule tester lints it with one, so that the analyses are shared and cost little more.
 */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type AnyRule, rules } from "../../src/rules/index.ts";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

interface Report {
  readonly rule: string;
  readonly start: TSESTree.Position;
  readonly message: string;
}

/**
 * The rule, which on the given programs runs all others beside it, with the options of the config
 * `all`, and throws when two reports are about one acquisition.
 *
 * @param cases names by program
 */
export function withAllRules(
  rule: AnyRule,
  cases: ReadonlyMap<string, string>,
  all: Readonly<Record<string, AnyRule>> = rules,
): AnyRule {
  return {
    ...rule,
    create(context: Context) {
      const name = cases.get(context.sourceCode.text);
      if (name === undefined) return rule.create(context);
      const reports: Report[] = [];
      const others = Object.entries(all).map(([id, other]) =>
        other.create(listening(context, id, other, reports)),
      );
      const listeners = merged([rule.create(context), ...others]);
      const exit = listeners["Program:exit"] as ((node: TSESTree.Program) => void) | undefined;
      return {
        ...listeners,
        "Program:exit"(node: TSESTree.Program) {
          exit?.(node);
          for (const twins of sameAcquisition(reports)) {
            throw new Error(
              [`${name}: two reports for one obligation`, ...twins.map(shown)].join("\n  "),
            );
          }
        },
      };
    },
  };
}

function shown({ rule, start, message }: Report): string {
  return `line ${start.line}, column ${start.column + 1}, ${rule}: ${message}`;
}

/** The context of another rule, whose reports are only written down. */
function listening(context: Context, id: string, rule: AnyRule, reports: Report[]): Context {
  return Object.create(context, {
    id: { value: id },
    options: { value: rule.meta.docs?.strictOptions ?? [] },
    report: {
      value(descriptor: TSESLint.ReportDescriptor<string>) {
        const at = "loc" in descriptor ? descriptor.loc : descriptor.node.loc;
        const message = Object.entries(descriptor.data ?? {}).reduce(
          (text, [key, value]) => text.replaceAll(`{{${key}}}`, String(value)),
          rule.meta.messages[descriptor.messageId] ?? "",
        );
        reports.push({ rule: id, start: "start" in at ? at.start : at, message });
      },
    },
  }) as Context;
}

function merged(all: readonly TSESLint.RuleListener[]): TSESLint.RuleListener {
  const bySelector = new Map<string, ((...args: unknown[]) => void)[]>();
  for (const listeners of all) {
    for (const [selector, listener] of Object.entries(listeners)) {
      if (listener === undefined) continue;
      const known = bySelector.get(selector) ?? [];
      bySelector.set(selector, [...known, listener as (...args: unknown[]) => void]);
    }
  }
  return Object.fromEntries(
    [...bySelector].map(([selector, listeners]) => [
      selector,
      (...args: unknown[]) => {
        for (const listener of listeners) listener(...args);
      },
    ]),
  );
}

/**
 * Reports that start where another starts: of another rule, or with the same words. One call can
 * give out two resources, whose reports differ.
 */
function sameAcquisition(reports: readonly Report[]): readonly (readonly Report[])[] {
  return reports.flatMap((one, index) =>
    reports
      .slice(index + 1)
      .filter(
        (other) =>
          one.start.line === other.start.line &&
          one.start.column === other.start.column &&
          (one.rule !== other.rule || one.message === other.message),
      )
      .map((other) => [one, other]),
  );
}
