import {
  createProject,
  removeTemporaryFolders,
  runEslint,
  runNode,
  runTsc,
} from "./support/packed-plugin.ts";

const tsconfig = JSON.stringify({
  compilerOptions: {
    target: "es2022",
    lib: ["es2022", "esnext.disposable"],
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  },
  include: ["*.ts"],
});

const leak = `import { openSync, readSync } from "node:fs";

export function firstByte(path: string): number {
  const descriptor = openSync(path, "r");
  const buffer = Buffer.alloc(1);
  readSync(descriptor, buffer);
  return buffer[0] ?? 0;
}
`;

const typed = `languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } }`;

const imports = `import { defineConfig } from "eslint/config";
import plugin from "eslint-plugin-resource-hygiene";
import tseslint from "typescript-eslint";
`;

const uses = `import plugin from "eslint-plugin-resource-hygiene";
export const names: string[] = [plugin.meta.name, plugin.meta.version, plugin.meta.namespace];
export const { create } = plugin.rules["no-unclosed-disposable"];
`;

/** Every way to write the plugin into a flat config. */
const forms = {
  listed: `defineConfig({ files: ["**/*.ts"], ${typed} }, plugin.configs.recommended)`,
  extended: `defineConfig({ files: ["**/*.ts"], extends: [plugin.configs.recommended], ${typed} })`,
  "extended by name": `defineConfig({ files: ["**/*.ts"], plugins: { "resource-hygiene": plugin }, extends: ["resource-hygiene/recommended"], ${typed} })`,
  "extended by name under another key": `defineConfig({ files: ["**/*.ts"], plugins: { leaks: plugin }, extends: ["leaks/recommended"], ${typed} })`,
  "extended by name and by value": `defineConfig({ files: ["**/*.ts"], plugins: { "resource-hygiene": plugin }, extends: ["resource-hygiene/recommended", plugin.configs.strict, [plugin.configs.all]], ${typed} })`,
  spread: `defineConfig([{ ...plugin.configs.recommended, files: ["**/*.ts"], ${typed} }])`,
  "rules alone": `defineConfig({ files: ["**/*.ts"], plugins: { "resource-hygiene": plugin }, rules: { ...plugin.configs.recommended.rules, "resource-hygiene/no-unclosed-disposable": ["error", { throws: "any" }] }, ${typed} })`,
};

const numbered = Object.entries(forms).map(([name, form], index) => ({
  name,
  file: `form-${String(index)}.config`,
  text: `${imports}\nexport default ${form};\n`,
}));

/** Lints with one config after the other in one process: most of a run is loading TypeScript. */
const lintAll = `import { ESLint } from "eslint";
const found = {};
for (const overrideConfigFile of process.argv.slice(2)) {
  const results = await new ESLint({ overrideConfigFile }).lintFiles(["leak.ts", overrideConfigFile]);
  found[overrideConfigFile] = results.map(({ messages }) =>
    messages.map(({ line, ruleId, message }) => \`\${line} \${ruleId ?? message}\`),
  );
}
console.log(JSON.stringify(found));
`;

afterAll(removeTemporaryFolders);

describe.each(["newest", "oldest"] as const)("the packed plugin on the %s versions", (host) => {
  let project: string;

  beforeAll(() => {
    project = createProject({
      host,
      files: {
        "tsconfig.json": tsconfig,
        "tsconfig.forms.json": JSON.stringify({
          extends: "./tsconfig.json",
          include: ["*.mts", "uses.ts"],
        }),
        "leak.ts": leak,
        "uses.ts": uses,
        "lint-all.mjs": lintAll,
        ...Object.fromEntries(numbered.map(({ file, text }) => [`${file}.mjs`, text])),
        ...Object.fromEntries(numbered.map(({ file, text }) => [`${file}.mts`, text])),
      },
    });
  });

  it("has types that defineConfig accepts in every form", () => {
    expect(runTsc(project, "-p", "tsconfig.forms.json")).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
  });

  it("finds a leak from the command line, and leaves an untyped config file alone", () => {
    const config = "form-0.config.mjs";
    const { status, stdout, stderr } = runEslint(project, "--config", config, "leak.ts", config);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/4:22 +error .* resource-hygiene\/no-unclosed-disposable\n/);
    expect(stdout).toContain("1 problem");
  });

  it("finds the leak in every form of the config", () => {
    const files = numbered.map(({ file }) => `${file}.mjs`);
    const { stdout, stderr } = runNode(project, "lint-all.mjs", ...files);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(
      Object.fromEntries(
        numbered.map(({ name, file }) => {
          const prefix = name.endsWith("another key") ? "leaks" : "resource-hygiene";
          return [`${file}.mjs`, [[`4 ${prefix}/no-unclosed-disposable`], []]];
        }),
      ),
    );
  });
});
