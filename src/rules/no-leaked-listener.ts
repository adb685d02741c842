import { createDutyRule } from "./duty-rule.ts";

export const noLeakedListener = createDutyRule({
  name: "no-leaked-listener",
  description:
    "Require that listeners, subscriptions and observers are removed when their owner ends",
  recommended: "strict",
  done: "removed",
  mayLastForever: true,
});
