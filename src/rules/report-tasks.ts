/**
 * Reports the tasks of a file that run in the background and cannot be stopped.
 */
import type { TSESLint } from "@typescript-eslint/utils";
import { backgroundTasks } from "../lifetimes/tasks/background-tasks.ts";
import type { TaskFinding } from "../lifetimes/tasks/task-finding.ts";
import type { OwnerEnd } from "../lifetimes/tasks/task-owners.ts";
import { atLeast } from "../ownership/obligation-state.ts";
import { reportFindings } from "./report-findings.ts";
import type { ObligationOptions } from "./report-obligations.ts";
import { describeLines, describeMember, describeOwner, describeReleaseOf } from "./words.ts";

export type TaskMessageIds = "neverEnds" | "flagNeverSet" | "startsAgain" | "startsLate";

export const taskMessages: Record<TaskMessageIds, string> = {
  neverEnds: "{{task}}, and nothing stops it{{end}}. {{advice}}",
  flagNeverSet: "{{task}}: it asks '{{flag}}' whether to stop, and nothing ever {{sets}}{{end}}.",
  startsAgain:
    "This timer is armed again although {{stop}} has stopped it, when that happens during the await on {{awaited}}. Ask behind the await whether it was stopped.",
  startsLate:
    "{{task}}, and {{stop}} stops nothing when it runs during the await on {{awaited}}, before this starts. Ask behind the await whether it still should.",
};

const messageOf = {
  "no-stop": "neverEnds",
  "unset-flag": "flagNeverSet",
  "starts-again": "startsAgain",
  "starts-late": "startsLate",
} as const satisfies Record<TaskFinding["fault"]["how"], TaskMessageIds>;

/** A listener that reports background tasks. */
export function reportTasks(
  context: Readonly<TSESLint.RuleContext<TaskMessageIds, readonly unknown[]>>,
  { throws = "likely" }: ObligationOptions,
): TSESLint.RuleListener {
  const limit = throws === "any" ? "possible" : "likely";
  return reportFindings(context, {
    analysis: backgroundTasks,
    reports: ({ strength }) => atLeast(strength, limit),
    at: ({ site }) => site,
    say: ({ task, kind, fault, end }) => ({
      messageId: messageOf[fault.how],
      data: {
        task:
          kind === undefined ? describeTask[task] : `This ${kind.label} runs until it is stopped`,
        advice: kind === undefined ? adviceFor[task] : `Call ${describeReleaseOf(kind)}.`,
        end: describeEnd(end),
        flag: fault.how === "unset-flag" ? fault.flag : "",
        sets: fault.how === "unset-flag" && fault.missing === "abort" ? "aborts it" : "changes it",
        stop: "stop" in fault ? describeLines([fault.stop]) : "",
        awaited: "awaited" in fault ? describeLines([fault.awaited]) : "",
      },
    }),
  });
}

const describeTask = {
  timer: "This timer arms itself again and again",
  loop: "This loop goes on for ever",
  job: "This job goes on for ever",
} as const;

const adviceFor = {
  timer: "Keep its handle and clear it there, or test a flag before it is armed again.",
  loop: "Let it test a flag or an AbortSignal in every turn.",
  job: "Keep what starts it, and stop it there.",
} as const;

function describeEnd(end: OwnerEnd | undefined): string {
  switch (end?.is) {
    case undefined:
      return "";
    case "method":
      return ` when ${describeMember(end.method)} ends ${describeOwner(end.owner)}`;
    case "sibling":
      return `, while another one is stopped on ${describeLines([end.stop])}`;
    case "forgotten":
      return `, and ${describeLines([end.at])} only forgets its handle`;
    case "component":
      return " when its component ends";
    case "connection":
    case "request":
    case "message":
      return ` when the ${end.is} is over that it is started for`;
  }
}
