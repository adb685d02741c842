/**
 * Which conditions are decided where a resource is acquired: a forward must-analysis that keeps a
 * condition only while every path agrees on it.
 */
import ts from "typescript";
import type { FlowEvent, FlowGraph } from "../flow/graph.ts";
import { solveForward } from "../flow/solve.ts";
import { pathOf } from "./access-path.ts";
import { constantTruth, pathKey, speaksOf, speaksOfThisMember } from "./condition-keys.ts";
import { type ConditionContext, refine } from "./conditions.ts";
import type { Environment, Position } from "./environment.ts";
import { type Disjunct, freshDisjunct, withGuard, withoutGuards } from "./obligation-state.ts";

type Known = Disjunct | undefined;

/**
 * @param positions the events to know the conditions at
 * @returns the guards at each position, in the same order; none where a position is unreachable
 */
export function knownConditions(
  graph: FlowGraph,
  positions: readonly Position[],
  environment: Environment,
): readonly ReadonlyMap<string, boolean>[] {
  const context: ConditionContext = {
    resolve: environment.resolve,
    isTypeGuard: () => false,
    releasedWhen: [],
  };
  const entries = solveForward<Known>(
    [{ block: graph.entry, index: 0, state: freshDisjunct([], new Map(), true) }],
    {
      isBottom: (state) => state === undefined,
      join: agree,
      includes: (known, next) =>
        known !== undefined && next !== undefined && agree(known, next) === known,
      transfer: (state, event) => {
        const after = state && updateGuards(state, event, environment);
        return { normal: after, thrown: after };
      },
      follow: (state, edge) =>
        state === undefined || edge.condition === undefined
          ? state
          : refine(state, edge.condition, context),
    },
  );
  return positions.map(({ block, index }) => {
    let state = entries?.get(block);
    for (const event of block.events.slice(0, index))
      state = state && updateGuards(state, event, environment);
    return state?.guards ?? new Map<string, boolean>();
  });
}

function agree(a: Known, b: Known): Known {
  if (a === undefined || b === undefined) return a ?? b;
  const guards = new Map([...a.guards].filter(([key, value]) => b.guards.get(key) === value));
  return guards.size === a.guards.size ? a : { ...a, guards };
}

/** What an event does to decided conditions: assignments undo them, constants decide them anew. */
export function updateGuards(
  disjunct: Disjunct,
  event: FlowEvent,
  environment: Environment,
): Disjunct {
  if (event.kind === "assign") {
    const target = pathOf(event.target, environment.resolve);
    const cleared = withoutGuards(disjunct, (key) => speaksOf(key, target));
    const constant =
      event.from !== undefined && event.path.length === 0 && "kind" in event.from
        ? constantTruth(event.from as Parameters<typeof constantTruth>[0])
        : undefined;
    if (isUninitialised(event)) return withGuard(cleared, pathKey(target), false);
    if (constant !== undefined) return withGuard(cleared, pathKey(target), constant);
    if (event.from !== undefined && event.path.length === 0) {
      // `b = a` decides for b what was decided for a.
      const known = disjunct.guards.get(pathKey(pathOf(event.from, environment.resolve)));
      if (known !== undefined) return withGuard(cleared, pathKey(target), known);
    }
    return cleared;
  }
  if (event.kind === "call" || event.kind === "await")
    return withoutGuards(disjunct, speaksOfThisMember);
  return disjunct;
}

/** `let x;`: the variable is undefined until it is assigned. */
function isUninitialised(event: Extract<FlowEvent, { kind: "assign" }>): boolean {
  return (
    event.from === undefined &&
    ts.isVariableDeclaration(event.node) &&
    ts.isVariableStatement(event.node.parent.parent)
  );
}
