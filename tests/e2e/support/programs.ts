/** Small programs that the end-to-end tests lint. */

/** Reported on line 4. */
export const leak = `import { openSync, readSync } from "node:fs";

export function firstByte(path: string): number {
  const descriptor = openSync(path, "r");
  const buffer = Buffer.alloc(1);
  readSync(descriptor, buffer);
  return buffer[0] ?? 0;
}
`;

export const fine = `import { closeSync, openSync, readSync } from "node:fs";

export function firstByte(path: string): number {
  const descriptor = openSync(path, "r");
  const buffer = Buffer.alloc(1);
  try {
    readSync(descriptor, buffer);
  } finally {
    closeSync(descriptor);
  }
  return buffer[0] ?? 0;
}
`;

/** Leaves the duty to a function of `helper.ts`; reported on line 5 if that only borrows. */
export const caller = `import { openSync } from "node:fs";
import { finish } from "./helper.js";

export function touch(path: string): void {
  const descriptor = openSync(path, "a");
  finish(descriptor);
}
`;

export const closes = `import { closeSync } from "node:fs";

export function finish(descriptor: number): void {
  closeSync(descriptor);
}
`;

export const borrows: string = closes.replaceAll("closeSync", "fsyncSync");

/** Of a project on Node. */
export const tsconfig: string = JSON.stringify({
  compilerOptions: {
    target: "es2022",
    // Without the DOM, which takes long to read.
    lib: ["es2022"],
    module: "nodenext",
    strict: true,
    noEmit: true,
    types: ["node"],
  },
});
