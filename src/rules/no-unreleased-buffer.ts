import { createRule } from "./create-rule.ts";
import {
  fieldMessages,
  obligationMessageOf,
  type ObligationMessageIds,
  obligationMessages,
} from "./duty-messages.ts";
import { inTurn } from "./listeners.ts";
import { type FieldMessageIds, reportFields } from "./report-fields.ts";
import {
  defaultObligationOptions,
  type ObligationOptions,
  obligationSchema,
  reportObligations,
  strictObligationOptions,
} from "./report-obligations.ts";

export type MessageIds = ObligationMessageIds | FieldMessageIds;

export type Options = ObligationOptions;

export const noUnreleasedBuffer = createRule<[Options], MessageIds>({
  name: "no-unreleased-buffer",
  meta: {
    type: "problem",
    docs: {
      description: "Require that counted references and native memory are released on every path",
      recommended: "recommended",
      strictOptions: [strictObligationOptions],
      requiresTypeChecking: true,
    },
    messages: { ...obligationMessages("released"), ...fieldMessages("released") },
    defaultOptions: [defaultObligationOptions],
    schema: [obligationSchema],
  },
  create(context, [options]) {
    return inTurn(
      reportObligations(context, "no-unreleased-buffer", obligationMessageOf, options),
      reportFields(context, "no-unreleased-buffer", options),
    );
  },
});
