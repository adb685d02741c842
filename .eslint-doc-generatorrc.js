import { format, resolveConfig } from "prettier";

/** @type {import("eslint-doc-generator").GenerateOptions} */
export default {
  // `strict` and `all` hold the same rules; the options that they set are on the rule's page.
  ignoreConfig: ["all"],
  configEmoji: [
    ["recommended", "✅"],
    ["strict", "🔒"],
  ],
  ruleListColumns: ["name", "description", "configsError", "hasSuggestions", "options"],
  urlConfigs:
    "https://github.com/resource-hygiene/eslint-plugin-resource-hygiene/blob/main/README.md#configs",
  // Without this the generator and `prettier --check` would undo each other's work.
  postprocess: async (content, path) =>
    format(content, { ...(await resolveConfig(path)), parser: "markdown" }),
};
