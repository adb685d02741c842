/**
 * The code samples of the rule pages. A fence tagged `ts incorrect` must be reported by the rule of
 * the page, one tagged `ts correct` must not; both must compile. ESLint comments set options.
 */
import parser from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import plugin from "../src/index.ts";
import { rules } from "../src/rules/index.ts";

interface Sample {
  readonly rule: string;
  readonly line: number;
  readonly verdict: "correct" | "incorrect";
  readonly extension: "ts" | "tsx";
  readonly code: string;
}

const pages = path.resolve(import.meta.dirname, "../docs/rules");
const fixtures = path.resolve(import.meta.dirname, "fixtures");

function samplesOf(page: string): Sample[] {
  const text = readFileSync(path.join(pages, page), "utf8");
  return [...text.matchAll(/^```(tsx?) (correct|incorrect)\n(.*?)^```$/gms)].map((match) => ({
    rule: path.basename(page, ".md"),
    line: text.slice(0, match.index).split("\n").length,
    verdict: match[2] as Sample["verdict"],
    extension: match[1] as Sample["extension"],
    code: match[3] ?? "",
  }));
}

/** Samples have Node and the platform in reach, and no packages. Suggestions are described in words. */
const onPagesInWords: readonly string[] = [
  "no-unclosed-disposable/wrongRelease",
  "no-unclosed-disposable/releaseInCleanup",
  "no-unclosed-disposable/releaseOnExit",
  "no-unclosed-disposable/releaseRight",
  "no-unclosed-disposable/typesMissing",
  "require-cancel-on-timeout/releaseLateResult",
  "no-use-after-release/removeRelease",
  "no-leaked-listener/removeInCleanup",
  "no-leaked-listener/removeInFinally",
  "no-leaked-listener/passSignal",
];

const shown = new Set<string>();
const samples = readdirSync(pages).flatMap(samplesOf);

/** Compile errors, by sample. The samples stand in one program, as files that exist nowhere else. */
function compile(): (sample: Sample) => string[] {
  const fileOf = ({ rule, line, extension }: Sample): string =>
    path.join(fixtures, `${rule}-${String(line)}.${extension}`).replaceAll("\\", "/");
  const texts = new Map(samples.map((sample) => [fileOf(sample), sample.code]));
  const configFile = path.join(fixtures, "tsconfig.json");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configFile, (file) => ts.sys.readFile(file)).config,
    ts.sys,
    fixtures,
  );
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...texts.keys()], options, {
    ...host,
    fileExists: (file) => texts.has(file) || host.fileExists(file),
    readFile: (file) => texts.get(file) ?? host.readFile(file),
    getSourceFile(file, languageVersion, ...rest) {
      const text = texts.get(file);
      return text === undefined
        ? host.getSourceFile(file, languageVersion, ...rest)
        : ts.createSourceFile(file, text, languageVersion);
    },
  });
  return (sample) => {
    const sourceFile = program.getSourceFile(fileOf(sample));
    return [
      ...program.getSyntacticDiagnostics(sourceFile),
      ...program.getSemanticDiagnostics(sourceFile),
    ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
  };
}

const title = ({ rule, line, verdict }: Sample): string =>
  `${rule}.md:${String(line)} (${verdict})`;

describe("the code samples of the rule pages", () => {
  const eslints = new Map<string, ESLint>();
  const eslintFor = (rule: string): ESLint => {
    const existing = eslints.get(rule);
    if (existing !== undefined) return existing;
    const eslint = new ESLint({
      cwd: fixtures,
      overrideConfigFile: true,
      overrideConfig: {
        files: ["**/*.ts", "**/*.tsx"],
        plugins: { [plugin.meta.namespace]: plugin },
        rules: { [`${plugin.meta.namespace}/${rule}`]: "error" },
        languageOptions: {
          parser,
          parserOptions: { projectService: true, tsconfigRootDir: fixtures },
        },
      },
    });
    eslints.set(rule, eslint);
    return eslint;
  };
  let compileErrors: ReturnType<typeof compile>;

  beforeAll(() => {
    compileErrors = compile();
  });

  it.each(readdirSync(pages))("show both kinds on %s", (page) => {
    const verdicts = new Set(samplesOf(page).map(({ verdict }) => verdict));
    expect([...verdicts].sort()).toEqual(["correct", "incorrect"]);
  });

  it.each(readdirSync(pages))("leave no TypeScript without a verdict on %s", (page) => {
    const text = readFileSync(path.join(pages, page), "utf8");
    expect(text.match(/^```(ts|tsx|typescript)\b/gm)).toHaveLength(samplesOf(page).length);
  });

  it.each(samples.map((sample) => [title(sample), sample] as const))("%s", async (_, sample) => {
    expect(compileErrors(sample)).toEqual([]);
    const file = sample.extension === "tsx" ? "react.tsx" : "file.ts";
    const [result] = await eslintFor(sample.rule).lintText(sample.code, {
      filePath: path.join(fixtures, file),
    });
    const messages = result?.messages.map(({ message, ruleId }) => ruleId ?? message) ?? [];
    const own = `${plugin.meta.namespace}/${sample.rule}`;
    expect([...new Set(messages)]).toEqual(sample.verdict === "correct" ? [] : [own]);
    for (const { messageId = "", suggestions = [] } of result?.messages ?? []) {
      shown.add(`${sample.rule}/${messageId}`);
      for (const one of suggestions) shown.add(`${sample.rule}/${one.messageId ?? one.desc}`);
    }
  });

  it("show every message", () => {
    // What all rules about duties say alike is shown by those about closing.
    const shared = new Set(
      [rules["no-unclosed-disposable"], rules["no-undisposed-field"]].flatMap(({ meta }) =>
        Object.keys(meta.messages),
      ),
    );
    const home = new Set(["no-unclosed-disposable", "no-undisposed-field"]);
    const unshown = Object.entries(rules).flatMap(([rule, { meta }]) =>
      Object.keys(meta.messages)
        .filter((id) => home.has(rule) || !shared.has(id))
        .map((id) => `${rule}/${id}`)
        .filter((one) => !shown.has(one)),
    );
    expect(unshown).toEqual(onPagesInWords);
  });
});
