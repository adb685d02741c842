/** What a file says of its own variables does not depend on the names in other files. */
import { ManyPrograms } from "../support/many-programs.ts";

const code = `
import { createServer } from "node:http";
const visits = new Map<string, number>();
createServer((request, response) => {
  visits.set(request.url ?? "", Date.now());
  response.end();
});`;

describe("a variable of a module", () => {
  it.each([1, 100])("is found among %i files that have one of its name", (count) => {
    const files = Array.from({ length: count }, (_, index) => [`file-${index}.ts`, code] as const);
    const found = new ManyPrograms(new Map(files)).lint("file-0.ts", {
      "resource-hygiene/no-unbounded-collection": "error",
    });
    expect(found.map(({ messageId }) => messageId)).toEqual(["onlyGrows"]);
  });
});
