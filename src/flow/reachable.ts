/**
 * Which blocks of a graph control may come to at all.
 */
import { type Block, type FlowGraph, mayThrow } from "./graph.ts";

/**
 * The blocks behind the entry. Code behind a `throw`, a `catch` of code that cannot throw, and a copy
 * of a `finally` that nothing leads to are none of them, whatever the conditions on the way.
 */
export function reachableBlocks(graph: FlowGraph): ReadonlySet<Block> {
  const reached = new Set([graph.entry]);
  // A set is iterated in the order in which it grows.
  for (const { events, next, handler } of reached) {
    const end = events.findIndex((event) => event.kind === "throw");
    if (handler !== undefined && events.some(mayThrow)) reached.add(handler);
    if (end < 0) for (const edge of next) reached.add(edge.to);
  }
  return reached;
}
