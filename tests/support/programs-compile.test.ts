/** Every program of a `verdicts(…)` call type-checks: a typo would turn a verdict into noise. */
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const fixtures = path.join(root, "tests/fixtures");
const buckets = new Set(["leak", "fine", "strict", "quiet"]);

interface Program {
  readonly where: string;
  readonly code: string;
}

/** The literal programs of one test file: strings two levels below a situation's bucket. */
function programsOf(file: string): Program[] {
  const text = ts.sys.readFile(file) ?? "";
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Program[] = [];
  const visit = (node: ts.Node): void => {
    // Those need packages that are not always installed.
    if (ts.isCallExpression(node) && node.expression.getText(source) === "packageVerdicts") return;
    if (
      ts.isPropertyAssignment(node) &&
      ts.isPropertyAssignment(node.parent.parent) &&
      buckets.has(node.parent.parent.name.getText(source)) &&
      ts.isStringLiteralLike(node.initializer)
    ) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      found.push({ where: `${path.relative(root, file)}:${line}`, code: node.initializer.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const programs = ts.sys
  .readDirectory(path.join(root, "tests/rules"), [".test.ts"])
  .flatMap(programsOf);

describe("programs of the verdicts", () => {
  it("type-check", { timeout: 60_000 }, () => {
    const config = ts.getParsedCommandLineOfConfigFile(
      path.join(fixtures, "tsconfig.json"),
      {},
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
    );
    const options: ts.CompilerOptions = { ...config?.options, noEmit: true };
    // Virtual modules: their directory makes "./kit/…" resolve as it does for the rule tester.
    const files = new Map(
      programs.map((program, index) => [
        ts.sys.resolvePath(path.join(fixtures, `program-${index}.ts`)),
        program,
      ]),
    );
    const host = ts.createCompilerHost(options, true);
    const compiled = ts.createProgram([...files.keys()], options, {
      ...host,
      fileExists: (name) => files.has(name) || host.fileExists(name),
      readFile: (name) => files.get(name)?.code ?? host.readFile(name),
      getSourceFile: (name, target, ...rest) => {
        const program = files.get(name);
        if (program === undefined) return host.getSourceFile(name, target, ...rest);
        return ts.createSourceFile(name, program.code, target, true, ts.ScriptKind.TS);
      },
    });
    const complaints = [...files].flatMap(([name, { where }]) => {
      const source = compiled.getSourceFile(name);
      if (source === undefined) return [`${where}: not compiled`];
      return [
        ...compiled.getSyntacticDiagnostics(source),
        ...compiled.getSemanticDiagnostics(source),
      ].map(
        (diagnostic) =>
          `${where} (+${source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line}): ` +
          ts.flattenDiagnosticMessageText(diagnostic.messageText, " "),
      );
    });
    expect(complaints).toEqual([]);
    expect(files.size).toBeGreaterThan(0);
  });
});
