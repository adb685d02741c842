/**
 * What is kept for a connection or request and does not go when it ends.
 *
 * An entry is fine as soon as one removal may run at the end: in a handler of an event that comes at
 * every end, in the function that added it, or in code of which nobody knows when it runs. Unsound
 * towards silence: a removal for another key counts as well.
 */
import ts from "typescript";
import { oncePerFile, type FileAnalysis } from "../../ownership/engine.ts";
import type { Environment } from "../../ownership/environment.ts";
import { lastEvents } from "../../resources/emitters.ts";
import { reportingRule, type ReportingRule } from "../../resources/reporting-rule.ts";
import { isInside } from "../../typescript/syntax.ts";
import { type Entry, entriesIn, type EntryRemoval, removalsIn } from "./connection-entries.ts";
import type { ConnectionKind } from "../../resources/connections.ts";
import { settledValue } from "../holders/values.ts";
import { type Connection, kindOfConnection } from "./connections.ts";
import { lifetimesOfValue, surelyEnds } from "../holders/holder-lifetimes.ts";
import { compareIdentities, identityOf } from "../listeners/identities.ts";
import { eventsAround } from "./events-around.ts";
import { isHidden } from "./hidden-collections.ts";

export interface ConnectionFinding {
  /** What adds the entry. */
  readonly site: ts.Node;
  readonly holder: ts.Expression;
  readonly connection: Connection;
  /**
   * `never`: nothing removes it. `not-at-end`: something does, for other reasons. `some-ends`: at some
   * ends. `other-key`: what is removed stands under another key of the connection.
   */
  readonly how: "never" | "not-at-end" | "some-ends" | "other-key";
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
    return found(
      "never",
      isHidden(entry.holderIdentity, holder, environment) ? "sure" : "possible",
    );
  }
  if (removals.every((one) => isOfOtherKey(entry, one, environment)))
    return found(
      "other-key",
      isHidden(entry.holderIdentity, holder, environment) ? "sure" : "possible",
    );
  const sites = removals.map((one) => one.site);
  const around = eventsAround(sites, environment, connection.handler);
  // A timer may look for those that are gone.
  if (around.unknown || around.timed) return undefined;
  const { ends, sometimes } = connection.kind;
  const events = [...around.events];
  const isEnd = (event: string): boolean =>
    ends.includes(event) || (lastEvents.has(event) && !sometimes.includes(event));
  if (events.some(isEnd)) return undefined;
  const some = events.filter((event) => sometimes.includes(event));
  // Success and failure together are nearly all ends there are.
  if (some.includes("error") && some.length > 1) return undefined;
  return some.length > 0 ? found("some-ends", "sure", some) : found("not-at-end", "sure", events);
}

/**
 * `names.set(socket.id, …)` and `names.delete(socket.data.user)`: both keys are read from a connection of
 * one kind, the first is what names it, and the second is something else of it.
 */
function isOfOtherKey(
  { key, connection }: Entry,
  removal: EntryRemoval,
  environment: Environment,
): boolean {
  if (key === undefined || removal.key === undefined || removal.isInner) return false;
  const own = memberOfConnection(key, environment);
  const other = memberOfConnection(removal.key, environment);
  if (own?.kind !== connection.kind || other?.kind !== connection.kind) return false;
  return connection.kind.ids?.includes(own.path) === true && own.path !== other.path;
}

/** `data.user` of `socket.data.user`, where `socket` is a connection. */
function memberOfConnection(
  key: ts.Expression,
  environment: Environment,
): { readonly kind: ConnectionKind; readonly path: string } | undefined {
  const path: string[] = [];
  let node = settledValue(key, environment);
  while (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    path.unshift(
      ts.isPropertyAccessExpression(node) ? node.name.text : node.argumentExpression.getText(),
    );
    node = settledValue(node.expression, environment);
  }
  const kind = kindOfConnection(environment.types.valueType(node), environment);
  return kind && path.length > 0 ? { kind, path: path.join(".") } : undefined;
}
