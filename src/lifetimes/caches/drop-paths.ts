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
import { isReleaseName } from "../../resources/infer-kind.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { mentionsType } from "../../typescript/held-types.ts";
import { isInside, skipWrappers } from "../../typescript/syntax.ts";
import { freshIn, type HeldResource, heldByType } from "./held-resources.ts";
import { type Holder, isReference } from "./holders.ts";
import { Lookups } from "./lookups.ts";
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
  private readonly lookups: Lookups;

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
    this.lookups = new Lookups(unit, drop.key, holder, environment);
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
          this.lookups.isOfHolder(event.value)
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
        return this.lookups.saysAbsent(condition.test, condition.is) ||
          (!condition.is && this.isCallback(condition.test))
          ? settle(state)
          : state;
      case "nullish":
        return condition.is &&
          (this.lookups.isLookup(condition.test) || this.isCallback(condition.test))
          ? settle(state)
          : state;
      case "element": {
        const { loop, is } = condition;
        if (is || (state & clean) === 0 || !this.lookups.isOfHolder(loop.expression)) return state;
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
      bodies.some(
        (body) => this.lookups.mentionsHolder(body) && releasesSome(body, held.kind, environment),
      )
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
    if (this.lookups.isOfHolder(given)) {
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

  /** The value is or holds a resource of the kind that may be the element. */
  private holds(expression: ts.Expression): boolean {
    return this.foundIn(expression) !== undefined;
  }

  private foundIn(expression: ts.Expression): HeldResource | undefined {
    // Numbers and texts name a resource without having its type.
    if (this.lookups.isLookedUpName(expression)) return this.held;
    const { types } = this.environment;
    const found = this.isGeneric(types.typeOf(expression))
      ? this.held
      : heldByType(types.valueType(expression), this.environment).find(
          ({ kind }) => kind.id === this.held.kind.id,
        );
    return found === undefined || this.isNew(expression) ? undefined : found;
  }

  /** `onEvict?.(value)`: whoever uses the code could have taken what goes. */
  private isCallback(test: ts.Expression): boolean {
    const { types } = this.environment;
    return (
      this.held.parameter !== undefined &&
      types.constituents(types.valueType(test)).some((one) => types.isCallable(one))
    );
  }

  private isGeneric(type: ts.Type): boolean {
    const { parameter } = this.held;
    return parameter !== undefined && mentionsType(type, parameter, this.environment.types.program);
  }

  /** What this very function makes, or is given to store, is not the element that goes. */
  private isNew(expression: ts.Expression): boolean {
    const node = valueOf(expression);
    if (!ts.isIdentifier(node)) return freshIn(node, this.environment, this.summaries).length > 0;
    const symbol = this.environment.resolve(node);
    if (symbol === undefined || this.lookups.names.has(symbol)) return false;
    if (freshIn(node, this.environment, this.summaries).length > 0) return true;
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !this.isStored(symbol)) return false;
    // Code that is written for any value cannot make one: what it stores is new to it.
    return ts.isParameter(declaration) || this.held.parameter !== undefined;
  }

  private isStored(symbol: ts.Symbol): boolean {
    return this.holder.stores.some(({ value }) => {
      const node = valueOf(value);
      return ts.isIdentifier(node) && this.environment.resolve(node) === symbol;
    });
  }
}

function settle(state: number): number {
  return (state & ~(clean | dropped)) | (state === 0 ? 0 : handled);
}
