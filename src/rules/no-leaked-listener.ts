import type ts from "typescript";
import { analyseListeners } from "../lifetimes/listeners/analyse-listeners.ts";
import { outlivesSubscriber } from "../lifetimes/listeners/handle-lifetimes.ts";
import { engineOf } from "../ownership/engine.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { passSignal } from "../suggestions/listener-signal.ts";
import {
  listenOnce,
  removeAtEnd,
  removeInCleanup,
  removeInFinally,
  removeWhatWasAdded,
} from "../suggestions/remove-listener.ts";
import { createRule } from "./create-rule.ts";
import {
  fieldMessages,
  obligationMessageOf,
  type ObligationMessageIds,
  obligationMessages,
} from "./duty-messages.ts";
import { type ListenerMessageIds, listenerMessages, messageFor } from "./listener-words.ts";
import { type FieldMessageIds, reportFields } from "./report-fields.ts";
import { reportFindings, together } from "./report-findings.ts";
import {
  defaultObligationOptions,
  obligationProperties,
  type ObligationOptions,
  reportObligations,
  strictObligationOptions,
} from "./report-obligations.ts";
import { catalogOf, requireServices } from "./services.ts";
import { offer } from "./suggest.ts";

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
    const { program } = requireServices(context);
    const engine = engineOf(program, { catalog: catalogOf(context), unknownCallee: "owns" });
    const leniency = {
      mayLastForever: true,
      ownerEnds: (site: ts.Node) => outlivesSubscriber(site, engine.environment),
      // What an object gives for a listener is often kept by the object itself, or ends with it.
      leavesOut: ({ acquire }: ResourceKind, neverEnded: boolean) =>
        options.throws !== "any" && !neverEnded && acquire.some(({ by }) => by === "result"),
    };
    return together(
      reportObligations(context, rule, obligationMessageOf, options, leniency),
      reportFields(context, rule, options, leniency),
      reportFindings(context, {
        analysis: analyseListeners,
        reports: (finding, isOurs) =>
          (finding.strength === "sure" || options.withoutEnd === true) && isOurs(finding),
        at: ({ site }) => site,
        say: (finding, { environment }) => ({
          ...messageFor(finding),
          suggest: [
            ...offer("removeAtEnd", removeAtEnd(finding, environment)),
            ...offer("removeInCleanup", removeInCleanup(finding, environment)),
            ...offer("removeInFinally", removeInFinally(finding, environment)),
            ...offer("passSignal", passSignal(finding, environment)),
            ...offer("listenOnce", listenOnce(finding, environment)),
            ...offer("removeWhatWasAdded", removeWhatWasAdded(finding, environment)),
          ],
        }),
      }),
    );
  },
});
