import { timersLeftArmed } from "../lifetimes/races/analyse-races.ts";
import type { DanglingTimer } from "../lifetimes/races/guard-timers.ts";
import { clearTimer } from "../suggestions/clear-timer.ts";
import { createRule } from "./create-rule.ts";
import { reportFindings } from "./report-findings.ts";
import { offer } from "./suggest.ts";
import { describeCall, describeExit, describeLines } from "./words.ts";

export type MessageIds =
  | "neverCleared"
  | "notClearedOnPath"
  | "notClearedOnFailure"
  | "cannotBeCleared"
  | "notClearedWhenSettled"
  | "notClearedWhenAnswered"
  | "notClearedWhenReplaced"
  | "clearInFinally";

export interface Options {
  readonly shortDelays?: boolean;
}

const messageOf = {
  dropped: "neverCleared",
  never: "neverCleared",
  overwritten: "neverCleared",
  path: "notClearedOnPath",
  turn: "notClearedOnPath",
  removed: "notClearedOnPath",
  hidden: "notClearedOnPath",
  "wrong-release": "notClearedOnPath",
  pipe: "notClearedOnPath",
  throw: "notClearedOnFailure",
  sibling: "notClearedOnFailure",
  unreachable: "cannotBeCleared",
  settled: "notClearedWhenSettled",
  answered: "notClearedWhenAnswered",
  replaced: "notClearedWhenReplaced",
} as const satisfies Record<DanglingTimer["how"], MessageIds>;

export const noDanglingTimeout = createRule<[Options], MessageIds>({
  name: "no-dangling-timeout",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description: "Require that a timer which guards an operation is cleared when it settles",
      recommended: "recommended",
      strictOptions: [{ shortDelays: true }],
      requiresTypeChecking: true,
    },
    messages: {
      neverCleared:
        "This timer stays armed after what it guards has settled: nothing clears it. Keep its handle and call clearTimeout() with it in a finally block.",
      notClearedOnPath:
        "This timer stays armed {{exit}}. Call clearTimeout() with it in a finally block.",
      notClearedOnFailure:
        "This timer stays armed when {{exit}}. Call clearTimeout() with it in a finally block.",
      cannotBeCleared:
        "The timer of {{call}} stays armed when the race on {{lines}} is won, and nothing can clear it. Use a timer that takes a signal, or one whose handle you keep.",
      notClearedWhenSettled:
        "This timer stays armed when the promise is settled on {{lines}}. Call clearTimeout() with it there.",
      notClearedWhenAnswered:
        "This timer stays armed when its entry is answered on {{lines}}. Call clearTimeout() with it there.",
      notClearedWhenReplaced:
        "This timer stays armed when another entry takes the place of its own on {{lines}}, and fires for that one. Call clearTimeout() with it there.",
      clearInFinally: "Call clearTimeout() in finally.",
    },
    defaultOptions: [{ shortDelays: false }],
    schema: [
      {
        type: "object",
        description: "How much evidence a report needs.",
        additionalProperties: false,
        properties: {
          shortDelays: {
            type: "boolean",
            description: "Report timers too that are known to fire within a second.",
          },
        },
      },
    ],
  },
  create: (context, [{ shortDelays = false }]) =>
    reportFindings(context, {
      analysis: timersLeftArmed,
      reports: ({ short }) => shortDelays || !short,
      at: ({ site }) => site,
      say(timer, { environment }) {
        const { site, unit, how, at } = timer;
        const isExit =
          how !== "unreachable" && how !== "settled" && how !== "answered" && how !== "replaced";
        return {
          messageId: messageOf[how],
          data: {
            exit: isExit ? describeExit(at, how, unit) : "",
            call: describeCall(site),
            lines: describeLines(at),
          },
          suggest: offer("clearInFinally", clearTimer(timer, environment)),
        };
      },
    }),
});
