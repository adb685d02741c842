import { type FileHandle, open } from "node:fs/promises";

async function measure(file: FileHandle): Promise<number> {
  return (await file.stat()).size;
}

export async function size(path: string): Promise<number> {
  return measure(await open(path));
}
