/**
 * A forward worklist solver over a flow graph, for any join-semilattice.
 *
 * Iteration follows block numbers, so the result does not depend on the order in which blocks
 * become pending. The cost is the number of blocks that a fact reaches times the height of the
 * lattice; blocks that no fact reaches cost nothing.
 */
import type { Block, Edge, FlowEvent } from "./graph.ts";

/** A block is visited once per change of its state; more than this many on average means a runaway. */
const visitsPerBlock = 40;

export interface ForwardProblem<State> {
  readonly isBottom: (state: State) => boolean;
  readonly join: (a: State, b: State) => State;
  /** `next` adds nothing to `known`. */
  readonly includes: (known: State, next: State) => boolean;
  /** The states behind an event: `normal`, and `thrown` where the event may throw with a fact held. */
  readonly transfer: (
    state: State,
    event: FlowEvent,
  ) => { readonly normal: State; readonly thrown: State | undefined };
  /** The state behind an edge; bottom where its condition contradicts the state. */
  readonly follow: (state: State, edge: Edge) => State;
}

export interface Start<State> {
  readonly block: Block;
  /** The first event that sees the state. */
  readonly index: number;
  readonly state: State;
}

/**
 * @param starts where facts come into being
 * @returns the state at the entry of every block that a fact reached; undefined when the function is
 *   too entangled to be solved within the budget, which a caller must treat as unknown
 */
export function solveForward<State>(
  starts: readonly Start<State>[],
  problem: ForwardProblem<State>,
): ReadonlyMap<Block, State> | undefined {
  const entry = new Map<Block, State>();
  const pending = new Map<number, Block>();
  /** No pending block has a smaller number. */
  let lowest = 0;

  const flowInto = (block: Block, state: State): void => {
    if (problem.isBottom(state)) return;
    const known = entry.get(block);
    if (known !== undefined && problem.includes(known, state)) return;
    entry.set(block, known === undefined ? state : problem.join(known, state));
    pending.set(block.id, block);
    lowest = Math.min(lowest, block.id);
  };
  const run = (block: Block, index: number, initial: State): void => {
    let state = initial;
    for (let at = index; at < block.events.length; at++) {
      const event = block.events[at];
      if (event === undefined) continue;
      const after = problem.transfer(state, event);
      if (after.thrown !== undefined && block.handler !== undefined)
        flowInto(block.handler, after.thrown);
      state = after.normal;
      if (problem.isBottom(state)) return;
      if (event.kind === "throw") return;
    }
    for (const edge of block.next) flowInto(edge.to, problem.follow(state, edge));
  };

  for (const start of starts) run(start.block, start.index, start.state);
  for (let visits = 0; pending.size > 0; visits++) {
    if (visits > visitsPerBlock * entry.size + 1000) return undefined;
    // Numbers are dense, and what lies between is mostly what the last blocks led to.
    while (!pending.has(lowest)) lowest++;
    const block = pending.get(lowest);
    pending.delete(lowest);
    const state = block && entry.get(block);
    if (block !== undefined && state !== undefined) run(block, 0, state);
  }
  return entry;
}
