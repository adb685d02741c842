/**
 * Assignments and values: which names the resource gets and loses.
 */
import ts from "typescript";
import { anyElement } from "../flow/build-graph.ts";
import type { FlowEvent, ValueSource } from "../flow/graph.ts";
import { bindingKey } from "../flow/syntax.ts";
import type { CallLike } from "../resources/recognise.ts";
import {
  type AccessPath,
  behind,
  callerRoot,
  extend,
  isSymbol,
  keyOf,
  pathOf,
  thisRoot,
} from "./access-path.ts";
import { capturedByValue, isReleaseOf, parentOf } from "./captured.ts";
import { releaseMember } from "./effects.ts";
import { updateGuards } from "./known-conditions.ts";
import {
  copyAliases,
  type Disjunct,
  Ended,
  hasAlias,
  killAliases,
  reaches,
  withAlias,
} from "./obligation-state.ts";
import { isOwnContainer, isShownByOwnElement } from "./places.ts";
import { reachesSender } from "./told-emitters.ts";
import { type Applied, type Drop, ended, keeps, type TrackingContext } from "./tracking.ts";

export function assign(
  before: Disjunct,
  event: Extract<FlowEvent, { kind: "assign" }>,
  context: TrackingContext,
): Applied {
  const { resolve } = context.environment;
  const target = pathOf(event.target, resolve);
  if (isDefaultNotTaken(before, event, context)) return ended(0);
  const disjunct = armedByAssignment(before, target, context);
  const guarded = updateGuards(disjunct, event, context.environment);
  const source =
    event.from === undefined ? undefined : extend(pathOf(event.from, resolve), event.path);
  // `const { close } = h` names the function that releases it.
  if (
    source !== undefined &&
    target.members.length === 0 &&
    context.isLocal(target.root) &&
    isReleaseOf(guarded, source, context.tracked.kind)
  ) {
    const rest = killUnless(guarded, target, parentOf(source));
    return keeps(withAlias(rest, extend(target, [releaseMember])));
  }
  const stored = source !== undefined && reaches(guarded, source);
  const storesCapture =
    !stored &&
    event.from !== undefined &&
    !ts.isParameter(event.from) &&
    capturedByValue(guarded, event.from, context);
  if (isHandlerOfHolder(guarded, target, event, context)) return ended(Ended.kept);
  if (!context.isLocal(target.root)) {
    return stored || storesCapture
      ? ended(Ended.kept)
      : killed(guarded, target, event.node, context);
  }
  if (
    target.members.length > 0 &&
    (stored || storesCapture) &&
    !isOwnContainer(target, context.tracked) &&
    !isShownByOwnElement(event.target, target, context.environment)
  ) {
    return ended(Ended.kept);
  }
  if (storesCapture && (target.members.length > 0 || !isInitialiser(event.from, target)))
    return ended(Ended.kept);
  if (source === undefined || !stored) {
    const emptied = emptiedCollection(target, event.from);
    return killed(guarded, emptied ?? target, event.node, context, emptied && "removed");
  }
  if (keyOf(source) === keyOf(target)) return keeps(guarded);
  // Copy first: `h = wrap(h)` must not lose h before its new name is known. An element that may be
  // any element replaces none for sure.
  const base = target.members.includes(anyElement) ? guarded : killUnless(guarded, target, source);
  const held = copyAliases(base, source, target);
  return isGivenAway(held, source, context) ? ended(Ended.kept) : keeps(held);
}

/**
 * The value that a variable is declared with: what is called under its name is known by that. What it
 * gets later is not followed: `let stop; … stop = () => clearTimeout(timer)`.
 */
function isInitialiser(value: ValueSource, { root }: AccessPath): boolean {
  const declaration = isSymbol(root) ? root.valueDeclaration : undefined;
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    declaration.initializer === value
  );
}

/** `request.onsuccess = (event) => use(event.target.result)`: whoever has the request has its result. */
function isHandlerOfHolder(
  disjunct: Disjunct,
  target: AccessPath,
  { from }: Extract<FlowEvent, { kind: "assign" }>,
  { environment }: TrackingContext,
): boolean {
  if (target.members.length === 0 || from === undefined || ts.isParameter(from)) return false;
  const holder = parentOf(target);
  return (
    reaches(disjunct, holder) && !hasAlias(disjunct, holder) && reachesSender(from, environment)
  );
}

/** `{ h = open() }`: a default is for what is not given, so the resource is not what is there. */
function isDefaultNotTaken(
  disjunct: Disjunct,
  { from, node }: Extract<FlowEvent, { kind: "assign" }>,
  context: TrackingContext,
): boolean {
  for (let at = node; ts.isBindingElement(at) || ts.isParameter(at); at = at.parent.parent) {
    if (at.initializer !== undefined && at.initializer === from) {
      const given = boundPath(at, context);
      return given !== undefined && reaches(disjunct, given);
    }
    if (ts.isParameter(at)) return false;
  }
  return false;
}

/** The path of what a parameter or a part of a destructuring pattern is given. */
function boundPath(
  element: ts.BindingElement | ts.ParameterDeclaration,
  context: TrackingContext,
): AccessPath | undefined {
  if (ts.isParameter(element)) {
    return pathOf(
      ts.isIdentifier(element.name) ? element.name : element,
      context.environment.resolve,
    );
  }
  const pattern = element.parent;
  const owner = pattern.parent;
  if (element.dotDotDotToken !== undefined) return undefined;
  const key = ts.isArrayBindingPattern(pattern)
    ? String(pattern.elements.indexOf(element))
    : bindingKey(element);
  const value = ts.isVariableDeclaration(owner)
    ? owner.initializer && pathOf(owner.initializer, context.environment.resolve)
    : boundPath(owner, context);
  return value === undefined || key === undefined ? undefined : extend(value, [key]);
}

/**
 * `const s = connect(port, () => resolve(s))`, `const s = connect(port).once("connect", () => resolve(s))`:
 * the acquiring call, or one in the chain behind it, was given who owns its result.
 */
function isGivenAway(disjunct: Disjunct, source: AccessPath, context: TrackingContext): boolean {
  const { call } = context.tracked;
  if (call === undefined || isSymbol(source.root) || source.members.length > 0) return false;
  return chainUpTo(call, source.root).some((one) =>
    one.arguments?.some((argument) => capturedByValue(disjunct, argument, context)),
  );
}

/** The calls from the last of a chain to the one it begins with; empty where that is not in it. */
function chainUpTo(first: ts.Node, last: ts.Node): readonly CallLike[] {
  const calls: CallLike[] = [];
  let node = last;
  while (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    calls.push(node);
    if (node === first) return calls;
    if (!ts.isPropertyAccessExpression(node.expression)) return [];
    node = node.expression.expression;
  }
  return [];
}

/** `port.onmessage = …` starts what a call would start. */
function armedByAssignment(
  disjunct: Disjunct,
  target: AccessPath,
  context: TrackingContext,
): Disjunct {
  const member = target.members.at(-1);
  if (member === undefined || context.tracked.kind.armedBy?.includes(member) !== true)
    return disjunct;
  const owner: AccessPath = { root: target.root, members: target.members.slice(0, -1) };
  return hasAlias(disjunct, owner) ? { ...disjunct, armed: true } : disjunct;
}

/** `handles.length = 0`: the collection, of which nothing stays. */
function emptiedCollection(
  target: AccessPath,
  value: ValueSource | undefined,
): AccessPath | undefined {
  const isEmptied =
    target.members.at(-1) === "length" &&
    value !== undefined &&
    ts.isNumericLiteral(value) &&
    value.text === "0";
  return isEmptied ? { root: target.root, members: target.members.slice(0, -1) } : undefined;
}

function killed(
  disjunct: Disjunct,
  target: AccessPath,
  node: ts.Node,
  context: TrackingContext,
  how?: Drop,
): Applied {
  if (target.members.includes(anyElement)) {
    if (context.tracked.losesElements !== true || !ts.isDeleteExpression(node))
      return keeps(disjunct);
    const collection = { root: target.root, members: target.members.slice(0, -1) };
    const left = killElement(disjunct, collection, node, context);
    return left === undefined ? ended(0) : keeps(left);
  }
  const rest = killOrLose(disjunct, target, node, context, how);
  return rest === undefined ? ended(0) : keeps(rest);
}

/** Takes a name away; when it was the last one, the resource is lost here. */
export function killOrLose(
  disjunct: Disjunct,
  target: AccessPath,
  node: ts.Node,
  context: TrackingContext,
  how?: Drop,
): Disjunct | undefined {
  const { sameObject = [] } = context.tracked;
  const roots = sameObject.includes(target.root) ? sameObject : [target.root];
  const rest = roots.reduce(
    (left, root) => killAliases(left, { root, members: target.members }),
    disjunct,
  );
  if (rest === disjunct) return disjunct;
  const named = [...rest.aliases.values()].some((alias) => !isStaleTemporary(alias, node));
  if (named) return rest;
  if (disjunct.armed) context.notes.lost(node, disjunct, how);
  return undefined;
}

/** An element that is taken out of its collection and has no other name is lost. */
export function killElement(
  disjunct: Disjunct,
  collection: AccessPath,
  node: ts.Node,
  context: TrackingContext,
): Disjunct | undefined {
  const aliases = [...disjunct.aliases].filter(([, alias]) => {
    const rest = behind(collection, alias);
    return rest === undefined || rest.length === 0;
  });
  if (aliases.length > 0) return { ...disjunct, aliases: new Map(aliases) };
  if (disjunct.armed) context.notes.lost(node, disjunct);
  return undefined;
}

export function value(
  disjunct: Disjunct,
  event: Extract<FlowEvent, { kind: "value" }>,
  context: TrackingContext,
): Applied {
  const from = pathOf(event.from, context.environment.resolve);
  const whole: AccessPath = { root: event.node, members: [] };
  const to = event.member === undefined ? whole : extend(whole, [event.member]);
  const stale =
    event.member === undefined && isLiteral(event.node) ? disjunct : killAliases(disjunct, to);
  // A value that is only computed anew keeps whatever else names the resource.
  const base = stale.aliases.size === 0 ? disjunct : stale;
  return keeps(copyAliases(base, from, to));
}

function killUnless(disjunct: Disjunct, target: AccessPath, source: AccessPath): Disjunct {
  const rest = killAliases(disjunct, target);
  return reaches(rest, source) ? rest : disjunct;
}

/** A temporary names the resource only while the statement that computes it runs. */
export function isStaleTemporary(alias: AccessPath, node: ts.Node): boolean {
  const { root } = alias;
  if (isSymbol(root) || root === thisRoot || root === callerRoot) return false;
  return root.pos < node.pos || root.end > node.end;
}

function isLiteral(node: ts.Node): boolean {
  return ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);
}
