import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import resourceHygiene from "eslint-plugin-resource-hygiene";
import tseslint from "typescript-eslint";

/**
 * The rooms of `src/`, each with the rooms that it may import. Imports go downwards only.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const rooms = {
  typescript: [],
  resources: ["typescript"],
  flow: ["typescript"],
  ownership: ["typescript", "resources", "flow"],
  lifetimes: ["typescript", "resources", "flow", "ownership"],
  suggestions: ["typescript", "resources", "flow", "ownership", "lifetimes"],
  rules: ["typescript", "resources", "flow", "ownership", "lifetimes", "suggestions"],
  configs: ["rules"],
};

/** @type {import("eslint").Linter.Config[]} */
const layers = Object.entries(rooms).map(([room, below]) => {
  const forbidden = Object.keys(rooms).filter((other) => other !== room && !below.includes(other));
  return {
    name: `layers/${room}`,
    files: [`src/${room}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(\\.\\.?/)+(${forbidden.join("|")})(/|$)`,
              message: `src/${room} may import ${below.join(", ") || "no other room"}.`,
            },
            { regex: "^(\\.\\./)+index\\.ts$", message: "Nothing imports the plugin." },
          ],
        },
      ],
    },
  };
});

/** @type {import("eslint").Linter.Config} */
const onlyTypescriptAsksTheChecker = {
  name: "layers/checker",
  files: ["src/**/*.ts"],
  ignores: ["src/typescript/**"],
  rules: {
    "no-restricted-syntax": [
      "error",
      ...[
        "MemberExpression[property.name=/^(getTypeChecker|getTypeAtLocation|getSymbolAtLocation)$/]",
        "MemberExpression[object.name=/[cC]hecker$/]",
        "MemberExpression[object.property.name=/[cC]hecker$/]",
        "TSQualifiedName[right.name='TypeChecker']",
      ].map((selector) => ({ selector, message: "Only src/typescript asks the type checker." })),
    ],
  },
};

export default defineConfig(
  globalIgnores([
    "bench/comparison",
    "build",
    "coverage",
    "dist",
    // Linted by tests, which compare the findings with what is expected.
    "examples",
    "tests/fixtures",
    "tests/flow/graphs",
    "tests/valid-code",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      resourceHygiene.configs.all,
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // What the engine remembers lives as long as the program it is about.
      "resource-hygiene/no-unbounded-collection": ["error", { report: "sure" }],
    },
  },
  // Where a rule is wrong about the plugin's own source, the rule is mended.
  { files: ["src/**/*.ts"], linterOptions: { noInlineConfig: true } },
  {
    files: ["src/rules/**/*.ts", "tests/rules/**/*.ts"],
    extends: [eslintPlugin.configs.recommended],
    // It does not look into the functions by which several rules report; ESLint itself throws.
    rules: {
      "eslint-plugin/no-unused-message-ids": "off",
      "eslint-plugin/require-meta-has-suggestions": "off",
    },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      // Assertions in a test say more than a guard that cannot fail.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["tests/**/*.ts", "tools/**/*.ts"],
    // What a run remembers goes with it.
    rules: { "resource-hygiene/no-unbounded-collection": "off" },
  },
  ...layers,
  onlyTypescriptAsksTheChecker,
);
