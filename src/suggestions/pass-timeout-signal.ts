/**
 * Gives an operation the signal that it lacks: `AbortSignal.timeout(ms)`, with the milliseconds of the
 * race that gives up on it.
 */
import ts from "typescript";
import type { AbandonedOperation } from "../lifetimes/races/abandoned-operations.ts";
import { insertAt, type TextEdit } from "./edits.ts";
import { withOption } from "./options.ts";

/** @returns undefined where the time of the race cannot be written at the call, or the signal has no place there */
export function passTimeoutSignal({
  wait,
  site,
  fault,
}: AbandonedOperation): readonly TextEdit[] | undefined {
  if (fault.how !== "no-signal" || wait.is !== "race" || wait.race.delay === undefined)
    return undefined;
  if (!meansTheSame(wait.race.delay, site)) return undefined;
  const signal = `AbortSignal.timeout(${wait.race.delay.getText()})`;
  const { argument, property } = fault.place;
  if (property !== undefined) return withOption(site, argument, `${property}: ${signal}`);
  const args = site.arguments ?? [];
  if (args.length !== argument) return undefined;
  const last = args.at(-1);
  return [insertAt(last?.end ?? site.end - 1, last === undefined ? signal : `, ${signal}`)];
}

/** Every name in an expression means the same where `place` is, and was given its value before. */
function meansTheSame(expression: ts.Expression, place: ts.Node): boolean {
  if (expression.getSourceFile() !== place.getSourceFile()) return false;
  if (ts.isNumericLiteral(expression)) return true;
  if (ts.isBinaryExpression(expression))
    return meansTheSame(expression.left, place) && meansTheSame(expression.right, place);
  if (ts.isPropertyAccessExpression(expression)) return meansTheSame(expression.expression, place);
  if (expression.kind === ts.SyntaxKind.ThisKeyword) return true;
  return ts.isIdentifier(expression) && isDeclaredAround(expression.text, place);
}

/** A parameter of a function around, or a constant of the file or of a block around, further up. */
function isDeclaredAround(name: string, place: ts.Node): boolean {
  for (let node = place.parent; ; node = node.parent) {
    if (ts.isFunctionLike(node)) {
      if (node.parameters.some((one) => ts.isIdentifier(one.name) && one.name.text === name))
        return true;
    } else if (ts.isBlock(node) || ts.isSourceFile(node)) {
      const declares = node.statements.some(
        (statement) =>
          statement.end <= place.pos &&
          ts.isVariableStatement(statement) &&
          (statement.declarationList.flags & ts.NodeFlags.Const) !== 0 &&
          statement.declarationList.declarations.some(
            (one) => ts.isIdentifier(one.name) && one.name.text === name,
          ),
      );
      if (declares) return true;
    }
    if (ts.isSourceFile(node)) return false;
  }
}
