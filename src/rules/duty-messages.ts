/**
 * The messages of the rules that report duties, in the word for doing each of them.
 */
import type { FieldMessageIds } from "./report-fields.ts";

/** Of a close: `released`; of a timer: `stopped`; of a listener: `removed`. */
export type Done = "released" | "stopped" | "removed";

export type ObligationMessageIds =
  | "neverReleased"
  | "resultDropped"
  | "notReleasedOnPath"
  | "notReleasedOnThrow"
  | "overwritten"
  | "hiddenByType"
  | "wrongRelease"
  | "siblingLost"
  | ReleaseSuggestionIds;

/** Of the suggestions for what a function acquires. */
export type ReleaseSuggestionIds =
  | "declareUsing"
  | "releaseInFinally"
  | "releaseInCleanup"
  | "releaseOnExit"
  | "releaseRight"
  | "releaseBefore";

/** What is said of what a function acquires. */
export function obligationMessages(done: Done): Record<ObligationMessageIds, string> {
  return {
    neverReleased: `{{what}} is never ${done}. {{advice}}`,
    resultDropped: `{{what}} is dropped, so it can never be ${done}. {{advice}}`,
    notReleasedOnPath: `{{what}} is not ${done} {{exit}}. {{advice}}`,
    notReleasedOnThrow: `{{what}} is not ${done} when {{exit}}. {{advice}}`,
    overwritten: `{{what}} is overwritten {{exit}} before it is ${done}. {{advice}}`,
    hiddenByType: `{{what}} is returned as a type by which it cannot be ${done}. {{advice}}`,
    wrongRelease: `{{what}} is ${done} the wrong way {{exit}}. {{advice}}`,
    siblingLost:
      "{{what}} is lost when another promise of the same Promise.all rejects. {{advice}}",
    declareUsing: "Declare it with using, so that it is released where its block ends.",
    releaseInFinally: "Call {{release}} in a finally block.",
    releaseInCleanup: "Call {{release}} in the function that the effect returns.",
    releaseOnExit: "Call {{release}} before the function is left there.",
    releaseRight: "Call {{release}} instead.",
    releaseBefore: "Call {{release}} on the old one first.",
  };
}

/** The message of each way to leak, for duties that no stream and no pipe has. */
export const obligationMessageOf = {
  dropped: "resultDropped",
  never: "neverReleased",
  path: "notReleasedOnPath",
  turn: "notReleasedOnPath",
  removed: "notReleasedOnPath",
  throw: "notReleasedOnThrow",
  overwritten: "overwritten",
  hidden: "hiddenByType",
  "wrong-release": "wrongRelease",
  pipe: undefined,
  sibling: "siblingLost",
} as const;

/** What is said of what a class keeps. */
export function fieldMessages(done: Done): Record<FieldMessageIds, string> {
  return {
    noRelease: `'{{field}}' ({{kind}}) is never ${done}: {{owner}} has no method that does it. Add one that calls {{release}}.`,
    fieldNotReleased: `'{{field}}' ({{kind}}) is not ${done} {{extent}}by {{method}} of {{owner}}. Call {{release}} there.`,
    pendingNotReleased: `'{{field}}' ({{kind}}) is not ${done} by {{method}} of {{owner}} while it is still pending. Await it there, or cancel it.`,
    leaksOnConstructorThrow: `'{{field}}' ({{kind}}) is lost when the constructor of {{owner}} throws. Call {{release}} there before the exception leaves.`,
    fieldNotReleasedOnThrow: `'{{field}}' ({{kind}}) is not ${done} when something before it in {{method}} throws. Call {{release}} in a finally block.`,
    fieldOverwritten: `'{{field}}' ({{kind}}) is overwritten by {{method}} while the old one may not be ${done}. Call {{release}} on the old one first.`,
    elementDropped: `'{{field}}' holds a {{kind}} that {{method}} of {{owner}} takes out and that is not ${done}. Call {{release}} on it there.`,
    missingSuper: `{{method}} of {{owner}} does not call the method it overrides, by which '{{field}}' ({{kind}}) is ${done}. Call it with super.`,
    addReleaseMember: "Add a method that calls {{release}} for '{{field}}'.",
    callSuper: "Call {{method}} of the base class.",
    releaseOnThrow: "Call {{release}} for '{{field}}' before the exception leaves.",
    releaseFirst: "Call {{release}} on the old one first.",
    releaseInMember: "Call {{release}} for '{{field}}' in {{method}}.",
  };
}
