/**
 * Lints whatever a folder holds, with all rules: `npm run bench:robustness -- path/to/folder [--plant fault]`.
 * Made for folders of odd programs, such as the fixtures of parsers. It says how many files and functions
 * there were, what crashed, and which files took much longer for their size than the rest; either makes
 * it fail. `--plant crash` adds a rule that crashes on every function, `--plant slowness` one that takes
 * its time over the functions of one file.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { count } from "./count.ts";
import { batchSize, type Fault, isFault, type Tried, tryFiles } from "./robustness/try-files.ts";

const linesThatTell = 20;
const millisecondsThatTell = 100;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { plant: { type: "string", default: "none" } },
});
const from = process.env.INIT_CWD ?? process.cwd();
const files = positionals.flatMap((one) => sourcesIn(path.resolve(from, one)));
if (files.length === 0) {
  process.stderr.write("Name a folder that has TypeScript or JavaScript in it.\n");
  process.exit(1);
}

const plant = faultNamed(values.plant);

const tried: Tried[] = [];
for (let at = 0; at < files.length; at += batchSize) {
  tried.push(...tryFiles(files.slice(at, at + batchSize), plant));
  process.stderr.write(
    `${String(Math.min(at + batchSize, files.length))} of ${String(files.length)}\n`,
  );
}
const crashed = tried.filter(({ crash }) => crash !== undefined);
const linted = tried.filter(({ refused }) => !refused);
for (const { file, crash = "" } of crashed) print(`${file}\n${crash}\n`);
const median = medianPerLine(linted);
const slow = linted.filter(isSlow).flatMap(({ file }) => tryAgain(file).filter(isSlow));
for (const { file, milliseconds, lines } of slow)
  print(`${file}: ${milliseconds.toFixed(0)} ms for ${count(lines, "line")}`);
print(
  `${count(linted.length, "file")} linted, ${count(tried.length - linted.length, "file")} refused by the parser or by ESLint itself, ` +
    `${count(sum(linted.map(({ functions }) => functions)), "function")}, ${count(crashed.length, "crash", "crashes")}, ` +
    `${count(slow.length, "file")} slower than ten times the median of ${median.toFixed(2)} ms per line`,
);
process.exitCode = crashed.length + slow.length > 0 ? 1 : 0;

function faultNamed(name: string): Fault {
  if (isFault(name)) return name;
  process.stderr.write("What can be planted is a crash or slowness.\n");
  process.exit(1);
}

/** The milliseconds per line of the middle file, of those that have some lines. */
function medianPerLine(all: readonly Tried[]): number {
  const perLine = all
    .filter(({ lines }) => lines >= linesThatTell)
    .map(({ milliseconds, lines }) => milliseconds / lines)
    .sort((a, b) => a - b);
  return perLine[Math.floor(perLine.length / 2)] ?? 0;
}

/** It takes more than ten times the median of its size, where that is long enough to tell. */
function isSlow({ milliseconds, lines }: Tried): boolean {
  return (
    milliseconds > millisecondsThatTell &&
    milliseconds / Math.max(lines, linesThatTell) > 10 * median
  );
}

/** By itself: what the machine did meanwhile, or what it shares with others, is not its fault. */
function tryAgain(file: string): readonly Tried[] {
  return tryFiles([file], plant);
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
