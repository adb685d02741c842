import ts from "typescript";
import type { OptionCondition } from "./kind.ts";

/**
 * Whether a condition on the options of a call holds. Options built elsewhere cannot be read from
 * the call; then the answer is `unknown`.
 */
export function optionHolds(
  condition: OptionCondition,
  args: readonly ts.Expression[],
): boolean | "unknown" {
  const argument = args[condition.argument];
  if (argument === undefined) return isAbsenceAsked(condition.is);
  if (condition.property === undefined) return valueHolds(condition.is, argument);
  if (!ts.isObjectLiteralExpression(argument)) {
    return isScalarLiteral(argument) ? isAbsenceAsked(condition.is) : "unknown";
  }
  for (const property of argument.properties) {
    if (ts.isSpreadAssignment(property)) return "unknown";
    if (memberName(property.name) !== condition.property) continue;
    if (ts.isPropertyAssignment(property)) return valueHolds(condition.is, property.initializer);
    return isPresence(condition.is) ? condition.is.present : "unknown";
  }
  return isAbsenceAsked(condition.is);
}

type Expected = OptionCondition["is"];

function isPresence(expected: Expected): expected is { readonly present: boolean } {
  return typeof expected === "object" && expected !== null;
}

function isAbsenceAsked(expected: Expected): boolean {
  return isPresence(expected) && !expected.present;
}

function memberName(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

function valueHolds(expected: Expected, value: ts.Expression): boolean | "unknown" {
  if (isPresence(expected)) return expected.present;
  if (value.kind === ts.SyntaxKind.TrueKeyword) return expected === true;
  if (value.kind === ts.SyntaxKind.FalseKeyword) return expected === false;
  if (value.kind === ts.SyntaxKind.NullKeyword) return expected === null;
  if (ts.isStringLiteralLike(value)) return expected === value.text;
  if (ts.isNumericLiteral(value)) return expected === Number(value.text);
  return "unknown";
}

function isScalarLiteral(node: ts.Expression): boolean {
  return ts.isLiteralExpression(node) || ts.isTemplateExpression(node);
}
