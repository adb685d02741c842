/**
 * Options of a call, wherever they are built: in place, in a constant, by a function of the program,
 * spread into each other, or added later.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isConstant, isNothing, returnedValues } from "../../typescript/syntax.ts";

/** What an option is given; a method of an object literal is its own value. */
export type OptionValue = ts.Expression | ts.MethodDeclaration;

export type OptionReading =
  | { readonly state: "given"; readonly value: OptionValue }
  | { readonly state: "absent" }
  /** The options come from where they cannot be read. */
  | { readonly state: "unknown" };

const absent: OptionReading = { state: "absent" };
const unknown: OptionReading = { state: "unknown" };

/** How far options are followed through names, spreads and functions. */
const maximalSteps = 8;

/**
 * @param options the argument that holds the options; undefined when the call has none
 * @param name the option
 */
export function readOption(
  options: ts.Expression | undefined,
  name: string,
  environment: Environment,
): OptionReading {
  return options === undefined ? absent : read(options, name, environment, maximalSteps);
}

function read(
  expression: ts.Expression,
  name: string,
  environment: Environment,
  steps: number,
): OptionReading {
  if (steps === 0) return unknown;
  const follow = (next: ts.Expression): OptionReading => read(next, name, environment, steps - 1);
  const node = valueOf(expression);
  const reading = readNode(node, name, environment, follow);
  const { types } = environment;
  return reading.state === "unknown" && types.cannotHave(types.typeOf(node), name)
    ? absent
    : reading;
}

function readNode(
  node: ts.Expression,
  name: string,
  environment: Environment,
  follow: (next: ts.Expression) => OptionReading,
): OptionReading {
  if (ts.isObjectLiteralExpression(node)) return inLiteral(node, name, follow);
  if (ts.isConditionalExpression(node)) return either([node.whenTrue, node.whenFalse].map(follow));
  if (ts.isBinaryExpression(node)) return inBinary(node, follow);
  if (ts.isIdentifier(node) && node.text !== "undefined") {
    return inDeclaration(environment.resolve(node), name, environment, follow);
  }
  if (ts.isPropertyAccessExpression(node)) {
    return inDeclaration(environment.types.symbolAt(node.name), name, environment, follow);
  }
  if (ts.isCallExpression(node)) return inResult(node, environment, follow);
  return isAbsent(node) ? absent : unknown;
}

function inLiteral(
  literal: ts.ObjectLiteralExpression,
  name: string,
  follow: (next: ts.Expression) => OptionReading,
): OptionReading {
  // What is written last wins.
  for (const property of literal.properties.toReversed()) {
    if (ts.isSpreadAssignment(property)) {
      const spread = follow(property.expression);
      if (spread.state !== "absent") return spread;
      continue;
    }
    const own = nameOf(property.name);
    if (own === undefined) return unknown;
    if (own !== name) continue;
    if (ts.isPropertyAssignment(property)) return valueReading(property.initializer);
    if (ts.isShorthandPropertyAssignment(property)) return valueReading(property.name);
    return ts.isMethodDeclaration(property) ? { state: "given", value: property } : unknown;
  }
  return absent;
}

function valueReading(value: ts.Expression): OptionReading {
  return isAbsent(valueOf(value)) ? absent : { state: "given", value };
}

function inBinary(
  node: ts.BinaryExpression,
  follow: (next: ts.Expression) => OptionReading,
): OptionReading {
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.BarBarToken:
      return either([node.left, node.right].map(follow));
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return follow(node.right);
    default:
      return unknown;
  }
}

/** One of several: what one of them gives may be given. */
function either(readings: readonly OptionReading[]): OptionReading {
  return (
    readings.find(({ state }) => state === "unknown") ??
    readings.find(({ state }) => state === "given") ??
    absent
  );
}

function inDeclaration(
  symbol: ts.Symbol | undefined,
  name: string,
  environment: Environment,
  follow: (next: ts.Expression) => OptionReading,
): OptionReading {
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined) return unknown;
  const value = constantValue(declaration);
  if (value === undefined) return unknown;
  const added = assignedLater(symbol, declaration, name, environment);
  return added === undefined ? follow(value) : valueReading(added);
}

/** The one value that a constant, a read-only field or a property of a literal has. */
function constantValue(declaration: ts.Declaration): ts.Expression | undefined {
  if (ts.isVariableDeclaration(declaration)) {
    return isConstant(declaration) ? declaration.initializer : undefined;
  }
  if (ts.isPropertyDeclaration(declaration)) {
    const modifiers = ts.getCombinedModifierFlags(declaration);
    return (modifiers & ts.ModifierFlags.Readonly) !== 0 ? declaration.initializer : undefined;
  }
  return ts.isPropertyAssignment(declaration) ? declaration.initializer : undefined;
}

/** `options.dispose = …`, in the file that declares the options. */
function assignedLater(
  symbol: ts.Symbol,
  declaration: ts.Declaration,
  name: string,
  environment: Environment,
): ts.Expression | undefined {
  const visit = (node: ts.Node): ts.Expression | undefined => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left) &&
      node.left.name.text === name &&
      environment.types.calleeSymbol(node.left.expression) === symbol
    ) {
      return node.right;
    }
    return ts.forEachChild(node, visit);
  };
  const file = declaration.getSourceFile();
  return file.isDeclarationFile ? undefined : visit(file);
}

function inResult(
  call: ts.CallExpression,
  environment: Environment,
  follow: (next: ts.Expression) => OptionReading,
): OptionReading {
  const { recogniser, types } = environment;
  if (recogniser.calleeName(call) === "assign") {
    if (!recogniser.isStandardMember(call.expression, "ObjectConstructor.assign")) return unknown;
    for (const source of call.arguments.toReversed()) {
      const reading = ts.isSpreadElement(source) ? unknown : follow(source);
      if (reading.state !== "absent") return reading;
    }
    return absent;
  }
  if (recogniser.calleeName(call) === "freeze" && call.arguments[0] !== undefined)
    return follow(call.arguments[0]);
  const results = types.implementations(call.expression, false).flatMap(returnedValues);
  return results.length === 0 ? unknown : either(results.map(follow));
}

function nameOf(name: ts.PropertyName): string | undefined {
  if (ts.isComputedPropertyName(name))
    return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
  return name.text;
}

/** `false` switches an option off. */
function isAbsent(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.FalseKeyword || isNothing(node);
}

/** The value sets no limit: `0`, `Infinity`. */
export function isNoLimit(value: OptionValue): boolean {
  if (ts.isMethodDeclaration(value)) return false;
  const node = valueOf(value);
  if (ts.isNumericLiteral(node)) return Number(node.text) === 0;
  if (ts.isPropertyAccessExpression(node)) return node.name.text === "POSITIVE_INFINITY";
  return ts.isIdentifier(node) && node.text === "Infinity";
}
