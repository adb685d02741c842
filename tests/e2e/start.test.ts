/** The command that lints any TypeScript project folder: `npm start -- path/to/project`. */
import { readdirSync } from "node:fs";
import path from "node:path";
import {
  createProject,
  removeTemporaryFolders,
  repository,
  runNode,
  writeFolder,
} from "./support/packed-plugin.ts";
import type { Run } from "./support/packed-plugin.ts";

const start = (...parameters: string[]): Run =>
  runNode(repository, path.join(repository, "build/tools/start.js"), ...parameters);

const leak = `import { openSync, readSync } from "node:fs";
export function firstByte(path: string): number {
  const descriptor = openSync(path, "r");
  const buffer = Buffer.alloc(1);
  readSync(descriptor, buffer);
  return buffer[0] ?? 0;
}
`;

const fine = "export const answer: number = 42;\n";

const options = { target: "es2022", module: "nodenext", strict: true, noEmit: true };

const tsconfig = (rest: object = {}): string =>
  JSON.stringify({ compilerOptions: options, ...rest });

/** The lines of standard output that are findings, as ESLint's default formatter prints them. */
const findings = ({ stdout }: Run): string[] =>
  stdout.split("\n").filter((line) => line.includes("resource-hygiene/"));

/** What is said beside the report; how far it has come is said to those who wait, on a slow machine. */
const said = ({ stderr }: Run): string => stderr.replaceAll(/^linted \d+ of \d+ files?\n/gm, "");

afterAll(removeTemporaryFolders);

describe("npm start -- path", () => {
  it("finds leaks without the project's ESLint config, and leaves the folder as it was", () => {
    const project = createProject({
      files: {
        "tsconfig.json": tsconfig(),
        "eslint.config.js": "throw new Error('not asked');\n",
        "leak.ts": `/* eslint other/rule: "error" */\n${leak}`,
        "excused.ts": leak.replace(
          "  const descriptor",
          "  // eslint-disable-next-line resource-hygiene/no-unclosed-disposable -- it is a test\n  const descriptor",
        ),
      },
    });
    const before = readdirSync(project, { recursive: true, encoding: "utf8" });
    const run = start(project);
    expect(findings(run)).toEqual([
      expect.stringMatching(/^ +4:22 .* resource-hygiene\/no-unclosed-disposable$/),
    ]);
    expect(run.stdout).toContain("1 finding in 2 files.\nAll imports resolved.\n");
    expect(said(run)).toBe(`${project}/tsconfig.json: 2 files\n`);
    expect(run.status).toBe(1);
    expect(readdirSync(project, { recursive: true, encoding: "utf8" })).toEqual(before);
  });

  it("exits with 0 where there is nothing to find", () => {
    const project = createProject({ files: { "tsconfig.json": tsconfig(), "fine.ts": fine } });
    const run = start(project);
    expect(run.stdout).toBe("0 findings in 1 file.\nAll imports resolved.\n");
    expect(run.status).toBe(0);
  });

  it("lints the projects that a solution references, each file once", () => {
    const project = createProject({
      files: {
        "tsconfig.json": tsconfig({
          files: [],
          references: [{ path: "./app" }, { path: "./lib/tsconfig.build.json" }],
        }),
        "app/tsconfig.json": tsconfig({
          compilerOptions: { ...options, composite: true, noEmit: false, outDir: "dist" },
          references: [{ path: "../lib/tsconfig.build.json" }],
        }),
        // The import leads to build output that does not exist: it is the source that counts.
        "app/main.ts": `import { firstByte } from "../lib/dist/leak.js";\nexport const byte = firstByte("x");\n${leak.replaceAll("firstByte", "own")}`,
        "lib/tsconfig.build.json": tsconfig({
          compilerOptions: { ...options, composite: true, noEmit: false, outDir: "dist" },
        }),
        "lib/leak.ts": leak,
      },
    });
    const run = start(project);
    expect(said(run)).toBe(
      `${project}/app/tsconfig.json: 1 file\n${project}/lib/tsconfig.build.json: 1 file\n`,
    );
    expect(findings(run)).toHaveLength(2);
    expect(run.stdout).toContain("2 findings in 2 files.\nAll imports resolved.\n");
    expect(run.status).toBe(1);
  });

  it("counts the imports that bring no types", () => {
    const project = createProject({
      files: {
        "tsconfig.json": tsconfig(),
        "file.ts": `import "./side-effect.css";
import { a } from "not-installed";
import type { B } from "./missing.js";
export * from "not-installed";
export const c = import("elsewhere");
export const d: B = a;
`,
      },
    });
    expect(start(project).stdout).toContain(
      "4 imports did not resolve (not-installed, ./missing.js, elsewhere), so findings are missing there",
    );
  });

  it("goes on where the code does not parse, and says so", () => {
    const project = createProject({
      files: { "tsconfig.json": tsconfig(), "broken.ts": "export const = ;\n", "leak.ts": leak },
    });
    const run = start(project);
    expect(run.stdout).toContain("Parsing error");
    expect(findings(run)).toHaveLength(1);
    expect(run.status).toBe(1);
  });

  it("reads a tsconfig file that is named, and one with options that it does not know", () => {
    const project = createProject({
      files: {
        "tsconfig.odd.json": tsconfig({
          extends: "not-installed/tsconfig.json",
          compilerOptions: { ...options, fromTheFuture: true },
        }),
        "leak.ts": leak,
      },
    });
    const run = start(path.join(project, "tsconfig.odd.json"));
    expect(run.stderr).toContain("Unknown compiler option 'fromTheFuture'.");
    expect(run.stderr).toContain("'not-installed/tsconfig.json' not found.");
    expect(findings(run)).toHaveLength(1);
  });

  const empty = { files: [], compilerOptions: {} };
  it.each([
    ["a path that does not exist", {}, "nowhere", /^\S+nowhere does not exist$/],
    ["a file that is no tsconfig", { "a.ts": fine }, "a.ts", /is neither a folder nor a tsconfig/],
    ["a folder without a tsconfig", { "a.ts": fine }, ".", /^\S+ has no tsconfig\.json$/],
    [
      "a tsconfig that is no JSON",
      { "tsconfig.json": "{\n  nonsense" },
      ".",
      /tsconfig\.json:2:11: '}' expected\.$/,
    ],
    [
      "a base config that is missing",
      { "tsconfig.json": tsconfig({ extends: "./b.json" }), "a.ts": fine },
      ".",
      /Cannot read file '\S+b\.json'\.$/,
    ],
    [
      "a tsconfig with an empty list of files",
      { "tsconfig.json": JSON.stringify(empty) },
      ".",
      /includes no TypeScript file$/,
    ],
    [
      "a tsconfig that matches no file",
      { "tsconfig.json": tsconfig() },
      ".",
      /includes no TypeScript file$/,
    ],
    [
      "an include that is no list",
      { "tsconfig.json": tsconfig({ include: "src" }), "a.ts": fine },
      ".",
      /'include' requires a value of type Array/,
    ],
  ])("says in one line what is wrong with %s", (_, files, target, line) => {
    const run = start(path.join(writeFolder(files), target));
    expect(run.stderr).toMatch(/^[^\n]+\n$/);
    expect(run.stderr.trim()).toMatch(line);
    expect(run.stdout).toBe("");
    expect(run.status).toBe(2);
  });

  it.each([
    [["a", "b"], "one project at a time"],
    [["--nonsense"], "Unknown option '--nonsense'"],
    [["--config", "some", "."], "there is no config some"],
  ])("refuses %j in one line", (parameters, line) => {
    const run = start(...parameters);
    expect(run.stderr).toMatch(/^[^\n]+\n$/);
    expect(run.stderr).toContain(line);
    expect(run.status).toBe(2);
  });
});

describe("npm start", () => {
  it("prints the findings in the examples, which are no failure", () => {
    const run = start();
    expect(findings(run).length).toBeGreaterThan(5);
    expect(run.stdout).toContain("All imports resolved.");
    expect(run.stdout).toContain("The examples leak on purpose");
    expect(run.status).toBe(0);
  });
});
