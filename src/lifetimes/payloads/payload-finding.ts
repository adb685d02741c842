import type ts from "typescript";
import type { FlowUnit } from "../../flow/graph.ts";
import type { Strength } from "../../ownership/obligation-state.ts";
import type { Payload } from "../../resources/payload.ts";
import type { ReportingRule } from "../../resources/reporting-rule.ts";

/** What keeps a message, and how. */
export type PayloadFault =
  /** Nothing empties the slot when the work is done. */
  | "never-cleared"
  /** It is emptied, but not when the operation is left this way. */
  | "kept-on-path"
  | "kept-on-throw"
  /** A list still has the parts of a message that was put together: always, or when left this way. */
  | "parts-never-cleared"
  | "parts-kept-on-path"
  | "parts-kept-on-throw"
  /** A small part is kept as a view, and the whole with it. */
  | "view";

/** A message that something longer-lived keeps after it was handled. */
export interface PayloadFinding {
  readonly fault: PayloadFault;
  /** The assignment, or the call, that makes the holder keep it. */
  readonly node: ts.Node;
  /** The value that is kept. */
  readonly site: ts.Node;
  /** What keeps it, as code names it. */
  readonly name: string;
  readonly payload: Payload;
  /** The function that handles the message. */
  readonly unit: FlowUnit;
  /** The exits that leave it behind. */
  readonly at: readonly ts.Node[];
  /** What empties the slot, where that may be done when the function ends. */
  readonly emptyValue?: "undefined" | "null" | undefined;
  /** What keeps it is an object that was fed with it, and lets go by this method, if it has one. */
  readonly fed?: { readonly letsGo: string | undefined };
  readonly rule: ReportingRule;
  readonly strength: Strength;
}
