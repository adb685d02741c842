/** What is wrong with a task that runs in the background. */
import type ts from "typescript";
import type { Strength } from "../../ownership/obligation-state.ts";
import type { ResourceKind } from "../../resources/kind.ts";
import type { OwnerEnd } from "./task-owners.ts";

export type TaskFault =
  /** Nothing stops it. */
  | { readonly how: "no-stop" }
  /** It asks a flag whether to go on, and nothing ever changes the flag. */
  | { readonly how: "unset-flag"; readonly flag: string; readonly missing: "write" | "abort" }
  /** It is stopped while it waits, and starts again afterwards. */
  | { readonly how: "starts-again"; readonly stop: ts.Node; readonly awaited: ts.Node }
  /** It starts behind an `await`, when it may have been stopped already. */
  | { readonly how: "starts-late"; readonly stop: ts.Node; readonly awaited: ts.Node };

export interface TaskFinding {
  /** The call that arms the timer, or the loop. */
  readonly site: ts.Node;
  readonly task: "timer" | "loop" | "job";
  /** Of a job. */
  readonly kind?: ResourceKind;
  readonly fault: TaskFault;
  /** Who ends and leaves it running; undefined where it may last as long as the process. */
  readonly end: OwnerEnd | undefined;
  readonly rule: "no-unstoppable-task";
  readonly strength: Strength;
}

/** Without somebody who ends before it, a task may be meant to go on for ever. */
export function strengthFor(end: OwnerEnd | undefined): Strength {
  return end === undefined ? "possible" : "sure";
}
