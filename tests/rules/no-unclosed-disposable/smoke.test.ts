import { verdicts } from "../../support/verdicts.ts";
verdicts("no-unclosed-disposable", "smoke", { "a plain program": { fine: { one: `export const a = 1;` } , leak: {x: `import { open } from "./kit/handles.js";
export function f() { open(); //! resultDropped
}`}} });
