import { closeSync, openSync, writeSync } from "node:fs";

interface IDisposable {
  readonly isDisposed: boolean;
  dispose(): void;
}

class Journal implements IDisposable {
  isDisposed = false;
  private readonly descriptor = openSync("journal", "a");

  note(text: string): void {
    writeSync(this.descriptor, text);
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    closeSync(this.descriptor);
  }
}

export function work(): void {
  const journal = new Journal();
  journal.note("hello");
}
