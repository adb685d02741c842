import { createDutyRule } from "./duty-rule.ts";

export const noUnstoppableTask = createDutyRule({
  name: "no-unstoppable-task",
  description:
    "Require that timers and other background tasks can be stopped, and are by whoever ends",
  recommended: "recommended",
  done: "stopped",
  mayLastForever: true,
});
