import type { TSESTree } from "@typescript-eslint/utils";
import { isAssigned } from "../lifetimes/assignment.ts";
import { analyseClasses } from "../ownership/analyse-file.ts";
import type { FieldFinding } from "../ownership/class-obligations.ts";
import type { FieldFault } from "../ownership/field-verdicts.ts";
import { atLeast, type Strength } from "../ownership/obligation-state.ts";
import { createRule } from "./create-rule.ts";
import { reportingCrash } from "./errors.ts";
import { firstLine } from "./location.ts";
import { catalogOf, requireServices } from "./services.ts";
import { describeOwner, describeMember, describeReleaseOf } from "./words.ts";

export type MessageIds =
  | "noRelease"
  | "fieldNotReleased"
  | "fieldNotReleasedOnThrow"
  | "fieldOverwritten"
  | "elementDropped"
  | "pendingNotReleased"
  | "leaksOnConstructorThrow"
  | "missingSuper";

export interface Options {
  readonly throws?: "likely" | "any";
}

const messageOf = {
  "no-release-method": "noRelease",
  forgotten: "fieldNotReleased",
  "on-path": "fieldNotReleased",
  pending: "pendingNotReleased",
  "constructor-throws": "leaksOnConstructorThrow",
  "on-throw": "fieldNotReleasedOnThrow",
  overwritten: "fieldOverwritten",
  dropped: "elementDropped",
  "missing-super": "missingSuper",
} as const satisfies Record<FieldFault, MessageIds>;

export const noUndisposedField = createRule<[Options], MessageIds>({
  name: "no-undisposed-field",
  meta: {
    type: "problem",
    docs: {
      description: "Require that a class releases the resources it keeps in its fields",
      recommended: "recommended",
      strictOptions: [{ throws: "any" }],
      requiresTypeChecking: true,
    },
    messages: {
      noRelease:
        "'{{field}}' ({{kind}}) is never released: {{owner}} has no method that does. Add one that calls {{release}}.",
      fieldNotReleased:
        "'{{field}}' ({{kind}}) is not released {{extent}}by {{method}} of {{owner}}. Call {{release}} there.",
      pendingNotReleased:
        "'{{field}}' ({{kind}}) is not released by {{method}} of {{owner}} while it is still pending. Await it there, or cancel it.",
      leaksOnConstructorThrow:
        "'{{field}}' ({{kind}}) is lost when the constructor of {{owner}} throws. Release it there before the exception leaves.",
      fieldNotReleasedOnThrow:
        "'{{field}}' ({{kind}}) is not released when something before it in {{method}} throws. Release it in a finally block.",
      fieldOverwritten:
        "'{{field}}' ({{kind}}) is overwritten by {{method}} while the old one may be open. Call {{release}} on the old one first.",
      elementDropped:
        "'{{field}}' holds a {{kind}} that {{method}} of {{owner}} takes out and does not release. Call {{release}} on it there.",
      missingSuper:
        "{{method}} of {{owner}} does not call the method it overrides, which releases '{{field}}' ({{kind}}). Call it with super.",
    },
    defaultOptions: [{ throws: "likely" }],
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
              "Which exceptions count: those that are expected to happen, or any call that may throw.",
          },
        },
      },
    ],
  },
  create(context, [{ throws = "likely" }]) {
    const services = requireServices(context);
    const analysis = { catalog: catalogOf(context), unknownCallee: "owns" } as const;
    const limit: Strength = throws === "any" ? "possible" : "likely";
    return {
      Program(program) {
        const file = services.esTreeNodeToTSNodeMap.get(program);
        const findings = reportingCrash(context, 1, () =>
          analyseClasses(file, services.program, analysis),
        );
        for (const finding of findings) {
          const { rule, strength, node: site } = finding;
          if (rule !== "no-undisposed-field" || !atLeast(strength, limit)) continue;
          if (isAssigned({ ...finding, site }, file, services.program, analysis.catalog))
            report(finding);
        }
      },
    };

    function report({ fault, owner, field, kind, node, method }: FieldFinding): void {
      const reported = services.tsNodeToESTreeNodeMap.get(node) as TSESTree.Node | undefined;
      // Virtual code of a processor has nodes that no line of the file stands for.
      if (reported === undefined) return;
      context.report({
        loc: firstLine(reported, context.sourceCode.lines),
        messageId: messageOf[fault],
        data: {
          extent: fault === "on-path" ? "on every path " : "",
          owner: describeOwner(owner),
          field,
          kind: kind.label,
          release: describeReleaseOf(kind),
          method: describeMember(method),
        },
      });
    }
  },
});
