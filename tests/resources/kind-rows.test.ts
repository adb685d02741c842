/** Every kind of the catalog has programs that show it: a leak, a release, a hand-over, and its end by itself. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { catalog } from "../../src/resources/catalog/index.ts";
import { kindRowsOf, type KindRow } from "../support/gather.ts";

const rows = await kindRowsOf(
  [path.resolve(import.meta.dirname, "../packages"), path.join(import.meta.dirname, "kinds")]
    .flatMap((folder) => readdirSync(folder).map((file) => path.join(folder, file)))
    .filter((file) => file.endsWith(".test.ts") && !file.endsWith("names.test.ts"))
    .map((file) => () => import(/* @vite-ignore */ `${file}?rows`)),
);

const kinds = catalog.flatMap((family) => family.kinds);

/** The kinds among these of which no program shows it. */
function unshown(some: typeof kinds, what: keyof Omit<KindRow, "id">): readonly string[] {
  const shown = new Set(rows.filter((row) => row[what] > 0).map(({ id }) => id));
  return some.map(({ id }) => id).filter((id) => !shown.has(id));
}

it("every kind leaks somewhere", () => {
  // Nothing but memory is no leak for `recommended`, and what its parent ends is never one.
  const leaking = kinds.filter(
    ({ grade, automatic }) => grade !== "memory" && automatic?.parent !== true,
  );
  expect(unshown(leaking, "leak")).toEqual([]);
});

it("every kind is released somewhere", () => {
  expect(unshown(kinds, "release")).toEqual([]);
});

it("every kind is handed over somewhere", () => {
  expect(unshown(kinds, "handOver")).toEqual([]);
});

it("every kind that ends by itself does so somewhere", () => {
  const ending = kinds.filter(({ automatic }) => automatic !== undefined);
  expect(unshown(ending, "automatic")).toEqual([]);
});

/** Numbers of programs, by family. */
function counts(): string {
  const columns = ["leak", "release", "handOver", "automatic", "names"] as const;
  const lines = catalog
    .filter((family) => family.kinds.length > 0)
    .map(({ family, kinds: own }) => {
      const ids = new Set(own.map(({ id }) => id));
      const ofFamily = rows.filter(({ id }) => ids.has(id));
      const sums = columns.map((column) => ofFamily.reduce((sum, row) => sum + row[column], 0));
      return [family, own.length, ...sums];
    });
  const numbers = lines.map(([, ...cells]) => cells as number[]);
  const totals = numbers[0]!.map((_, at) => numbers.reduce((sum, cells) => sum + cells[at]!, 0));
  return [
    ["family", "kinds", "leaks", "releases", "hand-overs", "ends by itself", "names"],
    ["---", ...totals.map(() => "---:")],
    ...lines,
    ["**all**", ...totals],
  ]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

it("the page with the results of the catalog counts the programs", async () => {
  const page = path.resolve(import.meta.dirname, "../../bench/kinds/README.md");
  const text = readFileSync(page, "utf8");
  const [before, after] = text.split(/(?<=## Programs in the tests\n)[\s\S]*?(?=## |$)/);
  const intro =
    "Programs over the real types that the tests hold against the engine. Written by\n" +
    "`UPDATE_COUNTS=1 npx vitest run tests/resources/kind-rows`. _Names_: imports and exports under another\n" +
    "name, subclasses, other versions of the types, and classes of the user's own that only look alike.\n";
  const written = `${before}\n${intro}\n${counts()}\n\n${after ?? ""}`;
  const expected = await format(written, { parser: "markdown" });
  if (process.env.UPDATE_COUNTS !== undefined) writeFileSync(page, expected);
  else expect(text).toBe(expected);
});
