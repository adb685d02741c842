/**
 * Findings do not depend on what was edited before: a session that has seen many edits, as an editor's
 * has, says of every file what a run says that starts with the texts as they are now.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import path from "node:path";
import tsParser from "@typescript-eslint/parser";
import type { ESLint } from "eslint";
import fc from "fast-check";
import ts from "typescript";
import { eslintFor, freshProgram, shownReports } from "./support/lint-folder.ts";

// Below the repository, so that the types of Node are in reach.
const scratch = path.resolve(import.meta.dirname, "../build");
const original = path.join(import.meta.dirname, "fixtures/project");

/** What somebody does to a line: takes it out, or leaves the function in front of it now and then. */
type Change = "remove" | "comment" | "repeat" | "restore";

interface Edit {
  readonly file: number;
  readonly change: Change;
  /** Which of the lines that mention a release. */
  readonly line: number;
}

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    file: fc.nat(),
    change: fc.constantFrom<Change>("remove", "comment", "repeat", "restore"),
    line: fc.nat(),
  }),
  { minLength: 6, maxLength: 6 },
);

const release = /^\s*(?:await )?[\w.]+\.(?:close|release|end|destroy|dispose|stop)\(\);$/;

function edited(text: string, { change, line }: Edit): string {
  const lines = text.split("\n");
  const releases = lines.flatMap((one, at) => (release.test(one) ? [at] : []));
  const at = releases.length === 0 ? 0 : releases[line % releases.length]!;
  const there = lines[at]!;
  const by = {
    remove: releases.length === 0 ? [there] : [],
    comment: [`// ${String(line)}`, there],
    repeat: releases.length === 0 ? [there, ""] : [`if (Math.random() > 0.5) {`, there, "}"],
    restore: [there],
  }[change];
  return [...lines.slice(0, at), ...by, ...lines.slice(at + 1)].join("\n");
}

describe("a session of edits", () => {
  let folder: string;

  beforeAll(() => {
    mkdirSync(scratch, { recursive: true });
    folder = realpathSync(mkdtempSync(path.join(scratch, "edits-")));
    cpSync(original, folder, { recursive: true });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const sources = (): string[] =>
    ts.sys.readDirectory(path.join(folder, "src"), [".ts"], ["**/*.d.ts"]).sort();

  /** All findings, by an ESLint that may have seen other texts before. */
  async function findings(eslint: ESLint, texts: ReadonlyMap<string, string>): Promise<string[]> {
    const results: ESLint.LintResult[] = [];
    for (const [filePath, text] of texts)
      results.push(...(await eslint.lintText(text, { filePath })));
    return shownReports(folder, results);
  }

  /** What a run says that has seen no other texts. */
  const coldFindings = async (texts: ReadonlyMap<string, string>): Promise<string[]> =>
    findings(eslintFor(folder, freshProgram(folder, texts)), texts);

  it("ends with the findings of a cold run", { timeout: 240_000 }, async () => {
    const before = new Map(sources().map((file) => [file, readFileSync(file, "utf8")]));
    const files = [...before.keys()];
    const seen = new Set<string>();
    tsParser.clearCaches();
    const eslint = eslintFor(folder);
    await fc.assert(
      fc.asyncProperty(edits, async (all) => {
        const texts = new Map(before);
        await findings(eslint, texts);
        for (const edit of all) {
          const file = files[edit.file % files.length]!;
          const text =
            edit.change === "restore" ? before.get(file)! : edited(texts.get(file)!, edit);
          texts.set(file, text);
          await eslint.lintText(text, { filePath: file });
        }
        const warm = await findings(eslint, texts);
        seen.add(warm.join("\n"));
        expect(warm).toEqual(await coldFindings(texts));
      }),
      { numRuns: 4, seed: 20, endOnFailure: true },
    );
    tsParser.clearCaches();
    // The edits do change what is found, or nothing would be compared.
    expect(seen.size).toBeGreaterThan(2);
  });
});
