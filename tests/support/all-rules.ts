/** The `all` config of the plugin, ready for linting a folder with its own tsconfig. */
import tsParser from "@typescript-eslint/parser";
import type { Linter } from "eslint";
import plugin from "../../src/index.ts";

/**
 * @param root folder whose tsconfig.json holds the files
 * @throws when the plugin has no `all` config, so that no test passes for want of rules
 */
export function allRules(root: string): Linter.Config[] {
  const all: unknown = Reflect.get(plugin.configs, "all");
  if (all === undefined) throw new Error("the plugin has no config `all`");
  return [
    {
      files: ["**/*.ts", "**/*.tsx"],
      languageOptions: {
        parser: tsParser,
        parserOptions: { projectService: true, tsconfigRootDir: root },
      },
    },
    ...([all].flat() as Linter.Config[]),
  ];
}

/** Names of the rules that the config switches on, without the plugin's prefix. */
export function enabledRules(config: readonly Linter.Config[]): string[] {
  return config
    .flatMap(({ rules = {} }) => Object.entries(rules))
    .filter(([, setting]) => ![setting].flat().some((level) => level === "off" || level === 0))
    .map(([name]) => name.slice(name.indexOf("/") + 1))
    .sort();
}
