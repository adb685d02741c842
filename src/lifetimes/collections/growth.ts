/**
 * How often something is added to a collection, and so whether it grows without end: each time an event
 * comes, for each key that a caller chooses, or only while the program starts.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import type { EventKind } from "../../resources/events.ts";
import { elementOf } from "../../typescript/held-types.ts";
import { isLogicalAssignment, skipWrappers, someInside } from "../../typescript/syntax.ts";
import { isBoundedKey } from "./bounded-keys.ts";
import type { Add, CollectionUse } from "./collection-uses.ts";
import type { CollectionName } from "./declared-collections.ts";
import type { KeepingPlace } from "../holders/keeping-places.ts";
import { type Occasion, occasionsOf, unitAround } from "../holders/occasions.ts";
import { settledValue } from "../holders/values.ts";

export interface Growth {
  readonly add: Add;
  /** What comes again and again; undefined where callers decide that nobody sees. */
  readonly event: EventKind | undefined;
  /**
   * `possible`: the collection may be a registry that is filled while the program starts, since callers
   * that nobody sees choose what is stored, and when.
   */
  readonly strength: "sure" | "possible";
}

export interface Grown {
  readonly name: CollectionName;
  readonly place: KeepingPlace | undefined;
  readonly uses: readonly CollectionUse[];
}

/** How an add makes the collection grow; undefined when it is bounded by construction. */
export function growthBy(add: Add, grown: Grown, environment: Environment): Growth | undefined {
  if (isBoundedAdd(add, grown, environment)) return undefined;
  const { place } = grown;
  const maker = place !== undefined && "unit" in place ? place.unit : undefined;
  // What the function adds to its own variable while it runs is what it makes.
  const occasions = occasionsOf(add.node, environment, maker).filter(
    (one) => !isEndingSource(one, grown, environment),
  );
  const events = occasions.flatMap((one) => (one.when === "event" ? [one.event] : []));
  const event = mostSpeaking(events);
  if (event !== undefined) {
    // What a plain event brings under a key may be registered once and for all.
    const isRegistry =
      event === "event" && add.key !== undefined && !isOngoing(add, grown, environment);
    return { add, event, strength: isRegistry ? "possible" : "sure" };
  }
  const owner = place?.kind === "field" ? place.owner : undefined;
  const others = occasions.filter(
    (one) => one.when === "unknown" || (one.when === "construction" && one.owner !== owner),
  );
  if (others.length === 0) return undefined;
  const isOpen = others.some(({ when }) => when === "unknown");
  const strength = isOpen && isOngoing(add, grown, environment) ? "sure" : "possible";
  return { add, event: undefined, strength };
}

const speaking: readonly EventKind[] = ["connection", "request", "message", "tick", "event"];

function mostSpeaking(events: readonly EventKind[]): EventKind | undefined {
  return speaking.find((one) => events.includes(one));
}

/** Its key is one of a fixed number. */
function isBoundedAdd(
  { key, node }: Add,
  { name, uses }: Grown,
  environment: Environment,
): boolean {
  if (key === undefined) return false;
  if (name === "Array") {
    // A slot is filled again, unless it is the next one, or slots are given up and stay.
    if (key.getText().endsWith(".length")) return false;
    const isGivenUp = uses.some(({ is }) => is === "blank");
    return !isGivenUp || isBoundedKey(key, environment);
  }
  // `value in record` has been asked before: only known keys are stored.
  return isBoundedKey(key, environment) || isRestored(key, node, uses);
}

/** The key is taken from the collection itself: `for (const key of map.keys()) map.set(key, …)`. */
function isRestored(key: ts.Expression, node: ts.Node, uses: readonly CollectionUse[]): boolean {
  const name = valueOf(key).getText();
  for (let at = node.parent; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isForOfStatement(at) && !ts.isForInStatement(at)) continue;
    const { initializer, expression } = at;
    const isOfCollection = uses.some(
      (use) => use.node.pos >= expression.pos && use.node.end <= expression.end,
    );
    if (
      isOfCollection &&
      someInside(initializer, (one) => ts.isIdentifier(one) && one.text === name)
    )
      return true;
  }
  return false;
}

/** A list of what a stream brings, kept by a function that reads the stream to its end. */
function isEndingSource(occasion: Occasion, { place }: Grown, { types }: Environment): boolean {
  if (occasion.when !== "event" || place === undefined) return false;
  if (place.kind !== "captured" && place.kind !== "local") return false;
  const call = occasion.at;
  if (!ts.isCallExpression(call)) return false;
  const callee = skipWrappers(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const emitter = types.valueType(callee.expression);
  return ["pipe", "setPrompt", "stdout"].some((member) => types.hasMember(emitter, member));
}

/**
 * The code shows that it is run while the program works, not while it starts: it looks up what it has
 * under the key and makes what is missing, it sorts out what it has seen, or it makes the key itself.
 */
function isOngoing(add: Add, { uses }: Grown, environment: Environment): boolean {
  const { key, value } = add;
  if (value !== undefined && isCode(value, environment)) return false;
  const unit = unitAround(add.node);
  if (isNew(add, environment)) return true;
  if (key === undefined) return false;
  const isSet = value !== undefined && valueOf(value) === valueOf(key);
  if (!isSet && (value === undefined || isGiven(value, unit, environment))) {
    // A record of counters is told apart by `counts[key]++`.
    if (value !== undefined || !isCounted(add.node)) return false;
    return true;
  }
  // `table[key] ??= make(key)`
  if (ts.isBinaryExpression(add.node) && isLogicalAssignment(add.node.operatorToken.kind))
    return true;
  return uses.some((use) => looksUp(use, key, unit) && !isRefusal(use.node));
}

/** The code makes what it adds, or the key of it: no two turns add the same. */
function isNew({ key, value, node }: Add, environment: Environment): boolean {
  const added = key ?? value;
  return added !== undefined && isMadeNow(added, unitAround(node), environment);
}

function isCounted(node: ts.Node): boolean {
  return ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node);
}

/** A function or a class, or something that holds one: what a registry has. */
function isCode(value: ts.Expression, { types }: Environment): boolean {
  const type = types.valueType(value);
  if (types.isPrimitive(type)) return false;
  if (types.isCallable(type) || types.isConstructible(type)) return true;
  // A collection has methods of its own; what counts is what it is for.
  const element = elementOf(type, types.program);
  if (element !== undefined) return types.isCallable(element) || types.isConstructible(element);
  return types.heldTypes(type).some((one) => types.isCallable(one));
}

/** It is a parameter of the function, or a part of one. */
function isGiven(value: ts.Expression, unit: ts.Node, environment: Environment): boolean {
  let node = settledValue(value, environment);
  while (ts.isPropertyAccessExpression(node)) node = settledValue(node.expression, environment);
  return ts.isIdentifier(node) && parametersOf(unit).includes(node.text);
}

/** It has a part that the function makes without being told anything: an id, a time, a count. */
function isMadeNow(value: ts.Expression, unit: ts.Node, environment: Environment): boolean {
  const parameters = new Set(parametersOf(unit));
  const isFresh = (one: ts.Expression): boolean => {
    const node = settledValue(one, environment);
    if (ts.isPropertyAccessExpression(node)) {
      const owner = settledValue(node.expression, environment);
      if (ts.isObjectLiteralExpression(owner)) {
        const property = owner.properties.find(
          (member) => member.name?.getText() === node.name.text,
        );
        if (property === undefined) return false;
        if (ts.isPropertyAssignment(property)) return isFresh(property.initializer);
        return ts.isShorthandPropertyAssignment(property) && isFresh(property.name);
      }
      return ts.isNewExpression(owner);
    }
    if (ts.isObjectLiteralExpression(node))
      return node.properties.some(
        (member) => ts.isPropertyAssignment(member) && isFresh(member.initializer),
      );
    if (ts.isTemplateExpression(node))
      return node.templateSpans.some(({ expression }) => isFresh(expression));
    if (ts.isPostfixUnaryExpression(node) || isIncrement(node)) return true;
    if (ts.isBinaryExpression(node)) return isFresh(node.left) || isFresh(node.right);
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
    // `String(this.next++)`
    if (node.arguments?.some(isFresh) === true) return true;
    return !someInside(
      node,
      (inner) =>
        inner.kind === ts.SyntaxKind.ThisKeyword ||
        (ts.isIdentifier(inner) && parameters.has(inner.text)),
    );
  };
  return isFresh(value);
}

function isIncrement(node: ts.Expression): boolean {
  return ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.PlusPlusToken;
}

function parametersOf(unit: ts.Node): readonly string[] {
  if (!ts.isFunctionLike(unit)) return [];
  const names: string[] = [];
  const visit = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) visit(element.name);
  };
  for (const parameter of unit.parameters) visit(parameter.name);
  // What surrounds the function gives as well.
  return ts.isSourceFile(unitAround(unit)) ? names : [...names, ...parametersOf(unitAround(unit))];
}

/** The same function asks for what is under the key. */
function looksUp({ is, node }: CollectionUse, key: ts.Expression, unit: ts.Node): boolean {
  if (is !== "read" && is !== "empty-inner") return false;
  const around = unitAround(node);
  if (around !== unit && unitAround(unit) !== around) return false;
  const text = valueOf(key).getText();
  if (ts.isCallExpression(node))
    return node.arguments.some((one) => valueOf(one).getText() === text);
  if (ts.isElementAccessExpression(node))
    return valueOf(node.argumentExpression).getText() === text;
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword)
    return valueOf(parent.left).getText() === text;
  return false;
}

/** `if (names.has(name)) throw …`: whoever registers a name twice is refused. */
function isRefusal(node: ts.Node): boolean {
  let at = node.parent;
  while (ts.isPrefixUnaryExpression(at) || ts.isParenthesizedExpression(at)) at = at.parent;
  if (!ts.isIfStatement(at)) return false;
  const { thenStatement } = at;
  return (
    ts.isThrowStatement(thenStatement) ||
    (ts.isBlock(thenStatement) && thenStatement.statements.some(ts.isThrowStatement))
  );
}
