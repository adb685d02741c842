/** HTTP clients and server frameworks. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "undici.Dispatcher": {
    imports: 'import { Agent } from "undici";',
    acquire: "const x = new Agent()",
    use: "console.log(x.closed)",
    release: "await x.close()",
  },
  "undici.body": {
    imports: 'import { request } from "undici";',
    acquire: 'const { body: x } = await request("http://a")',
    use: "console.log(x.readable)",
    release: "await x.dump()",
    automatic: "await x.json()",
  },
  "undici.socket": {
    imports: 'import { connect } from "undici";',
    acquire: 'const { socket: x } = await connect("http://a")',
    use: 'x.write("a")',
    release: "x.destroy()",
    automatic: [
      'x.once("close", () => undefined)',
      "for await (const part of x) console.log(part)",
    ],
  },
  "undici.WebSocket": {
    imports: 'import { WebSocket } from "undici";',
    acquire: 'const x = new WebSocket("ws://a")',
    use: 'x.send("a")',
    release: "x.close()",
    automatic: 'x.addEventListener("close", () => undefined)',
  },
  "express.Server": {
    imports: 'import express from "express";',
    acquire: "const x = express().listen(1)",
    use: "x.address()",
    release: "x.close()",
    notReleased: "x.unref()",
  },
  "koa.Server": {
    imports: 'import Koa from "koa";',
    acquire: "const x = new Koa().listen(1)",
    use: "x.address()",
    release: "x.close()",
    notReleased: "x.unref()",
  },
  "fastify.FastifyInstance": {
    imports: 'import { fastify } from "fastify";',
    acquire: "const x = fastify()",
    use: "await x.listen({ port: 1 })",
    release: "await x.close()",
  },
};

packageKinds(rule, "http", kinds);

packageKinds(
  rule,
  "http",
  {
    "undici.Dispatcher": kinds["undici.Dispatcher"],
    "undici.body": kinds["undici.body"],
    "undici.socket": kinds["undici.socket"],
    "undici.WebSocket": kinds["undici.WebSocket"],
  },
  { versions: { undici: "undici-older" } },
);

packageKinds(
  rule,
  "http",
  {
    "undici.Dispatcher": kinds["undici.Dispatcher"],
    "undici.body": kinds["undici.body"],
    "undici.socket": kinds["undici.socket"],
    "undici.WebSocket": kinds["undici.WebSocket"],
  },
  { versions: { undici: "undici-newer" } },
);

packageKinds(
  rule,
  "http",
  {
    "express.Server": kinds["express.Server"],
  },
  { versions: { "@types/express": "express-older-types" } },
);

foundUnderEveryName("http", {
  kind: "undici.Dispatcher",
  module: "undici",
  name: "Agent",
  acquire: `new NAME()`,
  extended: "NAME",
  versions: { "older types": { undici: "undici-older" } },
});
