/**
 * Calls that keep a function for later: a listener of an emitter, an entry of a collection. What says so
 * is the type that is called: it declares how the listener comes off, or it is a collection, or its own
 * method puts what it is given into a field.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import { removersOf } from "../../resources/emitters.ts";
import { collections } from "../collections/declared-collections.ts";
import { bodiesOf, mentionsSymbol, rootOf } from "../holders/values.ts";

/** As what a call keeps what it is given; undefined where nothing says that it keeps it. */
export function registersAs(
  call: ts.CallExpression,
  environment: Environment,
): "listener" | "entry" | undefined {
  const callee = valueOf(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const { types } = environment;
  const member = callee.name.text;
  const removers = removersOf(member, call.arguments.length);
  const stores = isStoringName(member);
  if (removers === undefined && !stores && !mayBeOfProgram(callee, environment)) return undefined;
  const type = types.valueType(callee.expression);
  if (types.isAny(type)) return undefined;
  if (removers?.some((name) => types.member(type, name) !== undefined) === true) return "listener";
  if (stores && types.classSymbols(type).some(({ name }) => storesUnder(name, member)))
    return "entry";
  return keepsArgument(call, environment) ? "entry" : undefined;
}

const names: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(collections).map(([name, { store }]) => [name, store.map(({ method }) => method)]),
);

function isStoringName(member: string): boolean {
  return [...names.values()].some((methods) => methods.includes(member));
}

function storesUnder(className: string, member: string): boolean {
  return names.get(className)?.includes(member) === true;
}

function mayBeOfProgram(callee: ts.Expression, environment: Environment): boolean {
  return bodiesOf(callee, environment).length > 0;
}

/** The method puts a parameter into a field: `this.waiting.push(job)`, `this.next = job`. */
function keepsArgument(call: ts.CallExpression, environment: Environment): boolean {
  return bodiesOf(call.expression, environment).some((body) =>
    body.parameters.some(({ name }) => {
      const symbol = ts.isIdentifier(name) ? environment.resolve(name) : undefined;
      if (symbol === undefined) return false;
      const isGiven = (value: ts.Expression): boolean => mentionsSymbol(value, symbol, environment);
      return callsIn(body).some(
        (inner) =>
          ts.isPropertyAccessExpression(inner.expression) &&
          isStoringName(inner.expression.name.text) &&
          rootOf(inner.expression).kind === ts.SyntaxKind.ThisKeyword &&
          inner.arguments?.some(isGiven) === true,
      );
    }),
  );
}
