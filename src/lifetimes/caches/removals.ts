/**
 * Whether code that takes an element out of a holder leaves it unreleased, in one function or
 * through a helper that other functions of the file call.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { unitOf } from "../../ownership/find-acquisitions.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import { isSeenOutside } from "../../typescript/modifiers.ts";
import { isInside, withWrappers } from "../../typescript/syntax.ts";
import { type Drop, dropsUnreleased } from "./drop-paths.ts";
import { valuesOf } from "./held-resources.ts";
import type { Holder, Removal } from "./holders.ts";
import { callThrough, referencesTo } from "../holders/references.ts";

/** Who decides that an element goes. */
export type Decision =
  /** The holder's own policy: it is the oldest, its time is over, all go. */
  | "policy"
  /** Whoever calls the function names the key. */
  | "caller";

export interface Leak {
  readonly removal: Removal;
  readonly decision: Decision;
}

const maximalCallers = 3;

/** The removal as a leak; undefined when the element is released, or somebody else may do it. */
export function leakOf(
  removal: Removal,
  holder: Holder,
  environment: Environment,
  summaries: Summaries,
): Leak | undefined {
  const decision = decisionOf(removal, holder, environment, summaries, maximalCallers);
  return decision && { removal, decision };
}

function decisionOf(
  drop: Drop,
  holder: Holder,
  environment: Environment,
  summaries: Summaries,
  depth: number,
): Decision | undefined {
  const unit = unitOf(drop.node, environment);
  // What the top level does, and what follows a failure, has nothing to lose.
  if (unit === undefined || ts.isConstructorDeclaration(unit) || isInCatch(drop.node, unit))
    return undefined;
  if (drop.key !== undefined && isInHand(drop.key, holder, environment)) return undefined;
  const role = roleOf(unit, environment);
  if (role === "handler") return undefined;
  if (!dropsUnreleased(unit, drop, holder, environment, summaries)) return undefined;
  if (role !== "named") return "policy";
  const declaration = declarationOf(unit);
  const references = referencesTo(declaration, environment);
  const calls = references.flatMap((one) => callThrough(one) ?? []);
  // Whoever it is registered with calls it when the resource has ended.
  if (calls.length < references.length) return undefined;
  const own: Decision =
    drop.key !== undefined && parameterIn(drop.key, unit, environment) !== undefined
      ? "caller"
      : "policy";
  if (calls.length === 0) return isOpen(unit) ? own : undefined;
  if (own === "policy") return own;
  if (depth === 0) return undefined;
  const decisions = calls.flatMap((call) => {
    const key = keyAt(call, drop, unit, environment);
    return decisionOf({ node: call, key }, holder, environment, summaries, depth - 1) ?? [];
  });
  return decisions.includes("policy") ? "policy" : decisions[0];
}

/** What a caller passes where the function takes the key. */
function keyAt(
  call: ts.CallExpression,
  { key }: Drop,
  unit: FunctionWithBody,
  environment: Environment,
): ts.Expression | undefined {
  const parameter = key && parameterIn(key, unit, environment);
  const index = parameter === undefined ? -1 : unit.parameters.indexOf(parameter);
  return index < 0 ? undefined : call.arguments[index];
}

/** The parameter of the function that an expression starts from. */
export function parameterIn(
  expression: ts.Expression,
  unit: FunctionWithBody,
  environment: Environment,
): ts.ParameterDeclaration | undefined {
  let node = valueOf(expression);
  while (ts.isPropertyAccessExpression(node)) node = valueOf(node.expression);
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = environment.resolve(node)?.valueDeclaration;
  return unit.parameters.find((one) => one === declaration);
}

/** The key is made of a resource that the code has from elsewhere: the holder is only told of its end. */
function isInHand(
  key: ts.Expression,
  { references }: Holder,
  { types, recogniser, resolve }: Environment,
): boolean {
  const isFromHolder = (declaration: ts.Declaration | undefined): boolean => {
    let at: ts.Node | undefined = declaration;
    while (at !== undefined && (ts.isBindingElement(at) || ts.isBindingName(at))) at = at.parent;
    if (at === undefined || ts.isParameter(at)) return at !== undefined && isVisited(at);
    if (!ts.isVariableDeclaration(at)) return false;
    const owner = at.parent.parent;
    const from = ts.isForOfStatement(owner) ? owner.expression : at.initializer;
    return from !== undefined && references.some((one) => isInside(one, from));
  };
  /** `holder.forEach((element) => …)` */
  const isVisited = (parameter: ts.ParameterDeclaration): boolean => {
    const call = parameter.parent.parent;
    return ts.isCallExpression(call) && references.some((one) => isInside(one, call.expression));
  };
  const visit = (node: ts.Node): boolean => {
    const isThis = node.kind === ts.SyntaxKind.ThisKeyword;
    if (!isThis && !ts.isIdentifier(node)) return ts.forEachChild(node, visit) ?? false;
    const isResource = types
      .constituents(types.valueType(node as ts.Expression))
      .some((part) => recogniser.kindOfType(part) !== undefined);
    if (!isResource) return false;
    return isThis || !isFromHolder(resolve(node as ts.Identifier)?.valueDeclaration);
  };
  return visit(key);
}

/** What is stored may be what was there before: the variable was looked up as well. */
export function isPutBack(
  value: ts.Expression,
  references: readonly ts.Expression[],
  environment: Environment,
): boolean {
  const node = valueOf(value);
  if (!ts.isIdentifier(node)) return false;
  const declaration = environment.resolve(node)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false;
  return valuesOf(declaration, environment).some((one) =>
    references.some((reference) => isInside(reference, one)),
  );
}

type Role = "named" | "timer" | "visitor" | "handler";

/** When a function runs: when it is called by name, when time is over, now for each element, or when something tells it to. */
function roleOf(unit: FunctionWithBody, environment: Environment): Role {
  if (!ts.isArrowFunction(unit) && !ts.isFunctionExpression(unit)) return "named";
  const node = withWrappers(unit);
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) return "named";
  if (ts.isPropertyAssignment(parent)) {
    return ts.isCallExpression(parent.parent.parent) ? "handler" : "named";
  }
  if (!ts.isCallExpression(parent) || parent.expression === node) return "handler";
  const name = environment.recogniser.calleeName(parent) ?? "";
  if (timers.has(name)) return "timer";
  return visitors.has(name) ? "visitor" : "handler";
}

const timers = new Set(["setTimeout", "setInterval", "setImmediate", "requestIdleCallback"]);
const visitors = new Set(["forEach", "map", "filter", "some", "every", "find"]);

function declarationOf(unit: FunctionWithBody): ts.Declaration {
  if (!ts.isArrowFunction(unit) && !ts.isFunctionExpression(unit)) return unit;
  let node: ts.Node = unit.parent;
  while (ts.isParenthesizedExpression(node)) node = node.parent;
  return node as ts.Declaration;
}

/** Code that this file does not show can call it. */
function isOpen(unit: FunctionWithBody): boolean {
  const declaration = declarationOf(unit);
  if (ts.isPropertyAssignment(declaration) || ts.isObjectLiteralExpression(declaration.parent))
    return true;
  return isSeenOutside(declaration) || isReturned(declaration);
}

/** A function of a closure that the closure gives out by name, or that a list of exports names. */
function isReturned(declaration: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(declaration);
  if (name === undefined || !ts.isIdentifier(name)) return false;
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && node.text === name.text) {
      const { parent } = node;
      return (
        ts.isShorthandPropertyAssignment(parent) ||
        ts.isExportSpecifier(parent) ||
        ts.isExportAssignment(parent) ||
        ts.isReturnStatement(parent)
      );
    }
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(declaration.getSourceFile());
}

function isInCatch(node: ts.Node, unit: ts.Node): boolean {
  for (let at = node; at !== unit; at = at.parent) if (ts.isCatchClause(at)) return true;
  return false;
}

/** Code looks something up in what the references stand for. */
export function looksUp(
  code: ts.Node,
  references: readonly ts.Expression[],
  look: readonly string[],
): boolean {
  return references.some((reference) => {
    if (!isInside(reference, code)) return false;
    const { parent } = reference;
    if (ts.isElementAccessExpression(parent)) return !isAssigned(parent);
    return ts.isPropertyAccessExpression(parent) && look.includes(parent.name.text);
  });
}

function isAssigned(node: ts.Expression): boolean {
  return ts.isBinaryExpression(node.parent) && node.parent.left === node;
}
