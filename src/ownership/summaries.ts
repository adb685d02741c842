/**
 * Summaries: what a function does with a parameter, with a captured variable, with its `this`, what
 * it returns, and whether it throws. Inferred from its body, memoised per program and options.
 *
 * An effect is a set of possibilities per exit, so "always released" is "released and never held".
 */
import ts from "typescript";
import type { FlowUnit, FunctionWithBody } from "../flow/graph.ts";
import { valueOf } from "../flow/graph.ts";
import { solveForward } from "../flow/solve.ts";
import type { ResourceKind } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import { constructorsOf, skipWrappers } from "../typescript/types.ts";
import { type AccessPath, isSymbol, keyOf, thisRoot } from "./access-path.ts";
import type { CallEvent } from "./call-effects.ts";
import { speaksOfThisMember } from "./conditions.ts";
import { captures, closuresIn } from "./closures.ts";
import type { Environment } from "./environment.ts";
import { findAcquisitions } from "./find-acquisitions.ts";
import { Fixpoint, type Question } from "./fixpoint.ts";
import { type Disjunct, Ended, freshDisjunct, type Strength } from "./obligation-state.ts";
import { combinatorOf, promiseAllElements } from "./promise-combinators.ts";
import { type Outcome, trackObligation, type TrackingContext } from "./track-obligation.ts";

export interface ParameterEffect {
  readonly unknown: boolean;
  /** It may still be the caller's to release when the function returns. */
  readonly normalHeld: boolean;
  /** It may, and not only where the object's own state says that there is nothing to do. */
  readonly normalHeldPlainly: boolean;
  /** How it may have ended when the function returns (bits of {@link Ended}). */
  readonly normalEnded: number;
  /** How likely the function throws with the resource still the caller's; undefined: never. */
  readonly thrownHeld: Strength | undefined;
  readonly thrownEnded: number;
  /** Below which members of the result it is found again, as joined paths. */
  readonly returnedAs: ReadonlySet<string>;
}

/** A fresh resource in the result of a function. */
export interface FreshResult {
  readonly kind: ResourceKind;
  /** The places in the result under which it is reachable; the empty path is the result itself. */
  readonly paths: readonly (readonly string[])[];
  /** The acquiring call in the body; undefined where the body writes the resource as a literal. */
  readonly site: CallLike | undefined;
}

const neverReturns: ParameterEffect = {
  unknown: false,
  normalHeld: false,
  normalHeldPlainly: false,
  normalEnded: 0,
  thrownHeld: undefined,
  thrownEnded: 0,
  returnedAs: new Set(),
};
const unknownEffect: ParameterEffect = { ...neverReturns, unknown: true, normalHeld: true };
const anyEffect: ParameterEffect = {
  ...neverReturns,
  normalHeld: true,
  normalEnded: Ended.released | Ended.kept,
  thrownHeld: "likely",
  thrownEnded: Ended.released,
};

type Throws = Strength | "never";

export class Summaries {
  private readonly environment: Environment;
  private readonly fixpoint = new Fixpoint();
  private readonly unitIds = new WeakMap<ts.Node, number>();
  private nextUnit = 1;

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** The bodies a call may run. Generators run later, so their bodies do not count. */
  bodies(event: CallEvent): readonly FunctionWithBody[] {
    const isNew = ts.isNewExpression(event.node);
    const callee = skipWrappers(event.callee);
    if (callee.kind === ts.SyntaxKind.SuperKeyword) return this.superConstructor(callee);
    return this.environment.types
      .implementations(callee, isNew)
      .filter(
        (body): body is FunctionWithBody =>
          "body" in body &&
          body.body !== undefined &&
          !("asteriskToken" in body && body.asteriskToken !== undefined),
      );
  }

  private superConstructor(callee: ts.Node): readonly FunctionWithBody[] {
    let node: ts.Node = callee;
    while (!ts.isClassLike(node) && !ts.isSourceFile(node)) node = node.parent;
    if (!ts.isClassLike(node)) return [];
    const base = this.environment.types.baseClass(node);
    return (base === undefined ? [] : constructorsOf(base, this.environment.types)).filter(
      (one): one is ts.ConstructorDeclaration & { body: ts.Block } => one.body !== undefined,
    );
  }

  // ---- what happens to a resource that is handed in

  /** What the bodies do with argument `index` (or the member `members` of it). */
  argumentEffect(
    bodies: readonly FunctionWithBody[],
    index: number,
    members: readonly string[],
    kind: ResourceKind,
  ): ParameterEffect {
    return joinEffects(
      bodies.map((body) => {
        const paths = this.parameterPaths(body, index, members);
        if (paths.length === 0) return { ...neverReturns, normalHeld: true };
        return this.effect(body, paths, kind);
      }),
    );
  }

  /** What a method of the program does with `this` (or the member `members` of it); undefined for other callees. */
  methodEffect(
    callee: ts.Expression,
    members: readonly string[],
    kind: ResourceKind,
  ): ParameterEffect | undefined {
    if (!ts.isPropertyAccessExpression(callee)) return undefined;
    const bodies = this.environment.types
      .implementations(callee, false)
      .filter(
        (body): body is FunctionWithBody =>
          "body" in body && body.body !== undefined && ts.isClassLike(body.parent),
      );
    if (bodies.length === 0) return undefined;
    return joinEffects(
      bodies.map((body) => this.effect(body, [{ root: thisRoot, members }], kind)),
    );
  }

  /** Whether a constructor stores the object it makes somewhere outside, or passes it to one who does. */
  keepsItself(constructor: FunctionWithBody, kind: ResourceKind): boolean {
    const effect = this.effect(constructor, [{ root: thisRoot, members: [] }], kind);
    return !effect.unknown && (effect.normalEnded & Ended.kept) !== 0;
  }

  /** What a closure does with the resource through the variables it captured; undefined when it captured none. */
  captureEffect(
    closure: FunctionWithBody,
    disjunct: Disjunct,
    context: TrackingContext,
  ): ParameterEffect | undefined {
    if (!captures(closure, disjunct, this.environment)) return undefined;
    const paths = [...disjunct.aliases.values()].filter(
      (alias) =>
        (isSymbol(alias.root) && !declaredIn(alias.root, closure)) || alias.root === thisRoot,
    );
    if (paths.length === 0) return undefined;
    return this.effect(closure, paths, context.tracked.kind);
  }

  /** What a function does with a resource that is reachable under the paths when it is entered. */
  effect(
    unit: FunctionWithBody,
    paths: readonly AccessPath[],
    kind: ResourceKind,
  ): ParameterEffect {
    const key = `effect ${this.idOfUnit(unit)} ${kind.id} ${paths.map(keyOf).sort().join(" ")}`;
    const question: Question<ParameterEffect> = {
      key,
      bottom: neverReturns,
      anything: anyEffect,
      unknown: unknownEffect,
      equal: sameEffect,
      compute: () => {
        const graph = this.environment.graph(unit);
        const held = freshDisjunct(paths, new Map(), true);
        const outcome = trackObligation(
          {
            kind,
            graph,
            site: undefined,
            call: undefined,
            starts: [{ block: graph.entry, index: 0, state: { held: [held], ended: 0 } }],
          },
          this.environment,
          this,
        );
        return effectOf(outcome);
      },
    };
    return this.fixpoint.ask(question);
  }

  /** The assignments in a function that replace the live value a path has when it is entered. */
  lossesOf(unit: FunctionWithBody, path: AccessPath, kind: ResourceKind): readonly ts.Node[] {
    const graph = this.environment.graph(unit);
    const held = freshDisjunct([path], new Map(), true);
    const outcome = trackObligation(
      {
        kind,
        graph,
        site: undefined,
        call: undefined,
        starts: [{ block: graph.entry, index: 0, state: { held: [held], ended: 0 } }],
      },
      this.environment,
      this,
    );
    if (outcome.unknown) return [];
    return outcome.losses
      .filter((loss) => loss.disjunct.strength === "sure")
      .map((loss) => loss.node);
  }

  /** Where a function finds argument `index`: its parameter, and the field of a parameter property. */
  private parameterPaths(
    body: FunctionWithBody,
    index: number,
    members: readonly string[],
  ): readonly AccessPath[] {
    const parameters = body.parameters.filter(
      (parameter) => !(ts.isIdentifier(parameter.name) && parameter.name.text === "this"),
    );
    const last = parameters.at(-1);
    const rest = last?.dotDotDotToken === undefined ? undefined : last;
    const parameter =
      rest !== undefined && index >= parameters.length - 1 ? rest : parameters[index];
    if (parameter === undefined) return [];
    const inner =
      parameter === rest ? [String(index - parameters.length + 1), ...members] : members;
    if (!ts.isIdentifier(parameter.name)) return [{ root: parameter, members: inner }];
    const symbol = this.environment.resolve(parameter.name);
    const own: AccessPath[] = symbol === undefined ? [] : [{ root: symbol, members: inner }];
    if (ts.isParameterPropertyDeclaration(parameter, body)) {
      own.push({ root: thisRoot, members: [parameter.name.text, ...inner] });
    }
    return own;
  }

  // ---- results

  /** The fresh resources in the result of a function. */
  freshResults(unit: FunctionWithBody): readonly FreshResult[] {
    const none: readonly FreshResult[] = [];
    return this.fixpoint.ask({
      key: `fresh ${this.idOfUnit(unit)}`,
      bottom: none,
      anything: none,
      unknown: none,
      equal: (a, b) =>
        a.length === b.length &&
        a.every((one, i) => one.site === b[i]?.site && one.paths.join() === b[i]?.paths.join()),
      compute: () => this.findFresh(unit),
    });
  }

  private findFresh(unit: FunctionWithBody): readonly FreshResult[] {
    if ("asteriskToken" in unit && unit.asteriskToken !== undefined) return [];
    const results: FreshResult[] = [...this.returnedLiterals(unit)];
    for (const tracked of findAcquisitions(unit, this.environment, this)) {
      const outcome = trackObligation(tracked, this.environment, this);
      if (outcome.unknown || outcome.hiddenReturns.length > 0) continue;
      if ((outcome.atEnd.ended & Ended.kept) !== 0) continue;
      const paths = [...outcome.returnedAs].map((path) => (path === "" ? [] : path.split(".")));
      // Alternatives come out at one place: the caller has one of them.
      const isAlternative = results.some((one) => one.paths.join(";") === paths.join(";"));
      if (paths.length > 0 && !isAlternative) {
        results.push({ kind: tracked.kind, paths, site: tracked.site });
      }
    }
    return results.length > 0 && this.mayReturnBorrowed(unit) ? [] : results;
  }

  /** `return { [Symbol.dispose]() {…} }` makes a resource without a call. */
  private returnedLiterals(unit: FunctionWithBody): readonly FreshResult[] {
    for (const block of this.environment.graph(unit).blocks) {
      for (const event of block.events) {
        if (event.kind !== "return" || event.value === undefined) continue;
        const value = valueOf(event.value);
        if (!ts.isObjectLiteralExpression(value)) continue;
        const kind = this.environment.recogniser.kindOfType(this.environment.types.typeOf(value));
        if (kind !== undefined) return [{ kind, paths: [[]], site: undefined }];
      }
    }
    return [];
  }

  /** Some `return` gives back what the function did not make: a field, a cached or a looked-up value. */
  private mayReturnBorrowed(unit: FunctionWithBody): boolean {
    const graph = this.environment.graph(unit);
    for (const block of graph.blocks) {
      for (const event of block.events) {
        if (event.kind !== "return" || event.value === undefined) continue;
        if (armsOf(event.value).some((value) => this.isBorrowed(value, unit))) return true;
      }
    }
    return false;
  }

  private isBorrowed(value: ts.Expression, unit: ts.Node): boolean {
    if (ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value)) return true;
    return ts.isIdentifier(value) && this.isOuterVariable(value, unit);
  }

  private isOuterVariable(name: ts.Identifier, unit: ts.Node): boolean {
    if (name.text === "undefined") return false;
    const symbol = this.environment.resolve(name);
    return (
      symbol !== undefined &&
      (!declaredIn(symbol, unit) || symbol.declarations?.some(ts.isParameter) === true)
    );
  }

  // ---- exceptions

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
    return strongest(bodies.map((body) => (isAsync(body) ? undefined : this.throwsOf(body))));
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
          isAsync(closure) ? undefined : this.throwsOf(closure),
        ),
      ),
    );
  }

  /** How likely the promise in an expression rejects; undefined: it does not, or its rejection is an edge already. */
  rejectStrength(expression: ts.Expression): Strength | undefined {
    const value = valueOf(expression);
    if (ts.isNewExpression(value)) return promiseRejects(value) ? "likely" : undefined;
    if (!ts.isCallExpression(value)) return "likely";
    const callee = skipWrappers(value.expression);
    if (ts.isArrowFunction(callee) || ts.isFunctionExpression(callee)) return undefined;
    const combinator = combinatorOf(value);
    if (combinator === "allSettled") return undefined;
    if (combinator === "all") {
      const elements = promiseAllElements(value);
      if (elements?.every((one) => !ts.isSpreadElement(one)) === true) {
        return strongest(elements.map((one) => this.rejectStrength(one)));
      }
    }
    const name = this.environment.recogniser.nameOfCallee(callee) ?? "";
    if (/^(?:then|catch|finally)$/.test(name)) return undefined;
    if (this.environment.recogniser.functionFact(callee, name)?.never !== undefined)
      return undefined;
    const bodies = this.bodies({
      kind: "call",
      node: value,
      callee: value.expression,
      args: value.arguments,
    });
    if (bodies.length === 0) return "likely";
    return strongest(
      bodies.map((body) =>
        isAsync(body) ? this.throwsOf(body) : this.returnedPromiseRejects(body),
      ),
    );
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
                ? "likely"
                : undefined;
        if (strength === undefined) return { normal: state, thrown: undefined };
        const inFlight = state & 6;
        const raised = event.kind === "throw" && inFlight !== 0 ? 0 : strength === "likely" ? 4 : 2;
        return { normal: state, thrown: inFlight | raised };
      },
    });
    if (states === undefined) return "likely";
    const bits = states.get(graph.thrown) ?? 0;
    return (bits & 4) !== 0 ? "likely" : (bits & 2) !== 0 ? "possible" : undefined;
  }

  private idOfUnit(unit: ts.Node): number {
    let id = this.unitIds.get(unit);
    if (id === undefined) {
      id = this.nextUnit++;
      this.unitIds.set(unit, id);
    }
    return id;
  }
}

function effectOf(outcome: Outcome): ParameterEffect {
  if (outcome.unknown) return unknownEffect;
  // What was released and could be armed again is not held.
  const held = outcome.atEnd.held.filter((disjunct) => disjunct.armed);
  const strengths = outcome.atThrow.held
    .filter((disjunct) => disjunct.armed)
    .map((disjunct) => disjunct.strength);
  return {
    unknown: false,
    normalHeld: held.length > 0,
    normalHeldPlainly: held.some(
      (disjunct) => ![...disjunct.guards.keys()].some(speaksOfThisMember),
    ),
    normalEnded: outcome.atEnd.ended,
    // A resource that comes in is held for sure, so what leaves by a throw is at most likely.
    thrownHeld: strongest(strengths) === "sure" ? "likely" : strongest(strengths),
    thrownEnded: outcome.atThrow.ended,
    returnedAs: outcome.returnedAs,
  };
}

function joinEffects(effects: readonly ParameterEffect[]): ParameterEffect {
  if (effects.length === 0) return unknownEffect;
  return effects.reduce((a, b) => ({
    unknown: a.unknown || b.unknown,
    normalHeld: a.normalHeld || b.normalHeld,
    normalHeldPlainly: a.normalHeldPlainly || b.normalHeldPlainly,
    normalEnded: a.normalEnded | b.normalEnded,
    thrownHeld: strongest([a.thrownHeld, b.thrownHeld]),
    thrownEnded: a.thrownEnded | b.thrownEnded,
    returnedAs: new Set([...a.returnedAs, ...b.returnedAs]),
  }));
}

function sameEffect(a: ParameterEffect, b: ParameterEffect): boolean {
  return (
    a.unknown === b.unknown &&
    a.normalHeld === b.normalHeld &&
    a.normalHeldPlainly === b.normalHeldPlainly &&
    a.normalEnded === b.normalEnded &&
    a.thrownHeld === b.thrownHeld &&
    a.thrownEnded === b.thrownEnded &&
    [...a.returnedAs].sort().join() === [...b.returnedAs].sort().join()
  );
}

function strongest(strengths: readonly (Strength | undefined)[]): Strength | undefined {
  if (strengths.includes("sure")) return "sure";
  if (strengths.includes("likely")) return "likely";
  return strengths.includes("possible") ? "possible" : undefined;
}

function isAsync(body: FunctionWithBody): boolean {
  return (
    ts.canHaveModifiers(body) &&
    ts.getModifiers(body)?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword) === true
  );
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

/** What the value of an expression may be: the arms of conditionals and of `??`, `||`. */
function armsOf(expression: ts.Expression): readonly ts.Expression[] {
  const value = valueOf(expression);
  if (ts.isConditionalExpression(value))
    return [...armsOf(value.whenTrue), ...armsOf(value.whenFalse)];
  if (
    ts.isBinaryExpression(value) &&
    (value.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      value.operatorToken.kind === ts.SyntaxKind.BarBarToken)
  ) {
    return [...armsOf(value.left), ...armsOf(value.right)];
  }
  return [value];
}

function returnedValues(body: FunctionWithBody): readonly ts.Expression[] {
  const { body: code } = body;
  if (ts.isExpression(code)) return [code];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(code, visit);
  return found;
}

function declaredIn(symbol: ts.Symbol, unit: ts.Node): boolean {
  return (
    symbol.declarations?.some(
      (declaration) =>
        declaration.getSourceFile() === unit.getSourceFile() &&
        declaration.pos >= unit.pos &&
        declaration.end <= unit.end,
    ) === true
  );
}
