/** The files that a page of documentation shows: fences such as "```js eslint.config.mjs". */
import { readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./packed-plugin.ts";

export function documentedFile(page: string, file: string): string {
  const text = readFileSync(path.join(repository, page), "utf8");
  for (const [, title, code = ""] of text.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)) {
    if (title === file) return code;
  }
  throw new Error(`${page} shows no ${file}`);
}
