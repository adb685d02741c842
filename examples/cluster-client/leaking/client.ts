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

function expire(ms: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
}

/**
 * A connection to a cluster, opened with retries.
 *
 * An attempt that takes too long is given up. The connection that it asked for is not: it comes up a
 * little later, and nobody knows it. When the network is slow, every retry leaves one more behind.
 */
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
        this.#connection = await Promise.race([
          connect({ servers: [...servers] }), // expect: require-cancel-on-timeout
          expire(patience), // expect: no-dangling-timeout
        ]);
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

/** Whether the monitor of a node answers. On a broken network the timer outlives every question. */
export async function isHealthy(monitor: string, ms: number): Promise<boolean> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms); // expect: no-dangling-timeout
  const response = await fetch(`${monitor}/healthz`, { signal: controller.signal });
  await response.arrayBuffer();
  clearTimeout(timer);
  return response.ok;
}

/** The version that a node runs. When time is up, the request goes on. */
export async function versionOf(monitor: string, ms: number): Promise<string | undefined> {
  const response = await Promise.race([
    fetch(`${monitor}/varz`), // expect: require-cancel-on-timeout
    sleep(ms), // expect: no-dangling-timeout
  ]);
  if (response === undefined) return undefined;
  const { version } = (await response.json()) as { version: string };
  return version;
}
