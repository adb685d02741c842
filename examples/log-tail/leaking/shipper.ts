import { once } from "node:events";
import { connect } from "node:net";

/** Where the collector listens. */
export const collector = {
  host: process.env["COLLECTOR_HOST"] ?? "127.0.0.1",
  port: Number(process.env["COLLECTOR_PORT"] ?? 5170),
};

/** Sends lines to the collector, a bundle every second. */
export class Shipper {
  readonly #socket = connect(collector); // expect: no-undisposed-field
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

  /** The timer stops, and the connection keeps the process alive. */
  close(): void {
    clearInterval(this.#timer);
    this.flush();
  }
}

/** Asks the collector for its version. Every call leaves a connection behind. */
export async function collectorVersion(): Promise<string> {
  const socket = connect(collector); // expect: no-unclosed-disposable
  await once(socket, "connect");
  socket.write("version\n");
  const [answer] = (await once(socket, "data")) as [Buffer];
  return answer.toString("utf8").trim();
}

/** Whether the collector's status page answers. The timer runs on for ten seconds afterwards. */
export async function collectorAnswers(): Promise<boolean> {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 10_000); // expect: no-dangling-timeout
  const response = await fetch(`http://${collector.host}/status`, { signal: controller.signal });
  await response.arrayBuffer();
  return response.ok;
}
