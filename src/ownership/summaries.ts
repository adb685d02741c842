/**
 * Summaries: what a function does with a parameter, with a captured variable, with its `this`, what
 * it returns, and whether it throws. Inferred from its body, memoised per program and options.
 *
 * An effect is a set of possibilities per exit, so "always released" is "released and never held".
 */
import ts from "typescript";
import type { FunctionWithBody } from "../flow/graph.ts";
import { keyOfKind, type ResourceKind } from "../resources/kind.ts";
import { skipWrappers } from "../typescript/syntax.ts";
import { constructorsOf } from "../typescript/types.ts";
import { type AccessPath, callerRoot, isSymbol, keyOf, thisRoot } from "./access-path.ts";
import { type Bindings, bindingsOf, keyOfBindings, noBindings } from "./bindings.ts";
import { captures } from "./closures.ts";
import type { CallEvent } from "./effects.ts";
import type { Environment } from "./environment.ts";
import { Exceptions } from "./exceptions.ts";
import { Fixpoint, type Question } from "./fixpoint.ts";
import { findFresh, type FreshResult, isSameResult } from "./fresh-results.ts";
import { type Disjunct, Ended, freshDisjunct, type Strength } from "./obligation-state.ts";
import {
  anyEffect,
  effectOf,
  joinEffects,
  neverReturns,
  type ParameterEffect,
  sameEffect,
  unknownEffect,
} from "./parameter-effect.ts";
import { OutOfReach, untouchedKind } from "./out-of-reach.ts";
import { declaredIn } from "./places.ts";
import { trackObligation } from "./track-obligation.ts";
import type { Outcome } from "./tracking.ts";

/** An argument that a method puts into fields of `this`. */
interface StoredArgument {
  readonly fields: readonly AccessPath[];
  /** Below which members of the result it is found again, as joined paths. */
  readonly returnedAs: ReadonlySet<string>;
}

export class Summaries {
  private readonly environment: Environment;
  private readonly fixpoint = new Fixpoint();
  private readonly exceptions: Exceptions;
  private readonly outOfReach: OutOfReach;
  private readonly unitIds = new WeakMap<ts.Node, number>();
  private nextUnit = 1;

  constructor(environment: Environment) {
    this.environment = environment;
    this.outOfReach = new OutOfReach(environment.types);
    this.exceptions = new Exceptions(
      environment,
      this.fixpoint,
      (event) => this.bodies(event),
      (unit) => this.idOfUnit(unit),
    );
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

  /**
   * What the bodies do with argument `index` (or the member `members` of it).
   *
   * @param call its arguments, and what is bound where it is: functions among them are looked up
   */
  argumentEffect(
    bodies: readonly FunctionWithBody[],
    index: number,
    members: readonly string[],
    kind: ResourceKind,
    call: { readonly args: readonly ts.Expression[]; readonly bindings?: Bindings | undefined } = {
      args: [],
    },
  ): ParameterEffect {
    return joinEffects(
      bodies.map((body) => {
        const paths = this.parameterPaths(body, index, members);
        if (paths.length === 0) return { ...neverReturns, normalHeld: true };
        const { args, bindings = noBindings } = call;
        return this.effect(
          body,
          [...paths, { root: callerRoot, members: [] }],
          kind,
          bindingsOf(body, args, bindings, this.environment),
        );
      }),
    );
  }

  /** What a method does with argument `index` (or the member `members` of it) if it puts it into a field. */
  fieldsStoring(
    body: FunctionWithBody,
    index: number,
    members: readonly string[],
    kind: ResourceKind,
  ): StoredArgument {
    const paths = this.parameterPaths(body, index, members);
    const none: StoredArgument = { fields: [], returnedAs: new Set() };
    return this.fixpoint.ask({
      key: `stores ${this.idOfUnit(body)} ${keyOfKind(kind)} ${paths.map(keyOf).sort().join(" ")}`,
      bottom: none,
      anything: none,
      unknown: none,
      equal: (a, b) => a.fields.map(keyOf).join() === b.fields.map(keyOf).join(),
      compute: () => {
        const graph = this.environment.graph(body);
        const state = { held: [freshDisjunct(paths, new Map(), true)], ended: 0 };
        const outcome = trackObligation(
          {
            kind,
            graph,
            site: undefined,
            call: undefined,
            fieldRoots: new Map([[thisRoot, "object"]]),
            starts: [{ block: graph.entry, index: 0, state }],
          },
          this.environment,
          this,
        );
        if (outcome.unknown) return none;
        const left = outcome.atEnd.held.flatMap(({ aliases }) => [...aliases.values()]);
        const stored = [...left, ...outcome.namedAtReturn].filter(({ root }) => root === thisRoot);
        const fields = [...new Map(stored.map((path) => [keyOf(path), path])).values()];
        return { fields, returnedAs: outcome.returnedAs };
      },
    });
  }

  /** What a method of the program does with `this` (or the member `members` of it); undefined for other callees. */
  methodEffect(
    callee: ts.Expression,
    members: readonly string[],
    kind: ResourceKind,
  ): ParameterEffect | undefined {
    if (!ts.isPropertyAccessExpression(callee) && !ts.isElementAccessExpression(callee))
      return undefined;
    const bodies = this.environment.types
      .implementations(callee, false)
      .filter(
        (body): body is FunctionWithBody =>
          "body" in body &&
          body.body !== undefined &&
          !ts.isArrowFunction(body) &&
          (ts.isClassLike(body.parent) || ts.isObjectLiteralExpression(body.parent)),
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
    kind: ResourceKind,
  ): ParameterEffect | undefined {
    if (!captures(closure, disjunct, this.environment)) return undefined;
    const paths = [...disjunct.aliases.values()].filter(
      (alias) =>
        (isSymbol(alias.root) && !declaredIn(alias.root, closure)) || alias.root === thisRoot,
    );
    if (paths.length === 0) return undefined;
    return this.effect(closure, paths, kind);
  }

  /** What a function does with a resource that is reachable under the paths when it is entered. */
  effect(
    unit: FunctionWithBody,
    paths: readonly AccessPath[],
    kind: ResourceKind,
    bindings = noBindings,
  ): ParameterEffect {
    const untouched =
      bindings.size === 0 ? this.outOfReach.untouched(unit, paths, kind) : undefined;
    return untouched === undefined
      ? this.effectOn(unit, paths, kind, bindings)
      : this.effectOn(unit, untouched, untouchedKind, bindings);
  }

  private effectOn(
    unit: FunctionWithBody,
    paths: readonly AccessPath[],
    kind: ResourceKind,
    bindings: Bindings,
  ): ParameterEffect {
    const key = `effect ${this.idOfUnit(unit)} ${keyOfKind(kind)} ${paths.map(keyOf).sort().join(" ")} ${keyOfBindings(bindings)}`;
    const question: Question<ParameterEffect> = {
      key,
      bottom: neverReturns,
      anything: anyEffect,
      unknown: unknownEffect,
      equal: sameEffect,
      compute: () => effectOf(this.entering(unit, paths, kind, bindings)),
    };
    return this.fixpoint.ask(question);
  }

  /** The assignments in a function that replace the live value a path has when it is entered. */
  lossesOf(unit: FunctionWithBody, path: AccessPath, kind: ResourceKind): readonly ts.Node[] {
    const outcome = this.entering(unit, [path], kind);
    if (outcome.unknown) return [];
    return outcome.losses
      .filter((loss) => loss.disjunct.strength === "sure")
      .map((loss) => loss.node);
  }

  /** Follows what is reachable under the paths when the function is entered. */
  private entering(
    unit: FunctionWithBody,
    paths: readonly AccessPath[],
    kind: ResourceKind,
    bindings = noBindings,
  ): Outcome {
    const graph = this.environment.graph(unit);
    const held = freshDisjunct(paths, new Map(), true);
    return trackObligation(
      {
        kind,
        graph,
        site: undefined,
        call: undefined,
        bindings,
        starts: [{ block: graph.entry, index: 0, state: { held: [held], ended: 0 } }],
      },
      this.environment,
      this,
    );
  }

  /** Where a function finds argument `index`: its parameter, and the field of a parameter property. */
  parameterPaths(
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
  freshResults(unit: FunctionWithBody, bindings = noBindings): readonly FreshResult[] {
    const none: readonly FreshResult[] = [];
    return this.fixpoint.ask({
      key: `fresh ${this.idOfUnit(unit)} ${keyOfBindings(bindings)}`,
      bottom: none,
      anything: none,
      unknown: none,
      equal: (a, b) => a.length === b.length && a.every((one, i) => isSameResult(one, b[i])),
      compute: () => findFresh(unit, bindings, this.environment, this),
    });
  }
  // ---- exceptions

  /** How likely a call throws; undefined: it does not. */
  throwStrength(event: CallEvent): Strength | undefined {
    return this.exceptions.throwStrength(event);
  }

  /** How likely the promise in an expression rejects; undefined: it does not, or its rejection is an edge already. */
  rejectStrength(expression: ts.Expression): Strength | undefined {
    return this.exceptions.rejectStrength(expression);
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
