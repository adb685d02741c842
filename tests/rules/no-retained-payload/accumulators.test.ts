/** Lists in which a message is gathered, and that keep its parts. */
import { verdicts } from "../../support/verdicts.ts";

const zlib = `
  import { constants, createDeflateRaw, createInflateRaw } from "node:zlib";
  type Done = (error: Error | null, data?: Buffer) => void;
`;

verdicts("no-retained-payload", "H67 parts of a message stay in a list", {
  "nothing empties it": {
    leak: {
      "the output of a deflater": `${zlib}
        export class Compressor {
          private readonly deflater = createDeflateRaw();
          private readonly chunks: Buffer[] = [];
          constructor() {
            this.deflater.on("data", (chunk: Buffer) => {
              this.chunks.push(chunk); //! partsNeverCleared
            });
          }
          compress(payload: Buffer, done: (data: Buffer) => void): void {
            this.deflater.write(payload);
            this.deflater.flush(constants.Z_SYNC_FLUSH, () => {
              done(Buffer.concat(this.chunks));
            });
          }
          close(): void {
            this.deflater.close();
          }
        }`,
      "of closures": `${zlib}
        export function makeCompressor() {
          const deflater = createDeflateRaw();
          const chunks: Buffer[] = [];
          deflater.on("data", (chunk: Buffer) => {
            chunks.push(chunk); //! partsNeverCleared
          });
          return {
            compress(payload: Buffer, done: (data: Buffer) => void): void {
              deflater.write(payload);
              deflater.flush(constants.Z_SYNC_FLUSH, () => {
                done(Buffer.concat(chunks));
              });
            },
            close(): void {
              deflater.close();
            },
          };
        }`,
      "the fragments of a message": `
        export class Receiver {
          private fragments: Buffer[] = [];
          receive(data: Buffer, fin: boolean, deliver: (message: Buffer) => void): void {
            this.fragments.push(data); //! partsNeverCleared
            if (fin) deliver(Buffer.concat(this.fragments));
          }
        }`,
      "in a listener": `
        import { type WebSocket } from "undici-types";
        import { type Socket } from "node:net";
        export function attach(socket: Socket, deliver: (message: Buffer) => void): void {
          const fragments: Buffer[] = [];
          socket.on("data", (data) => {
            fragments.push(data); //! partsNeverCleared
            if (data.at(-1) === 10) deliver(Buffer.concat(fragments));
          });
        }`,
    },
    fine: {
      "one request": `
        import { type IncomingMessage } from "node:http";
        export function bodyOf(request: IncomingMessage): Promise<Buffer> {
          const chunks: Buffer[] = [];
          return new Promise((resolve, reject) => {
            request.on("data", (chunk: Buffer) => chunks.push(chunk));
            request.on("end", () => resolve(Buffer.concat(chunks)));
            request.on("error", reject);
          });
        }`,
      "one loop": `
        export async function bodyOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
          const chunks: Buffer[] = [];
          for await (const chunk of stream) chunks.push(chunk);
          return Buffer.concat(chunks);
        }`,
      "an object for one body": `
        import { type Readable } from "node:stream";
        export class Body {
          private readonly chunks: Buffer[] = [];
          constructor(stream: Readable) {
            stream.on("data", (chunk: Buffer) => this.chunks.push(chunk));
          }
          bytes(): Buffer {
            return Buffer.concat(this.chunks);
          }
        }`,
      "emptied when it is whole": `
        export class Receiver {
          private fragments: Buffer[] = [];
          receive(data: Buffer, fin: boolean, deliver: (message: Buffer) => void): void {
            this.fragments.push(data);
            if (!fin) return;
            const message = Buffer.concat(this.fragments);
            this.fragments = [];
            deliver(message);
          }
        }`,
      "its length is set to zero": `
        export class Receiver {
          private readonly fragments: Buffer[] = [];
          receive(data: Buffer, fin: boolean, deliver: (message: Buffer) => void): void {
            this.fragments.push(data);
            if (!fin) return;
            const message = Buffer.concat(this.fragments);
            this.fragments.length = 0;
            deliver(message);
          }
        }`,
      "taken out of it": `
        export class Receiver {
          private readonly fragments: Buffer[] = [];
          receive(data: Buffer, fin: boolean, deliver: (message: Buffer) => void): void {
            this.fragments.push(data);
            if (fin) deliver(Buffer.concat(this.fragments.splice(0)));
          }
        }`,
      "emptied by a helper": `
        export class Receiver {
          private fragments: Buffer[] = [];
          receive(data: Buffer, fin: boolean, deliver: (message: Buffer) => void): void {
            this.fragments.push(data);
            if (fin) deliver(this.whole());
          }
          private whole(): Buffer {
            const message = Buffer.concat(this.fragments);
            this.fragments = [];
            return message;
          }
        }`,
      "the next message empties it": `
        export class Receiver {
          private fragments: Buffer[] = [];
          begin(): void {
            this.fragments = [];
          }
          receive(data: Buffer, fin: boolean, deliver: (message: Buffer) => void): void {
            this.fragments.push(data);
            if (fin) deliver(Buffer.concat(this.fragments));
          }
        }`,
    },
  },
  "an error leaves the parts behind": {
    leak: {
      "an error of the callback": `${zlib}
        export class Decompressor {
          private readonly inflater = createInflateRaw();
          private chunks: Buffer[] = [];
          constructor() {
            this.inflater.on("data", (chunk: Buffer) => {
              this.chunks.push(chunk); //! partsNotClearedOnPath
            });
          }
          decompress(payload: Buffer, done: Done): void {
            this.inflater.write(payload, (error) => {
              if (error) {
                done(error);
                return;
              }
              const message = Buffer.concat(this.chunks);
              this.chunks = [];
              done(null, message);
            });
          }
          close(): void {
            this.inflater.close();
          }
        }`,
      "bad data": `
        export class Receiver {
          private fragments: Buffer[] = [];
          receive(data: Buffer, fin: boolean, deliver: (message: unknown) => void): void {
            this.fragments.push(data); //! partsNotClearedOnThrow
            if (!fin) return;
            const message: unknown = JSON.parse(Buffer.concat(this.fragments).toString());
            this.fragments = [];
            deliver(message);
          }
        }`,
      "a rejected await": `
        export class Receiver {
          private fragments: Buffer[] = [];
          async receive(data: Buffer, fin: boolean, deliver: (message: Buffer) => Promise<void>): Promise<void> {
            this.fragments.push(data); //! partsNotClearedOnThrow
            if (!fin) return;
            await deliver(Buffer.concat(this.fragments));
            this.fragments = [];
          }
        }`,
    },
    fine: {
      "emptied in finally": `
        export class Receiver {
          private fragments: Buffer[] = [];
          async receive(data: Buffer, fin: boolean, deliver: (message: Buffer) => Promise<void>): Promise<void> {
            this.fragments.push(data);
            if (!fin) return;
            try {
              await deliver(Buffer.concat(this.fragments));
            } finally {
              this.fragments = [];
            }
          }
        }`,
      "an error empties it too": `${zlib}
        export class Decompressor {
          private readonly inflater = createInflateRaw();
          private chunks: Buffer[] = [];
          constructor() {
            this.inflater.on("data", (chunk: Buffer) => {
              this.chunks.push(chunk);
            });
          }
          decompress(payload: Buffer, done: Done): void {
            this.inflater.write(payload, (error) => {
              const message = this.chunks.splice(0);
              if (error) {
                done(error);
                return;
              }
              done(null, Buffer.concat(message));
            });
          }
          close(): void {
            this.inflater.close();
          }
        }`,
    },
  },
});
