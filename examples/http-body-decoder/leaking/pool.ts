/**
 * Memory that is used again: a block goes back to the pool when as many references to it were given
 * back as were taken.
 */
export class BlockPool {
  readonly #size: number;
  readonly #free: Buffer[] = [];
  #taken = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** Blocks that nobody has given back. */
  get taken(): number {
    return this.#taken;
  }

  /** A chunk with a copy of the bytes, and one reference. */
  chunk(bytes: Uint8Array): Chunk {
    const block = this.#free.pop() ?? Buffer.alloc(this.#size);
    const length = Math.min(bytes.length, this.#size);
    block.set(bytes.subarray(0, length));
    this.#taken++;
    return new Chunk(block.subarray(0, length), () => {
      this.#taken--;
      this.#free.push(block);
    });
  }
}

export class Chunk {
  readonly #bytes: Buffer;
  readonly #giveBack: () => void;
  #references = 1;

  constructor(bytes: Buffer, giveBack: () => void) {
    this.#bytes = bytes;
    this.#giveBack = giveBack;
  }

  get length(): number {
    return this.#bytes.length;
  }

  retain(): this {
    this.#references++;
    return this;
  }

  release(): boolean {
    this.#references--;
    if (this.#references === 0) this.#giveBack();
    return this.#references === 0;
  }

  /** A part of the chunk with a reference of its own, which keeps the whole block. */
  retainedSlice(start: number, end: number): Chunk {
    this.retain();
    return new Chunk(this.#bytes.subarray(start, end), () => this.release());
  }

  /** The bytes, independent of the block. */
  copy(): Buffer {
    return Buffer.from(this.#bytes);
  }

  indexOf(byte: number): number {
    return this.#bytes.indexOf(byte);
  }
}
