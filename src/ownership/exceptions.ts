/**
 * How likely calls throw and promises reject, from the bodies of what is called.
 */
import ts from "typescript";
import { isChainMethod } from "../flow/syntax.ts";
import type { FlowUnit, FunctionWithBody } from "../flow/graph.ts";
import { valueOf } from "../flow/graph.ts";
import { solveForward } from "../flow/solve.ts";
import { isAsyncFunction } from "../typescript/modifiers.ts";
import { isConstant, returnedValues, skipWrappers } from "../typescript/syntax.ts";
import { closuresIn } from "./closures.ts";
import type { CallEvent } from "./effects.ts";
import type { Environment } from "./environment.ts";
import type { Fixpoint } from "./fixpoint.ts";
import { type Strength, strongest } from "./obligation-state.ts";
import { combinatorOf, promiseAllElements } from "./promise-combinators.ts";

import { isAssertion, strengthOfThrow, takesNever } from "./unexpected-throws.ts";

type Throws = Strength | "never";

export class Exceptions {
  private readonly environment: Environment;
  private readonly fixpoint: Fixpoint;
  private readonly bodies: (event: CallEvent) => readonly FunctionWithBody[];
  private readonly idOfUnit: (unit: ts.Node) => number;

  /**
   * @param bodies the bodies a call may run
   * @param idOfUnit a number that tells bodies apart
   */
  constructor(
    environment: Environment,
    fixpoint: Fixpoint,
    bodies: (event: CallEvent) => readonly FunctionWithBody[],
    idOfUnit: (unit: ts.Node) => number,
  ) {
    this.environment = environment;
    this.fixpoint = fixpoint;
    this.bodies = bodies;
    this.idOfUnit = idOfUnit;
  }

  /** How likely a call throws; undefined: it does not. */
  throwStrength(event: CallEvent): Strength | undefined {
    const callee = skipWrappers(event.callee);
    const name = this.environment.recogniser.nameOfCallee(callee) ?? "";
    const fact = this.environment.recogniser.functionFact(callee, name);
    if (fact !== undefined) {
      if (fact.throws === "on-bad-data") return "likely";
      if (fact.never !== undefined) return undefined;
      if (fact.runsCallback === "now") return this.callbackThrows(event);
      return this.throwsWithoutBody(event.node) ? "possible" : undefined;
    }
    const bodies = this.bodies(event);
    if (bodies.length === 0) return this.throwsWithoutBody(event.node) ? "possible" : undefined;
    return strongest(
      bodies.map((body) => (isAsyncFunction(body) ? undefined : this.throwsOf(body))),
    );
  }

  /** A call that returns a promise fails by rejecting it; one that only makes a known resource does not fail. */
  private throwsWithoutBody(node: CallEvent["node"]): boolean {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return true;
    // A class of the program without a constructor has nothing to throw.
    if (ts.isNewExpression(node) && this.environment.types.isProgramClass(node.expression))
      return false;
    if (this.environment.recogniser.makesKnownResource(node)) return false;
    return !ts.isCallExpression(node) || !this.environment.types.isPromise(node);
  }

  private callbackThrows(event: CallEvent): Strength | undefined {
    return strongest(
      event.args.flatMap((argument) =>
        closuresIn(argument, this.environment).map((closure) =>
          isAsyncFunction(closure) ? undefined : this.throwsOf(closure),
        ),
      ),
    );
  }

  /** How likely the promise in an expression rejects; undefined: it does not, or its rejection is an edge already. */
  rejectStrength(expression: ts.Expression): Strength | undefined {
    const value = valueOf(expression);
    if (ts.isNewExpression(value)) return promiseRejects(value) ? "likely" : undefined;
    if (!ts.isCallExpression(value)) {
      const kept = this.keptPromise(value);
      if (kept !== undefined) return this.rejectStrength(kept);
      return this.isThereAlready(value) ? undefined : "likely";
    }
    const callee = skipWrappers(value.expression);
    if (ts.isArrowFunction(callee) || ts.isFunctionExpression(callee)) return undefined;
    const combinator = combinatorOf(value);
    if (combinator === "allSettled") return undefined;
    if (combinator === "all") {
      const elements = promiseAllElements(value);
      if (elements?.every((one) => !ts.isSpreadElement(one)) === true) {
        return strongest(elements.map((one) => this.rejectStrength(one)));
      }
      const each = this.mappedRejects(value);
      if (each !== undefined) return each === "never" ? undefined : each;
    }
    const name = this.environment.recogniser.nameOfCallee(callee) ?? "";
    if (isChainMethod(name)) return undefined;
    if (this.environment.recogniser.functionFact(callee, name)?.never !== undefined)
      return undefined;
    const bodies = this.bodies({
      kind: "call",
      node: value,
      callee: value.expression,
      args: value.arguments,
    });
    if (bodies.length === 0) return this.isThereAlready(value) ? undefined : "likely";
    return strongest(
      bodies.map((body) =>
        isAsyncFunction(body) ? this.throwsOf(body) : this.returnedPromiseRejects(body),
      ),
    );
  }

  /** `Promise.all(list.map((one) => work(one)))`: as likely as one of them does; undefined where it cannot be told. */
  private mappedRejects({ arguments: [list] }: ts.CallExpression): Throws | undefined {
    const mapped = list && skipWrappers(list);
    if (mapped === undefined || !ts.isCallExpression(mapped)) return undefined;
    const callee = skipWrappers(mapped.expression);
    const [callback] = mapped.arguments;
    if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== "map") return undefined;
    const closures = callback === undefined ? [] : closuresIn(callback, this.environment);
    if (closures.length === 0) return undefined;
    return (
      strongest(
        closures.map((one) =>
          isAsyncFunction(one) ? this.throwsOf(one) : this.returnedPromiseRejects(one),
        ),
      ) ?? "never"
    );
  }

  /**
   * `const ended = exitOf(child); … await ended;`: what made the promise. Not chains and functions that
   * are called where they are written: what they reject with is an edge where they stand.
   */
  private keptPromise(value: ts.Expression): ts.Expression | undefined {
    if (!ts.isIdentifier(value)) return undefined;
    const declaration = this.environment.resolve(value)?.valueDeclaration;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
    if (!isConstant(declaration) || declaration.initializer === undefined) return undefined;
    const made = skipWrappers(declaration.initializer);
    if (ts.isNewExpression(made)) return made;
    if (!ts.isCallExpression(made)) return undefined;
    const callee = skipWrappers(made.expression);
    const isLowered =
      ts.isArrowFunction(callee) ||
      ts.isFunctionExpression(callee) ||
      (ts.isPropertyAccessExpression(callee) && isChainMethod(callee.name.text));
    return isLowered ? undefined : made;
  }

  /** `await` of what is no promise waits for nothing. */
  private isThereAlready(value: ts.Expression): boolean {
    const { types } = this.environment;
    const type = types.typeOf(value);
    return !types.isAny(type) && types.awaited(type) === type;
  }

  private returnedPromiseRejects(body: FunctionWithBody): Strength | undefined {
    const returns = returnedValues(body);
    if (returns.length === 0) return undefined;
    const answer = this.fixpoint.ask<Throws>({
      key: `rejects ${this.idOfUnit(body)}`,
      bottom: "never",
      anything: "likely",
      unknown: "likely",
      equal: (a, b) => a === b,
      compute: () => strongest(returns.map((value) => this.rejectStrength(value))) ?? "never",
    });
    return answer === "never" ? undefined : answer;
  }

  private throwsOf(unit: FunctionWithBody): Strength | undefined {
    const answer = this.fixpoint.ask<Throws>({
      key: `throws ${this.idOfUnit(unit)}`,
      bottom: "never",
      anything: "likely",
      unknown: "likely",
      equal: (a, b) => a === b,
      compute: () => this.findThrows(unit) ?? "never",
    });
    return answer === "never" ? undefined : answer;
  }

  /**
   * Follows exceptions in flight: bit 1 normal, 2 a possible and 4 a likely exception. A `throw` in a
   * `catch` passes on what was caught, as strong as it came.
   */
  private findThrows(unit: FlowUnit): Strength | undefined {
    if (takesNever(unit)) return undefined;
    const graph = this.environment.graph(unit);
    const states = solveForward<number>([{ block: graph.entry, index: 0, state: 1 }], {
      isBottom: (state) => state === 0,
      join: (a, b) => a | b,
      includes: (known, next) => (known & next) === next,
      follow: (state) => state,
      transfer: (state, event) => {
        if (event.kind === "recovered") return { normal: 1, thrown: undefined };
        const strength =
          event.kind === "call"
            ? this.throwStrength(event)
            : event.kind === "await"
              ? this.rejectStrength(event.value)
              : event.kind === "throw"
                ? strengthOfThrow(event.node, this.environment)
                : undefined;
        if (strength === undefined) return { normal: state, thrown: undefined };
        const inFlight = state & 6;
        const raised = event.kind === "throw" && inFlight !== 0 ? 0 : strength === "likely" ? 4 : 2;
        return { normal: state, thrown: inFlight | raised };
      },
    });
    if (states === undefined) return "likely";
    const bits = states.get(graph.thrown) ?? 0;
    const returns = (states.get(graph.end) ?? 0) !== 0;
    return (bits & 4) !== 0 && !(returns && isAssertion(unit, this.environment))
      ? "likely"
      : (bits & 6) !== 0
        ? "possible"
        : undefined;
  }
}

/** A promise whose executor takes no `reject` settles only by resolving. */
function promiseRejects(node: ts.NewExpression): boolean {
  const executor = node.arguments?.[0];
  if (
    executor === undefined ||
    !(ts.isArrowFunction(executor) || ts.isFunctionExpression(executor))
  )
    return true;
  return executor.parameters.length > 1;
}
