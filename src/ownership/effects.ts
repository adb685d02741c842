/**
 * What a call can do to a resource: the vocabulary that the parts of the call analysis share.
 */
import ts from "typescript";
import type { FlowEvent } from "../flow/graph.ts";
import { type AccessPath, extend, pathOf, thisRoot } from "./access-path.ts";
import { Ended, type Strength } from "./obligation-state.ts";
import type { ParameterEffect } from "./parameter-effect.ts";
import type { Drop, TrackingContext } from "./tracking.ts";

export type CallEvent = Extract<FlowEvent, { kind: "call" }>;

export interface CallEffect {
  /** The obligation is still held behind the call. */
  readonly stays: boolean;
  /** How it ended, on the paths where it did (bits of {@link Ended}). */
  readonly ended: number;
  /** What holds when the call throws: `ends` where the call discharges on that edge too. */
  readonly onThrow: "held" | "ends";
  /** How likely it is that the call throws with the resource held; absent: as for any call of the callee. */
  readonly throws?: Strength | "never";
  readonly arms?: true;
  /** A call that arms and fails has armed nothing. */
  readonly failsClean?: true;
  /** New names of the resource. */
  readonly copies: readonly { readonly from: AccessPath; readonly to: AccessPath }[];
  /** A collection that an element is taken out of, which may be the resource. */
  readonly removes?: AccessPath;
  /** A collection lets go of what it holds under this path, or of one of all its elements. */
  readonly drops?: { readonly path: AccessPath; readonly oneOfMany?: true; readonly how: Drop };
  readonly wrongRelease?: true;
  readonly pipes?: true;
}

/** Stands in a path for the resource that a function releases when it is called: `h.close.bind(h)`. */
export const releaseMember = "#release";

/** Stands in a path for what a reader was made of. */
export const sourceMember = "#source";

export const uses: CallEffect = { stays: true, ended: 0, onThrow: "held", copies: [] };
export const released: CallEffect = {
  stays: false,
  ended: Ended.released,
  onThrow: "ends",
  copies: [],
};
export const kept: CallEffect = { stays: false, ended: Ended.kept, onThrow: "ends", copies: [] };

export function receiverOf(callee: ts.Expression): ts.Expression | undefined {
  return ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)
    ? callee.expression
    : undefined;
}

/** Both effects of one call. */
export function combine(a: CallEffect, b: CallEffect): CallEffect {
  if (a === uses) return b;
  if (b === uses) return a;
  return {
    ...a,
    ...b,
    stays: a.stays && b.stays,
    ended: a.ended | b.ended,
    onThrow: a.onThrow === "ends" || b.onThrow === "ends" ? "ends" : "held",
    copies: [...a.copies, ...b.copies],
  };
}

export function unknownCallee({ tracked, environment, notes }: TrackingContext): CallEffect {
  if (tracked.isLent === true || environment.unknownCallee === "borrows") return uses;
  notes.guessed = true;
  return kept;
}

/** What `super(…)` makes is `this`. */
function resultOf(event: CallEvent): AccessPath {
  const isSuper = event.callee.kind === ts.SyntaxKind.SuperKeyword;
  return { root: isSuper ? thisRoot : event.node, members: [] };
}

/** A summary of what was called, as the effect of the call. */
export function fromSummary(
  effect: ParameterEffect,
  event: CallEvent | undefined,
  given: ts.Expression | undefined,
  context: TrackingContext,
): CallEffect {
  if (effect.unknown) return unknownCallee(context);
  const copies =
    event === undefined || given === undefined
      ? []
      : [...effect.returnedAs].map((member) => ({
          from: pathOf(given, context.environment.resolve),
          to: extend(resultOf(event), member === "" ? [] : member.split(".")),
        }));
  // An owner that keeps it on some path is an owner; that it may not is for strict readers.
  const mayKeep =
    (effect.normalEnded & Ended.kept) !== 0 && context.environment.unknownCallee === "owns";
  const stays = !mayKeep && (effect.normalHeld || (effect.normalEnded & Ended.returned) !== 0);
  const endsOnThrow = effect.thrownHeld === undefined && effect.thrownEnded !== 0;
  return {
    stays,
    ended: effect.normalEnded & ~Ended.returned,
    onThrow: endsOnThrow ? "ends" : "held",
    throws: effect.thrownHeld ?? "never",
    copies,
  };
}
