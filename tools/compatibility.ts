/**
 * Installs the packed plugin into fresh projects, as users do, for the versions that it supports:
 *
 *     npm run test:compatibility                    # all of them
 *     npm run test:compatibility -- oldest newest
 *
 * Each project follows the README: its config, a program that leaks, the entries of the package.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

const sets: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  oldest: { eslint: "9.22.0", typescript: "5.2.2" },
  middle: { eslint: "9.39.5", typescript: "5.9.3" },
  newest: { eslint: "10.15.0", typescript: "6.0.3" },
  "typescript-7": {
    eslint: "10.15.0",
    typescript: "npm:@typescript/typescript6@6.0.2",
    "typescript-7": "npm:typescript@7.0.2",
  },
};

const leak = `import { openSync, readSync } from "node:fs";

export function firstByte(path: string): number {
  const descriptor = openSync(path, "r");
  const buffer = Buffer.alloc(1);
  readSync(descriptor, buffer);
  return buffer[0] ?? 0;
}
`;

/** Loads every entry of the package, and fails if one is not what it should be. */
const entries = `import assert from "node:assert";
import { createRequire } from "node:module";
import plugin from "eslint-plugin-resource-hygiene";
import tags from "eslint-plugin-resource-hygiene/jsdoc";
import { defineSettings } from "eslint-plugin-resource-hygiene/settings";
const require = createRequire(import.meta.url);
assert.ok("no-unclosed-disposable" in plugin.rules);
assert.ok("mustCall" in tags.settings.jsdoc.structuredTags);
assert.deepEqual(Object.keys(defineSettings({ noDuty: {} })), ["resource-hygiene"]);
const { tagDefinitions } = require("eslint-plugin-resource-hygiene/tsdoc.json");
assert.equal(tagDefinitions[0].tagName, "@mustCall");
assert.equal(require("eslint-plugin-resource-hygiene/package.json").version, plugin.meta.version);
`;

const tsconfig = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2022", "esnext.disposable"],
    module: "nodenext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  },
};

function run(cwd: string, command: string, ...parameters: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, parameters, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${parameters.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

function pack(folder: string): string {
  const packed = run(
    root,
    "npm",
    "pack",
    "--json",
    "--ignore-scripts",
    "--pack-destination",
    folder,
  );
  const [{ filename } = { filename: "" }] = JSON.parse(packed) as { filename: string }[];
  return path.join(folder, path.basename(filename));
}

/** @throws an error with what a command printed when the plugin does not work there */
function tryOut(folder: string, tarball: string, versions: Readonly<Record<string, string>>): void {
  const config = /^```js eslint\.config\.mjs\n(.*?)^```$/ms.exec(
    readFileSync(path.join(root, "README.md"), "utf8"),
  )?.[1];
  if (config === undefined) throw new Error("README.md shows no eslint.config.mjs");
  const files = {
    "package.json": JSON.stringify({
      private: true,
      type: "module",
      devDependencies: {
        "@types/node": "20.19.43",
        "eslint-plugin-resource-hygiene": `file:${tarball}`,
        "typescript-eslint": "^8.72.0",
        ...versions,
      },
    }),
    "tsconfig.json": JSON.stringify(tsconfig),
    "eslint.config.mjs": config,
    "leak.ts": leak,
    "entries.mjs": entries,
    "entries.ts": `import plugin from "eslint-plugin-resource-hygiene";
import tags from "eslint-plugin-resource-hygiene/jsdoc";
import { defineSettings, type Settings } from "eslint-plugin-resource-hygiene/settings";
export const settings: Settings = { noDuty: {} };
export const all: readonly unknown[] = [plugin.configs.all, tags, defineSettings(settings)];
`,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
  // No --force and no --legacy-peer-deps: npm must find the versions fit for each other.
  run(folder, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
  run(folder, process.execPath, "entries.mjs");
  const compiler = "typescript-7" in versions ? ["typescript-7/bin/tsc"] : [];
  const own = versions.typescript?.startsWith("npm:")
    ? "typescript/bin/tsc6"
    : "typescript/bin/tsc";
  for (const tsc of [own, ...compiler])
    run(folder, process.execPath, `node_modules/${tsc}`, "-p", ".");
  const eslint = ["node_modules/eslint/bin/eslint.js", ".", "--format", "json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, eslint, {
    cwd: folder,
    encoding: "utf8",
  });
  const found = status === 1 ? (JSON.parse(stdout) as Result[]).flatMap(findings) : [];
  if (found.join() !== "leak.ts:4 resource-hygiene/no-unclosed-disposable")
    throw new Error(`eslint ended with ${String(status)} and found: ${found.join()}\n${stderr}`);
}

interface Result {
  readonly filePath: string;
  readonly messages: readonly { readonly line: number; readonly ruleId: string | null }[];
}

const findings = ({ filePath, messages }: Result): string[] =>
  messages.map(
    ({ line, ruleId }) => `${path.basename(filePath)}:${String(line)} ${ruleId ?? "broken"}`,
  );

/** Runs a step in a folder of its own. */
function inFolder<Result>(step: (folder: string) => Result): Result {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "resource-hygiene-")));
  try {
    return step(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(sets);
inFolder((packed) => {
  const tarball = pack(packed);
  for (const name of names) {
    const versions = sets[name];
    if (versions === undefined) {
      process.stderr.write(`there is no set ${name}, only ${Object.keys(sets).join(", ")}\n`);
      process.exitCode = 2;
      continue;
    }
    try {
      inFolder((folder) => {
        tryOut(folder, tarball, versions);
      });
      process.stdout.write(`works with ${name}: ${JSON.stringify(versions)}\n`);
    } catch (error) {
      process.stderr.write(`fails with ${name}: ${(error as Error).message}\n`);
      process.exitCode = 1;
    }
  }
});
