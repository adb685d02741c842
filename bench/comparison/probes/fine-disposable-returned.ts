import { closeSync, openSync, writeSync } from "node:fs";

class Journal implements Disposable {
  private readonly descriptor = openSync("journal", "a");

  note(text: string): void {
    writeSync(this.descriptor, text);
  }

  [Symbol.dispose](): void {
    closeSync(this.descriptor);
  }
}

export function openJournal(): Journal {
  const journal = new Journal();
  return journal;
}
