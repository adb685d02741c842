/** A lock that is a file: the descriptor proves who holds it. */
import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";

export interface Lock extends Disposable {
  readonly path: string;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

/** Nothing when somebody else holds it. */
export function tryLock(path: string): Lock | undefined {
  let fd: number;
  try {
    fd = openSync(path, "wx");
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
  let held = false;
  try {
    writeSync(fd, String(process.pid));
    held = true;
  } finally {
    if (!held) {
      closeSync(fd);
      unlinkSync(path);
    }
  }
  return {
    path,
    [Symbol.dispose]() {
      closeSync(fd);
      unlinkSync(path);
    },
  };
}

export function locked<T>(path: string, task: () => T): T {
  using lock = tryLock(path);
  if (lock === undefined) throw new Error(`${path} is locked`);
  return task();
}

export function touch(path: string): void {
  const fd = openSync(path, "a");
  closeSync(fd);
}

export function append(path: string, lines: readonly string[]): number {
  const fd = openSync(path, "a");
  try {
    if (lines.length === 0) return 0;
    for (const line of lines) {
      if (line === "stop") break;
      writeSync(fd, line);
    }
    return lines.length;
  } finally {
    closeSync(fd);
  }
}
