import {
  createProject,
  packageOf,
  removeTemporaryFolders,
  type Run,
  runEslint,
  writeFiles,
  writeFolder,
} from "./support/packed-plugin.ts";
import { leak, tsconfig } from "./support/programs.ts";

const config = (languageOptions: string): string => `
import plugin from "eslint-plugin-resource-hygiene";
import * as parser from "@typescript-eslint/parser";
export default [plugin.configs.recommended, { files: ["**/*.ts"], languageOptions: ${languageOptions} }];
`;

const files = {
  "tsconfig.json": `{ "compilerOptions": { "strict": true, "lib": ["es2022"], "types": [] }, "include": ["*.ts"] }`,
  "file.ts": "export const answer = 42;\n",
};

/** What is left of standard error without ESLint's own heading. */
const complaint = (stderr: string): string =>
  stderr.replace(/^\s*Oops! Something went wrong! :\(\s*ESLint: [\d.]+\s*/, "").trim();

afterAll(removeTemporaryFolders);

describe("one sentence, and no stack, when", () => {
  it("a parser gives no type information", () => {
    const project = createProject({
      files: { ...files, "eslint.config.js": config("{ parser }") },
    });
    const { status, stderr } = runEslint(project, "file.ts");
    expect(status).toBe(2);
    expect(complaint(stderr)).toBe(
      `resource-hygiene/no-unclosed-disposable needs type information for ${project}/file.ts: let @typescript-eslint/parser parse it, with "projectService: true" in languageOptions.parserOptions, or restrict the rule to TypeScript files.`,
    );
  });

  it("ESLint's own parser reads the file", () => {
    const project = createProject({ files: { ...files, "eslint.config.js": config("{}") } });
    const { status, stderr } = runEslint(project, "file.ts");
    expect(status).toBe(2);
    expect(complaint(stderr)).toMatch(/^resource-hygiene\/.* needs type information .*\.$/);
  });

  it("TypeScript is version 7", () => {
    const typescript = writeFolder({
      // What typescript@7.0.2 exports: its version, and no compiler.
      "package.json": `{ "name": "typescript", "version": "7.0.2", "type": "module", "exports": { "./package.json": "./package.json", ".": "./lib/version.cjs" } }`,
      "lib/version.cjs": `exports.version = "7.0.2"; exports.versionMajorMinor = "7.0";`,
    });
    const project = createProject({
      files: {
        ...files,
        "eslint.config.js": config("{ parser, parserOptions: { projectService: true } }"),
      },
      replace: { typescript },
    });
    const { status, stderr } = runEslint(project, "file.ts");
    expect(status).toBe(2);
    expect(complaint(stderr)).toBe(
      `eslint-plugin-resource-hygiene cannot run on TypeScript 7.0.2, which has no compiler API yet: install typescript@6, or write "typescript": "npm:@typescript/typescript6@^6.0.2" into package.json.`,
    );
  });

  it("the parser loads another version of TypeScript", () => {
    const project = createProject({
      files: {
        ...files,
        "eslint.config.js": config("{ parser, parserOptions: { projectService: true } }"),
      },
      replace: { typescript: packageOf("oldest", "typescript") },
    });
    const { status, stderr } = runEslint(project, "file.ts");
    expect(status).toBe(2);
    expect(complaint(stderr)).toBe(
      `eslint-plugin-resource-hygiene loads TypeScript 5.2.2 and the parser of ${project}/file.ts loads TypeScript 6.0.3: install one version for both.`,
    );
  });
});

describe("what is wrong is named, when", () => {
  const typed = "parser, parserOptions: { projectService: true }";
  const leaking = { ...files, "file.ts": leak, "tsconfig.json": tsconfig };
  let project: string;

  beforeAll(() => {
    project = createProject({ files: { ...leaking, "eslint.config.js": config(`{ ${typed} }`) } });
  });

  const lintWith = (changes: Readonly<Record<string, string>>): Run => {
    writeFiles(project, { ...leaking, "eslint.config.js": config(`{ ${typed} }`), ...changes });
    return runEslint(project, ".");
  };

  it("settings have a key that nobody knows", () => {
    const settings = `{ ${typed} }, settings: { "resource-hygiene": { kind: {} } }`;
    const { status, stderr } = lintWith({ "eslint.config.js": config(settings) });
    expect(status).toBe(2);
    expect(complaint(stderr)).toMatch(
      /^settings\["resource-hygiene"\] has an unknown key "kind"; allowed: the keys kinds, .*\.$/,
    );
  });

  it("a rule has an option that it does not know", () => {
    const rules = `{ ${typed} }, rules: { "resource-hygiene/no-unclosed-disposable": ["error", { throw: "any" }] }`;
    const { status, stderr } = lintWith({ "eslint.config.js": config(rules) });
    expect(status).toBe(2);
    expect(stderr).toContain(
      `Unexpected property "throw". Expected properties: "throws", "unknownCallee".`,
    );
  });

  it("a file does not parse, which keeps no other from being linted", () => {
    const { status, stdout, stderr } = lintWith({ "broken.ts": "function g( { return 1 }\n" });
    expect(status).toBe(1);
    expect(stdout).toContain("Parsing error: ':' expected");
    expect(stdout).toContain("resource-hygiene/no-unclosed-disposable");
    expect(stderr).toBe("");
  });
});
