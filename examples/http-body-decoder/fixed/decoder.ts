import type { Chunk } from "./pool.ts";

const newline = 10;

/**
 * Decodes a body of JSON documents, one to a line, chunk by chunk.
 *
 * Each part of a chunk is a slice with a reference of its own, which is given back whatever becomes of
 * the bytes.
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
    const slice = chunk.retainedSlice(0, end);
    try {
      const document: unknown = JSON.parse(this.#line + slice.copy().toString());
      this.#documents.push(document);
    } finally {
      slice.release();
    }
    this.#line = "";
    return end + 1;
  }

  get documents(): readonly unknown[] {
    return this.#documents;
  }

  #keep(chunk: Chunk, isLast: boolean): void {
    const slice = chunk.retainedSlice(0, chunk.length);
    try {
      this.#line += slice.copy().toString();
    } finally {
      slice.release();
    }
    if (isLast) this.#documents.push(this.#line);
  }
}

/** The first bytes of a chunk, for the log. */
export function startOf(chunk: Chunk): string {
  const start = chunk.retainedSlice(0, Math.min(8, chunk.length));
  try {
    return start.copy().toString("hex");
  } finally {
    start.release();
  }
}
