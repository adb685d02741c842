import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "./session.ts";

/** The last messages, so that somebody who joins can read on, and the statistics about them. */
export class History {
  readonly #messages = new Map<string, Message>();
  readonly #limit: number;
  readonly #stop = new AbortController();
  #busiest = 0;

  constructor(limit: number, every: number) {
    this.#limit = limit;
    void this.#measure(every);
  }

  get size(): number {
    return this.#messages.size;
  }

  get busiest(): number {
    return this.#busiest;
  }

  add(message: Message): void {
    this.#messages.set(message.id, message);
    for (const id of this.#messages.keys()) {
      if (this.#messages.size <= this.#limit) break;
      this.#messages.delete(id);
    }
  }

  of(room: string): readonly Message[] {
    return [...this.#messages.values()].filter((one) => one.room === room);
  }

  close(): void {
    this.#stop.abort();
    this.#messages.clear();
  }

  async #measure(every: number): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await sleep(every, undefined, { signal }).catch(() => undefined);
      const rooms = new Map<string, number>();
      for (const { room } of this.#messages.values()) rooms.set(room, (rooms.get(room) ?? 0) + 1);
      this.#busiest = Math.max(0, ...rooms.values());
    }
  }
}
