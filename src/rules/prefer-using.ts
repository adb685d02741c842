import { analyseFile, type Obligation } from "../ownership/analyse-file.ts";
import { engineOf } from "../ownership/engine.ts";
import { replaceableByUsing } from "../suggestions/replace-by-using.ts";
import { createRule } from "./create-rule.ts";
import { reportingCrash } from "./errors.ts";
import { squiggleAt } from "./location.ts";
import { catalogOf, requireServices } from "./services.ts";
import { offer } from "./suggest.ts";
import { describeReleaseOf, describeResource } from "./words.ts";

export type MessageIds = "preferUsing" | "declareUsing";

export const preferUsing = createRule<[], MessageIds>({
  name: "prefer-using",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    docs: {
      description: "Require `using` where it says in one word what a release in `finally` says",
      recommended: "strict",
      requiresTypeChecking: true,
    },
    messages: {
      preferUsing:
        "{{what}} is released by {{release}} {{where}}. Declare it with '{{form}}' instead.",
      declareUsing: "Declare it with '{{form}}', and remove the release.",
    },
    schema: [],
  },
  create(context) {
    const services = requireServices(context);
    // Whatever leaks under the strictest options is another rule's to report.
    const analysis = {
      catalog: catalogOf(context),
      unknownCallee: "borrows",
      limit: "possible",
    } as const;
    return {
      Program(program) {
        if (!/\b(?:const|let)\b/.test(context.sourceCode.text)) return;
        const file = services.esTreeNodeToTSNodeMap.get(program);
        const obligations = analyseFile(file, services.program, analysis, (line, work) =>
          reportingCrash(context, line, work),
        );
        for (const one of obligations) if (!one.verdict.leaks) report(one);
      },
    };

    function report(obligation: Obligation): void {
      const { site, kind } = obligation;
      const { environment } = engineOf(services.program, analysis);
      const found = replaceableByUsing(obligation, environment);
      const loc = squiggleAt(site, services, context.sourceCode);
      if (found === undefined || loc === undefined) return;
      const { form, where, edits } = found;
      context.report({
        loc,
        messageId: "preferUsing",
        data: {
          what: describeResource(site, kind),
          release: describeReleaseOf(kind),
          where,
          form,
        },
        suggest: offer("declareUsing", edits, { form }),
      });
    }
  },
});
