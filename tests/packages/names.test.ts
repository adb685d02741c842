/**
 * Every name of a catalog entry about a package is declared by the package: a misspelled one would
 * silently match nothing.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type ts from "typescript";
import { catalog } from "../../src/resources/catalog/index.ts";
import { reportingRule } from "../../src/resources/reporting-rule.ts";
import { rules } from "../../src/rules/index.ts";
import type { CatalogFamily, DeclarationPattern, ResourceKind } from "../../src/resources/kind.ts";
import {
  acquiredTypes,
  Declarations,
  hasMember,
  list,
  membersOf,
  modulesOf,
  patternsOf,
  type TypeOfWorld,
} from "../support/declarations.ts";
import { missingPackages, packageProgram, rootOf } from "../support/packages.ts";

const missing = missingPackages();

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

const textOf = (family: string): string =>
  readFileSync(path.join(import.meta.dirname, `${family}.test.ts`), "utf8");

/** The modules that the tests of a family import, and the choices of other versions it tries. */
function usesOf(family: string): {
  text: string;
  specifiers: readonly string[];
  versions: readonly Record<string, string>[];
} {
  const text = textOf(family);
  const found = [...text.matchAll(/\bfrom "([^".][^"]*)"/g)].map((match) => match[1]!);
  const versions = [...text.matchAll(/versions: \{([^}]*)\}/g)].map((match) =>
    Object.fromEntries(
      [...match[1]!.matchAll(/"?([@\w./-]+)"?:\s*"([^"]+)"/g)].map(([, name, alias]) => [
        name!,
        alias!,
      ]),
    ),
  );
  return { text, specifiers: [...new Set(found)], versions };
}

/** Families with a row of programs for each kind: the packages of the workspace declare all their names. */
const families = readdirSync(import.meta.dirname)
  .flatMap((file) => /^(.+)\.test\.ts$/.exec(file)?.[1] ?? [])
  .filter((name) => /\b(?:packageKinds|kindCases)\(/.test(textOf(name)))
  .flatMap((name) => catalog.find(({ family }) => family === name) ?? []);

function worldsOf(family: CatalogFamily): readonly Declarations[] {
  const wanted = new Set(
    [...family.kinds.flatMap(patternsOf), ...family.functions, ...family.noDuty]
      .flatMap((pattern) => list(pattern.name))
      .map(lastPart),
  );
  const { specifiers, versions } = usesOf(family.family);
  const code = specifiers.map((specifier) => `import "${specifier}";`).join("\n");
  const program = (chosen: Record<string, string>): ts.Program =>
    packageProgram({ [`${rootOf(chosen)}/names.ts`]: code }, chosen);
  return [{}, ...versions].map((chosen) => new Declarations(program(chosen), wanted));
}

function unresolved(worlds: readonly Declarations[], pattern: DeclarationPattern): string[] {
  return list(pattern.name).filter(
    (name) =>
      !modulesOf(pattern).some((module) =>
        worlds.some((world) => world.find(module, name).length > 0),
      ),
  );
}

function typesOf(worlds: readonly Declarations[], kind: ResourceKind): readonly TypeOfWorld[] {
  return kind.acquire.flatMap((acquisition) => acquiredTypes(worlds, acquisition));
}

const declares = (types: readonly TypeOfWorld[], member: string): boolean =>
  types.some(({ world, type }) => hasMember(world, type, member));

if (missing !== undefined) {
  describe("names of packages", () => {
    it.skip(`packages are ${missing}`, () => undefined);
  });
} else {
  it("are looked up for all families with tests", () => {
    expect(families.length).toBeGreaterThan(0);
  });

  describe.each(families.map((family) => [family.family, family] as const))(
    "names of %s are declared",
    (_, family) => {
      let worlds: readonly Declarations[];

      beforeAll(() => {
        worlds = worldsOf(family);
      }, 120_000);

      it.each(family.kinds.map((kind) => [kind.id, kind] as const))("%s", (__, kind) => {
        expect(patternsOf(kind).flatMap((pattern) => unresolved(worlds, pattern))).toEqual([]);
        const types = typesOf(worlds, kind);
        const members = membersOf(kind);
        expect(members.filter((member) => !declares(types, member))).toEqual([]);
        // A name with a letter too many is noticed, whichever it is.
        expect(members.filter((member) => declares(types, `${member}s`))).toEqual([]);
      });

      it("and every kind has programs, unless no rule reports its duty yet", () => {
        const { text } = usesOf(family.family);
        const reported = family.kinds.filter((kind) =>
          Object.hasOwn(rules, reportingRule({ wrong: "duty", kind, keptIn: "function" })),
        );
        expect(reported.filter(({ id }) => !text.includes(`"${id}`)).map(({ id }) => id)).toEqual(
          [],
        );
      });

      it("functions and entries without duty", () => {
        const patterns = [...family.functions, ...family.noDuty];
        expect(patterns.flatMap((pattern) => unresolved(worlds, pattern))).toEqual([]);
      });
    },
  );
}
