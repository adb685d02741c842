import { analysePayloads } from "../lifetimes/payloads/analyse-payloads.ts";
import type { PayloadFault, PayloadFinding } from "../lifetimes/payloads/payload-finding.ts";
import { atLeast, type Strength } from "../ownership/obligation-state.ts";
import { clearAtEnd } from "../suggestions/clear-at-end.ts";
import { copyView } from "../suggestions/copy-view.ts";
import { createRule } from "./create-rule.ts";
import { reportFindings } from "./report-findings.ts";
import { offer } from "./suggest.ts";
import { describeExit, describeUnit } from "./words.ts";

export type MessageIds =
  | "neverCleared"
  | "notClearedOnPath"
  | "notClearedOnThrow"
  | "partsNeverCleared"
  | "partsNotClearedOnPath"
  | "partsNotClearedOnThrow"
  | "viewKept"
  | "clearInFinally"
  | "keepCopy";

export interface Options {
  readonly throws?: "likely" | "any";
  readonly views?: boolean;
}

const messageOf = {
  "never-cleared": "neverCleared",
  "kept-on-path": "notClearedOnPath",
  "kept-on-throw": "notClearedOnThrow",
  "parts-never-cleared": "partsNeverCleared",
  "parts-kept-on-path": "partsNotClearedOnPath",
  "parts-kept-on-throw": "partsNotClearedOnThrow",
  view: "viewKept",
} as const satisfies Record<PayloadFault, MessageIds>;

export const noRetainedPayload = createRule<[Options], MessageIds>({
  name: "no-retained-payload",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description: "Require that what outlives a message lets go of it when it was handled",
      recommended: "recommended",
      strictOptions: [{ throws: "any", views: true }],
      requiresTypeChecking: true,
    },
    messages: {
      neverCleared:
        "'{{name}}' keeps the {{type}} after {{unit}} is done with it, until the next one comes: nothing else looks at it. {{advice}}",
      notClearedOnPath: "'{{name}}' still keeps the {{type}} {{exit}}. {{advice}}",
      notClearedOnThrow: "'{{name}}' still keeps the {{type}} when {{exit}}. {{advice}}",
      partsNeverCleared:
        "'{{name}}' gathers a message and keeps its parts after {{unit}} has put it together. Empty it there.",
      partsNotClearedOnPath:
        "'{{name}}' still keeps the parts of the message {{exit}}. Empty it there too.",
      partsNotClearedOnThrow:
        "'{{name}}' still keeps the parts of the message when {{exit}}. Empty it before, or in a finally block.",
      viewKept:
        "This view keeps all of the {{type}} in memory for as long as '{{name}}' keeps the view. Keep a copy of the part instead.",
      clearInFinally: "Set '{{name}}' to {{value}} when the function ends.",
      keepCopy: "Keep a copy of the part.",
    },
    defaultOptions: [{ throws: "likely", views: false }],
    schema: [
      {
        type: "object",
        description: "How much evidence a report needs.",
        additionalProperties: false,
        properties: {
          throws: {
            type: "string",
            enum: ["likely", "any"],
            description:
              "Which exceptions count that skip the clearing: those that are expected, or those of any call.",
          },
          views: {
            type: "boolean",
            description:
              "Report views too that something keeps on purpose, and that keep a whole message for a small part of it.",
          },
        },
      },
    ],
  },
  create(context, [{ throws = "likely", views = false }]) {
    const limit: Strength = throws === "any" ? "possible" : "likely";
    return reportFindings(context, {
      analysis: analysePayloads,
      reports: (finding, isOurs) =>
        atLeast(finding.strength, limit) && (views || finding.fault !== "view") && isOurs(finding),
      at: ({ node }) => node,
      say(finding) {
        const { fault, name, payload, unit, at, emptyValue } = finding;
        const how = fault.endsWith("throw") ? "throw" : "path";
        return {
          messageId: messageOf[fault],
          data: {
            name,
            type: payload.label,
            unit: describeUnit(unit),
            advice: adviceFor(finding),
            exit: fault.endsWith("never-cleared") ? "" : describeExit(at, how, unit),
          },
          suggest:
            fault === "view"
              ? offer("keepCopy", copyView(finding))
              : offer("clearInFinally", clearAtEnd(finding), { name, value: emptyValue ?? "" }),
        };
      },
    });
  },
});

function adviceFor({ fault, fed }: PayloadFinding): string {
  if (fed?.letsGo !== undefined) return `Call ${fed.letsGo}() in a finally block.`;
  if (fed !== undefined) return "Make a new one for each message, in a local variable.";
  return fault === "never-cleared"
    ? "Use a local variable, or set it to undefined when the work is done, in a finally block."
    : "Set it to undefined in a finally block.";
}
