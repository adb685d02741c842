import type { Chunk } from "./pool.ts";

const newline = 10;

/**
 * Decodes a body of JSON documents, one to a line, chunk by chunk.
 *
 * Each part of a chunk is a slice with a reference of its own. Its bytes are copied and the slice is
 * forgotten: in the branch of the last chunk always, elsewhere when a document is malformed. Every such
 * slice keeps its block out of the pool.
 */
export class LinesDecoder {
  readonly #documents: unknown[] = [];
  #line = "";

  /** @returns how much of the chunk was read */
  offer(chunk: Chunk, isLast: boolean): number {
    const end = chunk.indexOf(newline);
    if (end < 0) {
      this.#keep(chunk, isLast);
      return chunk.length;
    }
    const slice = chunk.retainedSlice(0, end); // expect: no-unreleased-buffer
    const document: unknown = JSON.parse(this.#line + slice.copy().toString());
    slice.release();
    this.#line = "";
    this.#documents.push(document);
    return end + 1;
  }

  get documents(): readonly unknown[] {
    return this.#documents;
  }

  #keep(chunk: Chunk, isLast: boolean): void {
    const slice = chunk.retainedSlice(0, chunk.length); // expect: no-unreleased-buffer
    this.#line += slice.copy().toString();
    if (isLast) {
      this.#documents.push(this.#line);
      return;
    }
    slice.release();
  }
}

/** The first bytes of a chunk, for the log. */
export function startOf(chunk: Chunk): string {
  return chunk.retainedSlice(0, Math.min(8, chunk.length)).copy().toString("hex"); // expect: no-unreleased-buffer
}
