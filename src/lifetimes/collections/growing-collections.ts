/**
 * Collections that live long, that code adds to, and that nothing empties or bounds.
 *
 * A collection is judged by all that the program does with it. Silent is what is bounded by construction,
 * what may be removed by any code that can run, and what somebody has who is not seen.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import { oncePerFile, type FileAnalysis } from "../../ownership/engine.ts";
import type { Environment } from "../../ownership/environment.ts";
import type { EventKind } from "../../resources/events.ts";
import { endsInstance } from "../../ownership/release-methods.ts";
import type { Strength } from "../../ownership/obligation-state.ts";
import { reportingRule, type ReportingRule } from "../../resources/reporting-rule.ts";
import { returnsFunctions } from "../../resources/returns-functions.ts";
import { isExported, isPrivate, isSeenOutside } from "../../typescript/modifiers.ts";
import { isInside } from "../../typescript/syntax.ts";
import { type Add, type CollectionUse, usesOf } from "./collection-uses.ts";
import {
  type CollectionName,
  collectionsIn,
  type DeclaredCollection,
  type StateCollection,
  stateCollectionsIn,
} from "./declared-collections.ts";
import { type Growth, growthBy } from "./growth.ts";
import { lifetimesOf } from "../holders/holder-lifetimes.ts";
import { type KeepingPlace, placeOf } from "../holders/keeping-places.ts";
import { unitAround } from "../holders/occasions.ts";
import { referencesInProgram } from "../holders/program-references.ts";
import { namesakesOf } from "../holders/references.ts";
import { registration } from "../holders/registrations.ts";

export type GrowthFault =
  /** Nothing takes anything out. */
  | "unbounded"
  /** Slots are set to `undefined`, and their keys stay. */
  | "blanked"
  /** What is kept under a key is emptied, and the key stays. */
  | "inner-emptied"
  /** A key is only taken out to be put in again. */
  | "renewed"
  /** The code that takes something out is never called. */
  | "removal-uncalled"
  /** Only the end of its owner empties it. */
  | "emptied-at-end"
  /** Another collection under the same keys is told that a key is gone. */
  | "sibling-told";

export interface GrowthFinding {
  readonly fault: GrowthFault;
  /** The name of the collection, where it is declared. */
  readonly node: ts.Node;
  readonly name: string;
  readonly label: CollectionName;
  /** Where it grows; the first speaks for all. */
  readonly adds: readonly Add[];
  readonly event: EventKind | undefined;
  /** The code that the fault is about: what blanks, renews, is never called. */
  readonly at: ts.Node | undefined;
  /** The other collection, for `sibling-told`. */
  readonly other: string | undefined;
  readonly rule: ReportingRule;
  readonly strength: Strength;
}

type Declared = DeclaredCollection | StateCollection;

/** Every collection of a file that only grows, in source order. */
export const analyseGrowth: FileAnalysis<GrowthFinding> = oncePerFile((file, { environment }) => {
  const declared = [...collectionsIn(file), ...stateCollectionsIn(file)].filter(mayGrow);
  // Nothing of a file of tests lives longer than the tests.
  if (declared.length === 0 || isTestFile(file, environment)) return [];
  return declared.flatMap((one) => findingOf(one, declared, environment) ?? []);
});

/** Its top level registers tests. */
function isTestFile(file: ts.SourceFile, environment: Environment): boolean {
  return file.statements.some((statement) => {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression))
      return false;
    const registered = registration(statement.expression, environment);
    return typeof registered === "object" && registered.when === "test";
  });
}

/** By names alone: it outlives a call, and the file adds to something of its name. */
function mayGrow({ declaration }: Declared): boolean {
  const namesakes = namesakesOf(declaration);
  if (!namesakes.some(isAddedTo)) return false;
  if (!ts.isVariableDeclaration(declaration)) return true;
  const own = unitAround(declaration);
  return ts.isSourceFile(own) || namesakes.some((one) => unitAround(one) !== own);
}

function isAddedTo(reference: ts.Expression): boolean {
  let node: ts.Node = reference;
  while (
    !ts.isStatement(node.parent) &&
    (ts.isExpression(node.parent) || ts.isVariableDeclaration(node.parent))
  ) {
    node = node.parent;
    if (ts.isElementAccessExpression(node) || ts.isVariableDeclaration(node)) return true;
    if (
      ts.isPropertyAccessExpression(node) &&
      /^(?:set|add|push|unshift|splice)$/.test(node.name.text)
    )
      return true;
    if (ts.isBinaryExpression(node)) return true;
    if (ts.isCallExpression(node)) return true;
    if (ts.isArrowFunction(node)) return false;
  }
  return ts.isReturnStatement(node.parent);
}

function findingOf(
  { declaration, name: label }: Declared,
  all: readonly Declared[],
  environment: Environment,
): GrowthFinding | undefined {
  const uses = usesOf(declaration, environment);
  if (uses.some(({ is }) => is === "escape" || is === "limit")) return undefined;
  const adds = uses.filter((use): use is Add => use.is === "add");
  const removals = uses.filter(({ is }) => is === "remove" || is === "clear");
  const told = judgeRemovals(removals, adds, environment);
  if (adds.length === 0 || told === "bounded") return undefined;
  const place = placeOfCollection(declaration, environment);
  if (place === undefined) return undefined;
  const grown = { name: label, place, uses };
  const growths = adds.flatMap((add) => growthBy(add, grown, environment) ?? []);
  const [first] = [...growths].sort((a, b) => rank(b) - rank(a));
  if (first === undefined) return undefined;
  const explained = told ?? faultOf(uses) ?? siblingOf(declaration, first.add, all, environment);
  const strength = strengthOf(place, first, explained?.fault, environment);
  if (strength === undefined) return undefined;
  return {
    fault: "unbounded",
    node: declaration.name,
    name: declaration.name.getText(),
    label,
    adds: [first.add, ...growths.map(({ add }) => add).filter((add) => add !== first.add)],
    event: first.event,
    at: undefined,
    other: undefined,
    ...explained,
    rule: reportingRule({ wrong: "retained-memory", keptIn: "collection" }),
    strength,
  };
}

function rank({ event, strength }: Growth): number {
  return (strength === "sure" ? 2 : 0) + (event === undefined ? 0 : 1);
}

type Explained = Pick<GrowthFinding, "fault"> & Partial<Pick<GrowthFinding, "at" | "other">>;

/** Whether what takes something out bounds the collection; undefined when nothing takes anything out. */
function judgeRemovals(
  removals: readonly CollectionUse[],
  adds: readonly Add[],
  environment: Environment,
): Explained | "bounded" | undefined {
  const called = removals.filter(({ node }) => !isNeverCalled(node, environment));
  const [uncalled] = removals;
  if (called.length === 0) return uncalled && { fault: "removal-uncalled", at: uncalled.node };
  const [renewal] = called;
  if (called.every((removal) => isRenewal(removal, adds)))
    return { fault: "renewed", at: renewal?.node };
  const [ending] = called;
  if (called.every(({ is, node }) => is === "clear" && isAtEnd(node, environment)))
    return { fault: "emptied-at-end", at: ending?.node };
  return "bounded";
}

/** It stands in a function that only its own file can call, and no code there does. */
function isNeverCalled(node: ts.Node, environment: Environment): boolean {
  const unit = unitAround(node);
  if (!ts.isMethodDeclaration(unit) && !ts.isFunctionDeclaration(unit)) return false;
  if (unit.name === undefined || isSeenOutside(unit)) return false;
  const references = referencesInProgram(unit, environment);
  return (
    references !== "too-many" &&
    references.every((one) => one.pos >= unit.pos && one.end <= unit.end)
  );
}

/**
 * `map.delete(key); map.set(key, value)` makes the key the newest, or its value, and no key goes: not
 * those that never come again.
 */
function isRenewal(removal: CollectionUse, adds: readonly Add[]): boolean {
  if (removal.is !== "remove" || removal.key === undefined) return false;
  const key = removal.key.getText();
  const statement = removal.node.parent;
  return (
    ts.isExpressionStatement(statement) &&
    adds.some(
      (add) =>
        add.key?.getText() === key &&
        ts.isExpressionStatement(add.node.parent) &&
        comesTo(statement, add.node.parent),
    )
  );
}

/** Behind a statement control goes on to another one of the same function, if nothing throws. */
function comesTo(from: ts.Statement, to: ts.Statement): boolean {
  if (to.pos < from.pos) return false;
  let node: ts.Node = from;
  while (!isInside(to, node.parent)) {
    const { parent }: ts.Node = node;
    // What comes next is decided by what the branch does at its end.
    if (ts.isBlock(parent)) {
      const last = parent.statements.at(-1);
      if (last !== undefined && isJump(last)) return false;
    } else if (!ts.isIfStatement(parent)) return false;
    node = parent;
  }
  return to.parent === node.parent && ts.isBlock(node.parent);
}

function isJump(statement: ts.Statement): boolean {
  return (
    ts.isReturnStatement(statement) ||
    ts.isThrowStatement(statement) ||
    ts.isBreakStatement(statement) ||
    ts.isContinueStatement(statement)
  );
}

/** It happens in a method that ends the object. */
function isAtEnd(node: ts.Node, environment: Environment): boolean {
  const unit = unitAround(node);
  return (
    ts.isMethodDeclaration(unit) &&
    unit.body !== undefined &&
    ts.isClassLike(unit.parent) &&
    endsInstance({ node: unit, code: unit as FunctionWithBody }, environment)
  );
}

function faultOf(uses: readonly CollectionUse[]): Explained | undefined {
  const blank = uses.find((use) => use.is === "blank" && !isPlaceholder(use, uses));
  if (blank !== undefined) return { fault: "blanked", at: blank.node };
  const emptied = uses.find(({ is }) => is === "empty-inner");
  return emptied && { fault: "inner-emptied", at: emptied.node };
}

/** `known.set(key, undefined)` until the function knows what to put there. */
function isPlaceholder(
  { node, key }: Extract<CollectionUse, { is: "blank" }>,
  uses: readonly CollectionUse[],
): boolean {
  return uses.some(
    (use) =>
      use.is === "add" &&
      use.key?.getText() === key?.getText() &&
      use.node.pos > node.pos &&
      unitAround(use.node) === unitAround(node),
  );
}

/** A collection that gets the same key in the same function, and from which it is taken out again. */
function siblingOf(
  declaration: ts.Declaration,
  { key, node }: Add,
  all: readonly Declared[],
  environment: Environment,
): Explained | undefined {
  if (key === undefined) return undefined;
  for (const other of all) {
    if (other.declaration === declaration || ownerOf(other.declaration) !== ownerOf(declaration))
      continue;
    const uses = usesOf(other.declaration, environment);
    const isParallel = uses.some(
      (use) =>
        use.is === "add" &&
        use.key?.getText() === key.getText() &&
        unitAround(use.node) === unitAround(node),
    );
    const removal = uses.find(
      (use) =>
        use.is === "remove" &&
        use.key !== undefined &&
        use.node.getSourceFile() === node.getSourceFile(),
    );
    if (isParallel && removal !== undefined)
      return { fault: "sibling-told", at: removal.node, other: other.declaration.name.getText() };
  }
  return undefined;
}

/** The class, object or function whose collections are kept side by side. */
function ownerOf(declaration: ts.Declaration): ts.Node {
  return ts.isVariableDeclaration(declaration) ? unitAround(declaration) : declaration.parent;
}

function placeOfCollection(
  declaration: Declared["declaration"],
  environment: Environment,
): KeepingPlace | undefined {
  if (!ts.isPropertyAssignment(declaration)) return placeOf(declaration, environment);
  let owner: ts.Node = declaration;
  while (!ts.isVariableDeclaration(owner)) owner = owner.parent;
  return { kind: "module", declaration: owner };
}

/**
 * The code takes something out, and it is too little: its author expects the owner to live so long that
 * this matters.
 */
const meansToShrink: ReadonlySet<GrowthFault> = new Set([
  "blanked",
  "inner-emptied",
  "removal-uncalled",
  "sibling-told",
]);

/** How sure it is that the collection lives long, that it grows, and that all uses are seen. */
function strengthOf(
  place: KeepingPlace,
  { event, strength }: Growth,
  fault: GrowthFault | undefined,
  environment: Environment,
): Strength | undefined {
  const lifetimes = lifetimesOf(place, environment);
  const isService = event === "connection" || event === "request";
  // What is made for a connection, a component or a call goes with it.
  const isLong = lifetimes.some(({ lasts }) => lasts === "process");
  if (!isLong && !lifetimes.every(({ lasts }) => lasts === "unknown")) return undefined;
  // Of what neither lives long nor grows for sure, there is nothing to say.
  if (!isLong && !isService) {
    if (strength !== "sure" || isOfOneCall(place)) return undefined;
    return fault !== undefined && meansToShrink.has(fault) && !isOpen(place) ? "sure" : "possible";
  }
  // An end that empties it is all that a cache of its owner needs; a server lives on.
  if (fault === "emptied-at-end" && !isService) return "possible";
  if (isOpen(place)) return "possible";
  return strength;
}

/** A function's own variable that its closures share, none of which the function hands out. */
function isOfOneCall(place: KeepingPlace): boolean {
  if (place.kind === "local") return true;
  if (place.kind !== "captured") return false;
  const { unit } = place;
  return ts.isFunctionLike(unit) && "body" in unit && !returnsFunctions(unit);
}

/** Code that nobody sees may remove what is in it. */
function isOpen({ kind, declaration }: KeepingPlace): boolean {
  if (kind === "module") return isExported(declaration);
  if (kind !== "static" && kind !== "field") return false;
  const owner = declaration.parent;
  return !isPrivate(declaration) && ts.isClassLike(owner) && isExported(owner);
}
