/**
 * What the rules share that report the fields of classes: the same verdicts, each rule in its words.
 */
import type { TSESLint } from "@typescript-eslint/utils";
import { analyseClasses } from "../ownership/analyse-file.ts";
import type { FieldFinding } from "../ownership/class-obligations.ts";
import { type Environment } from "../ownership/environment.ts";
import type { FieldFault } from "../ownership/field-verdicts.ts";
import { atLeast, type Strength } from "../ownership/obligation-state.ts";
import type { ReportingRule } from "../resources/reporting-rule.ts";
import {
  callSuper,
  releaseBeforeAssignment,
  releaseInConstructor,
  releaseInMember,
  releaseMember,
} from "../suggestions/release-in-member.ts";
import { reportFindings } from "./report-findings.ts";
import type { Leniency } from "./report-obligations.ts";
import { offer } from "./suggest.ts";
import { describeMember, describeOwner, describeReleaseOf } from "./words.ts";

export type FieldMessageIds =
  | "noRelease"
  | "fieldNotReleased"
  | "fieldNotReleasedOnThrow"
  | "fieldOverwritten"
  | "elementDropped"
  | "pendingNotReleased"
  | "leaksOnConstructorThrow"
  | "missingSuper"
  | FieldSuggestionIds;

/** Of the suggestions for what a class keeps. */
type FieldSuggestionIds =
  "addReleaseMember" | "callSuper" | "releaseOnThrow" | "releaseFirst" | "releaseInMember";

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
  const limit: Strength = throws === "any" ? "possible" : "likely";
  return reportFindings(context, {
    analysis: analyseClasses,
    reports(finding, isOurs) {
      const { strength, node: site } = finding;
      if (finding.rule !== rule || !atLeast(strength, limit)) return false;
      const neverEnded = finding.fault === "no-release-method";
      if (leavesOut?.(finding.kind, neverEnded) === true) return false;
      const mayLast = mayLastForever && limit !== "possible" && neverEnded;
      return (!mayLast || ownerEnds?.(site) === true) && isOurs({ ...finding, site });
    },
    at: ({ node }) => node,
    say(finding, { environment }) {
      const { fault, owner, field, kind, method } = finding;
      return {
        messageId: messageOf[fault],
        data: {
          extent: fault === "on-path" ? "on every path " : "",
          owner: describeOwner(owner),
          field,
          kind: kind.label,
          release: describeReleaseOf(kind),
          method: describeMember(method),
        },
        suggest: suggestionsFor(finding, throws === "any", environment),
      };
    },
  });
}

function suggestionsFor(
  finding: FieldFinding,
  anyThrow: boolean,
  environment: Environment,
): TSESLint.SuggestionReportDescriptor<FieldSuggestionIds>[] {
  const words = {
    release: describeReleaseOf(finding.kind),
    field: finding.field,
    method: describeMember(finding.method),
  };
  switch (finding.fault) {
    case "no-release-method":
      return offer("addReleaseMember", releaseMember(finding, environment), words);
    case "missing-super":
      return offer("callSuper", callSuper(finding, anyThrow, environment), words);
    case "constructor-throws":
      return offer("releaseOnThrow", releaseInConstructor(finding, environment), words);
    case "overwritten":
      return offer("releaseFirst", releaseBeforeAssignment(finding, environment), words);
    case "dropped":
      return [];
    default:
      return offer("releaseInMember", releaseInMember(finding, anyThrow, environment), words);
  }
}
