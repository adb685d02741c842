/**
 * Functions as values: which functions an expression may stand for, and what they capture.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../flow/graph.ts";
import { isSymbol, thisRoot } from "./access-path.ts";
import type { Environment } from "./environment.ts";
import type { Disjunct } from "./obligation-state.ts";

/**
 * The functions whose bodies can be seen in the value of an expression: literals, members of object
 * and array literals, arms of conditionals, and names of functions that are never reassigned.
 */
export function closuresIn(
  expression: ts.Expression,
  environment: Environment,
): readonly FunctionWithBody[] {
  const known = closuresByEnvironment.get(environment) ?? new WeakMap<ts.Node, Closures>();
  closuresByEnvironment.set(environment, known);
  let closures = known.get(expression);
  if (closures === undefined) {
    closures = findClosures(expression, environment);
    known.set(expression, closures);
  }
  return closures;
}

type Closures = readonly FunctionWithBody[];
const closuresByEnvironment = new WeakMap<Environment, WeakMap<ts.Node, Closures>>();

function findClosures(expression: ts.Expression, environment: Environment): Closures {
  const found = new Set<FunctionWithBody>();
  const pending: ts.Node[] = [expression];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const value = ts.isExpression(node) ? valueOf(node) : node;
    if (ts.isFunctionLike(value)) {
      if ("body" in value && value.body !== undefined) found.add(value as FunctionWithBody);
    } else if (ts.isObjectLiteralExpression(value)) {
      for (const property of value.properties) {
        if (ts.isPropertyAssignment(property)) pending.push(property.initializer);
        else if (ts.isShorthandPropertyAssignment(property)) pending.push(property.name);
        else if (ts.isFunctionLike(property)) pending.push(property);
        else pending.push(property.expression);
      }
    } else if (ts.isArrayLiteralExpression(value)) pending.push(...value.elements);
    else if (ts.isSpreadElement(value)) pending.push(value.expression);
    else if (ts.isConditionalExpression(value)) pending.push(value.whenTrue, value.whenFalse);
    else if (ts.isBinaryExpression(value)) pending.push(value.left, value.right);
    else if (ts.isIdentifier(value)) pending.push(...functionsNamed(value, environment, found));
    else if (
      ts.isCallExpression(value) &&
      ts.isPropertyAccessExpression(value.expression) &&
      value.expression.name.text === "bind"
    ) {
      pending.push(value.expression.expression);
    }
  }
  return [...found];
}

function functionsNamed(
  name: ts.Identifier,
  environment: Environment,
  found: ReadonlySet<ts.Node>,
): readonly ts.Node[] {
  // Only functions declared around the use can have captured what the use sees.
  const symbol = environment.resolve(name);
  const nodes: ts.Node[] = [];
  for (const declaration of symbol?.declarations ?? []) {
    if (declaration.getSourceFile() !== name.getSourceFile()) continue;
    if (ts.isFunctionDeclaration(declaration)) nodes.push(declaration);
    else if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
      const value = valueOf(declaration.initializer);
      if (
        ts.isArrowFunction(value) ||
        ts.isFunctionExpression(value) ||
        ts.isObjectLiteralExpression(value)
      )
        nodes.push(value);
    }
  }
  return nodes.filter((node) => !found.has(node as FunctionWithBody));
}

const namesUsed = new WeakMap<ts.Node, ReadonlyMap<string, readonly ts.Node[]>>();

/** The identifiers in a piece of code by their text; `this` counts as a name. */
function namesIn(code: ts.Node): ReadonlyMap<string, readonly ts.Node[]> {
  let names = namesUsed.get(code);
  if (names === undefined) {
    const found = new Map<string, ts.Node[]>();
    const note = (name: string, node: ts.Node): void => {
      const list = found.get(name);
      if (list === undefined) found.set(name, [node]);
      else list.push(node);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) note(node.text, node);
      else if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword)
        note("this", node);
      ts.forEachChild(node, visit);
    };
    visit(code);
    names = found;
    namesUsed.set(code, names);
  }
  return names;
}

/**
 * Whether code refers to one of the variables under which the resource is reachable, itself or
 * through a local function that it names.
 */
export function captures(
  code: ts.Node,
  disjunct: Disjunct,
  environment: Environment,
  depth = 0,
): boolean {
  const names = namesIn(code);
  for (const { root } of disjunct.aliases.values()) {
    if (root === thisRoot) {
      if (names.has("this")) return true;
    } else if (isSymbol(root)) {
      const uses = names.get(root.name);
      if (uses?.some((node) => environment.resolve(node as ts.Identifier) === root) === true) {
        return true;
      }
    }
  }
  return depth < callDepth && usesCapturing(names, disjunct, environment, depth);
}

/** How many local functions are looked through to see what a function reaches. */
const callDepth = 3;

/** The code names a function of the file that captures the resource itself. */
function usesCapturing(
  names: ReadonlyMap<string, readonly ts.Node[]>,
  disjunct: Disjunct,
  environment: Environment,
  depth: number,
): boolean {
  for (const nodes of names.values()) {
    const name = nodes.find((node) => ts.isIdentifier(node) && isValueName(node));
    if (name === undefined || !ts.isIdentifier(name) || !mayNameFunction(name, environment))
      continue;
    for (const closure of closuresIn(name, environment)) {
      const inside = name.pos >= closure.pos && name.end <= closure.end;
      if (!inside && captures(closure, disjunct, environment, depth + 1)) return true;
    }
  }
  return false;
}

function isValueName(node: ts.Identifier): boolean {
  return !ts.isPropertyAccessExpression(node.parent) || node.parent.expression === node;
}

/** Only local functions can have captured a local variable. */
function mayNameFunction(name: ts.Identifier, environment: Environment): boolean {
  const declaration = environment.resolve(name)?.valueDeclaration;
  if (declaration?.getSourceFile() !== name.getSourceFile()) return false;
  if (ts.isFunctionDeclaration(declaration)) return !ts.isSourceFile(declaration.parent);
  return ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined;
}

/** A cheap test, by names only, of whether an argument can have to do with the resource at all. */
export function mentions(
  expression: ts.Expression,
  disjunct: Disjunct,
  environment: Environment,
): boolean {
  if (captures(expression, disjunct, environment)) return true;
  for (const alias of disjunct.aliases.values()) {
    if (isSymbol(alias.root) || alias.root === thisRoot) continue;
    if (alias.root.pos >= expression.pos && alias.root.end <= expression.end) return true;
  }
  return closuresIn(expression, environment).some((closure) =>
    captures(closure, disjunct, environment),
  );
}
