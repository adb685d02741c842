/** Verdicts of a rule that may not be written yet: until then its cases are listed as skipped. */
import { rules } from "../../src/rules/index.ts";
import type { RuleName } from "../../src/rules/names.ts";
import { type Situation, verdicts } from "./verdicts.ts";

export function comingVerdicts(
  ruleName: string,
  section: string,
  situations: Readonly<Record<string, Situation>>,
): void {
  if (Object.hasOwn(rules, ruleName)) {
    verdicts(ruleName as RuleName, section, situations);
    return;
  }
  describe(`${ruleName}: ${section}, the rule is not written yet`, () => {
    for (const [situation, buckets] of Object.entries(situations)) {
      for (const [bucket, spellings] of Object.entries(buckets)) {
        for (const spelling of Object.keys(spellings as object)) {
          it.skip(`${situation} [${spelling}, ${bucket}]`, () => undefined);
        }
      }
    }
  });
}
