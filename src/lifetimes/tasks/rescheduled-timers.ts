/**
 * Timers that arm themselves again and that nothing can stop.
 *
 * Such a timer is stopped by a test on the way back to itself, or by somebody who has its handle. The
 * test must not ask a flag that nothing sets. The handle stops nothing while the task waits for
 * something: its timer has fired then, and is armed again afterwards whatever happened meanwhile. A test
 * anywhere on the way ends the task one turn later at most.
 */
import ts from "typescript";
import { reachableBlocks } from "../../flow/reachable.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import { functionAround } from "../../typescript/syntax.ts";
import { type Decision, Ways } from "./decisions.ts";
import { isProcessTask } from "./process-tasks.ts";
import { type UnsetFlag, unsetFlag } from "./stop-flags.ts";
import { strengthFor, type TaskFinding } from "./task-finding.ts";
import { endOfOwner } from "./task-owners.ts";
import {
  armsOneShot,
  type CycleStep,
  cycleOf,
  isInCycle,
  type TimerCycle,
} from "./timer-cycles.ts";
import { placeOfTimer } from "./timer-places.ts";

/** Every timer of a file that arms itself again and cannot be stopped, or not always. */
export function unstoppableTimers(
  file: ts.SourceFile,
  { environment }: Engine,
): readonly TaskFinding[] {
  return callsIn(file).flatMap((call) => {
    if (!armsOneShot(call, environment)) return [];
    const cycle = cycleOf(call, environment);
    return (cycle && judge(cycle, environment)) ?? [];
  });
}

function judge(cycle: TimerCycle, environment: Environment): TaskFinding | undefined {
  const { arming } = cycle;
  const decisions = cycle.steps.flatMap((step) => decisionsIn(step, environment));
  const flags = decisions.map((one) => flagOf(one, environment));
  const isDecided = flags.includes(undefined);
  const place = placeOfTimer(arming, environment);
  if (place.is === "unknown") return undefined;
  const stops =
    place.is === "kept" ? place.stops.filter((one) => isStop(one, cycle, environment)) : [];
  const finding = { site: arming, task: "timer", rule: "no-unstoppable-task" } as const;
  const [stop] = stops;
  if (stop !== undefined) {
    const awaited = isDecided ? undefined : waitIn(cycle, environment);
    if (awaited === undefined) return undefined;
    const fault = { how: "starts-again", stop, awaited } as const;
    return { ...finding, fault, end: endOfOwner(arming, environment), strength: "sure" };
  }
  if (
    isDecided ||
    isProcessTask(
      cycle.steps.map(({ code }) => code),
      environment,
    )
  )
    return undefined;
  const end = endOfOwner(arming, environment);
  const [flag] = flags;
  const fault = flag === undefined ? ({ how: "no-stop" } as const) : ofFlag(flag);
  return { ...finding, fault, end, strength: strengthFor(end) };
}

export function ofFlag({ name, missing }: UnsetFlag) {
  return { how: "unset-flag", flag: name, missing } as const;
}

/** The decisions on the way through one function of the cycle. */
function decisionsIn({ code, next }: CycleStep, environment: Environment): readonly Decision[] {
  const graph = environment.graph(code);
  return new Ways(graph, next).decisionsFrom({ block: graph.entry, index: 0 });
}

function flagOf(decision: Decision, environment: Environment): UnsetFlag | undefined {
  return decision.by === "condition" ? unsetFlag(decision.condition, environment) : undefined;
}

/** Code outside of the cycle that does not start it anew afterwards. */
function isStop(reference: ts.Expression, cycle: TimerCycle, environment: Environment): boolean {
  if (isInCycle(reference, cycle)) return false;
  const around = functionAround(reference);
  return !callsIn(around).some(
    (call) =>
      ts.isCallExpression(call) &&
      call.pos > reference.end &&
      functionAround(call) === around &&
      isPlainStatement(call, around) &&
      startsCycle(call, cycle, environment),
  );
}

/** The statement runs whenever the function does. */
function isPlainStatement(call: ts.CallExpression, around: ts.Node): boolean {
  let node: ts.Node = call;
  while (!ts.isStatement(node)) node = node.parent;
  return ts.isBlock(node.parent) && node.parent.parent === around;
}

function startsCycle(
  call: ts.CallExpression,
  { steps }: TimerCycle,
  { types }: Environment,
): boolean {
  const bodies = types.implementations(call.expression, false);
  return steps.some(({ code }) => bodies.includes(code));
}

/** What the task waits for before it arms its timer again. */
function waitIn({ steps }: TimerCycle, environment: Environment): ts.Node | undefined {
  for (const { code, next } of steps) {
    const graph = environment.graph(code);
    const ways = new Ways(graph, next);
    for (const block of reachableBlocks(graph)) {
      const wait = block.events.find(
        (event, index) => event.kind === "await" && ways.isReachedFrom({ block, index: index + 1 }),
      );
      if (wait !== undefined) return wait.node;
    }
  }
  return undefined;
}
