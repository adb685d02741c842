/**
 * Counted references: values that live until as many references were given back as were taken.
 *
 * The evidence is the pair: a type that declares both members, or a module that exports both
 * functions. One of the two names alone proves nothing.
 */
import ts from "typescript";
import type { Types } from "../typescript/types.ts";
import type { Release, ResourceKind } from "./kind.ts";

/** What takes a reference, and what gives it back. `ref` and `unref` of timers and handles count nothing. */
const pairs: ReadonlyMap<string, readonly string[]> = new Map([
  ["retain", ["release"]],
  ["acquire", ["release"]],
  ["addRef", ["release", "releaseRef", "removeRef", "decRef", "delRef"]],
  ["AddRef", ["Release"]],
  ["addReference", ["release", "releaseReference", "removeReference"]],
  ["incRef", ["decRef"]],
  ["incRefCount", ["decRefCount"]],
]);

/** A value derived from a counted one that has a reference of its own: `retainedSlice`, `readRetainedSlice`. */
const retainingName = /^(?:retained|[a-z]+Retained)[A-Z]/;

/** The kind of the values of a type, when the type counts its references. */
export function kindOfCounted(type: ts.Type, types: Types): ResourceKind | undefined {
  for (const [take, gives] of pairs) {
    if (!isMethod(type, take, types)) continue;
    const release = gives.filter((give) => isPlainMethod(type, give, types));
    if (release.length > 0) return countedKind(types.display(type), asMethods(release));
  }
  return undefined;
}

/** `buffer.retain()`: the member takes one more reference of its receiver. */
export function kindOfTaken(
  call: ts.CallExpression,
  receiver: ts.Expression,
  name: string,
  types: Types,
): ResourceKind | undefined {
  const gives = pairs.get(name);
  if (gives === undefined) return undefined;
  const type = types.valueType(receiver);
  if (types.isAny(type) || types.isPromise(call)) return undefined;
  const release = gives.filter((give) => isPlainMethod(type, give, types));
  if (release.length === 0) return undefined;
  // A pool or a lock gives out something else than itself.
  const result = types.typeOf(call);
  const isSame =
    types.isPrimitive(result) ||
    types.classSymbols(result).some((symbol) => types.classSymbols(type).includes(symbol));
  return isSame ? countedKind(types.display(type), asMethods(release)) : undefined;
}

/** A call of the name may take a reference: what cannot be asked for the types is told by the name. */
export function mayTakeReference(name: string): boolean {
  if (pairs.has(name) || isRetainingName(name)) return true;
  return [...pairs.keys()].some(
    (take) => name.startsWith(take) && /^[A-Z]/.test(name.slice(take.length)),
  );
}

/** The name says that the value a call derives has a reference of its own; its type must agree. */
export function isRetainingName(name: string): boolean {
  return retainingName.test(name);
}

/**
 * `acquireContext()` of a module that exports `releaseContext` too.
 *
 * @param symbol of the function that is called
 */
export function kindOfTakingFunction(symbol: ts.Symbol, types: Types): ResourceKind | undefined {
  const name = ts.unescapeLeadingUnderscores(symbol.escapedName);
  for (const [take, gives] of pairs) {
    if (!name.startsWith(take) || !/^[A-Z]/.test(name.slice(take.length))) continue;
    const [declared] = types.declaredNames(symbol);
    if (declared?.name !== name || declared.origin === "global") return undefined;
    const release = gives.flatMap((give): Release[] => {
      const other = types.siblingFunction(symbol, give + name.slice(take.length));
      if (other === undefined) return [];
      const named = { module: declared.module, name: give + name.slice(take.length) };
      return [{ ...named, argument: other.parameters.length === 0 ? "none" : 0 }];
    });
    if (release.length > 0) return countedKind(name.slice(take.length), release);
  }
  return undefined;
}

/** A new object of the class has a reference already: the counter that taking one raises starts above zero. */
export function startsTaken(declaration: ts.ClassLikeDeclaration): boolean {
  const counters = declaration.members.flatMap((member) =>
    ts.isPropertyDeclaration(member) &&
    member.initializer !== undefined &&
    ts.isNumericLiteral(member.initializer) &&
    Number(member.initializer.text) > 0
      ? [member.name.getText()]
      : [],
  );
  return declaration.members.some(
    (member) =>
      ts.isMethodDeclaration(member) &&
      pairs.has(member.name.getText()) &&
      member.body !== undefined &&
      counters.some((counter) => raises(member, counter)),
  );
}

/** `this.counter++`, `this.counter += n` */
function raises(method: ts.MethodDeclaration, counter: string): boolean {
  const isCounter = (node: ts.Expression): boolean =>
    ts.isPropertyAccessExpression(node) &&
    node.expression.kind === ts.SyntaxKind.ThisKeyword &&
    node.name.text === counter;
  const visit = (node: ts.Node): boolean => {
    if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.PlusPlusToken && isCounter(node.operand)) return true;
    }
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken &&
      isCounter(node.left)
    )
      return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(method);
}

function isMethod(type: ts.Type, name: string, types: Types): boolean {
  const member = types.memberType(type, name);
  return member !== undefined && types.isCallable(member);
}

/** It needs not be told which reference: a pool's `release(connection)` gives back something else. */
function isPlainMethod(type: ts.Type, name: string, types: Types): boolean {
  const member = types.member(type, name);
  return member !== undefined && isMethod(type, name, types) && !types.needsArguments(member);
}

function asMethods(names: readonly string[]): readonly Release[] {
  return names.map((method) => ({ method }));
}

function countedKind(label: string, release: readonly Release[]): ResourceKind {
  return {
    id: `counted.${label}`,
    label: `${label} reference`,
    grade: "must",
    duty: "free",
    counted: true,
    acquire: [],
    release,
    source: "https://netty.io/wiki/reference-counted-objects.html",
  };
}
