/** Programs of any size, to see how cost grows with them. */

/** A shape of program; `size` 1, 4, 16, 64 makes one, four, sixteen and sixty-four times as much code. */
export type Shape = (size: number) => ReadonlyMap<string, string>;

const header = `import { closeSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
`;

const times = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join("\n");

/** Every function here acquires, branches, and releases, or does not. */
function ordinaryFunctions(count: number, prefix: string): string {
  return times(
    count,
    (at) => `
export async function ${prefix}${String(at)}(path: string, deep: boolean): Promise<number> {
  const handle = await open(path);
  try {
    if (deep) return ${prefix}Size${String(at)}(path);
    const { size } = await handle.stat();
    for (let left = size; left > 0; left -= 1024) console.log(left);
    return size;
  } finally {
    await handle.close();
  }
}
function ${prefix}Size${String(at)}(path: string): number {
  const fd = openSync(path, "r");
  const text = JSON.parse(path) as string;
  const read = readSync(fd, new Uint8Array(16));
  if (read === 0) return text.length;
  closeSync(fd);
  return read;
}`,
  );
}

const file = (name: string, text: string): ReadonlyMap<string, string> =>
  new Map([[name, header + text + "\nexport {};\n"]]);

export const shapes: Readonly<Record<string, Shape>> = {
  "many files": (size) =>
    new Map(
      Array.from({ length: size * 4 }, (_, at) => [
        `file${String(at)}.ts`,
        header + ordinaryFunctions(4, `work${String(at)}_`),
      ]),
    ),
  "one huge file": (size) => file("huge.ts", ordinaryFunctions(size * 16, "work")),
  "one huge function": (size) =>
    file(
      "function.ts",
      `export function huge(path: string, flags: readonly boolean[]): number {
  let sum = 0;
${times(
  size * 32,
  (at) => `  const fd${String(at)} = openSync(path, "r");
  try {
    if (flags[${String(at)}]) sum += readSync(fd${String(at)}, new Uint8Array(4));
    try {
      sum += JSON.parse(path) as number;
    } catch {
      sum -= 1;
    }
  } finally {
    closeSync(fd${String(at)});
  }`,
)}
  return sum;
}`,
    ),
  "held to the end": (size) =>
    file(
      "held.ts",
      `export function held(path: string, flags: readonly boolean[]): void {
${times(
  size * 16,
  (at) => `  const fd${String(at)} = openSync(path, "r");
  if (flags[${String(at)}]) console.log(fd${String(at)});`,
)}
${times(size * 16, (at) => `  closeSync(fd${String(at)});`)}
}`,
    ),
  "call chain": (size) =>
    file(
      "chain.ts",
      `export function start(path: string): void { step0(openSync(path, "r")); }
${times(size * 16, (at) => `function step${String(at)}(fd: number): void {\n  console.log(fd);\n  step${String(at + 1)}(fd);\n}`)}
function step${String(size * 16)}(fd: number): void { closeSync(fd); }`,
    ),
  "large class": (size) =>
    file(
      "class.ts",
      `export class Large {
${times(size * 8, (at) => `  private fd${String(at)} = openSync("a${String(at)}", "r");\n  read${String(at)}(): number { return readSync(this.fd${String(at)}, new Uint8Array(4)); }`)}
  close(): void {
${times(size * 8, (at) => `    closeSync(this.fd${String(at)});`)}
  }
}`,
    ),
  recursion: (size) =>
    file(
      "recursion.ts",
      `export function begin(path: string): void { visit0(openSync(path, "r"), 9); }
${times(
  size * 8,
  (at) => `function visit${String(at)}(fd: number, depth: number): void {
  if (depth === 0) { closeSync(fd); return; }
  visit${String((at + 1) % (size * 8))}(fd, depth - 1);
}`,
)}`,
    ),
  "fluent chain": (size) =>
    file(
      "fluent.ts",
      `import { createServer } from "node:net";
export function serve(): void {
  createServer()
${times(size * 16, (at) => `    .on("connection", (socket) => socket.end("${String(at)}"))`)}
    .listen(80);
}`,
    ),
};

/**
 * What somebody may have open in an editor: a file of a thousand lines, which calls helpers of others, in
 * a project of 500 files.
 */
export function editedProject(): { readonly edited: string; readonly files: Map<string, string> } {
  const helpers = 20;
  const files = new Map(shapes["many files"]?.(125));
  for (let at = 0; at < helpers; at++) {
    files.set(
      `file${String(at)}.ts`,
      `${header}
export function finish${String(at)}(fd: number, ok: boolean): void {
  if (ok) console.log(fd);
  closeSync(fd);
}
export class Log${String(at)} {
  private readonly fd = openSync("${String(at)}", "a");
  write(text: string): void { console.log(this.fd, text); }
  close(): void { closeSync(this.fd); }
}`,
    );
  }
  const one = (at: number): string => String(at % helpers);
  const edited = `${header}${times(helpers, (at) => `import { finish${String(at)}, Log${String(at)} } from "./file${String(at)}.js";`)}
${ordinaryFunctions(24, "edited")}
${times(
  24,
  (at) => `
export class Session${String(at)} {
  private readonly log = new Log${one(at)}();
  private readonly entries = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  start(name: string): void {
    const fd = openSync(name, "r");
    this.entries.set(name, fd);
    this.timer ??= setInterval(() => this.log.write(name), 1000);
    finish${one(at)}(fd, this.entries.size > 1);
  }
  stop(name: string): boolean {
    clearInterval(this.timer);
    return this.entries.delete(name);
  }
  close(): void {
    this.log.close();
    for (const name of this.entries.keys()) this.stop(name);
  }
}`,
)}
`;
  files.set("edited.ts", edited);
  return { edited: "edited.ts", files };
}

/** Not counting blank lines. */
export function linesOf(files: ReadonlyMap<string, string>): number {
  return [...files.values()]
    .flatMap((text) => text.split("\n"))
    .filter((line) => line.trim() !== "").length;
}
