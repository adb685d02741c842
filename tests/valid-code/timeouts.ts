/** Races against time that stop the loser, and tasks that can be stopped. */
import { setTimeout as delay } from "node:timers/promises";

export async function withTimeout<T>(
  task: (signal: AbortSignal) => Promise<T>,
  ms: number,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`timed out after ${ms} ms`)), ms);
  try {
    return await task(controller.signal);
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

export class Poller {
  readonly #poll: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;

  constructor(poll: () => Promise<void>) {
    this.#poll = poll;
  }

  start(every: number): void {
    this.stop();
    this.#timer = setInterval(() => void this.#poll(), every);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

export async function pollUntilAborted(
  poll: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await poll();
    await delay(1000, undefined, { signal });
  }
}
