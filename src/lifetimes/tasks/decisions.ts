/**
 * What decides whether control still comes to a point of a function: the tests, and the failures
 * that are caught, from which there is no way to it any more.
 *
 * Facts: the blocks from which the point can be reached, over normal and exceptional edges. An edge
 * out of these blocks is a decision. An exception that leaves the function is none: it is an accident
 * and no way to stop what the function does.
 */
import type { Block, EdgeCondition, FlowEvent, FlowGraph } from "../../flow/graph.ts";
import type { Position } from "../../ownership/environment.ts";

export type Decision =
  /** A condition was met, or was not. */
  | { readonly by: "condition"; readonly condition: EdgeCondition }
  /** Something failed and was caught, or did not fail. */
  | { readonly by: "failure" };

const raises: ReadonlySet<FlowEvent["kind"]> = new Set(["call", "await", "throw", "dispose"]);

/** An exception may go from the block to its handler. */
function mayRaise({ events }: Block): boolean {
  return events.some(({ kind }) => raises.has(kind));
}

/** The ways of one graph to some of its points. */
export class Ways {
  private readonly graph: FlowGraph;
  private readonly targets: readonly Position[];
  private readonly leading: ReadonlySet<Block>;

  constructor(graph: FlowGraph, targets: readonly Position[]) {
    this.graph = graph;
    this.targets = targets;
    this.leading = blocksBefore(
      graph,
      targets.map(({ block }) => block),
    );
  }

  /** Control may come from the position to one of the points. */
  isReachedFrom({ block, index }: Position): boolean {
    if (this.endsIn(block, index)) return true;
    return successors(block).some((next) => this.leading.has(next));
  }

  /** Control may come from the start of a block to one of the points. */
  leadsFrom(block: Block): boolean {
    return this.leading.has(block);
  }

  /** The decisions that control meets on its ways from a position to the points. */
  decisionsFrom(start: Position): readonly Decision[] {
    if (this.endsIn(start.block, start.index)) return [];
    const found: Decision[] = [];
    const seen = new Set<Block>([start.block]);
    const targetBlocks = new Set(this.targets.map(({ block }) => block));
    for (const block of seen) {
      if (block !== start.block && targetBlocks.has(block)) continue;
      const normal = block.events.some(({ kind }) => kind === "throw") ? [] : block.next;
      for (const { to, condition } of normal) {
        if (this.leading.has(to)) seen.add(to);
        else found.push(condition ? { by: "condition", condition } : { by: "failure" });
      }
      const { handler } = block;
      if (handler === undefined || !mayRaise(block)) continue;
      if (this.leading.has(handler)) seen.add(handler);
      else if (this.returnsFrom(handler)) found.push({ by: "failure" });
    }
    return found;
  }

  /** The first of the points stands behind the position in the same block. */
  private endsIn(block: Block, index: number): boolean {
    return this.targets.some((one) => one.block === block && one.index >= index);
  }

  private returnsFrom(handler: Block): boolean {
    const seen = new Set([handler]);
    for (const block of seen) {
      if (block === this.graph.end) return true;
      if (block.events.some(({ kind }) => kind === "throw")) continue;
      for (const { to } of block.next) seen.add(to);
    }
    return false;
  }
}

function successors(block: Block): readonly Block[] {
  const throws = block.events.some(({ kind }) => kind === "throw");
  const normal = throws ? [] : block.next.map(({ to }) => to);
  return block.handler !== undefined && mayRaise(block) ? [...normal, block.handler] : normal;
}

/** The blocks from which control may come to one of some blocks, these included. */
function blocksBefore(graph: FlowGraph, targets: readonly Block[]): ReadonlySet<Block> {
  const before = new Map<Block, Block[]>();
  for (const block of graph.blocks) {
    for (const next of successors(block)) {
      const list = before.get(next);
      if (list === undefined) before.set(next, [block]);
      else list.push(block);
    }
  }
  const found = new Set(targets);
  for (const block of found) for (const one of before.get(block) ?? []) found.add(one);
  return found;
}
