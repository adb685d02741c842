import { Worker } from "node:worker_threads";

export class Pool {
  private readonly worker = new Worker("./worker.js");

  send(job: string): void {
    this.worker.postMessage(job);
  }
}
