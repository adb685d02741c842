/**
 * The catalog against the real packages, a row per kind: a program that leaks it, one that releases
 * it and one where it ends by itself, and the proof that these are programs of that very kind.
 */
import { catalog } from "../../src/resources/catalog/index.ts";
import type { RuleName } from "../../src/rules/names.ts";
import { gatherRows, type KindRow } from "./gather.ts";
import { packageVerdicts, type PackageSettings } from "./packages.ts";
import type { Situation } from "./verdicts.ts";
import { isReleasedAsWritten } from "./written-releases.ts";

/** How one kind is written in a program. The resource is called `x`. */
export interface KindCase {
  readonly imports: string;
  /** The parameters of the function, besides `early`. */
  readonly given?: string;
  /** The declaration that acquires: `const x = await open(path)`. */
  readonly acquire: string;
  /** What makes it owe, and what else uses it. */
  readonly use?: string;
  readonly release: string;
  /** What ends it without a release, in every way that it can; absent where nothing does. */
  readonly automatic?: string | readonly string[];
  /** A statement that looks like a release and is none. */
  readonly notReleased?: string;
}

/** Registers the tests of a family: every row, and that every kind of the family has one. */
export function packageKinds(
  ruleName: RuleName,
  familyName: string,
  rows: Readonly<Record<string, KindCase>>,
  settings: PackageSettings = {},
): void {
  const known = new Map(catalog.flatMap((one) => one.kinds.map((kind) => [kind.id, kind])));
  const situations = Object.fromEntries(
    Object.entries(rows).map(([id, row]) => [
      id,
      situationOf(row, known.get(id)?.grade === "idle"),
    ]),
  );
  if (gatherRows(Object.entries(rows).map(([id, row]) => rowOf(id, row, situations[id]!)))) return;
  const title =
    settings.versions === undefined ? familyName : `${familyName}, ${otherVersions(settings)}`;
  packageVerdicts(ruleName, title, situations, { ...settings, kinds: true });
  it.each(Object.entries(rows))(`${title}: %s is released as the catalog says`, (id, row) => {
    expect(isReleasedAsWritten(known.get(id)!, row.release)).toBe(true);
  });
}

function otherVersions({ versions = {} }: PackageSettings): string {
  return Object.values(versions).join(", ");
}

function situationOf(row: KindCase, idle: boolean): Situation {
  const { imports, given = "", acquire, use = "", release, automatic, notReleased } = row;
  const parameters = `early: boolean${given === "" ? "" : `, ${given}`}`;
  const program = (mark: string, body: string): string => `
${imports}
export async function f(${parameters}): Promise<void> {
  ${acquire};${mark === "" ? "" : ` //! ${mark}`}
  ${body}
}`;
  // What lives as long as the process is reported only where another path releases it.
  const leak: Record<string, string> = {
    "released on one path": program("notReleasedOnPath", `${use}; if (early) return; ${release};`),
  };
  if (!idle) leak["never released"] = program("neverReleased", `${use};`);
  if (notReleased !== undefined) {
    const forgets = `${use}; if (early) { ${notReleased}; return; } ${release};`;
    leak["not released by what looks like it"] = program("notReleasedOnPath", forgets);
  }
  const fine: Record<string, string> = {
    released: program("", `try { ${use}; if (early) return; } finally { ${release}; }`),
  };
  for (const [index, way] of waysOf(automatic).entries()) {
    const started = `try { ${use}; } catch (error) { ${release}; throw error; }`;
    // The same without the way is "released on one path".
    const spelling = index === 0 ? "ends by itself" : `ends by itself, way ${index + 1}`;
    fine[spelling] = program("", `${started} ${way}; if (early) return; ${release};`);
  }
  const acquired = `
${imports}
export async function f(${parameters}) {
  ${acquire};`;
  fine["handed over"] = `${acquired}
  return x;
}`;
  fine["handed over with its release"] = `${acquired}
  return async () => { ${release}; };
}`;
  return { leak, fine };
}

function rowOf(id: string, { automatic }: KindCase, { leak = {} }: Situation): KindRow {
  const ways = waysOf(automatic).length;
  return {
    id,
    leak: Object.keys(leak).length,
    release: 1,
    automatic: ways,
    handOver: 2,
    names: 0,
  };
}

function waysOf(automatic: KindCase["automatic"] = []): readonly string[] {
  return typeof automatic === "string" ? [automatic] : automatic;
}
