/**
 * Abort signals at calls: which calls take one, and where the one that is given comes from.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { signalOptions } from "../../resources/catalog/timeouts.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { someInside } from "../../typescript/syntax.ts";
import { isGlobal, settledValue, valueForGood } from "../holders/values.ts";

/** Where a call takes a signal: an argument, or a property of an argument. */
export interface SignalPlace {
  readonly argument: number;
  readonly property: string | undefined;
}

export type GivenSignal =
  /** The call takes no signal at all. */
  | { readonly is: "not-taken" }
  /** It takes one and gets none. */
  | { readonly is: "missing"; readonly place: SignalPlace }
  /** The signal of a controller that a variable holds. */
  | { readonly is: "controller"; readonly controller: ts.Symbol; readonly name: ts.Identifier }
  /** A signal that aborts by itself when some time has passed. */
  | { readonly is: "timeout" }
  /** A signal that somebody else governs, or options that are written elsewhere. */
  | { readonly is: "unknown" };

/** The signal that a call is given. */
export function givenSignal(call: CallLike, environment: Environment): GivenSignal {
  const args = call.arguments ?? [];
  const places = signalPlaces(call, environment);
  if (places.length === 0) return { is: "not-taken" };
  if (args.some(ts.isSpreadElement)) return { is: "unknown" };
  for (const { argument, property } of places) {
    const given = args[argument];
    if (given === undefined) continue;
    if (property === undefined) {
      if (isSignal(environment.types.valueType(given), environment))
        return originOf(given, environment);
      continue;
    }
    const options = settledValue(given, environment);
    if (!ts.isObjectLiteralExpression(options)) {
      // A text, a list or a callback stands where another overload has the options.
      const { types } = environment;
      const type = types.typeOf(options);
      const isList = types.constituents(type).some((part) => types.arrayElement(part));
      if (isList || types.isPrimitive(type) || types.isCallable(type)) continue;
      return { is: "unknown" };
    }
    if (options.properties.some(ts.isSpreadAssignment)) return { is: "unknown" };
    const found = options.properties.find((one) => one.name?.getText() === property);
    if (found === undefined) continue;
    if (ts.isPropertyAssignment(found)) return originOf(found.initializer, environment);
    return ts.isShorthandPropertyAssignment(found)
      ? originOf(found.name, environment)
      : { is: "unknown" };
  }
  const free = places.find(({ argument, property }) => {
    const given = args[argument];
    return given === undefined
      ? argument === args.length
      : property !== undefined && ts.isObjectLiteralExpression(valueOf(given));
  });
  return { is: "missing", place: free ?? places[0] ?? { argument: 0, property: undefined } };
}

function signalPlaces(call: CallLike, environment: Environment): readonly SignalPlace[] {
  const { types } = environment;
  const found: SignalPlace[] = [];
  for (const parameters of types.parameterTypes(call)) {
    for (const [argument, type] of parameters.entries()) {
      const place = placeIn(type, argument, environment);
      const isNew = !found.some(
        (one) => one.argument === argument && one.property === place?.property,
      );
      if (place !== undefined && isNew) found.push(place);
    }
  }
  return found;
}

function placeIn(
  type: ts.Type,
  argument: number,
  environment: Environment,
): SignalPlace | undefined {
  const { types } = environment;
  if (types.isAny(type)) return undefined;
  for (const part of types.constituents(type)) {
    if (types.isPrimitive(part) || types.isCallable(part)) continue;
    if (isSignal(part, environment)) return { argument, property: undefined };
    for (const property of signalOptions) {
      const member = types.plainMemberType(part, property);
      if (member !== undefined && isSignal(member, environment)) return { argument, property };
    }
  }
  return undefined;
}

/** The type is `AbortSignal`, whichever library declares it. */
export function isSignal(type: ts.Type, { types }: Environment): boolean {
  return (
    !types.isAny(type) &&
    types
      .constituents(type)
      .some((part) =>
        types
          .classSymbols(part)
          .some(
            (symbol) =>
              symbol.name === "AbortSignal" &&
              types.declaredNames(symbol).some((one) => one.origin !== "program"),
          ),
      )
  );
}

function originOf(expression: ts.Expression, environment: Environment): GivenSignal {
  const value = settledValue(expression, environment);
  if (ts.isCallExpression(value)) {
    const isTimeout = someInside(value, (node) => isTimeoutSignal(node, environment));
    return { is: isTimeout ? "timeout" : "unknown" };
  }
  if (ts.isPropertyAccessExpression(value) && value.name.text === "signal")
    return controllerNamed(valueOf(value.expression), environment);
  // `const { signal } = controller`
  if (ts.isIdentifier(value)) {
    const element = environment.resolve(value)?.valueDeclaration;
    const owner = element && ts.isBindingElement(element) ? element.parent.parent : undefined;
    if (owner !== undefined && ts.isVariableDeclaration(owner) && owner.initializer !== undefined)
      return controllerNamed(valueOf(owner.initializer), environment);
  }
  return { is: "unknown" };
}

function controllerNamed(expression: ts.Expression, environment: Environment): GivenSignal {
  if (!ts.isIdentifier(expression)) return { is: "unknown" };
  const controller = environment.resolve(expression);
  const declaration = controller?.valueDeclaration;
  const given =
    declaration !== undefined && ts.isVariableDeclaration(declaration)
      ? valueForGood(declaration)
      : undefined;
  const isMadeHere = given !== undefined && isNewController(valueOf(given), environment);
  return controller !== undefined && isMadeHere
    ? { is: "controller", controller, name: expression }
    : { is: "unknown" };
}

/** `AbortSignal.timeout` */
function isTimeoutSignal(node: ts.Node, environment: Environment): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === "timeout" &&
    isGlobal(node.expression, "AbortSignal", environment)
  );
}

export function isNewController(expression: ts.Expression, environment: Environment): boolean {
  return (
    ts.isNewExpression(expression) &&
    isGlobal(expression.expression, "AbortController", environment)
  );
}

/** The values of the type abort a signal that they have: `AbortController` and what is made like it. */
export function isController(type: ts.Type, environment: Environment): boolean {
  const { types } = environment;
  if (types.isAny(type) || types.isPrimitive(type)) return false;
  const signal = types.plainMemberType(type, "signal");
  return signal !== undefined && isSignal(signal, environment);
}
