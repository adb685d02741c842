/**
 * Fields for handles that can do nothing but release something, `IDisposable` and its like: a class that has
 * a member which ends it and keeps them, and does nothing more with them, has forgotten to.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import { isReleaseName } from "../resources/infer-kind.ts";
import type { ResourceKind } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import { saysItWasThere } from "../resources/verbs.ts";
import { isPrivate, isStatic } from "../typescript/modifiers.ts";
import type { Types } from "../typescript/types.ts";
import type { Environment } from "./environment.ts";
import type { Owner } from "./field-verdicts.ts";
import type { Forgotten } from "./sibling-fields.ts";

type HandleField = ts.PropertyDeclaration & {
  readonly name: ts.Identifier | ts.PrivateIdentifier;
  readonly type: ts.TypeNode;
};

/** By syntax alone: a private field has a named type. */
export function mayKeepHandles(declaration: ts.ClassLikeDeclaration): boolean {
  return declaration.members.some(isCandidate);
}

function isCandidate(member: ts.ClassElement): member is HandleField {
  return (
    ts.isPropertyDeclaration(member) &&
    (ts.isIdentifier(member.name) || ts.isPrivateIdentifier(member.name)) &&
    member.type !== undefined &&
    isPrivate(member) &&
    !isStatic(member) &&
    mayBeHandle(member.type)
  );
}

/**
 * Private fields of a class with handles that nobody uses any more.
 *
 * @returns none where no member ends the instances of the class
 */
export function keptHandles(
  declaration: ts.ClassLikeDeclaration,
  owner: Owner,
  { types }: Environment,
): readonly Forgotten[] {
  const fields = declaration.members.filter(isCandidate);
  if (fields.length === 0) return [];
  const method = owner.members.find(
    (member) => owner.ends(member) && !types.returnsValue(member.code),
  );
  if (method === undefined) return [];
  return fields.flatMap(({ name, type }): readonly Forgotten[] => {
    const handle = handleIn(types.nonNullable(types.declaredBy(type)), types);
    const values = handle && valuesOnlyKept(name.text, declaration);
    const site = values && firstMade(values);
    if (handle === undefined || site === undefined) return [];
    const field = { name: name.text, kind: handleKind(handle, types), site };
    return [{ field, fault: { fault: "forgotten", method, strength: "sure" } }];
  });
}

/** By syntax: a named type, or a list of one. */
function mayBeHandle(type: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.some(mayBeHandle);
  if (ts.isArrayTypeNode(type)) return mayBeHandle(type.elementType);
  return ts.isTypeReferenceNode(type);
}

/** The type itself, or that of the elements of a list. */
function handleIn(type: ts.Type, types: Types): ts.Type | undefined {
  if (isHandle(type, types)) return type;
  const element = types.arrayElement(type);
  return element !== undefined && isHandle(element, types) ? element : undefined;
}

/** All that the type has releases. */
function isHandle(type: ts.Type, types: Types): boolean {
  if (types.isAny(type) || !types.isObject(type) || types.isCallable(type)) return false;
  const members = types.members(type);
  return (
    members.length > 0 &&
    members.length < 4 &&
    members.every(({ name }) => isReleaseName(name) || /^__@(?:asyncD|d)ispose/.test(name))
  );
}

/**
 * What the class puts into a field, or into the list in it; undefined where it does more with the field
 * than to fill and to empty it.
 */
function valuesOnlyKept(
  name: string,
  declaration: ts.ClassLikeDeclaration,
): readonly ts.Expression[] | undefined {
  const values: ts.Expression[] = [];
  const doesMore = (node: ts.Node): boolean => {
    if (ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === name)
      return true;
    if (ts.isElementAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword)
      return true;
    if (ts.isPropertyAccessExpression(node) && node.name.text === name) {
      const kept = keptBy(node);
      if (kept === undefined) return true;
      values.push(...kept);
    }
    return ts.forEachChild(node, doesMore) ?? false;
  };
  return doesMore(declaration) ? undefined : values;
}

/** `this.f = value`, `this.f.push(value)`, `this.f.length = 0`, `for (const one of this.f) {}` */
function keptBy(field: ts.PropertyAccessExpression): readonly ts.Expression[] | undefined {
  if (field.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const { parent } = field;
  if (ts.isBinaryExpression(parent) && parent.left === field)
    return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isExpressionStatement(parent.parent)
      ? [parent.right]
      : undefined;
  if (ts.isForOfStatement(parent) && parent.expression === field)
    return ts.isBlock(parent.statement) && parent.statement.statements.length === 0
      ? []
      : undefined;
  if (!ts.isPropertyAccessExpression(parent)) return undefined;
  const outer = parent.parent;
  if (parent.name.text === "length" && ts.isBinaryExpression(outer) && outer.left === parent)
    return [];
  if (!ts.isCallExpression(outer) || outer.expression !== parent) return undefined;
  return parent.name.text === "push" && ts.isExpressionStatement(outer.parent)
    ? outer.arguments
    : undefined;
}

/** The first call that makes a handle for the field: what was there before is somebody else's. */
function firstMade(values: readonly ts.Expression[]): CallLike | undefined {
  const plain = values.map(valueOf);
  return plain.find((value): value is CallLike => {
    if (ts.isNewExpression(value)) return true;
    if (!ts.isCallExpression(value)) return false;
    const callee = valueOf(value.expression);
    const name = ts.isIdentifier(callee)
      ? callee.text
      : ts.isPropertyAccessExpression(callee)
        ? callee.name.text
        : undefined;
    return name !== undefined && !saysItWasThere(name);
  });
}

function handleKind(type: ts.Type, types: Types): ResourceKind {
  const label = types.display(type);
  return {
    id: `handle.${label}`,
    label,
    grade: "should",
    duty: "close",
    acquire: [],
    release: types
      .members(type)
      .flatMap(({ name }) => (isReleaseName(name) ? [{ method: name }] : [])),
    releasedWhen: [],
    source: "",
  };
}
