/**
 * Timers that arm themselves again: `setTimeout(() => this.poll(), 1000)` in `poll()` itself, or in
 * what it calls.
 *
 * A cycle is a chain of functions. The first is what the timer calls back, each calls the next, and
 * the last one arms the timer. Only functions of the same file belong to it, and only plain calls.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import type { Environment, Position } from "../../ownership/environment.ts";
import { codeAround } from "../../ownership/find-acquisitions.ts";
import { matchesPattern } from "../../resources/catalog-index.ts";
import { isInside } from "../../typescript/syntax.ts";
import { bodiesOf } from "../holders/values.ts";

/** One function of a cycle, and where it goes on with it. */
export interface CycleStep {
  readonly code: FunctionWithBody;
  /** The calls of the next function, or the call that arms the timer. */
  readonly next: readonly Position[];
}

export interface TimerCycle {
  readonly arming: ts.CallExpression;
  readonly steps: readonly CycleStep[];
}

/** More functions than this are not followed from a timer back to itself. */
const longestCycle = 4;

/** The cycle that a call which arms a timer belongs to; undefined where it runs once. */
export function cycleOf(
  arming: ts.CallExpression,
  environment: Environment,
): TimerCycle | undefined {
  const last = codeAround(arming, environment);
  if (last === undefined || ts.isPropertyDeclaration(last)) return undefined;
  const steps = stepsFrom(arming, last, environment);
  if (steps === undefined) return undefined;
  // Another timer of the same function may keep the task going just as well.
  const calls = environment.callPositions(environment.graph(last));
  const next = [...calls].flatMap(([node, positions]) =>
    node === arming ||
    (armsOneShot(node, environment) && stepsFrom(node, last, environment) !== undefined)
      ? positions
      : [],
  );
  return { arming, steps: [...steps, { code: last, next }] };
}

/** The functions that come before the one that arms a timer, from what the timer calls back. */
function stepsFrom(
  arming: ts.CallExpression,
  last: FunctionWithBody,
  environment: Environment,
): readonly CycleStep[] | undefined {
  const [callback] = arming.arguments;
  if (callback === undefined) return undefined;
  for (const first of calledBack(callback, environment)) {
    if (first.getSourceFile() !== arming.getSourceFile()) continue;
    const steps = stepsBetween(first, last, environment);
    if (steps !== undefined) return steps;
  }
  return undefined;
}

/** The functions that a timer runs: a literal, a name, a method, what `bind` binds. */
function calledBack(
  callback: ts.Expression,
  environment: Environment,
): readonly FunctionWithBody[] {
  const value = valueOf(callback);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return [value];
  if (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value))
    return bodiesOf(value, environment);
  if (!ts.isCallExpression(value)) return [];
  const callee = valueOf(value.expression);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === "bind"
    ? bodiesOf(callee.expression, environment)
    : [];
}

/** The shortest chain of calls from one function to another, the last one left out. */
function stepsBetween(
  first: FunctionWithBody,
  last: FunctionWithBody,
  environment: Environment,
): readonly CycleStep[] | undefined {
  const reached = new Map<FunctionWithBody, readonly CycleStep[]>([[first, []]]);
  for (const [code, before] of reached) {
    if (code === last) return before;
    if (before.length >= longestCycle) continue;
    for (const [called, next] of callsOf(code, environment))
      if (!reached.has(called)) reached.set(called, [...before, { code, next }]);
  }
  return undefined;
}

/** The functions of the same file that a function calls, with the calls. */
function callsOf(
  code: FunctionWithBody,
  environment: Environment,
): ReadonlyMap<FunctionWithBody, readonly Position[]> {
  const found = new Map<FunctionWithBody, Position[]>();
  for (const [node, positions] of environment.callPositions(environment.graph(code))) {
    if (!ts.isCallExpression(node) || !mayBeOwn(node.expression)) continue;
    for (const body of bodiesOf(node.expression, environment)) {
      if (body.getSourceFile() !== code.getSourceFile()) continue;
      found.set(body, [...(found.get(body) ?? []), ...positions]);
    }
  }
  return found;
}

/** `poll()`, `this.poll()`, `self.poll()`: what is called on anything else belongs to another object. */
function mayBeOwn(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return true;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const receiver = valueOf(callee.expression);
  return receiver.kind === ts.SyntaxKind.ThisKeyword || ts.isIdentifier(receiver);
}

const oneShotNames = new Set(["setTimeout", "setImmediate"]);

/** The call arms a timer that calls back once. */
export function armsOneShot(
  call: ts.Node,
  { types, recogniser }: Environment,
): call is ts.CallExpression {
  if (!ts.isCallExpression(call) || call.arguments.length === 0) return false;
  const name = recogniser.calleeName(call);
  if (name === undefined) return false;
  if (oneShotNames.has(name)) {
    const symbol = types.calleeSymbol(call.expression);
    return (
      symbol !== undefined &&
      types
        .declaredNames(symbol)
        .some(
          (declared) =>
            matchesPattern({ name }, [declared]) ||
            matchesPattern({ module: "timers", name }, [declared]),
        )
    );
  }
  return recogniser
    .acquisitions(call)
    .some(
      (one) =>
        one.freshness !== "body" &&
        one.kind.duty === "stop" &&
        one.kind.automatic?.once !== undefined,
    );
}

/** The code is part of one of the functions of a cycle. */
export function isInCycle(node: ts.Node, { steps, arming }: TimerCycle): boolean {
  return isInside(node, arming) || steps.some(({ code }) => isInside(node, code));
}
