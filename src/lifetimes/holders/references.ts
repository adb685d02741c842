/**
 * Where a variable, a field or the instances of a class are used in a file.
 */
import ts from "typescript";
import {
  isDefault,
  isWrapper,
  skipWrappers,
  storesOperand,
  withWrappers,
} from "../../typescript/syntax.ts";
import { type Name, nodesIn } from "../../typescript/nodes-in-file.ts";
import type { Environment } from "../../ownership/environment.ts";

/**
 * The expressions that may stand for what a variable or field holds, by name alone: the cheap question
 * before {@link referencesTo}.
 */
export function namesakesOf(declaration: ts.Declaration): readonly ts.Expression[] {
  const own = ts.getNameOfDeclaration(declaration);
  if (own === undefined || !(ts.isIdentifier(own) || ts.isPrivateIdentifier(own))) return [];
  const names = nodesIn(declaration.getSourceFile()).names.get(own.text) ?? [];
  return names.flatMap((name): readonly ts.Expression[] => {
    if (name === own) return [];
    if (ts.isPropertyAccessExpression(name.parent) && name.parent.name === name)
      return [withWrappers(name.parent)];
    return ts.isIdentifier(name) && isValue(name) ? [withWrappers(name)] : [];
  });
}

/**
 * The expressions in the declaring file that stand for what a variable or field holds: `cache`,
 * `this.cache`, with the parentheses and casts around them.
 */
export function referencesTo(
  declaration: ts.Declaration,
  environment: Environment,
): readonly ts.Expression[] {
  const own = ts.getNameOfDeclaration(declaration);
  if (own === undefined || !(ts.isIdentifier(own) || ts.isPrivateIdentifier(own))) return [];
  return nameReferences(own.text, declaration, declaration.getSourceFile(), environment);
}

/** The expressions of a file that stand for what is declared, under the given name. */
export function nameReferences(
  text: string,
  declaration: ts.Declaration,
  file: ts.SourceFile,
  environment: Environment,
): readonly ts.Expression[] {
  const own = ts.getNameOfDeclaration(declaration);
  const names = nodesIn(file).names.get(text) ?? [];
  return names.flatMap((name): readonly ts.Expression[] => {
    if (name === own) return [];
    const { parent } = name;
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name;
    if (ts.isPrivateIdentifier(name) && !isMember) return [];
    if (!isMember && !isValue(name)) return [];
    if (environment.types.symbolAt(name)?.declarations?.includes(declaration) !== true) return [];
    if (isMember) return [withWrappers(parent)];
    return ts.isIdentifier(name) ? [withWrappers(name)] : [];
  });
}

/** The names that a file takes a member out under: `rooms` for `const { rooms } = this`. */
export function destructuringsOf(
  declaration: ts.Declaration,
  environment: Environment,
): readonly ts.BindingElement[] {
  const own = ts.getNameOfDeclaration(declaration);
  if (own === undefined || !ts.isIdentifier(own)) return [];
  const names = nodesIn(declaration.getSourceFile()).names.get(own.text) ?? [];
  return names.flatMap((name): readonly ts.BindingElement[] => {
    const element = name.parent;
    if (!ts.isBindingElement(element) || (element.propertyName ?? element.name) !== name) return [];
    if (!ts.isObjectBindingPattern(element.parent)) return [];
    const { types } = environment;
    const member = types.member(types.typeOf(element.parent), own.text);
    return member?.declarations?.includes(declaration) === true ? [element] : [];
  });
}

/** The name stands for a value: it is not the key of a property, nor part of a type. */
function isValue(name: Name): boolean {
  const { parent } = name;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === name;
  if (ts.isBindingElement(parent)) return parent.initializer === name;
  return !(
    ts.isTypeNode(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isExportSpecifier(parent) ||
    isDeclaredBy(name, parent)
  );
}

/** The name of another declaration of the same thing: an overload, an implementation. */
function isDeclaredBy(name: Name, parent: ts.Node): boolean {
  if (ts.isFunctionLike(parent) || ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent))
    return parent.name === name;
  return false;
}

/** `this` and `super` as receivers in the methods of a class. */
export function selfReferences(declaration: ts.ClassLikeDeclaration): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) && node !== declaration) return;
    if (
      ts.isPropertyAccessExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ThisKeyword ||
        node.expression.kind === ts.SyntaxKind.SuperKeyword)
    )
      found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found;
}

/** `open()`: the call whose callee a reference is. */
export function callThrough(reference: ts.Expression): ts.CallExpression | undefined {
  const node = withWrappers(reference);
  const { parent } = node;
  return ts.isCallExpression(parent) && parent.expression === node ? parent : undefined;
}

/** A method called on a reference. */
export interface MethodCall {
  readonly call: ts.CallExpression;
  readonly method: string;
}

/** `cache.set(…)`: the call of a method of the referenced object; undefined for any other use. */
export function methodCallOn(reference: ts.Expression): MethodCall | undefined {
  const node = withWrappers(reference);
  const access = node.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== node) return undefined;
  const call = access.parent;
  return ts.isCallExpression(call) && skipWrappers(call.expression) === access
    ? { call, method: access.name.text }
    : undefined;
}

/** The variable, field or property that is bound to the value of an expression. */
export function boundDeclaration(
  expression: ts.Expression,
  environment: Environment,
): ts.Declaration | undefined {
  let node: ts.Node = expression;
  for (;;) {
    const { parent }: ts.Node = node;
    if (
      isWrapper(parent) ||
      ts.isAwaitExpression(parent) ||
      (ts.isBinaryExpression(parent) && isDefault(parent.operatorToken.kind))
    ) {
      node = parent;
    } else if (
      ts.isPropertyAccessExpression(parent) &&
      ts.isCallExpression(parent.parent) &&
      environment.types.returnsThis(parent.parent)
    ) {
      node = parent.parent;
    } else break;
  }
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) {
    return ts.isIdentifier(parent.name) || ts.isPrivateIdentifier(parent.name) ? parent : undefined;
  }
  if (ts.isPropertyAssignment(parent)) return parent;
  if (!ts.isBinaryExpression(parent) || parent.right !== node) return undefined;
  if (!storesOperand(parent.operatorToken.kind)) return undefined;
  const target = skipWrappers(parent.left);
  if (ts.isPropertyAccessExpression(target))
    return environment.types.symbolAt(target.name)?.valueDeclaration;
  return ts.isIdentifier(target) ? environment.resolve(target)?.valueDeclaration : undefined;
}
