import { ESLintUtils } from "@typescript-eslint/utils";

/** What each rule says of itself; the configs and the docs are derived from it. */
export interface RuleDocs {
  readonly description: string;
  /** The smallest config that switches the rule on; `strict` and `all` hold what `recommended` holds. */
  readonly recommended: "recommended" | "strict";
  /** Options that `strict` sets instead of the defaults. */
  readonly strictOptions?: readonly unknown[];
  readonly requiresTypeChecking: true;
}

export const createRule: ReturnType<typeof ESLintUtils.RuleCreator<RuleDocs>> =
  ESLintUtils.RuleCreator<RuleDocs>(
    (name) =>
      `https://github.com/resource-hygiene/eslint-plugin-resource-hygiene/blob/main/docs/rules/${name}.md`,
  );
