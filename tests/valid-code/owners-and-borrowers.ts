/** Who closes: conditions that go together, helpers, aliases, and owners that change. */
import { LogFile } from "./log-file.ts";

interface Options {
  readonly log?: string;
  readonly verbose: boolean;
}

function must<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(message);
  return value;
}

function closeAll(files: Iterable<LogFile>): void {
  for (const file of files) file.close();
}

/** Writes to the log that is given, or to one of its own. */
export function note(text: string, given?: LogFile): void {
  const owned = given === undefined;
  const file = given ?? new LogFile("own.log");
  try {
    file.write(text);
  } finally {
    if (owned) file.close();
  }
}

export function runWith(options: Options, task: () => void): void {
  let file: LogFile | undefined;
  try {
    if (options.log !== undefined) file = new LogFile(options.log);
    if (options.verbose) file?.write("started");
    task();
  } finally {
    if (file) file.close();
  }
}

export function rotate(paths: readonly string[]): void {
  let current: LogFile | undefined;
  try {
    for (const path of paths) {
      current?.close();
      current = undefined;
      current = new LogFile(path);
      current.write("rotated");
    }
  } finally {
    current?.close();
  }
}

export function writeEverywhere(paths: readonly string[], text: string): void {
  const files = LogFile.openAll(paths);
  try {
    for (const file of files) file.write(text);
    must(files.at(-1), "no files").write("the last one");
  } finally {
    closeAll(files);
  }
}

export function withLog<T>(path: string, task: (file: LogFile) => T): T {
  using file = new LogFile(path);
  return task(file);
}

export const lengthOf = (path: string): number => withLog(path, (file) => file.read().length);
