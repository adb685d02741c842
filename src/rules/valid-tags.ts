import { AST_TOKEN_TYPES } from "@typescript-eslint/utils";
import { faultyTags, type FaultyTag, type TagHost } from "../resources/check-tags.ts";
import { Types } from "../typescript/types.ts";
import { createRule } from "./create-rule.ts";
import { reportingCrash } from "./errors.ts";
import { requireServices } from "./services.ts";
import { offer } from "./suggest.ts";

export type MessageIds =
  | "misspelt"
  | "misplaced"
  | "nameless"
  | "unknownMember"
  | "unknownParameter"
  | "contradictory"
  | "writeMeant";

/** What is allowed where a tag is not. */
const allowedOn: Readonly<Record<TagHost, string>> = {
  type: "on a class, interface or type. Write @mustCall there, with the methods that release it",
  constructor: "on a constructor by itself. Name the parameter that it is about behind the tag",
  parameter: "on a parameter. Write @owning or @notOwning there",
  field: "on a field. Write @owning or @notOwning there",
  function: "on a function",
  nothing:
    "here. Put it on the declaration of a class, interface, type, function, parameter or field",
};

export const validTags = createRule<[], MessageIds>({
  name: "valid-tags",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description:
        "Require that the tags which say who must release stand where they say something",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    messages: {
      misspelt: "'@{{tag}}' says nothing. Write '@{{meant}}'.",
      misplaced: "'@{{tag}}' says nothing {{allowed}}.",
      nameless:
        "'@mustCall' says nothing without a name. Name the methods that release, as in '@mustCall close'.",
      unknownMember: "{{type}} has no member '{{name}}'. Name a method of it that releases.",
      unknownParameter:
        "'{{name}}' is no parameter of this function. Name {{known}}, or write a dash before a text.",
      contradictory: "'@{{tag}}' contradicts '@{{meant}}' before it. Remove one of them.",
      writeMeant: "Write '@{{meant}}'.",
    },
    schema: [],
  },
  create(context) {
    const services = requireServices(context);
    const { sourceCode } = context;
    return {
      Program(program) {
        const documents = sourceCode
          .getAllComments()
          .filter(({ type, value }) => type === AST_TOKEN_TYPES.Block && value.startsWith("*"));
        if (documents.length === 0) return;
        const file = services.esTreeNodeToTSNodeMap.get(program);
        const faulty = reportingCrash(context, 1, () =>
          faultyTags(
            file,
            documents.map(({ range }) => range),
            new Types(services.program),
          ),
        );
        for (const tag of faulty) report(tag);
      },
    };

    function report({ name, start, end, fault }: FaultyTag): void {
      const loc = {
        start: sourceCode.getLocFromIndex(start),
        end: sourceCode.getLocFromIndex(end),
      };
      switch (fault.is) {
        case "misspelt": {
          const { meant } = fault;
          const edits = [{ start, end, text: `@${meant}` }];
          context.report({
            loc,
            messageId: "misspelt",
            data: { tag: name, meant },
            suggest: offer("writeMeant", edits, { meant }),
          });
          break;
        }
        case "misplaced":
          context.report({
            loc,
            messageId: "misplaced",
            data: { tag: name, allowed: allowedOn[fault.host] },
          });
          break;
        case "nameless":
          context.report({ loc, messageId: "nameless" });
          break;
        case "unknown-member":
          context.report({ loc, messageId: "unknownMember", data: fault });
          break;
        case "unknown-parameter": {
          const known = fault.known.map((one) => `'${one}'`).join(" or ");
          const data = { name: fault.name, known: known === "" ? "none" : known };
          context.report({ loc, messageId: "unknownParameter", data });
          break;
        }
        case "contradictory":
          context.report({
            loc,
            messageId: "contradictory",
            data: { tag: name, meant: fault.first },
          });
      }
    }
  },
});
