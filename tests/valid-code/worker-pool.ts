/** Threads that one owner starts, uses in turn and ends together. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";

export class WorkerPool implements AsyncDisposable {
  readonly #workers: Worker[] = [];
  #next = 0;

  constructor(file: URL, size: number) {
    try {
      for (let i = 0; i < size; i++) this.#workers.push(new Worker(file));
    } catch (error) {
      for (const worker of this.#workers) void worker.terminate();
      throw error;
    }
  }

  async run(message: unknown): Promise<unknown> {
    const worker = this.#workers[this.#next++ % this.#workers.length];
    if (worker === undefined) throw new Error("the pool is empty");
    worker.postMessage(message);
    const [result] = (await once(worker, "message")) as unknown[];
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#workers.map((worker) => worker.terminate()));
    this.#workers.length = 0;
  }
}

export async function runAll(file: URL, messages: readonly unknown[]): Promise<unknown[]> {
  await using pool = new WorkerPool(file, 4);
  const results: unknown[] = [];
  for (const message of messages) results.push(await pool.run(message));
  return results;
}

export async function runOnce(file: URL): Promise<void> {
  const worker = new Worker(file);
  await once(worker, "exit");
}
