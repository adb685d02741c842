/**
 * What is put into a collection for a connection, and what takes something out again, by the name of
 * the collection. An inner collection (`rooms.get(name)`, the variable of a loop over `rooms`) counts
 * as the outer one.
 */
import ts from "typescript";
import { nodesIn } from "../../typescript/nodes-in-file.ts";
import { valueOf } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import { elementOf } from "../../typescript/held-types.ts";
import { isNothing } from "../../typescript/syntax.ts";
import { type Connection, connectionIn } from "./connections.ts";
import { type Identity, identityOf } from "../listeners/identities.ts";

export interface Entry {
  /** The call or assignment that adds. */
  readonly site: ts.CallExpression | ts.BinaryExpression;
  /** The collection, as it is written. */
  readonly holder: ts.Expression;
  readonly holderIdentity: Identity;
  readonly connection: Connection;
  /** Under which it is kept; undefined in a set or an array. */
  readonly key: ts.Expression | undefined;
}

export interface EntryRemoval {
  readonly site: ts.Node;
  readonly holderIdentity: Identity;
  /** What is kept under a key of the collection loses something, not the collection itself. */
  readonly isInner: boolean;
  /** The one key that goes; undefined where none is named. */
  readonly key: ts.Expression | undefined;
}

const adders = new Set(["set", "add", "push", "unshift"]);
const removers = new Set(["delete", "clear", "splice", "pop", "shift"]);

/** The collection that an expression is, or is a part of: through look-ups, loops and constants. */
export function collectionOf(expression: ts.Expression, environment: Environment): ts.Expression {
  let node = valueOf(expression);
  for (let steps = 0; steps < 8; steps++) {
    const next = outer(node, environment);
    if (next === undefined) return node;
    node = valueOf(next);
  }
  return node;
}

function outer(node: ts.Expression, environment: Environment): ts.Expression | undefined {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    return node.expression.expression;
  }
  if (ts.isElementAccessExpression(node)) return node.expression;
  if (ts.isBinaryExpression(node)) return node.left;
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = environment.resolve(node)?.valueDeclaration;
  const binding = declaration && outermost(declaration);
  if (binding === undefined || declaration?.getSourceFile() !== node.getSourceFile())
    return undefined;
  if (ts.isVariableDeclaration(binding)) {
    const loop = binding.parent.parent;
    if (ts.isForOfStatement(loop) || ts.isForInStatement(loop)) return loop.expression;
    const { initializer } = binding;
    const value = initializer && valueOf(initializer);
    if (value === undefined) return undefined;
    const isLookUp =
      (ts.isCallExpression(value) && ts.isPropertyAccessExpression(value.expression)) ||
      ts.isElementAccessExpression(value) ||
      ts.isBinaryExpression(value);
    return isLookUp ? value : undefined;
  }
  // `rooms.forEach((room) => room.delete(socket))`
  if (!ts.isParameter(binding)) return undefined;
  const call = binding.parent.parent;
  return ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    (ts.isArrowFunction(binding.parent) || ts.isFunctionExpression(binding.parent)) &&
    iterating.has(call.expression.name.text)
    ? call.expression.expression
    : undefined;
}

const iterating = new Set(["forEach", "map", "filter", "some", "every", "find", "flatMap"]);

function outermost(declaration: ts.Declaration): ts.Node {
  let node: ts.Node = declaration;
  while (
    ts.isBindingElement(node) ||
    ts.isArrayBindingPattern(node) ||
    ts.isObjectBindingPattern(node)
  )
    node = node.parent;
  return node;
}

/** A place that puts something into a collection. */
interface Addition {
  readonly site: Entry["site"];
  readonly holder: ts.Expression;
  /** The key, if there is one, and the value. */
  readonly added: readonly ts.Expression[];
}

/** Every place of a file that adds to a collection; in source order. */
export function additionsIn(file: ts.SourceFile, environment: Environment): readonly Addition[] {
  const found: Addition[] = [];
  const note = (
    site: Entry["site"],
    receiver: ts.Expression,
    added: readonly ts.Expression[],
  ): void => {
    if (!isCollection(receiver, environment)) return;
    found.push({ site, holder: collectionOf(receiver, environment), added });
  };
  for (const call of callsIn(file)) {
    const callee = call.expression;
    if (ts.isCallExpression(call) && ts.isPropertyAccessExpression(callee)) {
      if (adders.has(callee.name.text)) note(call, callee.expression, call.arguments);
    }
  }
  for (const assignment of elementAssignments(file)) {
    const target = assignment.left as ts.ElementAccessExpression;
    note(assignment, target.expression, [target.argumentExpression, assignment.right]);
  }
  return found.sort((a, b) => a.site.pos - b.site.pos);
}

/** Every place of a file that adds a connection, or what names one, to a collection; in source order. */
export function entriesIn(file: ts.SourceFile, environment: Environment): readonly Entry[] {
  return additionsIn(file, environment).flatMap(({ site, holder, added }) => {
    const connection = firstConnection(added, environment);
    if (connection === undefined) return [];
    const key = added.length === 2 ? added[0] : undefined;
    return [{ site, holder, holderIdentity: identityOf(holder, environment), connection, key }];
  });
}

function firstConnection(
  added: readonly ts.Expression[],
  environment: Environment,
): Connection | undefined {
  for (const one of added) {
    const found = connectionIn(one, environment);
    if (found !== undefined) return found;
  }
  return undefined;
}

function elementAssignments(file: ts.SourceFile): readonly ts.BinaryExpression[] {
  return nodesIn(file).assignments.filter(({ left }) => ts.isElementAccessExpression(left));
}

function isCollection(receiver: ts.Expression, { types }: Environment): boolean {
  const type = types.valueType(receiver);
  return !types.isAny(type) && elementOf(type, types.program) !== undefined;
}

/** Every place of a file that may take something out of a collection. */
export function removalsIn(file: ts.SourceFile, environment: Environment): readonly EntryRemoval[] {
  const found: EntryRemoval[] = [];
  const note = (site: ts.Node, receiver: ts.Expression, key?: ts.Expression): void => {
    const holder = collectionOf(receiver, environment);
    const isInner = holder !== valueOf(receiver);
    found.push({ site, holderIdentity: identityOf(holder, environment), isInner, key });
  };
  const { calls, deletes, assignments } = nodesIn(file);
  for (const node of calls) {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression;
      if (!removers.has(name.text)) continue;
      note(node, expression, name.text === "delete" ? node.arguments[0] : undefined);
    }
  }
  for (const node of deletes) {
    const target = valueOf(node.expression);
    if (ts.isElementAccessExpression(target))
      note(node, target.expression, target.argumentExpression);
    else if (ts.isPropertyAccessExpression(target)) note(node, target.expression);
  }
  for (const node of assignments) {
    if (isBlanking(node)) {
      note(node, node.left.expression);
    } else if (isReplacement(node)) {
      const target = valueOf(node.left);
      const isLength = ts.isPropertyAccessExpression(target) && target.name.text === "length";
      note(node, isLength ? target.expression : target);
    }
  }
  return found.sort((a, b) => a.site.pos - b.site.pos);
}

/** `clients[at] = null`: the slot stays, and what was in it goes. */
function isBlanking(
  node: ts.Node,
): node is ts.BinaryExpression & { readonly left: ts.ElementAccessExpression } {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isElementAccessExpression(node.left) &&
    isNothing(valueOf(node.right))
  );
}

/** `clients = clients.filter(…)`, `this.rooms = new Map()`, `queue.length = 0`. */
function isReplacement(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return false;
  const target = valueOf(node.left);
  if (!ts.isIdentifier(target) && !ts.isPropertyAccessExpression(target)) return false;
  // The constructor only fills the field for the first time.
  const unit = ts.findAncestor(node, ts.isFunctionLike);
  return unit === undefined || !ts.isConstructorDeclaration(unit);
}
