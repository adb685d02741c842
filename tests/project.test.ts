/** A project of many files: every marked line is reported, wherever the evidence is, and no other. */
import path from "node:path";
import ts from "typescript";
import { eslintFor, marksOf, shownReports } from "./support/lint-folder.ts";

const project = path.join(import.meta.dirname, "fixtures/project");

const read = ts.readConfigFile(path.join(project, "tsconfig.json"), (file) =>
  ts.sys.readFile(file),
) as { config: unknown };
const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, project);

describe("a project of many files", () => {
  it("compiles", { timeout: 60_000 }, () => {
    const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options));
    expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
    expect(fileNames.length).toBeGreaterThanOrEqual(15);
  });

  it("gets exactly the reports that are marked", { timeout: 60_000 }, async () => {
    const sources = fileNames.filter((file) => !file.endsWith(".d.ts"));
    const expected = sources.flatMap((file) => marksOf(project, file)).sort();
    expect(expected).not.toEqual([]);
    const results = await eslintFor(project).lintFiles(["src/**/*.ts"]);
    expect(shownReports(project, results)).toEqual(expected);
  });
});
