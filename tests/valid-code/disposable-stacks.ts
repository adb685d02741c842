/** Stacks that collect releases, are disposed, or move to the next owner. */
import { closeSync, openSync } from "node:fs";
import { LogFile } from "./log-file.ts";

export class Journal implements Disposable {
  readonly #stack: DisposableStack;
  readonly #files: readonly LogFile[];

  constructor(paths: readonly string[]) {
    using stack = new DisposableStack();
    this.#files = paths.map((path) => stack.use(new LogFile(path)));
    this.#stack = stack.move();
  }

  write(text: string): void {
    for (const file of this.#files) file.write(text);
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }
}

export function descriptors(paths: readonly string[]): { fds: number[]; close: () => void } {
  using stack = new DisposableStack();
  const fds = paths.map((path) => stack.adopt(openSync(path, "r"), (fd) => closeSync(fd)));
  const owned = stack.move();
  return { fds, close: () => owned.dispose() };
}

export async function report(path: string, send: (text: string) => Promise<void>): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const file = stack.use(new LogFile(path));
  stack.defer(async () => {
    await send("finished");
  });
  await send(file.read());
}

export function mirror(first: string, second: string): Disposable {
  const stack = new DisposableStack();
  try {
    stack.use(new LogFile(first)).write("mirror");
    stack.use(new LogFile(second)).write("mirror");
  } catch (error) {
    stack.dispose();
    throw error;
  }
  return stack;
}
