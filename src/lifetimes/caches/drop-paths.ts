/**
 * Whether a function drops a resource out of a holder on some path that does not release it.
 *
 * The abstract domain is a set of facts about one run, as bits: nothing was dropped yet and nothing
 * released (`clean`); a resource of the kind was released, handed on, or is known not to be there
 * (`handled`); the drop came first (`dropped`). Join is union. Which element a call is about is not
 * asked: any release of the kind on the path will do, so the analysis errs towards silence.
 */
import ts from "typescript";
import {
  type Edge,
  type FlowEvent,
  type FunctionWithBody,
  mayThrow,
  valueOf,
} from "../../flow/graph.ts";
import { solveForward } from "../../flow/solve.ts";
import { isReleaseMethod } from "../../ownership/releases.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import type { Environment } from "../../ownership/environment.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import { namesClassOf } from "../../resources/feature-tests.ts";
import { isReleaseName } from "../../resources/infer-kind.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { isInside, isNothing, skipWrappers } from "../../typescript/syntax.ts";
import { freshIn, type HeldResource, heldByType } from "./held-resources.ts";
import { type Holder, isReference } from "./holders.ts";
import { isReleaseOf, releasesSome } from "./release-calls.ts";

const clean = 1;
const handled = 2;
const dropped = 4;

/** What is dropped in a function, and under which key where there is one. */
export interface Drop {
  readonly node: ts.Node;
  readonly key: ts.Expression | undefined;
}

/** Some path through the function drops an element and releases none, before or after. */
export function dropsUnreleased(
  unit: FunctionWithBody,
  drop: Drop,
  holder: Holder,
  environment: Environment,
  summaries: Summaries,
): boolean {
  const graph = environment.graph(unit);
  const walk = new DropWalk(unit, drop, holder, environment, summaries);
  const isEvent = graph.blocks.some(({ events }) => events.some((event) => walk.isDrop(event)));
  // `delete record[key]` is no event of the graph: then any release in the function will do.
  const start = isEvent ? clean : dropped;
  const states = solveForward<number>([{ block: graph.entry, index: 0, state: start }], {
    isBottom: (state) => state === 0,
    join: (a, b) => a | b,
    includes: (known, next) => (known & next) === next,
    transfer: (state, event) => ({
      normal: walk.event(state, event),
      thrown: walk.thrown(state, event),
    }),
    follow: (state, edge) => walk.follow(state, edge),
  });
  if (states === undefined) return false;
  return ((states.get(graph.end) ?? 0) & dropped) !== 0;
}

class DropWalk {
  private readonly drop: Drop;
  private readonly holder: Holder;
  private readonly held: HeldResource;
  private readonly environment: Environment;
  private readonly summaries: Summaries;
  private readonly key: string | undefined;
  /** Local names of what was looked up in the holder under the same key. */
  private readonly lookedUp: ReadonlySet<ts.Symbol>;

  constructor(
    unit: FunctionWithBody,
    drop: Drop,
    holder: Holder,
    environment: Environment,
    summaries: Summaries,
  ) {
    this.drop = drop;
    this.holder = holder;
    this.held = holder.held;
    this.environment = environment;
    this.summaries = summaries;
    this.key = drop.key && textOf(drop.key);
    this.lookedUp = this.findLookups(unit);
  }

  isDrop(event: FlowEvent): boolean {
    return (
      "node" in event &&
      event.node === this.drop.node &&
      (event.kind === "call" || event.kind === "assign")
    );
  }

  /** A release that fails was tried, and a promise of an element that rejects brings none. */
  thrown(state: number, event: FlowEvent): number | undefined {
    if (!mayThrow(event)) return undefined;
    if (event.kind === "call" && !this.isDrop(event)) return this.event(state, event);
    return event.kind === "await" && this.holds(event.value) ? settle(state) : state;
  }

  event(state: number, event: FlowEvent): number {
    if (this.isDrop(event)) return (state & ~clean) | ((state & clean) !== 0 ? dropped : 0);
    switch (event.kind) {
      case "call":
        return ts.isCallExpression(event.node) || ts.isNewExpression(event.node)
          ? this.call(state, event.node)
          : state;
      case "iterate":
        // The next element is another one.
        return (state & handled) !== 0 &&
          isInside(this.drop.node, event.node) &&
          this.isOfHolder(event.value)
          ? state | clean
          : state;
      case "return":
      case "yield":
        return event.value !== undefined && this.holds(event.value) ? settle(state) : state;
      case "assign": {
        const from = event.from;
        const stored =
          from !== undefined &&
          !ts.isParameter(from) &&
          ts.isPropertyAccessExpression(skipWrappers(event.target)) &&
          this.holds(from);
        return stored ? settle(state) : state;
      }
      default:
        return state;
    }
  }

  follow(state: number, { condition }: Edge): number {
    if (condition === undefined) return state;
    switch (condition.kind) {
      case "truthy":
        return this.saysAbsent(condition.test, condition.is) ? settle(state) : state;
      case "nullish":
        return condition.is && this.isLookup(condition.test) ? settle(state) : state;
      case "element": {
        const { loop, is } = condition;
        if (is || (state & clean) === 0 || !this.isOfHolder(loop.expression)) return state;
        // Leaving a loop over the holder, every element has been through its body.
        return this.releasesIn(loop.statement) ? (state & ~clean) | handled : state;
      }
      case "case":
        return state;
    }
  }

  // ---- calls

  private call(state: number, call: CallLike): number {
    return this.settles(call) ? settle(state) : state;
  }

  private settles(call: CallLike): boolean {
    const { environment, held } = this;
    if (isReleaseOf(call, held.kind, environment) || this.releasesEntry(call)) return true;
    const args = call.arguments ?? [];
    if (args.some((argument) => this.releasesInClosure(argument))) return true;
    const callee = skipWrappers(call.expression);
    const isOwnMethod =
      ts.isPropertyAccessExpression(callee) && isReference(callee.expression, this.holder);
    // An element that is put back was not dropped.
    if (isOwnMethod) return args.slice(1).some((argument) => this.holds(argument));
    const bodies = this.summaries.bodies({
      kind: "call",
      node: call,
      callee: call.expression,
      args,
    });
    if (
      bodies.some((body) => this.mentionsHolder(body) && releasesSome(body, held.kind, environment))
    )
      return true;
    if (ts.isPropertyAccessExpression(callee) && this.holds(callee.expression)) {
      const own = this.summaries.methodEffect(callee, [], held.kind);
      if (own !== undefined && (own.unknown || own.normalEnded !== 0)) return true;
      if (isReleaseMethod(held.kind, callee.name.text)) return true;
    }
    return args.some((argument, index) => this.passesOn(call, argument, index, bodies));
  }

  /** A resource of the kind is an argument, and the callee may take it over. */
  private passesOn(
    call: CallLike,
    argument: ts.Expression,
    index: number,
    bodies: readonly FunctionWithBody[],
  ): boolean {
    const given = ts.isSpreadElement(argument) ? argument.expression : argument;
    const { environment, held } = this;
    if (this.isOfHolder(given)) {
      if (bodies.length > 0) return bodies.some((body) => this.releasesIn(body));
      return !this.isKnownToBorrow(call);
    }
    const found = this.foundIn(given);
    if (found === undefined) return false;
    if (bodies.length > 0) {
      const effect = this.summaries.argumentEffect(bodies, index, found.members, held.kind);
      return effect.unknown || effect.normalEnded !== 0;
    }
    const name = environment.recogniser.nameOfCallee(call.expression) ?? "";
    return /^(?:push|add|set|unshift)$/.test(name) || !this.isKnownToBorrow(call);
  }

  private isKnownToBorrow(call: CallLike): boolean {
    const symbol = this.environment.types.calleeSymbol(call.expression);
    return symbol !== undefined && this.environment.recogniser.isClosedWorld(symbol);
  }

  private releasesInClosure(argument: ts.Expression): boolean {
    return closuresIn(argument, this.environment).some((closure) => this.releasesIn(closure));
  }

  private releasesIn(code: ts.Node): boolean {
    return (
      releasesSome(code, this.held.kind, this.environment) ||
      callsIn(code).some((call) => this.releasesEntry(call))
    );
  }

  /** Some other part of an entry is released: that may well release this one. */
  private releasesEntry(call: CallLike): boolean {
    const callee = skipWrappers(call.expression);
    return (
      this.held.members.length > 0 &&
      ts.isPropertyAccessExpression(callee) &&
      isReleaseName(callee.name.text)
    );
  }

  private mentionsHolder(code: ts.Node): boolean {
    return this.holder.references.some((one) => isInside(one, code));
  }

  /** The value is or holds a resource of the kind that may be the element. */
  private holds(expression: ts.Expression): boolean {
    return this.foundIn(expression) !== undefined;
  }

  private foundIn(expression: ts.Expression): HeldResource | undefined {
    // Numbers and texts name a resource without having its type.
    if (this.isLookedUpName(expression)) return this.held;
    const { types } = this.environment;
    const found = heldByType(types.valueType(expression), this.environment).find(
      ({ kind }) => kind.id === this.held.kind.id,
    );
    return found === undefined || this.isNew(expression) ? undefined : found;
  }

  /** What this very function makes, or is given to store, is not the element that goes. */
  private isNew(expression: ts.Expression): boolean {
    const node = valueOf(expression);
    if (!ts.isIdentifier(node)) return freshIn(node, this.environment, this.summaries).length > 0;
    const symbol = this.environment.resolve(node);
    if (symbol === undefined || this.lookedUp.has(symbol)) return false;
    if (freshIn(node, this.environment, this.summaries).length > 0) return true;
    const declaration = symbol.valueDeclaration;
    return declaration !== undefined && ts.isParameter(declaration) && this.isStored(symbol);
  }

  private isLookedUpName(expression: ts.Expression): boolean {
    const node = valueOf(expression);
    const symbol = ts.isIdentifier(node) ? this.environment.resolve(node) : undefined;
    return symbol !== undefined && this.lookedUp.has(symbol);
  }

  private isStored(symbol: ts.Symbol): boolean {
    return this.holder.stores.some(({ value }) => {
      const node = valueOf(value);
      return ts.isIdentifier(node) && this.environment.resolve(node) === symbol;
    });
  }

  // ---- conditions

  /** The test says that there is no element under the key. */
  private saysAbsent(test: ts.Expression, is: boolean): boolean {
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
        namesClassOf(this.held.kind, left.expression, this.environment.types)
      )
        return (
          ts.isStringLiteralLike(node.right) && (node.right.text === "undefined") === (equal === is)
        );
      // `if (pool.get(key) === client) pool.delete(key)`: the caller has it in hand.
      return this.isLookup(node.left) || this.isLookup(node.right);
    }
    return (
      !is && (this.isLookup(node) || namesClassOf(this.held.kind, node, this.environment.types))
    );
  }

  /** The expression is what the holder has under the key, or tells whether it has. */
  private isLookup(expression: ts.Expression): boolean {
    let node = valueOf(expression);
    while (ts.isPropertyAccessExpression(node) && !isReference(node, this.holder))
      node = valueOf(node.expression);
    if (ts.isIdentifier(node)) {
      const symbol = this.environment.resolve(node);
      return symbol !== undefined && this.lookedUp.has(symbol);
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

  private isOfHolder(expression: ts.Expression): boolean {
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
}

function settle(state: number): number {
  return (state & ~(clean | dropped)) | (state === 0 ? 0 : handled);
}

function textOf(expression: ts.Expression): string {
  return valueOf(expression).getText().replace(/\s+/g, "");
}
