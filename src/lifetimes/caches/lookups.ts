/**
 * What code looks up in a holder under one key: by which names it has that, and which tests say that
 * nothing is there.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { namesClassOf } from "../../resources/feature-tests.ts";
import { isInside, isNothing, skipWrappers } from "../../typescript/syntax.ts";
import { type Holder, isReference } from "./holders.ts";

export class Lookups {
  private readonly holder: Holder;
  private readonly environment: Environment;
  private readonly key: string | undefined;
  /** Local names of what was looked up in the holder under the same key. */
  readonly names: ReadonlySet<ts.Symbol>;

  /** @param key undefined where all keys, or any, are meant */
  constructor(
    unit: FunctionWithBody,
    key: ts.Expression | undefined,
    holder: Holder,
    environment: Environment,
  ) {
    this.holder = holder;
    this.environment = environment;
    this.key = key && textOf(key);
    this.names = this.findLookups(unit);
  }

  /** The test says that there is no element under the key. */
  saysAbsent(test: ts.Expression, is: boolean): boolean {
    const node = valueOf(test);
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      return this.saysAbsent(node.operand, !is);
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      if (operator === ts.SyntaxKind.InKeyword) return !is && isReference(node.right, this.holder);
      if (operator === ts.SyntaxKind.InstanceOfKeyword) return !is && this.isLookup(node.left);
      if (operator === ts.SyntaxKind.EqualsToken) return this.saysAbsent(node.right, is);
      const equal =
        operator === ts.SyntaxKind.EqualsEqualsToken ||
        operator === ts.SyntaxKind.EqualsEqualsEqualsToken;
      const unequal =
        operator === ts.SyntaxKind.ExclamationEqualsToken ||
        operator === ts.SyntaxKind.ExclamationEqualsEqualsToken;
      if (!equal && !unequal) return false;
      if (isNothing(valueOf(node.right))) return this.isLookup(node.left) && (equal ? is : !is);
      const left = valueOf(node.left);
      if (
        ts.isTypeOfExpression(left) &&
        namesClassOf(this.holder.held.kind, left.expression, this.environment.types)
      )
        return (
          ts.isStringLiteralLike(node.right) && (node.right.text === "undefined") === (equal === is)
        );
      // `if (pool.get(key) === client) pool.delete(key)`: the caller has it in hand.
      return this.isLookup(node.left) || this.isLookup(node.right);
    }
    return (
      !is &&
      (this.isLookup(node) || namesClassOf(this.holder.held.kind, node, this.environment.types))
    );
  }

  /** The expression is what the holder has under the key, or tells whether it has. */
  isLookup(expression: ts.Expression): boolean {
    let node = valueOf(expression);
    while (ts.isPropertyAccessExpression(node) && !isReference(node, this.holder))
      node = valueOf(node.expression);
    if (ts.isIdentifier(node)) {
      const symbol = this.environment.resolve(node);
      return symbol !== undefined && this.names.has(symbol);
    }
    return this.isLookupCall(node);
  }

  private isLookupCall(node: ts.Expression): boolean {
    if (ts.isElementAccessExpression(node))
      return isReference(node.expression, this.holder) && this.isKey(node.argumentExpression);
    if (!ts.isCallExpression(node)) return false;
    const callee = skipWrappers(node.expression);
    if (!ts.isPropertyAccessExpression(callee) || !isReference(callee.expression, this.holder))
      return this.isLookupHelper(node);
    const [key] = node.arguments;
    return this.holder.look.includes(callee.name.text) && (key === undefined || this.isKey(key));
  }

  /** `this.find(key)`: a method that looks the key up. */
  private isLookupHelper(call: ts.CallExpression): boolean {
    if (!call.arguments.some((argument) => this.isKey(argument))) return false;
    return this.environment.types
      .implementations(call.expression, false)
      .some((body) => this.mentionsHolder(body));
  }

  private isKey(expression: ts.Expression): boolean {
    return this.key === undefined || textOf(expression) === this.key;
  }

  /** The expression is the holder, or goes through what it has: `[...holder]`, `holder.values()`. */
  isOfHolder(expression: ts.Expression): boolean {
    const node = valueOf(expression);
    if (isReference(node, this.holder)) return true;
    if (ts.isArrayLiteralExpression(node))
      return node.elements.some(
        (one) => ts.isSpreadElement(one) && this.isOfHolder(one.expression),
      );
    if (!ts.isCallExpression(node)) return false;
    const callee = node.expression;
    return (
      (ts.isPropertyAccessExpression(callee) && this.isOfHolder(callee.expression)) ||
      node.arguments.some((argument) => this.isOfHolder(argument))
    );
  }

  private findLookups(unit: FunctionWithBody): ReadonlySet<ts.Symbol> {
    const found = new Set<ts.Symbol>();
    const note = (name: ts.Node, value: ts.Expression | undefined): void => {
      if (value === undefined || !ts.isIdentifier(name) || !this.isLookupValue(value)) return;
      const symbol = this.environment.resolve(name);
      if (symbol !== undefined) found.add(symbol);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node)) note(node.name, node.initializer);
      else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
        note(node.left, node.right);
      ts.forEachChild(node, visit);
    };
    visit(unit);
    return found;
  }

  private isLookupValue(value: ts.Expression): boolean {
    let node = valueOf(value);
    while (ts.isPropertyAccessExpression(node) && !isReference(node, this.holder))
      node = valueOf(node.expression);
    return this.isLookupCall(node);
  }

  /** The code names the holder. */
  mentionsHolder(code: ts.Node): boolean {
    return this.holder.references.some((one) => isInside(one, code));
  }

  /** The expression is a local name of what was looked up. */
  isLookedUpName(expression: ts.Expression): boolean {
    const node = valueOf(expression);
    const symbol = ts.isIdentifier(node) ? this.environment.resolve(node) : undefined;
    return symbol !== undefined && this.names.has(symbol);
  }
}

function textOf(expression: ts.Expression): string {
  return valueOf(expression).getText().replace(/\s+/g, "");
}
