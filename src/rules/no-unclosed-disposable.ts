import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { isAssigned } from "../lifetimes/assignment.ts";
import { analyseFile, type Obligation } from "../ownership/analyse-file.ts";
import { atLeast, type Strength } from "../ownership/obligation-state.ts";
import { createRule } from "./create-rule.ts";
import { reportingCrash } from "./errors.ts";
import { firstLine } from "./location.ts";
import { catalogOf, requireServices } from "./services.ts";
import { describeAdvice, describeExit, describeResource } from "./words.ts";

export type MessageIds =
  | "neverReleased"
  | "resultDropped"
  | "notReleasedOnPath"
  | "notReleasedOnThrow"
  | "overwritten"
  | "hiddenByType"
  | "wrongRelease"
  | "pipeDropsErrors"
  | "siblingLost";

export interface Options {
  readonly throws?: "likely" | "any";
  readonly unknownCallee?: "owns" | "borrows";
}

type Leak = Extract<Obligation["verdict"], { leaks: true }>;

const messageOf = {
  dropped: "resultDropped",
  never: "neverReleased",
  path: "notReleasedOnPath",
  turn: "notReleasedOnPath",
  throw: "notReleasedOnThrow",
  overwritten: "overwritten",
  hidden: "hiddenByType",
  "wrong-release": "wrongRelease",
  pipe: "pipeDropsErrors",
  sibling: "siblingLost",
} as const satisfies Record<string, MessageIds>;

export const noUnclosedDisposable = createRule<[Options], MessageIds>({
  name: "no-unclosed-disposable",
  meta: {
    type: "problem",
    docs: {
      description: "Require that a resource is released on every path, or handed to an owner",
      recommended: "recommended",
      strictOptions: [{ throws: "any", unknownCallee: "borrows" }],
      requiresTypeChecking: true,
    },
    messages: {
      neverReleased: "{{what}} is never released. {{advice}}",
      resultDropped: "{{what}} is dropped, so nothing can release it. {{advice}}",
      notReleasedOnPath: "{{what}} is not released {{exit}}. {{advice}}",
      notReleasedOnThrow: "{{what}} is not released when {{exit}}. {{advice}}",
      overwritten: "{{what}} is overwritten {{exit}} while it is still open. {{advice}}",
      hiddenByType: "{{what}} is returned as a type that has no way to release it. {{advice}}",
      wrongRelease: "{{what}} is released the wrong way {{exit}}. {{advice}}",
      pipeDropsErrors:
        "{{what}} stays open when the stream it is piped to {{exit}} fails. {{advice}}",
      siblingLost:
        "{{what}} is lost when another promise of the same Promise.all rejects. {{advice}}",
    },
    defaultOptions: [{ throws: "likely", unknownCallee: "owns" }],
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
          unknownCallee: {
            type: "string",
            enum: ["owns", "borrows"],
            description:
              "What a function that nobody can look into does with a resource it is given.",
          },
        },
      },
    ],
  },
  create(context, [{ throws = "likely", unknownCallee = "owns" }]) {
    const services = requireServices(context);
    const analysis = { catalog: catalogOf(context), unknownCallee };
    const limit: Strength = throws === "any" ? "possible" : "likely";
    return {
      Program(program) {
        const file = services.esTreeNodeToTSNodeMap.get(program);
        const obligations = analyseFile(file, services.program, analysis, (line, work) =>
          reportingCrash(context, line, work),
        );
        for (const obligation of obligations) {
          const { rule, verdict } = obligation;
          if (rule !== "no-unclosed-disposable" || !verdict.leaks) continue;
          if (!atLeast(verdict.strength, limit)) continue;
          if (isAssigned({ ...obligation, ...verdict }, file, services.program, analysis.catalog))
            report(obligation, verdict);
        }
      },
    };

    function report({ site, kind, unit }: Obligation, verdict: Leak): void {
      const reported: ts.Node | undefined = verdict.how === "hidden" ? verdict.at[0] : site;
      const node =
        reported && (services.tsNodeToESTreeNodeMap.get(reported) as TSESTree.Node | undefined);
      // Virtual code of a processor has nodes that no line of the file stands for.
      if (node === undefined) return;
      context.report({
        loc: firstLine(node, context.sourceCode.lines),
        messageId: messageOf[verdict.how],
        data: {
          what: describeResource(site, kind),
          exit: describeExit(verdict.at, verdict.how, unit),
          advice: describeAdvice(kind, verdict.how),
        },
      });
    }
  },
});
