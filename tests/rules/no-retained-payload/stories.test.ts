/**
 * The story of Jetty in three styles: what compresses messages keeps the last one, and the frame around
 * it, for the life of the connection. And what else is fed with messages: decoders, growing buffers.
 */
import { verdicts } from "../../support/verdicts.ts";

const frames = `
  import { deflateRawSync } from "node:zlib";
  interface Frame { readonly payload: Buffer; readonly opcode: number }
  type Next = (data: Buffer) => void;
`;

verdicts("no-retained-payload", "H67 the compression of a connection", {
  "a class": {
    leak: {
      "the payload and the frame": `${frames}
        export class Compression {
          private frame: Frame | undefined;
          private input: Buffer | undefined;
          outgoing(frame: Frame, next: Next): void {
            this.frame = frame; //! neverCleared
            this.input = frame.payload; //! neverCleared
            this.flush(next);
          }
          private flush(next: Next): void {
            if (this.input === undefined || this.frame === undefined) return;
            next(this.frame.opcode === 1 ? deflateRawSync(this.input) : this.input);
          }
          close(): void {
            this.frame = undefined;
            this.input = undefined;
          }
        }`,
      "bad data leave it": `${frames}
        export class Compression {
          #input: Buffer | undefined;
          incoming(payload: Buffer, next: (message: unknown) => void): void {
            this.#input = payload; //! notClearedOnThrow
            next(this.#parse());
            this.#input = undefined;
          }
          #parse(): unknown {
            return JSON.parse(String(this.#input));
          }
        }`,
      "the last fragment leaves it": `${frames}
        export class Compression {
          #input: Buffer | undefined;
          incoming(payload: Buffer, last: boolean, next: Next): void {
            this.#input = payload; //! notClearedOnPath
            if (last) return next(this.#input);
            next(deflateRawSync(this.#input));
            this.#input = undefined;
          }
        }`,
    },
    fine: {
      "both are cleared in finally": `${frames}
        export class Compression {
          private frame: Frame | undefined;
          private input: Buffer | undefined;
          outgoing(frame: Frame, next: Next): void {
            this.frame = frame;
            this.input = frame.payload;
            try {
              this.flush(next);
            } finally {
              this.frame = undefined;
              this.input = undefined;
            }
          }
          private flush(next: Next): void {
            if (this.input === undefined || this.frame === undefined) return;
            next(this.frame.opcode === 1 ? deflateRawSync(this.input) : this.input);
          }
        }`,
    },
  },
  functions: {
    leak: {
      "closures that share them": `${frames}
        export function compression(next: Next) {
          let frame: Frame | undefined;
          let input: Buffer | undefined;
          const flush = (): void => {
            if (input === undefined || frame === undefined) return;
            next(frame.opcode === 1 ? deflateRawSync(input) : input);
          };
          return {
            outgoing(given: Frame): void {
              frame = given; //! neverCleared
              input = given.payload; //! neverCleared
              flush();
            },
          };
        }`,
    },
    fine: {
      "handed on as arguments": `${frames}
        export function compression(next: Next) {
          const flush = ({ opcode, payload }: Frame): void => {
            next(opcode === 1 ? deflateRawSync(payload) : payload);
          };
          return { outgoing: (frame: Frame): void => flush(frame) };
        }`,
    },
  },
  "a promise chain": {
    leak: {
      "cleared by then": `${frames}
        export class Compression {
          #input: Buffer | undefined;
          outgoing(frame: Frame, deflate: (data: Buffer) => Promise<Buffer>, next: Next): Promise<void> {
            this.#input = frame.payload; //! notClearedOnThrow
            return deflate(this.#input).then((data) => {
              next(data);
              this.#input = undefined;
            });
          }
        }`,
    },
    fine: {
      "cleared by finally": `${frames}
        export class Compression {
          #input: Buffer | undefined;
          outgoing(frame: Frame, deflate: (data: Buffer) => Promise<Buffer>, next: Next): Promise<void> {
            this.#input = frame.payload;
            return deflate(this.#input)
              .then(next)
              .finally(() => {
                this.#input = undefined;
              });
          }
        }`,
    },
  },
});

const inflater = `
  class Inflater {
    #input: Uint8Array | undefined;
    setInput(bytes: Uint8Array): void { this.#input = bytes; }
    inflate(): string { return new TextDecoder().decode(this.#input); }
    reset(): void { this.#input = undefined; }
  }
`;

verdicts("no-retained-payload", "H67 what is fed with a message", {
  "a decoder that lets go when it is told to": {
    leak: {
      "a field": `${inflater}
        export class Messages {
          readonly #inflater = new Inflater();
          decode(bytes: Uint8Array): string {
            this.#inflater.setInput(bytes); //! neverCleared
            return this.#inflater.inflate();
          }
        }`,
      closures: `${inflater}
        export function messages() {
          const decoder = new Inflater();
          return (bytes: Uint8Array): string => {
            decoder.setInput(bytes); //! neverCleared
            return decoder.inflate();
          };
        }`,
      "bad data": `${inflater}
        export class Messages {
          readonly #inflater = new Inflater();
          decode(bytes: Uint8Array): unknown {
            this.#inflater.setInput(bytes); //! notClearedOnThrow
            const message: unknown = JSON.parse(this.#inflater.inflate());
            this.#inflater.reset();
            return message;
          }
        }`,
      "one branch": `${inflater}
        export class Messages {
          readonly #inflater = new Inflater();
          decode(bytes: Uint8Array, next: (text: string) => void): void {
            this.#inflater.setInput(bytes); //! notClearedOnPath
            const text = this.#inflater.inflate();
            if (text === "") return;
            this.#inflater.reset();
            next(text);
          }
        }`,
    },
    fine: {
      "reset in finally": `${inflater}
        export class Messages {
          readonly #inflater = new Inflater();
          decode(bytes: Uint8Array): string {
            this.#inflater.setInput(bytes);
            try {
              return this.#inflater.inflate();
            } finally {
              this.#inflater.reset();
            }
          }
        }`,
      "one for each call": `${inflater}
        export function decode(bytes: Uint8Array): string {
          const decoder = new Inflater();
          decoder.setInput(bytes);
          return decoder.inflate();
        }`,
      "another method goes on with it": `${inflater}
        export class Messages {
          readonly #inflater = new Inflater();
          feed(bytes: Uint8Array): void {
            this.#inflater.setInput(bytes);
          }
          next(): string {
            return this.#inflater.inflate();
          }
        }`,
    },
  },
  "a buffer that grows": {
    leak: {
      "a field": `
        import type { Socket } from "node:net";
        export class Lines {
          #rest: Buffer = Buffer.alloc(0);
          constructor(socket: Socket, private readonly deliver: (line: Buffer) => void) {
            socket.on("data", (chunk: Buffer) => this.#feed(chunk));
          }
          #feed(chunk: Buffer): void {
            this.#rest = Buffer.concat([this.#rest, chunk]); //! partsNeverCleared
            const end = this.#rest.indexOf(10);
            if (end >= 0) this.deliver(this.#rest.subarray(0, end));
          }
        }`,
      "a variable of the connection": `
        import { createServer } from "node:net";
        export const serve = (deliver: (line: string) => void) =>
          createServer((socket) => {
            let bytes: Uint8Array = new Uint8Array();
            socket.on("data", (chunk: Uint8Array) => {
              bytes = new Uint8Array([...bytes, ...chunk]); //! partsNeverCleared
              if (chunk.includes(10)) deliver(new TextDecoder().decode(bytes));
            });
          });`,
    },
    fine: {
      "what was used is cut off": `
        export class Lines {
          #rest: Buffer = Buffer.alloc(0);
          feed(chunk: Buffer, deliver: (line: Buffer) => void): void {
            this.#rest = Buffer.concat([this.#rest, chunk]);
            for (let end = this.#rest.indexOf(10); end >= 0; end = this.#rest.indexOf(10)) {
              deliver(this.#rest.subarray(0, end));
              this.#rest = this.#rest.subarray(end + 1);
            }
          }
        }`,
      "there is a limit": `
        export class Body {
          #bytes: Buffer = Buffer.alloc(0);
          feed(chunk: Buffer, check: (body: Buffer) => void): void {
            this.#bytes = Buffer.concat([this.#bytes, chunk]);
            if (this.#bytes.length > 65_536) throw new Error("too large");
            check(this.#bytes);
          }
        }`,
      "another function takes it when it is whole": `
        export class Body {
          #bytes: Buffer = Buffer.alloc(0);
          feed(chunk: Buffer): void {
            this.#bytes = Buffer.concat([this.#bytes, chunk]);
          }
          end(done: (body: Buffer) => void): void {
            done(this.#bytes);
          }
        }`,
    },
  },
});
