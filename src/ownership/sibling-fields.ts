/**
 * Fields that only weak evidence says must be released, where the owner says so itself: the member that
 * ends it releases one field of a class and forgets another of the same class.
 */
import type { Environment } from "./environment.ts";
import { type Fault, isJudged, type Owner, releaseFault } from "./field-verdicts.ts";
import { Ended } from "./obligation-state.ts";
import type { OwnedField } from "./owned-fields.ts";
import type { Summaries } from "./summaries.ts";

/** The fields of weak kinds that are left alone where a sibling is released. */
export function forgottenSiblings(
  fields: readonly OwnedField[],
  owner: Owner,
  environment: Environment,
  summaries: Summaries,
): readonly { readonly field: OwnedField; readonly fault: Fault }[] {
  const weak = fields.filter(({ kind }) => !isJudged(kind));
  if (weak.length < 2) return [];
  const ending = owner.members.filter((member) => owner.ends(member));
  const isReleased = ({ places, kind }: OwnedField): boolean =>
    ending.some(({ code }) => {
      const effect = summaries.effect(code, places, kind);
      return !effect.unknown && (effect.normalEnded & Ended.released) !== 0;
    });
  const released = new Set(weak.filter(isReleased).map(({ kind }) => kind.id));
  return weak.flatMap((field) => {
    if (!released.has(field.kind.id)) return [];
    const fault = releaseFault(field, owner, environment, summaries);
    return fault?.fault === "forgotten" ? [{ field, fault }] : [];
  });
}
