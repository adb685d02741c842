/** The right release instead of the wrong one: the settings declare a kind that has both. */
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin from "../../src/index.ts";
import { programOf } from "../support/program.ts";

const declarations = `
export interface Lease { use(): void; end(): Promise<void>; release(): void }
export declare class Pool { lend(): Lease }
`;
const settings = {
  "resource-hygiene": {
    kinds: {
      lease: {
        label: "lease",
        grade: "must",
        duty: "close",
        acquire: [{ by: "call", module: "./pool.ts", name: "Pool.lend" }],
        release: [{ method: "release" }],
        wrongRelease: ["end"],
      },
    },
  },
};

function lint(code: string): Linter.LintMessage[] {
  const { program, file } = programOf(code, { files: { "pool.ts": declarations } });
  const config: Linter.Config = {
    files: ["**/*.ts"],
    plugins: { "resource-hygiene": plugin },
    languageOptions: { parser, parserOptions: { programs: [program] } },
    rules: { "resource-hygiene/no-unclosed-disposable": "error" },
    settings,
  };
  const cwd = file.fileName.slice(0, file.fileName.lastIndexOf("/"));
  return new Linter({ configType: "flat", cwd }).verify(code, config, { filename: file.fileName });
}

it("compiles and clears the finding", () => {
  const code = `import { Pool } from "./pool.ts";
export function run(pool: Pool): void {
  const lease = pool.lend();
  try {
    lease.use();
  } finally {
    void lease.end();
  }
}
`;
  const [message, ...others] = lint(code);
  expect(message?.messageId).toBe("wrongRelease");
  expect(others).toEqual([]);
  const { fix } = message!.suggestions![0]!;
  const after = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
  expect(after).toContain("lease.release()");
  expect(lint(after)).toEqual([]);
});
