import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { acceptsKey, PushGateway, type Push, type Tenant } from "./gateway.ts";

interface PushRequest {
  readonly tenant: Tenant;
  readonly push: Push;
}

const gateway = new PushGateway();

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { tenant, push } = JSON.parse(await text(request)) as PushRequest;
  if (request.url === "/tenants") {
    response.writeHead((await acceptsKey(tenant)) ? 204 : 422).end();
    return;
  }
  const delivery = await gateway.push(tenant, push);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(delivery));
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(Number(process.env["PORT"] ?? 8080));

process.once("SIGTERM", () => {
  server.close();
  gateway.close().catch(console.error);
});
