import { once } from "node:events";
import { connect } from "node:net";

/** Where the collector listens. */
export const collector = {
  host: process.env["COLLECTOR_HOST"] ?? "127.0.0.1",
  port: Number(process.env["COLLECTOR_PORT"] ?? 5170),
};

/** Sends lines to the collector, a bundle every second. */
export class Shipper {
  readonly #socket = connect(collector);
  readonly #timer = setInterval(() => this.flush(), 1000);
  #pending: string[] = [];

  constructor() {
    this.#socket.on("error", (error) => console.error(`collector: ${error.message}`));
  }

  add(line: string): void {
    this.#pending.push(line);
  }

  flush(): void {
    const lines = this.#pending.splice(0);
    if (lines.length > 0) this.#socket.write(`${lines.join("\n")}\n`);
  }

  /** Sends what is left and hangs up. */
  close(): void {
    clearInterval(this.#timer);
    const lines = this.#pending.splice(0);
    this.#socket.end(lines.map((line) => `${line}\n`).join(""));
  }
}

/** Asks the collector for its version. */
export async function collectorVersion(): Promise<string> {
  const socket = connect(collector);
  try {
    await once(socket, "connect");
    socket.write("version\n");
    const [answer] = (await once(socket, "data")) as [Buffer];
    return answer.toString("utf8").trim();
  } finally {
    socket.destroy();
  }
}

/** Whether the collector's status page answers. */
export async function collectorAnswers(): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000);
  const response = await fetch(`http://${collector.host}/status`, { signal });
  await response.arrayBuffer();
  return response.ok;
}
