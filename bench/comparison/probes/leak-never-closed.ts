import { open } from "node:fs/promises";

export async function size(path: string): Promise<number> {
  const file = await open(path);
  return (await file.stat()).size;
}
