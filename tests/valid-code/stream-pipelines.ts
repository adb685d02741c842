/** Streams that close themselves, that a pipeline closes, or that hold memory only. */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Readable, Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

function upperCase(): Transform {
  return new Transform({
    transform(chunk, _encoding, done) {
      done(null, String(chunk).toUpperCase());
    },
  });
}

export async function copyUpperCase(from: string, sink: Writable): Promise<void> {
  const transform = upperCase();
  await pipeline(createReadStream(from), transform, sink);
}

export async function writeLines(lines: Iterable<string>, to: string): Promise<void> {
  await pipeline(Readable.from(lines), createWriteStream(to));
}

export async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

export async function firstChunk(path: string): Promise<Buffer | undefined> {
  for await (const chunk of createReadStream(path)) return chunk as Buffer;
  return undefined;
}
