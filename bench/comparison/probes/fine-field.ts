import { Worker } from "node:worker_threads";

export class Pool implements AsyncDisposable {
  private readonly worker = new Worker("./worker.js");

  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker.terminate();
  }
}
