/** Generators that hold a resource: whoever iterates to the end, or leaves early, releases it. */
import { open } from "node:fs/promises";
import { LogFile } from "./log-file.ts";

export function* numbered(path: string): Generator<string> {
  using file = new LogFile(path);
  let number = 0;
  for (const line of file.read().split("\n")) yield `${++number}: ${line}`;
}

export async function* chunks(path: string, size: number): AsyncGenerator<Buffer> {
  await using file = await open(path);
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(size));
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

export function* both(first: string, second: string): Generator<string> {
  yield* numbered(first);
  yield* numbered(second);
}

export function head(path: string, count: number): string[] {
  const lines: string[] = [];
  for (const line of numbered(path)) {
    if (lines.length === count) break;
    lines.push(line);
  }
  return lines;
}

export function firstTwo(path: string): string[] {
  const [first, second] = numbered(path);
  return [first, second].filter((line) => line !== undefined);
}

export async function total(path: string): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks(path, 1024)) bytes += chunk.length;
  return bytes;
}

export function ids(): () => number | undefined {
  const counter = new Map([[1, "one"]]).keys();
  return () => counter.next().value;
}
