/** Settings through ESLint: what is declared is found, and what differs between files stays apart. */
import tsParser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import path from "node:path";
import plugin from "../src/index.ts";
import { defineSettings, type Settings } from "../src/settings.ts";

const fixtures = path.join(import.meta.dirname, "fixtures");
const file = path.join(fixtures, "file.ts");
const tsx = path.join(fixtures, "react.tsx");

function config(settings: Settings | undefined, files: string[]): Linter.Config {
  return {
    files,
    plugins: { "resource-hygiene": plugin },
    rules: { "resource-hygiene/no-unclosed-disposable": "error" },
    ...(settings && { settings: defineSettings(settings) }),
    languageOptions: {
      parser: tsParser,
      parserOptions: { projectService: true, tsconfigRootDir: fixtures },
    },
  };
}

function eslintWith(...configs: Linter.Config[]): ESLint {
  return new ESLint({ cwd: fixtures, overrideConfigFile: true, overrideConfig: configs });
}

async function messages(code: string, settings?: Settings): Promise<string[]> {
  const [result] = await eslintWith(config(settings, ["**/*.ts"])).lintText(code, {
    filePath: file,
  });
  return result!.messages.map(({ line, message }) => `${String(line)}: ${message}`);
}

const opensFile = `import { openSync } from "node:fs";
export function leak(): void {
  const fd = openSync("a", "r");
  console.log(fd);
}
`;
const leaksFile = [
  "3: 'fd' (file descriptor) is never released. Call closeSync() with it when it is no longer needed.",
];

describe("a built-in kind", () => {
  it("is reported without settings", async () => {
    expect(await messages(opensFile)).toEqual(leaksFile);
  });

  it("can be switched off", async () => {
    expect(await messages(opensFile, { kinds: { "node.fs.descriptor": false } })).toEqual([]);
  });

  it("can be extended", async () => {
    const code = opensFile.replace("console.log(fd)", "process.emitWarning(String(fd))");
    const shuts = `import { shut } from "./helpers/declared.js";
${opensFile.replace("console.log(fd)", "shut(fd)")}`;
    const release = {
      add: [{ module: "./helpers/declared.ts", name: "shut", argument: 0 }],
    } as const;
    const settings = { kinds: { "node.fs.descriptor": { release } } };
    expect(await messages(code, settings)).toHaveLength(1);
    expect(await messages(shuts, settings)).toEqual([]);
    expect(await messages(shuts)).toHaveLength(1);
  });

  it("whose type is disposable stays off when it is switched off", async () => {
    const code = `import { open } from "node:fs/promises";
export async function leak(): Promise<void> {
  const handle = await open("a");
  console.log(handle.fd);
}
`;
    expect(await messages(code)).toHaveLength(1);
    expect(await messages(code, { kinds: { "node.fs.FileHandle": false } })).toEqual([]);
  });
});

describe("a declared kind", () => {
  const lease = `import { lease, giveBack } from "./helpers/declared.js";
export function leak(): void {
  const one = lease();
  console.log(one.id);
}
export function fine(): void {
  const one = lease();
  giveBack(one);
}
`;
  const kinds = {
    "app.Lease": {
      acquire: [{ by: "call", module: "./helpers/declared.ts", name: "lease" }],
      release: [{ module: "./helpers/declared.ts", name: "giveBack", argument: 0 }],
    },
  } as const;

  it("of the program is found where its file is named", async () => {
    expect(await messages(lease)).toEqual([]);
    expect(await messages(lease, { kinds })).toEqual([
      "3: 'one' (Lease) is never released. Call giveBack() with it when it is no longer needed.",
    ]);
  });

  it("of a package is found by the name of the package", async () => {
    const code = `import { Linter } from "eslint";
export function leak(): void {
  const linter = new Linter();
  console.log(linter.version);
}
`;
    expect(await messages(code)).toEqual([]);
    expect(
      await messages(code, {
        kinds: {
          "eslint.Linter": {
            acquire: [{ by: "construct", module: "eslint", name: "Linter" }],
            release: [{ method: "hangUp" }],
          },
        },
      }),
    ).toEqual([
      "3: 'linter' (Linter) is never released. Call hangUp() when it is no longer needed.",
    ]);
  });

  it("beats what the catalog says owes nothing", async () => {
    const code = `import { Readable } from "node:stream";
export function leak(list: string[]): void {
  const stream = Readable.from(list);
  console.log(stream.readable);
}
`;
    expect(await messages(code)).toEqual([]);
    expect(
      await messages(code, {
        kinds: {
          memory: {
            acquire: [{ by: "call", module: "stream", name: "Readable.from" }],
            release: [{ method: "destroy" }],
          },
        },
      }),
    ).toHaveLength(1);
  });
});

describe("a declared function", () => {
  const code = `import { openSync } from "node:fs";
import { note } from "./helpers/declared.js";
export function passOn(): void {
  note(openSync("a", "r"));
}
`;
  it("takes what it is said to take", async () => {
    expect(await messages(code)).toHaveLength(1);
    const note = { module: "./helpers/declared.ts", name: "note", takes: [0] } as const;
    expect(await messages(code, { functions: { note } })).toEqual([]);
    expect(await messages(code, { functions: { note: { ...note, takes: [1] } } })).toHaveLength(1);
  });
});

describe("what is declared to owe nothing", () => {
  const code = `class Door implements Disposable {
  [Symbol.dispose](): void {
    console.log("shut");
  }
}
export function walk(): void {
  const door = new Door();
  console.log(door);
}
`;
  it("is silent", async () => {
    expect(await messages(code)).toHaveLength(1);
    const door = { by: "type", module: "./file.ts", name: "Door" } as const;
    expect(await messages(code, { noDuty: { door } })).toEqual([]);
  });
});

describe("two configs in one run", () => {
  const off: Settings = { kinds: { "node.fs.descriptor": false } };

  it("get each their own verdict on one program", async () => {
    const eslint = eslintWith(config(off, ["**/*.tsx"]), config(undefined, ["**/*.ts"]));
    const lint = async (filePath: string): Promise<number> => {
      const [result] = await eslint.lintText(opensFile, { filePath });
      return result!.messages.length;
    };
    expect(await lint(file)).toBe(1);
    expect(await lint(tsx)).toBe(0);
    expect(await lint(file)).toBe(1);
  });

  it("get each their own verdict on one file", async () => {
    expect(await messages(opensFile)).toEqual(leaksFile);
    expect(await messages(opensFile, off)).toEqual([]);
    expect(await messages(opensFile, { kinds: { "node.fs.descriptor": { label: "fd" } } })).toEqual(
      [leaksFile[0]!.replace("file descriptor", "fd")],
    );
    expect(await messages(opensFile)).toEqual(leaksFile);
  });
});

describe("a wrong setting", () => {
  it("ends the run with a sentence", async () => {
    const settings = { kinds: { "node.fs.descriptor": { grade: "fatal" } } } as unknown as Settings;
    const error: unknown = await messages(opensFile, settings).catch((thrown: unknown) => thrown);
    const { stack } = error as Error;
    expect(stack).toBe(
      'settings["resource-hygiene"].kinds["node.fs.descriptor"].grade is "fatal"; allowed: "must", "should", "idle" or "memory".',
    );
  });
});
