/**
 * What the engine makes of each kind of a family: a leak, a release, an end by itself. No rule is
 * asked, so kinds can be tested whose rule says more than the engine does, or something else.
 *
 * All cases of one call are functions of one file: a family's types are read and checked once.
 */
import ts from "typescript";
import { callsIn } from "../../src/ownership/calls-in.ts";
import { Environment } from "../../src/ownership/environment.ts";
import { acquisitionsAt } from "../../src/ownership/find-acquisitions.ts";
import { judge } from "../../src/ownership/judge.ts";
import { Summaries } from "../../src/ownership/summaries.ts";
import { trackObligation } from "../../src/ownership/track-obligation.ts";
import { catalog } from "../../src/resources/catalog/index.ts";
import { indexCatalog } from "../../src/resources/catalog-index.ts";
import { gatherRows, type KindRow } from "./gather.ts";
import { givenToOwner, type HandOver, returned } from "./hand-overs.ts";
import { missingPackages, packageProgram, rootOf, type PackageSettings } from "./packages.ts";
import { programOf } from "./program.ts";
import { isReleasedAsWritten } from "./written-releases.ts";

/** Bodies of async functions. The kind is recognised in each, but for those under `none`. A kind has
 * at least a leak and a release. */
export interface KindCases {
  /** Exactly one resource leaks, and it is one of this kind. */
  readonly leak?: Bodies;
  /** Nothing leaks. */
  readonly release?: Bodies;
  /** Nothing leaks, and nobody releases it. */
  readonly automatic?: Bodies;
  /** Nothing leaks, for somebody else has it now. Without them they are made from leaks and releases. */
  readonly handOver?: Bodies;
  /** One of the kind is acquired; what becomes of it is another case. */
  readonly known?: Bodies;
  /** No resource of the kind is acquired, however similar it looks. */
  readonly none?: Bodies;
}

type Bodies = string | readonly string[];
type Bucket = keyof KindCases;

export interface KindCaseSettings extends PackageSettings {
  /** Imports and declarations that all cases share. */
  readonly prelude?: string;
  /** The cases import packages; without it they are held against Node and the DOM alone. */
  readonly packages?: true;
  /** Held against what a worker of the web has, instead of the DOM. */
  readonly worker?: true;
}

interface Case extends HandOver {
  readonly id: string;
  readonly bucket: Bucket;
  readonly functionName: string;
}

const index = indexCatalog(catalog);
const known = new Map(index.kinds.map((kind) => [kind.id, kind]));

/**
 * Registers the tests of a family.
 *
 * @param all the cases by the id of their kind
 */
export function kindCases(
  family: string,
  all: Readonly<Record<string, KindCases>>,
  settings: KindCaseSettings = {},
): void {
  if (gatherRows(Object.entries(all).map(([id, one]) => rowOf(id, one)))) return;
  const missing = settings.packages === true ? missingPackages() : undefined;
  if (missing !== undefined) {
    describe(family, () => {
      it.skip(`packages are ${missing}`, () => undefined);
    });
    return;
  }
  const cases = casesOf(all);
  const code = [
    settings.prelude ?? "",
    ...cases.map(
      ({ functionName, body, beside = "" }) =>
        `${beside}\nexport async function ${functionName}() {\n${body}\n}`,
    ),
    "export {};",
  ].join("\n");

  describe(family, () => {
    let seen: ReadonlyMap<string, Seen>;

    beforeAll(() => {
      const { program, file } = open(code, settings);
      for (const one of program.getSourceFiles())
        if (!one.isDeclarationFile) expect(complaints(program, one)).toEqual([]);
      seen = look(program, file);
    }, 120_000);

    it.each(Object.entries(all))("%s is released as the catalog says", (id, { release = [] }) => {
      const kind = known.get(id)!;
      const bodies = [release].flat();
      const asWritten = bodies.some((body) => isReleasedAsWritten(kind, body));
      expect(asWritten || bodies.length === 0).toBe(true);
    });

    for (const { id, bucket, functionName, body } of cases) {
      it(`${id}, ${bucket}: ${body.trim().replaceAll(/\s+/g, " ")}`, () => {
        const { recognised, leaking } = seen.get(functionName)!;
        if (bucket === "none") expect(recognised).not.toContain(id);
        else expect(recognised).toContain(id);
        if (bucket !== "known") expect(leaking).toEqual(bucket === "leak" ? [id] : []);
      });
    }
  });
}

/** A class or function of a package, and a call that makes a resource with it. */
export interface Named {
  readonly kind: string;
  readonly module: string;
  /** The name it is exported under. */
  readonly name: string;
  /** The acquisition, with `NAME` where the name stands: `new NAME(1)`, `NAME.create()`. */
  readonly acquire: string;
  /** What a class extends that extends it: `NAME`, `NAME<number>`; absent for functions. */
  readonly extended?: string;
  /** An expression that the type of an acquired value is read off; without it by what is acquired. */
  readonly prelude?: string;
  /** Other versions, by a word for them: see {@link PackageSettings.versions}. */
  readonly versions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * However the declaration is imported the kind is found, in other versions too, and something of the
 * user's own that has its name is not it.
 */
export function foundUnderEveryName(family: string, named: Named): void {
  const { kind, module, name, acquire, prelude = "" } = named;
  const call = (by: string): string => acquire.replaceAll("NAME", by);
  const body = (by: string): string => `const got = ${call(by)}; console.log(got);`;
  const files = {
    "again.ts": `export { ${name} } from "${module}";`,
    "all.ts": `export * from "${module}";`,
    ...(named.extended !== undefined && {
      "extended.ts": `import { ${name} } from "${module}"; export class Sub extends ${named.extended.replaceAll("NAME", name)} {}`,
    }),
    "own.ts": `
      class Product { close() {} stop() {} dispose() {} unsubscribe() {} [key: string]: any }
      function make(...args: any[]): any { return args; }
      class Own extends Product { constructor(...args: any[]) { super(); make(args); } static create = make; static from = make; }
      export const ${name}: any = Own;`,
  };
  const imports = `
    ${prelude}
    import { ${name} } from "${module}";
    import { ${name} as Renamed } from "${module}";
    import * as whole from "${module}";
    import { ${name} as Again } from "./again.ts";
    import { ${name} as FromAll } from "./all.ts";
    import { ${name} as Own } from "./own.ts";
    import type { ${name} as OnlyType } from "${module}";
    declare const typed: typeof OnlyType;
    ${named.extended !== undefined ? 'import { Sub } from "./extended.ts";' : ""}`;
  const found = [name, "Renamed", `whole.${name}`, "Again", "FromAll"];
  // A type knows what it constructs; what a function is it does not know.
  if (named.extended !== undefined) found.push("typed", "Sub");
  const cases: Readonly<Record<string, KindCases>> = {
    [kind]: {
      known: found.map(body),
      none: [body("Own")],
    },
  };
  for (const [words, versions] of Object.entries({ "": {}, ...named.versions })) {
    const title = `${family}: ${name} of ${module}${words && `, ${words}`}`;
    kindCases(title, cases, { prelude: imports, files, versions, packages: true });
  }
}

function rowOf(id: string, one: KindCases): KindRow {
  const count = (bodies: Bodies = []): number => [bodies].flat().length;
  return {
    id,
    leak: count(one.leak),
    release: count(one.release),
    automatic: count(one.automatic),
    handOver: handOversOf(one).length,
    names: count(one.known) + count(one.none),
  };
}

function casesOf(all: Readonly<Record<string, KindCases>>): Case[] {
  let number = 0;
  return Object.entries(all).flatMap(([id, one]) => {
    const written = (Object.entries(one) as [Bucket, Bodies][])
      .filter(([bucket]) => bucket !== "handOver")
      .flatMap(([bucket, bodies]) => [bodies].flat().map((body) => ({ bucket, body })));
    const handed = handOversOf(one, () => String(number++)).map((made) => ({
      ...made,
      bucket: "handOver" as const,
    }));
    return [...written, ...handed].map((made) => ({
      ...made,
      id,
      functionName: `case${number++}`,
    }));
  });
}

/** Those that are written, or else what the leaks and releases become when they hand it over. */
function handOversOf(
  { leak = [], release = [], handOver }: KindCases,
  name: () => string = () => "",
): readonly HandOver[] {
  if (handOver !== undefined) return [handOver].flat().map((body) => ({ body }));
  const given = new Map(
    [leak, release].flat().flatMap((body) => returned(body).map((one) => [one.body, one])),
  );
  return [...given.values(), ...[release].flat().flatMap((body) => givenToOwner(body, name()))];
}

function open(
  code: string,
  { packages, versions, worker, files = {} }: KindCaseSettings,
): { program: ts.Program; file: ts.SourceFile } {
  if (packages !== true) return programOf(code, { files, ...(worker === true && { worker }) });
  const root = rootOf(versions);
  const further = Object.entries(files).map(([name, text]) => [`${root}/${name}`, text] as const);
  const main = `${root}/cases.ts`;
  const program = packageProgram(Object.fromEntries([...further, [main, code]]), versions);
  return { program, file: program.getSourceFile(main)! };
}

interface Seen {
  /** Ids of the kinds that calls in the function acquire. */
  readonly recognised: readonly string[];
  /** Ids of what leaks, as surely as `recommended` asks. */
  readonly leaking: readonly string[];
}

/** What the engine sees in each function of a file. */
function look(program: ts.Program, file: ts.SourceFile): ReadonlyMap<string, Seen> {
  const environment = new Environment(program, index, "owns");
  const summaries = new Summaries(environment);
  const seen = new Map<string, Seen>();
  for (const statement of file.statements) {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) continue;
    const calls = callsIn(statement);
    const recognised = calls
      .flatMap((call) => environment.recogniser.acquisitions(call))
      .flatMap((one) => (one.freshness === "body" ? [] : [one.kind.id]));
    const leaking = calls
      .flatMap((call) => acquisitionsAt(call, environment, summaries))
      .flatMap((acquired) => {
        const verdict = judge(acquired, trackObligation(acquired, environment, summaries));
        return verdict.leaks && verdict.strength !== "possible" ? [acquired.kind.id] : [];
      });
    seen.set(statement.name.text, { recognised, leaking });
  }
  return seen;
}

function complaints(program: ts.Program, file: ts.SourceFile): string[] {
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    (one) =>
      `line ${file.getLineAndCharacterOfPosition(one.start ?? 0).line + 1}: ` +
      ts.flattenDiagnosticMessageText(one.messageText, " "),
  );
}
