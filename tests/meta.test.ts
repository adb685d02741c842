/** What holds for the plugin as a whole, so that nothing is listed in one place and forgotten in another. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import plugin from "../src/index.ts";
import { rules } from "../src/rules/index.ts";

const root = path.resolve(import.meta.dirname, "..");
const ruleNames = Object.keys(rules).sort();
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  name: string;
  version: string;
};

/** The names of the rules that the files in `src/rules` create. */
function createdRules(): string[] {
  return readdirSync(path.join(root, "src/rules"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, "src/rules", file), "utf8");
      return /create(?:Duty)?Rule(?:<.*?>)?\(\{\s*name: "([^"]+)"/s.exec(text)?.[1] ?? [];
    })
    .sort();
}

describe("the plugin", () => {
  it("says who it is", () => {
    expect(plugin.meta).toEqual({
      name: manifest.name,
      version: manifest.version,
      namespace: "resource-hygiene",
    });
    expect(Object.keys(plugin).sort()).toEqual(["configs", "meta", "rules"]);
  });

  it("registers every rule of the directory", () => {
    expect(createdRules()).toEqual(ruleNames);
  });

  it("has a page for every rule, and no other", () => {
    const pages = readdirSync(path.join(root, "docs/rules"));
    expect(pages.map((page) => path.basename(page, ".md")).sort()).toEqual(ruleNames);
  });

  it.each(ruleNames)("has tests for %s", (name) => {
    expect(existsSync(path.join(root, "tests/rules", name))).toBe(true);
  });
});

describe("the configs", () => {
  const configs = Object.entries(plugin.configs);

  it.each(configs)("%s names the plugin object itself", (name, config) => {
    expect(config.name).toBe(`resource-hygiene/${name}`);
    expect(config.plugins?.["resource-hygiene"]).toBe(plugin);
  });

  it.each(configs)("%s names only rules that exist, and TypeScript files", (_, config) => {
    expect(ruleNames.map((name) => `resource-hygiene/${name}`)).toEqual(
      expect.arrayContaining(Object.keys(config.rules)),
    );
    expect(config.files).toEqual(["**/*.ts", "**/*.tsx", "**/*.mts", "**/*.cts"]);
  });

  it("hold what each rule says of itself", () => {
    const { recommended, strict, all } = plugin.configs;
    for (const [name, { meta }] of Object.entries(rules)) {
      const entry = meta.docs?.strictOptions ? ["error", ...meta.docs.strictOptions] : "error";
      const id = `resource-hygiene/${name}`;
      expect(recommended.rules[id]).toBe(
        meta.docs?.recommended === "recommended" ? "error" : undefined,
      );
      expect(strict.rules[id]).toEqual(entry);
      expect(all.rules[id]).toEqual(entry);
    }
  });
});

describe.each(Object.entries(rules))("%s", (name, { meta }) => {
  it("links to its page", () => {
    expect(meta.docs?.url).toBe(
      `https://github.com/resource-hygiene/eslint-plugin-resource-hygiene/blob/main/docs/rules/${name}.md`,
    );
  });

  it("describes itself without a dot, and says in messages what to do, with one", () => {
    expect(meta.docs?.description).toMatch(/^[A-Z].*[^.]$/);
    for (const message of Object.values(meta.messages)) {
      // The advice is a sentence of its own.
      expect(message).toMatch(/(\.|\{\{advice\}\})$/);
    }
  });

  it("has closed schemas with descriptions", () => {
    const schemas = [meta.schema].flat() as Schema[];
    expect(schemas.flatMap((schema) => schemaFaults(schema, "options"))).toEqual([]);
  });
});

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema | readonly Schema[];
}

function schemaFaults(schema: Schema, where: string): string[] {
  const open = schema.type === "object" && schema.additionalProperties === undefined;
  const parts = [
    ...Object.entries(schema.properties ?? {}),
    ...[schema.items ?? []].flat().map((item) => ["items", item] as const),
  ];
  return [
    ...(schema.description === undefined ? [`${where} has no description`] : []),
    ...(open ? [`${where} is not closed`] : []),
    ...parts.flatMap(([name, part]) => schemaFaults(part, `${where}.${name}`)),
  ];
}
