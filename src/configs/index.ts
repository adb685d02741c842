import type { ESLint, Linter } from "eslint";
import type { AnyRule } from "../rules/index.ts";

/** A config of the plugin: one object, to be listed, extended or spread. */
export type Config = Linter.Config & Required<Pick<Linter.Config, "files" | "rules">>;

export type ConfigName = "recommended" | "strict" | "all";

export type Configs = Record<ConfigName, Config>;

/** Files with type information; an untyped `eslint.config.mjs` is none of ours. */
const typeScriptFiles = ["**/*.ts", "**/*.tsx", "**/*.mts", "**/*.cts"];

const namespace = "resource-hygiene";

/**
 * Derives the configs from what each rule says of itself in `meta.docs`.
 *
 * - `recommended`: the rules that say so, with their default options.
 * - `strict`: those of `recommended` and the rules that say `strict`, with their strict options.
 * - `all`: every rule, with its strict options: whatever the plugin is able to say.
 *
 * @param plugin the object that the configs name; it has to be the one that users import
 */
export function createConfigs(
  plugin: ESLint.Plugin,
  rules: Readonly<Record<string, AnyRule>>,
): Configs {
  const config = (name: ConfigName): Config => ({
    name: `${namespace}/${name}`,
    files: [...typeScriptFiles],
    plugins: { [namespace]: plugin },
    rules: Object.fromEntries(
      Object.entries(rules).flatMap(([ruleName, rule]) => {
        const entry = ruleEntry(name, rule);
        return entry === undefined ? [] : [[`${namespace}/${ruleName}`, entry]];
      }),
    ),
  });
  return { recommended: config("recommended"), strict: config("strict"), all: config("all") };
}

function ruleEntry(name: ConfigName, { meta: { docs } }: AnyRule): Linter.RuleEntry | undefined {
  if (name === "recommended") return docs?.recommended === "recommended" ? "error" : undefined;
  return docs?.strictOptions === undefined ? "error" : ["error", ...docs.strictOptions];
}
