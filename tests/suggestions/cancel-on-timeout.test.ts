/** Every suggestion compiles and clears its finding. */
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import path from "node:path";
import plugin from "../../src/index.ts";
import { programOf } from "../support/program.ts";

const fixtures = path.resolve(import.meta.dirname, "../fixtures");
const rule = "resource-hygiene/require-cancel-on-timeout";

const eslint = new ESLint({
  cwd: fixtures,
  overrideConfigFile: true,
  overrideConfig: {
    files: ["**/*.ts"],
    plugins: { [plugin.meta.namespace]: plugin },
    rules: { [rule]: "error" },
    languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: fixtures } },
  },
});

async function lint(code: string) {
  const [result] = await eslint.lintText(code, { filePath: path.join(fixtures, "file.ts") });
  return result?.messages ?? [];
}

/** The code after its only suggestion was applied. */
async function suggested(code: string): Promise<string> {
  const [message] = await lint(code);
  expect(message?.suggestions).toHaveLength(1);
  const { fix } = message!.suggestions![0]!;
  return code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
}

const head = `import { ClusterClient, load } from "./kit/cluster.js";
import { withTimeout } from "./helpers/timers.ts";
function expire(ms: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("late")), ms).unref());
}
`;

const programs = {
  "a signal in new options": [
    `export const run = (client: ClusterClient, ms: number) =>
  Promise.race([client.request("a"), expire(ms)]);`,
    `client.request("a", { signal: AbortSignal.timeout(ms) })`,
  ],
  "a signal in options that are there": [
    `export const run = (client: ClusterClient) =>
  Promise.race([client.request("a", { retries: 2 }), expire(5000)]);`,
    `client.request("a", { retries: 2, signal: AbortSignal.timeout(5000) })`,
  ],
  "a signal in empty options": [
    `export const run = (client: ClusterClient) =>
  Promise.race([client.request("a", {}), expire(5000)]);`,
    `client.request("a", { signal: AbortSignal.timeout(5000) })`,
  ],
  "a signal as an argument": [
    `export async function run(url: string, ms: number) {
  const text = load(url);
  return await withTimeout(text, 2 * ms);
}`,
    `load(url, AbortSignal.timeout(2 * ms))`,
  ],
  "a late result": [
    `export async function run(client: ClusterClient, ms: number) {
  const session = await Promise.race([client.openSession(), expire(ms)]);
  session.close();
}`,
    `const session = await Promise.race([pending, expire(ms)]).catch((error: unknown) => {
    pending.then((late) => late.close(), () => undefined);
    throw error;
  });`,
  ],
  "a late result that has a name": [
    `export async function run(client: ClusterClient, ms: number) {
  const opening = client.openSession();
  return await withTimeout(opening, ms);
}`,
    `opening.then((late) => late.close(), () => undefined)`,
  ],
  "a late result where the name is taken": [
    `export async function run(client: ClusterClient, pending: number) {
  if (pending > 0) {
    return await Promise.race([client.openSession(), expire(pending)]);
  }
  return undefined;
}`,
    `const pending2 = client.openSession();`,
  ],
} as const;

describe("suggestions of require-cancel-on-timeout", () => {
  it.each(Object.entries(programs))("%s", { timeout: 60_000 }, async (_, [code, expected]) => {
    const after = await suggested(head + code);
    expect(after).toContain(expected);
    // It compiles: programs that do not are refused.
    expect(programOf(after).file.text).toBe(after);
    expect(await lint(after)).toEqual([]);
  });

  it("makes none where the time has no name at the call", async () => {
    const [message] = await lint(`${head}
export async function run(client: ClusterClient) {
  const answer = client.request("a");
  const ms = await client.ping();
  return await Promise.race([answer, expire(ms)]);
}`);
    expect(message?.messageId).toBe("noSignal");
    expect(message?.suggestions ?? []).toEqual([]);
  });

  it("makes none where time resolves the race", async () => {
    const [message] = await lint(`${head}import { sleep } from "./helpers/timers.ts";
export const run = async (client: ClusterClient) => {
  return await Promise.race([client.openSession(), sleep(5000)]);
};`);
    expect(message?.messageId).toBe("lateResult");
    expect(message?.suggestions ?? []).toEqual([]);
  });
});
