import { createRule } from "./create-rule.ts";

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
      hiddenByType: "{{what}} is returned as a type without its release. {{advice}}",
      wrongRelease: "{{what}} is released the wrong way. {{advice}}",
      pipeDropsErrors: "{{what}} stays open when the stream it is piped to fails. {{advice}}",
      siblingLost: "{{what}} is lost when another promise of the same Promise.all rejects. {{advice}}",
    },
    schema: [
      {
        type: "object",
        description: "How much evidence a report needs.",
        additionalProperties: false,
        properties: {
          throws: { type: "string", enum: ["likely", "any"], description: "Which throws count." },
          unknownCallee: { type: "string", enum: ["owns", "borrows"], description: "What a function that nobody can look into does with a resource it is given." },
        },
      },
    ],
  },
  defaultOptions: [{ throws: "likely", unknownCallee: "owns" }],
  create() {
    return {};
  },
});
