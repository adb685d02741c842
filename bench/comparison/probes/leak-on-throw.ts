import { open } from "node:fs/promises";

export async function readSettings(path: string): Promise<unknown> {
  const file = await open(path);
  const settings: unknown = JSON.parse(await file.readFile("utf8"));
  await file.close();
  return settings;
}
