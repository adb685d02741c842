import { createServer } from "node:http";

/** Knows nothing of the other packages. */
export async function serve(port: number, until: Promise<void>): Promise<void> {
  const server = createServer((_, response) => response.end("hello"));
  server.listen(port);
  try {
    await until;
  } finally {
    server.close();
  }
}
