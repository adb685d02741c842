import { ESLintUtils } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { reportingCrash } from "./errors.ts";

/** What each rule says of itself; the configs and the docs are derived from it. */
export interface RuleDocs {
  readonly description: string;
  /** The smallest config that switches the rule on; `strict` and `all` hold what `recommended` holds. */
  readonly recommended: "recommended" | "strict";
  /** Options that `strict` sets instead of the defaults. */
  readonly strictOptions?: readonly unknown[];
  readonly requiresTypeChecking: true;
}

const createDocumentedRule = ESLintUtils.RuleCreator<RuleDocs>(
  (name) =>
    `https://github.com/resource-hygiene/eslint-plugin-resource-hygiene/blob/main/docs/rules/${name}.md`,
);

/** Makes a rule whose docs URL follows from its name and whose crashes say where to report them. */
export const createRule: typeof createDocumentedRule = (rule) =>
  createDocumentedRule({
    ...rule,
    create(context, options) {
      const listeners = reportingCrash(context, 1, () => rule.create(context, options));
      return Object.fromEntries(
        Object.entries(listeners).map(([selector, listener]) => [
          selector,
          guarded(context, listener),
        ]),
      );
    },
  });

type Listener = TSESLint.RuleListener[string];

function guarded(
  context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>,
  listener: Listener,
): Listener {
  if (listener === undefined) return undefined;
  return (node: TSESTree.Node) => {
    reportingCrash(context, node.loc.start.line, () => {
      (listener as (node: TSESTree.Node) => void)(node);
    });
  };
}
