import parser from "@typescript-eslint/parser";
import { type ESLint, Linter } from "eslint";
import { createRule } from "../../src/rules/create-rule.ts";
import type { AnyRule } from "../../src/rules/index.ts";
import { withAllRules } from "./one-report.ts";

/** Reports every call, in the words of `message`. */
function callRule(name: string, message: string): AnyRule {
  return createRule({
    name,
    meta: {
      type: "problem",
      docs: { description: "Test", recommended: "strict", requiresTypeChecking: true },
      messages: { called: message },
      defaultOptions: [],
      schema: [],
    },
    create: (context) => ({
      CallExpression(node) {
        context.report({ node, messageId: "called" });
      },
    }),
  });
}

function lint(
  code: string,
  cases: ReadonlyMap<string, string>,
  all: { readonly first: AnyRule; readonly second?: AnyRule },
): void {
  const first = withAllRules(all.first, cases, all);
  const plugin = { rules: { first } } as unknown as ESLint.Plugin;
  new Linter().verify(code, {
    languageOptions: { parser },
    plugins: { test: plugin },
    rules: { "test/first": "error" },
  });
}

describe("one report per obligation", () => {
  const code = "open();";
  const named = new Map([[code, "a program"]]);
  const first = callRule("first", "It leaks.");
  const second = callRule("second", "It leaks as well.");

  it("is broken by two rules that report one place", () => {
    expect(() => {
      lint(code, named, { first, second });
    }).toThrow(
      /a program: two reports for one obligation\n {2}line 1, column 1, first: It leaks\.\n {2}line 1, column 1, second: It leaks as well\./,
    );
  });

  it("is not broken by one rule", () => {
    lint(code, named, { first });
  });

  it("is not asked of programs that need no report", () => {
    lint(code, new Map(), { first, second });
  });
});
