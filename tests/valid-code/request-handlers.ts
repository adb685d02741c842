/** An HTTP server whose handlers hold files, and whose owner can stop it. */
import { open } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

async function sendFile(path: string, response: ServerResponse): Promise<void> {
  await using file = await open(path);
  const { size } = await file.stat();
  if (size === 0) {
    response.writeHead(204).end();
    return;
  }
  const bytes = await file.readFile();
  response.writeHead(200, { "content-length": bytes.length });
  response.end(bytes);
}

async function saveBody(request: IncomingMessage, path: string): Promise<void> {
  const file = await open(path, "w");
  await pipeline(request, file.createWriteStream());
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (request.method === "PUT") {
      await saveBody(request, "upload.bin");
      response.writeHead(201).end();
    } else {
      await sendFile("upload.bin", response);
    }
  } catch (error) {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

export interface Running extends AsyncDisposable {
  readonly port: number;
}

export function start(port: number): Running {
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  try {
    server.listen(port);
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
