import {
  analyseConnections,
  type ConnectionFinding,
} from "../lifetimes/connections/analyse-connections.ts";
import { isAssigned } from "../lifetimes/assignment.ts";
import { createRule } from "./create-rule.ts";
import { reportingCrash } from "./errors.ts";
import { squiggleAt } from "./location.ts";
import { catalogOf, requireServices } from "./services.ts";
import { describeLines } from "./words.ts";

type MessageIds = "neverRemoved" | "notRemovedAtEnd" | "notRemovedAtEveryEnd";

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
    const services = requireServices(context);
    const analysis = { catalog: catalogOf(context), unknownCallee: "owns" } as const;
    return {
      Program(program) {
        const file = services.esTreeNodeToTSNodeMap.get(program);
        const findings = reportingCrash(context, 1, () =>
          analyseConnections(file, services.program, analysis),
        );
        for (const finding of findings) {
          if (finding.strength === "possible" && !sharedCollections) continue;
          if (isAssigned(finding, file, services.program, analysis.catalog)) report(finding);
        }
      },
    };

    function report({ site, holder, connection, how, removals, events }: ConnectionFinding): void {
      const loc = squiggleAt(site, services, context.sourceCode);
      if (loc === undefined) return;
      context.report({
        loc,
        messageId: messageOf[how],
        data: {
          holder: holder.getText(),
          kind: connection.kind.label,
          name: connection.parameter.name.getText(),
          end: connection.kind.ends[0] ?? "close",
          lines: removals.length === 0 ? "" : describeLines(removals),
          events: events.map((event) => `'${event}'`).join(" or "),
        },
      });
    }
  },
});
