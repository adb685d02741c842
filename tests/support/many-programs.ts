/** Many programs as the files of one TypeScript program, which takes far less time than one of each. */
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import path from "node:path";
import ts from "typescript";
import plugin from "../../src/index.ts";
import { virtualHost } from "./virtual-host.ts";

const fixtures = path.resolve(import.meta.dirname, "../fixtures").replaceAll(path.sep, "/");

const parsed = new Map<string, ts.SourceFile | undefined>();

/** The files of one TypeScript program. */
export class ManyPrograms {
  readonly program: ts.Program;
  private readonly linter = new Linter({ configType: "flat", cwd: fixtures });
  private readonly files: ReadonlyMap<string, string>;

  /** @param codes texts by file name; the folder makes "./kit/…" resolve as it does for the rule tester */
  constructor(codes: ReadonlyMap<string, string>) {
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(`${fixtures}/tsconfig.json`, (file) => ts.sys.readFile(file)).config,
      ts.sys,
      fixtures,
    );
    this.files = new Map([...codes].map(([name, code]) => [`${fixtures}/${name}`, code]));
    const host = virtualHost(options, { files: this.files, parsed });
    this.program = ts.createProgram([...this.files.keys()], options, host);
  }

  source(name: string): ts.SourceFile {
    const source = this.program.getSourceFile(`${fixtures}/${name}`);
    if (source === undefined) throw new Error(`${name} is not one of the programs`);
    return source;
  }

  lint(name: string, rules: Linter.RulesRecord): readonly Linter.LintMessage[] {
    const file = `${fixtures}/${name}`;
    const code = this.files.get(file);
    if (code === undefined) throw new Error(`${name} is not one of the programs`);
    const languageOptions = { parser, parserOptions: { programs: [this.program] } };
    const plugins = { [plugin.meta.namespace]: plugin };
    return this.linter.verify(
      code,
      { files: ["**/*.ts", "**/*.tsx"], languageOptions, plugins, rules },
      file,
    );
  }

  /** What the compiler says about a file. */
  complaints(name: string): readonly string[] {
    const source = this.source(name);
    return [
      ...this.program.getSyntacticDiagnostics(source),
      ...this.program.getSemanticDiagnostics(source),
    ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
  }
}
