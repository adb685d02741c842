/**
 * The examples of docs/declaring-resources.md. A section is a project: a fence with a file name is a
 * file of it, `eslint.config.ts` is its config, and one tagged `ts incorrect` or `ts correct` is a
 * file that the config must report or must leave alone. All of them must compile.
 */
import parser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import plugin from "../src/index.ts";
import { effectiveCatalog } from "../src/resources/effective-catalog.ts";

const root = path.resolve(import.meta.dirname, "..");
const text = readFileSync(path.join(root, "docs/declaring-resources.md"), "utf8");
const projects = path.join(root, "build/declaring-resources");

interface Fence {
  readonly section: string;
  /** `incorrect`, `correct` or a file name. */
  readonly title: string;
  readonly line: number;
  readonly code: string;
}

function fences(): readonly Fence[] {
  return [...text.matchAll(/^```ts (\S+)\n(.*?)^```$/gms)].map((match) => {
    const before = text.slice(0, match.index);
    return {
      section:
        before
          .match(/^#+ .*$/gm)
          ?.at(-1)
          ?.replace(/^#+ /, "") ?? "",
      title: match[1] ?? "",
      line: before.split("\n").length,
      code: match[2] ?? "",
    };
  });
}

const sections = [...new Set(fences().map(({ section }) => section))].map(
  (name) => [name, fences().filter(({ section }) => section === name)] as const,
);
const configFile = "eslint.config.ts";
/** The rule that the samples of a section are about. */
const reportedIn = (section: string): string => {
  if (section === "Caches") return "require-cache-removal-listener";
  return section === "Connections" ? "require-disconnect-cleanup" : "no-unclosed-disposable";
};
const isVerdict = ({ title }: Fence): boolean => /^(in)?correct$/.test(title);

const isSource = ({ title }: Fence): boolean => title !== "settings" && title !== configFile;

const folderOf = (section: string): string => path.join(projects, section.replaceAll(/\W+/g, "-"));
const fileOf = (fence: Fence): string =>
  path.join(
    folderOf(fence.section),
    isVerdict(fence) ? `src/sample-${String(fence.line)}.ts` : fence.title,
  );

function write(file: string, code: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, code);
}

/** The text of the section's config: where only settings are shown, the rest is that of the first. */
function configText(all: readonly Fence[]): string | undefined {
  const whole = all.find(({ title }) => title === configFile);
  const settings = all.find(({ title }) => title === "settings");
  if (settings === undefined) return whole?.code;
  return fences()
    .find(({ title }) => title === configFile)
    ?.code.replace(/defineSettings\(\{.*\}\)(?=,\n\}\);)/s, settings.code.trim().replace(/;$/, ""));
}

/** The config as the page shows it, with the plugin as it is in `src`. */
async function configOf(section: string, all: readonly Fence[]): Promise<Linter.Config[]> {
  const shown = configText(all);
  if (shown === undefined) {
    return [
      plugin.configs.recommended,
      {
        files: ["**/*.ts"],
        languageOptions: {
          parser,
          parserOptions: { projectService: true, tsconfigRootDir: folderOf(section) },
        },
      },
    ];
  }
  const code = shown
    .replace('"eslint-plugin-resource-hygiene"', JSON.stringify(path.join(root, "src/index.ts")))
    .replace(/"eslint-plugin-resource-hygiene\/(\w+)"/, (_, entry: string) =>
      JSON.stringify(path.join(root, `src/${entry}.ts`)),
    );
  const file = path.join(folderOf(section), "eslint.config.source.ts");
  write(file, code);
  const { default: config } = (await import(file)) as { default: Linter.Config[] };
  return config;
}

/** What is wrong with the files, compiled together. */
function compileErrors(files: readonly string[]): readonly string[] {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ESNext,
    lib: ["lib.esnext.d.ts"],
    module: ts.ModuleKind.NodeNext,
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: ["node"],
    paths: {
      "eslint-plugin-resource-hygiene": [path.join(root, "src/index.ts")],
      "eslint-plugin-resource-hygiene/*": [path.join(root, "src/*.ts")],
    },
  });
  return files.flatMap((name) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) =>
        `${path.relative(projects, name)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}

const tsconfig = JSON.stringify({
  compilerOptions: {
    target: "esnext",
    lib: ["esnext"],
    module: "nodenext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  },
  include: ["src"],
});

beforeAll(() => {
  rmSync(projects, { recursive: true, force: true });
  for (const [section, all] of sections) {
    const folder = folderOf(section);
    write(path.join(folder, "tsconfig.json"), tsconfig);
    write(path.join(folder, "package.json"), '{ "type": "module" }');
    for (const fence of all.filter(isSource)) write(fileOf(fence), fence.code);
    for (const { title } of all.filter((fence) => fence.title.startsWith("node_modules/")))
      write(
        path.join(folder, path.dirname(title), "package.json"),
        '{ "name": "acme", "version": "1.0.0", "types": "index.d.ts" }',
      );
    const config = configText(all);
    if (config !== undefined) write(path.join(folder, configFile), config);
  }
});

it("every TypeScript fence of the page has a verdict or is a file", () => {
  expect(text.match(/^```(ts|tsx|typescript|js)\b/gm)).toHaveLength(fences().length);
});

it.each([
  ["kinds", { kinds: { a: { unknown: 1 } } }],
  ["automatic", { kinds: { a: { release: [], types: [], automatic: { unknown: 1 } } } }],
  ["functions", { functions: { a: { name: "b", unknown: 1 } } }],
  ["noDuty", { noDuty: { a: { by: "type", name: "b", unknown: 1 } } }],
  ["caches", { caches: { a: { unknown: 1 } } }],
  ["connections", { connections: { a: { unknown: 1 } } }],
])("the page explains every key of %s", (_, settings) => {
  let refusal = "";
  try {
    effectiveCatalog(settings, root);
  } catch (error) {
    refusal = (error as Error).message;
  }
  const keys = /allowed: the keys (.*)\.$/.exec(refusal)?.[1]?.split(/, | and /) ?? [];
  expect(keys).not.toEqual([]);
  expect(keys.filter((key) => !new RegExp(`\`${key}\``).test(text))).toEqual([]);
});

it("everything on the page compiles", () => {
  const files = sections.flatMap(([section, all]) => [
    ...all.filter(isSource).map(fileOf),
    ...(configText(all) === undefined ? [] : [path.join(folderOf(section), configFile)]),
  ]);
  expect(compileErrors(files)).toEqual([]);
});

describe.each(sections.filter(([, all]) => all.some(isVerdict)))("%s", (section, all) => {
  const samples = all.filter(isVerdict);
  let eslint: ESLint;

  beforeAll(async () => {
    eslint = new ESLint({
      cwd: folderOf(section),
      overrideConfigFile: true,
      overrideConfig: await configOf(section, all),
    });
  });

  it("shows what is silent", () => {
    expect(samples.some(({ title }) => title === "correct")).toBe(true);
  });

  it.each(samples.map((one) => [one.line, one.title, one] as const))(
    "line %i is %s",
    async (_line, title, sample) => {
      const [result] = await eslint.lintFiles([fileOf(sample)]);
      const rules = result!.messages.map(({ ruleId, message }) => ruleId ?? message);
      if (title === "correct") expect(rules).toEqual([]);
      else expect(rules).toEqual([`resource-hygiene/${reportedIn(section)}`]);
    },
  );
});
