/**
 * Loops that wait in each turn and never end: `while (true) { await sleep(1000); … }`.
 *
 * A loop ends by a test that leaves it, unless the test asks a flag that nothing sets, or by an
 * exception that leaves it: closing what it reads from makes `await subscription.next()` reject. Which
 * of the two holds is asked of the flow graph: what leads out of the blocks from which the loop comes
 * to its next turn. A generator waits for whoever drives it, and ends with him.
 */
import ts from "typescript";
import { type Loop, nodesIn } from "../../typescript/nodes-in-file.ts";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import { reachableBlocks } from "../../flow/reachable.ts";
import type { Engine } from "../../ownership/engine.ts";
import { codeAround } from "../../ownership/find-acquisitions.ts";
import { endlessSources } from "../../resources/catalog/timeouts.ts";
import { lastPart, matchesPattern, namesOf } from "../../resources/catalog-index.ts";
import { functionAround, isInside } from "../../typescript/syntax.ts";
import { type Decision, Ways } from "./decisions.ts";
import { isProcessTask } from "./process-tasks.ts";
import { ofFlag } from "./rescheduled-timers.ts";
import { unsetFlag } from "./stop-flags.ts";
import type { TaskFinding } from "./task-finding.ts";
import { endOfOwner } from "./task-owners.ts";
import type { TimerPromises } from "../races/timer-promises.ts";

/** Every loop of a file that goes on for ever and that nothing can stop. */
export function endlessLoops(
  file: ts.SourceFile,
  engine: Engine,
  timers: TimerPromises,
): readonly TaskFinding[] {
  if (!file.text.includes("await")) return [];
  return nodesIn(file)
    .loops.filter((loop) => mayBeEndless(loop, engine))
    .flatMap((loop) => judge(loop, engine, timers) ?? []);
}

/** By its syntax, and for `for await` by what it draws from, the loop may have no end. */
function mayBeEndless(loop: Loop, engine: Engine): boolean {
  if (ts.isForOfStatement(loop))
    return loop.awaitModifier !== undefined && isEndlessSource(loop.expression, engine);
  const condition = ts.isForStatement(loop) ? loop.condition : loop.expression;
  return (condition === undefined || isFlag(condition)) && waits(loop.statement);
}

/** `true`, `this.running`, `!signal.aborted`, and several of them. */
function isFlag(condition: ts.Expression): boolean {
  const test = valueOf(condition);
  if (ts.isPrefixUnaryExpression(test)) return isFlag(test.operand);
  if (ts.isBinaryExpression(test)) {
    const operator = test.operatorToken.kind;
    return (
      operator === ts.SyntaxKind.AmpersandAmpersandToken && isFlag(test.left) && isFlag(test.right)
    );
  }
  return (
    ts.isIdentifier(test) ||
    ts.isPropertyAccessExpression(test) ||
    ts.isNumericLiteral(test) ||
    test.kind === ts.SyntaxKind.TrueKeyword
  );
}

function waits(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node)) return true;
  return !ts.isFunctionLike(node) && (ts.forEachChild(node, waits) ?? false);
}

/** What it iterates over has no end: `setInterval(1000)` of `node:timers/promises`, without a signal. */
function isEndlessSource(source: ts.Expression, { environment }: Engine): boolean {
  const call = valueOf(source);
  if (!ts.isCallExpression(call)) return false;
  const name = environment.recogniser.calleeName(call);
  const named = endlessSources.filter((one) =>
    namesOf(one).some((each) => lastPart(each) === name),
  );
  const symbol = named.length === 0 ? undefined : environment.types.calleeSymbol(call.expression);
  if (symbol === undefined) return false;
  const declared = environment.types.declaredNames(symbol);
  const known = named.find((one) => matchesPattern(one, declared));
  return known !== undefined && call.arguments[known.options] === undefined;
}

function judge(loop: Loop, engine: Engine, timers: TimerPromises): TaskFinding | undefined {
  const { environment } = engine;
  const unit = codeAround(loop, environment);
  if (unit === undefined || ts.isPropertyDeclaration(unit) || isGenerator(unit)) return undefined;
  const exits = exitsOf(loop, ownCodeOf(loop, unit), engine, timers);
  if (exits === undefined || exits.byTest || isProcessTask([unit], environment)) return undefined;
  const end = endOfOwner(loop, environment);
  const [flag] = exits.flags;
  return {
    site: loop,
    task: "loop",
    rule: "no-unstoppable-task",
    fault: flag === undefined ? { how: "no-stop" } : ofFlag(flag),
    end,
    strength: end === undefined || exits.byFailure ? "possible" : "sure",
  };
}

/** The function that runs the loop: where it is called where it is written, nobody may wait for its end. */
function ownCodeOf(loop: Loop, unit: FunctionWithBody): FunctionWithBody {
  const own = functionAround(loop);
  const isOwn = own !== unit && (ts.isArrowFunction(own) || ts.isFunctionExpression(own));
  return isOwn ? own : unit;
}

function isGenerator(unit: FunctionWithBody): boolean {
  return "asteriskToken" in unit && unit.asteriskToken !== undefined;
}

/** The source of the loop has nothing more: an endless one always has. */
function isEndOf(loop: Loop, decision: Decision): boolean {
  return (
    decision.by === "condition" &&
    decision.condition.kind === "element" &&
    decision.condition.loop === loop
  );
}

interface Exits {
  /** A test that may come out either way leaves the loop. */
  readonly byTest: boolean;
  /** Something that the loop waits for may fail and end it. */
  readonly byFailure: boolean;
  /** The flags that would end it and that nothing sets. */
  readonly flags: readonly NonNullable<ReturnType<typeof unsetFlag>>[];
}

/** How control may leave a loop; undefined where it does not come back to it at all. */
function exitsOf(
  loop: Loop,
  unit: FunctionWithBody,
  { environment, summaries }: Engine,
  timers: TimerPromises,
): Exits | undefined {
  const graph = environment.graph(unit);
  const inLoop = (node: ts.Node): boolean => isInside(node, loop);
  const turns = [...reachableBlocks(graph)].flatMap((block) =>
    block.events.flatMap((event, index) =>
      event.kind === "await" && inLoop(event.node) ? [{ block, index, event }] : [],
    ),
  );
  const [first] = turns;
  if (first === undefined) return undefined;
  const ways = new Ways(graph, [first]);
  const behind = { block: first.block, index: first.index + 1 };
  if (!ways.isReachedFrom(behind)) return undefined;
  const decisions = ways.decisionsFrom(behind).filter((one) => !isEndOf(loop, one));
  const flags = decisions.map((one) =>
    one.by === "condition" ? unsetFlag(one.condition, environment) : undefined,
  );
  const byFailure = turns.some(({ block, event }) => {
    const leaves = block.handler !== undefined && !ways.leadsFrom(block.handler);
    if (!leaves || event.node === loop) return false;
    const timer = timers.of(event.value);
    if (timer !== undefined) return timer.rejects || timer.stoppable;
    return summaries.rejectStrength(event.value) !== undefined;
  });
  return {
    byTest: flags.includes(undefined),
    byFailure,
    flags: flags.flatMap((one) => one ?? []),
  };
}
