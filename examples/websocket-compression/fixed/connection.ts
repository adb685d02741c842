import { constants, createDeflateRaw, createInflateRaw } from "node:zlib";
import type { RawData, WebSocket } from "ws";

type Deliver = (error: Error | null, message?: Buffer) => void;

/**
 * A connection whose messages are compressed with one context each way, as permessage-deflate does it.
 *
 * Nothing of a message is kept longer than it takes to send or to read it, well-formed or not.
 */
export class CompressedConnection {
  readonly #socket: WebSocket;
  readonly #deflater = createDeflateRaw();
  readonly #inflater = createInflateRaw();
  #deflated: Buffer[] = [];
  #inflated: Buffer[] = [];

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#deflater.on("data", (chunk: Buffer) => {
      this.#deflated.push(chunk);
    });
    this.#inflater.on("data", (chunk: Buffer) => {
      this.#inflated.push(chunk);
    });
  }

  send(payload: Buffer, isText: boolean): void {
    this.#deflater.write(payload);
    this.#deflater.flush(constants.Z_SYNC_FLUSH, () => {
      const body = Buffer.concat(this.#deflated);
      this.#deflated = [];
      this.#socket.send(Buffer.concat([headOf(isText), body]));
    });
  }

  receive(data: RawData, deliver: Deliver): void {
    const compressed = asBuffer(data).subarray(1);
    this.#inflater.write(compressed, (error) => {
      const inflated = this.#inflated;
      this.#inflated = [];
      if (error) deliver(error);
      else deliver(null, Buffer.concat(inflated));
    });
  }

  close(): void {
    this.#deflater.close();
    this.#inflater.close();
  }
}

function headOf(isText: boolean): Buffer {
  return Buffer.from([isText ? 1 : 2]);
}

function asBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
