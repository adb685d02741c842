/**
 * Temporary projects outside the repository that use the plugin as users get it: packed by npm and
 * unpacked, with nothing else in reach than the packages that its manifest names.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const repository: string = path.resolve(import.meta.dirname, "../../..");

const name = "eslint-plugin-resource-hygiene";

/** Where the packages of a project come from: those of this repository, or the oldest supported. */
const hosts = { newest: repository, oldest: path.join(repository, "tests/e2e/oldest") };

type Host = keyof typeof hosts;

const folders: string[] = [];

let unpacked: string | undefined;

/** Packs what is in `dist/` now, once for all tests. */
function unpackedPlugin(): string {
  if (unpacked !== undefined) return unpacked;
  const folder = temporaryFolder();
  const npm = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const output = execFileSync("npm", npm, { cwd: repository, encoding: "utf8" });
  const [packed] = JSON.parse(output) as { filename: string }[];
  execFileSync("tar", ["-xzf", packed?.filename ?? "", "-C", folder], { cwd: folder });
  return (unpacked = path.join(folder, "package"));
}

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "resource-hygiene-")));
  folders.push(folder);
  return folder;
}

/** Call it in `afterAll`. */
export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  unpacked = undefined;
}

/** Call it in `beforeAll` of tests that use the oldest supported versions. */
export function installOldest(): void {
  const installed = path.join(hosts.oldest, "node_modules/.package-lock.json");
  const wanted = path.join(hosts.oldest, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: hosts.oldest,
    stdio: "pipe",
  });
}

/** Writes files, by path, into a new folder. */
export function writeFolder(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

export interface ProjectSetUp {
  readonly files: Readonly<Record<string, string>>;
  readonly host?: Host;
  /** Packages that come from elsewhere: a folder by package name. */
  readonly replace?: Readonly<Record<string, string>>;
}

/** A project with the plugin, the packages that it names, and typescript-eslint. */
export function createProject({ files, host = "newest", replace = {} }: ProjectSetUp): string {
  const project = writeFolder({ "package.json": '{ "type": "module" }', ...files });
  const modules = path.join(project, "node_modules");
  cpSync(unpackedPlugin(), path.join(modules, name), { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(modules, name, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
    peerDependencies: Record<string, string>;
  };
  const packages = new Set([
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.peerDependencies),
    "typescript-eslint",
    "@types/node",
  ]);
  for (const dependency of packages) {
    const link = path.join(modules, dependency);
    mkdirSync(path.dirname(link), { recursive: true });
    const target = replace[dependency] ?? path.join(hosts[host], "node_modules", dependency);
    symlinkSync(target, link, "junction");
  }
  return project;
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

/** Runs a script with this Node in a folder, without the environment of the test runner. */
export function runNode(cwd: string, script: string, ...parameters: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...parameters], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  return { status, stdout, stderr };
}

/** Runs the real ESLint binary of a project. */
export function runEslint(project: string, ...parameters: string[]): Run {
  return runNode(project, "node_modules/eslint/bin/eslint.js", ...parameters);
}

/** Runs the real TypeScript compiler of a project. */
export function runTsc(project: string, ...parameters: string[]): Run {
  return runNode(project, "node_modules/typescript/bin/tsc", ...parameters);
}
