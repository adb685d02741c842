import { constants, createDeflateRaw, createInflateRaw } from "node:zlib";
import type { RawData, WebSocket } from "ws";

interface Frame {
  readonly isText: boolean;
  readonly payload: Buffer;
}

type Deliver = (error: Error | null, message?: Buffer) => void;

/**
 * A connection whose messages are compressed with one context each way, as permessage-deflate does it.
 *
 * What is being sent is kept in fields, because two methods need it, and stays there when it was sent:
 * the frame and the payload in it. What the inflater gives out is gathered, and stays when a message is
 * malformed. An idle connection keeps its last message in memory, and most connections are idle.
 */
export class CompressedConnection {
  readonly #socket: WebSocket;
  readonly #deflater = createDeflateRaw();
  readonly #inflater = createInflateRaw();
  #deflated: Buffer[] = [];
  #inflated: Buffer[] = [];
  #frame: Frame | undefined;
  #payload: Buffer | undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#deflater.on("data", (chunk: Buffer) => {
      this.#deflated.push(chunk);
    });
    this.#inflater.on("data", (chunk: Buffer) => {
      this.#inflated.push(chunk); // expect: no-retained-payload
    });
  }

  send(payload: Buffer, isText: boolean): void {
    this.#frame = { isText, payload }; // expect: no-retained-payload
    this.#payload = payload; // expect: no-retained-payload
    this.#deflater.write(this.#payload);
    this.#deflater.flush(constants.Z_SYNC_FLUSH, () => {
      const body = Buffer.concat(this.#deflated);
      this.#deflated = [];
      this.#socket.send(Buffer.concat([this.#head(), body]));
    });
  }

  receive(data: RawData, deliver: Deliver): void {
    const compressed = asBuffer(data).subarray(1);
    this.#inflater.write(compressed, (error) => {
      if (error) {
        deliver(error);
        return;
      }
      const message = Buffer.concat(this.#inflated);
      this.#inflated = [];
      deliver(null, message);
    });
  }

  close(): void {
    this.#deflater.close();
    this.#inflater.close();
    this.#frame = undefined;
    this.#payload = undefined;
  }

  #head(): Buffer {
    return Buffer.from([this.#frame?.isText === true ? 1 : 2]);
  }
}

function asBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
