/**
 * References that are taken of something that is there already: `buffer.retain()`.
 */
import ts from "typescript";
import type { ResourceKind } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import { isInside, skipWrappers } from "../typescript/syntax.ts";
import { type AccessPath, pathOf } from "./access-path.ts";
import { callsIn } from "./calls-in.ts";
import type { Environment } from "./environment.ts";
import { declaredIn } from "./places.ts";
import { isReleaseMethod } from "./releases.ts";

/** A reference of a variable of the function, with the name that the variable is for it. */
export interface RetainedReceiver {
  readonly kind: ResourceKind;
  readonly names: readonly AccessPath[];
}

/**
 * @param unit the function with the call
 * @returns `undefined` when the reference belongs to something that outlives the function: a field, an
 *   element, a variable around it. Whose reference that is, the call does not say.
 */
export function retainedReceiver(
  kind: ResourceKind,
  call: CallLike,
  unit: ts.Node,
  environment: Environment,
): RetainedReceiver | undefined {
  const callee = skipWrappers(call.expression);
  const receiver = ts.isPropertyAccessExpression(callee) ? skipWrappers(callee.expression) : callee;
  const isUsed = !ts.isExpressionStatement(call.parent);
  const symbol = ts.isIdentifier(receiver) ? environment.resolve(receiver) : undefined;
  if (symbol === undefined || !declaredIn(symbol, unit) || isElement(symbol)) {
    return isUsed || ts.isCallExpression(receiver) ? { kind, names: [] } : undefined;
  }
  const names = [pathOf(receiver, environment.resolve)];
  if (isCountedByLoops(symbol, call, kind, unit, environment)) return undefined;
  // Taken for somebody else: for the caller, or for what keeps the value already.
  const isShared = isParameter(symbol) || isHandedOut(symbol, call, unit, environment);
  return { kind: isShared ? { ...kind, weak: true } : kind, names };
}

/** One loop takes references and another gives them back: how often each of them turns cannot be compared. */
function isCountedByLoops(
  symbol: ts.Symbol,
  call: CallLike,
  kind: ResourceKind,
  unit: ts.Node,
  { resolve }: Environment,
): boolean {
  if (loopAround(call, unit) === undefined) return false;
  return callsIn(unit).some((one) => {
    const callee = skipWrappers(one.expression);
    if (!ts.isPropertyAccessExpression(callee) || !isReleaseMethod(kind, callee.name.text))
      return false;
    const released = skipWrappers(callee.expression);
    const loop = loopAround(one, unit);
    return (
      loop !== undefined &&
      !isInside(call, loop) &&
      ts.isIdentifier(released) &&
      resolve(released) === symbol
    );
  });
}

function loopAround(node: ts.Node, unit: ts.Node): ts.IterationStatement | undefined {
  for (let at = node; at !== unit && !ts.isSourceFile(at); at = at.parent)
    if (ts.isIterationStatement(at, false)) return at;
  return undefined;
}

function isParameter(symbol: ts.Symbol): boolean {
  return (
    symbol.declarations?.some((one) => ts.isParameter(one) || ts.isBindingElement(one)) === true
  );
}

/** `for (const one of list)` */
function isElement(symbol: ts.Symbol): boolean {
  const declaration = symbol.valueDeclaration;
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    ts.isForOfStatement(declaration.parent.parent)
  );
}

/** Before the call the variable was given to a call, stored, or captured. */
function isHandedOut(
  symbol: ts.Symbol,
  call: ts.Node,
  unit: ts.Node,
  environment: Environment,
): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node.pos >= call.pos) return false;
    if (ts.isIdentifier(node) && node.text === symbol.name && isGiven(node))
      return environment.resolve(node) === symbol;
    return ts.forEachChild(node, visit) ?? false;
  };
  return ts.forEachChild(unit, visit) ?? false;
}

/** The name stands where its value goes somewhere: an argument, the right side of an assignment, a part of a literal. */
function isGiven(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression !== name;
  if (ts.isBinaryExpression(parent))
    return parent.right === name && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return (
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === name)
  );
}
