/**
 * What the rules cost: `npm run bench [-- [--rounds n] [--growth | --editor] [path/to/project …]]`. Without a
 * path it measures the examples, growth, and linting again after an edit.
 */
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";
import { createProjectProgram, findProjects, lintableFiles } from "./projects.ts";
import { createGeneratedProgram, generatedFolder } from "./speed/generated-program.ts";
import { editedProject, linesOf, type Shape, shapes } from "./speed/generate.ts";
import { type Cost, heapOf, type Load, loads, measureAll, timeOf } from "./speed/measure.ts";

const root = path.resolve(import.meta.dirname, "../..");
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" },
    growth: { type: "boolean", default: false },
    editor: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const targets = positionals.map((one) => path.resolve(process.env.INIT_CWD ?? process.cwd(), one));

const edits = 40;
const warmUpEdits = 8;

print(machine());
if (targets.length > 0 || !(values.growth || values.editor)) {
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
  if (!values.editor) growth();
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

/** Linting a file again after each of a series of edits, with a new program each time, as an editor does. */
function editor(): void {
  const { edited, files } = editedProject();
  const text = files.get(edited) ?? "";
  const target = `${generatedFolder}/${edited}`;
  const costs = new Map<Load, number[]>();
  let program = createGeneratedProgram(files);
  for (let edit = -warmUpEdits; edit < edits; edit++) {
    say(`edit ${String(edit)}`);
    for (const load of loads) {
      files.set(edited, text.replace("left > 0", `left > ${String(edit)} /* ${load} */`));
      program = createGeneratedProgram(files, program);
      const time = timeOf(load, program, target);
      if (edit >= 0) costs.set(load, [...(costs.get(load) ?? []), time]);
    }
  }
  const at = (load: Load, share: number): number => {
    const sorted = [...(costs.get(load) ?? [])].sort((a, b) => a - b);
    return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  };
  print("\n## Editor\n");
  print(
    `${String(edits)} edits of a file of ${String(linesOf(new Map([[edited, text]])))} lines in a project of ${String(files.size)} files: what linting it again costs, in milliseconds of processor time, and what that is more than a load without this plugin.\n`,
  );
  print(row(["load", "half of the edits", "95 of 100", "more, half", "more, 95 of 100"]));
  print(row(["---", "--:", "--:", "--:", "--:"]));
  for (const load of loads) {
    const base = load === "both" ? "typed" : "parse";
    const more = (share: number): string => (at(load, share) - at(base, 0.5)).toFixed(0);
    print(
      row([
        load,
        at(load, 0.5).toFixed(0),
        at(load, 0.95).toFixed(0),
        ...(load === "parse" || load === "typed" ? ["", ""] : [more(0.5), more(0.95)]),
      ]),
    );
  }
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
