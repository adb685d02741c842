/**
 * Whether the keys under which something is stored are of a number that the program fixes: by their type,
 * by the constants they are taken from, or by what the callers of a helper pass.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isExported } from "../../typescript/modifiers.ts";
import { isConstant } from "../../typescript/syntax.ts";
import { unitAround } from "../holders/occasions.ts";
import { referencesInProgram } from "../holders/program-references.ts";
import { settledValue } from "../holders/values.ts";

/** How many callers deep it is asked where a key comes from. */
const maximalDepth = 3;

/**
 * The key has one of a fixed number of values.
 *
 * @returns false also where nothing is known of the key
 */
export function isBoundedKey(
  key: ts.Expression,
  environment: Environment,
  depth = maximalDepth,
): boolean {
  const { types } = environment;
  const value = settledValue(key, environment);
  if (isWrittenOut(value)) return true;
  if (types.isFinite(types.typeOf(value)) || types.isConstructible(types.typeOf(value)))
    return true;
  if (ts.isBinaryExpression(value)) {
    const { kind } = value.operatorToken;
    if (kind === ts.SyntaxKind.PercentToken || kind === ts.SyntaxKind.AmpersandToken) return true;
    if (isLogical(kind) || kind === ts.SyntaxKind.PlusToken)
      return [value.left, value.right].every((one) => isBoundedKey(one, environment, depth));
    return false;
  }
  if (ts.isConditionalExpression(value))
    return [value.whenTrue, value.whenFalse].every((one) => isBoundedKey(one, environment, depth));
  if (ts.isTemplateExpression(value))
    return value.templateSpans.every(({ expression }) =>
      isBoundedKey(expression, environment, depth),
    );
  // Classes are written in the program: their names, and what is kept on them, are as many.
  if (ts.isPropertyAccessExpression(value)) {
    if (value.name.text === "constructor") return true;
    if (value.name.text === "length" || value.name.text === "size") return false;
    return isBoundedKey(value.expression, environment, depth) || isOfConstant(value, environment);
  }
  if (ts.isElementAccessExpression(value)) return isOfConstant(value, environment);
  if (ts.isCallExpression(value) && isOfModulePath(value, environment))
    return value.arguments.every((one) => isBoundedKey(one, environment, depth));
  return ts.isIdentifier(value) && isBoundedName(value, environment, depth);
}

/** `path.join("a", "b")` makes the same of the same, and so does `process.cwd()`. */
function isOfModulePath(call: ts.CallExpression, { types }: Environment): boolean {
  const symbol = types.calleeSymbol(call.expression);
  return (
    symbol !== undefined &&
    types
      .declaredNames(symbol)
      .some(({ module, name }) => module === "path" || name.endsWith("Process.cwd"))
  );
}

function isWrittenOut(value: ts.Expression): boolean {
  return (
    ts.isStringLiteralLike(value) ||
    ts.isNumericLiteral(value) ||
    ts.isTypeOfExpression(value) ||
    ts.isClassExpression(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword
  );
}

function isLogical(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken;
}

/** `Colour.red`, `limits.max`, `process.env.NAME`: a member of what the top level makes once. */
function isOfConstant(
  access: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  environment: Environment,
): boolean {
  let root: ts.Expression = access;
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) {
    if (
      ts.isElementAccessExpression(root) &&
      !isWrittenOut(valueOf(root.argumentExpression)) &&
      !isWrittenOut(settledValue(root.argumentExpression, environment))
    )
      return false;
    root = valueOf(root.expression);
  }
  if (!ts.isIdentifier(root)) return false;
  const declaration = environment.resolve(root)?.valueDeclaration;
  if (declaration === undefined) return false;
  return (
    ts.isEnumDeclaration(declaration) || !isOfFunction(declaration) || ts.isSourceFile(declaration)
  );
}

function isOfFunction(declaration: ts.Declaration): boolean {
  return !ts.isSourceFile(declaration) && !ts.isSourceFile(unitAround(declaration));
}

function isBoundedName(name: ts.Identifier, environment: Environment, depth: number): boolean {
  const declaration = environment.resolve(name)?.valueDeclaration;
  if (declaration === undefined) return false;
  if (ts.isParameter(declaration)) return isBoundedParameter(declaration, environment, depth);
  if (ts.isVariableDeclaration(declaration)) {
    const loop = declaration.parent.parent;
    if (ts.isForOfStatement(loop) || ts.isForInStatement(loop))
      return isFixedList(loop.expression, environment);
    // What the top level of a module computes, it computes once.
    return !isOfFunction(declaration) && isConstant(declaration);
  }
  if (ts.isBindingElement(declaration)) {
    let pattern: ts.Node = declaration;
    while (ts.isBindingElement(pattern) || ts.isBindingName(pattern)) pattern = pattern.parent;
    if (!ts.isVariableDeclaration(pattern)) return false;
    const loop = pattern.parent.parent;
    if (ts.isForOfStatement(loop)) return isFixedList(loop.expression, environment);
    return !isOfFunction(pattern) && isConstant(pattern);
  }
  return ts.isClassDeclaration(declaration) || ts.isFunctionDeclaration(declaration);
}

/** An array that is written out, or that the top level has: in a constant, or as the keys of one. */
function isFixedList(list: ts.Expression, environment: Environment): boolean {
  const value = settledValue(list, environment);
  if (ts.isArrayLiteralExpression(value))
    return value.elements.every(
      (one) => !ts.isSpreadElement(one) || isFixedList(one.expression, environment),
    );
  if (ts.isObjectLiteralExpression(value)) return true;
  if (ts.isCallExpression(value)) {
    const [first] = value.arguments;
    const isOfObject = /^Object\.(?:keys|values|entries)$/.test(value.expression.getText());
    return isOfObject && first !== undefined && isFixedList(first, environment);
  }
  if (ts.isIdentifier(value)) {
    const declaration = environment.resolve(value)?.valueDeclaration;
    if (declaration === undefined) return false;
    if (ts.isEnumDeclaration(declaration)) return true;
    if (ts.isParameter(declaration)) return isBoundedParameter(declaration, environment, 1, "list");
    return ts.isVariableDeclaration(declaration) && !isOfFunction(declaration)
      ? isConstant(declaration)
      : false;
  }
  return ts.isPropertyAccessExpression(value) && isOfConstant(value, environment);
}

/** Every call of the function that the program shows passes one of a fixed number of values. */
function isBoundedParameter(
  parameter: ts.ParameterDeclaration,
  environment: Environment,
  depth: number,
  what: "value" | "list" = "value",
): boolean {
  const unit = parameter.parent;
  const index = unit.parameters.indexOf(parameter);
  if (depth === 0 || parameter.dotDotDotToken !== undefined) return false;
  const visited = visitedList(unit);
  if (visited !== undefined && index === 0) return isFixedList(visited, environment);
  const declaration =
    ts.isArrowFunction(unit) || ts.isFunctionExpression(unit) ? unit.parent : unit;
  if (
    !ts.isFunctionDeclaration(declaration) &&
    !ts.isMethodDeclaration(declaration) &&
    !ts.isVariableDeclaration(declaration) &&
    !ts.isPropertyDeclaration(declaration)
  )
    return false;
  const references = referencesInProgram(declaration, environment);
  if (references === "too-many" || references.length === 0) return false;
  return references.every((reference) => {
    const call = reference.parent;
    if (!ts.isCallExpression(call) || call.expression !== reference)
      return isExported(declaration) && ts.isExportAssignment(call);
    const given = call.arguments[index];
    if (given === undefined) return true;
    return what === "list"
      ? isFixedList(given, environment)
      : isBoundedKey(given, environment, depth - 1);
  });
}

/** `list` of `list.forEach((element) => …)`, for the function that visits. */
function visitedList(unit: ts.SignatureDeclaration): ts.Expression | undefined {
  const call = unit.parent;
  if (!ts.isCallExpression(call) || call.expression === (unit as ts.Node)) return undefined;
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  return /^(?:forEach|map|some|every|filter)$/.test(callee.name.text)
    ? callee.expression
    : undefined;
}
