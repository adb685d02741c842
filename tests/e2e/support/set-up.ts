/** Runs once, before the end-to-end tests: the plugin as users get it, and the tools around it. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder into which the packed plugin was unpacked. */
    readonly unpackedPlugin: string;
  }
}

const repository = path.resolve(import.meta.dirname, "../../..");

/** Packs what is in `dist/` now. */
function pack(folder: string): void {
  const npm = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const output = execFileSync("npm", npm, { cwd: repository, encoding: "utf8" });
  const [packed] = JSON.parse(output) as { filename: string }[];
  rmSync(path.join(folder, "package"), { recursive: true, force: true });
  execFileSync("tar", ["-xzf", packed?.filename ?? "", "-C", folder], { cwd: folder });
}

function install(folder: string): void {
  const installed = path.join(folder, "node_modules/.package-lock.json");
  const wanted = path.join(folder, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  // Not `npm ci`: it refuses a lockfile without the optional packages of platforms that a registry lacks.
  const npm = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync("npm", npm, { cwd: folder, stdio: "pipe" });
}

export default function setUp(project: TestProject): () => void {
  install(path.join(repository, "tests/e2e/oldest"));
  install(path.join(repository, "tests/e2e/tools"));
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "resource-hygiene-packed-")));
  pack(folder);
  project.onTestsRerun(() => {
    pack(folder);
  });
  project.provide("unpackedPlugin", path.join(folder, "package"));
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
