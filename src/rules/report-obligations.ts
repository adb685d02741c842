/**
 * What the rules share that report obligations of functions: the same verdicts under the same
 * options, each rule in its own words.
 */
import type { TSESLint } from "@typescript-eslint/utils";
import type { JSONSchema4 } from "@typescript-eslint/utils/json-schema";
import type ts from "typescript";
import { isAssigned } from "../lifetimes/assignment.ts";
import { analyseFile, type Obligation } from "../ownership/analyse-file.ts";
import { engineOf } from "../ownership/engine.ts";
import { atLeast, type Strength } from "../ownership/obligation-state.ts";
import type { ResourceKind } from "../resources/kind.ts";
import type { ReportingRule } from "../resources/reporting-rule.ts";
import { releaseAtEnd } from "../suggestions/release-at-end.ts";
import { nameTemporary } from "../suggestions/name-temporary.ts";
import { effectAround, releaseInCleanup } from "../suggestions/release-in-cleanup.ts";
import { releaseBefore } from "../suggestions/release-before.ts";
import { releaseOnExits } from "../suggestions/release-on-exits.ts";
import { rightRelease } from "../suggestions/undo-release.ts";
import { reportingCrash } from "./errors.ts";
import { squiggleAt } from "./location.ts";
import { catalogOf, requireServices } from "./services.ts";
import type { ReleaseSuggestionIds } from "./duty-messages.ts";
import { offer } from "./suggest.ts";
import {
  describeAdvice,
  describeExit,
  describeReleaseOf,
  describeResource,
  describeSibling,
} from "./words.ts";

/** What a rule asks for beyond its options. */
export interface Leniency {
  /**
   * A timer or a listener may be meant to last as long as the process. Without `strict` evidence of
   * its end is asked for: another path that ends it, a method that ends its owner.
   */
  readonly mayLastForever?: boolean;
  /** Such evidence about the owner of what is acquired at a place, beyond that of the obligation. */
  readonly ownerEnds?: (site: ts.Node) => boolean;
  /** Kinds that another analysis of the rule judges, or of which it says nothing of this sort. */
  readonly leavesOut?: (kind: ResourceKind, neverEnded: boolean) => boolean;
}

export interface ObligationOptions {
  readonly throws?: "likely" | "any";
  readonly unknownCallee?: "owns" | "borrows";
}

export const defaultObligationOptions = { throws: "likely", unknownCallee: "owns" } as const;
export const strictObligationOptions = { throws: "any", unknownCallee: "borrows" } as const;

export const throwsSchema: JSONSchema4 = {
  type: "string",
  enum: ["likely", "any"],
  description:
    "Which exceptions count: those that are expected to happen, or any call that may throw.",
};

export const obligationProperties: Record<string, JSONSchema4> = {
  throws: throwsSchema,
  unknownCallee: {
    type: "string",
    enum: ["owns", "borrows"],
    description: "What a function that nobody can look into does with a resource it is given.",
  },
};

export const obligationSchema: JSONSchema4 = {
  type: "object",
  description: "How much evidence a report needs.",
  additionalProperties: false,
  properties: obligationProperties,
};

type Leak = Extract<Obligation["verdict"], { leaks: true }>;

/**
 * A listener that reports the obligations of a file that are the rule's.
 *
 * @param messageOf the message of each way to leak; a way that has none is not the rule's to report
 */
export function reportObligations<Reported extends string>(
  context: Readonly<TSESLint.RuleContext<Reported | ReleaseSuggestionIds, readonly unknown[]>>,
  rule: ReportingRule,
  messageOf: Readonly<Record<Leak["how"], Reported | undefined>>,
  { throws = "likely", unknownCallee = "owns" }: ObligationOptions,
  { mayLastForever = false, ownerEnds, leavesOut }: Leniency = {},
): TSESLint.RuleListener {
  const services = requireServices(context);
  const limit: Strength = throws === "any" ? "possible" : "likely";
  const analysis = { catalog: catalogOf(context), unknownCallee, limit };
  return {
    Program(program) {
      const file = services.esTreeNodeToTSNodeMap.get(program);
      const obligations = analyseFile(file, services.program, analysis, (line, work) =>
        reportingCrash(context, line, work),
      );
      for (const obligation of obligations) {
        const { verdict } = obligation;
        if (obligation.rule !== rule || !verdict.leaks) continue;
        const neverEnded = isNeverEnded(verdict);
        if (leavesOut?.(obligation.kind, neverEnded) === true) continue;
        if (!atLeast(verdict.strength, limit)) continue;
        const mayLast = mayLastForever && limit !== "possible" && neverEnded;
        if (mayLast && ownerEnds?.(obligation.site) !== true) continue;
        if (isAssigned({ ...obligation, ...verdict }, file, services.program, analysis.catalog))
          report(obligation, verdict);
      }
    },
  };

  function report(obligation: Obligation, verdict: Leak): void {
    const { site, kind, unit } = obligation;
    const messageId = messageOf[verdict.how];
    const reported: ts.Node | undefined = verdict.how === "hidden" ? verdict.at[0] : site;
    const loc = reported && squiggleAt(reported, services, context.sourceCode);
    if (loc === undefined || messageId === undefined) return;
    context.report({
      loc,
      messageId,
      data: {
        what: describeResource(site, kind, verdict.how),
        exit:
          describeExit(verdict.at, verdict.how, unit) +
          describeOtherwise(verdict, unit) +
          describeSibling(verdict.elsewhere),
        advice: describeAdvice(kind, verdict.how),
      },
      suggest: suggestionsFor(obligation, verdict),
    });
  }

  /** The path that forgets it is named first, and beside it the exception that would be next. */
  function describeOtherwise({ otherwise }: Leak, unit: ts.Node): string {
    return otherwise !== undefined && atLeast(otherwise.strength, limit)
      ? `, nor when ${describeExit(otherwise.at, "throw", unit)}`
      : "";
  }

  function suggestionsFor(
    obligation: Obligation,
    { how, at, otherwise }: Leak,
  ): TSESLint.SuggestionReportDescriptor<ReleaseSuggestionIds>[] {
    const { environment } = engineOf(services.program, analysis);
    const words = { release: describeReleaseOf(obligation.kind) };
    const effect = effectAround(obligation.site, environment);
    if (effect !== undefined) {
      return offer("releaseInCleanup", releaseInCleanup(obligation, effect, environment), words);
    }
    switch (how) {
      case "dropped": {
        const { using, inFinally } = nameTemporary(obligation, environment);
        return [...offer("declareUsing", using), ...offer("releaseInFinally", inFinally, words)];
      }
      case "never":
      case "path":
      case "turn":
      case "throw": {
        const { using, inFinally } = releaseAtEnd(obligation, environment);
        const isAll = otherwise === undefined || !atLeast(otherwise.strength, limit);
        const onExits =
          how === "path" && isAll ? releaseOnExits(obligation, at, environment) : undefined;
        return [
          ...offer("declareUsing", using),
          ...offer("releaseInFinally", inFinally, words),
          ...offer("releaseOnExit", onExits, words),
        ];
      }
      case "overwritten":
        return offer(
          "releaseBefore",
          // The next call overwrites it where this one acquires it.
          releaseBefore(
            obligation,
            at[0] === obligation.unit ? [obligation.site] : at,
            environment,
          ),
          words,
        );
      case "wrong-release":
        return offer("releaseRight", rightRelease(at[0], obligation.kind), words);
      default:
        return [];
    }
  }
}

function isNeverEnded({ how }: Leak): boolean {
  return how === "never" || how === "dropped";
}
