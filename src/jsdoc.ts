/**
 * `eslint-plugin-resource-hygiene/jsdoc`: the plugin's tags as eslint-plugin-jsdoc wants to know them,
 * so that `jsdoc/check-tag-names` takes them for tags. For TSDoc there is `tsdoc.json`.
 */
import type { Linter } from "eslint";

/** A config to list beside those of eslint-plugin-jsdoc. */
const jsdoc: Linter.Config = {
  name: "resource-hygiene/jsdoc",
  settings: {
    jsdoc: {
      structuredTags: {
        mustCall: { name: "text", type: false, required: ["name"] },
        owning: { name: "text", type: false },
        notOwning: { name: "text", type: false },
      },
    },
  },
};

export default jsdoc;
