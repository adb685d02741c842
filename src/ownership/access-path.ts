/**
 * Access paths: the names under which a resource can be reached.
 *
 * A path is a root and at most {@link maximalLength} members. The root is a variable, `this`, or the
 * expression whose value it is (a temporary). Longer paths are not tracked.
 */
import ts from "typescript";
import { anyElement } from "../flow/build-graph.ts";
import { valueOf } from "../flow/graph.ts";

export type Root = ts.Symbol | ts.Node;

export interface AccessPath {
  readonly root: Root;
  readonly members: readonly string[];
}

export const maximalLength = 3;

/** Stands for the one `this` of a function. */
export const thisRoot = { kind: "this" } as unknown as ts.Node;

/**
 * Stands for the name under which a caller has what it hands in: no assignment in the function that
 * is called takes it away.
 */
export const callerRoot = { kind: "caller" } as unknown as ts.Node;

export function isSymbol(root: Root): root is ts.Symbol {
  return "escapedName" in root;
}

const ids = new WeakMap<Root, number>();
let nextId = 1;

/** A number that tells roots apart; it carries no order that a result may depend on. */
export function idOf(root: Root): number {
  let id = ids.get(root);
  if (id === undefined) {
    id = nextId++;
    ids.set(root, id);
  }
  return id;
}

export function keyOf(path: AccessPath): string {
  return path.members.length === 0
    ? String(idOf(path.root))
    : `${String(idOf(path.root))}.${path.members.join(".")}`;
}

export function extend(path: AccessPath, members: readonly string[]): AccessPath {
  return members.length === 0 ? path : { root: path.root, members: [...path.members, ...members] };
}

/** The members of `path` behind `prefix`, or undefined when `prefix` does not lead to it. */
export function behind(prefix: AccessPath, path: AccessPath): readonly string[] | undefined {
  if (prefix.root !== path.root || prefix.members.length > path.members.length) return undefined;
  for (const [index, member] of prefix.members.entries()) {
    if (!sameMember(member, path.members[index] ?? "")) return undefined;
  }
  return path.members.slice(prefix.members.length);
}

/**
 * Any element of a collection may be the element with a given index or key, and `all[key]` any member
 * of a record. What was stored under a key that is not known is found under a name by elements alone.
 */
function sameMember(sought: string, stored: string): boolean {
  if (sought === stored) return true;
  return (
    (sought === anyElement && !stored.startsWith("#")) ||
    (stored === anyElement && isElement.test(sought))
  );
}

const isElement = /^(?:\d+$|:)/;

/** The element of a map under a key: a literal names one element, anything else some element. */
export function elementAt(key: ts.Expression | undefined): string {
  return key !== undefined && (ts.isStringLiteralLike(key) || ts.isNumericLiteral(key))
    ? `:${key.text}`
    : anyElement;
}

/** Resolves the names in an expression; asked only for identifiers. */
export type ResolveName = (identifier: ts.Identifier) => ts.Symbol | undefined;

/**
 * The path an expression denotes: `a.b` is the member `b` of the variable `a`; anything that is not
 * a name, `this` or a member of a path is the root of its own value.
 */
export function pathOf(
  expression: ts.Expression | ts.ParameterDeclaration,
  resolve: ResolveName,
): AccessPath {
  if (ts.isParameter(expression)) return { root: expression, members: [] };
  const members: string[] = [];
  let node = valueOf(expression);
  // `process.kill(-child.pid)` means the child and the processes it started.
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken)
    node = valueOf(node.operand);
  for (;;) {
    if (ts.isPropertyAccessExpression(node)) {
      members.unshift(node.name.text);
      node = valueOf(node.expression);
    } else if (ts.isElementAccessExpression(node)) {
      const key = node.argumentExpression;
      members.unshift(
        ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : anyElement,
      );
      node = valueOf(node.expression);
    } else break;
  }
  if (ts.isIdentifier(node)) {
    const symbol = resolve(node);
    return { root: symbol ?? node, members };
  }
  if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword)
    return { root: thisRoot, members };
  return { root: node, members };
}
