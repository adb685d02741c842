import { createRule } from "./create-rule.ts";
import {
  defaultObligationOptions,
  type ObligationOptions,
  obligationSchema,
  reportObligations,
  strictObligationOptions,
} from "./report-obligations.ts";

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

export type Options = ObligationOptions;

const messageOf = {
  dropped: "resultDropped",
  never: "neverReleased",
  path: "notReleasedOnPath",
  turn: "notReleasedOnPath",
  removed: "notReleasedOnPath",
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
      strictOptions: [strictObligationOptions],
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
    defaultOptions: [defaultObligationOptions],
    schema: [obligationSchema],
  },
  create(context, [options]) {
    return reportObligations(context, "no-unclosed-disposable", messageOf, options);
  },
});
