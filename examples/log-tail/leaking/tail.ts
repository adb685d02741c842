import { once } from "node:events";
import { watch } from "node:fs";
import { open, opendir } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import type { Shipper } from "./shipper.ts";

export interface Chunk {
  readonly text: string;
  /** Where the next chunk starts. */
  readonly end: number;
}

/** What was appended to a file since `start`. A file that did not grow stays open. */
export async function readFrom(path: string, start: number): Promise<Chunk> {
  const file = await open(path, "r"); // expect: no-unclosed-disposable
  const { size } = await file.stat();
  if (size <= start) return { text: "", end: Math.min(size, start) };
  const { buffer } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  await file.close();
  return { text: buffer.toString("utf8"), end: size };
}

/** The first rotated log of a folder. */
export async function firstRotated(folder: string): Promise<string | undefined> {
  const directory = await opendir(folder); // expect: no-unclosed-disposable
  let entry = await directory.read();
  while (entry !== null) {
    if (entry.isFile() && entry.name.endsWith(".log.1")) return entry.name;
    entry = await directory.read();
  }
  await directory.close();
  return undefined;
}

/** How many lines of each level a text holds, counted off the main thread. */
export async function countLevels(text: string): Promise<ReadonlyMap<string, number>> {
  const worker = new Worker(new URL("./level-worker.js", import.meta.url)); // expect: no-unclosed-disposable
  worker.postMessage(text);
  const [levels] = (await once(worker, "message")) as [ReadonlyMap<string, number>];
  return levels;
}

/** Ships every line appended to a file. Nothing can end it: a file that is tailed twice is sent twice. */
export function tail(path: string, shipper: Shipper): void {
  let end = 0;
  const poll = async (): Promise<void> => {
    const chunk = await readFrom(path, end);
    end = chunk.end;
    for (const line of chunk.text.split("\n")) if (line !== "") shipper.add(line);
  };
  const ship = (): void => {
    poll().catch(console.error);
  };
  const rewind = (): void => {
    end = 0;
  };
  watch(path, ship); // expect: no-unclosed-disposable
  setInterval(ship, 5000);
  process.on("SIGHUP", rewind);
}
