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

const lasting = { mayLastForever: true };

export const noLeakedListener = createRule<[Options], MessageIds>({
  name: "no-leaked-listener",
  meta: {
    type: "problem",
    docs: {
      description:
        "Require that listeners, subscriptions and observers are removed when their owner ends",
      recommended: "strict",
      strictOptions: [strictObligationOptions],
      requiresTypeChecking: true,
    },
    messages: { ...obligationMessages("removed"), ...fieldMessages("removed") },
    defaultOptions: [defaultObligationOptions],
    schema: [obligationSchema],
  },
  create(context, [options]) {
    return inTurn(
      reportObligations(context, "no-leaked-listener", obligationMessageOf, options, lasting),
      reportFields(context, "no-leaked-listener", options, lasting),
    );
  },
});
