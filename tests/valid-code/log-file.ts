/** A class that owns a descriptor; the other files use it as the resource of this program. */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

export class LogFile implements Disposable {
  readonly path: string;
  readonly #fd: number;
  #closed = false;

  constructor(path: string) {
    this.path = path;
    this.#fd = openSync(path, "a");
  }

  static openAll(paths: readonly string[]): LogFile[] {
    const files: LogFile[] = [];
    try {
      for (const path of paths) files.push(new LogFile(path));
    } catch (error) {
      for (const file of files) file.close();
      throw error;
    }
    return files;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Fluent, so that callers can chain. */
  write(text: string): this {
    writeSync(this.#fd, `${text}\n`);
    return this;
  }

  read(): string {
    return readFileSync(this.path, "utf8");
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
