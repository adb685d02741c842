import { closeSync, fsyncSync } from "node:fs";

/** Writes what is pending, and closes. */
export function finish(descriptor: number): void {
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
