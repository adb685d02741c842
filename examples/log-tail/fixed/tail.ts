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

/** What was appended to a file since `start`. */
export async function readFrom(path: string, start: number): Promise<Chunk> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    if (size <= start) return { text: "", end: Math.min(size, start) };
    const { buffer } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    return { text: buffer.toString("utf8"), end: size };
  } finally {
    await file.close();
  }
}

/** The first rotated log of a folder. */
export async function firstRotated(folder: string): Promise<string | undefined> {
  for await (const entry of await opendir(folder)) {
    if (entry.isFile() && entry.name.endsWith(".log.1")) return entry.name;
  }
  return undefined;
}

/** How many lines of each level a text holds, counted off the main thread. */
export async function countLevels(text: string): Promise<ReadonlyMap<string, number>> {
  const worker = new Worker(new URL("./level-worker.js", import.meta.url));
  try {
    worker.postMessage(text);
    const [levels] = (await once(worker, "message")) as [ReadonlyMap<string, number>];
    return levels;
  } finally {
    await worker.terminate();
  }
}

/** A tail that is running. */
export interface Tail {
  stop(): void;
}

/** Ships every line appended to a file, until it is stopped. */
export function tail(path: string, shipper: Shipper): Tail {
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
  const watcher = watch(path, ship);
  const timer = setInterval(ship, 5000);
  process.on("SIGHUP", rewind);
  return {
    stop() {
      process.off("SIGHUP", rewind);
      clearInterval(timer);
      watcher.close();
    },
  };
}
