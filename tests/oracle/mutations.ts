/**
 * Faults that an engine like this one could have, each as one changed place in a copy of its source.
 *
 * `find` stands for exactly one place. Whoever rewrites that place moves the fault along.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Engine } from "./engine.ts";

export interface Mutation {
  readonly fault: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export const mutations: readonly Mutation[] = [
  {
    fault: "an exception that is caught loses what was held",
    file: "flow/solve.ts",
    find: "if (after.thrown !== undefined && block.handler !== undefined)",
    replace: "if (after.thrown !== undefined && block.handler?.next.length === 0)",
  },
  {
    fault: "a turn of a loop is the last one",
    file: "flow/build-statements.ts",
    find: "this.within(frame(again), turn);\n    this.link(this.current, again);",
    replace: "this.within(frame(again), turn);\n    this.link(this.current, after);",
  },
  {
    fault: "a jump leaves a try without its finally",
    file: "flow/build-blocks.ts",
    find: 'if (frame?.kind === "finally") {',
    replace: 'if (frame?.kind === "finally" && key === "normal") {',
  },
  {
    fault: "a finally that an exception enters ends normally",
    file: "flow/build-blocks.ts",
    find: 'enter("throw", outerHandler)',
    replace: 'enter("throw", after)',
  },
  {
    fault: "a join forgets one of its sides",
    file: "ownership/obligation-state.ts",
    find: "held: mergeDisjuncts([...a.held, ...b.held])",
    replace: "held: mergeDisjuncts(b.held)",
  },
  {
    fault: "an overwritten variable still holds its old value",
    file: "ownership/obligation-state.ts",
    find: "    aliases.delete(key);\n",
    replace: "",
  },
  {
    fault: "a copy of a variable is no alias",
    file: "ownership/obligation-state.ts",
    find: "    if (copy.members.length > maximalLength) continue;\n",
    replace: "    if (to.root !== from.root) continue;\n",
  },
  {
    fault: "leaving the block of a using releases nothing",
    file: "ownership/track-obligation.ts",
    find: "const held = state.held.filter((disjunct) => !reaches(disjunct, path));",
    replace: "const held = state.held;",
  },
  {
    fault: "a catch that goes on did not expect the exception",
    file: "ownership/obligation-state.ts",
    find: 'return disjunct.strength === "possible" ? { ...disjunct, strength: "likely" } : disjunct;',
    replace: "return disjunct;",
  },
  {
    fault: "an exception is as sure as a return",
    file: "ownership/obligation-state.ts",
    find: "return { ...disjunct, strength, via: [event] };",
    replace: "return disjunct;",
  },
  {
    fault: "a caller's resource is gone when a helper assigns its parameter",
    file: "ownership/summaries.ts",
    find: "[...paths, { root: callerRoot, members: [] }]",
    replace: "paths",
  },
  {
    fault: "code that nothing leads to runs",
    file: "ownership/environment.ts",
    find: "of reachableBlocks(graph)",
    replace: "of graph.blocks",
  },
];

const source = path.resolve(import.meta.dirname, "../../src");

/**
 * A copy of the engine with the fault in it.
 *
 * @throws when the place of the fault is not there exactly once
 */
export async function mutant({ fault, file, find, replace }: Mutation): Promise<Engine> {
  const folder = path.resolve(source, "../build/mutants", fault.replaceAll(/\W+/g, "-"));
  rmSync(folder, { recursive: true, force: true });
  cpSync(source, folder, { recursive: true });
  const changed = path.join(folder, file);
  const text = readFileSync(changed, "utf8");
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(
      `${file} has ${more.length === 0 ? "no" : "more than one"} place for: ${fault}`,
    );
  writeFileSync(changed, before + replace + after);
  const entry = pathToFileURL(path.join(folder, "ownership/analyse-file.ts")).href;
  return (await import(entry)) as Engine;
}
