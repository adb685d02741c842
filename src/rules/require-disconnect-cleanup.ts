import {
  analyseConnections,
  type ConnectionFinding,
} from "../lifetimes/connections/analyse-connections.ts";
import { forgetAtEnd } from "../suggestions/forget-at-end.ts";
import { createRule } from "./create-rule.ts";
import { reportFindings } from "./report-findings.ts";
import { offer } from "./suggest.ts";
import { describeLines } from "./words.ts";

type MessageIds = "neverRemoved" | "notRemovedAtEnd" | "notRemovedAtEveryEnd" | "forgetAtEnd";

interface Options {
  readonly sharedCollections?: boolean;
}

const messageOf = {
  never: "neverRemoved",
  "not-at-end": "notRemovedAtEnd",
  "some-ends": "notRemovedAtEveryEnd",
} as const satisfies Record<ConnectionFinding["how"], MessageIds>;

export const requireDisconnectCleanup = createRule<[Options], MessageIds>({
  name: "require-disconnect-cleanup",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description: "Require that what is kept for a connection or request goes when it ends",
      recommended: "recommended",
      strictOptions: [{ sharedCollections: true }],
      requiresTypeChecking: true,
    },
    messages: {
      neverRemoved:
        "'{{holder}}' keeps the {{kind}} '{{name}}' for ever: nothing takes it out. Remove it when '{{end}}' is emitted.",
      notRemovedAtEnd:
        "'{{holder}}' keeps the {{kind}} '{{name}}' after its end: it is removed on {{lines}} for other reasons only. Remove it when '{{end}}' is emitted.",
      notRemovedAtEveryEnd:
        "'{{holder}}' keeps the {{kind}} '{{name}}' unless {{events}} is emitted, which does not come at every end. Remove it when '{{end}}' is emitted.",
      forgetAtEnd: "Remove it from '{{holder}}' when '{{end}}' is emitted.",
    },
    defaultOptions: [{ sharedCollections: false }],
    schema: [
      {
        type: "object",
        description: "How much evidence a report needs.",
        additionalProperties: false,
        properties: {
          sharedCollections: {
            type: "boolean",
            description: "Report collections too that code of other files can reach and empty.",
          },
        },
      },
    ],
  },
  create: (context, [{ sharedCollections = false }]) =>
    reportFindings(context, {
      analysis: analyseConnections,
      reports: (finding, isOurs) =>
        (finding.strength === "sure" || sharedCollections) && isOurs(finding),
      at: ({ site }) => site,
      say(finding, { environment }) {
        const { holder, connection, how, removals, events } = finding;
        const words = { holder: holder.getText(), end: connection.kind.ends[0] ?? "close" };
        return {
          messageId: messageOf[how],
          data: {
            ...words,
            kind: connection.kind.label,
            name: connection.parameter.name.getText(),
            lines: removals.length === 0 ? "" : describeLines(removals),
            events: events.map((event) => `'${event}'`).join(" or "),
          },
          suggest: offer("forgetAtEnd", forgetAtEnd(finding, environment), words),
        };
      },
    }),
});
