/**
 * What a function does with one value it is given: a set of possibilities per exit, so "always
 * released" is "released and never held".
 */
import { speaksOfThisMember } from "./condition-keys.ts";
import { Ended, type Strength, strongest } from "./obligation-state.ts";
import type { Outcome } from "./tracking.ts";

export interface ParameterEffect {
  readonly unknown: boolean;
  /** It may still be the caller's to release when the function returns. */
  readonly normalHeld: boolean;
  /** It may, and not only where the object's own state says that there is nothing to do. */
  readonly normalHeldPlainly: boolean;
  /** How it may have ended when the function returns (bits of {@link Ended}). */
  readonly normalEnded: number;
  /** How likely the function throws with the resource still the caller's; undefined: never. */
  readonly thrownHeld: Strength | undefined;
  readonly thrownEnded: number;
  /** Below which members of the result it is found again, as joined paths. */
  readonly returnedAs: ReadonlySet<string>;
}

export const neverReturns: ParameterEffect = {
  unknown: false,
  normalHeld: false,
  normalHeldPlainly: false,
  normalEnded: 0,
  thrownHeld: undefined,
  thrownEnded: 0,
  returnedAs: new Set(),
};
export const unknownEffect: ParameterEffect = { ...neverReturns, unknown: true, normalHeld: true };
export const anyEffect: ParameterEffect = {
  ...neverReturns,
  normalHeld: true,
  normalEnded: Ended.released | Ended.kept,
  thrownHeld: "likely",
  thrownEnded: Ended.released,
};

export function effectOf(outcome: Outcome): ParameterEffect {
  if (outcome.unknown) return unknownEffect;
  // What was released and could be armed again is not held.
  const held = outcome.atEnd.held.filter((disjunct) => disjunct.armed);
  const strengths = outcome.atThrow.held
    .filter((disjunct) => disjunct.armed)
    .map((disjunct) => disjunct.strength);
  return {
    unknown: false,
    normalHeld: held.length > 0,
    normalHeldPlainly: held.some(
      (disjunct) => ![...disjunct.guards.keys()].some(speaksOfThisMember),
    ),
    normalEnded: handedIsKept(outcome.atEnd.ended),
    // A resource that comes in is held for sure, so what leaves by a throw is at most likely.
    thrownHeld: strongest(strengths) === "sure" ? "likely" : strongest(strengths),
    thrownEnded: outcome.atThrow.ended,
    returnedAs: outcome.returnedAs,
  };
}

/** For who handed it in, what the result of the function releases is kept. */
function handedIsKept(bits: number): number {
  return (bits & Ended.handed) === 0 ? bits : (bits & ~Ended.handed) | Ended.kept;
}

export function joinEffects(effects: readonly ParameterEffect[]): ParameterEffect {
  if (effects.length === 0) return unknownEffect;
  return effects.reduce((a, b) => ({
    unknown: a.unknown || b.unknown,
    normalHeld: a.normalHeld || b.normalHeld,
    normalHeldPlainly: a.normalHeldPlainly || b.normalHeldPlainly,
    normalEnded: a.normalEnded | b.normalEnded,
    thrownHeld: strongest([a.thrownHeld, b.thrownHeld]),
    thrownEnded: a.thrownEnded | b.thrownEnded,
    returnedAs: new Set([...a.returnedAs, ...b.returnedAs]),
  }));
}

export function sameEffect(a: ParameterEffect, b: ParameterEffect): boolean {
  return (
    a.unknown === b.unknown &&
    a.normalHeld === b.normalHeld &&
    a.normalHeldPlainly === b.normalHeldPlainly &&
    a.normalEnded === b.normalEnded &&
    a.thrownHeld === b.thrownHeld &&
    a.thrownEnded === b.thrownEnded &&
    [...a.returnedAs].sort().join() === [...b.returnedAs].sort().join()
  );
}
