import type { AbandonedOperation, Abandonment } from "../lifetimes/races/abandoned-operations.ts";
import { operationsLeftRunning } from "../lifetimes/races/analyse-races.ts";
import { passTimeoutSignal } from "../suggestions/pass-timeout-signal.ts";
import { releaseLateResult } from "../suggestions/release-late-result.ts";
import { createRule } from "./create-rule.ts";
import { reportFindings } from "./report-findings.ts";
import { offer } from "./suggest.ts";
import { describeCall, describeLines } from "./words.ts";

export type MessageIds =
  | "noSignal"
  | "signalNotAborted"
  | "notCancelled"
  | "lateResult"
  | "leftBehind"
  | "neverAborted"
  | "unheard"
  | "signalNotForwarded"
  | "passTimeoutSignal"
  | "releaseLateResult";

export interface Options {
  readonly checkForwarding?: boolean;
}

const messageOf = {
  "no-signal": "noSignal",
  "signal-not-aborted": "signalNotAborted",
  "not-cancelled": "notCancelled",
  "late-result": "lateResult",
  "left-behind": "leftBehind",
  "never-aborted": "neverAborted",
  unheard: "unheard",
  "not-forwarded": "signalNotForwarded",
} as const satisfies Record<Abandonment["how"], MessageIds>;

export const requireCancelOnTimeout = createRule<[Options], MessageIds>({
  name: "require-cancel-on-timeout",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description: "Require that an operation which loses a race against time is told to stop",
      recommended: "recommended",
      strictOptions: [{ checkForwarding: true }],
      requiresTypeChecking: true,
    },
    messages: {
      noSignal:
        "{{call}} goes on when the time of {{wait}} is up: it takes an abort signal and gets none. Give it AbortSignal.timeout(), or a signal that is aborted then.",
      signalNotAborted:
        "{{call}} goes on when the time of {{wait}} is up: nothing aborts '{{controller}}' then. Call {{controller}}.abort() there.",
      notCancelled: "{{call}} goes on when the time of {{wait}} is up. Call {{method}}() then.",
      lateResult:
        "The {{label}} that {{call}} brings after the time of {{wait}} is up is never released. Keep the promise and call {{method}}() on its late result.",
      passTimeoutSignal: "Give it a signal that aborts after the same time.",
      releaseLateResult: "Release the result that arrives too late.",
      neverAborted:
        "The signal of '{{controller}}' is passed on, and nothing ever aborts it. Call {{controller}}.abort() where the function ends, or pass no signal.",
      unheard:
        "{{controller}}.abort() stops nothing: nobody is given the signal of '{{controller}}'. Pass {{controller}}.signal to what it is meant to stop.",
      signalNotForwarded:
        "{{call}} takes an abort signal and does not get the one that this function has. Pass it on.",
      leftBehind:
        "The {{what}} that {{call}} adds stays behind when the time of {{wait}} is up. Remove it then.",
    },
    defaultOptions: [{ checkForwarding: false }],
    schema: [
      {
        type: "object",
        description: "What is asked of signals.",
        additionalProperties: false,
        properties: {
          checkForwarding: {
            type: "boolean",
            description: "Report signals that are received and not passed on to cancellable work.",
          },
        },
      },
    ],
  },
  create: (context, [{ checkForwarding = false }]) =>
    reportFindings(context, {
      analysis: operationsLeftRunning,
      reports: ({ fault }) => checkForwarding || !("strict" in fault && fault.strict),
      at: (operation) => (isHere(operation) ? operation.site : operation.waitsAt),
      say(operation) {
        const { wait, waitsAt, site, fault } = operation;
        return {
          messageId: messageOf[fault.how],
          data: {
            controller: "controller" in fault ? fault.controller : "",
            method: "method" in fault ? fault.method : "",
            label: "label" in fault ? fault.label : "",
            what: "what" in fault ? fault.what : "",
            call: describeCall(site),
            wait: `the ${wait.is} on ${describeLines([waitsAt])}`,
          },
          suggest: isHere(operation)
            ? [
                ...offer("passTimeoutSignal", passTimeoutSignal(operation)),
                ...offer("releaseLateResult", releaseLateResult(operation)),
              ]
            : [],
        };
      },
    }),
});

/** What is made in another file is reported at the race. */
function isHere({ site, waitsAt }: AbandonedOperation): boolean {
  return site.getSourceFile() === waitsAt.getSourceFile();
}
