/**
 * What is kept for a connection or request and does not go when it ends.
 *
 * An entry is fine as soon as one removal may run at the end: in a handler of an event that comes at
 * every end, in the function that added it, or in code of which nobody knows when it runs. Unsound
 * towards silence: a removal for another key counts as well.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import { oncePerFile, type FileAnalysis } from "../../ownership/engine.ts";
import type { Environment } from "../../ownership/environment.ts";
import { lastEvents } from "../../resources/emitters.ts";
import { reportingRule, type ReportingRule } from "../../resources/reporting-rule.ts";
import { isExported, isPrivate } from "../../typescript/modifiers.ts";
import { isInside, withWrappers } from "../../typescript/syntax.ts";
import { type Entry, entriesIn, type EntryRemoval, removalsIn } from "./connection-entries.ts";
import type { Connection } from "./connections.ts";
import { lifetimesOfValue, surelyEnds } from "../holders/holder-lifetimes.ts";
import { compareIdentities, identityOf } from "../listeners/identities.ts";
import { eventName } from "../listeners/listener-removal.ts";
import { listenersIn } from "../listeners/listeners.ts";
import { namesakesOf, referencesTo } from "../holders/references.ts";

export interface ConnectionFinding {
  /** What adds the entry. */
  readonly site: ts.Node;
  readonly holder: ts.Expression;
  readonly connection: Connection;
  /** `never`: nothing removes it. `not-at-end`: something does, for other reasons. `some-ends`: at some ends. */
  readonly how: "never" | "not-at-end" | "some-ends";
  /** What removes it. */
  readonly removals: readonly ts.Node[];
  /** The events on which it is removed. */
  readonly events: readonly string[];
  readonly rule: ReportingRule;
  readonly strength: "sure" | "possible";
}

const rule = reportingRule({ wrong: "retained-memory", keptIn: "connection" });

/** Every entry of a file that outlives its connection. */
export const analyseConnections: FileAnalysis<ConnectionFinding> = oncePerFile(
  (file, { environment }) => findingsIn(file, environment),
);

function findingsIn(file: ts.SourceFile, environment: Environment): readonly ConnectionFinding[] {
  const entries = entriesIn(file, environment).filter((entry) => outlives(entry, environment));
  if (entries.length === 0) return [];
  const removals = removalsIn(file, environment);
  return entries.flatMap((entry) => {
    const own = removals.filter(
      ({ holderIdentity }) =>
        compareIdentities(entry.holderIdentity, holderIdentity, environment) === "same",
    );
    return judge(entry, own, environment) ?? [];
  });
}

/** The collection is there before the connection comes and after it has gone. */
function outlives(
  { holder, holderIdentity, connection }: Entry,
  environment: Environment,
): boolean {
  if (holderIdentity.is === "made" || holderIdentity.root === "global") return false;
  // What a test or an object made for one connection has goes with that.
  if (surelyEnds(lifetimesOfValue(holder, environment))) return false;
  const { root, steps } = holderIdentity;
  const { handler, parameter } = connection;
  if (root !== "this") {
    const declaration = root.valueDeclaration;
    if (declaration === undefined || ts.isParameter(declaration)) return false;
    return ts.isVariableDeclaration(declaration) && !isInside(declaration, handler);
  }
  if (steps.length === 0 || ts.isConstructorDeclaration(handler)) return false;
  // An object that keeps the connection in a field is made for that one.
  if (!ts.isIdentifier(parameter.name)) return false;
  const own = identityOf(parameter.name, environment);
  return own.is === "named" && own.root !== "this";
}

function judge(
  entry: Entry,
  removals: readonly EntryRemoval[],
  environment: Environment,
): ConnectionFinding | undefined {
  const { site, holder, connection } = entry;
  const found = (
    how: ConnectionFinding["how"],
    strength: "sure" | "possible",
    events: readonly string[] = [],
  ): ConnectionFinding => ({
    site,
    holder,
    connection,
    how,
    removals: removals.map((one) => one.site),
    events,
    rule,
    strength,
  });
  if (removals.length === 0) {
    return found("never", isHidden(entry, environment) ? "sure" : "possible");
  }
  const occasions = new Occasions(connection, environment);
  for (const removal of removals) occasions.visit(removal.site, 0);
  if (occasions.unknown) return undefined;
  const { ends, sometimes } = connection.kind;
  const events = [...occasions.events];
  const isEnd = (event: string): boolean =>
    ends.includes(event) || (lastEvents.has(event) && !sometimes.includes(event));
  if (events.some(isEnd)) return undefined;
  const some = events.filter((event) => sometimes.includes(event));
  // Success and failure together are nearly all ends there are.
  if (some.includes("error") && some.length > 1) return undefined;
  return some.length > 0 ? found("some-ends", "sure", some) : found("not-at-end", "sure", events);
}

/** Only the file itself can take anything out of the collection. */
function isHidden({ holderIdentity, holder }: Entry, environment: Environment): boolean {
  if (holderIdentity.is === "made" || holderIdentity.steps.length > 1) return false;
  const last = holderIdentity.steps.at(-1) ?? holderIdentity.root;
  if (typeof last === "string" || last.valueDeclaration === undefined) return false;
  const declaration = last.valueDeclaration;
  if (declaration.getSourceFile() !== holder.getSourceFile()) return false;
  const isField = ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration);
  const isLocal = isField ? isPrivate(declaration) : !isExported(declaration);
  return isLocal && referencesTo(declaration, environment).every(isPlainUse);
}

/** The collection itself goes nowhere: it is asked, filled or walked. */
function isPlainUse(reference: ts.Expression): boolean {
  const node = withWrappers(reference);
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent))
    return parent.expression === node;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return true;
  return ts.isSpreadElement(parent) || (ts.isBinaryExpression(parent) && parent.left === node);
}

// ---- when a removal runs

const maximalDepth = 5;
const inPlace = new Set(["forEach", "map", "filter", "some", "every", "find", "flatMap", "reduce"]);

/** The events on which code runs, found by walking outwards from it, and from functions to their calls. */
class Occasions {
  readonly events = new Set<string>();
  /** It may run on other occasions too. */
  unknown = false;
  private readonly seen = new Set<ts.Node>();

  private readonly connection: Connection;
  private readonly environment: Environment;

  constructor(connection: Connection, environment: Environment) {
    this.connection = connection;
    this.environment = environment;
  }

  visit(code: ts.Node, depth: number): void {
    if (this.unknown) return;
    const unit = ts.findAncestor(
      code.parent,
      (one) => ts.isFunctionLike(one) || ts.isSourceFile(one),
    );
    if (unit === undefined || ts.isSourceFile(unit) || depth > maximalDepth) {
      this.unknown = true;
      return;
    }
    if (this.seen.has(unit)) return;
    this.seen.add(unit);
    // The handler itself takes it out again when it has done its work.
    if (unit === this.connection.handler || !this.follow(unit, depth)) this.unknown = true;
  }

  /** @returns false when the function may be called by code that is not seen */
  private follow(unit: ts.Node, depth: number): boolean {
    const { parent } = unit;
    if (ts.isCallExpression(parent) && parent.expression !== unit)
      return this.given(unit, parent, depth);
    if (ts.isBinaryExpression(parent) && parent.right === unit) return this.assigned(parent);
    const named =
      ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) ? parent : unit;
    return (
      (ts.isFunctionDeclaration(named) ||
        ts.isVariableDeclaration(named) ||
        ts.isMethodDeclaration(named) ||
        ts.isPropertyDeclaration(named)) &&
      this.called(named, depth)
    );
  }

  private given(unit: ts.Node, call: ts.CallExpression, depth: number): boolean {
    const listened = this.listened(call, unit);
    if (listened !== undefined) {
      this.events.add(listened);
      return true;
    }
    const callee = call.expression;
    if (!ts.isPropertyAccessExpression(callee) || !inPlace.has(callee.name.text)) return false;
    this.visit(call, depth);
    return true;
  }

  /** `socket.onclose = () => …` */
  private assigned({ left }: ts.BinaryExpression): boolean {
    if (!ts.isPropertyAccessExpression(left) || !left.name.text.startsWith("on")) return false;
    this.events.add(left.name.text.slice("on".length));
    return true;
  }

  private called(declaration: ts.Declaration, depth: number): boolean {
    const isMember = ts.isClassElement(declaration);
    const isOpen = isMember ? !isPrivate(declaration) : isExported(declaration);
    if (isOpen || namesakesOf(declaration).length === 0) return false;
    return referencesTo(declaration, this.environment).every((reference) => {
      const use = boundFunction(reference);
      const { parent } = use;
      if (!ts.isCallExpression(parent)) return false;
      if (parent.expression === use) {
        this.visit(parent, depth + 1);
        return true;
      }
      const event = this.listened(parent, use);
      if (event !== undefined) this.events.add(event);
      return event !== undefined;
    });
  }

  /** The event of a registration whose listener this is. */
  private listened(call: ts.CallExpression, listener: ts.Node): string | undefined {
    const found = listenersIn(call.getSourceFile(), this.environment).registrations.find(
      (one) => one.site === call && valueOf(one.listener) === listener,
    );
    return found && eventName(found.event, this.environment);
  }
}

/** `this.leave.bind(this)` stands for the method. */
function boundFunction(reference: ts.Expression): ts.Expression {
  const access = reference.parent;
  return ts.isPropertyAccessExpression(access) &&
    access.name.text === "bind" &&
    ts.isCallExpression(access.parent)
    ? access.parent
    : reference;
}
