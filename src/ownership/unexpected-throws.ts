/**
 * Throws that nobody expects: those that the types rule out, and those of functions that exist to
 * check what they are given.
 */
import ts from "typescript";
import type { FlowUnit } from "../flow/graph.ts";
import { skipWrappers } from "../typescript/syntax.ts";
import type { Environment } from "./environment.ts";
import type { Strength } from "./obligation-state.ts";
import { declaredIn } from "./places.ts";

/**
 * How likely a `throw` statement runs; undefined where the types say that it never does: in the
 * `default` of a `switch` whose labels cover every value of its subject.
 */
export function strengthOfThrow(
  statement: ts.Node,
  environment: Environment,
): Strength | undefined {
  for (
    let node: ts.Node = statement;
    !ts.isSourceFile(node) && !ts.isFunctionLike(node);
    node = node.parent
  ) {
    const { parent } = node;
    if (
      ts.isIfStatement(parent) &&
      parent.thenStatement === node &&
      isRuledOut(parent.expression, environment)
    )
      return "possible";
    if (!ts.isDefaultClause(node)) continue;
    return environment.types.coversSubject(node.parent.parent) ? undefined : "likely";
  }
  return "likely";
}

/** `!given.read` where the type of a parameter says that it is there: only callers without types get there. */
function isRuledOut(condition: ts.Expression, environment: Environment): boolean {
  const node = skipWrappers(condition);
  if (ts.isPrefixUnaryExpression(node))
    return (
      node.operator === ts.SyntaxKind.ExclamationToken &&
      isDeclaredPart(node.operand, environment) &&
      environment.types.isObject(environment.types.typeOf(skipWrappers(node.operand)))
    );
  if (!ts.isBinaryExpression(node)) return false;
  const { operatorToken, left, right } = node;
  switch (operatorToken.kind) {
    case ts.SyntaxKind.BarBarToken:
      return isRuledOut(left, environment) && isRuledOut(right, environment);
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return isRuledOut(left, environment) || isRuledOut(right, environment);
    default:
      return false;
  }
}

/** A parameter, or a declared member of one: `source`, `source.read`. */
function isDeclaredPart(expression: ts.Expression, environment: Environment): boolean {
  const node = skipWrappers(expression);
  if (ts.isPropertyAccessExpression(node)) return isDeclaredPart(node.expression, environment);
  return (
    ts.isIdentifier(node) && environment.resolve(node)?.declarations?.every(ts.isParameter) === true
  );
}

/** `assertNever(value: never)`: no value can be passed to it, so it is not called. */
export function takesNever(unit: FlowUnit): boolean {
  return (
    "parameters" in unit &&
    unit.parameters.some(({ type }) => type?.kind === ts.SyntaxKind.NeverKeyword)
  );
}

/**
 * It throws where the program is wrong, and not because of what it is given: `asserts value is T`, and
 * a function that takes nothing and looks at nothing but its own variables.
 */
export function isAssertion(unit: FlowUnit, { resolve, types }: Environment): boolean {
  if (!("type" in unit) || !("parameters" in unit)) return false;
  const { type } = unit;
  if (type !== undefined && ts.isTypePredicateNode(type) && type.assertsModifier !== undefined)
    return true;
  if (unit.parameters.length > 0 || !("body" in unit)) return false;
  const looksOutside = (node: ts.Node): boolean => {
    if (node.kind === ts.SyntaxKind.ThisKeyword || ts.isAwaitExpression(node)) return true;
    if (ts.isThrowStatement(node) || ts.isTypeNode(node)) return false;
    if (ts.isIdentifier(node) && !isPropertyName(node)) {
      const symbol = resolve(node);
      if (symbol !== undefined && !declaredIn(symbol, unit) && !types.isOfLanguage(symbol))
        return true;
    }
    return ts.forEachChild(node, looksOutside) ?? false;
  };
  return !looksOutside(unit.body);
}

/** The name of a member or of a property, which says nothing of variables. */
function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent))
    return parent.name === node;
  return ts.isBindingElement(parent) && parent.propertyName === node;
}
