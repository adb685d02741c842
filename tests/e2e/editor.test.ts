/** What VS Code shows, from its own ESLint server. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Editor } from "../../tools/editor.ts";
import type { Diagnostic } from "../../tools/editor.ts";
import { documentedFile } from "./support/documented-files.ts";
import { createProject, removeTemporaryFolders, repository } from "./support/packed-plugin.ts";
import { borrows, caller, closes, tsconfig } from "./support/programs.ts";

const leak = `import { open } from "node:fs/promises";

export async function readSettings(path: string): Promise<unknown> {
  const file = await open(path);
  const settings: unknown = JSON.parse(await file.readFile("utf8"));
  await file.close();
  return settings;
}
`;

const fine = `import { open } from "node:fs/promises";

export async function readSettings(path: string): Promise<unknown> {
  const file = await open(path);
  try {
    return JSON.parse(await file.readFile("utf8"));
  } finally {
    await file.close();
  }
}
`;

const race = `const expire = (ms: number): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("timed out")), ms).unref());

export const load = (url: string): Promise<Response> =>
  Promise.race([fetch(url), expire(5000)]);
`;

const tools = path.join(repository, "tests/e2e/tools");

let project: string;
let editor: Editor;

/** Each squiggle as its text and its rule. */
const shown = (file: string, squiggles: readonly Diagnostic[]): string[] =>
  squiggles.map(({ range: { start, end }, code = "" }) => {
    expect(end.line).toBe(start.line);
    const line = editor.text(file).split("\n")[start.line] ?? "";
    return `${String(start.line + 1)} ${line.slice(start.character, end.character)}: ${code}`;
  });

beforeAll(async () => {
  project = createProject({
    files: {
      "eslint.config.mjs": documentedFile("README.md", "eslint.config.mjs"),
      "tsconfig.json": tsconfig,
      "leak.ts": leak,
      "fine.ts": fine,
      "race.ts": race,
      "helper.ts": closes,
      "caller.ts": caller,
    },
  });
  editor = await Editor.open(project, tools);
});

afterAll(async () => {
  await editor.close();
  removeTemporaryFolders();
});

it("underlines the acquisition, with the whole story and a link to the rule's page", async () => {
  await editor.openFile("leak.ts");
  const squiggles = await editor.squiggles("leak.ts");
  expect(shown("leak.ts", squiggles)).toEqual([
    "4 open(path): resource-hygiene/no-unclosed-disposable",
  ]);
  const [squiggle] = squiggles;
  expect(squiggle?.message).toMatch(/^'file' .* is not released when .* on line 5 .*\.$/);
  expect(squiggle?.severity).toBe(1);
  expect(squiggle?.codeDescription?.href).toMatch(
    /^https:\/\/.*\/docs\/rules\/no-unclosed-disposable\.md$/,
  );
});

it("leaves a file alone that releases what it opens", async () => {
  await editor.openFile("fine.ts");
  expect(await editor.squiggles("fine.ts")).toEqual([]);
});

it("follows what is typed, saved or not", async () => {
  await editor.edit("leak.ts", fine);
  expect(await editor.squiggles("leak.ts")).toEqual([]);
  await editor.edit("leak.ts", leak);
  expect(await editor.squiggles("leak.ts")).toHaveLength(1);
});

it("offers a quick fix, after which the squiggle is gone", async () => {
  await editor.openFile("race.ts");
  const squiggles = await editor.squiggles("race.ts");
  expect(shown("race.ts", squiggles)).toEqual([
    "5 fetch(url): resource-hygiene/require-cancel-on-timeout",
  ]);
  const offers = await editor.quickFixes("race.ts", squiggles[0]!);
  expect(offers.map(({ title }) => title)).toEqual([
    expect.stringMatching(/^Give it a signal that aborts after the same time\./),
    expect.stringMatching(/^Disable .* for this line$/),
    expect.stringMatching(/^Disable .* for the entire file$/),
    expect.stringMatching(/^Show documentation for /),
  ]);
  await editor.choose(offers[0]!);
  expect(editor.text("race.ts")).toBe(
    race.replace("fetch(url)", "fetch(url, { signal: AbortSignal.timeout(5000) })"),
  );
  expect(await editor.squiggles("race.ts")).toEqual([]);
});

describe("a helper in another file", () => {
  const callersSquiggle = ['5 openSync(path, "a"): resource-hygiene/no-unclosed-disposable'];

  /** A squiggle changes when its own file is edited, if only by a blank. */
  const touchCaller = async (): Promise<string[]> => {
    await editor.edit("caller.ts", `${editor.text("caller.ts")}\n`);
    return shown("caller.ts", await editor.squiggles("caller.ts"));
  };

  beforeAll(async () => {
    await editor.openFile("caller.ts");
  });

  it("goes unnoticed when it changes on the disk only", async () => {
    expect(await editor.squiggles("caller.ts")).toEqual([]);
    writeFileSync(path.join(project, "helper.ts"), borrows);
    expect(await touchCaller()).toEqual([]);
    writeFileSync(path.join(project, "helper.ts"), closes);
  });

  it("changes the caller's squiggle once it was edited, and the caller after it", async () => {
    await editor.openFile("helper.ts");
    await editor.edit("helper.ts", borrows);
    expect(await editor.squiggles("helper.ts")).toEqual([]);
    expect(await touchCaller()).toEqual(callersSquiggle);
    await editor.edit("helper.ts", closes);
    await editor.squiggles("helper.ts");
    expect(await touchCaller()).toEqual([]);
  });
});

/** The settings of a TOML table on the page, whose values are JSON but for the `=` in inner tables. */
function settingsForHelix(): Record<string, unknown> {
  const page = readFileSync(path.join(repository, "docs/editors.md"), "utf8");
  const table = /^\[language-server\.eslint\.config\]\n(.*?)\n\n/ms.exec(page)?.[1] ?? "";
  return Object.fromEntries(
    table.split("\n").map((line) => {
      const [, key = "", value = ""] = /^(\w+) = (.*)$/.exec(line) ?? [];
      return [key, JSON.parse(value.replaceAll(/(\w+) = /g, '"$1": '))];
    }),
  );
}

it.each([
  ["shows the same with the settings that the page gives for Helix", {}, 1],
  [
    "shows nothing when it is told to look for the class that ESLint 8 had for flat configs",
    { experimental: { useFlatConfig: true } },
    0,
  ],
])("%s", async (_, changes, squiggles) => {
  const other = await Editor.open(project, tools, { ...settingsForHelix(), ...changes });
  await other.openFile("leak.ts");
  expect(await other.squiggles("leak.ts")).toHaveLength(squiggles);
  await other.close();
});
