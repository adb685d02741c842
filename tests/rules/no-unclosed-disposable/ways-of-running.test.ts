/** What a path means: code that nothing leads to, statements that drop, and names that callers keep. */
import { verdicts } from "../../support/verdicts.ts";

const imports = `import { open, type FileHandle } from "node:fs/promises";\n`;

verdicts("no-unclosed-disposable", "ways of running", {
  "a helper that gives its own parameter another value has not released what it was given": {
    leak: {
      "set to undefined": `${imports}
        async function show(file: FileHandle | undefined): Promise<void> {
          await file?.stat();
          file = undefined;
        }
        export async function run(): Promise<void> {
          const file = await open("a"); //! neverReleased
          await show(file);
        }`,
      "a default for what is missing": `${imports}
        async function show(file: FileHandle | undefined, other: FileHandle): Promise<void> {
          file = other;
          await file.stat();
        }
        export async function run(other: FileHandle): Promise<void> {
          const file = await open("a"); //! neverReleased
          await show(file, other);
        }`,
    },
    fine: {
      "released first": `${imports}
        async function finish(file: FileHandle | undefined): Promise<void> {
          await file?.close();
          file = undefined;
        }
        export async function run(): Promise<void> {
          const file = await open("a");
          await finish(file);
        }`,
    },
  },
  "what a statement drops is dropped, also if the function fails behind it": {
    leak: {
      "throws behind it": `${imports}
        export async function run(): Promise<void> {
          await open("a"); //! resultDropped
          throw new Error("not done");
        }`,
    },
  },
  "a finally block that only an exception reaches has no normal end": {
    leak: {
      "dead code in the try": `${imports}
        export async function run(): Promise<void> {
          try {
            throw new Error("first");
            await open("dead");
          } finally {
            const file = await open("a"); //! notReleasedOnThrow
            await file.stat();
            await file.close();
          }
        }`,
    },
    fine: {
      "a catch that nothing reaches": `${imports}
        export async function run(given: FileHandle | undefined): Promise<void> {
          try {
          } catch {
            return;
          } finally {
            given = await open("a");
          }
          await given?.close();
        }`,
    },
  },
});
