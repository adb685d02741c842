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

export const noUnstoppableTask = createRule<[Options], MessageIds>({
  name: "no-unstoppable-task",
  meta: {
    type: "problem",
    docs: {
      description:
        "Require that timers and other background tasks can be stopped, and are by whoever ends",
      recommended: "recommended",
      strictOptions: [strictObligationOptions],
      requiresTypeChecking: true,
    },
    messages: { ...obligationMessages("stopped"), ...fieldMessages("stopped") },
    defaultOptions: [defaultObligationOptions],
    schema: [obligationSchema],
  },
  create(context, [options]) {
    return inTurn(
      reportObligations(context, "no-unstoppable-task", obligationMessageOf, options, lasting),
      reportFields(context, "no-unstoppable-task", options, lasting),
    );
  },
});
