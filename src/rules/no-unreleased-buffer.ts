import { createDutyRule } from "./duty-rule.ts";

export const noUnreleasedBuffer = createDutyRule({
  name: "no-unreleased-buffer",
  description: "Require that counted references and native memory are released on every path",
  recommended: "recommended",
  done: "released",
});
