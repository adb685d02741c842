/**
 * Releases a result that arrives when nobody waits for it any more: keeps the promise of the operation
 * in a variable, and releases what it brings where the race has rejected.
 */
import ts from "typescript";
import type { AbandonedOperation } from "../lifetimes/abandoned-operations.ts";
import type { TextEdit } from "./edits.ts";

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
  const indent = indentOf(statement);
  const edits: TextEdit[] = [];
  let name: string;
  if (ts.isIdentifier(operation)) name = operation.text;
  else {
    if (!isInside(operation, race.site)) return undefined;
    name = freshName(race.site.getSourceFile());
    const start = statement.getStart();
    edits.push(
      { start, end: start, text: `const ${name} = ${operation.getText()};\n${indent}` },
      { start: operation.getStart(), end: operation.end, text: name },
    );
  }
  const release = fault.method.startsWith("[") ? `late${fault.method}()` : `late.${fault.method}()`;
  const lines = [
    `.catch((error: unknown) => {`,
    `  ${name}.then((late) => ${release}, () => undefined);`,
    `  throw error;`,
    `})`,
  ];
  edits.push({ start: race.site.end, end: race.site.end, text: lines.join(`\n${indent}`) });
  return edits;
}

/** The statement of the same function that the race is a part of, in a block where another can go before it. */
function statementAround(site: ts.Node): ts.Statement | undefined {
  let node: ts.Node = site;
  while (!ts.isFunctionLike(node) && !ts.isSourceFile(node)) {
    if (ts.isStatement(node))
      return ts.isBlock(node.parent) || ts.isSourceFile(node.parent) ? node : undefined;
    node = node.parent;
  }
  return undefined;
}

function isInside(inner: ts.Node, outer: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

function indentOf(node: ts.Node): string {
  const { text } = node.getSourceFile();
  const start = node.getStart();
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /^\s*/.exec(line)?.[0] ?? "";
}

function freshName(file: ts.SourceFile): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? "pending" : `pending${String(count)}`;
    if (!new RegExp(`\\b${name}\\b`).test(file.text)) return name;
  }
}
