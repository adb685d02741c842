/**
 * How many resources of each kind the plugin recognises in a project, and what it makes of them:
 * `node build/tools/count-kinds.js path/to/project …`, where a project is a folder with a
 * `tsconfig.json` or a tsconfig file. With `--sites=unknown,leaking` it also says where those are.
 */
import ts from "typescript";
import type * as Acquisitions from "../dist/ownership/find-acquisitions.js";
import type * as Calls from "../dist/ownership/calls-in.js";
import type * as Environments from "../dist/ownership/environment.js";
import type * as Judge from "../dist/ownership/judge.js";
import type * as States from "../dist/ownership/obligation-state.js";
import type * as Summarise from "../dist/ownership/summaries.js";
import type * as Track from "../dist/ownership/track-obligation.js";
import type * as Catalog from "../dist/resources/catalog/index.js";
import type * as Index from "../dist/resources/catalog-index.js";
import { findProjects } from "./projects.js";

async function built<T>(file: string): Promise<T> {
  return (await import(new URL(`../../dist/${file}`, import.meta.url).href)) as T;
}

const { acquisitionsAt } = await built<typeof Acquisitions>("ownership/find-acquisitions.js");
const { callsIn } = await built<typeof Calls>("ownership/calls-in.js");
const { Environment } = await built<typeof Environments>("ownership/environment.js");
const { judge } = await built<typeof Judge>("ownership/judge.js");
const { Ended } = await built<typeof States>("ownership/obligation-state.js");
const { Summaries } = await built<typeof Summarise>("ownership/summaries.js");
const { trackObligation } = await built<typeof Track>("ownership/track-obligation.js");
const { catalog } = await built<typeof Catalog>("resources/catalog/index.js");
const { indexCatalog } = await built<typeof Index>("resources/catalog-index.js");

/**
 * `unknown`: fine only because a function without a body is taken for an owner, or too entangled.
 * `unarmed`: nothing made it owe. `idle`: never released, as what lives as long as the process is.
 */
const columns = [
  "released",
  "transferred",
  "leaking",
  "strict",
  "unknown",
  "unarmed",
  "idle",
] as const;
type Column = (typeof columns)[number];

const option = "--sites=";
const listed = process.argv
  .filter((argument) => argument.startsWith(option))
  .flatMap((argument) => argument.slice(option.length).split(","));
const targets = process.argv.slice(2).filter((argument) => !argument.startsWith(option));

const known = indexCatalog(catalog);
const cataloged = new Set(known.kinds.map(({ id }) => id));
const counts = new Map<string, Record<Column, number>>();

function countFile(file: ts.SourceFile, engines: readonly Engine[]): void {
  for (const call of callsIn(file)) {
    const [owning = [], borrowing = []] = engines.map(({ environment, summaries }) =>
      acquisitionsAt(call, environment, summaries).map((acquired) => {
        const outcome = trackObligation(acquired, environment, summaries);
        return { kind: acquired.kind, outcome, verdict: judge(acquired, outcome) };
      }),
    );
    const line = file.getLineAndCharacterOfPosition(call.getStart(file)).line + 1;
    owning.forEach(({ kind, outcome, verdict }, index) => {
      const bits = outcome.atEnd.ended | outcome.atThrow.ended;
      const strict = borrowing[index]?.verdict.leaks === true;
      const column = ((): Column => {
        if (verdict.leaks) return verdict.strength === "possible" ? "strict" : "leaking";
        if (outcome.unknown) return "unknown";
        if (!outcome.owed) return "unarmed";
        if (strict) return "unknown";
        if ((bits & Ended.released) !== 0) return "released";
        return bits === 0 ? "idle" : "transferred";
      })();
      const id = cataloged.has(kind.id)
        ? kind.id
        : kind.weak === true
          ? "(weak evidence)"
          : "(inferred)";
      const row = counts.get(id) ?? emptyRow();
      row[column]++;
      if (listed.includes(column)) console.log(`${column}: ${kind.id} ${file.fileName}:${line}`);
      counts.set(id, row);
    });
  }
}

function emptyRow(): Record<Column, number> {
  return Object.fromEntries(columns.map((column) => [column, 0])) as Record<Column, number>;
}

interface Engine {
  readonly environment: InstanceType<typeof Environment>;
  readonly summaries: InstanceType<typeof Summaries>;
}

const seen = new Set<string>();
for (const target of targets) {
  for (const { fileNames, options } of findProjects(target, console.warn)) {
    const program = ts.createProgram(fileNames, options);
    const engines = (["owns", "borrows"] as const).map((unknownCallee): Engine => {
      const environment = new Environment(program, known, unknownCallee);
      return { environment, summaries: new Summaries(environment) };
    });
    for (const file of program.getSourceFiles()) {
      if (file.isDeclarationFile || file.fileName.includes("/node_modules/")) continue;
      if (seen.has(file.fileName)) continue;
      seen.add(file.fileName);
      countFile(file, engines);
    }
  }
}

const sum = (row: Record<Column, number>): number =>
  columns.reduce((total, column) => total + row[column], 0);
const rows = [...counts].sort(([a, one], [b, other]) => sum(other) - sum(one) || (a < b ? -1 : 1));
console.log(`| kind | all | ${columns.join(" | ")} |`);
console.log(`| --- | ${["all", ...columns].map(() => "---:").join(" | ")} |`);
for (const [id, row] of rows)
  console.log(`| ${id} | ${sum(row)} | ${columns.map((column) => row[column]).join(" | ")} |`);
const total = emptyRow();
for (const [, row] of rows) for (const column of columns) total[column] += row[column];
console.log(`| **all** | ${sum(total)} | ${columns.map((column) => total[column]).join(" | ")} |`);
