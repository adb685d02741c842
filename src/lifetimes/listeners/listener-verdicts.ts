/**
 * The verdict on one registered listener: whether it stays on something that outlives whoever put it
 * there, and how sure that is. *Sure* needs evidence that the subscriber ends: a method that ends
 * him, a framework that does, an event that comes again.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import { valueOf } from "../../flow/graph.ts";
import { withOwnCallees } from "../../ownership/class-members.ts";
import type { Environment } from "../../ownership/environment.ts";
import { firstEvents, lastEvents } from "../../resources/emitters.ts";
import { isAsyncFunction } from "../../typescript/modifiers.ts";
import { isInside, returnedValues } from "../../typescript/syntax.ts";
import { compareIdentities } from "./identities.ts";
import { lifetimesOfInstances } from "../holders/holder-lifetimes.ts";
import { eventName, type Mismatch, outcomeOf } from "./listener-removal.ts";
import { listenersIn, type Registration, type RemovalCall } from "./listeners.ts";
import { occasionsOf, unitAround } from "../holders/occasions.ts";
import { isSignal } from "../races/signals.ts";
import { type Subscriber, subscribersOf } from "./subscribers.ts";
import { leftOverOf } from "./left-over.ts";
import { type Target, targetOf } from "./target-life.ts";

export type ListenerFault =
  /** Nothing takes it off, and the subscriber ends or may end. */
  | { readonly how: "kept"; readonly by: Subscriber }
  /** It is added each time that an event comes. */
  | { readonly how: "per-event"; readonly of: Registration }
  /** It is added for each connection or request. */
  | { readonly how: "per-start"; readonly starts: "connection" | "request" }
  /** Each call adds one to a signal that others go on using. */
  | { readonly how: "per-call" }
  /** Of several that wait for one of several events only one is called, and this one may stay. */
  | { readonly how: "left-over"; readonly other: Registration }
  /** The call that is meant to take it off names something else. */
  | { readonly how: "missed"; readonly mismatch: Mismatch; readonly by: RemovalCall };

export interface ListenerVerdict {
  readonly fault: ListenerFault;
  readonly strength: "sure" | "possible";
}

/** @returns undefined when the listener is taken off, or lives no longer than its subscriber */
export function verdictOn(
  registration: Registration,
  environment: Environment,
): ListenerVerdict | undefined {
  const subscribers = subscribersOf(registration.site, environment);
  if (registration.used || subscribers.length === 0) return undefined;
  const outcome = outcomeOf(
    registration,
    filesOf(registration, subscribers, environment),
    environment,
  );
  if (outcome.is === "removed") return undefined;
  if (outcome.is === "missed") {
    const { by, mismatch } = outcome;
    return {
      fault: { how: "missed", by, mismatch },
      strength: registration.once ? "possible" : "sure",
    };
  }
  const event = eventName(registration.event, environment);
  const target = targetOf(registration.target, registration.targetIdentity, environment);
  const leftOver = registration.once ? leftOverOf(registration, target, environment) : undefined;
  if (leftOver !== undefined) return leftOver;
  if (registration.once && (event === undefined || lastEvents.has(event))) return undefined;
  if (target.life === "local") return undefined;
  const kept = { registration, event, target, environment };
  const verdicts = [perCall(kept), ...subscribers.map((subscriber) => byWhom(subscriber, kept))];
  return verdicts.find((one) => one?.strength === "sure") ?? verdicts.find(Boolean);
}

/** Where it may be taken off: its own file, and those of base classes. */
function filesOf(
  { site }: Registration,
  subscribers: readonly Subscriber[],
  { types }: Environment,
): readonly ts.SourceFile[] {
  const bases = subscribers.flatMap((one) =>
    one.is === "instance" ? (types.lineage(one.code) ?? []) : [],
  );
  return [...new Set([site.getSourceFile(), ...bases.map((one) => one.getSourceFile())])];
}

interface Kept {
  readonly registration: Registration;
  readonly event: string | undefined;
  readonly target: Target;
  readonly environment: Environment;
}

function byWhom(subscriber: Subscriber, kept: Kept): ListenerVerdict | undefined {
  switch (subscriber.is) {
    case "component":
      return byComponent(subscriber, kept);
    case "event":
      return byEvent(subscriber, kept);
    case "instance":
      return byInstance(subscriber, kept);
    case "call":
      return byCall(subscriber, kept);
  }
}

function isLongLived({ life }: Target): boolean {
  return life === "forever" || life === "module" || life === "injected";
}

/** The emitter is there before and after the code runs. */
function outlives({ target }: Kept, code: ts.Node): boolean {
  const { life, declaration } = target;
  if (isLongLived(target)) return true;
  if (life === "own") return false;
  return declaration !== undefined && !isInside(declaration, code);
}

function byComponent(
  subscriber: Extract<Subscriber, { is: "component" }>,
  kept: Kept,
): ListenerVerdict | undefined {
  if (!outlives(kept, subscriber.code) || kept.registration.once) return undefined;
  if (isShownElement(kept)) return undefined;
  const mayEnd = subscriber.adopts && kept.registration.isByType === true;
  return { fault: { how: "kept", by: subscriber }, strength: mayEnd ? "possible" : "sure" };
}

/** An element that the component shows goes with it: `ref.current`, `element`. */
function isShownElement({ registration, target, environment }: Kept): boolean {
  if (target.life === "forever" || registration.target === undefined) return false;
  const { types } = environment;
  return types
    .classSymbols(types.valueType(registration.target))
    .some((symbol) => symbol.name === "Element" || symbol.name === "Node");
}

function byEvent(
  subscriber: Extract<Subscriber, { is: "event" }>,
  kept: Kept,
): ListenerVerdict | undefined {
  const { code, of } = subscriber;
  const { registration, target, environment } = kept;
  if (of.once || registration.once) return undefined;
  if (!outlives(kept, code) && target.life !== "own") return undefined;
  if (isShownElement(kept)) return undefined;
  if (registration.keepsOne && !isMadeIn(registration, code)) return undefined;
  const event = eventName(of.event, environment);
  // An emitter that a function around it has may end with that function.
  const isLasting = target.life === "own" || isLongLived(target);
  const isSure = isLasting && event !== undefined && !firstEvents.has(event);
  return { fault: { how: "per-event", of }, strength: isSure ? "sure" : "possible" };
}

/** Each run of the code has a listener of its own. */
function isMadeIn({ listenerIdentity }: Registration, code: ts.Node): boolean {
  if (listenerIdentity.is === "made") return true;
  const { root } = listenerIdentity;
  if (root === "this" || root === "global" || root.valueDeclaration === undefined) return false;
  return isInside(root.valueDeclaration, code);
}

function byInstance(
  subscriber: Extract<Subscriber, { is: "instance" }>,
  kept: Kept,
): ListenerVerdict | undefined {
  const { code, ends, shown } = subscriber;
  const { registration, event, target, environment } = kept;
  const { life } = target;
  const isLasting = isLongLived(target);
  if (!isLasting && life !== "given") return undefined;
  if (life !== "forever" && life !== "module" && event !== undefined && lastEvents.has(event))
    return undefined;
  // One function of the module is registered once, however many objects there are.
  if (registration.keepsOne && isOfModule(registration)) return undefined;
  const lifetimes = lifetimesOfInstances(code, environment);
  const comesAndGoes = lifetimes.some(({ lasts }) => lasts === "component" || lasts === "event");
  // The only object of its class may be meant to last, whatever methods the class has.
  const isOnlyOne = !comesAndGoes && lifetimes.some(({ lasts }) => lasts === "process");
  const forgetsOne = takesOffOther(registration, subscriber, environment);
  // Who made it cannot be told: only what the object does for the others speaks for this one.
  if (!isLasting && !forgetsOne) return undefined;
  const isSure =
    (shown || comesAndGoes || (ends.length > 0 && !isOnlyOne) || forgetsOne) &&
    !registration.once &&
    // What a framework injects is there before the object, and after it.
    (life !== "injected" || shown || forgetsOne);
  return { fault: { how: "kept", by: subscriber }, strength: isSure ? "sure" : "possible" };
}

function isOfModule({ listenerIdentity }: Registration): boolean {
  if (listenerIdentity.is === "made" || listenerIdentity.steps.length > 0) return false;
  const { root } = listenerIdentity;
  if (root === "this" || root === "global" || root.valueDeclaration === undefined) return false;
  return ts.isSourceFile(unitAround(root.valueDeclaration));
}

/** What ends an object takes another listener off the same emitter: it means to leave none behind. */
function takesOffOther(
  { targetIdentity }: Registration,
  { ends, members }: Extract<Subscriber, { is: "instance" }>,
  environment: Environment,
): boolean {
  return withOwnCallees(ends, members).some(({ code }) =>
    listenersIn(code.getSourceFile(), environment).removals.some(
      (removal) =>
        isInside(removal.site, code) &&
        compareIdentities(targetIdentity, removal.targetIdentity, environment) === "same",
    ),
  );
}

function byCall(
  subscriber: Extract<Subscriber, { is: "call" }>,
  kept: Kept,
): ListenerVerdict | undefined {
  const { code } = subscriber;
  const { registration, target, environment } = kept;
  if (registration.once) return undefined;
  if (target.life !== "own" && endsWithSibling(code, registration, environment))
    return { fault: { how: "kept", by: subscriber }, strength: "sure" };
  const starts = startOf(registration.site, environment);
  const addsAnother = !registration.keepsOne || isMadeIn(registration, code);
  if (starts !== undefined && addsAnother && isLongLived(target))
    return { fault: { how: "per-start", starts }, strength: "sure" };
  if (target.life !== "forever" && target.life !== "module") return undefined;
  if (registration.keepsOne && isOfModule(registration)) return undefined;
  return { fault: { how: "kept", by: subscriber }, strength: "possible" };
}

/** The code runs each time that somebody connects or asks for something. */
function startOf(site: ts.Node, environment: Environment): "connection" | "request" | undefined {
  for (const occasion of occasionsOf(site, environment)) {
    if (occasion.when !== "event") continue;
    if (occasion.event === "connection" || occasion.event === "request") return occasion.event;
  }
  return undefined;
}

/** What the function returns takes another listener off the same emitter, and forgets this one. */
function endsWithSibling(
  code: FunctionWithBody,
  { targetIdentity, site }: Registration,
  environment: Environment,
): boolean {
  const returned = returnedValues(code).map(valueOf);
  return listenersIn(site.getSourceFile(), environment).removals.some(
    (removal) =>
      returned.some((value) => isInside(removal.site, value)) &&
      compareIdentities(targetIdentity, removal.targetIdentity, environment) === "same",
  );
}

// ---- signals

/** A signal that is given to a call is the one emitter that nearly always outlives it. */
function perCall({ registration, event, target, environment }: Kept): ListenerVerdict | undefined {
  if (event !== "abort" || registration.target === undefined) return undefined;
  if (!isSignal(environment.types.valueType(registration.target), environment)) return undefined;
  const { life } = target;
  if (life !== "parameter" && life !== "injected" && life !== "module") return undefined;
  if (isOfRequest(registration.target, environment)) return undefined;
  const unit = operationAround(registration.site);
  if (unit === undefined) return undefined;
  return {
    fault: { how: "per-call" },
    strength: isOfCallback(target) ? "possible" : "sure",
  };
}

/** The signal of a request is over with it, and so is whoever answers it. */
function isOfRequest(signal: ts.Expression, { recogniser }: Environment): boolean {
  const value = valueOf(signal);
  return (
    ts.isPropertyAccessExpression(value) && recogniser.isStandardMember(value, "Request.signal")
  );
}

/** The signal is given to a function that another one is given: whoever calls it may have made it for the call. */
function isOfCallback({ declaration }: Target): boolean {
  const unit = declaration && ts.findAncestor(declaration, ts.isFunctionLike);
  return (
    unit !== undefined &&
    (ts.isArrowFunction(unit) || ts.isFunctionExpression(unit)) &&
    (ts.isCallExpression(unit.parent) ||
      ts.isNewExpression(unit.parent) ||
      ts.isPropertyAssignment(unit.parent))
  );
}

/** The function around a call that is over when its promise settles. */
function operationAround(site: ts.Node): FunctionWithBody | undefined {
  for (let node = site.parent; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isClassLike(node) || ts.isConstructorDeclaration(node)) return undefined;
    if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined) continue;
    const unit = node as FunctionWithBody;
    if (isAsyncFunction(unit) || isExecutor(unit)) return unit;
  }
  return undefined;
}

function isExecutor(unit: FunctionWithBody): boolean {
  const { parent } = unit;
  return (
    ts.isNewExpression(parent) &&
    parent.arguments?.[0] === unit &&
    ts.isIdentifier(parent.expression) &&
    parent.expression.text === "Promise"
  );
}
