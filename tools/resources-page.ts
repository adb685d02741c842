/**
 * Writes `docs/resources.md` from the catalog of the built plugin; with `--check` it only compares.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { catalog as Catalog } from "../dist/resources/catalog/index.js";
import type {
  Acquisition,
  CatalogFamily,
  DeclarationPattern,
  OptionCondition,
  Release,
  ResourceKind,
} from "../dist/resources/kind.js";
import type { reportingRule as ReportingRule } from "../dist/resources/reporting-rule.js";

const root = path.resolve(import.meta.dirname, "../..");
const page = path.join(root, "docs/resources.md");

async function built<T>(file: string): Promise<T> {
  return (await import(new URL(`../../dist/${file}`, import.meta.url).href)) as T;
}

const { catalog } = await built<{ catalog: typeof Catalog }>("resources/catalog/index.js");
const { reportingRule } = await built<{ reportingRule: typeof ReportingRule }>(
  "resources/reporting-rule.js",
);

const list = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

function few(words: readonly string[], limit = 4): string {
  const unique = [...new Set(words)];
  if (unique.length <= limit) return unique.join(", ");
  return `${unique.slice(0, limit).join(", ")} and ${unique.length - limit} more`;
}

function condition({ argument, property, is }: OptionCondition): string {
  const what = property === undefined ? `argument ${argument + 1}` : code(property);
  if (typeof is !== "object" || is === null) return `${what} is ${code(String(is))}`;
  if ("callback" in is) return `${what} is ${is.callback ? "a" : "no"} function`;
  return is.present ? `${what} is given` : `${what} is not given`;
}

function acquired(one: Acquisition): readonly string[] {
  const further = [
    ...(one.when ?? []).map((when) => `if ${condition(when)}`),
    ...(one.unless ?? []).map((unless) => `unless ${condition(unless)}`),
  ];
  const suffix = further.length === 0 ? "" : ` (${few(further, 2)})`;
  return list(one.name).map((name) => {
    if (one.by === "construct") return code(`new ${name}()`) + suffix;
    return (one.by === "result" ? `whatever returns ${code(name)}` : code(`${name}()`)) + suffix;
  });
}

function released(release: Release): readonly string[] {
  if ("method" in release) {
    const call = code(`.${release.method}()`);
    return ["ofEach" in release ? `${call} of each of ${code(`${release.ofEach}()`)}` : call];
  }
  if ("invoke" in release) return ["calling it"];
  const given =
    "pairedBy" in release
      ? release.pairedBy === "receiver"
        ? "()"
        : "(the same)"
      : release.argument === "none"
        ? "()"
        : "(it)";
  return list(release.name).map((name) => code(name + given));
}

function ending({ automatic }: ResourceKind): string {
  if (automatic === undefined) return "";
  const {
    events = [],
    iteration,
    members = [],
    parent,
    receiver,
    signal,
    once,
    within = [],
  } = automatic;
  const through = automatic.through ?? [];
  const names = (patterns: readonly DeclarationPattern[]): string =>
    few(patterns.flatMap(({ name }) => list(name)).map(code));
  return [
    ...(events.length > 0 ? [`observed ${few(events.map(code))}`] : []),
    ...(iteration === true ? ["iterated"] : []),
    ...(members.length > 0 ? [few(members.map((member) => code(`.${member}()`)))] : []),
    ...(parent === true ? ["ends with its parent"] : []),
    ...(receiver === true ? ["closed with what it was made by"] : []),
    ...(signal === undefined ? [] : ["an abort signal"]),
    ...(once === undefined ? [] : ["its callback has run"]),
    ...(within.length > 0 ? [`within ${names(within)}`] : []),
    ...(through.length > 0 ? [`through ${names(through)}`] : []),
  ].join("; ");
}

function ruleOf(kind: ResourceKind): string {
  const rule = reportingRule({ wrong: "duty", kind, keptIn: "function" });
  return existsSync(path.join(root, `docs/rules/${rule}.md`))
    ? `[${rule}](rules/${rule}.md)`
    : rule;
}

function rowOf(kind: ResourceKind): string {
  const armed =
    kind.armedBy === undefined
      ? ""
      : `, then ${few(kind.armedBy.map((member) => code(`.${member}`)))}`;
  const cells = [
    `[${kind.label}](${kind.source})<br>${code(kind.id)}`,
    few(kind.acquire.flatMap(acquired)) + armed,
    few(kind.release.flatMap(released)),
    ending(kind),
    ruleOf(kind),
    kind.grade,
  ];
  return `| ${cells.join(" | ")} |`;
}

function sectionOf({ family, kinds, noDuty }: CatalogFamily): string {
  const rows = kinds.map(rowOf);
  const table =
    rows.length === 0
      ? []
      : [
          [
            "| Kind | Acquired by | Released by | Ends by itself | Rule | Grade |",
            "| --- | --- | --- | --- | --- | --- |",
            ...rows,
          ].join("\n"),
        ];
  const none = noDuty.flatMap(
    ({ name, reason, source }) => `- ${few(list(name).map(code))}: [${reason}](${source})`,
  );
  const free = none.length === 0 ? [] : [`Nothing is owed for:\n\n${none.join("\n")}`];
  return [`## ${family}`, ...table, ...free].join("\n\n");
}

const families = catalog.filter(({ kinds, noDuty }) => kinds.length + noDuty.length > 0);
const count = catalog.reduce((sum, { kinds }) => sum + kinds.length, 0);

const text = `<!-- Written by \`npm run update:docs\` from src/resources/catalog: do not edit. -->

# Resources

The ${count} kinds of resources that the plugin knows without being told, in ${families.length} families.
How to tell it of others stands in [declaring resources](declaring-resources.md), and what the words mean
in [concepts](concepts.md): [grades](concepts.md#grade) for one.

A kind that must be closed is reported by the rule in its row where a function forgets it, by
[no-undisposed-field](rules/no-undisposed-field.md) where a field keeps it, and by
[require-cache-removal-listener](rules/require-cache-removal-listener.md) where a cache does. "Then" names
the calls that make it owe: before them it owes nothing.

${families.map(sectionOf).join("\n\n")}
`;

if (process.argv.includes("--check")) {
  if (!existsSync(page) || readFileSync(page, "utf8") !== text) {
    console.error("docs/resources.md is stale: run npm run update:docs.");
    process.exitCode = 1;
  }
} else writeFileSync(page, text);
