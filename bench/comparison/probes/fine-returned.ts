import { type FileHandle, open } from "node:fs/promises";

export async function openLog(path: string): Promise<FileHandle> {
  const file = await open(path, "a");
  return file;
}
