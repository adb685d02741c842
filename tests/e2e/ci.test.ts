/** What docs/ci.md says, run. */
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { documentedFile } from "./support/documented-files.ts";
import {
  createProject,
  packageOf,
  removeTemporaryFolders,
  repository,
  runCommand,
  runEslint,
  writeFiles,
} from "./support/packed-plugin.ts";
import { borrows, caller, closes, fine, leak, tsconfig } from "./support/programs.ts";

const page = "docs/ci.md";
const config = documentedFile("README.md", "eslint.config.mjs");
const rule = "resource-hygiene/no-unclosed-disposable";

const severities = (severity: string): string =>
  config.replace("languageOptions", `rules: { "${rule}": "${severity}" },\n  languageOptions`);

const twoLeaks = leak + leak.slice(leak.indexOf("\nexport")).replace("firstByte", "first");

const excused = leak.replace(
  "  const descriptor",
  `  // eslint-disable-next-line ${rule} -- lives as long as the process\n  const descriptor`,
);

let project: string;

const write = (files: Readonly<Record<string, string>>): void => {
  writeFiles(project, files);
};

/** The findings of a run, each as its line and its rule. */
const found = (stdout: string): string[] =>
  stdout.split("\n").flatMap((line) => {
    const finding = /^ +(\d+):\d+ .* (\S+)$/.exec(line);
    return finding === null ? [] : [`${finding[1] ?? ""} ${finding[2] ?? ""}`];
  });

const lint = (...parameters: string[]): { status: number | null; findings: string[] } => {
  const { status, stdout } = runEslint(project, ".", ...parameters);
  return { status, findings: found(stdout) };
};

const oneLeak = { status: 1, findings: [`4 ${rule}`] };

beforeEach(() => {
  project = createProject({
    files: { "eslint.config.mjs": config, "tsconfig.json": tsconfig, "file.ts": leak },
    tools: ["@microsoft/eslint-formatter-sarif", "eslint-formatter-gitlab"],
  });
});

afterEach(removeTemporaryFolders);

it("ends with 1 for findings and with 0 for none, with one thread or two", () => {
  write({ "helper.ts": closes, "caller.ts": caller, "excused.ts": excused });
  expect(lint()).toEqual(oneLeak);
  expect(lint("--concurrency", "2")).toEqual(oneLeak);
  write({ "file.ts": fine });
  expect(lint("--max-warnings", "0")).toEqual({ status: 0, findings: [] });
});

it("ends with 0 for warnings unless --max-warnings allows fewer", () => {
  write({ "eslint.config.mjs": severities("warn") });
  const findings = [`4 ${rule}`];
  expect(lint()).toEqual({ status: 0, findings });
  expect(lint("--max-warnings", "0")).toEqual({ status: 1, findings });
});

it("ends with 2 for a broken config and with 1 for a file that nothing includes", () => {
  write({ "tsconfig.json": tsconfig.replace("{", '{ "files": [],') });
  const { status, stdout } = runEslint(project, ".");
  expect(stdout).toContain("file.ts was not found by the project service");
  expect(status).toBe(1);
  write({ "eslint.config.mjs": config.replace("recommended", "recommend") });
  expect(runEslint(project, ".").status).toBe(2);
});

it("keeps a verdict that is out of date in the cache", () => {
  write({ "file.ts": fine, "helper.ts": closes, "caller.ts": caller });
  expect(lint("--cache")).toEqual({ status: 0, findings: [] });
  write({ "helper.ts": borrows });
  expect(lint("--cache")).toEqual({ status: 0, findings: [] });
  expect(lint()).toEqual({ status: 1, findings: [`5 ${rule}`] });
});

it("finds nothing in a file that is linted twice where the project is named, and does not crash", () => {
  const fixing = (files: string): string =>
    files.replace("languageOptions", 'rules: { "prefer-const": "error" },\n  languageOptions');
  const twice = (text: string): { status: number | null; findings: string[] } => {
    write({
      "eslint.config.mjs": text,
      "file.ts": leak.replace("const descriptor", "let descriptor"),
    });
    const parameters = ["node_modules/eslint/bin/eslint.js", ".", "--fix"];
    const once = { TSESTREE_SINGLE_RUN: "true" };
    const { status, stdout } = runCommand(project, process.execPath, parameters, once);
    return { status, findings: found(stdout) };
  };
  expect(twice(fixing(config))).toEqual(oneLeak);
  const named = config.replace("projectService: true", "project: true");
  expect(twice(fixing(named))).toEqual({ status: 0, findings: [] });
  expect(lint()).toEqual(oneLeak);
});

it("prints the rules that apply to a file", () => {
  const { stdout } = runEslint(project, "--print-config", "file.ts");
  const { rules } = JSON.parse(stdout) as { rules: Record<string, unknown[]> };
  expect(rules[rule]?.[0]).toBe(2);
});

describe("an old code base", () => {
  const suppressions = "eslint-suppressions.json";

  const noted = { "file.ts": { [rule]: { count: 1 } } };

  beforeEach(() => {
    write({ [suppressions]: JSON.stringify(noted) });
  });

  it("is noted", () => {
    rmSync(path.join(project, suppressions));
    expect(lint("--suppress-all")).toEqual({ status: 0, findings: [] });
    expect(JSON.parse(readFileSync(path.join(project, suppressions), "utf8"))).toEqual(noted);
  });

  it("counts: one mended and another added is no difference", () => {
    const another = twoLeaks.replace(leak.slice(leak.indexOf("\nexport")), "");
    write({ "file.ts": another });
    expect(lint()).toEqual({ status: 0, findings: [] });
  });

  it("shows all findings of a file that has one more, and all of a file that moved", () => {
    write({ "file.ts": twoLeaks });
    const { status, findings } = lint();
    expect(status).toBe(1);
    expect(findings).toEqual([`4 ${rule}`, `11 ${rule}`]);
    rmSync(path.join(project, "file.ts"));
    write({ "moved.ts": leak });
    expect(lint()).toEqual(oneLeak);
  });

  it("ends with 2 when one was mended, until the file is pruned", () => {
    write({ "file.ts": fine });
    const { status, stderr } = runEslint(project, ".");
    expect(stderr).toContain("--prune-suppressions");
    expect(status).toBe(2);
    expect(lint("--pass-on-unpruned-suppressions").status).toBe(0);
    expect(lint("--prune-suppressions").status).toBe(0);
    expect(JSON.parse(readFileSync(path.join(project, suppressions), "utf8"))).toEqual({});
  });
});

it("leaves out generated code and lets tests off some rules, as the page configures it", () => {
  const race = `const expire = (ms: number): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("timed out")), ms));
export const load = (url: string): Promise<Response> =>
  Promise.race([fetch(url), expire(5000)]);
`;
  write({
    "eslint.config.mjs": documentedFile(page, "eslint.config.mjs"),
    "file.ts": race,
    "file.test.ts": race,
    "test/leak.ts": leak,
    "generated/helper.ts": closes + leak,
    "caller.ts": caller.replace("./helper.js", "./generated/helper.js"),
  });
  const { status, stdout } = runEslint(project, ".");
  expect(status).toBe(1);
  expect(found(stdout).sort()).toEqual([
    "4 resource-hygiene/no-dangling-timeout",
    `4 ${rule}`,
    "4 resource-hygiene/require-cancel-on-timeout",
  ]);
  expect(stdout).not.toMatch(/file\.test\.ts|generated|caller/);
});

describe("the pipelines on the page", () => {
  /** Lints as a pipeline does, and gives back what it reports. */
  const run = (file: string, variables: Readonly<Record<string, string>> = {}): unknown => {
    const pipeline = documentedFile(page, file);
    write({ [file]: pipeline });
    const parameters = /npx eslint (.*)/.exec(pipeline)?.[1]?.split(" ") ?? [];
    const eslint = ["node_modules/eslint/bin/eslint.js", ...parameters];
    expect(runCommand(project, process.execPath, eslint, variables).status).toBe(1);
    const report = /(?:sarif_file|codequality): (.*)/.exec(pipeline)?.[1];
    if (report === undefined) return undefined;
    return JSON.parse(readFileSync(path.join(project, report), "utf8"));
  };

  it("fail for a leak", () => {
    run(".github/workflows/lint.yml");
  });

  it("write GitLab's report", () => {
    const report = run(".gitlab-ci.yml", {
      GITLAB_CI: "true",
      CI_CONFIG_PATH: ".gitlab-ci.yml",
      CI_JOB_NAME: "eslint",
      CI_PROJECT_DIR: project,
    });
    expect(report).toMatchObject([
      { check_name: rule, location: { path: "file.ts", positions: { begin: { line: 4 } } } },
    ]);
  });

  it("write SARIF that validates, with the pages of rules and the reasons of comments", () => {
    write({ "excused.ts": excused });
    const report = run(".github/workflows/code-scanning.yml") as Sarif;
    expect(sarifErrors(report)).toEqual([]);
    expect(sarifErrors({ ...report, version: "2.0.0" })).not.toEqual([]);
    const results = report.runs[0]?.results.map(({ ruleId, locations, suppressions = [] }) => ({
      ruleId,
      line: locations[0]?.physicalLocation.region.startLine,
      reasons: suppressions.map(({ justification }) => justification),
    }));
    expect(results).toEqual([
      { ruleId: rule, line: 5, reasons: ["lives as long as the process"] },
      { ruleId: rule, line: 4, reasons: [] },
    ]);
    const rules = report.runs[0]?.tool.driver.rules;
    expect(rules?.find(({ id }) => id === rule)?.helpUri).toMatch(/no-unclosed-disposable\.md$/);
  });
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { id: string; helpUri: string }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly locations: readonly {
        readonly physicalLocation: { readonly region: { readonly startLine: number } };
      }[];
      readonly suppressions?: readonly { readonly justification: string }[];
    }[];
  }[];
}

interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly unknown[] | null;
}

/** What the schema of the standard has to say against a report. */
function sarifErrors(report: unknown): readonly unknown[] {
  const require = createRequire(path.join(packageOf("tools", "ajv-draft-04"), "package.json"));
  const Ajv = require("ajv-draft-04") as new (options: object) => {
    compile(schema: object): Validator;
  };
  const addFormats = require("ajv-formats") as (ajv: object) => void;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const schema = path.join(repository, "tests/e2e/sarif/sarif-schema-2.1.0.json");
  const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")) as object);
  return validate(report) ? [] : (validate.errors ?? []);
}
