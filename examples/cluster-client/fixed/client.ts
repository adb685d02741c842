import { setTimeout as sleep } from "node:timers/promises";
import { connect, type NatsConnection } from "nats";

export interface ClusterOptions {
  /** Where the nodes of the cluster listen. */
  readonly servers: readonly string[];
  /** How often to try before giving up. */
  readonly attempts: number;
  /** How long one attempt may take, in milliseconds. */
  readonly patience: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Waits for a connection, but not for ever. One that comes too late is closed.
 *
 * @throws when the time is up, and when the connection fails
 */
async function within(pending: Promise<NatsConnection>, ms: number): Promise<NatsConnection> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([pending, expired]);
  } catch (error) {
    pending.then(
      (late) => late.close(),
      () => undefined,
    );
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A connection to a cluster, opened with retries. */
export class ClusterClient {
  readonly #options: ClusterOptions;
  #connection: NatsConnection | undefined;

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  async connect(): Promise<void> {
    const { attempts, patience, servers } = this.#options;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      try {
        this.#connection = await within(connect({ servers: [...servers] }), patience);
        return;
      } catch (error) {
        console.warn(`attempt ${attempt}: ${String(error)}`);
        await sleep(attempt * 500);
      }
    }
    throw new Error(`no connection after ${attempts} attempts`);
  }

  async ask(subject: string, question: string): Promise<string> {
    if (this.#connection === undefined) throw new Error("not connected");
    const { data } = await this.#connection.request(subject, encoder.encode(question));
    return decoder.decode(data);
  }

  async close(): Promise<void> {
    await this.#connection?.close();
  }
}

/** Whether the monitor of a node answers. */
export async function isHealthy(monitor: string, ms: number): Promise<boolean> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  try {
    const response = await fetch(`${monitor}/healthz`, { signal: controller.signal });
    await response.arrayBuffer();
    return response.ok;
  } finally {
    clearTimeout(timer);
  }
}

/** The version that a node runs, unless it takes too long to say so. */
export async function versionOf(monitor: string, ms: number): Promise<string | undefined> {
  try {
    const response = await fetch(`${monitor}/varz`, { signal: AbortSignal.timeout(ms) });
    const { version } = (await response.json()) as { version: string };
    return version;
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") return undefined;
    throw error;
  }
}
