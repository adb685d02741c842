/**
 * Test runners: what they register runs later, and their spies owe nothing.
 *
 * Names appear twice where a runner declares them as globals and as exports.
 */
import type { CatalogFamily } from "../kind.ts";

/** What registers a function that the runner calls, or names a part of a test. */
export const runnerFunctions: readonly [string, ...string[]] = [
  "describe",
  "suite",
  "context",
  "it",
  "test",
  "specify",
  "before",
  "after",
  "beforeAll",
  "afterAll",
  "beforeEach",
  "afterEach",
  "onTestFinished",
  "onTestFailed",
];

export const testRunners: CatalogFamily = {
  family: "test-runners",
  kinds: [],
  functions: [
    {
      // Whoever expects a promise to reject does not expect what it would bring.
      module: ["assert", "assert/strict"],
      name: ["rejects", "assert.rejects"],
      takes: [0],
      source: "https://nodejs.org/api/assert.html#assertrejectsasyncfn-error-message",
    },
    {
      // The callback is kept and runs when its time comes; a cleanup in it counts as registered.
      module: [
        "vitest",
        "@vitest/runner",
        "@jest/globals",
        "@jest/types",
        "mocha",
        "test",
        "bun:test",
      ],
      name: runnerFunctions,
      takes: ["all"],
      never: "throws",
      source: "https://vitest.dev/api/",
    },
    {
      // The same as globals: `vitest/globals`, `@types/jest`, `@types/mocha`.
      name: runnerFunctions,
      takes: ["all"],
      never: "throws",
      source: "https://vitest.dev/config/globals",
    },
    {
      module: "@vitest/runner",
      name: ["TestContext.onTestFinished", "TestContext.onTestFailed"],
      takes: [0],
      never: "throws",
      source: "https://vitest.dev/guide/test-context",
    },
    {
      module: "test",
      name: [
        "TestContext.before",
        "TestContext.after",
        "TestContext.beforeEach",
        "TestContext.afterEach",
        "TestContext.test",
      ],
      takes: ["all"],
      never: "throws",
      source: "https://nodejs.org/api/test.html#contextafterfn-options",
    },
  ],
  noDuty: [
    {
      by: "type",
      module: ["@vitest/spy", "vitest", "jest-mock"],
      name: ["MockInstance", "Mock", "Mocked", "MockedFunction", "SpyInstance"],
      reason: "a spy; disposing it only restores the original",
      source: "https://vitest.dev/api/mock",
    },
    {
      by: "type",
      name: ["MockInstance", "SpyInstance", "Mock", "ReplaceProperty"],
      reason: "a spy; disposing it only restores the original",
      source: "https://jestjs.io/docs/mock-function-api",
    },
    {
      by: "call",
      module: "vitest",
      name: ["VitestUtils.doMock", "VitestUtils.spyOn", "VitestUtils.fn"],
      reason: "the runner restores mocks between tests",
      source: "https://vitest.dev/api/vi",
    },
    {
      by: "type",
      module: "sinon",
      name: ["SinonSpy", "SinonStub", "SinonMock", "SinonSandbox", "SinonFakeTimers"],
      reason: "a test double; restoring it is a matter of the test's hooks",
      source: "https://sinonjs.org/releases/latest/sandbox/",
    },
    {
      by: "type",
      module: "test",
      name: ["MockTimers", "MockTracker", "MockFunctionContext", "TestsStream"],
      reason: "the runner resets mocks; the reporter's stream is read by the runner",
      source: "https://nodejs.org/api/test.html#class-mocktimers",
    },
    {
      by: "call",
      module: "test",
      name: "run",
      reason: "the stream of test events ends with the run",
      source: "https://nodejs.org/api/test.html#runoptions",
    },
  ],
  closedWorlds: [
    "@jest/globals",
    "@vitest/expect",
    "@vitest/runner",
    "bun:test",
    "chai",
    "expect",
    "jest",
    "mocha",
    "test",
    "test/reporters",
    "vitest",
  ],
};
