/** A small view that keeps a large message. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("no-retained-payload", "H68 a small part of a message is kept", {
  "as a view": {
    strict: {
      "subarray in a field": `
        export class Session {
          private token: Buffer | undefined;
          login(packet: Buffer): void {
            this.token = packet.subarray(4, 20); //! viewKept
          }
          get current(): Buffer | undefined {
            return this.token;
          }
        }`,
      "slice of a Buffer": `
        export class Session {
          private token: Buffer | undefined;
          login(packet: Buffer): void {
            this.token = packet.slice(4, 20); //! viewKept
          }
          get current(): Buffer | undefined {
            return this.token;
          }
        }`,
      "in a map": `
        const tokens = new Map<number, Uint8Array>();
        export function login(id: number, packet: Uint8Array): void {
          tokens.set(id, packet.subarray(4, 20)); //! viewKept
        }
        export function logout(id: number): boolean {
          return tokens.delete(id);
        }`,
      "in an array": `
        export class Names {
          private readonly names: Uint8Array[] = [];
          read(packet: Uint8Array, length: number): void {
            this.names.push(packet.subarray(1, 1 + length)); //! viewKept
          }
          take(): Uint8Array | undefined {
            return this.names.shift();
          }
        }`,
      "a typed array over its memory": `
        export class Session {
          private key: Uint8Array | undefined;
          login(packet: Uint8Array): void {
            this.key = new Uint8Array(packet.buffer, packet.byteOffset, 16); //! viewKept
          }
          get current(): Uint8Array | undefined {
            return this.key;
          }
        }`,
      "a DataView": `
        export class Session {
          private head: DataView | undefined;
          read(packet: ArrayBuffer): void {
            this.head = new DataView(packet, 0, 8); //! viewKept
          }
          size(): number {
            return this.head?.getUint32(0) ?? 0;
          }
        }`,
      "a Buffer over its memory": `
        export class Session {
          private token: Buffer | undefined;
          login(packet: ArrayBuffer): void {
            this.token = Buffer.from(packet, 4, 16); //! viewKept
          }
          get current(): Buffer | undefined {
            return this.token;
          }
        }`,
      "a part of an event": `
        export class Channel {
          private key: Uint8Array | undefined;
          receive(event: MessageEvent<Uint8Array>): void {
            this.key = event.data.subarray(0, 16); //! viewKept
          }
          get current(): Uint8Array | undefined {
            return this.key;
          }
        }`,
    },
    fine: {
      "copied by Buffer.from": `
        export class Session {
          private token: Buffer | undefined;
          login(packet: Buffer): void {
            this.token = Buffer.from(packet.subarray(4, 20));
          }
          get current(): Buffer | undefined {
            return this.token;
          }
        }`,
      "copied by slice": `
        export class Session {
          private token: Uint8Array | undefined;
          login(packet: Uint8Array): void {
            this.token = packet.slice(4, 20);
          }
          get current(): Uint8Array | undefined {
            return this.token;
          }
        }`,
      "an own method called slice": `
        class Text {
          constructor(readonly text: string) {}
          slice(start: number, end: number): Text {
            return new Text(this.text.slice(start, end));
          }
        }
        export class Session {
          private token: Text | undefined;
          login(packet: Text): void {
            this.token = packet.slice(4, 20);
          }
          get current(): Text | undefined {
            return this.token;
          }
        }`,
      "used in the call alone": `
        export function tokenOf(packet: Buffer): string {
          const token = packet.subarray(4, 20);
          return token.toString("hex");
        }`,
      "the whole of it": `
        export class Session {
          private packet: Buffer | undefined;
          login(packet: Buffer): void {
            this.packet = packet.subarray(0, packet.length);
          }
          get current(): Buffer | undefined {
            return this.packet;
          }
        }`,
      "what is left over": `
        export class Lines {
          private rest: Buffer = Buffer.alloc(0);
          write(chunk: Buffer): number {
            const all = Buffer.concat([this.rest, chunk]);
            const end = all.lastIndexOf(10) + 1;
            this.rest = all.subarray(end);
            return end;
          }
        }`,
      "a part of what belongs to the object": `
        export class Ring {
          private readonly memory = new Uint8Array(1024);
          private window = this.memory.subarray(0, 16);
          move(start: number): number {
            this.window = this.memory.subarray(start, start + 16);
            return this.window.length;
          }
        }`,
      "what the object is made for": `
        export class Packet {
          private readonly body: Buffer;
          constructor(packet: Buffer) {
            this.body = packet.subarray(4, 20);
          }
          text(): string {
            return this.body.toString();
          }
        }`,
    },
  },
});
