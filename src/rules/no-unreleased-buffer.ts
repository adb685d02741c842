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
  // Streams are closed, not freed.
  pipe: undefined,
  sibling: "siblingLost",
} as const satisfies Record<string, MessageIds | undefined>;

export const noUnreleasedBuffer = createRule<[Options], MessageIds>({
  name: "no-unreleased-buffer",
  meta: {
    type: "problem",
    docs: {
      description: "Require that counted references and native memory are released on every path",
      recommended: "recommended",
      strictOptions: [strictObligationOptions],
      requiresTypeChecking: true,
    },
    messages: {
      neverReleased:
        "{{what}} is never released, and the garbage collector does not free it. {{advice}}",
      resultDropped: "{{what}} is dropped, so nothing can release it. {{advice}}",
      notReleasedOnPath: "{{what}} is not released {{exit}}. {{advice}}",
      notReleasedOnThrow: "{{what}} is not released when {{exit}}. {{advice}}",
      overwritten: "{{what}} is overwritten {{exit}} before it is released. {{advice}}",
      hiddenByType: "{{what}} is returned as a type that has no way to release it. {{advice}}",
      wrongRelease: "{{what}} is released the wrong way {{exit}}. {{advice}}",
      siblingLost:
        "{{what}} is lost when another promise of the same Promise.all rejects. {{advice}}",
    },
    defaultOptions: [defaultObligationOptions],
    schema: [obligationSchema],
  },
  create(context, [options]) {
    return reportObligations(context, "no-unreleased-buffer", messageOf, options);
  },
});
