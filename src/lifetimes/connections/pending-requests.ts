/**
 * Tables of pending requests: `pending.set(id, { resolve, reject })`. An entry has to go when the answer
 * comes, when the time for it is up, and when the connection ends, after which no answer will come. (What
 * a timeout of the request leaves behind is the business of races.)
 *
 * Only tables are judged that nobody but their class or file can see. Unsound towards silence: whoever
 * takes several entries out, or walks over all of them, is trusted to do it at the end.
 */
import ts from "typescript";
import { isChainMethod } from "../../flow/syntax.ts";
import { valueOf } from "../../flow/graph.ts";
import { membersWithBody } from "../../ownership/class-members.ts";
import { oncePerFile, type FileAnalysis } from "../../ownership/engine.ts";
import type { Environment } from "../../ownership/environment.ts";
import { endsInstance } from "../../ownership/release-methods.ts";
import { lastEvents } from "../../resources/emitters.ts";
import { reportingRule, type ReportingRule } from "../../resources/reporting-rule.ts";
import { nodesIn } from "../../typescript/nodes-in-file.ts";
import { functionAround, isInside, someInside } from "../../typescript/syntax.ts";
import { type CollectionUse, usesOf } from "../collections/collection-uses.ts";
import { lifetimesOf, surelyEnds } from "../holders/holder-lifetimes.ts";
import { type KeepingPlace, placeOf } from "../holders/keeping-places.ts";
import { eventName } from "../listeners/listener-removal.ts";
import { identityOf, namedDeclaration } from "../listeners/identities.ts";
import { listenersIn } from "../listeners/listeners.ts";
import { type PendingAdd, pendingAddsIn } from "./pending-adds.ts";
import { kindOfConnection } from "./connections.ts";
import { eventsAround } from "./events-around.ts";
import { isHidden } from "./hidden-collections.ts";

/** When an entry stays. */
export type Forgotten = "answer" | "end";

export interface PendingFinding {
  /** What adds the entry. */
  readonly site: ts.Node;
  readonly holder: ts.Expression;
  readonly forgotten: readonly Forgotten[];
  /** The code that says that the connection ends: a listener, a method. */
  readonly end: ts.Node | undefined;
  readonly rule: ReportingRule;
  readonly strength: "sure" | "possible";
}

const rule = reportingRule({ wrong: "retained-memory", keptIn: "connection" });

/** Every pending request of a file whose entry stays on one of its ways out. */
export const analysePendingRequests: FileAnalysis<PendingFinding> = oncePerFile(
  (file, { environment }) =>
    pendingAddsIn(file, environment).flatMap((add) => judge(add, environment) ?? []),
);

function judge(add: PendingAdd, environment: Environment): PendingFinding | undefined {
  const { site, holder } = add;
  const declaration = collectionDeclared(holder, environment);
  const place = declaration && placeOf(declaration, environment);
  if (declaration === undefined || place === undefined) return undefined;
  // What each request makes for itself is no table of requests.
  if (isInside(declaration, add.unit)) return undefined;
  if (!isHidden(identityOf(holder, environment), holder, environment)) return undefined;
  if (place.kind === "local" || surelyEnds(lifetimesOf(place, environment))) return undefined;
  const uses = usesOf(declaration, environment);
  if (uses.some(({ is }) => is === "escape" || is === "limit")) return undefined;
  const removals = uses.filter(isRemoval).map(({ node }) => node);
  // What the request itself takes out when it is settled depends on who settles it.
  if (removals.some((one) => isSettlingIn(one, add))) return undefined;
  const found = (
    forgotten: readonly Forgotten[],
    strength: "sure" | "possible",
    end?: ts.Node,
  ): PendingFinding => ({ site, holder, forgotten, end, rule, strength });
  if (removals.length === 0) return found(["answer", "end"], "sure");
  const bulk = uses.filter((use) => isBulk(use, environment));
  const single = removals.filter((one) => !bulk.some(({ node }) => node === one));
  const around = eventsAround(single, environment);
  const isTimed = around.timed;
  const isAnswered = around.events.size > 0 || around.unknown;
  if (!isAnswered) {
    const isAsked = uses.some((use) => isLookUp(use) && !isWalk(use.node, environment));
    const isForAnswers = bulk.some((use) => isRemoval(use) && !isAtEnd(use.node, environment));
    if (!isAsked || isForAnswers) return undefined;
    return found(["answer"], isTimed ? "possible" : "sure");
  }
  if (bulk.length > 0 || [...around.events].some((event) => endings.has(event))) return undefined;
  const isKnown = (one: ts.Node): boolean =>
    !eventsAround([one], environment).unknown || answers(one, add);
  if (!single.every(isKnown)) return undefined;
  const end = endAround(place, add, environment);
  if (end !== undefined) return found(["end"], isTimed ? "possible" : "sure", end);
  if (!asksConnection(add, environment)) return undefined;
  // Where nobody listens for the end, the table may go with whoever has it.
  const lasts = lifetimesOf(place, environment).some((one) => one.lasts === "process");
  return found(["end"], lasts && !isTimed ? "sure" : "possible");
}

/** The request is sent over something that is known to be a connection. */
function asksConnection({ unit }: PendingAdd, environment: Environment): boolean {
  return someInside(
    unit,
    (node) =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      kindOfConnection(environment.types.valueType(node.expression.expression), environment) !==
        undefined,
  );
}

/** Events that end a connection, or say that it is broken. */
const endings: ReadonlySet<string> = new Set([...lastEvents, "error", "abort"]);

function collectionDeclared(
  holder: ts.Expression,
  environment: Environment,
): ts.VariableDeclaration | ts.PropertyDeclaration | undefined {
  const declaration = namedDeclaration(identityOf(holder, environment));
  return declaration !== undefined &&
    (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration))
    ? declaration
    : undefined;
}

function isRemoval({ is }: CollectionUse): boolean {
  return is === "remove" || is === "clear" || is === "blank" || is === "empty-inner";
}

/** `try { return await answer; } finally { pending.delete(id); }` */
function isSettlingIn(removal: ts.Node, { unit }: PendingAdd): boolean {
  const around = functionAround(removal);
  if (around === unit) return true;
  if (!isInside(around, unit) || !ts.isCallExpression(around.parent)) return false;
  const callee = valueOf(around.parent.expression);
  return ts.isPropertyAccessExpression(callee) && isChainMethod(callee.name.text);
}

/** The code has to do with all entries: it empties the table, replaces it, or walks over it. */
function isBulk(use: CollectionUse, environment: Environment): boolean {
  const { is, node } = use;
  if (is === "clear") return true;
  if (is === "remove") {
    if (isInLoopOver(node)) return true;
    const callee = ts.isCallExpression(node) ? valueOf(node.expression) : undefined;
    return (
      callee !== undefined &&
      ts.isPropertyAccessExpression(callee) &&
      callee.name.text === "splice" &&
      ts.isCallExpression(node) &&
      node.arguments[1]?.getText() !== "1"
    );
  }
  return is === "read" && isWalk(node, environment);
}

/** `while (queue.length) queue.shift()`, `for (const id of pending.keys()) pending.delete(id)` */
function isInLoopOver(node: ts.Node): boolean {
  const unit = functionAround(node);
  for (let at = node.parent; at !== unit; at = at.parent)
    if (ts.isIterationStatement(at, false)) return true;
  return false;
}

function isWalk(node: ts.Node, { types }: Environment): boolean {
  const { parent } = node;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return true;
  if (ts.isSpreadElement(parent)) return true;
  if (!ts.isExpression(node) || !ts.isCallExpression(node)) return false;
  const callee = valueOf(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return (
    /^(?:values|entries|keys|forEach|map)$/.test(callee.name.text) ||
    (callee.expression.getText() === "Object" && types.isIterable(types.typeOf(node)))
  );
}

/** It runs when the connection ends, as far as events and methods tell, and on no other occasion. */
function isAtEnd(removal: ts.Node, environment: Environment): boolean {
  const { events, timed, unknown } = eventsAround([removal], environment);
  if (!unknown) return !timed && [...events].every((event) => endings.has(event));
  const unit = functionAround(removal);
  return (
    ts.isMethodDeclaration(unit) &&
    ts.isClassLike(unit.parent) &&
    membersWithBody(unit.parent, "instance").some(
      (member) => member.node === unit && endsInstance(member, environment),
    )
  );
}

function isLookUp({ is, node }: CollectionUse): boolean {
  if (is !== "read") return false;
  return ts.isCallExpression(node) || ts.isElementAccessExpression(node);
}

/** The code that takes the entry out calls what fulfils the promise: it brings the answer. */
function answers(removal: ts.Node, { resolvers }: PendingAdd): boolean {
  const unit = functionAround(removal);
  if (ts.isSourceFile(unit)) return false;
  return someInside(unit, (node) => {
    if (!ts.isCallExpression(node)) return false;
    const callee = valueOf(node.expression);
    if (ts.isPropertyAccessExpression(callee)) return resolvers.has(callee.name.text);
    return ts.isIdentifier(callee) && (resolvers.has(callee.text) || resolvers.size === 0);
  });
}

/** What shows that the one who waits hears of the end, in the class or function that has the table. */
function endAround(
  place: KeepingPlace,
  { site, unit }: PendingAdd,
  environment: Environment,
): ts.Node | undefined {
  const file = site.getSourceFile();
  const scope: ts.Node = "owner" in place ? place.owner : "unit" in place ? place.unit : file;
  if ("owner" in place) {
    const ending = membersWithBody(place.owner, "instance").find(
      (member) => endsInstance(member, environment) && !isInside(unit, member.node),
    );
    if (ending !== undefined) return ending.node;
  }
  const { registrations } = listenersIn(file, environment);
  const heard = registrations.find(({ site: one, event }) => {
    const name = eventName(event, environment);
    return name !== undefined && lastEvents.has(name) && isInside(one, scope);
  });
  if (heard !== undefined) return heard.site;
  return nodesIn(file).assignments.find(
    ({ left }) =>
      isInside(left, scope) &&
      ts.isPropertyAccessExpression(left) &&
      lastEvents.has(left.name.text.replace(/^on/, "")) &&
      left.name.text.startsWith("on"),
  );
}
