import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { count } from "./count.ts";
import type { ConfigName, Outcome } from "./lint-projects.ts";
import { findProjects, UsageError } from "./projects.ts";

const usage = "usage: npm start [-- [--config recommended|strict|all] path/to/project]";

const root = path.resolve(import.meta.dirname, "../..");

/** npm runs scripts in the package's folder; the path is meant from where npm was called. */
const callerFolder =
  (process.env.npm_lifecycle_event === "start" ? process.env.INIT_CWD : undefined) ?? process.cwd();

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** 0: nothing found, or the examples, which are meant to leak; 1: findings; 2: it did not work. */
async function main(): Promise<0 | 1 | 2> {
  const { target, configName } = readArguments();
  if (target === undefined) installExamples();
  const projects = findProjects(target ?? path.join(root, "examples"), say);
  // Loaded now, because ESLint and the parser are not needed to say what is wrong with a path.
  const { lintProjects } = await import("./lint-projects.ts");
  const outcome = await lintProjects(projects, configName, say);
  print(outcome);
  if (outcome.crashes.length > 0) return 2;
  if (target !== undefined) return outcome.findings > 0 ? 1 : 0;
  process.stdout.write(
    "The examples leak on purpose, so this is no failure: the exit code is 0.\n",
  );
  return 0;
}

function readArguments(): { target: string | undefined; configName: ConfigName } {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { config: { type: "string", default: "recommended" } },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.replaceAll("\n", " ")} (${usage})`);
  }
  const [target, ...others] = parsed.positionals;
  const { config } = parsed.values;
  if (others.length > 0) throw new UsageError(`one project at a time (${usage})`);
  if (config !== "recommended" && config !== "strict" && config !== "all") {
    throw new UsageError(`there is no config ${config} (${usage})`);
  }
  return {
    target: target === undefined ? undefined : path.resolve(callerFolder, target),
    configName: config,
  };
}

/** The examples use real packages; without those, their imports bring no types. */
function installExamples(): void {
  const examples = path.join(root, "examples");
  if (!existsSync(path.join(examples, "package-lock.json"))) return;
  // npm writes this file last.
  if (existsSync(path.join(examples, "node_modules/.package-lock.json"))) return;
  say("installing the packages that the examples use");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: examples,
    // Standard output is for the findings.
    stdio: ["ignore", process.stderr, process.stderr],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new UsageError("npm ci failed in examples/");
}

function print({ report, findings, files, unresolved, crashes }: Outcome): void {
  process.stdout.write(report);
  process.stdout.write(`${count(findings, "finding")} in ${count(files, "file")}.\n`);
  const imports = [...unresolved.values()].reduce((sum, times) => sum + times, 0);
  const often = [...unresolved].sort((a, b) => b[1] - a[1]).slice(0, 5);
  process.stdout.write(
    imports === 0
      ? "All imports resolved.\n"
      : `${count(imports, "import")} did not resolve (${often.map(([name]) => name).join(", ")}${unresolved.size > often.length ? ", …" : ""}), so findings are missing there: install the packages of the project first.\n`,
  );
  for (const crash of crashes) process.stderr.write(`\n${crash}\n`);
  if (crashes.length > 0) say(`\nA rule crashed on ${count(crashes.length, "file")}.`);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  say(error.message);
  process.exitCode = 2;
}
