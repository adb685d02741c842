/**
 * The places of a file that put what settles a promise into a collection, for somebody who answers later.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { nodesIn } from "../../typescript/nodes-in-file.ts";
import { functionAround, someInside } from "../../typescript/syntax.ts";
import { isGlobal, settledValue } from "../holders/values.ts";
import { executorOf } from "../races/executors.ts";
import { additionsIn } from "./connection-entries.ts";

export interface PendingAdd {
  /** The call or assignment that adds. */
  readonly site: ts.Node;
  /** The collection, as it is written. */
  readonly holder: ts.Expression;
  /** The function that makes the request. */
  readonly unit: ts.Node;
  /** The members of the entry that fulfil the promise; none where the entry is the function itself. */
  readonly resolvers: ReadonlySet<string>;
}

/** Every such place of a file, in source order. */
export function pendingAddsIn(
  file: ts.SourceFile,
  environment: Environment,
): readonly PendingAdd[] {
  if (!nodesIn(file).calls.some(makesPromise)) return [];
  return additionsIn(file, environment).flatMap(({ site, holder, added }) => {
    for (const one of added) {
      const found = settlersIn(one, environment);
      if (found !== undefined) return [{ site, holder, ...found }];
    }
    return [];
  });
}

/** By its name alone: `new Promise(…)`, `Promise.withResolvers()`. */
function makesPromise({ expression }: { readonly expression: ts.Node }): boolean {
  const text = expression.getText();
  return text === "Promise" || text === "Promise.withResolvers";
}

/** What settles a promise that the function around makes, in a value: the functions, an object of them. */
function settlersIn(
  value: ts.Expression,
  environment: Environment,
): Pick<PendingAdd, "unit" | "resolvers"> | undefined {
  const entry = settledValue(value, environment);
  const promise = promiseSettledIn(value, environment) ?? promiseSettledIn(entry, environment);
  if (promise === undefined) return undefined;
  return { unit: functionAround(promise), resolvers: membersThatResolve(entry, environment) };
}

function promiseSettledIn(value: ts.Node, environment: Environment): ts.Node | undefined {
  let promise: ts.Node | undefined;
  someInside(value, (node) => {
    if (!ts.isIdentifier(node) || isNameOfMember(node)) return false;
    promise = promiseOf(node, environment);
    return promise !== undefined;
  });
  return promise;
}

function isNameOfMember({ parent, ...node }: ts.Identifier): boolean {
  return (
    (ts.isPropertyAssignment(parent) && parent.name.pos === node.pos) ||
    (ts.isPropertyAccessExpression(parent) && parent.name.pos === node.pos)
  );
}

/** The `new Promise` or `Promise.withResolvers()` that a name settles. */
function promiseOf(name: ts.Identifier, environment: Environment): ts.Node | undefined {
  const declaration = environment.resolve(name)?.valueDeclaration;
  if (declaration?.getSourceFile() !== name.getSourceFile()) return undefined;
  if (ts.isParameter(declaration)) {
    let { parent }: ts.Node = declaration.parent;
    while (ts.isParenthesizedExpression(parent)) ({ parent } = parent);
    const executor = ts.isNewExpression(parent) ? executorOf(parent, environment) : undefined;
    return executor?.body === declaration.parent ? parent : undefined;
  }
  const whole = ts.isBindingElement(declaration) ? declaration.parent.parent : declaration;
  const made = ts.isVariableDeclaration(whole)
    ? whole.initializer && valueOf(whole.initializer)
    : undefined;
  if (made === undefined || !ts.isCallExpression(made)) return undefined;
  const callee = valueOf(made.expression);
  return ts.isPropertyAccessExpression(callee) &&
    callee.name.text === "withResolvers" &&
    isGlobal(callee.expression, "Promise", environment)
    ? made
    : undefined;
}

function membersThatResolve(entry: ts.Expression, environment: Environment): ReadonlySet<string> {
  // `Promise.withResolvers()` itself.
  if (ts.isCallExpression(entry)) return new Set(["resolve"]);
  if (!ts.isObjectLiteralExpression(entry)) return new Set();
  return new Set(
    entry.properties.flatMap((property) => {
      const name = property.name?.getText();
      return name !== undefined && promiseSettledIn(property, environment) !== undefined
        ? [name]
        : [];
    }),
  );
}
