/**
 * What a slot may hold at one point of an operation: what an earlier operation left (`before`), a message
 * of this one (`held`, and how surely the path to here is taken), or nothing (`empty`). A state is the
 * set of what may be the case; joining unites.
 */
import type ts from "typescript";
import type { Strength } from "../../ownership/obligation-state.ts";

export const before = 1;
export const sure = 2;
export const likely = 4;
export const possible = 8;
export const empty = 16;
export const held = sure | likely | possible;

export interface State {
  readonly bits: number;
  /** Returns that were passed, for the exit they lead to. */
  readonly returns: ReadonlySet<ts.Node>;
  /** What has thrown. */
  readonly via: ReadonlySet<ts.Node>;
}

/** No node. */
export const none: ReadonlySet<ts.Node> = new Set();

/** What may be the case on either of two paths. */
export function join(a: State, b: State): State {
  return {
    bits: a.bits | b.bits,
    returns: union(a.returns, b.returns),
    via: union(a.via, b.via),
  };
}

/** `next` says nothing that `known` does not say. */
export function includes(known: State, next: State): boolean {
  return (
    (known.bits & next.bits) === next.bits &&
    isSubset(next.returns, known.returns) &&
    isSubset(next.via, known.via)
  );
}

/** Where what is there came with an earlier operation, it is now a message of this one. */
export function asMessage(state: State): State {
  return { ...state, bits: state.bits & before ? (state.bits & ~before) | sure : state.bits };
}

/** The state behind a throw at `node`, which happens with some strength. */
export function weaken(state: State, strength: Strength, node: ts.Node): State {
  const from = state.bits & held;
  if (from === 0) return state;
  const isInFlight = (from & sure) === 0;
  const raised = strength === "possible" ? possible : likely;
  // A throw in a catch passes on what was caught, as surely as it came.
  const bits = (from & ~sure) | (isInFlight ? 0 : raised);
  const via = isInFlight ? state.via : union(state.via, new Set([node]));
  return { bits: (state.bits & ~held) | bits, returns: none, via };
}

/** The code itself expected the throw. */
export function recovered(state: State): State {
  return (state.bits & possible) === 0
    ? state
    : { ...state, bits: (state.bits & ~possible) | likely };
}

/** How likely the likeliest path is by which the message is still there. */
export function strengthOf(bits: number): Strength {
  return (bits & (likely | sure)) !== 0 ? "likely" : "possible";
}

export function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> {
  return isSubset(b, a) ? a : new Set([...a, ...b]);
}

function isSubset<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  for (const one of a) if (!b.has(one)) return false;
  return true;
}
