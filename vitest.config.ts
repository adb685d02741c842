import { configDefaults, defineConfig } from "vitest/config";

const endToEnd = "tests/e2e/**/*.test.ts";

export default defineConfig({
  test: {
    globals: true,
    isolate: false,
    // By default one core is kept free, which on two cores doubles the time.
    maxWorkers: 2,
    // The first type-aware case of a file loads TypeScript's own libraries.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: "build/test-results.json" },
    projects: [
      {
        extends: true,
        test: {
          name: "rules and engine",
          include: ["tests/**/*.test.ts"],
          exclude: [...configDefaults.exclude, endToEnd],
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: [endToEnd],
          globalSetup: "tests/e2e/support/set-up.ts",
          // Each of them starts ESLint with type information anew.
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
