/**
 * What came of following a slot: through an operation, to its exits, or through a helper that it calls.
 */
import type ts from "typescript";
import type { FlowUnit } from "../../flow/graph.ts";
import type { Strength } from "../../ownership/obligation-state.ts";

/** An exit of an operation at which the slot still holds the message. */
export interface HeldExit {
  readonly how: "path" | "throw";
  readonly strength: Strength;
  /** The returns, or what throws, the first in the source first; the function itself for its end. */
  readonly at: readonly ts.Node[];
  readonly unit: FlowUnit;
}

export interface SlotOutcome {
  /** The operation looks at what an earlier one left. */
  readonly readsEarlier: boolean;
  /** It empties the slot on some path. */
  readonly clears: boolean;
  /** At least one exit does not leave the message behind. */
  readonly endsEmpty: boolean;
  readonly exits: readonly HeldExit[];
}

/** What a call of a helper does, for one thing that the slot may hold before it. */
export interface Effect {
  readonly end: number;
  readonly thrown: number;
  readonly readsEarlier: boolean;
}
