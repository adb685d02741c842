/**
 * How long the place lives where a value is kept. (`holders.ts` asks something else: what holds resources
 * under keys, and what leaves it.)
 *
 * A place lives as long as the program, as a component is shown, as a connection or
 * request lasts, or as a call runs. Fields live as long as their instances, which live where whoever makes
 * them keeps them; variables that returned closures share live where the caller keeps the closures.
 *
 * Unsound towards "unknown": instances that are made through an interface, by a container, or in another
 * package are not seen. `lifetimesOf` then says "unknown" beside what it knows, and rules choose.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isManagedBy } from "../../ownership/release-methods.ts";
import type { EventKind } from "../../resources/events.ts";
import { lifecycles } from "../../resources/lifecycles.ts";
import { isExported } from "../../typescript/modifiers.ts";
import { withWrappers } from "../../typescript/syntax.ts";
import { type KeepingPlace, keptAt, placeOfValue } from "./keeping-places.ts";
import { type Occasion, occasionsOf, unitAround } from "./occasions.ts";
import { referencesInProgram } from "./program-references.ts";
import { callThrough } from "./references.ts";

/** How long something lives; `from` is the code that says so. */
export type Lifetime =
  | { readonly lasts: "process"; readonly from: ts.Node }
  | { readonly lasts: "component"; readonly from: ts.Node }
  /** As long as a connection, a request, the handling of a message. */
  | { readonly lasts: "event"; readonly event: EventKind; readonly from: ts.Node }
  | { readonly lasts: "call"; readonly from: ts.Node }
  | { readonly lasts: "unknown"; readonly from: ts.Node };

/** How many steps from a place to the place that keeps it, and so on, are followed. */
const maximalSteps = 5;

/**
 * Every lifetime that a place is known to have: one for each way in which what it belongs to is made.
 *
 * @returns at least one; "unknown" among them means that there may be others
 */
export function lifetimesOf(
  place: KeepingPlace,
  environment: Environment,
  steps = maximalSteps,
): readonly Lifetime[] {
  const { declaration } = place;
  switch (place.kind) {
    case "module":
    case "static":
      return [{ lasts: "process", from: declaration }];
    case "field":
      return lifetimesOfInstances(place.owner, environment, steps);
    case "local":
    case "captured":
      return lifetimesOfVariable(place, environment, steps);
  }
}

/**
 * How long the instances of a class live: by the framework that makes them, or else by every `new` of
 * the class that the program shows.
 */
export function lifetimesOfInstances(
  owner: ts.ClassLikeDeclaration,
  environment: Environment,
  steps = maximalSteps,
): readonly Lifetime[] {
  const unknown: Lifetime = { lasts: "unknown", from: owner };
  const managed = lifecycles.find((one) => isManagedBy(one, owner, environment));
  if (managed !== undefined) return [{ lasts: managed.instances, from: owner }];
  if (steps === 0) return [unknown];
  const references = referencesInProgram(owner, environment);
  if (references === "too-many") return [unknown];
  const found: Lifetime[] = [];
  for (const reference of references) {
    const { parent } = reference;
    if (ts.isNewExpression(parent) && parent.expression === reference)
      found.push(...lifetimesOfMade(parent, environment, steps - 1));
    else if (ts.isExpressionWithTypeArguments(parent) && ts.isClassLike(parent.parent.parent))
      found.push(...lifetimesOfInstances(parent.parent.parent, environment, steps - 1));
    else if (!isMemberOf(reference)) found.push(unknown);
  }
  const isOpen = found.length === 0 || isExported(owner) || isAbstract(owner);
  return isOpen ? [...found, unknown] : found;
}

/** How long what a call or `new` makes lives: where its value goes, and when that code runs. */
export function lifetimesOfMade(
  made: ts.Expression,
  environment: Environment,
  steps = maximalSteps,
): readonly Lifetime[] {
  const unit = unitAround(made);
  const unknown: Lifetime = { lasts: "unknown", from: made };
  // What the top level makes, it makes once; nothing says that it goes before the program ends.
  if (ts.isSourceFile(unit)) return [{ lasts: "process", from: made }];
  if (steps === 0) return [unknown];
  const kept = keptAt(made, environment);
  switch (kept.by) {
    case "place":
      return lifetimesOf(kept.place, environment, steps - 1);
    case "result":
      return lifetimesOfResults(unit, environment, steps - 1);
    case "made":
      return lifetimesOfMade(kept.expression, environment, steps - 1);
    case "entry":
    case "nobody":
      return lifetimesOfCode(unit, environment, steps - 1);
    case "unknown":
      return [...lifetimesOfCode(unit, environment, steps - 1), unknown];
  }
}

/** How long the object that an expression denotes lives: of a variable, a field, a global, a fresh value. */
export function lifetimesOfValue(
  expression: ts.Expression,
  environment: Environment,
): readonly Lifetime[] {
  const node = valueOf(expression);
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    return lifetimesOfMade(node, environment);
  }
  if (node.kind === ts.SyntaxKind.ThisKeyword) {
    const owner = classAround(node);
    if (owner !== undefined) return lifetimesOfInstances(owner, environment);
  }
  if (isOutsideVariable(node, environment)) return [{ lasts: "process", from: node }];
  const place = placeOfValue(node, environment);
  if (place === undefined) return [{ lasts: "unknown", from: node }];
  // What is passed in lives longer than the call; how long, its caller knows.
  if (ts.isParameter(place.declaration) && place.kind !== "field")
    return [{ lasts: "unknown", from: node }];
  return lifetimesOf(place, environment);
}

/** The longest of several lifetimes; undefined when nothing is known. */
export function longest(lifetimes: readonly Lifetime[]): Lifetime | undefined {
  for (const lasts of ["process", "component", "event", "call"] as const) {
    const found = lifetimes.find((one) => one.lasts === lasts);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every lifetime is known, and none is as long as the program. */
export function surelyEnds(lifetimes: readonly Lifetime[]): boolean {
  return lifetimes.every(({ lasts }) => lasts !== "process" && lasts !== "unknown");
}

// ---- variables of functions

function lifetimesOfVariable(
  { kind, declaration, unit }: Extract<KeepingPlace, { unit: ts.Node }>,
  environment: Environment,
  steps: number,
): readonly Lifetime[] {
  if (steps === 0) return [{ lasts: "unknown", from: declaration }];
  const references = referencesInProgram(declaration, environment);
  if (references === "too-many") return [{ lasts: "unknown", from: declaration }];
  const found: Lifetime[] = [];
  for (const reference of references) {
    const kept = keptAt(reference, environment);
    if (kept.by === "place" && kept.place.declaration !== declaration)
      found.push(...lifetimesOf(kept.place, environment, steps - 1));
    else if (kept.by === "result" && unitAround(reference) === unit)
      found.push(...lifetimesOfResults(unit, environment, steps - 1));
  }
  if (kind === "captured" && mayGiveOutClosures(unit))
    found.push(...lifetimesOfResults(unit, environment, steps - 1));
  return found.length > 0 ? found : lifetimesOfCode(unit, environment, steps - 1, kind);
}

/** The closures that a function makes may leave it: it returns a function, a name, or an object that has some. */
function mayGiveOutClosures(unit: ts.Node): boolean {
  const hasFunction = (node: ts.Node): boolean => {
    const value = ts.isExpression(node) ? valueOf(node) : node;
    if (ts.isFunctionLike(value) || ts.isIdentifier(value)) return true;
    return (
      ts.isObjectLiteralExpression(value) &&
      value.properties.some((one) => !ts.isPropertyAssignment(one) || hasFunction(one.initializer))
    );
  };
  if (!ts.isFunctionLike(unit) || !("body" in unit) || unit.body === undefined) return false;
  const body = unit.body as ts.Node;
  if (!ts.isBlock(body)) return hasFunction(body);
  const visit = (node: ts.Node): boolean => {
    if (ts.isReturnStatement(node))
      return node.expression !== undefined && hasFunction(node.expression);
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(body);
}

// ---- results and code

/** How long what a function returns lives: as what each of its calls makes. */
function lifetimesOfResults(
  unit: ts.Node,
  environment: Environment,
  steps: number,
): readonly Lifetime[] {
  const unknown: Lifetime = { lasts: "unknown", from: unit };
  const declaration = namedFunction(unit);
  if (steps <= 0 || declaration === undefined) return [unknown];
  const references = referencesInProgram(declaration, environment);
  if (references === "too-many") return [unknown];
  const found = references.flatMap((reference): readonly Lifetime[] => {
    const call = callThrough(reference);
    return call === undefined ? [unknown] : lifetimesOfMade(call, environment, steps - 1);
  });
  return found.length === 0 || isExported(declaration) ? [...found, unknown] : found;
}

/** The declaration by whose name a function is called. */
function namedFunction(unit: ts.Node): ts.Declaration | undefined {
  if (!ts.isArrowFunction(unit) && !ts.isFunctionExpression(unit))
    return ts.isFunctionLike(unit) ? unit : undefined;
  const node = withWrappers(unit);
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) ? parent : undefined;
}

/** How long a variable lives that a function has, or what it makes and gives to nobody who is seen. */
function lifetimesOfCode(
  unit: ts.Node,
  environment: Environment,
  steps: number,
  kind: "local" | "captured" = "captured",
): readonly Lifetime[] {
  return occasionsOf(bodyOf(unit), environment).flatMap((occasion) =>
    lifetimeOn(occasion, unit, environment, steps, kind),
  );
}

function bodyOf(unit: ts.Node): ts.Node {
  if (ts.isFunctionLike(unit) && "body" in unit && unit.body !== undefined) return unit.body;
  return ts.isPropertyDeclaration(unit) ? (unit.initializer ?? unit) : unit;
}

function lifetimeOn(
  occasion: Occasion,
  unit: ts.Node,
  environment: Environment,
  steps: number,
  kind: "local" | "captured",
): readonly Lifetime[] {
  const { at } = occasion;
  switch (occasion.when) {
    case "load":
      // A function that is run once, such as `main`, has what the program has.
      return [{ lasts: "process", from: at }];
    case "event":
      return [{ lasts: "event", event: occasion.event, from: at }];
    case "component":
      return [{ lasts: "component", from: at }];
    case "construction":
      return kind === "captured" && steps > 0
        ? lifetimesOfInstances(occasion.owner, environment, steps - 1)
        : [{ lasts: "call", from: unit }];
    case "test":
    case "within":
      return [{ lasts: "call", from: at }];
    case "unknown":
      return [{ lasts: kind === "local" ? "call" : "unknown", from: at }];
  }
}

// ---- small questions

/** `Registry.shared`, `Registry.name`: a static member, and no instance. */
function isMemberOf(reference: ts.Expression): boolean {
  const { parent } = reference;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === reference;
  return (
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword
  );
}

function isAbstract(owner: ts.ClassLikeDeclaration): boolean {
  return (ts.getCombinedModifierFlags(owner) & ts.ModifierFlags.Abstract) !== 0;
}

function classAround(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isClassLike(at)) return at;
    if (ts.isFunctionDeclaration(at) || ts.isFunctionExpression(at)) return undefined;
  }
  return undefined;
}

/** `process`, `window`, an object that a package exports: it is there while the program runs. */
function isOutsideVariable(node: ts.Expression, { types, resolve }: Environment): boolean {
  const symbol = ts.isIdentifier(node) ? resolve(node) : undefined;
  const declaration = symbol?.declarations?.[0];
  if (symbol === undefined || declaration === undefined) return false;
  return (symbol.flags & ts.SymbolFlags.Value) !== 0 && !types.isOfProgram(declaration);
}
