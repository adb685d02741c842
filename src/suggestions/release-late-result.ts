/**
 * Releases a result that arrives when nobody waits for it any more: keeps the promise of the operation
 * in a variable, and releases what it brings where the race has rejected.
 */
import ts from "typescript";
import type { AbandonedOperation } from "../lifetimes/races/abandoned-operations.ts";
import { isInside } from "../typescript/syntax.ts";
import {
  freshName,
  indentOf,
  indentStep,
  lineBreak,
  statementAround,
  type TextEdit,
} from "./edits.ts";

/** @returns undefined where the race is not a whole statement's promise, or resolves when time is up */
export function releaseLateResult({
  wait,
  fault,
  operation,
}: AbandonedOperation): readonly TextEdit[] | undefined {
  if (fault.how !== "late-result" || wait.is !== "race" || operation === undefined)
    return undefined;
  const { race } = wait;
  if (!race.rejects || race.form === "executor") return undefined;
  const statement = statementAround(race.site);
  if (statement === undefined) return undefined;
  const gap = lineBreak(statement.getSourceFile()) + indentOf(statement);
  const edits: TextEdit[] = [];
  let name: string;
  if (ts.isIdentifier(operation)) name = operation.text;
  else {
    if (!isInside(operation, race.site)) return undefined;
    name = freshName("pending", race.site.getSourceFile());
    const start = statement.getStart();
    edits.push(
      { start, end: start, text: `const ${name} = ${operation.getText()};${gap}` },
      { start: operation.getStart(), end: operation.end, text: name },
    );
  }
  const release = fault.method.startsWith("[") ? `late${fault.method}()` : `late.${fault.method}()`;
  const lines = [
    `.catch((error: unknown) => {`,
    `${indentStep(statement)}${name}.then((late) => ${release}, () => undefined);`,
    `${indentStep(statement)}throw error;`,
    `})`,
  ];
  edits.push({ start: race.site.end, end: race.site.end, text: lines.join(gap) });
  return edits;
}
