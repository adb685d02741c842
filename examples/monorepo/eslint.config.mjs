import { defineConfig } from "eslint/config";
import resourceHygiene from "eslint-plugin-resource-hygiene";
import tseslint from "typescript-eslint";

export default defineConfig({
  files: ["**/*.ts"],
  extends: [resourceHygiene.configs.recommended],
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
  },
});
