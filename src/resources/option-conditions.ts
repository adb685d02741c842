import ts from "typescript";
import { skipWrappers } from "../typescript/syntax.ts";
import type { OptionCondition } from "./kind.ts";

/**
 * Whether a condition on the options of a call holds. Options built elsewhere cannot be read from
 * the call; then the answer is `unknown`.
 */
export function optionHolds(
  condition: OptionCondition,
  args: readonly ts.Expression[],
): boolean | "unknown" {
  const given = args[condition.argument];
  // Behind a spread nobody knows which argument is which.
  if (args.slice(0, condition.argument + 1).some(ts.isSpreadElement)) return "unknown";
  if (given === undefined) return isAbsenceAsked(condition.is);
  const argument = skipWrappers(given);
  if (condition.property === undefined) return valueHolds(condition.is, argument);
  if (!ts.isObjectLiteralExpression(argument)) {
    return isScalarLiteral(argument) ? isAbsenceAsked(condition.is) : "unknown";
  }
  // What is written last wins.
  for (const property of argument.properties.toReversed()) {
    if (ts.isSpreadAssignment(property)) return "unknown";
    if (ts.isComputedPropertyName(property.name) && memberName(property.name) === undefined)
      return "unknown";
    if (memberName(property.name) !== condition.property) continue;
    if (ts.isPropertyAssignment(property)) return valueHolds(condition.is, property.initializer);
    return isPresence(condition.is) ? condition.is.present : "unknown";
  }
  return isAbsenceAsked(condition.is);
}

type Expected = OptionCondition["is"];

function isPresence(expected: Expected): expected is { readonly present: boolean } {
  return typeof expected === "object" && expected !== null && "present" in expected;
}

function isCallback(expected: Expected): expected is { readonly callback: boolean } {
  return typeof expected === "object" && expected !== null && "callback" in expected;
}

function isAbsenceAsked(expected: Expected): boolean {
  return (
    (isPresence(expected) && !expected.present) || (isCallback(expected) && !expected.callback)
  );
}

function memberName(name: ts.PropertyName): string | undefined {
  if (ts.isComputedPropertyName(name))
    return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

function valueHolds(expected: Expected, given: ts.Expression): boolean | "unknown" {
  if (isPresence(expected)) return expected.present;
  const value = skipWrappers(given);
  if (isCallback(expected)) {
    if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return expected.callback;
    return ts.isObjectLiteralExpression(value) || isScalarLiteral(value)
      ? !expected.callback
      : "unknown";
  }
  if (ts.isIdentifier(value) && value.text === "undefined") return false;
  if (value.kind === ts.SyntaxKind.TrueKeyword) return expected === true;
  if (value.kind === ts.SyntaxKind.FalseKeyword) return expected === false;
  if (value.kind === ts.SyntaxKind.NullKeyword) return expected === null;
  if (ts.isStringLiteralLike(value)) return expected === value.text;
  if (ts.isNumericLiteral(value)) return expected === Number(value.text);
  // Nobody asks for nothing through a variable.
  if (expected === null) return false;
  return "unknown";
}

function isScalarLiteral(node: ts.Expression): boolean {
  return ts.isLiteralExpression(node) || ts.isTemplateExpression(node);
}
