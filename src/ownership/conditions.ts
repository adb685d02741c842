/**
 * What a decided condition says: about the resource (null, of which type, already released) and
 * about conditions decided before (guards).
 *
 * All spellings of one question get one answer: `r`, `r != null`, `r !== undefined`, `typeof r ===
 * "object"`, `r instanceof X`, a type guard, `!r.closed`.
 */
import ts from "typescript";
import type { EdgeCondition } from "../flow/graph.ts";
import { valueOf } from "../flow/graph.ts";
import { isNothing, isZero } from "../typescript/syntax.ts";
import { type AccessPath, pathOf, type ResolveName } from "./access-path.ts";
import { expressionKey, isLiteralLike, pathKey } from "./condition-keys.ts";
import { constantTest } from "./constant-tests.ts";
import { type Disjunct, hasAlias, reaches, withGuard } from "./obligation-state.ts";

export interface ConditionContext {
  readonly resolve: ResolveName;
  readonly isTypeGuard: (call: ts.CallExpression) => boolean;
  /** What `typeof` says of the resource, where that is known. */
  readonly typeOf?: string | undefined;
  /** Methods by which the resource is released. */
  readonly releaseMethods?: readonly string[];
  /** Boolean members of the resource that tell it is released. */
  readonly releasedWhen: readonly string[];
  /** The expression names the global class of the resource: `window.ImageBitmap`. */
  readonly isFeature?: (expression: ts.Expression) => boolean;
  /** The type of an expression rules out null and undefined. */
  readonly isAlwaysThere?: (expression: ts.Expression) => boolean;
  /** What a call lists the keys of: `all` for `Object.keys(all)`. */
  readonly listedByKey?: (listing: ts.Expression) => ts.Expression | undefined;
  /** What a loop puts into collections. */
  readonly storedByLoop?: (loop: ts.Node) => readonly ts.Expression[];
}

/** The disjunct on an edge, or undefined when it cannot take the edge. */
export function refine(
  disjunct: Disjunct,
  condition: EdgeCondition,
  context: ConditionContext,
): Disjunct | undefined {
  switch (condition.kind) {
    case "truthy":
      return decide(disjunct, condition.test, condition.is, context);
    case "nullish": {
      const path = pathOf(condition.test, context.resolve);
      if (
        condition.is &&
        (reaches(disjunct, path) ||
          isOwnRelease(disjunct, path, context) ||
          isOwnMethod(disjunct, path, condition.test, context))
      )
        return undefined;
      return guard(
        disjunct,
        pathKey(path),
        condition.is ? false : undefined,
        `${pathKey(path)}==null`,
        condition.is,
      );
    }
    case "case":
      return decideEqual(disjunct, condition.subject, condition.label, true, context);
    case "element": {
      const { loop, is } = condition;
      // `for (const id of ids) all.set(id, r)`: who wants it kept under some keys has at least one.
      const isKept = context
        .storedByLoop?.(loop)
        .some((value) => hasAlias(disjunct, pathOf(value, context.resolve)));
      return isKept === true
        ? turned(disjunct, loop, is)
        : turn(disjunct, loop, loop.expression, is, context);
    }
  }
}

/** `r.return?.()`, `if (r.close)`: the resource has the methods by which it is released. */
function isOwnRelease(disjunct: Disjunct, path: AccessPath, context: ConditionContext): boolean {
  const last = path.members.at(-1);
  if (last === undefined || context.releaseMethods?.includes(last) !== true) return false;
  return hasAlias(disjunct, { root: path.root, members: path.members.slice(0, -1) });
}

/** `timer.unref?.()`, for other platforms: by its type the resource has the method. */
function isOwnMethod(
  disjunct: Disjunct,
  path: AccessPath,
  test: ts.Expression,
  { isAlwaysThere }: ConditionContext,
): boolean {
  if (path.members.length === 0 || isAlwaysThere === undefined) return false;
  const owner = { root: path.root, members: path.members.slice(0, -1) };
  return hasAlias(disjunct, owner) && isAlwaysThere(test);
}

/** A collection that holds the resource is not empty: its loop is not left before the first turn. */
function turn(
  disjunct: Disjunct,
  loop: ts.Node,
  collection: ts.Expression,
  enters: boolean,
  context: ConditionContext,
): Disjunct | undefined {
  const listed = context.listedByKey?.(collection);
  const path = pathOf(listed ?? collection, context.resolve);
  if (!reaches(disjunct, path) || hasAlias(disjunct, path)) return disjunct;
  return turned(disjunct, loop, enters);
}

/** The loop is not left before its first turn. */
function turned(disjunct: Disjunct, loop: ts.Node, enters: boolean): Disjunct | undefined {
  const key = `turn@${String(loop.pos)}`;
  if (enters) return withGuard(disjunct, key, true);
  return disjunct.guards.get(key) === true ? disjunct : undefined;
}

function decide(
  disjunct: Disjunct,
  test: ts.Expression,
  is: boolean,
  context: ConditionContext,
): Disjunct | undefined {
  const node = valueOf(test);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return decide(disjunct, node.operand, !is, context);
  }
  if (ts.isBinaryExpression(node)) return decideBinary(disjunct, node, is, context);
  if (ts.isCallExpression(node)) return decideCall(disjunct, node, is, context);
  const counted = lengthOf(node);
  if (counted !== undefined) {
    const turned = turn(disjunct, node, counted, is, context);
    if (turned !== disjunct) return turned;
  }
  const path = pathOf(node, context.resolve);
  if (!is && (reaches(disjunct, path) || isOwnRelease(disjunct, path, context))) return undefined;
  if (!is && context.isFeature?.(node) === true) return undefined;
  if (is && tellsReleased(disjunct, path, context)) return undefined;
  const meaning = ts.isIdentifier(node) ? constantTest(node, context.resolve) : undefined;
  if (meaning !== undefined && decide(disjunct, meaning, is, context) === undefined)
    return undefined;
  return guard(disjunct, pathKey(path), is, is ? `${pathKey(path)}==null` : undefined, false);
}

function decideBinary(
  disjunct: Disjunct,
  node: ts.BinaryExpression,
  is: boolean,
  context: ConditionContext,
): Disjunct | undefined {
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return decideEqual(disjunct, node.left, node.right, is, context);
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return decideEqual(disjunct, node.left, node.right, !is, context);
    case ts.SyntaxKind.InstanceOfKeyword:
      return !is && reaches(disjunct, pathOf(node.left, context.resolve)) ? undefined : disjunct;
    case ts.SyntaxKind.EqualsToken:
      return decide(disjunct, node.left, is, context);
    default: {
      const counted = countedCollection(node);
      if (counted !== undefined) {
        const turned = turn(disjunct, node, counted, is, context);
        if (turned !== disjunct) return turned;
      }
      const key = expressionKey(node, context.resolve);
      return key === undefined ? disjunct : guard(disjunct, key, is);
    }
  }
}

/** `left === right`, or that it is not. */
function decideEqual(
  disjunct: Disjunct,
  left: ts.Expression,
  right: ts.Expression,
  equal: boolean,
  context: ConditionContext,
): Disjunct | undefined {
  const [subject, literal] = isLiteralLike(valueOf(left))
    ? [valueOf(right), valueOf(left)]
    : [valueOf(left), valueOf(right)];
  if (isNothing(literal)) {
    const path = pathOf(subject, context.resolve);
    if (equal && reaches(disjunct, path)) return undefined;
    return guard(
      disjunct,
      pathKey(path),
      equal ? false : undefined,
      `${pathKey(path)}==null`,
      equal,
    );
  }
  if (literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword) {
    return decide(
      disjunct,
      subject,
      equal === (literal.kind === ts.SyntaxKind.TrueKeyword),
      context,
    );
  }
  if (ts.isTypeOfExpression(subject) && ts.isStringLiteralLike(literal)) {
    const isAbsent = (literal.text === "undefined") === equal;
    if (isAbsent && context.isFeature?.(subject.expression) === true) return undefined;
    const path = pathOf(subject.expression, context.resolve);
    if (!hasAlias(disjunct, path)) return disjunct;
    const possible = equal ? !neverTypeof.has(literal.text) : literal.text !== context.typeOf;
    return possible ? disjunct : undefined;
  }
  if (isUnsettledValue(disjunct, subject, literal, equal, context)) return undefined;
  const counted = isZero(literal) ? lengthOf(subject) : undefined;
  if (counted !== undefined && turn(disjunct, subject, counted, !equal, context) === undefined)
    return undefined;
  if (equal && comparesWithNothing(disjunct, subject, literal, context)) return undefined;
  const subjectKey = expressionKey(subject, context.resolve);
  const literalKey = expressionKey(literal, context.resolve);
  if (subjectKey === undefined || literalKey === undefined) return disjunct;
  const key = `${subjectKey}===${literalKey}`;
  if (equal && isLiteralLike(literal)) {
    // Being one constant excludes every other.
    for (const [other, value] of disjunct.guards) {
      if (value && other !== key && other.startsWith(`${subjectKey}===`)) return undefined;
    }
  }
  return guard(disjunct, key, equal);
}

/** `i < list.length`, `list.length > 0` */
function countedCollection(node: ts.BinaryExpression): ts.Expression | undefined {
  const left = valueOf(node.left);
  const right = valueOf(node.right);
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.LessThanToken:
      return lengthOf(right);
    case ts.SyntaxKind.GreaterThanToken:
      return isZero(right) ? lengthOf(left) : undefined;
    default:
      return undefined;
  }
}

function lengthOf(node: ts.Expression): ts.Expression | undefined {
  return ts.isPropertyAccessExpression(node) && /^(?:length|size)$/.test(node.name.text)
    ? node.expression
    : undefined;
}

/** A settled promise has its value only when `status` is `fulfilled`. */
function isUnsettledValue(
  disjunct: Disjunct,
  subject: ts.Expression,
  literal: ts.Expression,
  equal: boolean,
  context: ConditionContext,
): boolean {
  if (!ts.isPropertyAccessExpression(subject) || subject.name.text !== "status") return false;
  if (!ts.isStringLiteralLike(literal) || !/^(?:fulfilled|rejected)$/.test(literal.text))
    return false;
  const result = pathOf(subject.expression, context.resolve);
  const fulfilled = (literal.text === "fulfilled") === equal;
  return (
    !fulfilled && reaches(disjunct, { root: result.root, members: [...result.members, "value"] })
  );
}

/** What `typeof` never says of a resource that is there. */
const neverTypeof = new Set(["undefined", "string", "boolean", "symbol", "bigint"]);

/** `r === other` where `other` is known to be null: the resource is not. */
function comparesWithNothing(
  disjunct: Disjunct,
  left: ts.Expression,
  right: ts.Expression,
  context: ConditionContext,
): boolean {
  const isResource = (node: ts.Expression): boolean =>
    hasAlias(disjunct, pathOf(node, context.resolve));
  const isNothing = (node: ts.Expression): boolean => {
    const key = pathKey(pathOf(node, context.resolve));
    return disjunct.guards.get(`${key}==null`) === true || disjunct.guards.get(key) === false;
  };
  return (isResource(left) && isNothing(right)) || (isResource(right) && isNothing(left));
}

function decideCall(
  disjunct: Disjunct,
  node: ts.CallExpression,
  is: boolean,
  context: ConditionContext,
): Disjunct | undefined {
  const callee = valueOf(node.expression);
  if (ts.isIdentifier(callee) && callee.text === "Boolean" && node.arguments[0] !== undefined)
    return decide(disjunct, node.arguments[0], is, context);
  if (ts.isPropertyAccessExpression(callee) && is) {
    if (tellsReleased(disjunct, pathOf(callee, context.resolve), context)) return undefined;
  }
  if (ts.isPropertyAccessExpression(callee) && !is && callee.name.text === "has") {
    // Like `get` that finds nothing: the collection does not have it, under the key that counts.
    const collection = pathOf(callee.expression, context.resolve);
    if (reaches(disjunct, collection) && !hasAlias(disjunct, collection)) return undefined;
  }
  const argument = node.arguments[0];
  if (
    !is &&
    argument !== undefined &&
    reaches(disjunct, pathOf(argument, context.resolve)) &&
    context.isTypeGuard(node)
  ) {
    return undefined;
  }
  return disjunct;
}

/** `r.closed`: the path is a member of the resource that is true once it is released. */
function tellsReleased(disjunct: Disjunct, path: AccessPath, context: ConditionContext): boolean {
  const last = path.members.at(-1);
  if (last === undefined || !context.releasedWhen.includes(last)) return false;
  return hasAlias(disjunct, { root: path.root, members: path.members.slice(0, -1) });
}

function guard(
  disjunct: Disjunct,
  key: string,
  value: boolean | undefined,
  second?: string,
  secondValue?: boolean,
): Disjunct | undefined {
  let result = disjunct;
  for (const [name, truth] of [
    [key, value],
    [second, secondValue],
  ] as const) {
    if (name === undefined || truth === undefined) continue;
    const known = result.guards.get(name);
    if (known !== undefined && known !== truth) return undefined;
    if (known === undefined) result = withGuard(result, name, truth);
  }
  return result;
}
