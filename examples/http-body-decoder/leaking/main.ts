import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { LinesDecoder, startOf } from "./decoder.ts";
import { BlockPool } from "./pool.ts";

const blockSize = 64 * 1024;
const pool = new BlockPool(blockSize);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const decoder = new LinesDecoder();
  const expected = Number(request.headers["content-length"] ?? 0);
  let received = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    received += part.length;
    for (let at = 0; at < part.length;) {
      const chunk = pool.chunk(part.subarray(at, at + blockSize)); // expect: no-unreleased-buffer
      console.log(startOf(chunk));
      at += decoder.offer(chunk, received === expected);
      chunk.release();
    }
  }
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ documents: decoder.documents.length, taken: pool.taken }));
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    response.writeHead(400).end(String(error));
  });
});
server.listen(Number(process.env["PORT"] ?? 8080));

process.once("SIGTERM", () => server.close());
