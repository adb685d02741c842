/**
 * Situations like those of `verdicts.ts`, over the types of the real packages in `tests/packages`.
 *
 * All programs of one call are files of one TypeScript program: the types of a package are read and
 * checked once, not once a case.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import ts from "typescript";
import { indexCatalog } from "../../src/resources/catalog-index.ts";
import { catalog } from "../../src/resources/catalog/index.ts";
import { analyseFile } from "../../src/ownership/analyse-file.ts";
import plugin from "../../src/index.ts";
import { rules } from "../../src/rules/index.ts";
import type { RuleName } from "../../src/rules/names.ts";
import { isGathering } from "./gather.ts";
import { expectedReports, type Situation } from "./verdicts.ts";
import { virtualHost } from "./virtual-host.ts";

const folder = path.resolve(import.meta.dirname, "../packages").replaceAll(path.sep, "/");

const known = indexCatalog(catalog);

/** Parsed once for all programs of a worker. */
const parsed = new Map<string, ts.SourceFile | undefined>();

export interface PackageSettings {
  /** Further files beside the programs, by name: `"clients.ts"` is imported as `./clients.ts`. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * Other versions: the name under which the workspace has the version, by the name under which a
   * user has it. With `{ "@types/pg": "pg-older-types" }`, `import … from "pg"` gets older types.
   */
  readonly versions?: Readonly<Record<string, string>>;
  /** Each situation is called as the kind that its programs acquire, which is checked. */
  readonly kinds?: true;
}

interface Case {
  readonly name: string;
  readonly code: string;
  /** With the strict options, otherwise the recommended ones. */
  readonly strict: boolean;
  /** Marked lines are reported; without it the program is silent. */
  readonly reported: boolean;
  /** A verdict that is known and not reached. */
  readonly unreached: boolean;
}

/** What is missing in the workspace of packages, in words for whoever runs the tests. */
export function missingPackages(): string | undefined {
  const { dependencies } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
    dependencies: Record<string, string>;
  };
  const missing = Object.entries(dependencies)
    .filter(([name, wanted]) => installedVersion(name) !== wanted.split("@").at(-1))
    .map(([name]) => name);
  return missing.length === 0
    ? undefined
    : `not installed (${missing.length}, such as ${missing[0]!}): run npm ci --prefix tests/packages --ignore-scripts`;
}

function installedVersion(name: string): string | undefined {
  const manifest = `${folder}/node_modules/${name}/package.json`;
  if (!existsSync(manifest)) return undefined;
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

/** A program over the packages of the workspace; what the files import is what it holds. */
export function packageProgram(
  files: Readonly<Record<string, string>>,
  versions: Readonly<Record<string, string>> = {},
): ts.Program {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${folder}/tsconfig.programs.json`, (file) => ts.sys.readFile(file)).config,
    ts.sys,
    folder,
  );
  // What is there without an import follows the choice of versions too.
  options.typeRoots = [rootOf(versions), folder].map((root) => `${root}/node_modules/@types`);
  const host = virtualHost(options, {
    files: new Map(Object.entries(files)),
    folders: new Map(
      Object.entries(versions).map(([name, alias]) => [
        `${rootOf(versions)}/node_modules/${name}`,
        `${folder}/node_modules/${alias}`,
      ]),
    ),
    parsed,
  });
  return ts.createProgram(Object.keys(files), options, host);
}

/** The folder of a program's files: every choice of versions is seen from a folder of its own. */
export function rootOf(versions: Readonly<Record<string, string>> = {}): string {
  return [folder, ...Object.values(versions).sort()].join("/");
}

/** Registers the tests of a section of situations; see `verdicts()` for what the buckets mean. */
export function packageVerdicts(
  ruleName: RuleName,
  section: string,
  situations: Readonly<Record<string, Situation>>,
  settings: PackageSettings = {},
): void {
  if (isGathering()) return;
  const title = `${ruleName}: ${section}`;
  const missing = missingPackages();
  if (missing !== undefined) {
    describe(title, () => {
      it.skip(`packages are ${missing}`, () => undefined);
    });
    return;
  }
  const cases = Object.entries(situations).flatMap(([situation, one]) => casesOf(situation, one));
  const root = rootOf(settings.versions);
  const fileOf = new Map(
    [...new Set(cases.map(({ code }) => code))].map((code, index) => [
      code,
      `${root}/program-${index}.ts`,
    ]),
  );
  const linter = new Linter({ configType: "flat", cwd: folder });

  describe(title, () => {
    let program: ts.Program;

    beforeAll(() => {
      const further = Object.entries(settings.files ?? {}).map(
        ([name, code]) => [`${root}/${name}`, code] as const,
      );
      program = packageProgram(
        Object.fromEntries([
          ...further,
          ...[...fileOf].map(([code, file]) => [file, code] as const),
        ]),
        settings.versions,
      );
    }, 120_000);

    if (settings.kinds === true) {
      it("are programs of the kinds they say", { timeout: 60_000 }, () => {
        const acquired = Object.entries(situations).map(([id, { leak = {}, fine = {} }]) => [
          id,
          kindsIn(
            program,
            [...Object.values(leak), ...Object.values(fine)].map((code) => fileOf.get(code)!),
          ),
        ]);
        expect(acquired).toEqual(Object.keys(situations).map((id) => [id, [id]]));
      });
    }

    for (const one of cases) {
      const register = one.unreached ? it.fails : it;
      register(one.name, { timeout: 60_000 }, () => {
        const file = fileOf.get(one.code)!;
        if (!one.unreached) expect(complaints(program, file)).toEqual([]);
        const reports = reportsOf(linter, program, ruleName, file, one);
        expect(reports).toEqual(one.reported ? expectedReports(one.code) : []);
      });
    }
  });
}

function casesOf(
  situation: string,
  { leak = {}, fine = {}, strict = {}, quiet = {}, todo = {} }: Situation,
): Case[] {
  const cases: Case[] = [];
  const add = (spelling: string, code: string, how: Partial<Case>): void => {
    const one = { code, strict: false, reported: false, unreached: false, ...how };
    const marked = expectedReports(code).length > 0;
    if (one.reported && !marked) throw new Error(`${situation} [${spelling}]: no line is marked`);
    cases.push({
      ...one,
      name: `${situation} [${spelling}${one.strict ? ", strict" : ""}]`,
    });
  };
  for (const [spelling, code] of Object.entries(leak)) add(spelling, code, { reported: true });
  for (const [spelling, code] of Object.entries(strict)) {
    add(spelling, code, { strict: true, reported: true });
    add(`${spelling}, recommended`, code, {});
  }
  for (const [spelling, code] of Object.entries({ ...fine, ...quiet })) {
    if (expectedReports(code).length > 0)
      throw new Error(`${situation} [${spelling}] is marked but listed as fine`);
    add(spelling, code, {});
    if (spelling in fine) add(spelling, code, { strict: true });
  }
  for (const [spelling, { code, reason, strict: underStrict }] of Object.entries(todo)) {
    add(`${spelling}: ${reason}`, code, {
      unreached: true,
      reported: expectedReports(code).length > 0,
      strict: underStrict === true,
    });
  }
  return cases;
}

function reportsOf(
  linter: Linter,
  program: ts.Program,
  ruleName: RuleName,
  file: string,
  { code, strict }: Case,
): { line: number; messageId: string }[] {
  const options = strict ? (rules[ruleName].meta.docs?.strictOptions ?? []) : [];
  const id = `${plugin.meta.namespace}/${ruleName}`;
  const messages = linter.verify(
    code,
    {
      files: ["**/*.ts"],
      plugins: { [plugin.meta.namespace]: plugin },
      languageOptions: { parser, parserOptions: { programs: [program] } },
      rules: { [id]: ["error", ...options] },
    },
    { filename: file },
  );
  return messages.map(({ line, messageId, message }) => ({
    line,
    messageId: messageId ?? message,
  }));
}

/** The ids of the kinds that the files acquire. */
function kindsIn(program: ts.Program, files: readonly string[]): readonly string[] {
  const ids = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    return source === undefined
      ? []
      : analyseFile(source, program, {
          catalog: known,
          unknownCallee: "owns",
          limit: "possible",
        }).map(({ kind }) => kind.id);
  });
  return [...new Set(ids)];
}

function complaints(program: ts.Program, file: string): string[] {
  const source = program.getSourceFile(file);
  if (source === undefined) return [`${file} is not in the program`];
  return [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map(
    (one) =>
      `line ${source.getLineAndCharacterOfPosition(one.start ?? 0).line + 1}: ` +
      ts.flattenDiagnosticMessageText(one.messageText, " "),
  );
}
