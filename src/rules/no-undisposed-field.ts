import { createRule } from "./create-rule.ts";
import { fieldMessages } from "./duty-messages.ts";
import { type FieldMessageIds, reportFields } from "./report-fields.ts";
import { throwsSchema } from "./report-obligations.ts";

export type MessageIds = FieldMessageIds;

export interface Options {
  readonly throws?: "likely" | "any";
}

export const noUndisposedField = createRule<[Options], MessageIds>({
  name: "no-undisposed-field",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description: "Require that a class releases the resources it keeps in its fields",
      recommended: "recommended",
      strictOptions: [{ throws: "any" }],
      requiresTypeChecking: true,
    },
    messages: fieldMessages("released"),
    defaultOptions: [{ throws: "likely" }],
    schema: [
      {
        type: "object",
        description: "How much evidence a report needs.",
        additionalProperties: false,
        properties: { throws: throwsSchema },
      },
    ],
  },
  create(context, [options]) {
    return reportFields(context, "no-undisposed-field", options);
  },
});
