import type { TSESLint } from "@typescript-eslint/utils";
import { analyseReleases, type ReleaseFinding } from "../ownership/analyse-releases.ts";
import type { ReleaseFault } from "../ownership/track-release.ts";
import { awaitReturned, declareConst, removeRelease } from "../suggestions/undo-release.ts";
import { createRule } from "./create-rule.ts";
import { reportFindings } from "./report-findings.ts";
import { offer } from "./suggest.ts";
import { describeReleaser } from "./words.ts";

export type MessageIds =
  | "usedAfterRelease"
  | "releasedTwice"
  | "returnedReleased"
  | "returnedPending"
  | "keptReleased"
  | SuggestionIds;

type SuggestionIds = "awaitReturned" | "removeRelease" | "declareConst";

const messageOf = {
  used: "usedAfterRelease",
  "released-twice": "releasedTwice",
  returned: "returnedReleased",
  pending: "returnedPending",
  kept: "keptReleased",
} as const satisfies Record<ReleaseFault, MessageIds>;

export const noUseAfterRelease = createRule<[], MessageIds>({
  name: "no-use-after-release",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description: "Disallow the use of a resource that has been released on every path",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    messages: {
      usedAfterRelease:
        "This uses the {{kind}} after {{releaser}} has released it. Use it before, or release it later.",
      releasedTwice:
        "This releases the {{kind}} again after {{releaser}} has. Release it once: the second time fails, or hits whatever has its handle by then.",
      returnedReleased:
        "This returns the {{kind}}, but {{releaser}} releases it before the caller has it. Let the caller release it.",
      returnedPending:
        "This returns a promise that works with the {{kind}}, but {{releaser}} releases it before the promise settles. Await it here.",
      keptReleased:
        "This keeps the {{kind}} for later, but {{releaser}} releases it when its block ends. Keep it without using, and release it where it ends.",
      awaitReturned: "Await it before it is returned.",
      removeRelease: "Remove this release.",
      declareConst: "Declare it with const, and leave the release to the caller.",
    },
    schema: [],
  },
  create: (context) =>
    reportFindings(context, {
      analysis: analyseReleases,
      at: ({ node }) => node,
      say: (finding) => ({
        messageId: messageOf[finding.fault],
        data: {
          kind: finding.kind.label,
          releaser: describeReleaser(finding.releasedAt),
        },
        suggest: suggestionsFor(finding),
      }),
    }),
});

function suggestionsFor(
  finding: ReleaseFinding,
): TSESLint.SuggestionReportDescriptor<SuggestionIds>[] {
  switch (finding.fault) {
    case "used":
    case "kept":
      return [];
    case "released-twice":
      return offer("removeRelease", removeRelease(finding));
    case "pending":
      return offer("awaitReturned", awaitReturned(finding));
    case "returned":
      return offer("declareConst", declareConst(finding));
  }
}
