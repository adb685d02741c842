/**
 * Places: whose graph code belongs to, and which variables die with the function that is followed.
 */
import ts from "typescript";
import { anyElement, valueOf } from "../flow/graph.ts";
import { isInside, isLoopVariable, isNothing } from "../typescript/syntax.ts";
import { type AccessPath, isSymbol, type Root, thisRoot } from "./access-path.ts";
import type { Environment } from "./environment.ts";
import type { Tracked } from "./tracking.ts";

/** The root is a value or a variable of this very function, so what it holds dies with the call. */
export function isLocalRoot(root: Root, tracked: Tracked, inConstructor: boolean): boolean {
  if (tracked.fieldRoots?.has(root) === true) return true;
  if (root === thisRoot) return inConstructor;
  if (!isSymbol(root)) return true;
  const { declarations } = root;
  const { graph } = tracked;
  return (
    declarations?.some((declaration) => {
      const owner = enclosingFunction(declaration, graph.inlined);
      return owner === graph.unit && !ts.isSourceFile(owner);
    }) === true
  );
}

/**
 * A member of a local object that this function made from a literal, or of `this` in a constructor, or
 * a field of an owner, or an element of it: what is set on an object in a field has that one for owner.
 */
export function isOwnContainer(path: AccessPath, { fieldRoots }: Tracked): boolean {
  const root = fieldRoots?.get(path.root);
  if (root !== undefined) {
    const inner = root === "variable" ? path.members : path.members.slice(1);
    return inner.every((member) => member === anyElement);
  }
  if (path.root === thisRoot) return true;
  // `registry.get(key)!.socket = r`: what a call gives is somebody else's.
  if (!isSymbol(path.root)) return !ts.isCallExpression(path.root);
  const declaration = path.root.declarations?.find(ts.isVariableDeclaration);
  const { initializer } = declaration ?? {};
  if (initializer === undefined) return false;
  return ts.isObjectLiteralExpression(initializer) || ts.isArrayLiteralExpression(initializer);
}

/** Methods of lists whose result is a new list, and what makes a list of something else. */
const listMaking =
  /^(?:map|filter|slice|concat|flat|flatMap|splice|sort|reverse|fill|toSorted|toReversed|toSpliced|with|from|of|values|all|allSettled)$/;

/**
 * The function made the collection itself, so that it dies with the call: not one that was looked up, is
 * an element or a part of something, or came out of a call (`registry.get(key)?.push(r)` through a variable).
 */
export function isOwnCollection(
  { root }: AccessPath,
  { tracked, environment }: { readonly tracked: Tracked; readonly environment: Environment },
): boolean {
  if (tracked.fieldRoots?.has(root) === true) return true;
  if (!isSymbol(root)) return !ts.isCallExpression(root) || isMade(root, environment);
  const { valueDeclaration: declaration } = root;
  if (declaration === undefined) return true;
  if (ts.isBindingElement(declaration)) return false;
  if (!ts.isVariableDeclaration(declaration)) return true;
  if (isLoopVariable(declaration)) return false;
  return declaration.initializer === undefined || isMade(declaration.initializer, environment);
}

function isMade(value: ts.Expression, environment: Environment): boolean {
  const node = valueOf(value);
  if (ts.isConditionalExpression(node))
    return isMade(node.whenTrue, environment) && isMade(node.whenFalse, environment);
  if (ts.isBinaryExpression(node))
    return isMade(node.left, environment) && isMade(node.right, environment);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return false;
  if (ts.isCallExpression(node))
    return listMaking.test(environment.recogniser.nameOfCallee(node.expression) ?? "");
  if (!ts.isIdentifier(node)) return true;
  const declaration = environment.resolve(node)?.valueDeclaration;
  if (declaration === undefined) return isNothing(node);
  return (
    ts.isVariableDeclaration(declaration) &&
    (declaration.initializer === undefined || isMade(declaration.initializer, environment))
  );
}

/**
 * `const image = new Image(); image.src = url`: a member that the platform declares, of an object that
 * this function made, shows the value and releases nothing.
 *
 * @param path what the target denotes
 */
export function isShownByOwnElement(
  target: ts.Expression,
  path: AccessPath,
  environment: Environment,
): boolean {
  if (!ts.isPropertyAccessExpression(target) || !isSymbol(path.root)) return false;
  const made = path.root.declarations?.find(ts.isVariableDeclaration)?.initializer;
  if (made === undefined) return false;
  const { recogniser, types } = environment;
  const isMade =
    ts.isNewExpression(made) ||
    (ts.isCallExpression(made) &&
      recogniser.nameOfCallee(made.expression) === "createElement" &&
      recogniser.isStandardMember(made.expression, "Document.createElement"));
  if (!isMade) return false;
  const member = types.symbolAt(target.name);
  return (
    member !== undefined && types.declaredNames(member).every(({ origin }) => origin === "global")
  );
}

function isInitialisedBy({ initializer }: ts.PropertyDeclaration, child: ts.Node): boolean {
  return initializer !== undefined && initializer === child;
}

/** The function, static block, initialiser or file whose graph the node's events belong to. */
export function enclosingFunction(node: ts.Node, inlined: ReadonlySet<ts.Node>): ts.Node {
  // The members of an imported module belong to a declaration that is a whole file.
  if (ts.isSourceFile(node)) return node;
  let child = node;
  let current: ts.Node = node.parent;
  while (!ts.isSourceFile(current)) {
    if (
      (ts.isFunctionLike(current) && !inlined.has(current)) ||
      ts.isClassStaticBlockDeclaration(current)
    )
      return current;
    if (ts.isPropertyDeclaration(current) && isInitialisedBy(current, child)) return current;
    child = current;
    current = current.parent;
  }
  return current;
}

/** The variable is declared inside the code. */
export function declaredIn(symbol: ts.Symbol, unit: ts.Node): boolean {
  return symbol.declarations?.some((declaration) => isInside(declaration, unit)) === true;
}
