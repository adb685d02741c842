// First import on purpose: modules run in this order, and everything below needs TypeScript's API.
import "./supported-typescript.ts";
import { createRequire } from "node:module";
import type { ESLint } from "eslint";
import { createConfigs } from "./configs/index.ts";
import type { Configs } from "./configs/index.ts";
import { rules } from "./rules/index.ts";
import type { RuleName } from "./rules/names.ts";

/** The plugin as ESLint's own types see it, with its rules and configs by name. */
export interface Plugin extends ESLint.Plugin {
  meta: { name: string; version: string; namespace: string };
  rules: NonNullable<ESLint.Plugin["rules"]> &
    Record<RuleName, NonNullable<ESLint.Plugin["rules"]>[string]>;
  configs: Configs;
}

const manifest = createRequire(import.meta.url)("../package.json") as {
  name: string;
  version: string;
};

const base = {
  meta: { name: manifest.name, version: manifest.version, namespace: "resource-hygiene" },
  // typescript-eslint's rule context and ESLint's differ in their types only.
  rules: rules as unknown as Plugin["rules"],
};

// The configs name the plugin itself, so they are added in place: a second plugin object would make
// ESLint say "Cannot redefine plugin" to whoever writes both `plugins` and `extends`.
const plugin: Plugin = Object.assign(base, { configs: createConfigs(base, rules) });

export default plugin;
