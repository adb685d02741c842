import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "./session.ts";

/** The last messages, so that somebody who joins can read on, and the statistics about them. */
export class History {
  readonly #messages = new Map<string, Message>(); // expect: no-unbounded-collection
  #busiest = 0;

  constructor(every: number) {
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
  }

  of(room: string): readonly Message[] {
    return [...this.#messages.values()].filter((one) => one.room === room);
  }

  close(): void {
    this.#busiest = 0;
  }

  async #measure(every: number): Promise<void> {
    for (;;) await this.#count(every); // expect: no-unstoppable-task
  }

  async #count(every: number): Promise<void> {
    await sleep(every);
    const rooms = new Map<string, number>();
    for (const { room } of this.#messages.values()) rooms.set(room, (rooms.get(room) ?? 0) + 1);
    this.#busiest = Math.max(0, ...rooms.values());
  }
}
