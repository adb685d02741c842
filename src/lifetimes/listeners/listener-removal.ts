/**
 * Whether a registered listener is taken off again: by a call that names the same emitter, the same
 * event and the same function, or by one that may do so. A call that names two of these rightly and
 * the third wrongly takes nothing off, and is told as such.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import { type Environment, foundOnce } from "../../ownership/environment.ts";
import { isRemover } from "../../resources/emitters.ts";
import { isReleaseName } from "../../resources/infer-kind.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { isPrivate } from "../../typescript/modifiers.ts";
import {
  compareIdentities,
  identityOf,
  isFreshFunction,
  type Identity,
  type Sameness,
} from "./identities.ts";
import { unitAround } from "../holders/occasions.ts";
import { namesakesOf } from "../holders/references.ts";
import { listenersIn, type Registration, type RemovalCall } from "./listeners.ts";
import { settledValue } from "../holders/values.ts";

/** What a removal names wrongly, so that it takes nothing off. */
export type Mismatch = "function" | "event" | "capture" | "target";

export type Outcome =
  /** Some call takes it off, or may. */
  | { readonly is: "removed" }
  /** No call has to do with it. */
  | { readonly is: "kept" }
  | { readonly is: "missed"; readonly by: RemovalCall; readonly mismatch: Mismatch };

/**
 * @param files where the listener may be taken off: its own, and those of base classes
 */
export function outcomeOf(
  registration: Registration,
  files: readonly ts.SourceFile[],
  environment: Environment,
): Outcome {
  let missed: Outcome | undefined;
  for (const file of files) {
    const { registrations, removals } = listenersIn(file, environment);
    for (const removal of removals) {
      if (isNeverRun(removal.site)) continue;
      const match = matchOf(registration, removal, environment);
      if (match === "removes") return { is: "removed" };
      if (match === "unrelated" || missed !== undefined) continue;
      if (makesRoom(removal, registration)) continue;
      // A call that takes off another listener is no failed attempt at this one.
      const isOfAnother = registrations.some(
        (other) => other !== registration && matchOf(other, removal, environment) === "removes",
      );
      if (!isOfAnother) missed = { is: "missed", by: removal, mismatch: match };
    }
    if (endsEmitter(registration, file, environment)) return { is: "removed" };
  }
  return missed ?? { is: "kept" };
}

function matchOf(
  registration: Registration,
  removal: RemovalCall,
  environment: Environment,
): Mismatch | "removes" | "unrelated" {
  if (!mayRemove(registration, removal)) return "unrelated";
  const target = sameTarget(registration, removal, environment);
  const event = sameEvent(registration, removal, environment);
  const listener =
    removal.listenerIdentity === undefined
      ? "same"
      : compareIdentities(registration.listenerIdentity, removal.listenerIdentity, environment);
  const capture: Sameness =
    registration.capture === undefined || removal.capture === undefined
      ? "unknown"
      : registration.capture === removal.capture
        ? "same"
        : "different";
  const aspects = { target, event, function: listener, capture };
  const wrong = (Object.keys(aspects) as Mismatch[]).filter(
    (aspect) => aspects[aspect] === "different",
  );
  const [only] = wrong;
  if (only === undefined) return "removes";
  if (wrong.length > 1) return "unrelated";
  // What else it names must be known to be right: then it was meant for this listener.
  const isMeant = (["target", "event", "function"] as const).every(
    (aspect) => aspect === only || aspects[aspect] === "same",
  );
  if (!isMeant) return "unrelated";
  return only === "target" && !isOtherGlobal(registration, removal) ? "unrelated" : only;
}

/** What was there before is taken off, and this takes its place. */
function makesRoom(removal: RemovalCall, registration: Registration): boolean {
  return (
    removal.site.pos < registration.site.pos &&
    unitAround(removal.site) === unitAround(registration.site)
  );
}

/** It stands in a method that only its class may call and that the file never names again. */
function isNeverRun(site: ts.Node): boolean {
  const member = ts.findAncestor(site, ts.isClassElement);
  if (member === undefined || !ts.isMethodDeclaration(member)) return false;
  return isPrivate(member) && namesakesOf(member).length === 0;
}

function mayRemove({ member, removers }: Registration, removal: RemovalCall): boolean {
  return (
    removers.includes(removal.member) ||
    removal.listener === undefined ||
    (member === "addEventListener") === (removal.member === "removeEventListener")
  );
}

function sameTarget(
  registration: Registration,
  removal: RemovalCall,
  environment: Environment,
): Sameness {
  const same = compareIdentities(registration.targetIdentity, removal.targetIdentity, environment);
  if (same !== "unknown") return same;
  const { types } = environment;
  if (registration.target === undefined || removal.target === undefined) return "unknown";
  const a = types.valueType(registration.target);
  const b = types.valueType(removal.target);
  if (types.isAny(a) || types.isAny(b)) return "unknown";
  const [first] = types.classSymbols(a);
  const [second] = types.classSymbols(b);
  if (first === undefined || second === undefined) return "unknown";
  const isRelated = types.classSymbols(a).includes(second) || types.classSymbols(b).includes(first);
  return isRelated ? "unknown" : "different";
}

/** `document` in one call and `window` in the other: two objects, and everybody knows which. */
function isOtherGlobal({ targetIdentity: a }: Registration, removal: RemovalCall): boolean {
  const b: Identity = removal.targetIdentity;
  return a.is === "named" && b.is === "named" && a.root === "global" && b.root === "global";
}

function sameEvent(
  { event: a }: Registration,
  { event: b, listener }: RemovalCall,
  environment: Environment,
): Sameness {
  if (a === undefined || b === undefined) {
    return a === b || listener === undefined ? "same" : "unknown";
  }
  const first = eventName(a, environment);
  const second = eventName(b, environment);
  if (first !== undefined && second !== undefined) return first === second ? "same" : "different";
  return a.getText() === b.getText() ? "same" : "unknown";
}

/** The name of an event where it is written down or constant. */
export function eventName(
  event: ts.Expression | undefined,
  environment: Environment,
): string | undefined {
  if (event === undefined) return undefined;
  const value = settledValue(event, environment);
  if (ts.isStringLiteralLike(value)) return value.text;
  if (!ts.isPropertyAccessExpression(value)) return undefined;
  return environment.types.literalText(value);
}

const endings = ["destroy", "dispose", "close", "end", "terminate", "disconnect", "destroyAll"];

/** The file ends the emitter itself, so that its listeners go with it: `socket.destroy()`. */
function endsEmitter(
  { target, targetIdentity }: Registration,
  file: ts.SourceFile,
  environment: Environment,
): boolean {
  if (target === undefined || targetIdentity.is === "made" || targetIdentity.root === "global")
    return false;
  return endedIn(file, environment).some(
    (ended) => compareIdentities(targetIdentity, ended, environment) === "same",
  );
}

/** What a file ends. */
const endedIn = foundOnce((file, environment): readonly Identity[] =>
  callsIn(file).flatMap((call) => {
    const callee = valueOf(call.expression);
    if (!ts.isPropertyAccessExpression(callee)) return [];
    const name = callee.name.text;
    if (!endings.includes(name) && !isReleaseName(name)) return [];
    return [identityOf(callee.expression, environment)];
  }),
);

/** `unsubscribe(() => …)` may call back when it is done. */
function takesCompletion(member: string): boolean {
  return !isRemover(member, 2);
}

/** Removals of a function that was made for the call: whatever was registered, it was not that one. */
export function removalsOfNothing(
  file: ts.SourceFile,
  environment: Environment,
): readonly RemovalCall[] {
  return listenersIn(file, environment).removals.filter(
    ({ listener, target, member }) =>
      listener !== undefined &&
      !takesCompletion(member) &&
      isFreshFunction(valueOf(listener)) &&
      (target === undefined ||
        environment.types.hasMember(environment.types.valueType(target), member)),
  );
}
