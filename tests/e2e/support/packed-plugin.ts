/**
 * Temporary projects outside the repository that use the plugin as users get it: packed by npm and
 * unpacked, with nothing else in reach than the packages that its manifest names.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inject } from "vitest";

export const repository: string = path.resolve(import.meta.dirname, "../../..");

const name = "eslint-plugin-resource-hygiene";

/** Where packages come from: this repository, the oldest that are supported, the tools around ESLint. */
const hosts = {
  newest: repository,
  oldest: path.join(repository, "tests/e2e/oldest"),
  tools: path.join(repository, "tests/e2e/tools"),
};

type Host = keyof typeof hosts;

const folders: string[] = [];

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "resource-hygiene-")));
  folders.push(folder);
  return folder;
}

/** Call it in `afterAll`. */
export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Writes files, by path, into a new folder. */
export function writeFolder(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return folder;
}

/** Writes files, by path, into a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

export interface ProjectSetUp {
  readonly files: Readonly<Record<string, string>>;
  readonly host?: Host;
  /** Packages of `tests/e2e/tools` that the project has too. */
  readonly tools?: readonly string[];
  /** Packages that come from elsewhere: a folder by package name. */
  readonly replace?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
}

/** A project with the plugin, the packages that it names, and typescript-eslint. */
export function createProject({
  files,
  host = "newest",
  tools = [],
  replace,
}: ProjectSetUp): string {
  const project = writeFolder({ "package.json": '{ "type": "module" }', ...files });
  const modules = path.join(project, "node_modules");
  cpSync(inject("unpackedPlugin"), path.join(modules, name), { recursive: true });
  const manifest = manifestOf(path.join(modules, name));
  const packages = new Set([
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.peerDependencies),
    "typescript-eslint",
    "@types/node",
  ]);
  for (const dependency of packages) {
    installPackage(modules, dependency, replace?.[dependency] ?? packageOf(host, dependency));
  }
  for (const tool of tools) installPackage(modules, tool, packageOf("tools", tool));
  return project;
}

/** What npm does, with a link in the place of a copy. */
function installPackage(modules: string, dependency: string, folder: string): void {
  const link = path.join(modules, dependency);
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(folder, link, "junction");
  const { bin = {} } = manifestOf(folder);
  const commands = typeof bin === "string" ? { [path.basename(dependency)]: bin } : bin;
  for (const [command, script] of Object.entries(commands)) {
    mkdirSync(path.join(modules, ".bin"), { recursive: true });
    symlinkSync(path.join(folder, script), path.join(modules, ".bin", path.basename(command)));
  }
}

/** The folder of a package of a host, for `replace`. */
export function packageOf(host: Host, dependency: string): string {
  return path.join(hosts[host], "node_modules", dependency);
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a user: nothing of the test runner, nor of the packages of this repository. */
const environment = {
  HOME: process.env.HOME,
  PATH: [
    path.dirname(process.execPath),
    ...(process.env.PATH ?? "")
      .split(path.delimiter)
      .filter((one) => !one.includes("node_modules")),
  ].join(path.delimiter),
};

/** Runs a command of the machine in a folder. */
export function runCommand(
  cwd: string,
  command: string,
  parameters: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Run {
  const { status, stdout, stderr, error } = spawnSync(command, parameters, {
    cwd,
    encoding: "utf8",
    env: { ...environment, ...variables },
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** Runs a script with this Node in a folder. */
export function runNode(cwd: string, script: string, ...parameters: string[]): Run {
  return runCommand(cwd, process.execPath, [script, ...parameters]);
}

/** Runs the real ESLint binary of a project. */
export function runEslint(project: string, ...parameters: string[]): Run {
  return runNode(project, "node_modules/eslint/bin/eslint.js", ...parameters);
}

/** Runs the real TypeScript compiler of a project. */
export function runTsc(project: string, ...parameters: string[]): Run {
  return runNode(project, "node_modules/typescript/bin/tsc", ...parameters);
}
