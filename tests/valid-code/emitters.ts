/** Listeners that are removed by whoever added them, and waiting for events with a signal. */
import { type EventEmitter, on, once } from "node:events";

export class Session {
  readonly #bus: EventEmitter;
  readonly #onMessage = (text: string): void => {
    this.received += text.length;
  };
  received = 0;

  constructor(bus: EventEmitter) {
    this.#bus = bus;
    this.#bus.on("message", this.#onMessage);
  }

  close(): void {
    this.#bus.off("message", this.#onMessage);
  }
}

export function subscribe(bus: EventEmitter, listener: (text: string) => void): () => void {
  bus.on("message", listener);
  return () => bus.off("message", listener);
}

export async function firstMessage(bus: EventEmitter, ms: number): Promise<unknown> {
  const [message] = (await once(bus, "message", { signal: AbortSignal.timeout(ms) })) as unknown[];
  return message;
}

export async function collect(
  bus: EventEmitter,
  limit: number,
  signal: AbortSignal,
): Promise<string[]> {
  const texts: string[] = [];
  for await (const [text] of on(bus, "message", { signal })) {
    texts.push(String(text));
    if (texts.length >= limit) break;
  }
  return texts;
}

export function withSession<T>(bus: EventEmitter, task: (session: Session) => T): T {
  const session = new Session(bus);
  try {
    return task(session);
  } finally {
    session.close();
  }
}
