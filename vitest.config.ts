import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globals: true,
    isolate: false,
    // By default one core is kept free, which on two cores doubles the time.
    maxWorkers: 2,
    include: ["tests/**/*.test.ts"],
    // The first type-aware case of a file loads TypeScript's own libraries.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: "build/test-results.json" },
  },
});
