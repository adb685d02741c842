/**
 * Accumulators: lists in which the parts of a message are gathered, and that still have them when the
 * message was put together and handed on.
 */
import ts from "typescript";
import { nodesIn } from "../../typescript/nodes-in-file.ts";
import type { FunctionWithBody } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { atLeast } from "../../ownership/obligation-state.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import { payloadOf } from "../../resources/payload.ts";
import { reportingRule } from "../../resources/reporting-rule.ts";
import {
  isInside,
  isNothing,
  isZero,
  skipWrappers,
  withWrappers,
} from "../../typescript/syntax.ts";
import { Operations } from "./operations.ts";
import type { PayloadFinding } from "./payload-finding.ts";
import { methodCallOn } from "../holders/references.ts";
import { SlotFlow } from "./slot-flow.ts";
import {
  mentionsOf,
  outlivesMessage,
  slotDeclaration,
  type SlotDeclaration,
  type SlotUse,
} from "./slots.ts";

interface Accumulator {
  readonly declaration: SlotDeclaration;
  /** `chunks.push(chunk)` */
  readonly grows: readonly ts.CallExpression[];
  readonly uses: readonly SlotUse[];
}

/** Every list of a file that keeps the parts of a message which was put together, in source order. */
export function retainedParts(
  file: ts.SourceFile,
  environment: Environment,
  summaries: Summaries,
): readonly PayloadFinding[] {
  const found = accumulatorsIn(file, environment);
  if (found.length === 0) return [];
  const operations = new Operations(environment);
  return found.flatMap((one) => retained(one, operations, environment, summaries) ?? []);
}

function accumulatorsIn(file: ts.SourceFile, environment: Environment): readonly Accumulator[] {
  const pushes = new Map<SlotDeclaration, ts.CallExpression[]>();
  for (const node of nodesIn(file).calls) {
    const list = pushedTo(node);
    if (list === undefined) continue;
    const declaration = slotDeclaration(list, environment);
    if (declaration?.getSourceFile() !== file) continue;
    pushes.set(declaration, [...(pushes.get(declaration) ?? []), node as ts.CallExpression]);
  }
  return [...pushes].flatMap(([declaration, grows]) => {
    const isGathered = grows.every((call) => gathersBytes(call, environment));
    if (!isGathered || !outlivesMessage(declaration, environment)) return [];
    const uses = usesOf(declaration, environment);
    return uses === undefined ? [] : [{ declaration, grows, uses }];
  });
}

/** `this.chunks` of `this.chunks.push(chunk)` */
function pushedTo(node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node) || node.arguments.length === 0) return undefined;
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== "push")
    return undefined;
  const list = skipWrappers(expression.expression);
  const isOwn =
    ts.isPropertyAccessExpression(list) && list.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isOwn || ts.isIdentifier(list) ? list : undefined;
}

function gathersBytes(call: ts.CallExpression, { types }: Environment): boolean {
  return call.arguments.every(
    (one) => !ts.isSpreadElement(one) && payloadOf(types.typeOf(one), types)?.sort === "bytes",
  );
}

/** Every use of the list; undefined when it is used in ways that are not understood. */
function usesOf(
  declaration: SlotDeclaration,
  environment: Environment,
): readonly SlotUse[] | undefined {
  const uses: SlotUse[] = [];
  for (const node of mentionsOf(declaration, environment) ?? [undefined]) {
    const use = node && useOf(node);
    if (use === undefined) return undefined;
    if (use !== "nothing") uses.push(use);
  }
  return uses;
}

function useOf(node: ts.Expression): SlotUse | "nothing" | undefined {
  const called = methodCallOn(node);
  if (called !== undefined) return useByMethod(called.call, called.method);
  const whole = withWrappers(node);
  const { parent } = whole;
  if (ts.isPropertyAccessExpression(parent)) {
    if (parent.name.text !== "length") return undefined;
    const assigned = assignedTo(parent);
    if (assigned === undefined) return "nothing";
    return isZero(assigned) ? { node: parent, does: "clear", value: assigned } : undefined;
  }
  if (ts.isElementAccessExpression(parent)) return "nothing";
  const assigned = assignedTo(whole);
  if (assigned !== undefined)
    return isEmptyList(assigned) ? { node, does: "clear", value: assigned } : undefined;
  const call = ts.isSpreadElement(parent) ? parent.parent : parent;
  const holder = ts.isArrayLiteralExpression(call) ? call.parent : call;
  if ((ts.isCallExpression(holder) || ts.isNewExpression(holder)) && holder.expression !== whole)
    return { node: holder, does: "complete", value: undefined };
  // `if (this.chunks)` looks at no part of it.
  return ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent) ? "nothing" : undefined;
}

/** Methods that make one thing of all elements. */
const putsTogether = new Set(["join", "reduce", "flat", "flatMap", "map", "concat", "forEach"]);
/** Methods that look at single elements. */
const looks = new Set(["at", "push", "unshift", "some", "every", "includes"]);

function useByMethod(node: ts.CallExpression, method: string): SlotUse | "nothing" | undefined {
  if (putsTogether.has(method)) return { node, does: "complete", value: undefined };
  if (looks.has(method)) return "nothing";
  const [start, count] = node.arguments;
  const takesAll =
    method === "splice" &&
    start !== undefined &&
    isZero(start) &&
    (count === undefined || isLength(count));
  return takesAll ? { node, does: "clear", value: undefined } : undefined;
}

function assignedTo(target: ts.Node): ts.Expression | undefined {
  const { parent } = target;
  return ts.isBinaryExpression(parent) &&
    parent.left === target &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
    ? parent.right
    : undefined;
}

function isLength(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === "length";
}

function isEmptyList(node: ts.Expression): boolean {
  const value = skipWrappers(node);
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  return isNothing(value);
}

function retained(
  accumulator: Accumulator,
  operations: Operations,
  environment: Environment,
  summaries: Summaries,
): PayloadFinding | undefined {
  const { declaration, grows, uses } = accumulator;
  const [grow] = grows;
  const [part] = grow?.arguments ?? [];
  const payload = part && payloadOf(environment.types.typeOf(part), environment.types);
  const completes = uses.filter(({ does }) => does === "complete");
  const units = new Set(completes.map(({ node }) => operations.unitOf(node)));
  const [unit, ...others] = units;
  if (grow === undefined || part === undefined || payload === undefined) return undefined;
  if (unit === undefined || others.length > 0 || operations.partOf(unit) !== "other")
    return undefined;
  if (!isOnlyTheirs(uses, unit, operations)) return undefined;
  const flow = new SlotFlow({ declaration, uses, gathers: true }, environment, summaries);
  const outcome = flow.follow(unit, "before");
  const [first, ...more] = outcome?.exits ?? [];
  if (outcome === undefined || first === undefined) return undefined;
  if (!outcome.clears && !isRepeated(accumulator, unit, operations, environment)) return undefined;
  const exit = more.reduce(
    (best, one) =>
      one.strength !== best.strength && atLeast(one.strength, best.strength) ? one : best,
    first,
  );
  return {
    fault: outcome.clears
      ? exit.how === "path"
        ? "parts-kept-on-path"
        : "parts-kept-on-throw"
      : "parts-never-cleared",
    node: grow,
    site: grow,
    name: pushedTo(grow)?.getText() ?? declaration.name.text,
    payload,
    unit,
    at: outcome.clears ? exit.at : [unit],
    rule: reportingRule({ wrong: "retained-memory", keptIn: "slot" }),
    strength: exit.strength,
  };
}

/** Nobody but the function that puts the message together empties the list while its holder lives. */
function isOnlyTheirs(
  uses: readonly SlotUse[],
  unit: FunctionWithBody,
  operations: Operations,
): boolean {
  return uses.every(({ node, does }) => {
    if (does !== "clear") return true;
    const own = operations.unitOf(node);
    if (own === undefined || own === unit || operations.isOutsideOfLife(own)) return true;
    const callers = operations.callersOf(own) ?? [];
    return callers.length > 0 && callers.every((caller) => caller === unit);
  });
}

/**
 * The function puts together one message after another with the same list: it gathers the parts itself,
 * or it is given a message to work on and what comes of it is gathered by a listener of the holder.
 */
function isRepeated(
  { grows }: Accumulator,
  unit: FunctionWithBody,
  operations: Operations,
  environment: Environment,
): boolean {
  if (grows.some((call) => operations.unitOf(call) === unit)) return true;
  const outer = outermost(unit, operations);
  if (operations.partOf(outer) !== "other") return false;
  const isGiven = outer.parameters.some(
    (one) => payloadOf(environment.types.typeOf(one), environment.types) !== undefined,
  );
  return isGiven && grows.every((call) => !isInside(call, outer));
}

/** The method, or the function that a holder gives out, around a callback. */
function outermost(unit: FunctionWithBody, operations: Operations): FunctionWithBody {
  let current = unit;
  while (ts.isArrowFunction(current) || ts.isFunctionExpression(current)) {
    if (!ts.isCallExpression(current.parent)) return current;
    const around = operations.unitOf(current);
    if (around === undefined) return current;
    current = around;
  }
  return current;
}
