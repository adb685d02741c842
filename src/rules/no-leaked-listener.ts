import { isAssigned } from "../lifetimes/assignment.ts";
import {
  analyseListeners,
  type ListenerFinding,
} from "../lifetimes/listeners/analyse-listeners.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { createRule } from "./create-rule.ts";
import {
  fieldMessages,
  obligationMessageOf,
  type ObligationMessageIds,
  obligationMessages,
} from "./duty-messages.ts";
import { reportingCrash } from "./errors.ts";
import { type ListenerMessageIds, listenerMessages, messageFor } from "./listener-words.ts";
import { squiggleAt } from "./location.ts";
import { type FieldMessageIds, reportFields } from "./report-fields.ts";
import {
  defaultObligationOptions,
  obligationProperties,
  type ObligationOptions,
  reportObligations,
  strictObligationOptions,
} from "./report-obligations.ts";
import { catalogOf, requireServices } from "./services.ts";

interface Options extends ObligationOptions {
  readonly withoutEnd?: boolean;
}

type MessageIds = ObligationMessageIds | FieldMessageIds | ListenerMessageIds;

const rule = "no-leaked-listener";

export const noLeakedListener = createRule<[Options], MessageIds>({
  name: "no-leaked-listener",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description:
        "Require that listeners, subscriptions and observers are removed when their owner ends",
      recommended: "recommended",
      strictOptions: [{ ...strictObligationOptions, withoutEnd: true }],
      requiresTypeChecking: true,
    },
    messages: {
      ...obligationMessages("removed"),
      ...fieldMessages("removed"),
      ...listenerMessages,
    },
    defaultOptions: [{ ...defaultObligationOptions, withoutEnd: false }],
    schema: [
      {
        type: "object",
        description: "How much evidence a report needs.",
        additionalProperties: false,
        properties: {
          ...obligationProperties,
          withoutEnd: {
            type: "boolean",
            description:
              "Report listeners too where nothing shows that the one who registers them ends.",
          },
        },
      },
    ],
  },
  create(context, [options]) {
    const services = requireServices(context);
    const analysis = { catalog: catalogOf(context), unknownCallee: "owns" } as const;
    // What an object gives for a listener is often kept by the object itself, or ends with it.
    const leavesOut = ({ acquire }: ResourceKind): boolean =>
      options.throws !== "any" && acquire.some(({ by }) => by === "result");
    const leniency = { mayLastForever: true, leavesOut };
    const obligations = reportObligations(context, rule, obligationMessageOf, options, leniency);
    const fields = reportFields(context, rule, options, leniency);
    return {
      Program(program) {
        obligations.Program?.(program);
        fields.Program?.(program);
        const file = services.esTreeNodeToTSNodeMap.get(program);
        const findings = reportingCrash(context, 1, () =>
          analyseListeners(file, services.program, analysis),
        );
        for (const finding of findings) {
          if (finding.strength === "possible" && options.withoutEnd !== true) continue;
          if (isAssigned(finding, file, services.program, analysis.catalog)) report(finding);
        }
      },
    };

    function report(finding: ListenerFinding): void {
      const loc = squiggleAt(finding.site, services, context.sourceCode);
      if (loc !== undefined) context.report({ loc, ...messageFor(finding) });
    }
  },
});
