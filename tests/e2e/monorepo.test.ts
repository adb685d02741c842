/** `examples/monorepo`, linted package by package with a cache. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  createProject,
  removeTemporaryFolders,
  repository,
  runCommand,
} from "./support/packed-plugin.ts";
import type { Run } from "./support/packed-plugin.ts";

const example = path.join(repository, "examples/monorepo");

let project: string;

const turbo = (...parameters: string[]): Run =>
  runCommand(project, "node_modules/.bin/turbo", ["run", "lint", ...parameters], {
    TURBO_TELEMETRY_DISABLED: "1",
  });

/** What became of the lint task of each package. */
const outcome = ({ stdout }: Run): Record<string, string | undefined> =>
  Object.fromEntries(
    [...stdout.matchAll(/^@shop\/(\w+):lint: cache (hit|miss)/gm)].map(
      ([, name = "", cache]) => [name, cache] as const,
    ),
  );

const git = (...parameters: string[]): void => {
  const { status, stderr } = runCommand(project, "git", [
    ...["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"],
    ...parameters,
  ]);
  if (status !== 0) throw new Error(stderr);
};

beforeAll(() => {
  project = createProject({ files: {}, tools: ["turbo"] });
  cpSync(example, project, {
    recursive: true,
    filter: (file) => !file.includes("node_modules"),
  });
  // As `npm install` links the packages of a workspace.
  mkdirSync(path.join(project, "node_modules/@shop"));
  for (const name of ["files", "reports", "server"]) {
    const folder = path.join(project, "packages", name);
    symlinkSync(folder, path.join(project, "node_modules/@shop", name), "junction");
  }
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "first");
});

afterAll(removeTemporaryFolders);

it("is linted in parts that two machines could do, with one cache", () => {
  const first = turbo("--filter=@shop/reports");
  expect(first).toMatchObject({ status: 0 });
  expect(outcome(first)).toEqual({ reports: "miss" });
  expect(outcome(turbo("--filter=!@shop/reports"))).toEqual({ files: "miss", server: "miss" });
  expect(outcome(turbo())).toEqual({ files: "hit", reports: "hit", server: "hit" });
});

it("is linted again where the sources changed, and where packages depend on them", () => {
  const source = path.join(project, "packages/files/src/index.ts");
  const text = readFileSync(source, "utf8");
  writeFileSync(source, text.replace("closeSync(descriptor)", "fsyncSync(descriptor)"));
  const run = turbo("--continue");
  expect(outcome(run)).toEqual({ files: "miss", reports: "miss", server: "hit" });
  expect(run.stdout).toMatch(/reports:lint: +6:22 +error .*no-unclosed-disposable/);
  expect(run.status).toBe(1);
  const { stdout } = turbo("--filter=...[HEAD]", "--dry=json");
  const { packages } = JSON.parse(stdout) as { packages: string[] };
  expect(packages.sort()).toEqual(["@shop/files", "@shop/reports"]);
});
