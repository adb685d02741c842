/**
 * Loops that wait for something they have asked for, and give up when a deadline has passed, or after so
 * many tries with a pause between them:
 *
 *     const id = client.addSubscription(channel);
 *     while (Date.now() < deadline) { const found = client.find(id); if (found) return found; … }
 *     throw new Error("timed out");
 *
 * What was asked for is still coming when the loop gives up. It must be cancelled where its type, or
 * the type of whoever was asked, says how.
 */
import ts from "typescript";
import { nodesIn } from "../../typescript/nodes-in-file.ts";
import { valueOf } from "../../flow/graph.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { promiseCancels } from "../../resources/catalog/timeouts.ts";
import { functionAround, isInside, someInside } from "../../typescript/syntax.ts";
import type { AbandonedOperation } from "./abandoned-operations.ts";
import { mentionsSymbol } from "../holders/values.ts";
import type { Races } from "./races.ts";

type Loop = ts.WhileStatement | ts.DoStatement | ts.ForStatement;

/** What loops of a file have asked for and do not cancel when they give up. */
export function abandonedByLoops(
  file: ts.SourceFile,
  races: Races,
  engine: Engine,
): readonly AbandonedOperation[] {
  return nodesIn(file).loops.flatMap((loop) =>
    !ts.isForOfStatement(loop) && (hasDeadline(loop, engine) || countsTries(loop, races, engine))
      ? pendingIn(loop, engine)
      : [],
  );
}

/** `for (let i = 0; i < 10; i++) { …; await sleep(100); }`: the loop ends by the number of its waits. */
function countsTries(loop: Loop, { timers }: Races, { environment }: Engine): boolean {
  if (!ts.isForStatement(loop) || loop.condition === undefined) return false;
  const { condition, initializer } = loop;
  if (initializer === undefined || !ts.isVariableDeclarationList(initializer)) return false;
  const [counter] = initializer.declarations;
  const symbol =
    counter !== undefined && ts.isIdentifier(counter.name)
      ? environment.resolve(counter.name)
      : undefined;
  return (
    symbol !== undefined &&
    mentionsSymbol(condition, symbol, environment) &&
    someInside(
      loop.statement,
      (node) => ts.isAwaitExpression(node) && timers.of(node.expression) !== undefined,
    )
  );
}

/** The loop ends by the clock: its condition compares the time, or a test in it that leaves does. */
function hasDeadline(loop: Loop, engine: Engine): boolean {
  const condition = ts.isForStatement(loop) ? loop.condition : loop.expression;
  if (condition !== undefined && comparesTime(condition, engine)) return true;
  return someInside(
    loop.statement,
    (node) =>
      ts.isIfStatement(node) &&
      comparesTime(node.expression, engine) &&
      someInside(
        node.thenStatement,
        (inner) =>
          ts.isThrowStatement(inner) || ts.isReturnStatement(inner) || ts.isBreakStatement(inner),
      ),
  );
}

const clocks = new Set(["DateConstructor.now", "Performance.now", "hrtime", "Process.hrtime"]);

function comparesTime(test: ts.Expression, { environment }: Engine): boolean {
  if (!/Date|performance|hrtime/.test(test.getSourceFile().text)) return false;
  return someInside(
    test,
    (node) =>
      ts.isBinaryExpression(node) &&
      isComparison(node.operatorToken.kind) &&
      callsIn(node).some((call) => {
        const symbol = environment.types.calleeSymbol(call.expression);
        return (
          symbol !== undefined &&
          environment.types.declaredNames(symbol).some((one) => clocks.has(one.name))
        );
      }),
  );
}

function isComparison(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.LessThanToken ||
    operator === ts.SyntaxKind.LessThanEqualsToken ||
    operator === ts.SyntaxKind.GreaterThanToken ||
    operator === ts.SyntaxKind.GreaterThanEqualsToken
  );
}

/** What the function asked for before the loop, uses in it, and never cancels. */
function pendingIn(loop: Loop, engine: Engine): readonly AbandonedOperation[] {
  const { environment } = engine;
  const around = functionAround(loop);
  const found: AbandonedOperation[] = [];
  for (const call of callsIn(around)) {
    if (call.pos >= loop.pos || !ts.isCallExpression(call)) continue;
    if (functionAround(call) !== around) continue;
    const name = boundTo(call);
    const symbol = name && environment.resolve(name);
    if (symbol === undefined || !mentionsSymbol(loop, symbol, environment)) continue;
    const method = cancelOf(call, engine);
    if (method === undefined || isSettledIn(around, loop, symbol, call, engine)) continue;
    found.push({
      wait: { is: "loop" },
      waitsAt: loop,
      site: call,
      fault: { how: "not-cancelled", method },
    });
  }
  return found;
}

function boundTo(call: ts.CallExpression): ts.Identifier | undefined {
  let node: ts.Node = call;
  while (ts.isAwaitExpression(node.parent) || ts.isParenthesizedExpression(node.parent))
    node = node.parent;
  return ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name)
    ? node.parent.name
    : undefined;
}

const cancelling =
  /^(?:async)?(?:cancel|remove|release|close|abort|unsubscribe|unregister|destroy)/i;

/** How what a call has begun is cancelled: by a member of its result, or of whoever was asked. */
function cancelOf(call: ts.CallExpression, { environment }: Engine): string | undefined {
  const { types, recogniser } = environment;
  const result = types.valueType(call);
  if (types.isAny(result)) return undefined;
  if (!types.isPrimitive(result)) {
    // A resource of a known kind is followed as such.
    if (recogniser.kindOfType(result) !== undefined) return undefined;
    const isOwn = types
      .classSymbols(result)
      .some((symbol) => types.declaredNames(symbol).some((one) => one.origin !== "global"));
    if (!isOwn) return undefined;
    const own = promiseCancels.find((name) => {
      const member = types.plainMemberType(result, name);
      return member !== undefined && types.isCallable(member);
    });
    if (own !== undefined) return own;
  }
  const callee = valueOf(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const owner = types.valueType(callee.expression);
  if (types.isAny(owner) || types.isPrimitive(owner)) return undefined;
  return types
    .members(owner)
    .find(
      (member) =>
        isCounterpart(callee.name.text, member.name) && types.firstParameterType(member) === result,
    )?.name;
}

/** `addSubscription` and `cancelSubscription`: what is cancelled is what was asked for. */
function isCounterpart(begins: string, ends: string): boolean {
  if (!cancelling.test(ends)) return false;
  const what = nounOf(ends);
  return what === "" || what === nounOf(begins);
}

function nounOf(member: string): string {
  const plain = member.replace(/^async(?=[A-Z])/, "").replace(/Async$/, "");
  return plain.replace(/^[A-Za-z][a-z]*/, "");
}

/** The function cancels it somewhere, or lets somebody else have it. */
function isSettledIn(
  around: ts.Node,
  loop: Loop,
  symbol: ts.Symbol,
  begun: ts.CallExpression,
  { environment }: Engine,
): boolean {
  return someInside(around, (node) => {
    if (!ts.isIdentifier(node) || node.text !== symbol.name) return false;
    if (environment.resolve(node) !== symbol || isInside(node, begun.parent)) return false;
    const { parent } = node;
    if (ts.isCallExpression(parent) && parent.expression !== node) {
      const callee = valueOf(parent.expression);
      const cancels = ts.isPropertyAccessExpression(callee) && cancelling.test(callee.name.text);
      // What runs in the loop only asks again.
      return cancels || !isInside(node, loop);
    }
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node)
      return cancelling.test(parent.name.text);
    return !ts.isBinaryExpression(parent) && !ts.isTemplateSpan(parent) && !isInside(node, loop);
  });
}
