/**
 * Functions as arguments: which function a parameter stands for in one call of a function that calls
 * it, or passes it on. With it, `lend(h, (h) => h.read())` is read as if `lend` were written in place.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../flow/graph.ts";
import { skipWrappers } from "../typescript/syntax.ts";
import { idOf } from "./access-path.ts";
import type { Environment } from "./environment.ts";

/** For parameters of a body, the expression that the caller passes. */
export type Bindings = ReadonlyMap<ts.Symbol, ts.Expression>;

export const noBindings: Bindings = new Map();

/**
 * @param args of the call that runs the body
 * @param outer what is bound where the call is
 * @returns an entry for each parameter that the body uses as a function and that the call, or the
 *   parameter's default, gives a function whose declaration is known
 */
export function bindingsOf(
  body: FunctionWithBody,
  args: readonly ts.Expression[],
  outer: Bindings,
  environment: Environment,
): Bindings {
  const used = parametersUsedAsFunctions(body);
  if (used.length === 0 || args.some(ts.isSpreadElement)) return noBindings;
  const bindings = new Map<ts.Symbol, ts.Expression>();
  for (const { name, initializer, index } of used) {
    const given = args[index] ?? initializer;
    const target = given && functionPassed(given, outer, environment);
    const symbol = target && environment.resolve(name);
    if (symbol !== undefined && target !== undefined) bindings.set(symbol, target);
  }
  return bindings.size === 0 ? noBindings : bindings;
}

/** What a name that is called stands for; undefined where it is no bound parameter. */
export function boundFunction(
  callee: ts.Expression,
  bindings: Bindings | undefined,
  environment: Environment,
): ts.Expression | undefined {
  if (bindings === undefined || bindings.size === 0) return undefined;
  const node = skipWrappers(callee);
  const symbol = ts.isIdentifier(node) ? environment.resolve(node) : undefined;
  return symbol && bindings.get(symbol);
}

/** The bodies behind a function expression or the name of a function. */
export function bodiesOfFunction(
  expression: ts.Expression,
  environment: Environment,
): readonly FunctionWithBody[] {
  const value = skipWrappers(expression);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return [value];
  return environment.types
    .implementations(value, false)
    .filter((body): body is FunctionWithBody => "body" in body && body.body !== undefined);
}

export function keyOfBindings(bindings: Bindings): string {
  return [...bindings]
    .map(([symbol, value]) => `${String(idOf(symbol))}=${String(idOf(value))}`)
    .sort()
    .join(" ");
}

function functionPassed(
  given: ts.Expression,
  outer: Bindings,
  environment: Environment,
): ts.Expression | undefined {
  const value = skipWrappers(given);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return value;
  if (!ts.isIdentifier(value) && !ts.isPropertyAccessExpression(value)) return undefined;
  const bound = boundFunction(value, outer, environment);
  if (bound !== undefined) return bound;
  return environment.types.isFunctionName(value) ? value : undefined;
}

interface FunctionParameter {
  readonly name: ts.Identifier;
  readonly initializer: ts.Expression | undefined;
  readonly index: number;
}

const functionParameters = new WeakMap<ts.Node, readonly FunctionParameter[]>();

/** The parameters whose name the body calls or passes to a call. */
function parametersUsedAsFunctions(body: FunctionWithBody): readonly FunctionParameter[] {
  let used = functionParameters.get(body);
  if (used === undefined) {
    const named = body.parameters.flatMap(({ name, initializer, dotDotDotToken }, index) =>
      ts.isIdentifier(name) && dotDotDotToken === undefined ? [{ name, initializer, index }] : [],
    );
    used = named.length === 0 ? [] : named.filter(({ name }) => calls(body.body, name.text));
    functionParameters.set(body, used);
  }
  return used;
}

function calls(code: ts.Node, name: string): boolean {
  const isName = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === name;
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      if (isName(node.expression) || node.arguments?.some(isName) === true) return true;
    }
    return ts.forEachChild(node, (child) => visit(child)) ?? false;
  };
  return visit(code);
}
