import {
  analyseConnections,
  type ConnectionFinding,
} from "../lifetimes/connections/analyse-connections.ts";
import {
  analysePendingRequests,
  type PendingFinding,
} from "../lifetimes/connections/pending-requests.ts";
import { analyseSubscriptions } from "../lifetimes/connections/upstream-subscriptions.ts";
import { forgetAtEnd } from "../suggestions/forget-at-end.ts";
import { createRule } from "./create-rule.ts";
import { reportFindings, together } from "./report-findings.ts";
import { offer } from "./suggest.ts";
import { describeLines } from "./words.ts";

type MessageIds =
  | "neverRemoved"
  | "notRemovedAtEnd"
  | "notRemovedAtEveryEnd"
  | "removedUnderOtherKey"
  | "requestStays"
  | "requestWaitsForEver"
  | "subscriptionStays"
  | "forgetAtEnd";

interface Options {
  readonly sharedCollections?: boolean;
}

const messageOf = {
  never: "neverRemoved",
  "not-at-end": "notRemovedAtEnd",
  "some-ends": "notRemovedAtEveryEnd",
  "other-key": "removedUnderOtherKey",
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
      requestStays:
        "'{{holder}}' keeps this request {{when}}: {{what}}. Take its entry out {{then}}.",
      requestWaitsForEver:
        "'{{holder}}' keeps this request when the connection ends{{end}}, and whoever waits for the answer waits for ever. Reject all that is waiting there, and empty '{{holder}}'.",
      subscriptionStays:
        "This subscription to '{{key}}' is made for those in '{{holder}}' and stays when the last of them has left, on {{line}}. Call {{undo}}() when none is left.",
      removedUnderOtherKey:
        "'{{holder}}' keeps the {{kind}} '{{name}}' for ever: what is removed on {{lines}} stands under another key. Remove the key that is stored here.",
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
  create(context, [{ sharedCollections = false }]) {
    const connections = reportFindings(context, {
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
    });
    const requests = reportFindings(context, {
      analysis: analysePendingRequests,
      reports: (finding, isOurs) =>
        (finding.strength === "sure" || sharedCollections) && isOurs(finding),
      at: ({ site }) => site,
      say: (finding) => ({
        messageId: finding.forgotten.includes("answer") ? "requestStays" : "requestWaitsForEver",
        data: describeRequest(finding),
      }),
    });
    const subscriptions = reportFindings(context, {
      analysis: analyseSubscriptions,
      reports: (finding, isOurs) => isOurs(finding),
      at: ({ site }) => site,
      say: ({ holder, key, leaves, undo }) => ({
        messageId: "subscriptionStays",
        data: {
          holder: holder.getText(),
          key: key.getText(),
          line: describeLines([leaves]),
          undo,
        },
      }),
    });
    return together(connections, requests, subscriptions);
  },
});

function describeRequest({ holder, forgotten, end }: PendingFinding): Record<string, string> {
  const never = forgotten.includes("end");
  return {
    holder: holder.getText(),
    when: never ? "for ever" : "when it is answered",
    what: never
      ? "nothing takes it out, neither an answer nor the end of the connection"
      : "it is taken out for other reasons only",
    then: never ? "in both cases" : "with the answer",
    end: end === undefined ? "" : ` (${describeLines([end])})`,
  };
}
