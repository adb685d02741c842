/** Copying by hand: two handles, a retry loop, and a result that decides who closes. */
import { open, rm, type FileHandle } from "node:fs/promises";

async function copyOnce(from: string, to: string, buffer: Buffer): Promise<number> {
  await using source = await open(from, "r");
  await using target = await open(to, "w");
  let total = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, buffer.length, total);
    if (bytesRead === 0) return total;
    await target.write(buffer, 0, bytesRead, total);
    total += bytesRead;
  }
}

export async function copyWithRetries(from: string, to: string, retries: number): Promise<number> {
  const buffer = Buffer.alloc(64 * 1024);
  let failure: unknown;
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      return await copyOnce(from, to, buffer);
    } catch (error) {
      failure = error;
      await rm(to, { force: true });
    }
  }
  throw failure;
}

/** Opens the first path that exists; the caller closes. */
export async function openFirst(paths: readonly string[]): Promise<FileHandle | undefined> {
  for (const path of paths) {
    const file = await open(path).catch(() => undefined);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** Hands over a file only after its header was checked. */
export async function openChecked(path: string, magic: Buffer): Promise<FileHandle> {
  const file = await open(path);
  try {
    const header = Buffer.alloc(magic.length);
    await file.read(header, 0, header.length, 0);
    if (!header.equals(magic)) throw new Error(`${path} is of another format`);
  } catch (error) {
    await file.close();
    throw error;
  }
  return file;
}

export async function sizes(paths: readonly string[]): Promise<number[]> {
  const found = await openFirst(paths);
  if (!found) return [];
  await using file = found;
  return [(await file.stat()).size];
}
