import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globals: true,
    isolate: false,
    include: ["tests/**/*.test.ts"],
  },
});
