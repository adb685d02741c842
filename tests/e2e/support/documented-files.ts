/** The files that a page of documentation shows: fences such as "```js eslint.config.mjs". */
import { readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./packed-plugin.ts";

export function documentedFiles(page: string): Readonly<Record<string, string>> {
  const text = readFileSync(path.join(repository, page), "utf8");
  const fences = [...text.matchAll(/^```\w+ (\S*\.\S+|\.husky\/\S+)\n(.*?)^```$/gms)];
  return Object.fromEntries(fences.map(([, file = "", code = ""]) => [file, code]));
}

/** One of them, which has to be there. */
export function documentedFile(page: string, file: string): string {
  const code = documentedFiles(page)[file];
  if (code === undefined) throw new Error(`${page} shows no ${file}`);
  return code;
}
