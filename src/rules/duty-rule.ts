/**
 * A rule for a duty that has no rule of its own making: what functions acquire and what classes keep,
 * reported alike, in the word for doing the duty.
 */
import {
  type Done,
  fieldMessages,
  obligationMessageOf,
  type ObligationMessageIds,
  obligationMessages,
} from "./duty-messages.ts";
import { createRule, type RuleDocs } from "./create-rule.ts";
import { type FieldMessageIds, reportFields } from "./report-fields.ts";
import { together } from "./report-findings.ts";
import {
  defaultObligationOptions,
  type Leniency,
  type ObligationOptions,
  obligationSchema,
  reportObligations,
  strictObligationOptions,
} from "./report-obligations.ts";

export interface DutyRule extends Pick<RuleDocs, "description" | "recommended">, Leniency {
  readonly name: "no-unreleased-buffer" | "no-unstoppable-task";
  readonly done: Done;
}

export const createDutyRule = ({
  name,
  description,
  recommended,
  done,
  mayLastForever,
}: DutyRule) =>
  createRule<[ObligationOptions], ObligationMessageIds | FieldMessageIds>({
    name,
    meta: {
      type: "problem",
      hasSuggestions: true,
      docs: {
        description,
        recommended,
        strictOptions: [strictObligationOptions],
        requiresTypeChecking: true,
      },
      messages: { ...obligationMessages(done), ...fieldMessages(done) },
      defaultOptions: [defaultObligationOptions],
      schema: [obligationSchema],
    },
    create(context, [options]) {
      const leniency = mayLastForever === undefined ? {} : { mayLastForever };
      return together(
        reportObligations(context, name, obligationMessageOf, options, leniency),
        reportFields(context, name, options, leniency),
      );
    },
  });
