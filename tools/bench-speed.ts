/**
 * What the rules cost: `npm run bench [-- [--rounds n] [--growth] [path/to/project …]]`. Without a
 * path it measures the examples, growth, and linting again after an edit.
 */
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";
import { createProjectProgram, findProjects, lintableFiles } from "./projects.ts";
import { createGeneratedProgram, generatedFolder } from "./speed/generated-program.ts";
import { linesOf, type Shape, shapes } from "./speed/generate.ts";
import { type Cost, heapOf, type Load, loads, measureAll, timeOf } from "./speed/measure.ts";

const root = path.resolve(import.meta.dirname, "../..");
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" },
    growth: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const targets = positionals.map((one) => path.resolve(process.env.INIT_CWD ?? process.cwd(), one));

print(machine());
if (targets.length > 0 || !values.growth) {
  const table = [...(targets.length > 0 ? targets : [path.join(root, "examples")])];
  print("\n## Beside typescript-eslint's recommendedTypeChecked\n");
  print(row(["project", "files", "parse s", ...loads.slice(1).map((load) => `+ ${load} s`)]));
  const ratios: string[] = [];
  print(row(["---", "--:", "--:", ...loads.slice(1).map(() => "--:")]));
  for (const target of table) {
    const measured = measureProject(target);
    const { name, files, costs } = measured;
    const base = costs.get("parse")?.cpu ?? 0;
    print(
      row([
        name,
        String(files),
        seconds(base),
        ...loads.slice(1).map((load) => seconds((costs.get(load)?.cpu ?? 0) - base)),
      ]),
    );
    ratios.push(ratioRow(measured));
  }
  print("");
  print(
    row(["project", "recommended alone", "all alone", "recommended beside", "heap", "findings"]),
  );
  print(row(["---", "--:", "--:", "--:", "--:", "--:"]));
  for (const line of ratios) print(line);
}
if (targets.length === 0) {
  growth();
  editor();
}

interface Measured {
  readonly name: string;
  readonly files: number;
  readonly costs: ReadonlyMap<Load, Cost>;
  /** The heap with `recommended`, as a multiple of that of parsing alone. */
  readonly heap: number;
}

function measureProject(target: string): Measured {
  const name = target.endsWith(".json")
    ? path.basename(path.dirname(target))
    : path.basename(target);
  say(name);
  const project = findProjects(target, say).sort(
    (a, b) => b.fileNames.length - a.fileNames.length,
  )[0];
  if (project === undefined) throw new Error(`${target} has no project`);
  const files = lintableFiles(project).filter((file) => !file.includes("/node_modules/"));
  const create = (): ts.Program => createProjectProgram(project);
  const costs = measureAll(loads, rounds, create, files, say);
  const heap = heapOf("recommended", create, files) / heapOf("parse", create, files);
  return { name, files: files.length, costs, heap };
}

/** What each load costs more than parsing alone, as a share of what `typed` costs more. */
function ratioRow({ name, costs, heap }: Measured): string {
  const cpu = (load: Load): number => costs.get(load)?.cpu ?? Number.NaN;
  const typed = cpu("typed") - cpu("parse");
  const share = (more: number): string => (more / typed).toFixed(2);
  return row([
    name,
    share(cpu("recommended") - cpu("parse")),
    share(cpu("all") - cpu("parse")),
    share(cpu("both") - cpu("typed")),
    heap.toFixed(2),
    String(costs.get("recommended")?.findings ?? 0),
  ]);
}

/** The cost of all rules for each line, while programs grow. */
function growth(): void {
  const sizes = [1, 4, 16, 64];
  print("\n## Growth\n");
  print(row(["shape", ...sizes.map((size) => `${String(size)}× µs/line`), "64× to 4×"]));
  print(row(["---", ...sizes.map(() => "--:"), "--:"]));
  for (const [name, shape] of Object.entries(shapes)) {
    say(name);
    const costs = sizes.map((size) => costPerLine(shape, size));
    const risen = (costs.at(-1) ?? 0) / (costs[1] ?? 1);
    print(row([name, ...costs.map((cost) => cost.toFixed(0)), risen.toFixed(2)]));
  }
}

function costPerLine(shape: Shape, size: number): number {
  const files = shape(size);
  const names = [...files.keys()].map((name) => `${generatedFolder}/${name}`);
  const costs = measureAll(
    ["parse", "all"],
    // Small programs are over in no time: more runs make up for it.
    rounds * (size < 16 ? 3 : 1),
    () => createGeneratedProgram(files),
    names,
    () => undefined,
  );
  const more = (costs.get("all")?.cpu ?? 0) - (costs.get("parse")?.cpu ?? 0);
  return (more * 1000) / linesOf(files);
}

/** Linting one file of 500 again after each of a series of edits, as an editor does. */
function editor(): void {
  const files = new Map([...(shapes["many files"]?.(125) ?? [])]);
  const edited = [...files.keys()][0] ?? "";
  let program = createGeneratedProgram(files);
  const target = `${generatedFolder}/${edited}`;
  const costs = new Map<Load, number[]>();
  const text = files.get(edited) ?? "";
  for (let edit = 0; edit < 12; edit++) {
    for (const load of ["parse", "all"] as const) {
      files.set(edited, `${text}\nexport const edit${String(edit)} = "${load}";\n`);
      program = createGeneratedProgram(files, program);
      costs.set(load, [...(costs.get(load) ?? []), timeOf(load, program, target)]);
    }
  }
  const least = (load: Load): number => Math.min(...(costs.get(load) ?? []));
  print("\n## Editor\n");
  print(
    `After one edit in a project of ${String(files.size)} files, linting the file again costs ${(least("all") - least("parse")).toFixed(1)} ms more with all rules than with none.`,
  );
}

function machine(): string {
  const cpus = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return `${String(cpus.length)} × ${cpus[0]?.model ?? "processor"}, ${String(gigabytes)} GB, Node ${process.version}, TypeScript ${ts.version}, load ${os
    .loadavg()
    .map((one) => one.toFixed(1))
    .join(" ")}, ${String(rounds)} rounds.`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
