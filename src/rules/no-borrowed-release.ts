import {
  analyseBorrowedReleases,
  type BorrowedReleaseFault,
} from "../ownership/borrowed-releases.ts";
import { createRule } from "./create-rule.ts";
import { reportFindings } from "./report-findings.ts";
import { describePlace } from "./words.ts";

export type MessageIds = "lentReleased" | "sharedReleased" | "secondOwner";

const messageOf = {
  lent: "lentReleased",
  shared: "sharedReleased",
  "two-owners": "secondOwner",
} as const satisfies Record<BorrowedReleaseFault, MessageIds>;

export const noBorrowedRelease = createRule<[], MessageIds>({
  name: "no-borrowed-release",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow the release of a resource that is only borrowed",
      recommended: "strict",
      requiresTypeChecking: true,
    },
    messages: {
      lentReleased:
        "This releases the {{resource}} that the callback is only lent: {{other}} releases it as well. Leave the release to it.",
      sharedReleased:
        "This releases {{resource}}, which is made once and also used {{other}}, in a function that may run again. Release it where the program ends.",
      secondOwner:
        "This makes a second owner of {{resource}}: the one made {{other}} releases it too. Let one of them own it.",
    },
    schema: [],
  },
  create: (context) =>
    reportFindings(context, {
      analysis: analyseBorrowedReleases,
      at: ({ node }) => node,
      say: ({ fault, node, label, other }) => ({
        messageId: messageOf[fault],
        data: { resource: label, other: describePlace(other, node, fault === "lent") },
      }),
    }),
});
