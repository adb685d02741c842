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
  if (argument === undefined) return condition.is === "absent";
  if (condition.property === undefined) return literalHolds(condition.is, argument);
  if (!ts.isObjectLiteralExpression(argument)) {
    return isScalarLiteral(argument) ? condition.is === "absent" : "unknown";
  }
  for (const property of argument.properties) {
    if (ts.isSpreadAssignment(property)) return "unknown";
    if (
      property.name === undefined ||
      !("text" in property.name) ||
      property.name.text !== condition.property
    )
      continue;
    if (ts.isPropertyAssignment(property)) return literalHolds(condition.is, property.initializer);
    return condition.is === "present" ? true : condition.is === "absent" ? false : "unknown";
  }
  return condition.is === "absent";
}

function literalHolds(expected: OptionCondition["is"], value: ts.Expression): boolean | "unknown" {
  if (expected === "present") return true;
  if (expected === "absent") return false;
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
