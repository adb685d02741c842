import { closeSync, openSync, readSync } from "node:fs";

export function firstByte(path: string): number | undefined {
  const descriptor = openSync(path, "r");
  const buffer = Buffer.alloc(1);
  if (readSync(descriptor, buffer) === 0) return undefined;
  closeSync(descriptor);
  return buffer[0];
}
