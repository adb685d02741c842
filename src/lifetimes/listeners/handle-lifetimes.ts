/**
 * Whether what the catalog knows to give a handle for a listener leaves that listener on something which
 * outlives the object that put it there: `interval(1000).subscribe(…)` in a component.
 */
import ts from "typescript";
import { skipWrappers } from "../../typescript/syntax.ts";
import type { Environment } from "../../ownership/environment.ts";
import { handleRegistration } from "./dropped-handles.ts";
import { verdictOn } from "./listener-verdicts.ts";

/** @param site the call that gives the handle; nothing releases it */
export function outlivesSubscriber(site: ts.Node, environment: Environment): boolean {
  if (!ts.isCallExpression(site)) return false;
  const callee = skipWrappers(site.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const emitter = emitterOf(callee.expression, environment);
  if (emitter === "unknown") return false;
  const target = emitter === "none" ? undefined : emitter;
  const listener = site.arguments[0] ?? callee;
  const registration = handleRegistration(site, target, listener, environment);
  return verdictOn(registration, environment)?.strength === "sure";
}

/**
 * What the listener is put on. A stream that is made on the spot listens in turn to what it is made of:
 * `fromEvent(window, "resize").pipe(…)`; one that is made of numbers has a clock, which is always there.
 */
function emitterOf(
  source: ts.Expression,
  environment: Environment,
): ts.Expression | "none" | "unknown" {
  const value = skipWrappers(source);
  if (!ts.isCallExpression(value)) return value;
  const callee = skipWrappers(value.expression);
  const { types } = environment;
  const classes = types.classSymbols(types.valueType(value));
  const isDerived =
    ts.isPropertyAccessExpression(callee) &&
    types.classSymbols(types.valueType(callee.expression)).some((one) => classes.includes(one));
  if (isDerived) return emitterOf(callee.expression, environment);
  const made = types.calleeSymbol(callee)?.valueDeclaration;
  if (made === undefined || !ts.isFunctionDeclaration(made)) return "unknown";
  const [first] = value.arguments;
  if (first === undefined || types.isPrimitive(types.valueType(first))) return "none";
  return ts.isIdentifier(first) || ts.isPropertyAccessExpression(first) ? first : "unknown";
}
