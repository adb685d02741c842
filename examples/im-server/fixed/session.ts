import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";

export interface Message {
  readonly id: string;
  readonly room: string;
  readonly from: string;
  readonly text: string;
}

export interface Timing {
  /** Milliseconds between two pings. */
  readonly heartbeat: number;
  /** Milliseconds between two lists of who is in the rooms. */
  readonly presence: number;
  /** Milliseconds until a message that nobody acknowledged is sent again. */
  readonly retry: number;
}

/** One user, from the handshake to the last byte. */
export class Session {
  readonly id = randomUUID();
  readonly #socket: WebSocket;
  readonly #timing: Timing;
  readonly #unacknowledged = new Map<string, Message>();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #presence: NodeJS.Timeout;
  #retry: NodeJS.Timeout | undefined;
  readonly #present: () => readonly string[];
  #alive = true;

  constructor(socket: WebSocket, timing: Timing, present: () => readonly string[]) {
    this.#socket = socket;
    this.#timing = timing;
    this.#heartbeat = setInterval(() => this.#ping(), timing.heartbeat);
    this.#present = present;
    this.#presence = setInterval(() => this.#tell(), timing.presence);
    this.#redeliver();
  }

  get waiting(): number {
    return this.#unacknowledged.size;
  }

  send(frame: object): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  deliver(message: Message): void {
    this.#unacknowledged.set(message.id, message);
    this.send({ type: "message", ...message });
  }

  acknowledge(id: string): void {
    this.#unacknowledged.delete(id);
  }

  answered(): void {
    this.#alive = true;
  }

  close(): void {
    clearInterval(this.#heartbeat);
    clearInterval(this.#presence);
    clearTimeout(this.#retry);
    this.#unacknowledged.clear();
  }

  #redeliver(): void {
    for (const message of this.#unacknowledged.values()) this.send({ type: "message", ...message });
    this.#retry = setTimeout(() => this.#redeliver(), this.#timing.retry);
  }

  #tell(): void {
    this.send({ type: "presence", users: this.#present() });
  }

  #ping(): void {
    if (!this.#alive) return this.#socket.terminate();
    this.#alive = false;
    this.#socket.ping();
  }
}
