/**
 * Abort controllers and the signals of functions: a signal that was given away and can never be
 * aborted, and one that was received and is not passed on.
 */
import ts from "typescript";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { functionAround, someInside } from "../../typescript/syntax.ts";
import type { AbandonedOperation } from "./abandoned-operations.ts";
import { givenSignal, isNewController, isSignal } from "./signals.ts";

type Found = Pick<AbandonedOperation, "site" | "fault" | "waitsAt" | "wait">;

/** The controllers of a file whose signal somebody has and nobody aborts. */
export function controllersNeverAborted(file: ts.SourceFile, engine: Engine): readonly Found[] {
  if (!file.text.includes("AbortController")) return [];
  return callsIn(file).flatMap((call): readonly Found[] => {
    if (!ts.isNewExpression(call) || !isNewController(call, engine.environment)) return [];
    const { parent } = call;
    if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return [];
    const around = functionAround(call);
    if (ts.isSourceFile(around)) return [];
    const uses = usesOf(parent.name, around, engine);
    if (uses === undefined || uses.length === 0) return [];
    const strict = uses.every(isAwaited);
    return [
      {
        wait: { is: "loop" },
        waitsAt: call,
        site: call,
        fault: { how: "never-aborted", controller: parent.name.text, strict },
      },
    ];
  });
}

/** The calls that are given the signal; undefined where the controller could be aborted after all. */
function usesOf(
  name: ts.Identifier,
  around: ts.Node,
  { environment }: Engine,
): readonly ts.Node[] | undefined {
  const symbol = environment.resolve(name);
  const given: ts.Node[] = [];
  const escapes = someInside(around, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name) return false;
    if (environment.resolve(node) !== symbol) return false;
    const access = node.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== node) return true;
    if (access.name.text !== "signal") return true;
    const call = callGiven(access);
    if (call === undefined) return true;
    given.push(call);
    return false;
  });
  return escapes ? undefined : given;
}

/** The call that has the expression among its arguments, in an object literal or by itself. */
function callGiven(expression: ts.Expression): ts.Node | undefined {
  let node: ts.Node = expression;
  while (
    ts.isPropertyAssignment(node.parent) ||
    ts.isObjectLiteralExpression(node.parent) ||
    ts.isParenthesizedExpression(node.parent)
  )
    node = node.parent;
  const call = node.parent;
  if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return undefined;
  return call.expression === node ? undefined : call;
}

function isAwaited(call: ts.Node): boolean {
  let node = call;
  while (
    ts.isParenthesizedExpression(node.parent) ||
    ts.isPropertyAccessExpression(node.parent) ||
    ts.isCallExpression(node.parent)
  )
    node = node.parent;
  return (
    ts.isAwaitExpression(node.parent) ||
    ts.isReturnStatement(node.parent) ||
    ts.isArrowFunction(node.parent) ||
    ts.isForOfStatement(node.parent)
  );
}

/** The calls that could be aborted, in functions that have a signal and do not pass it on. */
export function signalsNotForwarded(file: ts.SourceFile, engine: Engine): readonly Found[] {
  const { environment } = engine;
  return callsIn(file).flatMap((call): readonly Found[] => {
    if (!ts.isCallExpression(call) || !isAwaited(call)) return [];
    const around = functionAround(call);
    if (!ts.isFunctionLike(around) || !receivesSignal(around, engine)) return [];
    if (givenSignal(call, environment).is !== "missing") return [];
    if (!environment.types.isPromise(call)) return [];
    return [
      {
        wait: { is: "loop" },
        waitsAt: call,
        site: call,
        fault: { how: "not-forwarded", strict: true },
      },
    ];
  });
}

function receivesSignal(unit: ts.SignatureDeclaration, { environment }: Engine): boolean {
  const { types } = environment;
  return unit.parameters.some(({ name }) => {
    if (!ts.isIdentifier(name) && !ts.isObjectBindingPattern(name)) return false;
    const type = types.typeOf(name);
    if (isSignal(type, environment)) return true;
    if (types.isAny(type) || types.isPrimitive(type)) return false;
    const member = types.plainMemberType(type, "signal");
    return member !== undefined && isSignal(member, environment);
  });
}
