/**
 * Functions that captured the resource: what calling one does, and whether a value holds one that
 * will release it.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../flow/graph.ts";
import { memberName } from "../flow/syntax.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { skipWrappers } from "../typescript/syntax.ts";
import { type AccessPath, extend, pathOf } from "./access-path.ts";
import { closuresIn } from "./closures.ts";
import {
  type CallEffect,
  type CallEvent,
  fromSummary,
  released,
  releaseMember,
  uses,
} from "./effects.ts";
import type { Environment } from "./environment.ts";
import { type Disjunct, Ended, hasAlias } from "./obligation-state.ts";
import { isReleaseMethod } from "./releases.ts";
import type { TrackingContext } from "./tracking.ts";

/**
 * The release as a value: `h.close.call(h)`, `const f = h.close.bind(h)` and `f()`, and a resource
 * that is itself the function that releases.
 */
export function releaseByFunction(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  context: TrackingContext,
): CallEffect | undefined {
  const { kind } = context.tracked;
  const { resolve } = context.environment;
  const path = pathOf(callee, resolve);
  if (hasAlias(disjunct, extend(path, [releaseMember]))) return released;
  const invoked = kind.release.some((release) => "invoke" in release);
  if (invoked && hasAlias(disjunct, path)) return released;
  if (!ts.isPropertyAccessExpression(callee) || !/^(?:call|apply|bind)$/.test(callee.name.text))
    return undefined;
  const method = pathOf(callee.expression, resolve);
  if (!(invoked && hasAlias(disjunct, method)) && !isReleaseOf(disjunct, method, kind))
    return undefined;
  if (callee.name.text !== "bind") return released;
  const from = invoked ? method : parentOf(method);
  return { ...uses, copies: [{ from, to: { root: event.node, members: [releaseMember] } }] };
}

/** The path is a release method of the resource. */
export function isReleaseOf(disjunct: Disjunct, path: AccessPath, kind: ResourceKind): boolean {
  const name = path.members.at(-1);
  return name !== undefined && isReleaseMethod(kind, name) && hasAlias(disjunct, parentOf(path));
}

export function parentOf(path: AccessPath): AccessPath {
  return { root: path.root, members: path.members.slice(0, -1) };
}

/** `cleanup()`, `api.end()`: a function of this file, or a method of an object literal, that captured the resource. */
export function calledClosure(
  disjunct: Disjunct,
  callee: ts.Expression,
  context: TrackingContext,
): CallEffect | undefined {
  for (const closure of closuresCalled(callee, context.environment)) {
    const effect = context.summaries.captureEffect(closure, disjunct, context.tracked.kind);
    if (effect === undefined) continue;
    return fromSummary(effect, undefined, undefined, context);
  }
  return undefined;
}

function closuresCalled(
  callee: ts.Expression,
  environment: Environment,
): readonly FunctionWithBody[] {
  if (ts.isIdentifier(callee)) return closuresIn(callee, environment);
  if (!ts.isPropertyAccessExpression(callee)) return [];
  const receiver = skipWrappers(callee.expression);
  if (!ts.isIdentifier(receiver)) return [];
  const owner = functionsBehind(receiver, environment);
  if (!ts.isObjectLiteralExpression(owner)) return [];
  return owner.properties.flatMap((property) => {
    const isCalled = property.name !== undefined && memberName(property.name) === callee.name.text;
    if (!isCalled) return [];
    if (ts.isPropertyAssignment(property)) return closuresIn(property.initializer, environment);
    if (ts.isShorthandPropertyAssignment(property)) return closuresIn(property.name, environment);
    return ts.isMethodDeclaration(property) && property.body !== undefined
      ? [property as FunctionWithBody]
      : [];
  });
}

/**
 * Whether the value of an expression holds a function that captured the resource and will release it
 * or pass it on. A function that only uses it takes nothing over: whoever has it cannot release.
 */
export function capturedByValue(
  disjunct: Disjunct,
  expression: ts.Expression,
  context: TrackingContext,
): boolean {
  const { kind } = context.tracked;
  const bound = boundRelease(expression);
  if (
    bound !== undefined &&
    isReleaseMethod(kind, bound.name) &&
    hasAlias(disjunct, pathOf(bound.receiver, context.environment.resolve))
  ) {
    return true;
  }
  for (const closure of closuresIn(expression, context.environment)) {
    const effect = context.summaries.captureEffect(closure, disjunct, context.tracked.kind);
    if (effect === undefined) continue;
    if (effect.unknown || effect.normalEnded !== 0) return true;
    // What always throws may release before it does.
    if (!effect.normalHeld && effect.thrownHeld === undefined && effect.thrownEnded !== 0)
      return true;
  }
  return false;
}

/**
 * `parent?.on("exit", () => file.close())`: whether a later call of an optional chain hands over the
 * resource, where the chain is cut off before it.
 *
 * @param test what the `?.` stands behind
 */
export function handedOverBehind(
  disjunct: Disjunct,
  test: ts.Expression,
  context: TrackingContext,
): boolean {
  let node: ts.Node = test;
  for (;;) {
    const { parent }: ts.Node = node;
    const isLink =
      (ts.isPropertyAccessExpression(parent) ||
        ts.isElementAccessExpression(parent) ||
        ts.isCallExpression(parent)) &&
      parent.expression === node;
    if (!isLink) return false;
    if (
      ts.isCallExpression(parent) &&
      parent.arguments.some(
        (argument) =>
          ts.isFunctionLike(valueOf(argument)) && capturedByValue(disjunct, argument, context),
      )
    )
      return true;
    node = parent;
  }
}

/**
 * The functions in a value that release the resource they captured: members of an object by their
 * name, the value itself by the empty name.
 */
export function releasersIn(
  disjunct: Disjunct,
  expression: ts.Expression,
  context: TrackingContext,
): readonly string[] {
  const value = functionsBehind(expression, context.environment);
  if (!ts.isObjectLiteralExpression(value)) return releases(disjunct, value, context) ? [""] : [];
  return value.properties.flatMap((property) => {
    const { name } = property;
    if (name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteral(name))) return [];
    const member = ts.isPropertyAssignment(property)
      ? functionsBehind(property.initializer, context.environment)
      : ts.isShorthandPropertyAssignment(property)
        ? functionsBehind(property.name, context.environment)
        : property;
    return releases(disjunct, member, context) ? [name.text] : [];
  });
}

function releases(disjunct: Disjunct, value: ts.Node, context: TrackingContext): boolean {
  const { kind } = context.tracked;
  if (ts.isFunctionLike(value) && "body" in value && value.body !== undefined) {
    const effect = context.summaries.captureEffect(value as FunctionWithBody, disjunct, kind);
    return effect !== undefined && (effect.normalEnded & Ended.released) !== 0;
  }
  const bound = ts.isExpression(value) ? boundRelease(value) : undefined;
  return bound !== undefined && isReleaseMethod(kind, bound.name);
}

/** The function or object literal that a name stands for, or the value itself. */
function functionsBehind(expression: ts.Expression, environment: Environment): ts.Node {
  const value = valueOf(expression);
  if (!ts.isIdentifier(value)) return value;
  const declaration = environment.resolve(value)?.valueDeclaration;
  if (declaration === undefined) return value;
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  return ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
    ? valueOf(declaration.initializer)
    : value;
}

/** `h.close` or `h.close.bind(h)` as a value. */
function boundRelease(
  expression: ts.Expression,
): { name: string; receiver: ts.Expression } | undefined {
  let node = valueOf(expression);
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === "bind"
  ) {
    node = valueOf(node.expression.expression);
  }
  return ts.isPropertyAccessExpression(node)
    ? { name: node.name.text, receiver: node.expression }
    : undefined;
}
