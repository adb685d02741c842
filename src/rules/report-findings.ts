/**
 * What all rules do alike that report what an analysis of the file finds: analyse it, leave out what
 * the options or another rule have the say of, and put the rest into words on one line each.
 */
import type { TSESLint } from "@typescript-eslint/utils";
import type ts from "typescript";
import { type Finding, isAssigned } from "../lifetimes/assignment.ts";
import {
  type AnalysisOptions,
  type Engine,
  engineOf,
  type FileAnalysis,
} from "../ownership/engine.ts";
import { reportingCrash } from "./errors.ts";
import { squiggleAt } from "./location.ts";
import { catalogOf, requireServices } from "./services.ts";

/** What a report says, its place aside. */
export type Words<MessageIds extends string> = Pick<
  TSESLint.ReportDescriptor<MessageIds> & { readonly messageId: MessageIds },
  "messageId" | "data" | "suggest"
>;

/** Whether a finding is the one to report of its obligation, among those of all rules. */
export type IsOurs = (finding: Finding) => boolean;

export interface Reporting<Found, MessageIds extends string> {
  readonly analysis: FileAnalysis<Found>;
  /** The options want it, and no other rule reports it. Absent: always. */
  readonly reports?: (found: Found, isOurs: IsOurs) => boolean;
  /** Where the squiggle goes. */
  readonly at: (found: Found) => ts.Node;
  readonly say: (found: Found, engine: Engine) => Words<MessageIds>;
}

/** A listener that reports the findings of an analysis. */
export function reportFindings<Found, MessageIds extends string>(
  context: Readonly<TSESLint.RuleContext<MessageIds, readonly unknown[]>>,
  { analysis, reports = () => true, at, say }: Reporting<Found, MessageIds>,
): TSESLint.RuleListener {
  const services = requireServices(context);
  const { program } = services;
  const options: AnalysisOptions = { catalog: catalogOf(context), unknownCallee: "owns" };
  return {
    Program(node) {
      const file = services.esTreeNodeToTSNodeMap.get(node);
      const findings = reportingCrash(context, 1, () => analysis(file, program, options));
      const isOurs: IsOurs = (finding) => isAssigned(finding, file, program, options.catalog);
      for (const found of findings) {
        if (!reports(found, isOurs)) continue;
        const loc = squiggleAt(at(found), services, context.sourceCode);
        if (loc !== undefined) context.report({ loc, ...say(found, engineOf(program, options)) });
      }
    },
  };
}

/** A listener that runs several over the file, one after another. */
export function together(...listeners: readonly TSESLint.RuleListener[]): TSESLint.RuleListener {
  return {
    Program(node) {
      for (const listener of listeners) listener.Program?.(node);
    },
  };
}
