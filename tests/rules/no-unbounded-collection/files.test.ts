/** Collections that another file adds to, or takes from. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unbounded-collection", "over two files", {
  "a helper of another file has it": {
    leak: {
      "and adds to it": `
import { createServer } from "node:http";
import { noteTime } from "./helpers/collections.ts";
const visits = new Map<string, number>(); //! onlyGrows
createServer((request, response) => {
  noteTime(visits, request.url ?? "");
  response.end();
});`,
    },
    fine: {
      "and takes from it": `
import { createServer } from "node:http";
import { forgetOlder, noteTime } from "./helpers/collections.ts";
const visits = new Map<string, number>();
createServer((request, response) => {
  noteTime(visits, request.url ?? "");
  response.end();
});
setInterval(() => forgetOlder(visits, Date.now() - 1000), 1000);`,
    },
  },
});
