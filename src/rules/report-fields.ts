/**
 * What the rules share that report the fields of classes: the same verdicts, each rule in its words.
 */
import type { TSESLint } from "@typescript-eslint/utils";
import { isAssigned } from "../lifetimes/assignment.ts";
import { analyseClasses } from "../ownership/analyse-file.ts";
import type { FieldFinding } from "../ownership/class-obligations.ts";
import type { FieldFault } from "../ownership/field-verdicts.ts";
import { atLeast, type Strength } from "../ownership/obligation-state.ts";
import type { ReportingRule } from "../resources/reporting-rule.ts";
import { reportingCrash } from "./errors.ts";
import { squiggleAt } from "./location.ts";
import type { Leniency } from "./report-obligations.ts";
import { catalogOf, requireServices } from "./services.ts";
import { describeMember, describeOwner, describeReleaseOf } from "./words.ts";

export type FieldMessageIds =
  | "noRelease"
  | "fieldNotReleased"
  | "fieldNotReleasedOnThrow"
  | "fieldOverwritten"
  | "elementDropped"
  | "pendingNotReleased"
  | "leaksOnConstructorThrow"
  | "missingSuper";

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
} as const satisfies Record<FieldFault, FieldMessageIds>;

/** A listener that reports the fields of the classes of a file that are the rule's. */
export function reportFields(
  context: Readonly<TSESLint.RuleContext<FieldMessageIds, readonly unknown[]>>,
  rule: ReportingRule,
  { throws = "likely" }: { readonly throws?: "likely" | "any" },
  { mayLastForever = false, ownerEnds, leavesOut }: Leniency = {},
): TSESLint.RuleListener {
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
        const { strength, node: site } = finding;
        if (finding.rule !== rule || !atLeast(strength, limit)) continue;
        if (leavesOut?.(finding.kind) === true) continue;
        const mayLast =
          mayLastForever && limit !== "possible" && finding.fault === "no-release-method";
        if (mayLast && ownerEnds?.(site) !== true) continue;
        if (isAssigned({ ...finding, site }, file, services.program, analysis.catalog))
          report(finding);
      }
    },
  };

  function report({ fault, owner, field, kind, node, method }: FieldFinding): void {
    const loc = squiggleAt(node, services, context.sourceCode);
    if (loc === undefined) return;
    context.report({
      loc,
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
}
