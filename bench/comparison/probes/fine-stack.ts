import { open } from "node:fs/promises";

export async function copy(from: string, to: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const source = stack.use(await open(from));
  const target = stack.use(await open(to, "w"));
  await target.writeFile(await source.readFile());
}
