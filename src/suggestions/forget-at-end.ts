/**
 * Takes what is kept for a connection out of its collection when the connection ends.
 */
import ts from "typescript";
import type { ConnectionFinding } from "../lifetimes/connections/analyse-connections.ts";
import type { Environment } from "../ownership/environment.ts";
import { isConstant } from "../typescript/syntax.ts";
import { memberNamed } from "../typescript/writable-code.ts";
import { indentStep, insertAfter, statementAround, type TextEdit } from "./edits.ts";
import { isPlain } from "./release-statement.ts";

/** @returns undefined where the entry has no key that a listener could name, or the connection emits nothing */
export function forgetAtEnd(
  { site, holder, connection }: ConnectionFinding,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const { types } = environment;
  const { parameter, kind } = connection;
  const [event] = kind.ends;
  const statement = statementAround(site);
  if (event === undefined || statement === undefined || !ts.isIdentifier(parameter.name))
    return undefined;
  if (!ts.isExpressionStatement(statement) || statement.expression !== site) return undefined;
  if (!ts.isCallExpression(site) || !ts.isPropertyAccessExpression(site.expression))
    return undefined;
  const { expression: collection, name: adder } = site.expression;
  const [key] = site.arguments;
  const hasKey = adder.text === "set" || adder.text === "add";
  // An inner collection may have changed by then, and so may a key that is a variable.
  if (!hasKey || collection !== holder || !isPlain(collection)) return undefined;
  if (key === undefined || !isPlain(key) || !isConstantKey(key, environment)) return undefined;
  if (memberNamed(types.typeOf(collection), "delete", types.program) === undefined)
    return undefined;
  if (memberNamed(types.typeOf(parameter.name), "on", types.program) === undefined)
    return undefined;
  const removal = `${collection.getText()}.delete(${key.getText()});`;
  const lines = [
    `${parameter.name.text}.on("${event}", () => {`,
    `${indentStep(statement)}${removal}`,
    "});",
  ];
  return [insertAfter(statement, lines.join("\n"))];
}

/** A constant or a parameter, or a member of one. */
function isConstantKey(key: ts.Expression, { resolve }: Environment): boolean {
  let root = key;
  while (ts.isPropertyAccessExpression(root)) root = root.expression;
  if (!ts.isIdentifier(root)) return false;
  const declaration = resolve(root)?.valueDeclaration;
  if (declaration === undefined) return false;
  return (
    ts.isParameter(declaration) ||
    (ts.isVariableDeclaration(declaration) && isConstant(declaration))
  );
}
