/**
 * How many releases the plugin would miss: `npm run bench:recall -- [--most n] [--seed n] path/to/project`.
 * Releases that exist are chosen by syntax and a seed before anything is linted; then one at a time is
 * taken out, the file is linted, and whoever reports something new has noticed.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { createProjectProgram, findProjects, lintableFiles } from "./projects.ts";
import { type ExistingRelease, releasesIn, shapes } from "./recall/releases.ts";
import { type ConfigName, LintedProject } from "./recall/without-release.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    most: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
  },
});
const from = process.env.INIT_CWD ?? process.cwd();
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const configs: readonly ConfigName[] = ["recommended", "strict"];

for (const target of positionals) {
  for (const project of findProjects(path.resolve(from, target), say)) {
    const program = createProjectProgram(project);
    const all = lintableFiles(project)
      .filter((file) => !file.includes("/node_modules/"))
      .flatMap((file) => program.getSourceFile(file) ?? [])
      .flatMap(releasesIn);
    report(path.dirname(project.configFile), all, new LintedProject(project, program));
  }
}

function report(root: string, all: readonly ExistingRelease[], project: LintedProject): void {
  print(`\n## ${path.basename(root)}\n`);
  print("| release | there are | taken out | recommended | strict |");
  print("| --- | --: | --: | --: | --: |");
  const missed: string[] = [];
  for (const shape of shapes) {
    const there = all.filter((one) => one.shape === shape);
    const chosen = shuffled(there, Number(values.seed)).slice(0, Number(values.most));
    const noticed: Record<ConfigName, number> = { recommended: 0, strict: 0 };
    for (const one of chosen) {
      const place = `${path.relative(root, one.file)}:${String(one.line)}`;
      const noticedBy = project.noticed(one);
      const by = configs.map((config) => noticedBy[config]);
      for (const [at, config] of configs.entries()) noticed[config] += by[at]?.length ? 1 : 0;
      if (by.every((rules) => rules.length === 0)) missed.push(`${shape}: ${place}`);
      say(`${shape}: ${place} ${by.map((rules) => rules.join(" ") || "-").join(" | ")}`);
    }
    const counts = [there.length, chosen.length, noticed.recommended, noticed.strict];
    print(`| ${shape} | ${counts.join(" | ")} |`);
  }
  if (missed.length > 0)
    print(`\nNoticed by neither:\n\n${missed.map((one) => `- ${one}`).join("\n")}`);
}

/** The same order for the same seed. */
function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return list
    .map((one) => ({ one, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}
