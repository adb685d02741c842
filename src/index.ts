import { rules } from "./rules/index.ts";

const plugin = { meta: { name: "eslint-plugin-resource-hygiene", version: "0.1.0", namespace: "resource-hygiene" }, rules, configs: {} };
export default plugin;
