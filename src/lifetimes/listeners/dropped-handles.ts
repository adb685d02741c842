/**
 * Calls that register a function and give another one, which takes it off again, to nobody:
 * `store.onChange(draw);`. The body of what is called says so: it returns a function that removes. So
 * does the type of an event, a property that is called with a listener and gives something to dispose of, and
 * that of a method without a body which gives a function to be called without anything.
 * (What the catalog knows of such calls is an obligation of the function that makes them.)
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isRemover } from "../../resources/emitters.ts";
import { isStop } from "../../typescript/held-types.ts";
import { returnedValues, someInside } from "../../typescript/syntax.ts";
import { isHandleOf, isProperty } from "../../resources/infer-kind.ts";
import { globalObject, identityOf } from "./identities.ts";
import type { Registration } from "./listeners.ts";
import { bodiesOf } from "../holders/values.ts";

/** Every such call of a file, in the shape of a registration, in source order. */
export function droppedHandles(
  file: ts.SourceFile,
  environment: Environment,
): readonly Registration[] {
  return callsIn(file).flatMap((call) => {
    const listener = ts.isCallExpression(call) && isDropped(call) ? listenerOf(call) : undefined;
    if (listener === undefined || !ts.isCallExpression(call)) return [];
    if (environment.recogniser.makesKnownResource(call)) return [];
    const isKnown =
      isEvent(call, listener, environment) ||
      bodiesOf(call.expression, environment).some((body) => removes(body, environment));
    if (isKnown) return [registrationOf(call, listener, environment)];
    if (!givesStop(call, environment)) return [];
    return [{ ...registrationOf(call, listener, environment), isByType: true }];
  });
}

/** `store.subscribe(listener)`: what has only a declaration says by its type that it gives what ends it. */
function givesStop(call: ts.CallExpression, { types }: Environment): boolean {
  const callee = valueOf(call.expression);
  return (
    ts.isPropertyAccessExpression(callee) &&
    isStop(types.typeOf(call), types.program) &&
    types.implementations(call.expression, false).length === 0
  );
}

/** `emitter.event(listener)`: a property, and no method, that gives what has a member to release it. */
function isEvent(
  call: ts.CallExpression,
  listener: ts.Expression,
  { types }: Environment,
): boolean {
  const callee = valueOf(call.expression);
  return (
    ts.isPropertyAccessExpression(callee) &&
    isProperty(callee.name, types) &&
    isHandleOf(types.typeOf(call), types.typeOf(callee.expression), types) &&
    // `controls.attach(object)` takes no function.
    types.resultsOfCalling(types.typeOf(listener)).length > 0
  );
}

function isDropped({ parent }: ts.CallExpression): boolean {
  return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent);
}

/** Only literals and names of functions: nothing that costs a question about types. */
function listenerOf(call: ts.CallExpression): ts.Expression | undefined {
  const last = call.arguments.at(-1);
  const value = last && valueOf(last);
  if (value === undefined) return undefined;
  return ts.isArrowFunction(value) ||
    ts.isFunctionExpression(value) ||
    ts.isIdentifier(value) ||
    ts.isPropertyAccessExpression(value)
    ? last
    : undefined;
}

const takingOut = new Set(["delete", "splice", "filter"]);

/** The function returns one that takes off or out what it was given. */
function removes(body: FunctionWithBody, environment: Environment): boolean {
  const parameters = new Set(
    body.parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : [])),
  );
  return returnedValues(body).some((returned) => {
    const value = valueOf(returned);
    if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value) && !ts.isIdentifier(value))
      return false;
    return closuresIn(value, environment).some(
      (closure) => closure !== body && someInside(closure, (node) => isRemovalOf(node, parameters)),
    );
  });
}

function isRemovalOf(node: ts.Node, parameters: ReadonlySet<string>): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { text } = node.expression.name;
  if (!takingOut.has(text) && !isRemover(text, node.arguments.length)) return false;
  return node.arguments.some((argument) =>
    someInside(argument, (inner) => ts.isIdentifier(inner) && parameters.has(inner.text)),
  );
}

function registrationOf(
  site: ts.CallExpression,
  listener: ts.Expression,
  environment: Environment,
): Registration {
  const callee = valueOf(site.expression);
  // A function that is no method keeps its listeners where it is declared.
  const target = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
  return handleRegistration(site, target, listener, environment);
}

/**
 * A call whose handle nobody has, as a registration that nothing takes off.
 *
 * @param target the emitter; undefined for one that is always there
 */
export function handleRegistration(
  site: ts.CallExpression,
  target: ts.Expression | undefined,
  listener: ts.Expression,
  environment: Environment,
): Registration {
  return {
    site,
    member: "",
    removers: [],
    target,
    targetIdentity: target === undefined ? globalObject : identityOf(target, environment),
    event: undefined,
    listener,
    listenerIdentity: identityOf(listener, environment),
    capture: false,
    once: false,
    used: false,
    keepsOne: false,
    isHandle: true,
  };
}
