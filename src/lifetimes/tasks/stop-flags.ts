/**
 * Flags that tell a task to stop, and whether anything ever sets them.
 *
 * A flag is a private field, or a variable that the file does not export: every place that writes it
 * can be seen. Of anything else it is unknown who sets it, and then it counts as set.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { EdgeCondition } from "../../flow/graph.ts";
import { constantTruth } from "../../ownership/condition-keys.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isPrivate } from "../../typescript/modifiers.ts";
import { withWrappers } from "../../typescript/syntax.ts";
import { referencesTo } from "../holders/references.ts";
import { settledValue } from "../holders/values.ts";

/** A flag that stands for "go on" for ever. */
export interface UnsetFlag {
  /** As the code names it: `this.closed`, `controller.signal.aborted`. */
  readonly name: string;
  /** What would have to be written, or called. */
  readonly missing: "write" | "abort";
}

/** The flag of a condition that never holds, since nothing sets it; undefined where something may. */
export function unsetFlag(
  condition: EdgeCondition,
  environment: Environment,
): UnsetFlag | undefined {
  if (condition.kind !== "truthy") return undefined;
  const test = valueOf(condition.test);
  const literal = constantTruth(test);
  if (literal !== undefined)
    return literal === condition.is ? undefined : { name: test.getText(), missing: "write" };
  const controller = condition.is ? controllerOf(test, environment) : undefined;
  if (controller !== undefined)
    return isNeverAborted(controller, environment)
      ? { name: test.getText(), missing: "abort" }
      : undefined;
  const declaration = flagDeclaration(test, environment);
  if (declaration === undefined || !isWrittenHereOnly(declaration)) return undefined;
  const initial = declaration.initializer;
  const start = initial === undefined ? false : constantTruth(valueOf(initial));
  if (start === undefined || start === condition.is) return undefined;
  const goesOn = !condition.is;
  const never = referencesTo(declaration, environment).every((one) => {
    const written = valueWritten(one);
    if (written === "none") return true;
    return written !== "unknown" && constantTruth(valueOf(written)) === goesOn;
  });
  return never && !isDestructured(declaration)
    ? { name: test.getText(), missing: "write" }
    : undefined;
}

type FlagDeclaration = ts.PropertyDeclaration | ts.VariableDeclaration;

function flagDeclaration(
  test: ts.Expression,
  environment: Environment,
): FlagDeclaration | undefined {
  const symbol = ts.isIdentifier(test)
    ? environment.resolve(test)
    : ts.isPropertyAccessExpression(test) && test.expression.kind === ts.SyntaxKind.ThisKeyword
      ? environment.types.symbolAt(test.name)
      : undefined;
  const declaration = symbol?.valueDeclaration;
  if (declaration?.getSourceFile() !== test.getSourceFile()) return undefined;
  return (ts.isPropertyDeclaration(declaration) || ts.isVariableDeclaration(declaration)) &&
    environment.types.isBoolean(environment.types.typeOf(declaration))
    ? declaration
    : undefined;
}

/** No code of another file can write it. */
function isWrittenHereOnly(declaration: FlagDeclaration): boolean {
  if (ts.isPropertyDeclaration(declaration)) return isPrivate(declaration);
  // What a loop or a pattern binds has other values than its initialiser.
  const list = declaration.parent;
  return (
    ts.isIdentifier(declaration.name) &&
    ts.isVariableDeclarationList(list) &&
    ts.isVariableStatement(list.parent)
  );
}

/** What a reference writes: nothing where it only reads. */
function valueWritten(reference: ts.Expression): ts.Expression | "none" | "unknown" {
  const node = withWrappers(reference);
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    const operator = parent.operatorToken.kind;
    if (operator === ts.SyntaxKind.EqualsToken) return isTarget(parent) ? "unknown" : parent.right;
    const assigns =
      operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
    return assigns ? "unknown" : "none";
  }
  const isPattern =
    ts.isArrayLiteralExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isSpreadAssignment(parent);
  return isPattern ? "unknown" : "none";
}

/** `[this.done = true] = list`: the value is a default. */
function isTarget(assignment: ts.BinaryExpression): boolean {
  return ts.isArrayLiteralExpression(assignment.parent);
}

function isDestructured(declaration: FlagDeclaration): boolean {
  // Code that takes a field out of `this` only reads it; a variable has no such other name.
  return !ts.isIdentifier(declaration.name) && !ts.isPrivateIdentifier(declaration.name);
}

/** The declaration of the controller in `controller.signal.aborted`. */
function controllerOf(
  test: ts.Expression,
  environment: Environment,
): ts.PropertyDeclaration | ts.VariableDeclaration | undefined {
  if (!ts.isPropertyAccessExpression(test) || test.name.text !== "aborted") return undefined;
  const owner = ownerOfSignal(test.expression, environment);
  if (owner === undefined) return undefined;
  const symbol = ts.isIdentifier(owner)
    ? environment.resolve(owner)
    : ts.isPropertyAccessExpression(owner)
      ? environment.types.symbolAt(owner.name)
      : undefined;
  const declaration = symbol?.valueDeclaration;
  if (
    declaration?.getSourceFile() !== test.getSourceFile() ||
    !(ts.isPropertyDeclaration(declaration) || ts.isVariableDeclaration(declaration))
  )
    return undefined;
  const made = declaration.initializer && valueOf(declaration.initializer);
  const isOwn =
    made !== undefined &&
    ts.isNewExpression(made) &&
    environment.recogniser.calleeName(made) === "AbortController";
  return isOwn && isWrittenHereOnly(declaration) ? declaration : undefined;
}

/** `controller` of `controller.signal`, or of `const { signal } = controller`. */
function ownerOfSignal(
  expression: ts.Expression,
  environment: Environment,
): ts.Expression | undefined {
  const signal = settledValue(expression, environment);
  if (ts.isPropertyAccessExpression(signal))
    return signal.name.text === "signal" ? valueOf(signal.expression) : undefined;
  const bound = ts.isIdentifier(signal) ? environment.resolve(signal)?.valueDeclaration : undefined;
  if (bound === undefined || !ts.isBindingElement(bound) || !takesSignal(bound)) return undefined;
  const whole = bound.parent.parent;
  return ts.isVariableDeclaration(whole) && whole.initializer !== undefined
    ? valueOf(whole.initializer)
    : undefined;
}

function takesSignal({ propertyName, name, dotDotDotToken }: ts.BindingElement): boolean {
  return dotDotDotToken === undefined && (propertyName ?? name).getText() === "signal";
}

/** Every use of the controller only asks for its signal. */
function isNeverAborted(
  declaration: ts.PropertyDeclaration | ts.VariableDeclaration,
  environment: Environment,
): boolean {
  return referencesTo(declaration, environment).every((one) => {
    const { parent } = one;
    if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name))
      return parent.name.elements.every(takesSignal);
    return (
      ts.isPropertyAccessExpression(parent) &&
      parent.expression === one &&
      parent.name.text === "signal"
    );
  });
}
