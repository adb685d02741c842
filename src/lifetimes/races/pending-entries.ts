/**
 * Tables of pending requests: `pending.set(id, { resolve, reject, timer })`. Whoever answers an entry
 * has to clear its timer, which gives up on the answer.
 *
 * Who answers is known by symbol: a call of the very member that the entry keeps `resolve` or
 * `reject` in, wherever in the file.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import { type AccessPath, extend, keyOf, pathOf } from "../../ownership/access-path.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Position } from "../../ownership/environment.ts";
import { unitOf } from "../../ownership/find-acquisitions.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { functionAround, isInside, someInside } from "../../typescript/syntax.ts";
import { settledValue } from "../holders/values.ts";
import { type Executor, settlerNamed } from "./executors.ts";
import { isHeldAfter } from "./timer-handle.ts";

/** A timer kept in an entry, or in fields of an object, beside the functions that answer the request. */
export interface PendingEntry {
  /** The member that keeps the handle. */
  readonly timer: Member;
  /** The members that settle the promise of the request. */
  readonly settlers: readonly Member[];
  /** The entry of a table; undefined where an object keeps its one request in its own fields. */
  readonly literal: ts.ObjectLiteralExpression | undefined;
}

interface Member {
  readonly symbol: ts.Symbol;
  readonly name: string;
}

/** The entry, or the fields, in which an executor keeps the handle of its timer. */
export function pendingEntryOf(
  arming: ts.CallExpression,
  executor: Executor,
  { environment }: Engine,
): PendingEntry | undefined {
  const handle = handleSymbol(arming, environment.resolve);
  let found: PendingEntry | undefined;
  const visit = (node: ts.Node): void => {
    if (found === undefined && ts.isObjectLiteralExpression(node))
      found = entryOf(partsOf(node), node);
    if (found === undefined) ts.forEachChild(node, visit);
  };
  const partsOf = (literal: ts.ObjectLiteralExpression): readonly Part[] =>
    literal.properties.flatMap((property): readonly Part[] => {
      const value = propertyValue(property);
      if (value === undefined || property.name === undefined) return [];
      const name = property.name.getText();
      const symbol = environment.types.filledMember(literal, name);
      return symbol === undefined ? [] : [{ symbol, name, value }];
    });
  const entryOf = (
    parts: readonly Part[],
    literal: ts.ObjectLiteralExpression | undefined,
  ): PendingEntry | undefined => {
    const timer = parts.find(({ value: given }) => {
      const value = valueOf(given);
      return (
        value === arming ||
        (ts.isIdentifier(value) && handle !== undefined && environment.resolve(value) === handle)
      );
    });
    const settlers = parts.filter(
      ({ value }) => settlerNamed(valueOf(value), executor, environment) !== undefined,
    );
    return timer === undefined || settlers.length === 0 ? undefined : { timer, settlers, literal };
  };
  visit(executor.body);
  return found ?? entryOf(fieldsFilledIn(executor, environment), undefined);
}

interface Part extends Member {
  readonly value: ts.Expression;
}

/** `this.answer = resolve; this.timer = setTimeout(…);` */
function fieldsFilledIn({ body }: Executor, { types }: Engine["environment"]): readonly Part[] {
  const found: Part[] = [];
  someInside(body, (node) => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left) &&
      node.left.expression.kind === ts.SyntaxKind.ThisKeyword
    ) {
      const { name } = node.left;
      const symbol = types.symbolAt(name);
      if (symbol !== undefined) found.push({ symbol, name: name.text, value: node.right });
    }
    return false;
  });
  return found;
}

function propertyValue(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

function handleSymbol(
  arming: ts.CallExpression,
  resolve: (name: ts.Identifier) => ts.Symbol | undefined,
): ts.Symbol | undefined {
  const { parent } = arming;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return resolve(parent.name);
  if (ts.isBinaryExpression(parent) && ts.isIdentifier(parent.left)) return resolve(parent.left);
  return undefined;
}

/** The calls in a file that answer an entry and leave its timer armed. */
export function answersThatLeave(
  entry: PendingEntry,
  file: ts.SourceFile,
  engine: Engine,
): readonly ts.Node[] {
  return callsIn(file).filter((call) => {
    const answer = answerOf(call, entry, engine);
    if (answer === undefined) return false;
    const unit = unitOf(call, engine.environment);
    if (unit === undefined) return false;
    if (answer.handle === undefined) return !isTimerMentioned(unit, entry, engine);
    if (answer.owner === undefined && isClearedByCaller(unit, entry, file, engine)) return false;
    const places = bindingsOf(answer.owner, unit, engine);
    return isHeldAfter(places, answer.handle, call, unit, engine);
  });
}

interface Answer {
  /** What is bound to the entry, or to its parts; undefined where they are fields of the object itself. */
  readonly owner: ts.Symbol | undefined;
  /** The timer of the answered entry; undefined where the code did not take it out. */
  readonly handle: AccessPath | undefined;
}

function answerOf(call: CallLike, entry: PendingEntry, engine: Engine): Answer | undefined {
  const { environment } = engine;
  const callee = valueOf(call.expression);
  if (ts.isPropertyAccessExpression(callee)) {
    const { name, expression } = callee;
    if (!entry.settlers.some((one) => one.name === name.text)) return undefined;
    const member = environment.types.symbolAt(name);
    if (!entry.settlers.some(({ symbol }) => symbol === member)) return undefined;
    const handle = extend(pathOf(expression, environment.resolve), [entry.timer.name]);
    const root = valueOf(expression);
    if (entry.literal === undefined && root.kind === ts.SyntaxKind.ThisKeyword)
      return { owner: undefined, handle };
    const owner = ts.isIdentifier(root) ? environment.resolve(root) : undefined;
    return owner === undefined ? undefined : { owner, handle };
  }
  if (!ts.isIdentifier(callee)) return undefined;
  const symbol = environment.resolve(callee);
  const element = symbol?.valueDeclaration;
  if (symbol === undefined || element === undefined || !ts.isBindingElement(element))
    return undefined;
  if (!ts.isObjectBindingPattern(element.parent)) return undefined;
  const settler = boundMember(element, engine);
  if (settler === undefined || !entry.settlers.some((one) => one.symbol === settler))
    return undefined;
  const timer = element.parent.elements.find(
    (one) => boundMember(one, engine) === entry.timer.symbol,
  );
  const handle = timer !== undefined && ts.isIdentifier(timer.name) ? timer.name : undefined;
  return {
    owner: symbol,
    handle: handle === undefined ? undefined : pathOf(handle, environment.resolve),
  };
}

/** The member of the destructured value that an element binds. */
function boundMember(element: ts.BindingElement, { environment }: Engine): ts.Symbol | undefined {
  const key = element.propertyName ?? element.name;
  if (!ts.isIdentifier(key)) return undefined;
  return environment.types.member(environment.types.typeOf(element.parent), key.text);
}

/** The function uses the timer of some entry, so that its clearing may be there under another name. */
function isTimerMentioned(unit: FunctionWithBody, entry: PendingEntry, engine: Engine): boolean {
  return isNamedIn(unit, entry.timer, engine);
}

/** Another function of the file uses the timer and then lets this one answer. */
function isClearedByCaller(
  unit: FunctionWithBody,
  entry: PendingEntry,
  file: ts.SourceFile,
  engine: Engine,
): boolean {
  const { environment } = engine;
  const name = unit.name?.getText();
  return callsIn(file).some((call) => {
    if (name === undefined || environment.recogniser.calleeName(call) !== name) return false;
    const caller = unitOf(call, environment);
    return caller !== undefined && isNamedIn(caller, entry.timer, engine);
  });
}

function isNamedIn(code: ts.Node, { name, symbol }: Member, { environment }: Engine): boolean {
  return someInside(
    code,
    (node) =>
      (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) &&
      node.text === name &&
      environment.types.symbolAt(node) === symbol,
  );
}

/** Behind every event that binds the variable, and at the entry where it is a parameter. */
function bindingsOf(
  owner: ts.Symbol | undefined,
  unit: FunctionWithBody,
  { environment }: Engine,
): readonly Position[] {
  const graph = environment.graph(unit);
  const places: Position[] = graph.blocks.flatMap((block) =>
    block.events.flatMap((event, index) => {
      if (event.kind !== "assign") return [];
      const target = valueOf(event.target);
      const binds = ts.isIdentifier(target) && environment.resolve(target) === owner;
      return binds ? [{ block, index: index + 1 }] : [];
    }),
  );
  return places.length > 0 ? places : [{ block: graph.entry, index: 0 }];
}

/**
 * `pending.delete(key); pending.set(key, entry);`: the function reckons with an entry that is still pending,
 * and lets go of it with its timer armed, which then fires for the new one. So does a function that always
 * stores under the same key, or is called with a key that is written there, and never asks what is there.
 */
export function replacementOf(entry: PendingEntry, engine: Engine): ts.Node | undefined {
  const { environment } = engine;
  const stored = entry.literal && storeOf(entry.literal, engine);
  if (stored === undefined) return undefined;
  if (isSameKeyAgain(stored, engine)) return stored.node;
  const key = valueOf(stored.key);
  const keyName = ts.isIdentifier(key) ? environment.resolve(key) : undefined;
  const owner = keyName?.valueDeclaration?.parent;
  if (owner === undefined || !ts.isFunctionLike(owner) || !isInside(stored.node, owner))
    return undefined;
  const table = keyOf(pathOf(stored.table, environment.resolve));
  const calls = callsIn(owner);
  const clears = calls.some((call) => environment.recogniser.calleeName(call) === "clearTimeout");
  return clears ? undefined : calls.find((call) => call.end < stored.node.pos && lets(call));

  function lets(call: CallLike): boolean {
    const callee = valueOf(call.expression);
    const [given] = call.arguments ?? [];
    const named = given && valueOf(given);
    return (
      ts.isPropertyAccessExpression(callee) &&
      callee.name.text === "delete" &&
      keyOf(pathOf(callee.expression, environment.resolve)) === table &&
      named !== undefined &&
      ts.isIdentifier(named) &&
      environment.resolve(named) === keyName &&
      !isInTimer(call)
    );
  }
}

/**
 * The key is a text that is written at the store, or in a call of the function: the same each time. The
 * function neither asks what is there nor clears a timer.
 */
function isSameKeyAgain({ node, table, key }: StoredEntry, { environment }: Engine): boolean {
  const { types } = environment;
  let owner: ts.Node = functionAround(node);
  // The function that makes the promise, and not its executor.
  while (ts.isNewExpression(owner.parent)) owner = functionAround(owner.parent);
  if (!ts.isFunctionLike(owner)) return false;
  const name = valueOf(key);
  const declared = ts.isIdentifier(name) ? environment.resolve(name)?.valueDeclaration : undefined;
  const index = owner.parameters.findIndex((one) => one === declared);
  const isText = (value: ts.Expression | undefined): boolean =>
    value !== undefined && ts.isStringLiteralLike(settledValue(value, environment));
  const isFixed = index < 0 ? isText(key) : isCalledWith(index);
  if (!isFixed) return false;
  const path = keyOf(pathOf(table, environment.resolve));
  return !callsIn(owner).some((call) => {
    const callee = valueOf(call.expression);
    if (environment.recogniser.calleeName(call) === "clearTimeout") return true;
    return (
      ts.isPropertyAccessExpression(callee) &&
      /^(?:has|get|delete)$/.test(callee.name.text) &&
      keyOf(pathOf(callee.expression, environment.resolve)) === path &&
      !isInTimer(call)
    );
  });

  function isCalledWith(position: number): boolean {
    return callsIn(node.getSourceFile()).some(
      (call) =>
        isText(call.arguments?.[position]) &&
        types.implementations(call.expression, false).some((one) => one === owner),
    );
  }
}

/** The call stands in a callback of a timer, which takes its own entry out. */
function isInTimer(call: ts.Node): boolean {
  const around = functionAround(call);
  return ts.isCallExpression(around.parent) && around.parent.arguments[0] === around;
}

interface StoredEntry {
  readonly node: ts.Node;
  readonly table: ts.Expression;
  readonly key: ts.Expression;
}

/** `pending.set(key, entry)`, with the literal there or in a constant. */
function storeOf(
  literal: ts.ObjectLiteralExpression,
  { environment }: Engine,
): StoredEntry | undefined {
  const isLiteral = (value: ts.Expression | undefined): boolean =>
    value !== undefined && settledValue(value, environment) === literal;
  const [found] = callsIn(functionAround(literal)).flatMap((call): readonly StoredEntry[] => {
    const callee = valueOf(call.expression);
    const [key, value] = call.arguments ?? [];
    return ts.isPropertyAccessExpression(callee) &&
      callee.name.text === "set" &&
      key !== undefined &&
      isLiteral(value)
      ? [{ node: call, table: callee.expression, key }]
      : [];
  });
  return found;
}
