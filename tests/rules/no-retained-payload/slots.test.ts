/** A field or a shared variable that keeps the last message. */
import { verdicts } from "../../support/verdicts.ts";

const handler = `
  declare function inflate(data: Buffer): Buffer;
  declare function deliver(data: Buffer): void;
  declare function send(data: Buffer): Promise<void>;
`;

verdicts("no-retained-payload", "H67 the last message stays in a field", {
  "nothing clears it": {
    leak: {
      "a method": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data; //! neverCleared
            deliver(inflate(this.last));
          }
        }`,
      "an arrow in a field": `${handler}
        export class Connection {
          #last?: Buffer;
          readonly onMessage = (data: Buffer): void => {
            this.#last = data; //! neverCleared
            deliver(inflate(this.#last));
          };
        }`,
      "nobody ever looks": `
        export class Connection {
          private last: Uint8Array | null = null;
          receive(data: Uint8Array): number {
            this.last = data; //! neverCleared
            return data.length;
          }
        }`,
      "a part of the frame": `${handler}
        interface Frame { readonly opcode: number; readonly payload: Buffer }
        export class Connection {
          private body: Buffer | undefined;
          receive(frame: Frame): void {
            this.body = frame.payload; //! neverCleared
            deliver(this.body);
          }
        }`,
      "the frame around it": `${handler}
        interface Frame { readonly opcode: number; readonly payload: Buffer }
        export class Connection {
          private frame: Frame | undefined;
          receive(frame: Frame): void {
            this.frame = frame; //! neverCleared
            deliver(this.frame.payload);
          }
        }`,
      "both pins": `${handler}
        interface Frame { readonly opcode: number; readonly payload: Buffer }
        export class Connection {
          private frame: Frame | undefined;
          private body: Buffer | undefined;
          receive(frame: Frame): void {
            this.frame = frame; //! neverCleared
            this.body = frame.payload; //! neverCleared
            deliver(this.body);
          }
        }`,
      "filled by a helper": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.keep(data);
            this.handle();
          }
          private keep(data: Buffer): void {
            this.last = data; //! neverCleared
          }
          private handle(): void {
            if (this.last !== undefined) deliver(this.last);
          }
        }`,
      "read by a helper": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data; //! neverCleared
            this.handle();
          }
          private handle(): void {
            const { last } = this;
            if (last) deliver(last);
          }
        }`,
      "a listener": `
        import { type Socket } from "node:net";
        export class Connection {
          private last: Buffer | undefined;
          constructor(socket: Socket) {
            socket.on("data", (data) => {
              this.last = data; //! neverCleared
              this.count(this.last.length);
            });
          }
          private count(bytes: number): void {
            console.log(bytes);
          }
        }`,
      "only the end of the connection clears it": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data; //! neverCleared
            deliver(this.last);
          }
          close(): void {
            this.last = undefined;
          }
        }`,
      "a request": `
        import { type IncomingMessage, type ServerResponse } from "node:http";
        export class Server {
          private request: IncomingMessage | undefined;
          handle(request: IncomingMessage, response: ServerResponse): void {
            this.request = request; //! neverCleared
            response.end(this.request.url);
          }
        }`,
      "a response": `
        export class Loader {
          private response: Response | undefined;
          async fetchText(url: string): Promise<string> {
            this.response = await fetch(url); //! neverCleared
            return await this.response.text();
          }
        }`,
      "an event": `
        export class Channel {
          private event: MessageEvent<ArrayBuffer> | undefined;
          constructor(socket: WebSocket) {
            socket.addEventListener("message", (event: MessageEvent<ArrayBuffer>) => {
              this.event = event; //! neverCleared
              this.take(this.event.data);
            });
          }
          private take(data: ArrayBuffer): void {
            console.log(data.byteLength);
          }
        }`,
      "the parts of a message": `${handler}
        export class Connection {
          private parts: Buffer[] = [];
          onMessage(data: Buffer[]): void {
            this.parts = data; //! neverCleared
            deliver(Buffer.concat(this.parts));
          }
        }`,
    },
    fine: {
      "a local variable": `${handler}
        export class Connection {
          onMessage(data: Buffer): void {
            const last = data;
            deliver(inflate(last));
          }
        }`,
      "another method looks at it": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data;
          }
          peek(): Buffer | undefined {
            return this.last;
          }
        }`,
      "the next message is compared with it": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            if (this.last?.equals(data)) return;
            this.last = data;
            deliver(data);
          }
        }`,
      "what is left over goes before the next chunk": `${handler}
        export class Lines {
          private rest: Buffer = Buffer.alloc(0);
          write(chunk: Buffer): void {
            const all = Buffer.concat([this.rest, chunk]);
            const end = all.lastIndexOf(10) + 1;
            deliver(all.subarray(0, end));
            this.rest = all.subarray(end);
          }
        }`,
      "it is there on some turns only": `${handler}
        export class Connection {
          private head: Buffer | undefined;
          onMessage(data: Buffer, first: boolean): void {
            if (first) this.head = data;
            deliver(this.head ?? data);
          }
        }`,
      "everybody may look at it": `${handler}
        export class Connection {
          public last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data;
          }
        }`,
      "a number of it": `
        export class Connection {
          private last = 0;
          onMessage(data: Buffer): void {
            this.last = data.length;
          }
        }`,
      "what the object is made for": `${handler}
        export class Message {
          private readonly data: Buffer;
          constructor(data: Buffer) {
            this.data = data;
          }
          send(): void {
            deliver(this.data);
          }
        }`,
      "a copy of the object": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data;
            deliver(data);
          }
          snapshot(): object {
            return { ...this };
          }
        }`,
      "taken out by a pattern": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data;
            deliver(data);
          }
          show(): number {
            const { last } = this;
            return last?.length ?? 0;
          }
        }`,
      "memory to work in": `
        export class Encoder {
          private scratch = new Uint8Array(16);
          encode(text: string): number {
            this.scratch = new Uint8Array(text.length * 3);
            return new TextEncoder().encodeInto(text, this.scratch).written;
          }
        }`,
      "another operation clears it": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data;
            deliver(this.last);
          }
          onFlushed(): void {
            this.last = undefined;
          }
        }`,
    },
  },
  "how long the holder lives": {
    leak: {
      "a field that no other file names": `${handler}
        export class Connection {
          lastFrameOfTheConnection: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.lastFrameOfTheConnection = data; //! neverCleared
            deliver(inflate(this.lastFrameOfTheConnection));
          }
        }`,
      "an object of the module": `${handler}
        class Decoder {
          private input: Buffer | undefined;
          decode(data: Buffer): number {
            this.input = data; //! neverCleared
            return this.length();
          }
          private length(): number {
            return this.input?.length ?? 0;
          }
        }
        const decoder = new Decoder();
        export const decode = (data: Buffer): number => decoder.decode(data);`,
      "one for each connection": `
        import { createServer, type Socket } from "node:net";
        class Connection {
          private last: Buffer | undefined;
          receive(data: Buffer): number {
            this.last = data; //! neverCleared
            return this.last.length;
          }
        }
        export const server = createServer((socket: Socket) => {
          const connection = new Connection();
          socket.on("data", (data) => console.log(connection.receive(data)));
        });`,
    },
    fine: {
      "one for each call": `${handler}
        class Decoder {
          private input: Buffer | undefined;
          decode(data: Buffer): number {
            this.input = data;
            return this.length();
          }
          private length(): number {
            return this.input?.length ?? 0;
          }
        }
        export const decode = (data: Buffer): number => new Decoder().decode(data);`,
      "one for each request": `
        import { type IncomingMessage, type ServerResponse } from "node:http";
        class Handler {
          private request: IncomingMessage | undefined;
          handle(request: IncomingMessage): string {
            this.request = request;
            return this.path();
          }
          private path(): string {
            return this.request?.url ?? "/";
          }
        }
        export function serve(request: IncomingMessage, response: ServerResponse): void {
          const handler = new Handler();
          response.end(handler.handle(request));
        }`,
    },
  },
  "it is cleared": {
    fine: {
      "in finally": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data;
            try {
              deliver(inflate(this.last));
            } finally {
              this.last = undefined;
            }
          }
        }`,
      "in finally, after an await": `${handler}
        export class Connection {
          private last: Buffer | null = null;
          async onMessage(data: Buffer): Promise<void> {
            this.last = data;
            try {
              await send(this.last);
            } finally {
              this.last = null;
            }
          }
        }`,
      "by finally of a chain": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): Promise<void> {
            this.last = data;
            return send(this.last).finally(() => {
              this.last = undefined;
            });
          }
        }`,
      "by a helper in finally": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          async onMessage(data: Buffer): Promise<void> {
            this.last = data;
            try {
              await send(this.last);
            } finally {
              this.reset();
            }
          }
          private reset(): void {
            this.last = undefined;
          }
        }`,
      "with an empty buffer": `${handler}
        const EMPTY = Buffer.alloc(0);
        export class Connection {
          private last = EMPTY;
          async onMessage(data: Buffer): Promise<void> {
            this.last = data;
            try {
              await send(this.last);
            } finally {
              this.last = EMPTY;
            }
          }
        }`,
      deleted: `${handler}
        export class Connection {
          private last?: Buffer;
          async onMessage(data: Buffer): Promise<void> {
            this.last = data;
            try {
              await send(this.last);
            } finally {
              delete this.last;
            }
          }
        }`,
      "if it is still there": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          async onMessage(data: Buffer): Promise<void> {
            this.last = data;
            try {
              await send(this.last);
            } finally {
              if (this.last !== undefined) this.last = undefined;
            }
          }
        }`,
      "if it is still this one": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          async onMessage(data: Buffer): Promise<void> {
            this.last = data;
            try {
              await send(data);
            } finally {
              if (this.last === data) this.last = undefined;
            }
          }
        }`,
    },
  },
  "it is cleared where a callback says that it was handled": {
    quiet: {
      "in a callback": `
        import { type InflateRaw } from "node:zlib";
        export class Connection {
          private last: Buffer | undefined;
          constructor(private readonly inflater: InflateRaw) {}
          onMessage(data: Buffer, done: () => void): void {
            this.last = data;
            this.inflater.write(this.last);
            this.inflater.flush(() => {
              this.last = undefined;
              done();
            });
          }
        }`,
    },
  },
  "some exit does not clear it": {
    leak: {
      "an early return": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data; //! notClearedOnPath
            if (this.last.length === 0) return;
            deliver(this.last);
            this.last = undefined;
          }
        }`,
      "a branch": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer, fin: boolean): void {
            this.last = data; //! notClearedOnPath
            deliver(this.last);
            if (fin) this.last = undefined;
          }
        }`,
      "a rejected await": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          async onMessage(data: Buffer): Promise<void> {
            this.last = data; //! notClearedOnThrow
            await send(this.last);
            this.last = undefined;
          }
        }`,
      "a chain that rejects": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): Promise<void> {
            this.last = data; //! notClearedOnThrow
            return send(this.last).then(() => {
              this.last = undefined;
            });
          }
        }`,
      "bad data": `
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): unknown {
            this.last = data; //! notClearedOnThrow
            const value: unknown = JSON.parse(this.last.toString());
            this.last = undefined;
            return value;
          }
        }`,
      "a throw": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data; //! notClearedOnThrow
            if (this.last.length > 1000) throw new Error("too large");
            this.last = undefined;
          }
        }`,
      "a catch that goes on": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data; //! notClearedOnThrow
            try {
              deliver(inflate(this.last));
              this.last = undefined;
            } catch (error) {
              console.error(error);
            }
          }
        }`,
      "an error in the callback": `
        import { type InflateRaw } from "node:zlib";
        export class Connection {
          private last: Buffer | undefined;
          constructor(private readonly inflater: InflateRaw) {}
          onMessage(data: Buffer, done: (error?: Error) => void): void {
            this.last = data; //! notClearedOnPath
            this.inflater.write(this.last, (error) => {
              if (error) {
                done(error);
                return;
              }
              this.last = undefined;
              done();
            });
          }
        }`,
      "a helper that clears on one path": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data; //! notClearedOnPath
            this.handle();
          }
          private handle(): void {
            if (this.last === undefined || this.last.length === 0) return;
            deliver(this.last);
            this.last = undefined;
          }
        }`,
    },
    strict: {
      "an ordinary call": `${handler}
        export class Connection {
          private last: Buffer | undefined;
          onMessage(data: Buffer): void {
            this.last = data; //! notClearedOnThrow
            deliver(this.last);
            this.last = undefined;
          }
        }`,
    },
  },
});

verdicts("no-retained-payload", "H67 the last message stays in a variable", {
  "functions share it": {
    leak: {
      "a listener": `
        import { type Socket } from "node:net";
        declare function handle(data: Buffer): void;
        export function attach(socket: Socket): void {
          let last: Buffer | undefined;
          socket.on("data", (data) => {
            last = data; //! neverCleared
            handle(last);
          });
        }`,
      "a returned function": `
        declare function handle(data: Buffer): number;
        export function makeReader(): (data: Buffer) => number {
          let last: Buffer | undefined;
          return (data) => {
            last = data; //! neverCleared
            return handle(last);
          };
        }`,
      "a variable of the module": `
        declare function handle(data: Uint8Array): Promise<void>;
        let current: Uint8Array | undefined;
        export async function receive(data: Uint8Array): Promise<void> {
          current = data; //! notClearedOnThrow
          await handle(current);
          current = undefined;
        }`,
      "a method of a returned object": `
        declare function handle(data: Buffer): void;
        export function makeConnection() {
          let last: Buffer | undefined;
          return {
            receive(data: Buffer): void {
              last = data; //! neverCleared
              handle(last);
            },
            close(): void {
              last = undefined;
            },
          };
        }`,
    },
    fine: {
      cleared: `
        declare function handle(data: Uint8Array): Promise<void>;
        let current: Uint8Array | undefined;
        export async function receive(data: Uint8Array): Promise<void> {
          current = data;
          try {
            await handle(current);
          } finally {
            current = undefined;
          }
        }`,
      "the function around it looks": `
        import { once } from "node:events";
        import { type Socket } from "node:net";
        export async function lastOf(socket: Socket): Promise<Buffer | undefined> {
          let last: Buffer | undefined;
          socket.on("data", (data) => {
            last = data;
          });
          await once(socket, "end");
          return last;
        }`,
      exported: `
        export let current: Uint8Array | undefined;
        export function receive(data: Uint8Array): void {
          current = data;
        }`,
      once: `
        import { type Socket } from "node:net";
        export function attach(socket: Socket): void {
          let first: Buffer | undefined;
          socket.once("data", (data) => {
            first = data;
            console.log(first.length);
          });
        }`,
    },
  },
});
