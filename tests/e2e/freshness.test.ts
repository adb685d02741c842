/** What an editor sees: the verdict on a caller after the helper in another file was changed. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import tsParser from "@typescript-eslint/parser";
import type { ESLint } from "eslint";
import { eslintFor, shownReports } from "../support/lint-folder.ts";

// Below the repository, so that the types of Node are in reach.
const scratch = path.resolve(import.meta.dirname, "../../build");

const closes = `import { closeSync } from "node:fs";
export function finish(descriptor: number): void {
  closeSync(descriptor);
}
`;

const borrows = `import { fsyncSync } from "node:fs";
export function finish(descriptor: number): void {
  fsyncSync(descriptor);
}
`;

const caller = `import { openSync } from "node:fs";
import { finish } from "./helper.js";
export function touch(path: string): void {
  const descriptor = openSync(path, "a");
  finish(descriptor);
}
`;

const leak = ["caller.ts:4 no-unclosed-disposable"];

const tsconfig = {
  compilerOptions: { target: "esnext", module: "nodenext", strict: true, types: ["node"] },
  include: ["*.ts"],
};

describe("a helper that changes", () => {
  let folder: string;
  let eslint: ESLint;

  const write = (file: string, text: string): void => {
    writeFileSync(path.join(folder, file), text);
  };

  /** Lints text as an editor does: what is typed need not be on the disk. */
  const lint = async (file: string, text: string): Promise<string[]> => {
    const filePath = path.join(folder, file);
    return shownReports(folder, await eslint.lintText(text, { filePath }));
  };

  beforeEach(() => {
    mkdirSync(scratch, { recursive: true });
    folder = realpathSync(mkdtempSync(path.join(scratch, "freshness-")));
    write("tsconfig.json", JSON.stringify(tsconfig));
    write("helper.ts", closes);
    write("caller.ts", caller);
    tsParser.clearCaches();
    eslint = eslintFor(folder);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("gives the caller its new verdict once the helper was linted with its new text", async () => {
    expect(await lint("caller.ts", caller)).toEqual([]);
    expect(await lint("helper.ts", borrows)).toEqual([]);
    expect(await lint("caller.ts", caller)).toEqual(leak);
  });

  it("gives the old verdict back when the change is undone", async () => {
    await lint("helper.ts", borrows);
    expect(await lint("caller.ts", caller)).toEqual(leak);
    await lint("helper.ts", closes);
    expect(await lint("caller.ts", caller)).toEqual([]);
  });

  it("reaches the caller through a file between them that nobody touched", async () => {
    write("between.ts", 'export { finish } from "./helper.js";\n');
    const through = caller.replace("./helper.js", "./between.js");
    expect(await lint("caller.ts", through)).toEqual([]);
    await lint("helper.ts", borrows);
    expect(await lint("caller.ts", through)).toEqual(leak);
  });

  it("sees a new text that closes no more because it may return before", async () => {
    expect(await lint("caller.ts", caller)).toEqual([]);
    const sometimes = closes.replace(
      "  closeSync",
      "  if (process.argv.length > 2) return;\n  closeSync",
    );
    await lint("helper.ts", sometimes);
    expect(await lint("caller.ts", caller)).toEqual(leak);
  });

  // Not what one would wish for: the file that is linted is the only one that is read again.
  it("stays stale when the helper changed on the disk only, until it is linted", async () => {
    expect(await lint("caller.ts", caller)).toEqual([]);
    write("helper.ts", borrows);
    expect(await lint("caller.ts", caller)).toEqual([]);
    await lint("helper.ts", borrows);
    expect(await lint("caller.ts", caller)).toEqual(leak);
  });

  it("is seen by whoever starts afterwards", async () => {
    expect(await lint("caller.ts", caller)).toEqual([]);
    write("helper.ts", borrows);
    tsParser.clearCaches();
    expect(await lint("caller.ts", caller)).toEqual(leak);
  });
});
