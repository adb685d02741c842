import { analyseGrowth, type GrowthFault } from "../lifetimes/collections/growing-collections.ts";
import { describeGrowth } from "./collection-words.ts";
import { createRule } from "./create-rule.ts";
import { reportFindings } from "./report-findings.ts";

export type MessageIds =
  | "onlyGrows"
  | "keepsBlankSlots"
  | "keepsEmptiedEntries"
  | "keepsRenewedKeys"
  | "neverRemoved"
  | "emptiedAtEndOnly"
  | "keepsWhatSiblingDropped";

export interface Options {
  readonly report?: "sure" | "possible";
}

const messageOf = {
  unbounded: "onlyGrows",
  blanked: "keepsBlankSlots",
  "inner-emptied": "keepsEmptiedEntries",
  renewed: "keepsRenewedKeys",
  "removal-uncalled": "neverRemoved",
  "emptied-at-end": "emptiedAtEndOnly",
  "sibling-told": "keepsWhatSiblingDropped",
} as const satisfies Record<GrowthFault, MessageIds>;

export const noUnboundedCollection = createRule<[Options], MessageIds>({
  name: "no-unbounded-collection",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow long-lived collections that are added to and never emptied or bounded",
      recommended: "recommended",
      strictOptions: [{ report: "possible" }],
      requiresTypeChecking: true,
    },
    messages: {
      onlyGrows: "{{what}} grows {{when}} and nothing takes anything out of it. {{advice}}",
      keepsBlankSlots:
        "{{what}} grows {{when}}: {{place}} empties a slot and leaves its key. Delete the key instead.",
      keepsEmptiedEntries:
        "{{what}} grows {{when}}: {{place}} empties what is kept under a key and leaves the key. Delete the key when nothing is left under it.",
      keepsRenewedKeys:
        "{{what}} grows {{when}}: {{place}} takes out only the key that is put in again. {{advice}}",
      neverRemoved:
        "{{what}} grows {{when}}: the code that takes something out, on {{line}}, is never called. Call it, or give the collection a limit.",
      emptiedAtEndOnly:
        "{{what}} grows {{when}} and is emptied only when its owner ends, on {{line}}. {{advice}}",
      keepsWhatSiblingDropped:
        "{{what}} grows {{when}}: {{place}} deletes the key from '{{other}}' alone. Delete it from both.",
    },
    defaultOptions: [{ report: "sure" }],
    schema: [
      {
        type: "object",
        description: "Which collections are reported.",
        additionalProperties: false,
        properties: {
          report: {
            type: "string",
            enum: ["sure", "possible"],
            description:
              "Whether a collection is reported only where the code shows that it lives long and grows while the program works, or also where nothing is known of who fills it and how long its owner lives.",
          },
        },
      },
    ],
  },
  create: (context, [{ report: wanted = "sure" }]) =>
    reportFindings(context, {
      analysis: analyseGrowth,
      reports: (finding, isOurs) =>
        (finding.strength === "sure" || wanted === "possible") &&
        finding.adds.every(({ node }) => isOurs({ ...finding, site: node })),
      at: ({ node }) => node,
      say: (finding) => ({ messageId: messageOf[finding.fault], data: describeGrowth(finding) }),
    }),
});
