import type { TSESLint } from "@typescript-eslint/utils";
import { Linter } from "eslint";
import type { ESLint } from "eslint";
import { createRule } from "../../src/rules/create-rule.ts";
import { SentenceError } from "../../src/rules/errors.ts";

/** What ESLint throws when it lints one line of code with a rule that does this. */
function thrownBy(create: () => TSESLint.RuleListener): Error {
  const rule = createRule<[], "never">({
    name: "sample",
    meta: {
      type: "problem",
      docs: {
        description: "Sample",
        recommended: "strict",
        requiresTypeChecking: true,
      },
      messages: { never: "Never." },
      schema: [],
    },
    create,
  });
  const plugin = { rules: { sample: rule } } as unknown as ESLint.Plugin;
  try {
    new Linter().verify(
      "\n\nwork();\n",
      [{ plugins: { own: plugin }, rules: { "own/sample": "error" } }],
      { filename: "folder/file.js" },
    );
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

describe("a rule that throws", () => {
  const cause = new TypeError("x is undefined");

  it("says in one sentence which rule, which line, and where to report it", () => {
    const error = thrownBy(() => ({
      CallExpression() {
        throw cause;
      },
    }));
    const sentence =
      "own/sample crashed at folder/file.js:3 (x is undefined): please report this, with the code of that line, at https://github.com/resource-hygiene/eslint-plugin-resource-hygiene/issues.";
    // ESLint adds lines of its own to the message; it prints the stack.
    expect(error.message.split("\n")[0]).toBe(sentence);
    expect(error.stack).toBe(`${sentence}\n${cause.stack ?? ""}`);
    expect(error.cause).toBe(cause);
  });

  it("does so while it is created, too", () => {
    const error = thrownBy(() => {
      throw cause;
    });
    expect(error.stack).toMatch(/^own\/sample crashed at folder\/file\.js:1 \(x is undefined\)/);
  });

  it("passes a sentence for the user on as it is", () => {
    const error = thrownBy(() => {
      throw new SentenceError("Set the parser.");
    });
    expect(error).toBeInstanceOf(SentenceError);
    expect(error.stack).toBe("Set the parser.");
  });
});

it("names of any length are cut in messages", () => {
  const rule = createRule<[], "found">({
    name: "sample",
    meta: {
      type: "problem",
      docs: { description: "Sample", recommended: "strict", requiresTypeChecking: true },
      messages: { found: "'{{name}}' of {{count}}." },
      schema: [],
    },
    create: (context) => ({
      Identifier(node) {
        context.report({ node, messageId: "found", data: { name: node.name, count: 1 } });
      },
    }),
  });
  const plugin = { rules: { sample: rule } } as unknown as ESLint.Plugin;
  const messages = new Linter().verify(`${"é".repeat(100_000)}; ${"a".repeat(60)};`, [
    { plugins: { own: plugin }, rules: { "own/sample": "error" } },
  ]);
  expect(messages.map(({ message }) => message)).toEqual([
    `'${"é".repeat(60)}…' of 1.`,
    `'${"a".repeat(60)}' of 1.`,
  ]);
});
