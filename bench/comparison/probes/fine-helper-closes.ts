import { type FileHandle, open } from "node:fs/promises";

async function finish(file: FileHandle): Promise<void> {
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function touch(path: string): Promise<void> {
  const file = await open(path, "a");
  await finish(file);
}
