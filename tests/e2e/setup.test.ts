/** What docs/setup.md says, run. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { documentedFile } from "./support/documented-files.ts";
import {
  createProject,
  removeTemporaryFolders,
  repository,
  runEslint,
  runNode,
  runTsc,
  writeFiles,
} from "./support/packed-plugin.ts";
import { borrows, caller, leak, tsconfig } from "./support/programs.ts";

const config = documentedFile("README.md", "eslint.config.mjs");
const rule = "resource-hygiene/no-unclosed-disposable";

/** The findings of a run, each with its file. */
const lint = (project: string): string[] => {
  const { stdout, stderr } = runEslint(project, ".", "--format", "json");
  expect(stderr).toBe("");
  const results = JSON.parse(stdout) as {
    filePath: string;
    messages: { line: number; ruleId: string | null; message: string }[];
  }[];
  return results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, ruleId, message }) =>
        `${filePath.slice(project.length + 1)}:${String(line)} ${ruleId ?? message}`,
    ),
  );
};

afterAll(removeTemporaryFolders);

it("misses findings, and says nothing, where an import does not resolve", () => {
  const project = createProject({
    files: {
      "eslint.config.mjs": config,
      "tsconfig.json": tsconfig,
      "main.ts": `import { dial } from "@my/wire";
export async function hello(): Promise<void> {
  const wire = await dial("localhost");
  wire.send("hello");
}
`,
      "node_modules/@my/wire/package.json": `{ "name": "@my/wire", "types": "./dist/index.d.ts" }`,
    },
  });
  expect(lint(project)).toEqual([]);
  expect(runTsc(project, "--noEmit").stdout).toContain("Cannot find module '@my/wire'");
  writeFiles(project, {
    "node_modules/@my/wire/dist/index.d.ts": `/** @mustCall close */
export interface Wire {
  send(text: string): void;
  close(): void;
}
export declare function dial(host: string): Promise<Wire>;
`,
  });
  expect(lint(project)).toEqual([`main.ts:3 ${rule}`]);
});

describe("modules of Node without types", () => {
  const bare = tsconfig.replace('"types":["node"]', '"types":[]');
  const create = (file: string): string =>
    createProject({
      files: { "eslint.config.mjs": config, "tsconfig.json": bare, "main.ts": file },
    });

  it("are reported, since every finding about them is missing", () => {
    expect(bare).not.toBe(tsconfig);
    expect(lint(create(leak))).toEqual([`main.ts:1 ${rule}`]);
  });

  it("are not where they open nothing, or only name a type", () => {
    const opensNothing = `import { join } from "node:path";
import { readFileSync } from "node:fs";
import * as net from "node:net";
import type { FileHandle } from "node:fs/promises";
export const text = (): unknown => net.isIP(String(readFileSync("log")));
export const pathOf = (file: FileHandle): string => join("/", String(file.fd));
`;
    expect(lint(create(opensNothing))).toEqual([]);
  });

  it("are where they are taken as a whole", () => {
    const whole = `import * as fs from "node:fs";
export const lines = (): unknown => fs.promises.open("log");
`;
    expect(lint(create(whole))).toEqual([`main.ts:1 ${rule}`]);
  });

  it("are not where the project declares them itself", () => {
    const project = create(leak);
    writeFiles(project, { "node.d.ts": 'declare module "node:fs";\n' });
    expect(lint(project)).toEqual([]);
  });
});

describe("project references", () => {
  const composite = (rest: object): string =>
    JSON.stringify({
      compilerOptions: {
        ...(JSON.parse(tsconfig) as { compilerOptions: object }).compilerOptions,
        noEmit: false,
        composite: true,
        outDir: "dist",
      },
      ...rest,
    });

  const create = (eslintConfig: string): string =>
    createProject({
      files: {
        "eslint.config.mjs": eslintConfig.replace(
          "export default defineConfig(",
          'export default defineConfig({ ignores: ["**/dist"] }, ',
        ),
        "tsconfig.json": `{ "files": [], "references": [{ "path": "lib" }, { "path": "app" }] }`,
        "lib/tsconfig.json": composite({}),
        "lib/helper.ts": borrows,
        "app/tsconfig.json": composite({ references: [{ path: "../lib" }] }),
        "app/caller.ts": caller.replace("./helper.js", "../lib/dist/helper.js"),
      },
    });

  it("are followed to the source with projectService, built or not", () => {
    const project = create(config);
    expect(lint(project)).toEqual([`app/caller.ts:5 ${rule}`]);
    expect(runTsc(project, "--build")).toMatchObject({ status: 0 });
    expect(lint(project)).toEqual([`app/caller.ts:5 ${rule}`]);
  });

  it("lead to declarations with project, which say less", () => {
    const project = create(config.replace("projectService: true", 'project: "./*/tsconfig.json"'));
    runTsc(project, "--build");
    expect(lint(project)).toEqual([]);
  });
});

it("works in JavaScript, Vue and Svelte as the page configures it", () => {
  const script = leak.slice(leak.indexOf("\n") + 1);
  const imports = leak.slice(0, leak.indexOf("\n") + 1);
  const component = `<script lang="ts">\n${imports}${script.replace("export ", "")}</script>\n`;
  const project = createProject({
    files: {
      "eslint.config.mjs": documentedFile("docs/setup.md", "eslint.config.mjs"),
      "tsconfig.json": tsconfig
        .replace('"strict":true', '"strict":true,"allowJs":true,"checkJs":true')
        .replace(
          /\}$/,
          ',"include":["src/**/*.ts","src/**/*.js","src/**/*.vue","src/**/*.svelte"]}',
        ),
      "src/a.ts": leak,
      "src/b.js": leak
        .replaceAll(": number", "")
        .replace("path: string", "/** @type {string} */ path"),
      "src/c.vue": `${component}<template><p>{{ firstByte("x") }}</p></template>\n`,
      "src/d.svelte": `${component}<p>{firstByte("x")}</p>\n`,
    },
    tools: ["vue-eslint-parser", "svelte-eslint-parser"],
  });
  expect(lint(project)).toEqual([
    `src/a.ts:4 ${rule}`,
    `src/b.js:4 ${rule}`,
    `src/c.vue:5 ${rule}`,
    `src/d.svelte:5 ${rule}`,
  ]);
});

it("is shown by ESLint's config inspector, each rule with its page", () => {
  const project = createProject({
    files: { "eslint.config.mjs": config, "tsconfig.json": tsconfig },
    tools: ["@eslint/config-inspector"],
  });
  const inspector = "node_modules/@eslint/config-inspector/bin.mjs";
  expect(runNode(project, inspector, "build")).toMatchObject({ status: 0 });
  const folder = path.join(project, "dist/__eslint-config-inspector/__rpc-dump");
  const shown = readdirSync(folder)
    .filter((file) => file.includes("get-payload.record"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("\n");
  expect(shown.includes("resource-hygiene/recommended")).toBe(true);
  const pages = readdirSync(path.join(repository, "docs/rules"));
  expect(pages.filter((page) => !shown.includes(`/docs/rules/${page}`))).toEqual([]);
});
