/**
 * What holds resources under keys: a cache, a map, a set, an array, a record. And the places of the
 * file that take one out of it.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import type { CacheMethods, RemovalReason } from "../../resources/cache-kind.ts";
import { isFirstAssignment, isLogicalAssignment, skipWrappers } from "../../typescript/syntax.ts";
import { type HeldResource, heldByType } from "./held-resources.ts";
import { methodCallOn } from "../holders/references.ts";

export interface Holder {
  readonly declaration: ts.Declaration | undefined;
  /** Every expression of the file that stands for it. */
  readonly references: readonly ts.Expression[];
  readonly held: HeldResource;
  readonly stores: readonly Store[];
  /** Methods that say whether a key is there, or what is under it. */
  readonly look: readonly string[];
}

/** A place in the code that takes something out of a holder. */
export interface Removal {
  readonly how: Exclude<RemovalReason, "evicted" | "expired" | "collected">;
  /** What happens, as an event of the flow graph where it is one. */
  readonly node: ts.Node;
  readonly key: ts.Expression | undefined;
  /** What is stored, where storing it overwrites. */
  readonly value: ts.Expression | undefined;
}

/** A value that is put into a holder. */
export interface Store {
  readonly node: ts.Node;
  readonly key: ts.Expression | undefined;
  readonly value: ts.Expression;
  readonly call: ts.CallExpression | undefined;
}

/** The expression stands for the holder. */
export function isReference(
  expression: ts.Expression,
  holder: Pick<Holder, "references">,
): boolean {
  const node = skipWrappers(expression);
  return holder.references.some((one) => skipWrappers(one) === node);
}

/** The values that the file stores in what the references stand for. */
export function storesIn(
  references: readonly ts.Expression[],
  methods: CacheMethods,
): readonly Store[] {
  return references.flatMap((reference): readonly Store[] => {
    const called = methodCallOn(reference);
    if (called !== undefined) {
      const { call, method } = called;
      const store = methods.store.find((one) => one.method === method);
      const value = store && call.arguments[store.value];
      if (store === undefined || value === undefined) return [];
      return [{ node: call, key: store.value > 0 ? call.arguments[0] : undefined, value, call }];
    }
    const element = reference.parent;
    if (!ts.isElementAccessExpression(element) || element.expression !== reference) return [];
    const assigned = assignmentTo(element) ?? defaultFor(element);
    return assigned === undefined
      ? []
      : [
          {
            node: assigned,
            key: element.argumentExpression,
            value: assigned.right,
            call: undefined,
          },
        ];
  });
}

/** The places of the file that take something out of what the references stand for. */
export function removalsIn(
  references: readonly ts.Expression[],
  methods: CacheMethods,
  environment: Environment,
): readonly Removal[] {
  const overwriting = storesIn(references, methods).flatMap(
    ({ node, key, value }): readonly Removal[] =>
      ts.isBinaryExpression(node) && isLogicalAssignment(node.operatorToken.kind)
        ? []
        : [{ how: "overwritten", node, key, value }],
  );
  return [
    ...references.flatMap((reference) => removalsAt(reference, methods, environment)),
    ...overwriting,
  ];
}

function removalsAt(
  reference: ts.Expression,
  methods: CacheMethods,
  environment: Environment,
): readonly Removal[] {
  const none: readonly Removal[] = [];
  const called = methodCallOn(reference);
  if (called !== undefined) {
    const { call, method } = called;
    if (methods.clear.includes(method))
      return [{ how: "cleared", node: call, key: undefined, value: undefined }];
    if (!methods.delete.includes(method) || isInHand(call, environment)) return none;
    return [{ how: "deleted", node: call, key: call.arguments[0], value: undefined }];
  }
  const { parent } = reference;
  if (ts.isElementAccessExpression(parent) && parent.expression === reference) {
    return ts.isDeleteExpression(parent.parent)
      ? [{ how: "deleted", node: parent.parent, key: parent.argumentExpression, value: undefined }]
      : none;
  }
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === "length") {
    const assigned = assignmentTo(parent);
    return assigned?.right.getText() === "0"
      ? [{ how: "cleared", node: assigned, key: undefined, value: undefined }]
      : none;
  }
  const replaced = assignmentTo(reference);
  return replaced !== undefined && isEmpty(replaced.right) && !isFirstAssignment(replaced)
    ? [{ how: "cleared", node: replaced, key: undefined, value: undefined }]
    : none;
}

function assignmentTo(target: ts.Expression): ts.BinaryExpression | undefined {
  const { parent } = target;
  return ts.isBinaryExpression(parent) &&
    parent.left === target &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
    ? parent
    : undefined;
}

/** `files[path] ??= open(path)` stores where nothing is, and so takes nothing out. */
function defaultFor(target: ts.Expression): ts.BinaryExpression | undefined {
  const { parent } = target;
  return ts.isBinaryExpression(parent) &&
    parent.left === target &&
    isLogicalAssignment(parent.operatorToken.kind)
    ? parent
    : undefined;
}

/** `new Map()`, `{}`, `[]` */
function isEmpty(expression: ts.Expression): boolean {
  const node = valueOf(expression);
  if (ts.isNewExpression(node)) return (node.arguments?.length ?? 0) === 0;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  return ts.isArrayLiteralExpression(node) && node.elements.length === 0;
}

/** The call gives out what it removed, and somebody takes it. */
function isInHand(call: ts.CallExpression, environment: Environment): boolean {
  if (ts.isExpressionStatement(call.parent) || ts.isVoidExpression(call.parent)) return false;
  return heldByType(environment.types.valueType(call), environment).length > 0;
}
