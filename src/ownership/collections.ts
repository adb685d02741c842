/**
 * Arrays, sets and maps of the standard library as holders: what puts an element in, gets one out,
 * and runs a callback on every element.
 */
import ts from "typescript";
import { anyElement } from "../flow/build-graph.ts";
import { type AccessPath, elementAt, extend, pathOf, thisRoot } from "./access-path.ts";
import { valueOf } from "../flow/graph.ts";
import { type CallEffect, type CallEvent, receiverOf } from "./effects.ts";
import { isOwnCollection } from "./places.ts";
import type { Environment } from "./environment.ts";
import { closuresIn } from "./closures.ts";
import { type Disjunct, Ended, membersBehind, reaches } from "./obligation-state.ts";
import type { TrackingContext } from "./tracking.ts";

const containers = new Set([
  "Array",
  "Set",
  "Map",
  "ReadonlyArray",
  "ReadonlyMap",
  "ReadonlySet",
  "WeakMap",
  "WeakSet",
]);
/** Methods that store an argument: which argument. */
const adders = new Map<string, { argument: "all" | 0 | 1 }>([
  ["push", { argument: "all" }],
  ["unshift", { argument: "all" }],
  ["add", { argument: 0 }],
  ["set", { argument: 1 }],
]);

const storedInLoops = new WeakMap<ts.Node, readonly ts.Expression[]>();

/** What the turns of a loop put into collections and into parts of objects. */
export function storedByLoop(loop: ts.Node): readonly ts.Expression[] {
  let stored = storedInLoops.get(loop);
  if (stored === undefined) {
    const found: ts.Expression[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const argument = adders.get(node.expression.name.text)?.argument;
        if (argument === "all") found.push(...node.arguments);
        else if (argument !== undefined)
          found.push(...node.arguments.slice(argument, argument + 1));
      } else if (
        ts.isBinaryExpression(node) &&
        node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
        !ts.isIdentifier(node.left)
      )
        found.push(node.right);
      ts.forEachChild(node, visit);
    };
    visit(loop);
    stored = found;
    storedInLoops.set(loop, stored);
  }
  return stored;
}

/** Under which paths an element is found: a map is iterated as entries, its values come second. */
function placesOf(element: AccessPath, name: string): readonly AccessPath[] {
  return name === "set" ? [element, extend(element, ["1"])] : [element];
}

const getters = new Set(["at", "get", "pop", "shift", "find", "findLast"]);
/** Methods that take an element out. */
const removers = new Set(["pop", "shift", "splice", "delete", "clear"]);
/** Methods whose result holds the same elements. */
const views = new Set([
  "values",
  "slice",
  "filter",
  "concat",
  "reverse",
  "sort",
  "toReversed",
  "toSorted",
  "splice",
]);
const visitors = new Set(["forEach", "map", "flatMap", "reduce"]);

/**
 * What a method of a collection does.
 *
 * @param receiver the collection, where the callee is a method
 * @param given the argument that is or holds the resource; absent when the receiver holds it
 * @returns undefined where the callee is no method of a standard collection
 */
export function collectionEffect(
  disjunct: Disjunct,
  event: CallEvent,
  receiver: AccessPath | undefined,
  name: string,
  context: TrackingContext,
  given?: { readonly index: number; readonly path: AccessPath },
): CallEffect | undefined {
  if (receiver === undefined || !isCollectionMethod(event, context)) return undefined;
  const result: AccessPath = { root: event.node, members: [] };
  const element = extend(receiver, [anyElement]);
  const keyed = extend(receiver, [elementAt(event.args[0])]);
  if (given !== undefined) {
    const adder = adders.get(name);
    if (adder === undefined) return undefined;
    if (adder.argument !== "all" && adder.argument !== given.index) return uses;
    const local =
      context.isLocal(receiver.root) &&
      !isParameter(receiver) &&
      isOwnCollection(receiver, context);
    return local
      ? {
          ...uses,
          copies: placesOf(name === "set" ? keyed : element, name).map((to) => ({
            from: given.path,
            to,
          })),
        }
      : { ...uses, stays: false, ended: Ended.kept, onThrow: "ends" };
  }
  const dropped = droppedBy(disjunct, event, receiver, name, context);
  if (dropped !== undefined) return { ...uses, drops: dropped };
  const removal =
    removers.has(name) || replacesEntry(event, name, context) ? { removes: receiver } : {};
  const looks = { ...uses, throws: "never" as const, ...removal };
  if (name === "get") return { ...looks, copies: [{ from: keyed, to: result }] };
  if (getters.has(name)) return { ...looks, copies: [{ from: element, to: result }] };
  if (views.has(name)) return { ...looks, copies: [{ from: receiver, to: result }] };
  if (name === "entries") {
    // Pairs with the element second; those of a set have it twice.
    const copies = ["0", "1"].map((at) => ({
      from: element,
      to: extend(result, [anyElement, at]),
    }));
    const isSet = context.environment.recogniser.isStandardMember(event.callee, "Set.entries");
    return { ...looks, copies: isSet ? copies : copies.slice(1) };
  }
  if (removal.removes !== undefined) return looks;
  if (!visitors.has(name)) return undefined;
  if (reaches(disjunct, element)) return visited(disjunct, event, element, name, context);
  return visitedByKey(disjunct, event, context);
}

/** What an expression lists the keys of: `all` for `Object.keys(all)`, `all.keys()`, `[...all.keys()]`. */
export function listedByKey(
  listing: ts.Expression,
  environment: Environment,
): ts.Expression | undefined {
  const { recogniser } = environment;
  const value = valueOf(listing);
  if (ts.isArrayLiteralExpression(value)) {
    const [only, ...others] = value.elements;
    return only !== undefined && ts.isSpreadElement(only) && others.length === 0
      ? listedByKey(only.expression, environment)
      : undefined;
  }
  if (!ts.isCallExpression(value)) return undefined;
  const { expression: callee } = value;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const [given] = value.arguments;
  switch (callee.name.text) {
    case "from":
      return given !== undefined && recogniser.isStandardMember(callee, "ArrayConstructor.from")
        ? listedByKey(given, environment)
        : undefined;
    case "keys":
      if (recogniser.isStandardMember(callee, "ObjectConstructor.keys")) return given;
      return recogniser.isStandardMember(callee, ["Map.keys", "ReadonlyMap.keys"])
        ? callee.expression
        : undefined;
    default:
      return undefined;
  }
}

/** `Object.keys(all).forEach((key) => all[key].close())`: the callback has captured what holds the resource. */
function visitedByKey(
  disjunct: Disjunct,
  event: CallEvent,
  context: TrackingContext,
): CallEffect | undefined {
  const { environment, summaries, tracked } = context;
  const receiver = receiverOf(event.callee);
  const [callback] = event.args;
  if (receiver === undefined || callback === undefined) return undefined;
  const listed = listedByKey(receiver, environment);
  if (listed === undefined || !reaches(disjunct, pathOf(listed, environment.resolve)))
    return undefined;
  for (const closure of closuresIn(callback, environment)) {
    const effect = summaries.captureEffect(closure, disjunct, tracked.kind);
    if (effect === undefined) continue;
    const bits = effect.unknown ? Ended.kept : effect.normalEnded & ~Ended.returned;
    if (bits !== 0) return { ...uses, stays: false, ended: bits, onThrow: "ends" };
  }
  return undefined;
}

/** Functions that list what a collection or a record holds, and where in an item of the list it is. */
const listers = new Map<string, readonly string[]>([
  ["ObjectConstructor.values", []],
  ["ObjectConstructor.entries", ["1"]],
  ["ArrayConstructor.from", []],
]);

/** `Object.values(all)`: the list holds what the argument holds. */
export function listedElements(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  index: number,
  path: AccessPath,
  members: readonly (readonly string[])[],
  context: TrackingContext,
): CallEffect | undefined {
  const { environment } = context;
  if (index !== 0 || !ts.isPropertyAccessExpression(callee)) return undefined;
  if (!/^(?:values|entries|from)$/.test(callee.name.text)) return undefined;
  for (const [name, item] of listers) {
    if (!environment.recogniser.isStandardMember(callee, name)) continue;
    // `Array.from(all, (one) => one.close())`
    if (name === "ArrayConstructor.from" && event.args.length > 1)
      return visited(disjunct, event, extend(path, [anyElement]), "map", context, event.args[1]);
    const result: AccessPath = { root: event.node, members: [] };
    const copies = members
      .filter((inner) => inner.length > 0)
      .map((inner) => ({
        from: extend(path, inner),
        to: extend(result, [anyElement, ...item, ...inner.slice(1)]),
      }));
    return { ...uses, throws: "never", copies };
  }
  return undefined;
}

const uses: CallEffect = { stays: true, ended: 0, onThrow: "held", copies: [] };

/** What a collection lets go of, where nobody looks at what the call returns. */
function droppedBy(
  disjunct: Disjunct,
  event: CallEvent,
  receiver: AccessPath,
  name: string,
  context: TrackingContext,
): CallEffect["drops"] {
  if (context.tracked.losesElements === true || !context.isLocal(receiver.root)) return undefined;
  if (!ts.isExpressionStatement(event.node.parent)) return undefined;
  const element = extend(receiver, [anyElement]);
  const key = elementAt(event.args[0]);
  const keyed = extend(receiver, [key]);
  switch (name) {
    case "clear":
      return reaches(disjunct, element) ? { path: receiver, how: "removed" } : undefined;
    case "pop":
    case "shift":
      // Of several that were added one by one nothing tells which one goes.
      return context.tracked.oneOfMany === true && reaches(disjunct, element)
        ? { path: receiver, oneOfMany: true, how: "removed" }
        : undefined;
    case "delete":
      return key !== anyElement && reaches(disjunct, keyed)
        ? { path: keyed, how: "removed" }
        : undefined;
    case "set": {
      const value = event.args[1] && pathOf(event.args[1], context.environment.resolve);
      const stays = value === undefined || reaches(disjunct, value);
      return key !== anyElement && !stays && reaches(disjunct, keyed)
        ? { path: keyed, how: "overwritten" }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** `rs.forEach((r) => r.close())`: the callback's effect on its element is the effect on all. */
function visited(
  disjunct: Disjunct,
  event: CallEvent,
  element: AccessPath,
  name: string,
  context: TrackingContext,
  callback = event.args[0],
): CallEffect {
  if (callback === undefined) return uses;
  const parameter = name === "reduce" ? 1 : 0;
  const closures = closuresIn(callback, context.environment);
  for (const members of membersBehind(disjunct, element)) {
    for (const closure of closures) {
      const effect = context.summaries.argumentEffect(
        [closure],
        parameter,
        members,
        context.tracked.kind,
      );
      if (effect.unknown) return { ...uses, stays: false, ended: Ended.kept, onThrow: "ends" };
      const bits = effect.normalEnded & ~Ended.returned;
      if (bits !== 0 && !effect.normalHeld)
        return { ...uses, stays: false, ended: bits, onThrow: "ends" };
      if ((effect.normalEnded & Ended.returned) !== 0) {
        return {
          ...uses,
          copies: mappedTo(event, extend(element, members), effect.returnedAs, name),
        };
      }
    }
  }
  return uses;
}

/** Where `map` and `flatMap` put what their callback returns. */
function mappedTo(
  event: CallEvent,
  from: AccessPath,
  returnedAs: ReadonlySet<string>,
  name: string,
): CallEffect["copies"] {
  return [...returnedAs].map((joined) => {
    const members = joined === "" ? [] : joined.split(".");
    const inner = name === "flatMap" ? members.slice(1) : members;
    return { from, to: extend({ root: event.node, members: [anyElement] }, inner) };
  });
}

/**
 * `map.set(key, …)` replaces the entry of a key that may be there already: one that the caller gives,
 * a constant, or a member. A key that is made on the spot is new.
 */
function replacesEntry(event: CallEvent, name: string, context: TrackingContext): boolean {
  const [key] = event.args;
  if (name !== "set" || key === undefined || context.tracked.losesElements !== true) return false;
  if (ts.isStringLiteralLike(key) || ts.isNumericLiteral(key)) return true;
  const path = pathOf(key, context.environment.resolve);
  return isParameter(path) || path.root === thisRoot;
}

function isCollectionMethod(event: CallEvent, context: TrackingContext): boolean {
  if (!ts.isCallExpression(event.node)) return false;
  const { types } = context.environment;
  const symbol = types.calleeSymbol(event.callee);
  if (symbol === undefined) return false;
  return types
    .declaredNames(symbol)
    .some(
      (declared) =>
        declared.origin === "global" &&
        containers.has(declared.name.slice(0, declared.name.indexOf("."))),
    );
}

function isParameter(path: AccessPath): boolean {
  return (
    "escapedName" in path.root &&
    path.root.declarations?.some((declaration) => ts.isParameter(declaration)) === true
  );
}
