import { createRule } from "./create-rule.ts";
import {
  obligationMessageOf,
  type ObligationMessageIds,
  obligationMessages,
} from "./duty-messages.ts";
import { together } from "./report-findings.ts";
import { reportMissingTypes } from "./report-missing-types.ts";
import {
  defaultObligationOptions,
  type ObligationOptions,
  obligationSchema,
  reportObligations,
  strictObligationOptions,
} from "./report-obligations.ts";

export type MessageIds = ObligationMessageIds | "pipeDropsErrors" | "typesMissing";

export type Options = ObligationOptions;

const messageOf = { ...obligationMessageOf, pipe: "pipeDropsErrors" } as const;

export const noUnclosedDisposable = createRule<[Options], MessageIds>({
  name: "no-unclosed-disposable",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description: "Require that a resource is released on every path, or handed to an owner",
      recommended: "recommended",
      strictOptions: [strictObligationOptions],
      requiresTypeChecking: true,
    },
    messages: {
      ...obligationMessages("released"),
      resultDropped: "{{what}} is dropped, so nothing can release it. {{advice}}",
      overwritten: "{{what}} is overwritten {{exit}} while it is still open. {{advice}}",
      hiddenByType: "{{what}} is returned as a type that has no way to release it. {{advice}}",
      pipeDropsErrors:
        "{{what}} stays open when the stream it is piped to {{exit}} fails. {{advice}}",
      typesMissing:
        'Nothing is known of what \'{{module}}\' opens: it has no types here. Install @types/node, and write "types": ["node"] into tsconfig.json.',
    },
    defaultOptions: [defaultObligationOptions],
    schema: [obligationSchema],
  },
  create(context, [options]) {
    return together(
      reportMissingTypes(context),
      reportObligations(context, "no-unclosed-disposable", messageOf, options),
    );
  },
});
