import { isStartedByOwnerThatEnds } from "../lifetimes/tasks/background-tasks.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { createRule } from "./create-rule.ts";
import {
  fieldMessages,
  obligationMessageOf,
  type ObligationMessageIds,
  obligationMessages,
} from "./duty-messages.ts";
import { type FieldMessageIds, reportFields } from "./report-fields.ts";
import { together } from "./report-findings.ts";
import {
  defaultObligationOptions,
  type ObligationOptions,
  obligationSchema,
  reportObligations,
  strictObligationOptions,
} from "./report-obligations.ts";
import { reportTasks, type TaskMessageIds, taskMessages } from "./report-tasks.ts";
import { catalogOf, requireServices } from "./services.ts";

export type MessageIds = ObligationMessageIds | FieldMessageIds | TaskMessageIds;

export type Options = ObligationOptions;

export const noUnstoppableTask = createRule<[Options], MessageIds>({
  name: "no-unstoppable-task",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description:
        "Require that timers and other background tasks can be stopped, and are by whoever ends",
      recommended: "recommended",
      strictOptions: [strictObligationOptions],
      requiresTypeChecking: true,
    },
    messages: { ...obligationMessages("stopped"), ...fieldMessages("stopped"), ...taskMessages },
    defaultOptions: [defaultObligationOptions],
    schema: [obligationSchema],
  },
  create(context, [options]) {
    const { program } = requireServices(context);
    const engineOptions = { catalog: catalogOf(context), unknownCallee: "owns" } as const;
    const leniency = {
      mayLastForever: true,
      ownerEnds: (site: Parameters<typeof isStartedByOwnerThatEnds>[0]) =>
        isStartedByOwnerThatEnds(site, program, engineOptions),
      leavesOut: runsOnce,
    };
    return together(
      reportObligations(context, "no-unstoppable-task", obligationMessageOf, options, leniency),
      reportFields(context, "no-unstoppable-task", options, leniency),
      reportTasks(context, options),
    );
  },
});

/** A timer that fires once is a task only where it arms itself again, which is judged as a whole. */
function runsOnce({ automatic }: ResourceKind): boolean {
  return automatic?.once !== undefined;
}
