/**
 * Connections and requests that a function is given, and which expressions have to do with one.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { matchesPattern } from "../../resources/catalog-index.ts";
import type { ConnectionKind } from "../../resources/connections.ts";

export interface Connection {
  readonly kind: ConnectionKind;
  readonly parameter: ts.ParameterDeclaration;
  /** The function that is given it. */
  readonly handler: ts.SignatureDeclaration;
}

const known = new WeakMap<Environment, WeakMap<ts.ParameterDeclaration, Connection | false>>();

/** The connection that a parameter is; undefined for any other. */
export function connectionOf(
  parameter: ts.ParameterDeclaration,
  environment: Environment,
): Connection | undefined {
  const found =
    known.get(environment) ?? new WeakMap<ts.ParameterDeclaration, Connection | false>();
  known.set(environment, found);
  let connection = found.get(parameter);
  if (connection === undefined) {
    const kind = kindOf(parameter, environment);
    connection = kind === undefined ? false : { kind, parameter, handler: parameter.parent };
    found.set(parameter, connection);
  }
  return connection === false ? undefined : connection;
}

function kindOf(
  { name }: ts.ParameterDeclaration,
  environment: Environment,
): ConnectionKind | undefined {
  return ts.isIdentifier(name)
    ? kindOfConnection(environment.types.typeOf(name), environment)
    : undefined;
}

/** What values of a type are, if they are connections or requests. */
export function kindOfConnection(
  type: ts.Type,
  { types, recogniser }: Environment,
): ConnectionKind | undefined {
  if (types.isAny(type) || types.isPrimitive(type)) return undefined;
  const declared = types.classSymbols(type).map((symbol) => types.declaredNames(symbol));
  return recogniser.index.connections.find((kind) =>
    kind.types.some((pattern) => declared.some((names) => matchesPattern(pattern, names))),
  );
}

/** How many constants between a value and the connection in it are looked through. */
const maximalSteps = 3;

/**
 * The connection that a value holds: itself, an object or closure that has it, or what names it and
 * no other. A text or number that is read from it holds nothing.
 */
export function connectionIn(
  value: ts.Node,
  environment: Environment,
  steps = maximalSteps,
): Connection | undefined {
  if (ts.isTypeNode(value)) return undefined;
  if (ts.isPropertyAccessExpression(value)) {
    const connection = connectionIn(value.expression, environment, steps);
    if (connection === undefined) return undefined;
    if (connection.kind.ids?.includes(value.name.text) === true) return connection;
    const { types } = environment;
    return types.isPrimitive(types.typeOf(value)) ? undefined : connection;
  }
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value))
    return captured(value, environment, steps);
  if (ts.isCallExpression(value)) return inCall(value, environment, steps);
  if (ts.isIdentifier(value)) return named(value, environment, steps);
  if (ts.isPropertyAssignment(value)) return connectionIn(value.initializer, environment, steps);
  return ts.forEachChild(value, (child) => connectionIn(child, environment, steps));
}

/** A closure holds whatever it names. */
function captured(code: ts.Node, environment: Environment, steps: number): Connection | undefined {
  if (ts.isTypeNode(code)) return undefined;
  if (ts.isIdentifier(code)) return named(code, environment, steps);
  return ts.forEachChild(code, (child) => captured(child, environment, steps));
}

/** What a call of the connection gives is a value of its own; a function that is given it may keep it. */
function inCall(
  call: ts.CallExpression,
  environment: Environment,
  steps: number,
): Connection | undefined {
  const { types } = environment;
  if (types.isPrimitive(types.typeOf(call))) return undefined;
  for (const argument of call.arguments) {
    const found = connectionIn(argument, environment, steps);
    if (found !== undefined) return found;
  }
  return undefined;
}

function named(
  name: ts.Identifier,
  environment: Environment,
  steps: number,
): Connection | undefined {
  const declaration = environment.resolve(name)?.valueDeclaration;
  if (declaration?.getSourceFile() !== name.getSourceFile()) return undefined;
  if (ts.isParameter(declaration)) return connectionOf(declaration, environment);
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined)
    return undefined;
  if (steps === 0 || ts.isSourceFile(declaration.parent.parent.parent)) return undefined;
  return connectionIn(valueOf(declaration.initializer), environment, steps - 1);
}
