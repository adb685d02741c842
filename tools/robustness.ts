/**
 * Lints whatever a folder holds, with all rules: `npm run bench:robustness -- path/to/folder [--plant]`. Made for
 * folders of odd programs, such as the fixtures of parsers. It says how many files and functions there
 * were, what crashed, and which files took much longer for their size than the rest; a crash makes it
 * fail. With `--plant` one more rule crashes on the first function of every file.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { count } from "./count.ts";
import { batchSize, type Tried, tryFiles } from "./robustness/try-files.ts";

const linesThatTell = 20;
const millisecondsThatTell = 100;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { plant: { type: "boolean", default: false } },
});
const from = process.env.INIT_CWD ?? process.cwd();
const files = positionals.flatMap((one) => sourcesIn(path.resolve(from, one)));
if (files.length === 0) {
  process.stderr.write("Name a folder that has TypeScript or JavaScript in it.\n");
  process.exit(1);
}

const tried: Tried[] = [];
for (let at = 0; at < files.length; at += batchSize) {
  tried.push(...tryFiles(files.slice(at, at + batchSize), values.plant));
  process.stderr.write(
    `${String(Math.min(at + batchSize, files.length))} of ${String(files.length)}\n`,
  );
}
const crashed = tried.filter(({ crash }) => crash !== undefined);
const linted = tried.filter(({ refused }) => !refused);
for (const { file, crash = "" } of crashed) print(`${file}\n${crash}\n`);
for (const { file, milliseconds, lines } of slowOnes(linted))
  print(`${file}: ${milliseconds.toFixed(0)} ms for ${count(lines, "line")}`);
print(
  `${count(linted.length, "file")} linted, ${count(tried.length - linted.length, "file")} refused by the parser or by ESLint itself, ` +
    `${count(sum(linted.map(({ functions }) => functions)), "function")}, ${count(crashed.length, "crash", "crashes")}`,
);
process.exitCode = crashed.length > 0 ? 1 : 0;

/** Files that take more than ten times the median of their size, where that is long enough to tell. */
function slowOnes(all: readonly Tried[]): readonly Tried[] {
  const perLine = all
    .filter(({ lines }) => lines >= linesThatTell)
    .map(({ milliseconds, lines }) => milliseconds / lines)
    .sort((a, b) => a - b);
  const median = perLine[Math.floor(perLine.length / 2)] ?? 0;
  return all.filter(
    ({ milliseconds, lines }) =>
      milliseconds > millisecondsThatTell &&
      milliseconds / Math.max(lines, linesThatTell) > 10 * median,
  );
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
