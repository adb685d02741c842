/** Test files: hooks and the test context release what the tests open. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { LogFile } from "./log-file.ts";

const opened: LogFile[] = [];

function temporaryLog(name: string): LogFile {
  const file = new LogFile(name);
  opened.push(file);
  return file;
}

afterEach(() => {
  for (const file of opened.splice(0)) file.close();
});

describe("log file", () => {
  let shared: LogFile;

  beforeEach(() => {
    shared = new LogFile("shared.log");
  });

  afterEach(() => {
    shared.close();
    vi.restoreAllMocks();
  });

  it("writes", () => {
    const write = vi.spyOn(shared, "write");
    shared.write("a").write("b");
    expect(write).toHaveBeenCalledTimes(2);
  });

  it("reads what it wrote", () => {
    const file = temporaryLog("temporary.log");
    file.write("a");
    expect(file.read()).toContain("a");
  });

  it("closes at the end of the test", () => {
    const file = new LogFile("finished.log");
    onTestFinished(() => file.close());
    expect(file.closed).toBe(false);
  });
});

test("closes after the test", (t) => {
  const file = new LogFile("after.log");
  t.after(() => {
    file.close();
  });
  assert.equal(file.closed, false);
});
