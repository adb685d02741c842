/**
 * The acquisitions of a function: every call or `new` in it whose value must be released, as what
 * the tracker follows.
 */
import ts from "typescript";
import { anyElement } from "../flow/build-graph.ts";
import type { FlowUnit, FunctionWithBody, InitialisedField } from "../flow/graph.ts";
import type { Start } from "../flow/solve.ts";
import { endsByItself, endsWithScope } from "../resources/ends-by-itself.ts";
import type { ResourceKind, ResourcePlace } from "../resources/kind.ts";
import { forwardsRelease } from "../resources/wrappers.ts";
import type { CallLike, RecognisedResource } from "../resources/recognise.ts";
import { isConstant, isDropped, skipWrappers } from "../typescript/syntax.ts";
import { type AccessPath, isSymbol, pathOf } from "./access-path.ts";
import {
  type Bindings,
  bindingsOf,
  bodiesOfFunction,
  boundFunction,
  noBindings,
} from "./bindings.ts";
import { callsIn } from "./calls-in.ts";
import { closuresIn } from "./closures.ts";
import { pathKey } from "./condition-keys.ts";
import type { Environment } from "./environment.ts";
import { knownConditions } from "./known-conditions.ts";
import { absent, freshDisjunct, type State } from "./obligation-state.ts";
import type { FreshResult } from "./fresh-results.ts";
import { pairedPaths } from "./releases.ts";
import { enclosingFunction } from "./places.ts";
import { retainedReceiver } from "./retained-receiver.ts";
import type { Summaries } from "./summaries.ts";
import type { Tracked } from "./tracking.ts";

/** An acquisition with the expression that made it. */
export interface Acquired extends Tracked {
  readonly site: CallLike;
}

/**
 * Every acquisition in a function, those in callbacks that are its own functions left out.
 *
 * @param without calls whose acquisitions are of no interest
 */
export function findAcquisitions(
  unit: FunctionWithBody,
  bindings: Bindings,
  environment: Environment,
  summaries: Summaries,
  without: readonly CallLike[] = [],
): readonly Acquired[] {
  return callsIn(unit)
    .filter((call) => !without.includes(call))
    .flatMap((call) => acquisitionsAt(call, environment, summaries, bindings))
    .filter((one) => one.graph.unit === unit);
}

/** The acquisitions that one call or `new` makes; empty at the top level of a file, which outlives everything. */
export function acquisitionsAt(
  site: CallLike,
  environment: Environment,
  summaries: Summaries,
  bindings = noBindings,
): readonly Acquired[] {
  const called = boundFunction(site.expression, bindings, environment);
  if (called !== undefined) return madeByParameter(site, called, environment, summaries, bindings);
  const recognised = environment.recogniser.acquisitions(site);
  if (recognised.length === 0) return collectedAt(site, environment, summaries, bindings);
  const unit = codeAround(site, environment);
  if (unit === undefined) return [];
  const { types, recogniser } = environment;
  return recognised.flatMap((one) => {
    if (one.freshness === "body") {
      return freshFromBodies(site, environment, summaries, bindings).flatMap(
        ({ kind, paths, armed }) =>
          endsWithScope(kind, site, types, recogniser)
            ? []
            : inResult({ kind, paths, armed, at: site }, site, unit, environment, bindings),
      );
    }
    if (
      endsByItself(one, site, types, recogniser) ||
      registersItself(one.kind, site, environment, summaries)
    )
      return [];
    if (one.ofReceiver === true) {
      const retained = retainedReceiver(one.kind, site, unit, environment);
      if (retained === undefined) return [];
      const { kind, names } = retained;
      return inResult(
        { kind, paths: [[]], names, armed: true, at: site },
        site,
        unit,
        environment,
        bindings,
      );
    }
    if (one.place !== undefined && "callback" in one.place)
      return inCallback(one, one.place, site, environment);
    if (one.place !== undefined && "receiver" in one.place)
      return inReceiver(one, site, unit, environment);
    const dropped = isDropped(site) && pairedPaths(one.kind, site, environment).length > 0;
    return inResult(
      {
        ...one,
        // Nothing but the paired call can release it, and that may be anywhere.
        kind: dropped ? { ...one.kind, weak: true } : one.kind,
        paths: [placeMembers(one.place)],
        at: site,
      },
      site,
      unit,
      environment,
      bindings,
    );
  });
}

/** What a call or `new` makes, as a resource of a kind that the code around it says it is. */
export function acquiredAs(
  kind: ResourceKind,
  site: CallLike,
  environment: Environment,
): readonly Acquired[] {
  const unit = codeAround(site, environment);
  if (unit === undefined) return [];
  const armed = kind.armedBy === undefined;
  return inResult({ kind, paths: [[]], armed, at: site }, site, unit, environment, noBindings);
}

/** What a function of the program makes and returns is the caller's. */
export function freshFromBodies(
  site: CallLike,
  environment: Environment,
  summaries: Summaries,
  bindings = noBindings,
): readonly FreshResult[] {
  const made = new Map<string, FreshResult>();
  for (const body of bodiesOfFunction(site.expression, environment)) {
    const inner = bindingsOf(body, site.arguments ?? [], bindings, environment);
    for (const fresh of summaries.freshResults(body, inner)) made.set(fresh.paths.join(";"), fresh);
  }
  return [...made.values()];
}

/** `create()` where the caller passed the function that makes something. */
function madeByParameter(
  site: CallLike,
  called: ts.Expression,
  environment: Environment,
  summaries: Summaries,
  bindings: Bindings,
): readonly Acquired[] {
  const unit = unitOf(site, environment);
  if (unit === undefined) return [];
  return madeByFunction(called, environment, summaries).flatMap(({ kind, paths, armed }) =>
    inResult({ kind, paths, armed, at: site }, site, unit, environment, bindings),
  );
}

/** The fresh resources that calling a function makes, whether or not its body can be seen. */
function madeByFunction(
  called: ts.Expression,
  environment: Environment,
  summaries: Summaries,
): readonly FreshResult[] {
  const bodies = new Set([
    ...closuresIn(called, environment),
    ...bodiesOfFunction(called, environment),
  ]);
  if (bodies.size > 0) return [...bodies].flatMap((body) => summaries.freshResults(body));
  const kind = environment.recogniser.madeByDeclared(called);
  return kind === undefined
    ? []
    : [{ kind, paths: [[]], site: undefined, armed: kind.armedBy === undefined }];
}

/** `paths.map((path) => open(path))` makes an array of resources. */
function collectedAt(
  site: CallLike,
  environment: Environment,
  summaries: Summaries,
  bindings: Bindings,
): readonly Acquired[] {
  const given = mappingCallback(site);
  if (
    given === undefined ||
    !environment.recogniser.isStandardMember(site.expression, ["Array.map", "ReadonlyArray.map"])
  )
    return [];
  const unit = codeAround(site, environment);
  if (unit === undefined) return [];
  const callback = boundFunction(given, bindings, environment) ?? given;
  return madeByFunction(callback, environment, summaries).flatMap(
    ({ kind, paths, armed, site: inner }) => {
      const at =
        ts.isArrowFunction(callback) || ts.isFunctionExpression(callback) ? (inner ?? site) : site;
      return inResult(
        { kind, paths: paths.map((path) => [anyElement, ...path]), armed, at },
        site,
        unit,
        environment,
        bindings,
      );
    },
  );
}

function mappingCallback(site: CallLike): ts.Expression | undefined {
  const { expression } = site;
  return ts.isCallExpression(site) &&
    ts.isPropertyAccessExpression(expression) &&
    expression.name.text === "map"
    ? site.arguments[0]
    : undefined;
}

/** The function whose graph has the call, or undefined at the top level of a file or class. */
export function unitOf(site: ts.Node, environment: Environment): FunctionWithBody | undefined {
  const unit = codeAround(site, environment);
  return unit === undefined || ts.isPropertyDeclaration(unit) ? undefined : unit;
}

/** The function or initialiser whose graph has the call. */
export function codeAround(
  site: ts.Node,
  environment: Environment,
): FunctionWithBody | InitialisedField | undefined {
  let node = enclosingFunction(site, new Set());
  for (;;) {
    if (ts.isSourceFile(node) || ts.isClassStaticBlockDeclaration(node)) return undefined;
    if (!mayBeInlined(node)) return node as FunctionWithBody | InitialisedField;
    const outer = enclosingFunction(node, new Set());
    const owner = outermost(outer);
    const { inlined } = environment.graph(owner);
    if (!inlined.has(node)) return node as FunctionWithBody;
    node = outer;
  }
}

/** The nearest function around that cannot be inlined itself. */
function outermost(node: ts.Node): FlowUnit {
  let current = node;
  while (
    !ts.isSourceFile(current) &&
    !ts.isClassStaticBlockDeclaration(current) &&
    mayBeInlined(current)
  ) {
    current = enclosingFunction(current, new Set());
  }
  return current as FlowUnit;
}

/** A literal that the graph builder may have inlined into the function around it. */
function mayBeInlined(node: ts.Node): boolean {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  let { parent }: ts.Node = node;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  return ts.isCallExpression(parent) || ts.isNewExpression(parent);
}

interface Made {
  readonly kind: ResourceKind;
  /** Where in the value of the call it is reachable. */
  readonly paths: readonly (readonly string[])[];
  readonly armed: boolean;
  /** Further names that it has from the start. */
  readonly names?: readonly AccessPath[];
  /** What is reported as the acquisition. */
  readonly at: CallLike;
}

/** @param call the call or `new` in whose value the resource is */
function inResult(
  made: Made,
  call: CallLike,
  unit: FlowUnit,
  environment: Environment,
  bindings: Bindings,
): readonly Acquired[] {
  const paths: AccessPath[] = [
    ...made.paths.flatMap((members): readonly AccessPath[] => [
      { root: call, members },
      ...(made.kind.standIns ?? []).map((one) => ({ root: call, members: [...members, one] })),
    ]),
    ...(made.names ?? []),
    ...chainedName(call, environment),
    ...wrappedBy(call, environment),
    ...endingWith(made.kind, call, environment),
    ...pairedPaths(made.kind, call, environment),
  ];
  const oneOfMany = made.paths.some((members) => members.includes(anyElement));
  return heldAs(paths, made, call, unit, environment).map((one) => ({
    ...one,
    bindings,
    oneOfMany,
  }));
}

/**
 * `await buffer.mapAsync(mode)`: from here the receiver owes. Whether what is older than the function
 * is released elsewhere cannot be seen, so there only a release in the function is evidence.
 */
function inReceiver(
  { kind, armed }: RecognisedResource,
  site: CallLike,
  unit: FlowUnit,
  environment: Environment,
): readonly Acquired[] {
  const { expression } = site;
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const path = pathOf(expression.expression, environment.resolve);
  const declaration = isSymbol(path.root) ? path.root.valueDeclaration : undefined;
  const isOwn =
    path.members.length === 0 &&
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    enclosingFunction(declaration, new Set()) === enclosingFunction(site, new Set());
  const made = {
    kind: isOwn ? kind : { ...kind, weak: true as const },
    paths: [],
    armed,
    at: site,
  };
  // As a part of its value too: a call that is rejected did nothing to its receiver.
  const paths = [path, { root: site, members: [receiverMember] }];
  return heldAs(paths, made, site, unit, environment);
}

/** Stands in the value of a call for its receiver. */
const receiverMember = "#receiver";

function heldAs(
  paths: readonly AccessPath[],
  made: Made,
  call: CallLike,
  unit: FlowUnit,
  environment: Environment,
): readonly Acquired[] {
  const graph = environment.graph(unit);
  const positions = environment.callPositions(graph).get(call);
  if (positions === undefined) return [];
  const guards = knownConditions(graph, positions, environment);
  const starts = positions.map(({ block, index }, i): Start<State> => {
    const held = freshDisjunct(paths, guards[i] ?? new Map(), made.armed);
    return { block, index: index + 1, state: { ...absent, held: [held] } };
  });
  return [{ kind: made.kind, graph, starts, site: made.at, call }];
}

/**
 * `const socket = connect().on("end", () => socket.destroy())`: the listeners of the chain know it by
 * the name that it will have.
 */
function chainedName(call: CallLike, { types, resolve }: Environment): readonly AccessPath[] {
  let node: ts.Expression = call;
  for (;;) {
    const access: ts.Node = node.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== node) break;
    if (!ts.isCallExpression(access.parent) || access.parent.expression !== access) break;
    node = access.parent;
  }
  const { parent } = node;
  if (node === call || !ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name))
    return [];
  if (!isConstant(parent) || types.typeOf(node) !== types.typeOf(call)) return [];
  return [pathOf(parent.name, resolve)];
}

/** What a wrapper is made of: closing the wrapped resource closes the wrapper. */
function wrappedBy(call: CallLike, environment: Environment): readonly AccessPath[] {
  if (!ts.isNewExpression(call)) return takenReceiver(call, environment);
  const { recogniser, types, resolve } = environment;
  return (call.arguments ?? []).flatMap((given, index) => {
    const argument = skipWrappers(given);
    if (!ts.isIdentifier(argument) && !ts.isPropertyAccessExpression(argument)) return [];
    const isWrapped =
      recogniser.kindOfType(types.valueType(argument)) !== undefined ||
      forwardsRelease(call, index, types);
    return isWrapped ? [pathOf(argument, resolve)] : [];
  });
}

/** `browser.newPage()`: closing the browser closes the page. */
function endingWith(
  { automatic }: ResourceKind,
  { expression }: CallLike,
  { resolve }: Environment,
): readonly AccessPath[] {
  return automatic?.receiver === true && ts.isPropertyAccessExpression(expression)
    ? [pathOf(expression.expression, resolve)]
    : [];
}

/** `handle.createWriteStream()`: the stream ends with the handle that it takes over. */
function takenReceiver(call: ts.CallExpression, environment: Environment): readonly AccessPath[] {
  const { expression } = call;
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const fact = environment.recogniser.functionFact(expression, expression.name.text);
  return fact?.takes?.includes("this") === true
    ? [pathOf(expression.expression, environment.resolve)]
    : [];
}

/** `open(path, (error, fd) => …)`: the resource comes in as a parameter, and there is none when there is an error. */
function inCallback(
  recognised: RecognisedResource,
  place: Extract<ResourcePlace, { callback: number }>,
  site: CallLike,
  environment: Environment,
): readonly Acquired[] {
  const args = site.arguments ?? [];
  const callback = callbackAt(args.at(place.callback), place.property);
  if (callback === undefined) return [];
  const parameter = callback.parameters[place.parameter];
  if (parameter === undefined || !ts.isIdentifier(parameter.name)) return [];
  const symbol = environment.resolve(parameter.name);
  if (symbol === undefined) return [];
  const graph = environment.graph(callback);
  const guards = new Map<string, boolean>();
  const error = place.parameter > 0 ? callback.parameters[0] : undefined;
  if (error !== undefined && ts.isIdentifier(error.name)) {
    const errorSymbol = environment.resolve(error.name);
    if (errorSymbol !== undefined) {
      const key = pathKey({ root: errorSymbol, members: [] });
      guards.set(key, false).set(`${key}==null`, true);
    }
  }
  const held = freshDisjunct(
    [{ root: symbol, members: [] }],
    guards,
    recognised.kind.armedBy === undefined,
  );
  return [
    {
      kind: recognised.kind,
      graph,
      site,
      call: undefined,
      starts: [{ block: graph.entry, index: 0, state: { held: [held], ended: 0 } }],
    },
  ];
}

function callbackAt(
  argument: ts.Expression | undefined,
  property: string | undefined,
): FunctionWithBody | undefined {
  let node: ts.Node | undefined = argument;
  if (property !== undefined) {
    if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
    const member = node.properties.find(
      (one) => one.name !== undefined && ts.isIdentifier(one.name) && one.name.text === property,
    );
    node = member !== undefined && ts.isPropertyAssignment(member) ? member.initializer : member;
  }
  if (node === undefined) return undefined;
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node)
    ? (node as FunctionWithBody)
    : undefined;
}

function placeMembers(place: ResourcePlace | undefined): readonly string[] {
  return place !== undefined && "result" in place ? place.result.split(".") : [];
}

/** The constructor puts the new object where someone else finds it: a registry, a parent, a module variable. */
function registersItself(
  kind: ResourceKind,
  site: CallLike,
  environment: Environment,
  summaries: Summaries,
): boolean {
  if (!ts.isNewExpression(site)) return false;
  return environment.types
    .implementations(site.expression, true)
    .filter((body): body is FunctionWithBody => "body" in body && body.body !== undefined)
    .some((constructor) => summaries.keepsItself(constructor, kind));
}
