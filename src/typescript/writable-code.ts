/**
 * What code may say that is about to be written: which members a value has, which names are known.
 */
import ts from "typescript";
import * as tsutils from "ts-api-utils";

/** The value may be `null` or `undefined`. */
export function isNullable(type: ts.Type): boolean {
  return tsutils
    .unionConstituents(type)
    .some((part) => (part.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0);
}

/** A member of a value that is there, by its name or as `[Symbol.dispose]`. */
export function memberNamed(
  type: ts.Type,
  name: string,
  program: ts.Program,
): ts.Symbol | undefined {
  const checker = program.getTypeChecker();
  const value = checker.getNonNullableType(type);
  const known = /^\[Symbol\.(\w+)\]$/.exec(name)?.[1];
  return known === undefined
    ? checker.getPropertyOfType(value, name)
    : tsutils.getWellKnownSymbolPropertyOfType(value, known, checker);
}

export type Answer = "value" | "promise";

/** What a method answers when it is called without arguments; undefined where it cannot be called so. */
export function answerOf(
  method: ts.Symbol,
  place: ts.Node,
  program: ts.Program,
): Answer | undefined {
  const checker = program.getTypeChecker();
  const signature = checker
    .getTypeOfSymbol(method)
    .getCallSignatures()
    .find((one) => one.parameters.every((parameter) => isOptional(parameter)));
  if (signature === undefined) return undefined;
  const result = checker.getReturnTypeOfSignature(signature);
  return tsutils.isThenableType(checker, place, result) ? "promise" : "value";
}

function isOptional({ valueDeclaration }: ts.Symbol): boolean {
  return (
    valueDeclaration !== undefined &&
    ts.isParameter(valueDeclaration) &&
    (valueDeclaration.questionToken ??
      valueDeclaration.initializer ??
      valueDeclaration.dotDotDotToken) !== undefined
  );
}

/** A name that code at the place can call and that nothing around it declares. */
export function isGlobalName(name: string, place: ts.Node, program: ts.Program): boolean {
  const symbol = program
    .getTypeChecker()
    .resolveName(name, place, ts.SymbolFlags.Value, /* excludeGlobals */ false);
  const file = place.getSourceFile();
  return symbol?.declarations?.every((one) => one.getSourceFile() !== file) === true;
}

export function isExportedBy(module: ts.Expression, name: string, program: ts.Program): boolean {
  const checker = program.getTypeChecker();
  const symbol = checker.getSymbolAtLocation(module);
  return (
    symbol !== undefined && checker.getExportsOfModule(symbol).some((one) => one.name === name)
  );
}

/** How a declaration can dispose of a value of a type. */
export type UsingForm = "using" | "await using";

/**
 * The forms of `using` by which a value of a type may be declared; none where the libraries of the
 * project do not know them, or some value of the type cannot be disposed of.
 */
export function usingForms(type: ts.Type, program: ts.Program): readonly UsingForm[] {
  const checker = program.getTypeChecker();
  const isKnown = (name: string): boolean =>
    checker.resolveName(name, undefined, ts.SymbolFlags.Type, false) !== undefined;
  const values = tsutils
    .unionConstituents(type)
    .filter((part) => (part.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) === 0);
  if (values.length === 0 || values.some((part) => (part.flags & ts.TypeFlags.Any) !== 0))
    return [];
  const has = (part: ts.Type, symbol: string): boolean =>
    tsutils.getWellKnownSymbolPropertyOfType(part, symbol, checker) !== undefined;
  const forms: UsingForm[] = [];
  if (isKnown("Disposable") && values.every((part) => has(part, "dispose"))) forms.push("using");
  if (isKnown("AsyncDisposable") && values.every((part) => has(part, "asyncDispose")))
    forms.push("await using");
  return forms;
}

/**
 * Disposing of a value does what its method does: the method is the disposer, one calls the other, or
 * only declarations describe them, where the method is taken for the older spelling.
 */
export function disposesBy(
  type: ts.Type,
  method: string,
  isAsync: boolean,
  program: ts.Program,
): boolean {
  const key = isAsync ? "[Symbol.asyncDispose]" : "[Symbol.dispose]";
  if (method === key) return true;
  const bodies = (name: string): readonly ts.Node[] =>
    (memberNamed(type, name, program)?.declarations ?? []).flatMap((one) =>
      ts.isMethodDeclaration(one) && one.body !== undefined ? [one.body] : [],
    );
  const [disposer] = bodies(key);
  const [named] = bodies(method);
  if (disposer === undefined && named === undefined) return true;
  return mentions(disposer, `this.${method}`) || mentions(named, `this${key}`);
}

function mentions(body: ts.Node | undefined, call: string): boolean {
  if (body === undefined) return false;
  const visit = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) && node.expression.getText() === call) ||
    (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  return visit(body);
}

/** The options that a call takes as an argument have a property of that name. */
export function takesOption(
  call: ts.CallExpression,
  argument: number,
  name: string,
  program: ts.Program,
): boolean {
  const checker = program.getTypeChecker();
  const parameter = checker.getResolvedSignature(call)?.parameters[argument];
  return (
    parameter !== undefined &&
    tsutils
      .unionConstituents(checker.getTypeOfSymbol(parameter))
      .some((part) => checker.getPropertyOfType(part, name) !== undefined)
  );
}

/** Whoever is given the function calls a function that it returns, if it returns one. */
export function mayReturnFunction(
  literal: ts.ArrowFunction | ts.FunctionExpression,
  program: ts.Program,
): boolean {
  const checker = program.getTypeChecker();
  const signatures = checker.getContextualType(literal)?.getCallSignatures() ?? [];
  return signatures.some((one) =>
    tsutils
      .unionConstituents(checker.getReturnTypeOfSignature(one))
      .some((part) => part.getCallSignatures().length > 0),
  );
}
