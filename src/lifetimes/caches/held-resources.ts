/**
 * The resources that a cached value is, or holds: by its type, or by the expression that made it.
 */
import ts from "typescript";
import { anyElement, valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { freshFromBodies } from "../../ownership/find-acquisitions.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import { hasReleaseMember } from "../../resources/infer-kind.ts";
import type { ResourceKind } from "../../resources/kind.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { type HeldPart, partsOf } from "../../typescript/held-types.ts";
import { functionAround, isConstant } from "../../typescript/syntax.ts";
import { settledValue } from "../holders/values.ts";

/** A resource in a value; no members when it is the value itself. */
export interface HeldResource {
  readonly kind: ResourceKind;
  readonly members: readonly string[];
  /** In code that is written for any value: the type parameter that stands for what has the resource. */
  readonly parameter?: ts.Type;
}

/** A resource that an expression makes, with the call that does. */
export interface FreshResource extends HeldResource {
  readonly site: CallLike;
}

/**
 * The resources in every value of a type: the value itself, a member of it, or a member of a record in it.
 * Unions are looked through.
 */
export function heldByType(
  type: ts.Type,
  { types, recogniser }: Environment,
): readonly HeldResource[] {
  const found: HeldResource[] = [];
  const note = (kind: ResourceKind | undefined, members: readonly string[]): boolean => {
    if (kind === undefined || !isOwed(kind)) return false;
    if (!found.some((one) => one.kind === kind && one.members.join() === members.join()))
      found.push({ kind, members });
    return true;
  };
  for (const constituent of types.constituents(type)) {
    const part = types.awaited(constituent);
    if (types.isAny(part) || types.isPrimitive(part)) continue;
    if (note(recogniser.kindOfType(part), [])) continue;
    // An entry that can be closed itself says what it does with what it holds.
    if (hasReleaseMember(part, types)) continue;
    for (const { member, type: inner } of partsOf(part, anyElement, types.program)) {
      for (const one of types.constituents(inner)) {
        if (note(recogniser.kindOfType(one), [member]) || hasReleaseMember(one, types)) continue;
        for (const part of membersOfRecord(one))
          for (const deep of types.constituents(part.type))
            note(recogniser.kindOfType(deep), [member, part.member]);
      }
    }
  }
  return found;

  function membersOfRecord(record: ts.Type): readonly HeldPart[] {
    const isList = types.arrayElement(record) !== undefined || types.isPrimitive(record);
    return isList ? [] : partsOf(record, anyElement, types.program);
  }
}

/** The cache has to release it: nothing else does so by itself. */
function isOwed(kind: ResourceKind): boolean {
  return (
    kind.weak !== true &&
    kind.wraps !== true &&
    kind.grade !== "memory" &&
    kind.automatic?.parent !== true &&
    kind.release.length > 0
  );
}

/** The fresh resource that an expression makes, or that the constant it names was made to hold. */
export function freshIn(
  expression: ts.Expression,
  environment: Environment,
  summaries: Summaries,
): readonly FreshResource[] {
  const node = valueOf(expression);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.flatMap((property) => {
      const value = ts.isPropertyAssignment(property)
        ? property.initializer
        : ts.isShorthandPropertyAssignment(property)
          ? property.name
          : undefined;
      const name = property.name !== undefined && "text" in property.name ? property.name.text : "";
      return value === undefined || name === ""
        ? []
        : freshIn(value, environment, summaries)
            .filter(({ members }) => members.length < 2)
            .map(({ kind, site, members }) => ({ kind, site, members: [name, ...members] }));
    });
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    return madeBy(node, environment, summaries);
  }
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].flatMap((arm) => freshIn(arm, environment, summaries));
  }
  // `known ?? open()`, `(file = open())`
  if (ts.isBinaryExpression(node)) return freshIn(node.right, environment, summaries);
  if (!ts.isIdentifier(node)) return [];
  const declaration = environment.resolve(node)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return [];
  // What names another variable is followed no further, unless that is a constant.
  return valuesOf(declaration, environment)
    .map((value) => settledValue(value, environment))
    .filter((value) => !ts.isIdentifier(value))
    .flatMap((value) => freshIn(value, environment, summaries));
}

const assignedValues = new WeakMap<ts.VariableDeclaration, readonly ts.Expression[]>();

/** What a local variable may hold: its initialiser, and what is assigned to it in its function. */
export function valuesOf(
  declaration: ts.VariableDeclaration,
  environment: Environment,
): readonly ts.Expression[] {
  let values = assignedValues.get(declaration);
  if (values === undefined) {
    const found: ts.Expression[] = [];
    if (declaration.initializer !== undefined) found.push(declaration.initializer);
    const scope = functionAround(declaration);
    const name = declaration.name.getText();
    const visit = (node: ts.Node): void => {
      if (
        ts.isBinaryExpression(node) &&
        node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
        ts.isIdentifier(node.left) &&
        node.left.text === name &&
        environment.resolve(node.left)?.valueDeclaration === declaration
      )
        found.push(node.right);
      ts.forEachChild(node, visit);
    };
    if (!isConstant(declaration) && ts.isFunctionLike(scope)) visit(scope);
    values = found;
    assignedValues.set(declaration, values);
  }
  return values;
}

function madeBy(
  call: ts.CallExpression | ts.NewExpression,
  environment: Environment,
  summaries: Summaries,
): readonly FreshResource[] {
  const site = call;
  return environment.recogniser.acquisitions(call).flatMap((one): readonly FreshResource[] => {
    if (one.freshness === "body") {
      return freshFromBodies(call, environment, summaries).flatMap(({ kind, paths }) =>
        isOwed(kind) ? paths.slice(0, 1).map((members) => ({ kind, members, site })) : [],
      );
    }
    if (!isOwed(one.kind)) return [];
    if (one.place === undefined) return [{ kind: one.kind, members: [], site }];
    return "result" in one.place
      ? [{ kind: one.kind, members: one.place.result.split("."), site }]
      : [];
  });
}

/** The expression gives what somebody else has: a member, or what a callback of an event was given. */
export function isLent(expression: ts.Expression, environment: Environment): boolean {
  const node = valueOf(expression);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return true;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.some((property) =>
      ts.isPropertyAssignment(property)
        ? isBorrowedName(property.initializer, environment)
        : ts.isShorthandPropertyAssignment(property) && isBorrowedName(property.name, environment),
    );
  }
  return isCallbackParameter(node, environment);
}

/** Inside an entry, what comes in as a parameter may belong to anybody. */
function isBorrowedName(expression: ts.Expression, environment: Environment): boolean {
  const node = valueOf(expression);
  if (environment.recogniser.kindOfType(environment.types.valueType(node)) === undefined)
    return false;
  if (ts.isPropertyAccessExpression(node)) return true;
  if (!ts.isIdentifier(node)) return false;
  const declaration = environment.resolve(node)?.valueDeclaration;
  return declaration !== undefined && ts.isParameter(declaration);
}

function isCallbackParameter(node: ts.Expression, environment: Environment): boolean {
  if (!ts.isIdentifier(node)) return false;
  const declaration = environment.resolve(node)?.valueDeclaration;
  if (declaration === undefined || !ts.isParameter(declaration)) return false;
  const owner = declaration.parent;
  return (
    (ts.isArrowFunction(owner) || ts.isFunctionExpression(owner)) &&
    (ts.isCallExpression(owner.parent) || ts.isNewExpression(owner.parent)) &&
    !continuesPromise(owner.parent, environment)
  );
}

/** `promise.then((value) => …)` gives what `await promise` would. */
function continuesPromise(
  call: ts.CallExpression | ts.NewExpression,
  { types }: Environment,
): boolean {
  const { expression: callee } = call;
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === "then" &&
    types.isPromise(callee.expression)
  );
}
