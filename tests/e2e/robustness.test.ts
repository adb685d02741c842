/** The command that lints whatever a folder holds and counts crashes: `npm run bench:robustness`. */
import path from "node:path";
import {
  removeTemporaryFolders,
  repository,
  type Run,
  runNode,
  writeFolder,
} from "./support/packed-plugin.ts";

const robustness = (...parameters: string[]): Run =>
  runNode(repository, path.join(repository, "build/tools/robustness.js"), ...parameters);

afterAll(removeTemporaryFolders);

describe("npm run bench:robustness -- path", () => {
  it("lints our own odd programs without a crash", () => {
    const { status, stdout } = robustness("tests/valid-code", "tests/fixtures");
    expect(stdout).toMatch(
      /^\d{2,} files linted, .* \d{3,} functions, 0 crashes, 0 files slower than ten times/m,
    );
    expect(status).toBe(0);
  });

  it("fails when a rule crashes", () => {
    const folder = writeFolder({
      "one.ts": "export function one(): number {\n  return 1;\n}\n",
      "other.js": "function other() {}\nother();\n",
      "none.ts": "export const none = 1;\n",
    });
    const { status, stdout } = robustness(folder, "--plant", "crash");
    expect(stdout).toContain("a planted crash");
    expect(stdout).toContain(
      "3 files linted, 0 files refused by the parser or by ESLint itself, 2 functions, 2 crashes",
    );
    expect(status).toBe(1);
  });

  it("fails when a file takes much longer than others of its size", () => {
    const lines = `export const one = 1;\n${"one.toFixed();\n".repeat(40)}`;
    const folder = writeFolder({
      "one.ts": lines,
      "two.ts": lines,
      "three.ts": `${lines}function plantedSlowness() {}\nplantedSlowness();\n`,
    });
    const { status, stdout } = robustness(folder, "--plant", "slowness");
    expect(stdout).toMatch(/three\.ts: \d+ ms for 4\d lines$/m);
    expect(stdout).toContain("0 crashes, 1 file slower than ten times the median");
    expect(status).toBe(1);
  });

  it("lints code with errors of type and of syntax", () => {
    const folder = writeFolder({
      "types.ts": 'const one: number = "1"; export function f() { return missing(one).x; }\n',
      "syntax.ts": "function g( { return 1 }\n",
      "plain.js": "import fs from 'fs'; const x = fs.openSync(y\n",
    });
    const { status, stdout } = robustness(folder);
    expect(stdout).toContain(" 0 crashes, ");
    expect(status).toBe(0);
  });

  it("asks for a folder", () => {
    const { status, stderr } = robustness();
    expect(stderr).toBe("Name a folder that has TypeScript or JavaScript in it.\n");
    expect(status).toBe(1);
  });
});
