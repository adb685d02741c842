/** A bounded cache that closes what it drops, whatever the reason. */
import { LogFile } from "./log-file.ts";

export class LogFileCache implements Disposable {
  readonly #files = new Map<string, LogFile>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The cache stays the owner. */
  get(path: string): LogFile {
    const known = this.#files.get(path);
    if (known !== undefined) {
      this.#files.delete(path);
      this.#files.set(path, known);
      return known;
    }
    this.#shrink(this.#limit - 1);
    const file = new LogFile(path);
    this.#files.set(path, file);
    return file;
  }

  remove(path: string): void {
    this.#files.get(path)?.close();
    this.#files.delete(path);
  }

  #shrink(size: number): void {
    for (const [path, file] of this.#files) {
      if (this.#files.size <= size) return;
      file.close();
      this.#files.delete(path);
    }
  }

  [Symbol.dispose](): void {
    for (const file of this.#files.values()) file.close();
    this.#files.clear();
  }
}

export function logEverywhere(paths: readonly string[], text: string): void {
  using cache = new LogFileCache(16);
  for (const path of paths) cache.get(path).write(text);
  const [first = "first.log"] = paths;
  const again = cache.get(first);
  again.write("again");
}
