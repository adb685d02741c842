/**
 * Functions that nobody can look into, told by what comes behind them: whoever releases a resource
 * himself after he gave it away has only lent it.
 */
import { type Disjunct, Ended } from "./obligation-state.ts";
import type { Environment } from "./environment.ts";
import type { Summaries } from "./summaries.ts";
import { trackObligation } from "./track-obligation.ts";
import type { Outcome, Tracked } from "./tracking.ts";

/**
 * What becomes of a resource. Where an unknown callee would take it over and the function releases it on
 * every path behind that, the callee counts as a borrower: then an exception between the two loses it.
 */
export function followed(
  tracked: Tracked,
  environment: Environment,
  summaries: Summaries,
): Outcome {
  const outcome = trackObligation(tracked, environment, summaries);
  if (!outcome.guessed) return outcome;
  const lent = trackObligation({ ...tracked, isLent: true }, environment, summaries);
  return isReleasedAtEveryEnd(lent) ? lent : outcome;
}

function isReleasedAtEveryEnd({ unknown, atEnd, losses }: Outcome): boolean {
  const isOwed = ({ armed }: Disjunct): boolean => armed;
  return (
    !unknown &&
    atEnd.ended === Ended.released &&
    !atEnd.held.some(isOwed) &&
    !losses.some(({ disjunct }) => isOwed(disjunct))
  );
}
