/** What installing the package brings along, and what it does beyond reading what ESLint gives it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inject } from "vitest";
import {
  createProject,
  removeTemporaryFolders,
  repository,
  type Run,
  runCommand,
} from "./support/packed-plugin.ts";
import { tsconfig } from "./support/programs.ts";

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { hasInstallScript?: true; dependencies?: Readonly<Record<string, string>> }>
  >;
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** The packages that come with the plugin, those of their dependencies included. */
function installed({ packages }: Lock, { dependencies }: Manifest): readonly string[] {
  const found = new Set<string>();
  const add = (from: string, name: string): void => {
    const folders = [`${from}/node_modules/${name}`, `node_modules/${name}`];
    const folder = folders.find((one) => packages[one] !== undefined);
    if (folder === undefined || found.has(folder)) return;
    found.add(folder);
    for (const further of Object.keys(packages[folder]?.dependencies ?? {})) add(folder, further);
  };
  for (const name of Object.keys(dependencies)) add("", name);
  return [...found];
}

describe("the package", () => {
  const unpacked = inject("unpackedPlugin");
  const manifest = read(path.join(unpacked, "package.json")) as Manifest;

  it("holds what is compiled, the docs and the licence", () => {
    expect(readdirSync(unpacked).sort()).toEqual(
      "CHANGELOG.md LICENSE README.md dist docs package.json tsdoc.json".split(" "),
    );
    const files = readdirSync(unpacked, { recursive: true, withFileTypes: true });
    const odd = files.filter((one) => !one.isFile() && !one.isDirectory()).map(({ name }) => name);
    expect(odd).toEqual([]);
    const compiled = readdirSync(path.join(unpacked, "dist"), {
      recursive: true,
      withFileTypes: true,
    });
    const names = compiled.filter((one) => one.isFile()).map(({ name }) => name);
    expect(names.filter((name) => !/\.(?:js|d\.ts)$/.test(name))).toEqual([]);
  });

  it("runs nothing when it is installed, and neither does what it brings", () => {
    const { preinstall, install, postinstall, prepare } = manifest.scripts ?? {};
    expect([preinstall, install, postinstall, prepare]).toEqual(Array(4).fill(undefined));
    expect(existsSync(path.join(unpacked, "binding.gyp"))).toBe(false);
    const lock = read(path.join(repository, "package-lock.json")) as Lock;
    const all = installed(lock, manifest);
    expect(all).toContain("node_modules/valibot");
    expect(all.filter((folder) => lock.packages[folder]?.hasInstallScript)).toEqual([]);
  });

  it("needs at most four packages", () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(4);
  });
});

/**
 * Loaded before ESLint. Notes who opens, writes, connects or starts something: every call whose nearest
 * caller outside of Node is the plugin, or a package that only the plugin brings. Loading modules is
 * what every package does.
 */
const observer = `import childProcess from "node:child_process";
import dns from "node:dns";
import fs from "node:fs";
import http from "node:http";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import workers from "node:worker_threads";

Error.stackTraceLimit = 30;
const seen = new Set();
const watched = /\\/node_modules\\/(?:eslint-plugin-resource-hygiene|ts-api-utils|valibot)\\//;
function note(what) {
  const frames = new Error().stack.split("\\n").slice(1).filter((line) => !line.includes("observer.mjs"));
  const at = frames.findIndex((line) => !line.includes("node:"));
  const loads = frames.slice(0, at).some((line) => line.includes("node:internal/modules/"));
  if (at >= 0 && !loads && watched.test(frames[at])) seen.add(what);
}
function watch(object, where) {
  for (const [name, original] of Object.entries(object)) {
    if (typeof original !== "function" || /^[A-Z]/.test(name)) continue;
    object[name] = new Proxy(original, {
      apply(target, self, parameters) {
        note(where + "." + name + " " + String(parameters[0]).replace(process.cwd(), "."));
        return Reflect.apply(target, self, parameters);
      },
    });
  }
}
watch(fs, "fs");
watch(fs.promises, "fs.promises");
watch(childProcess, "child_process");
watch(http, "http");
watch(dns, "dns");
for (const [object, name] of [[net.Socket.prototype, "connect"], [workers, "Worker"], [globalThis, "fetch"]]) {
  const original = object[name];
  object[name] = new Proxy(original, {
    apply(target, self, parameters) { note(name); return Reflect.apply(target, self, parameters); },
    construct(target, parameters) { note(name); return Reflect.construct(target, parameters); },
  });
}
syncBuiltinESMExports();
process.on("exit", () => fs.writeFileSync("seen.json", JSON.stringify([...seen].sort())));
`;

const long = "x".repeat(100_000);

/** Names at which things go wrong: something is reported on each line but the first. */
const hostile = `import { openSync } from "node:fs";
export function __proto__(): number { const constructor = openSync("a", "r"); return constructor + 1; }
export function f1(): void { const __proto__ = openSync("a", "r"); console.log(__proto__); }
export function f2(): void { const toString = openSync("\\uD800", "r"); console.log(toString); }
export function f3(): void { const näme𝒳 = openSync("💧", "r"); console.log(näme𝒳); }
export function f4(): void { const ${long} = openSync("${long}", "r"); console.log(${long}); }
export class Owner { private readonly "\\uDC00" = openSync("a", "r"); private readonly "__proto__" = openSync("b", "r"); size(): number { return this["__proto__"]; } }
const all: Record<string, number> = Object.create(null);
export function add(key: string): void { all["__proto__"] = 1; all["constructor"] = 2; all[key] = 3; }
`;

interface WatchedRun extends Run {
  readonly seen: readonly string[];
}

describe("a run", () => {
  afterAll(removeTemporaryFolders);

  const config = `import { defineConfig } from "eslint/config";
import plugin from "eslint-plugin-resource-hygiene";
import { defineSettings } from "eslint-plugin-resource-hygiene/settings";
import tseslint from "typescript-eslint";

export default defineConfig({
  files: ["**/*.ts"],
  extends: [plugin.configs.all],
  settings: defineSettings({
    kinds: { constructor: { acquire: [{ by: "call", name: "__proto__" }], release: [{ method: "toString" }] } },
  }),
  languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
});
`;

  /** Runs a script, and says what the plugin called meanwhile. */
  function watchedRun(files: Readonly<Record<string, string>>, ...script: string[]): WatchedRun {
    const project = createProject({ files: { "observer.mjs": observer, ...files } });
    const { status, stdout, stderr } = runCommand(project, process.execPath, [
      "--import",
      "./observer.mjs",
      ...script,
    ]);
    return { status, stdout, stderr, seen: read(path.join(project, "seen.json")) as string[] };
  }

  it("opens, writes, connects and starts nothing, whatever the names in the code are", () => {
    const files = { "eslint.config.mjs": config, "tsconfig.json": tsconfig, "hostile.ts": hostile };
    const { status, stdout, stderr, seen } = watchedRun(
      files,
      "node_modules/eslint/bin/eslint.js",
      ".",
    );
    expect({ status, stderr, seen }).toEqual({ status: 1, stderr: "", seen: [] });
    const lines = stdout.split("\n");
    const reported = lines.flatMap(
      (line) => /^ +(\d+):\d+ .*resource-hygiene\//.exec(line)?.[1] ?? [],
    );
    expect([...new Set(reported)]).toEqual(["2", "3", "4", "5", "6", "7", "8"]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(400);
  });

  it("would be seen if it did", () => {
    const folder = "node_modules/eslint-plugin-resource-hygiene/dist";
    const planted = `import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import net from "node:net";
readFileSync("package.json");
await writeFile("note", "");
execFileSync(process.execPath, ["--version"]);
net.connect(1, "127.0.0.1").on("error", () => undefined);
`;
    const { seen } = watchedRun({ [`${folder}/planted.js`]: planted }, `${folder}/planted.js`);
    expect(seen).toEqual(
      expect.arrayContaining([
        `child_process.execFileSync ${process.execPath}`,
        "connect",
        "fs.promises.writeFile note",
        "fs.readFileSync package.json",
      ]),
    );
  });
});
