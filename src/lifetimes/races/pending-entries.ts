/**
 * Tables of pending requests: `pending.set(id, { resolve, reject, timer })`. Whoever answers an entry
 * has to clear its timer, which gives up on the answer.
 *
 * Who answers is known by symbol: a call of the very member that the entry keeps `resolve` or
 * `reject` in, wherever in the file.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import { type AccessPath, extend, pathOf } from "../../ownership/access-path.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Position } from "../../ownership/environment.ts";
import { unitOf } from "../../ownership/find-acquisitions.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { someInside } from "../../typescript/syntax.ts";
import { type Executor, settlerNamed } from "./executors.ts";
import { isHeldAfter } from "./timer-handle.ts";

/** A timer kept in an entry beside the functions that answer the request. */
export interface PendingEntry {
  /** The member that keeps the handle. */
  readonly timer: ts.Symbol;
  /** The members that settle the promise of the request. */
  readonly settlers: readonly ts.Symbol[];
}

/** The entry that an executor keeps the handle of its timer in. */
export function pendingEntryOf(
  arming: ts.CallExpression,
  executor: Executor,
  { environment }: Engine,
): PendingEntry | undefined {
  const handle = handleSymbol(arming, environment.resolve);
  let found: PendingEntry | undefined;
  const visit = (node: ts.Node): void => {
    if (found === undefined && ts.isObjectLiteralExpression(node)) found = entryIn(node);
    if (found === undefined) ts.forEachChild(node, visit);
  };
  const entryIn = (literal: ts.ObjectLiteralExpression): PendingEntry | undefined => {
    let timer: ts.Symbol | undefined;
    const settlers: ts.Symbol[] = [];
    for (const property of literal.properties) {
      const given = propertyValue(property);
      if (given === undefined || property.name === undefined) continue;
      const member = environment.types.filledMember(literal, property.name.getText());
      if (member === undefined) continue;
      const value = valueOf(given);
      const isHandle =
        value === arming ||
        (ts.isIdentifier(value) && handle !== undefined && environment.resolve(value) === handle);
      if (isHandle) timer = member;
      else if (settlerNamed(value, executor, environment) !== undefined) settlers.push(member);
    }
    return timer === undefined || settlers.length === 0 ? undefined : { timer, settlers };
  };
  visit(executor.body);
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
    const places = bindingsOf(answer.owner, unit, engine);
    return isHeldAfter(places, answer.handle, call, unit, engine);
  });
}

interface Answer {
  /** What is bound to the entry, or to its parts. */
  readonly owner: ts.Symbol;
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
    if (member === undefined || !entry.settlers.includes(member)) return undefined;
    const path = pathOf(expression, environment.resolve);
    const root = valueOf(expression);
    const owner = ts.isIdentifier(root) ? environment.resolve(root) : undefined;
    return owner === undefined ? undefined : { owner, handle: extend(path, [entry.timer.name]) };
  }
  if (!ts.isIdentifier(callee)) return undefined;
  const symbol = environment.resolve(callee);
  const element = symbol?.valueDeclaration;
  if (symbol === undefined || element === undefined || !ts.isBindingElement(element))
    return undefined;
  if (!ts.isObjectBindingPattern(element.parent)) return undefined;
  const settler = boundMember(element, engine);
  if (settler === undefined || !entry.settlers.includes(settler)) return undefined;
  const timer = element.parent.elements.find((one) => boundMember(one, engine) === entry.timer);
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
function isTimerMentioned(
  unit: FunctionWithBody,
  entry: PendingEntry,
  { environment }: Engine,
): boolean {
  return someInside(
    unit,
    (node) =>
      ts.isIdentifier(node) &&
      node.text === entry.timer.name &&
      environment.types.symbolAt(node) === entry.timer,
  );
}

/** Behind every event that binds the variable, and at the entry where it is a parameter. */
function bindingsOf(
  owner: ts.Symbol,
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
