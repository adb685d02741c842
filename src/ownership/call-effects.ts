/**
 * What one call does to one resource: release it, arm it, take it over, give it another name, or
 * only use it.
 *
 * The order of evidence: the ways the kind is released, what holds the resource, functions that
 * captured it, and then the arguments.
 */
import { skipWrappers } from "../typescript/syntax.ts";
import { pathOf } from "./access-path.ts";
import { argumentsEffect } from "./argument-effects.ts";
import { calledClosure, releaseByFunction } from "./captured.ts";
import { type CallEffect, type CallEvent, combine, receiverOf, released, uses } from "./effects.ts";
import { methodOnHolder, methodOnResource } from "./method-effects.ts";
import { type Disjunct, hasAlias, reaches } from "./obligation-state.ts";
import { releasesByFunction } from "./releases.ts";
import type { TrackingContext } from "./tracking.ts";

/** @param disjunct under which names the resource is reachable before the call */
export function callEffect(
  disjunct: Disjunct,
  event: CallEvent,
  context: TrackingContext,
): CallEffect {
  const { environment } = context;
  const callee = skipWrappers(event.callee);
  const name = environment.recogniser.nameOfCallee(callee) ?? "";
  const receiver = receiverOf(callee);
  const receiverPath = receiver && pathOf(receiver, environment.resolve);

  const indirect = releaseByFunction(disjunct, event, callee, context);
  if (indirect !== undefined) return indirect;
  if (receiverPath !== undefined && hasAlias(disjunct, receiverPath)) {
    const effect = methodOnResource(event, callee, name, context);
    if (effect?.stays === false) return effect;
    if (effect !== undefined) {
      return combine(effect, argumentsEffect(disjunct, event, callee, name, receiverPath, context));
    }
  }
  if (releasesByFunction(disjunct, event, callee, name, context)) return released;
  if (receiverPath !== undefined && reaches(disjunct, receiverPath)) {
    const effect = methodOnHolder(disjunct, event, callee, receiverPath, name, context);
    if (!effect.stays) return effect;
    if (effect !== uses)
      return combine(effect, argumentsEffect(disjunct, event, callee, name, receiverPath, context));
  }
  const called = calledClosure(disjunct, callee, context) ?? uses;
  return combine(called, argumentsEffect(disjunct, event, callee, name, receiverPath, context));
}
