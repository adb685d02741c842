import { ESLintUtils } from "@typescript-eslint/utils";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { reportingCrash } from "./errors.ts";
import { isReadAlone } from "./services.ts";
import { shortenNames } from "./words.ts";

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
      if (isReadAlone(context)) return {};
      const reporter = withShortNames(context);
      const listeners = reportingCrash(context, 1, () => rule.create(reporter, options));
      return Object.fromEntries(
        Object.entries(listeners).map(([selector, listener]) => [
          selector,
          guarded(context, listener),
        ]),
      );
    },
  });

/** The context, which cuts names in what it reports: generated code has some of any length. */
function withShortNames<Context extends Pick<TSESLint.RuleContext<string, unknown[]>, "report">>(
  context: Context,
): Context {
  const report: Context["report"] = (descriptor) => {
    const suggest = descriptor.suggest?.map((one) => ({ ...one, data: shortened(one.data) }));
    context.report({
      ...descriptor,
      data: shortened(descriptor.data),
      ...(suggest !== undefined && { suggest }),
    });
  };
  return Object.create(context, { report: { value: report } }) as Context;
}

function shortened(data: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      typeof value === "string" ? shortenNames(value) : value,
    ]),
  );
}

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
