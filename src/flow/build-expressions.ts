/**
 * Evaluation: the order in which the parts of an expression run, and which of them may not run.
 */
import ts from "typescript";
import {
  isAndOr,
  isAssignment,
  isLeaf,
  isLogical,
  isLogicalAssignment,
  isUpdate,
  literalTruth,
  operandsOf,
  unwrapTest,
} from "../typescript/syntax.ts";
import { BindingBuilder } from "./build-bindings.ts";
import type { MutableBlock } from "./build-blocks.ts";
import {
  decidesCompletion,
  isInlinable,
  leftSpine,
  memberName,
  type InlinableFunction,
} from "./syntax.ts";

/** What the builder asks of the type checker, and only where syntax alone cannot tell. */
export interface FlowOracle {
  /** The call is declared to return `never`. Asked where nothing but control depends on the call. */
  neverReturns(call: ts.CallExpression): boolean;
  /** The labels cover every value that the subject can have. Asked for a `switch` without `default`. */
  isExhaustive(statement: ts.SwitchStatement): boolean;
  /** The list that a loop goes through has an element for sure. */
  hasElement(list: ts.Expression): boolean;
  /** The expression is a promise. Asked for receivers of `then`, `catch` and `finally`. */
  isPromise(expression: ts.Expression): boolean;
}

export abstract class ExpressionBuilder extends BindingBuilder {
  protected readonly oracle: FlowOracle;

  constructor(oracle: FlowOracle) {
    super();
    this.oracle = oracle;
  }

  /** Calls of `then` are still lowered here. */
  protected abstract lowersChains(): boolean;
  /** Lowers `p.then(f, g)`, `p.catch(g)` and `p.finally(f)`; false where the call is none of these. */
  protected abstract promiseChain(node: ts.CallExpression, receiverDone?: boolean): boolean;
  /** Calls of `resolve` and `reject`; false where the call is none of these. */
  protected abstract settlesPromise(node: ts.CallExpression): boolean;
  protected abstract promiseExecutor(node: ts.NewExpression, executor: InlinableFunction): void;
  protected abstract calledWhereWritten(node: ts.CallExpression, callee: InlinableFunction): void;

  /** Evaluates a test and leads to `yes` or `no`. */
  protected condition(test: ts.Expression, yes: MutableBlock, no: MutableBlock): void {
    const node = unwrapTest(test);
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      this.condition(node.operand, no, yes);
    } else if (ts.isBinaryExpression(node) && isAndOr(node.operatorToken.kind)) {
      const operator = node.operatorToken.kind;
      const operands = operandsOf(node, operator);
      operands.forEach((operand, index) => {
        if (index === operands.length - 1) {
          this.condition(operand, yes, no);
          return;
        }
        const right = this.block();
        if (operator === ts.SyntaxKind.AmpersandAmpersandToken) this.condition(operand, right, no);
        else this.condition(operand, yes, right);
        this.current = right;
      });
    } else if (literalTruth(node) !== undefined) {
      this.link(this.current, literalTruth(node) === true ? yes : no);
    } else if (ts.isOptionalChain(node)) {
      this.optionalChain(node, no);
      this.link(this.current, yes, { kind: "truthy", test: node, is: true });
      this.link(this.current, no, { kind: "truthy", test: node, is: false });
    } else {
      this.expression(node);
      this.link(this.current, yes, { kind: "truthy", test: node, is: true });
      this.link(this.current, no, { kind: "truthy", test: node, is: false });
    }
  }

  /** Evaluates an expression for its value, which is denoted by the node itself. */
  protected expression(expression: ts.Expression): void {
    if (isLeaf(expression)) return;
    const spine = leftSpine(expression, this.lowersChains());
    for (let index = spine.length - 1; index >= 0; index--) {
      const node = spine[index];
      if (node !== undefined) this.expressionAfterLeft(node, index < spine.length - 1);
    }
  }

  /** @param leftDone the leftmost operand (or receiver) of `node` has been evaluated already */
  private expressionAfterLeft(node: ts.Expression, leftDone: boolean): void {
    if (isLeaf(node)) return;
    if (ts.isOptionalChain(node)) {
      const after = this.block();
      const short = this.block();
      this.optionalChain(node, short);
      this.link(this.current, after);
      this.link(short, after);
      this.current = after;
    } else if (ts.isCallExpression(node)) this.call(node, leftDone);
    else if (ts.isNewExpression(node)) this.construct(node);
    else if (ts.isPropertyAccessExpression(node)) {
      if (!leftDone) this.expression(node.expression);
    } else if (ts.isNonNullExpression(node)) {
      if (!leftDone) this.expression(node.expression);
    } else if (ts.isElementAccessExpression(node)) {
      if (!leftDone) this.expression(node.expression);
      this.expression(node.argumentExpression);
    } else if (ts.isBinaryExpression(node)) this.binary(node, leftDone);
    else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      this.expression(node.operand);
      if (isUpdate(node.operator))
        this.emit({ kind: "assign", node, target: node.operand, from: undefined, path: [] });
    } else if (ts.isConditionalExpression(node)) this.conditional(node);
    else if (ts.isAwaitExpression(node)) {
      this.expression(node.expression);
      this.emit({ kind: "await", node, value: node.expression });
    } else if (ts.isYieldExpression(node)) this.yieldExpression(node);
    else if (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
      this.emit({ kind: "closure", node });
    else if (ts.isDeleteExpression(node)) {
      this.expression(node.expression);
      this.emit({ kind: "assign", node, target: node.expression, from: undefined, path: [] });
    } else if (ts.isClassExpression(node)) this.classLike(node);
    else if (ts.isObjectLiteralExpression(node)) this.objectLiteral(node);
    else if (ts.isArrayLiteralExpression(node)) this.arrayLiteral(node);
    else if (ts.isTaggedTemplateExpression(node)) {
      this.expression(node.tag);
      const args = ts.isTemplateExpression(node.template)
        ? node.template.templateSpans.map((span) => span.expression)
        : [];
      for (const argument of args) this.expression(argument);
      this.emit({ kind: "call", node, callee: node.tag, args });
    } else {
      ts.forEachChild(node, (child) => {
        this.anyChild(child);
      });
    }
  }

  /** Parts of expressions without a rule of their own: templates, JSX, unary operators, casts. */
  private anyChild(child: ts.Node): void {
    if (ts.isExpression(child)) this.expression(child);
    else if (ts.isTypeNode(child)) return;
    else {
      ts.forEachChild(child, (inner) => {
        this.anyChild(inner);
      });
    }
  }

  private call(node: ts.CallExpression, leftDone: boolean): void {
    if (this.promiseChain(node)) return;
    const callee = ts.isParenthesizedExpression(node.expression)
      ? unwrapTest(node.expression)
      : node.expression;
    if (isInlinable(callee)) {
      this.calledWhereWritten(node, callee);
      return;
    }
    if (!leftDone) this.calleeParts(node.expression);
    for (const argument of node.arguments) {
      this.expression(ts.isSpreadElement(argument) ? argument.expression : argument);
    }
    if (this.settlesPromise(node)) return;
    this.emit({ kind: "call", node, callee: node.expression, args: node.arguments });
    this.endIfNever(node);
  }

  private endIfNever(call: ts.CallExpression): void {
    if (decidesCompletion(call) && this.oracle.neverReturns(call)) this.unreachable();
  }

  private calleeParts(callee: ts.Expression): void {
    if (ts.isPropertyAccessExpression(callee)) this.expression(callee.expression);
    else if (ts.isElementAccessExpression(callee)) {
      this.expression(callee.expression);
      this.expression(callee.argumentExpression);
    } else this.expression(callee);
  }

  private construct(node: ts.NewExpression): void {
    this.expression(node.expression);
    const executor = node.arguments?.[0];
    if (
      ts.isIdentifier(node.expression) &&
      node.expression.text === "Promise" &&
      executor !== undefined &&
      isInlinable(executor)
    ) {
      this.promiseExecutor(node, executor);
      return;
    }
    for (const argument of node.arguments ?? []) {
      this.expression(ts.isSpreadElement(argument) ? argument.expression : argument);
    }
    this.emit({ kind: "call", node, callee: node.expression, args: node.arguments ?? [] });
  }

  private binary(node: ts.BinaryExpression, leftDone: boolean): void {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.EqualsToken) {
      this.assignmentTargetParts(node.left);
      this.expression(node.right);
      this.emit({ kind: "value", node, member: undefined, from: node.right });
      this.assignTo(node.left, node.right, [], node);
    } else if (isLogicalAssignment(operator)) {
      this.expression(node.left);
      const right = this.block();
      const after = this.block();
      this.logicalBranch(operator, node.left, right, after, node);
      this.current = right;
      this.expression(node.right);
      this.emit({ kind: "value", node, member: undefined, from: node.right });
      this.assignTo(node.left, node.right, [], node);
      this.link(this.current, after);
      this.current = after;
    } else if (isLogical(operator)) {
      const right = this.block();
      const after = this.block();
      if (!leftDone) this.expression(node.left);
      this.logicalBranch(operator, node.left, right, after, node);
      this.current = right;
      this.expression(node.right);
      this.emit({ kind: "value", node, member: undefined, from: node.right });
      this.link(this.current, after);
      this.current = after;
    } else if (isAssignment(operator)) {
      this.expression(node.left);
      this.expression(node.right);
      this.assignTo(node.left, undefined, [], node);
    } else {
      if (!leftDone) this.expression(node.left);
      this.expression(node.right);
    }
  }

  /** Leads to `right` where the right operand is evaluated, and to `after` where the left one is the value. */
  private logicalBranch(
    operator: ts.SyntaxKind,
    left: ts.Expression,
    right: MutableBlock,
    after: MutableBlock,
    node: ts.Expression,
  ): void {
    const short = this.block();
    const nullish =
      operator === ts.SyntaxKind.QuestionQuestionToken ||
      operator === ts.SyntaxKind.QuestionQuestionEqualsToken;
    const and =
      operator === ts.SyntaxKind.AmpersandAmpersandToken ||
      operator === ts.SyntaxKind.AmpersandAmpersandEqualsToken;
    const kind = nullish ? "nullish" : "truthy";
    const goesRight = nullish || and;
    this.link(this.current, right, { kind, test: left, is: goesRight });
    this.link(this.current, short, { kind, test: left, is: !goesRight });
    this.current = short;
    this.emit({ kind: "value", node, member: undefined, from: left });
    this.link(short, after);
  }

  private conditional(node: ts.ConditionalExpression): void {
    const yes = this.block();
    const no = this.block();
    const after = this.block();
    this.condition(node.condition, yes, no);
    for (const [start, arm] of [
      [yes, node.whenTrue],
      [no, node.whenFalse],
    ] as const) {
      this.current = start;
      this.expression(arm);
      this.emit({ kind: "value", node, member: undefined, from: arm });
      this.link(this.current, after);
    }
    this.current = after;
  }

  /** `a?.b(c).d`: at each `?.`, a nullish receiver leads to `short`, else the chain goes on. */
  private optionalChain(node: ts.Expression, short: MutableBlock): void {
    const links: ts.Expression[] = [];
    let base: ts.Expression = node;
    while (
      ts.isOptionalChain(base) ||
      (ts.isNonNullExpression(base) && ts.isOptionalChain(base.expression))
    ) {
      links.push(base);
      base = base.expression;
    }
    this.expression(base);
    for (const part of links.reverse()) {
      if (!ts.isOptionalChain(part) || ts.isNonNullExpression(part)) continue;
      if (part.questionDotToken !== undefined) {
        const go = this.block();
        this.link(this.current, go, { kind: "nullish", test: part.expression, is: false });
        this.link(this.current, short, { kind: "nullish", test: part.expression, is: true });
        this.current = go;
      }
      if (ts.isCallExpression(part)) {
        if (this.promiseChain(part, true)) continue;
        for (const argument of part.arguments) {
          this.expression(ts.isSpreadElement(argument) ? argument.expression : argument);
        }
        this.emit({ kind: "call", node: part, callee: part.expression, args: part.arguments });
        this.endIfNever(part);
      } else if (ts.isElementAccessExpression(part)) this.expression(part.argumentExpression);
    }
  }

  private yieldExpression(node: ts.YieldExpression): void {
    if (node.expression !== undefined) this.expression(node.expression);
    this.emit({ kind: "yield", node, value: node.expression });
    const resumed = this.block();
    const left = this.block();
    this.link(this.current, resumed);
    this.link(this.current, left);
    this.route(left, -1, "abandoned", this.abandoned, false);
    this.current = resumed;
  }

  private objectLiteral(node: ts.ObjectLiteralExpression): void {
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property)) {
        if (ts.isComputedPropertyName(property.name)) this.expression(property.name.expression);
        this.expression(property.initializer);
        const member = memberName(property.name);
        this.emit({ kind: "value", node, member, from: property.initializer });
      } else if (ts.isShorthandPropertyAssignment(property)) {
        this.emit({ kind: "value", node, member: property.name.text, from: property.name });
      } else if (ts.isSpreadAssignment(property)) {
        this.expression(property.expression);
        this.emit({ kind: "value", node, member: undefined, from: property.expression });
      } else {
        if (ts.isComputedPropertyName(property.name)) this.expression(property.name.expression);
        this.emit({ kind: "closure", node: property });
      }
    }
  }

  private arrayLiteral(node: ts.ArrayLiteralExpression): void {
    node.elements.forEach((element, index) => {
      if (ts.isSpreadElement(element)) {
        this.expression(element.expression);
        this.emit({ kind: "value", node, member: undefined, from: element.expression });
      } else if (!ts.isOmittedExpression(element)) {
        this.expression(element);
        this.emit({ kind: "value", node, member: String(index), from: element });
      }
    });
  }

  protected classLike(node: ts.ClassLikeDeclaration): void {
    for (const clause of node.heritageClauses ?? []) {
      if (clause.token === ts.SyntaxKind.ExtendsKeyword) {
        for (const type of clause.types) this.expression(type.expression);
      }
    }
    for (const { name } of node.members) {
      if (name !== undefined && ts.isComputedPropertyName(name)) this.expression(name.expression);
    }
    this.emit({ kind: "closure", node });
  }
}
