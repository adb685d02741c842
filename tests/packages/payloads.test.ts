/** What libraries that compress keep of a message. The heap was measured with both of them. */
import { packageVerdicts } from "../support/packages.ts";

packageVerdicts("no-retained-payload", "what compresses keeps the last message", {
  "an object that lives as long as a connection": {
    leak: {
      "inflates whole messages": `
import * as pako from "pako";
export class Connection {
  readonly #inflate = new pako.Inflate({ raw: true });
  onMessage(data: Uint8Array, deliver: (message: unknown) => void): void {
    this.#inflate.push(data, 2); //! neverCleared
    deliver(this.#inflate.result);
  }
}`,
      "deflates, and gives its output to a handler": `
import { constants, Deflate } from "pako";
export class Connection {
  private readonly deflate = new Deflate({ raw: true });
  constructor(send: (part: unknown) => void) {
    this.deflate.onData = (part) => send(part);
  }
  send(data: Buffer): void {
    this.deflate.push(data, constants.Z_SYNC_FLUSH); //! neverCleared
  }
}`,
      "is a variable that a listener shares": `
import { type Socket } from "node:net";
import { Inflate } from "pako";
export function attach(socket: Socket, deliver: (message: unknown) => void): void {
  const inflate = new Inflate();
  socket.on("data", (data) => {
    inflate.push(data, true); //! neverCleared
    deliver(inflate.result);
  });
}`,
      "is replaced on one path only": `
import { Inflate } from "pako";
export class Connection {
  #inflate = new Inflate();
  onMessage(data: Uint8Array, deliver: (message: unknown) => void): void {
    this.#inflate.push(data, true); //! notClearedOnPath
    if (this.#inflate.err) return;
    deliver(this.#inflate.result);
    this.#inflate = new Inflate();
  }
}`,
    },
    // That feeding it throws is as strict readers see it.
    quiet: {
      "is fed with nothing behind each message": `
import { constants, Deflate } from "pako";
export class Connection {
  private readonly deflate = new Deflate({ raw: true });
  constructor(send: (part: unknown) => void) {
    this.deflate.onData = (part) => send(part);
  }
  send(data: Buffer): void {
    this.deflate.push(data, constants.Z_SYNC_FLUSH);
    this.deflate.push(new Uint8Array(0), constants.Z_SYNC_FLUSH);
  }
}`,
      "is replaced": `
import { Inflate } from "pako";
export class Connection {
  #inflate = new Inflate();
  onMessage(data: Uint8Array): unknown {
    this.#inflate.push(data, true);
    const { result } = this.#inflate;
    this.#inflate = new Inflate();
    return result;
  }
}`,
    },
    fine: {
      "is made for each message": `
import { type Socket } from "node:net";
import { Inflate } from "pako";
export function attach(socket: Socket, deliver: (message: unknown) => void): void {
  socket.on("data", (data) => {
    const inflate = new Inflate();
    inflate.push(data, true);
    deliver(inflate.result);
  });
}`,
      "is in the middle of a stream": `
import { Inflate } from "pako";
export class Stream {
  readonly #inflate = new Inflate();
  write(chunk: Uint8Array): void {
    this.#inflate.push(chunk, false);
  }
  finish(): unknown {
    this.#inflate.push(new Uint8Array(0), true);
    return this.#inflate.result;
  }
}
export class Parts {
  readonly #inflate = new Inflate();
  add(chunk: Uint8Array, last: boolean): void {
    this.#inflate.push(chunk, last);
  }
}`,
      "keeps nothing, being of fflate": `
import { Deflate, Inflate } from "fflate";
export class Connection {
  readonly #inflate: Inflate;
  #deflate: Deflate;
  constructor(private readonly take: (part: Uint8Array) => void) {
    this.#inflate = new Inflate(take);
    this.#deflate = new Deflate(take);
  }
  onMessage(data: Uint8Array): void {
    this.#inflate.push(data, true);
  }
  send(data: Uint8Array): void {
    this.#deflate.push(data, true);
    this.#deflate = new Deflate(this.take);
  }
}`,
    },
  },
});
