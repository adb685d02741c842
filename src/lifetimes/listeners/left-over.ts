/**
 * Listeners that wait for one of several events, each of them once:
 *
 *     new Promise((resolve, reject) => {
 *       this.bus.once("answer", resolve);
 *       this.bus.once("error", reject);
 *     });
 *
 * One of the events comes, and the listener for the other one stays. On an emitter that is there before
 * the call and after it, each call leaves one behind.
 */
import ts from "typescript";
import type { Environment } from "../../ownership/environment.ts";
import { firstEvents } from "../../resources/emitters.ts";
import { functionAround, isInside } from "../../typescript/syntax.ts";
import { occasionsOf } from "../holders/occasions.ts";
import { referencesTo } from "../holders/references.ts";
import { executorAround } from "../races/executors.ts";
import { compareIdentities, namedDeclaration } from "./identities.ts";
import { eventName } from "./listener-removal.ts";
import type { ListenerVerdict } from "./listener-verdicts.ts";
import { listenersIn, type Registration } from "./listeners.ts";
import type { Target } from "./target-life.ts";

/** The verdict on the last of such listeners; undefined for any other, and where the emitter ends soon. */
export function leftOverOf(
  registration: Registration,
  { life }: Target,
  environment: Environment,
): ListenerVerdict | undefined {
  const { site, targetIdentity } = registration;
  if (life !== "own" && life !== "module" && life !== "forever") return undefined;
  const executor = executorAround(site, environment);
  if (executor === undefined) return undefined;
  const group = listenersIn(site.getSourceFile(), environment).registrations.filter(
    (one) =>
      one.once &&
      functionAround(one.site) === executor.body &&
      compareIdentities(one.targetIdentity, targetIdentity, environment) === "same",
  );
  const other = group.find((one) => one !== registration);
  if (other === undefined || group.at(-1) !== registration) return undefined;
  const names = group.map(({ event }) => eventName(event, environment));
  if (names.includes(undefined) || new Set(names).size !== names.length) return undefined;
  if (isMadeNearby(registration, executor.promise, environment)) return undefined;
  const occasions = occasionsOf(executor.promise, environment);
  const isOnce = occasions.every(({ when }) => when === "load" || when === "construction");
  if (isOnce) return undefined;
  // A start or an end comes once in the life of the emitter, and is waited for about as often.
  const comesAgain = names.every((name) => name !== undefined && !firstEvents.has(name));
  const isPerEvent = occasions.some(({ when }) => when === "event");
  return {
    fault: { how: "left-over", other },
    strength: comesAgain || isPerEvent ? "sure" : "possible",
  };
}

/** The function that waits gives the variable or field a new emitter first. */
function isMadeNearby(
  { targetIdentity }: Registration,
  promise: ts.Node,
  environment: Environment,
): boolean {
  const declaration = namedDeclaration(targetIdentity);
  if (declaration === undefined) return false;
  const unit = functionAround(promise);
  return referencesTo(declaration, environment).some(
    (reference) =>
      ts.isBinaryExpression(reference.parent) &&
      reference.parent.left === reference &&
      isInside(reference, unit),
  );
}
