/**
 * What the code of a program does with a collection: every use of it, aliases and helpers followed.
 *
 * A use that cannot be told is an escape: whoever has the collection then may remove what is in it.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isSeenOutside } from "../../typescript/modifiers.ts";
import {
  functionAround,
  isAssignment,
  isLogicalAssignment,
  isNothing,
  skipWrappers,
  withWrappers,
} from "../../typescript/syntax.ts";
import { referencesInProgram } from "../holders/program-references.ts";
import { destructuringsOf, referencesTo } from "../holders/references.ts";
import {
  type Added,
  addedBy,
  isComparison,
  isInitial,
  isLimit,
  isLoopTest,
  isNamed,
  isRead,
  isReadonlyType,
  isTarget,
  isUpdating,
  outermost,
} from "./collection-syntax.ts";

export interface Add extends Added {
  readonly is: "add";
  readonly node: ts.Node;
}

export type CollectionUse =
  | Add
  /** Something leaves: one key, or a part of it; `key` absent for a part that no key names. */
  | { readonly is: "remove"; readonly node: ts.Node; readonly key: ts.Expression | undefined }
  /** Everything leaves, or another collection takes its place. */
  | { readonly is: "clear"; readonly node: ts.Node }
  /** The key stays, and its value is set to `undefined` or `null`. */
  | { readonly is: "blank"; readonly node: ts.Node; readonly key: ts.Expression | undefined }
  /** Something leaves a collection that is kept in this one. */
  | { readonly is: "empty-inner"; readonly node: ts.Node }
  /** Its size is compared with a limit. */
  | { readonly is: "limit"; readonly node: ts.Node }
  | { readonly is: "read"; readonly node: ts.Node }
  | { readonly is: "escape"; readonly node: ts.Node };

/** How many aliases, helpers and getters are looked through. */
const maximalDepth = 3;

/** Every use of a collection that is kept in a variable, field or member. */
export function usesOf(
  declaration: ts.Declaration,
  environment: Environment,
): readonly CollectionUse[] {
  const references = referencesInProgram(declaration, environment);
  if (references === "too-many") return [{ is: "escape", node: declaration }];
  const scan = new Scan(environment);
  for (const reference of references) scan.visit(reference, maximalDepth);
  for (const { name } of destructuringsOf(declaration, environment))
    scan.visitAlias(name, maximalDepth);
  return scan.uses;
}

const adding = new Set(["set", "add", "push", "unshift"]);
const removing = new Set(["delete", "pop", "shift"]);
const reading = new Set(["get", "has", "forEach", "map", "filter", "find", "some", "every"]);

class Scan {
  readonly uses: CollectionUse[] = [];
  private readonly environment: Environment;
  private readonly seen = new Set<ts.Node>();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  private note(use: CollectionUse): void {
    this.uses.push(use);
  }

  /** The references of a variable that stands for the collection. */
  visitAlias(name: ts.BindingName, depth: number): void {
    const declaration = name.parent;
    if (
      depth === 0 ||
      !ts.isIdentifier(name) ||
      !(
        ts.isVariableDeclaration(declaration) ||
        ts.isParameter(declaration) ||
        ts.isBindingElement(declaration)
      )
    ) {
      this.note({ is: "escape", node: name });
      return;
    }
    if (this.seen.has(declaration)) return;
    this.seen.add(declaration);
    for (const reference of referencesTo(declaration, this.environment)) {
      // Giving an alias another value is no use of the collection.
      if (!isTarget(reference)) this.visit(reference, depth - 1);
    }
  }

  visit(reference: ts.Expression, depth: number): void {
    if (this.seen.has(reference)) return;
    this.seen.add(reference);
    const node = outermost(reference);
    const { parent } = node;
    if (ts.isBinaryExpression(parent) && parent.left === node) {
      this.visitTarget(parent);
      return;
    }
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
      this.visitMember(parent, depth);
      return;
    }
    if (ts.isElementAccessExpression(parent) && parent.expression === node) {
      this.visitElement(parent);
      return;
    }
    if (ts.isVariableDeclaration(parent) && parent.initializer === node) {
      if (ts.isIdentifier(parent.name)) {
        this.visitAlias(parent.name, depth);
        return;
      }
      this.note({ is: "read", node });
      return;
    }
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      this.visitArgument(parent, node, depth);
      return;
    }
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node)) {
      this.visitResult(node, depth);
      return;
    }
    this.note({ is: isRead(node) ? "read" : "escape", node });
  }

  // ---- assignments

  private visitTarget(parent: ts.BinaryExpression): void {
    const { kind } = parent.operatorToken;
    if (!isAssignment(kind)) {
      this.note({ is: "read", node: parent });
      return;
    }
    // `cache ??= new Map()` makes it once.
    if (isLogicalAssignment(kind)) {
      this.note({ is: "read", node: parent });
      return;
    }
    const added = addedBy(parent.right, parent.left);
    if (added !== undefined) {
      this.note({ is: "add", node: parent, ...added });
      return;
    }
    if (isInitial(parent)) {
      this.note({ is: "read", node: parent });
      return;
    }
    this.note({ is: "clear", node: parent });
  }

  private visitElement(element: ts.ElementAccessExpression): void {
    const key = element.argumentExpression;
    const node = withWrappers(element);
    const { parent } = node;
    if (ts.isDeleteExpression(parent)) {
      this.note({ is: "remove", node: parent, key });
      return;
    }
    if (ts.isPostfixUnaryExpression(parent) || isUpdating(parent)) {
      this.note({ is: "add", node: parent, key, value: undefined });
      return;
    }
    if (ts.isBinaryExpression(parent) && parent.left === node) {
      const { kind } = parent.operatorToken;
      if (isAssignment(kind)) {
        const value = parent.right;
        if (isNothing(valueOf(value))) this.note({ is: "blank", node: parent, key });
        else this.note({ is: "add", node: parent, key, value });
        return;
      }
    }
    this.visitInner(element);
  }

  // ---- members

  private visitMember(access: ts.PropertyAccessExpression, depth: number): void {
    const { parent } = access;
    const member = access.name.text;
    if (ts.isCallExpression(parent) && skipWrappers(parent.expression) === access) {
      this.visitCall(parent, member, depth);
      return;
    }
    if (member === "size" || member === "length") {
      this.visitSize(access);
      return;
    }
    // A record has its keys for members.
    const node = outermost(access);
    if (ts.isDeleteExpression(node.parent)) {
      this.note({ is: "remove", node: node.parent, key: undefined });
      return;
    }
    this.note({ is: "read", node });
  }

  private visitSize(access: ts.PropertyAccessExpression): void {
    const { parent } = access;
    if (ts.isBinaryExpression(parent)) {
      if (parent.left === access && isAssignment(parent.operatorToken.kind)) {
        this.note({ is: "clear", node: parent });
        return;
      }
      const other = parent.left === access ? parent.right : parent.left;
      if (isComparison(parent.operatorToken.kind) && isLimit(other) && !isLoopTest(parent)) {
        this.note({ is: "limit", node: parent });
        return;
      }
    }
    // `const { length } = list` and `const count = list.length` are compared somewhere else.
    if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
      const compared = referencesTo(parent, this.environment).some(
        ({ parent: test }) =>
          ts.isBinaryExpression(test) &&
          isComparison(test.operatorToken.kind) &&
          isLimit(test.left) &&
          isLimit(test.right) &&
          !isLoopTest(test),
      );
      if (compared) {
        this.note({ is: "limit", node: access });
        return;
      }
    }
    this.note({ is: "read", node: access });
  }

  private visitCall(call: ts.CallExpression, method: string, depth: number): void {
    const [first, second] = call.arguments;
    if (adding.has(method)) {
      const isKeyed = method === "set";
      const value = isKeyed ? second : first;
      const key = isKeyed || method === "add" ? first : undefined;
      if (isKeyed && value !== undefined && isNothing(valueOf(value)))
        this.note({ is: "blank", node: call, key });
      else this.note({ is: "add", node: call, key, value });
      // `set` and `add` give the collection back.
      if (method === "set" || method === "add") this.visitGivenBack(call, depth);
      return;
    }
    if (removing.has(method)) {
      this.note({ is: "remove", node: call, key: method === "delete" ? first : undefined });
      return;
    }
    if (method === "clear") {
      this.note({ is: "clear", node: call });
      return;
    }
    if (method === "splice") {
      const removes = second?.getText() !== "0";
      if (removes) {
        this.note({ is: "remove", node: call, key: undefined });
        return;
      }
      this.note({ is: "add", node: call, key: undefined, value: call.arguments[2] });
      return;
    }
    if (method === "get" || method === "at" || method === "find") {
      this.visitInner(call);
      return;
    }
    if (method === "copyWithin" || method === "fill") {
      this.note({ is: "clear", node: call });
      return;
    }
    if (reading.has(method)) {
      this.note({ is: "read", node: call });
      return;
    }
    const gives = method === "sort" || method === "reverse";
    if (gives) {
      this.visitGivenBack(call, depth);
      return;
    }
    this.note({ is: "read", node: call });
  }

  private visitGivenBack(call: ts.CallExpression, depth: number): void {
    if (ts.isExpressionStatement(call.parent) || ts.isVoidExpression(call.parent)) return;
    if (ts.isArrowFunction(call.parent)) return;
    if (depth > 0) this.visit(call, depth - 1);
  }

  /** What is done with an element: `rooms.get(id)?.delete(user)`, `rooms[id].length = 0`. */
  private visitInner(element: ts.Expression): void {
    const { environment } = this;
    const removesFrom = (one: ts.Expression): boolean => {
      const access = outermost(one).parent;
      if (!ts.isPropertyAccessExpression(access)) return false;
      if (!ts.isCallExpression(access.parent)) return false;
      return removing.has(access.name.text) || access.name.text === "clear";
    };
    const { parent } = outermost(element);
    const bound =
      ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)
        ? referencesTo(parent, environment)
        : [];
    const empties = [element, ...bound].some(removesFrom);
    this.note({ is: empties ? "empty-inner" : "read", node: element });
  }

  // ---- ways out

  private visitArgument(
    call: ts.CallExpression | ts.NewExpression,
    argument: ts.Expression,
    depth: number,
  ): void {
    const { types } = this.environment;
    const index = call.arguments?.indexOf(argument) ?? -1;
    if (index < 0 || depth === 0) {
      this.note({ is: "escape", node: argument });
      return;
    }
    const bodies = types.implementations(call.expression, ts.isNewExpression(call));
    if (bodies.length === 0) {
      const symbol = types.calleeSymbol(call.expression);
      const isStandard = symbol !== undefined && this.environment.recogniser.isClosedWorld(symbol);
      if (!isStandard) {
        this.note({ is: "escape", node: argument });
        return;
      }
      const isFilled = index === 0 && call.expression.getText() === "Object.assign";
      this.note(
        isFilled
          ? { is: "add", node: call, key: undefined, value: call.arguments?.[1] }
          : { is: "read", node: argument },
      );
      return;
    }
    for (const body of bodies) {
      const parameter = body.parameters[index];
      const isPlain =
        parameter !== undefined &&
        parameter.dotDotDotToken === undefined &&
        !(ts.isConstructorDeclaration(body) && ts.isParameterPropertyDeclaration(parameter, body));
      if (isPlain) this.visitAlias(parameter.name, depth);
      else this.note({ is: "escape", node: argument });
    }
  }

  /** A function gives it out: its callers have it. */
  private visitResult(value: ts.Expression, depth: number): void {
    const unit = functionAround(value);
    if (ts.isSourceFile(unit)) {
      this.note({ is: "escape", node: value });
      return;
    }
    if (unit.type !== undefined && isReadonlyType(unit.type)) {
      this.note({ is: "read", node: value });
      return;
    }
    const declaration = ts.isArrowFunction(unit) ? unit.parent : unit;
    const isAccessor = ts.isGetAccessor(unit);
    if (depth === 0 || !isNamed(declaration) || isSeenOutside(declaration)) {
      this.note({ is: "escape", node: value });
      return;
    }
    const references = referencesInProgram(declaration, this.environment);
    if (references === "too-many") {
      this.note({ is: "escape", node: value });
      return;
    }
    for (const reference of references) {
      const { parent } = reference;
      if (isAccessor) this.visit(reference, depth - 1);
      else if (ts.isCallExpression(parent) && parent.expression === reference)
        this.visit(parent, depth - 1);
      else this.note({ is: "escape", node: reference });
    }
  }
}
