/** HTTP clients and server frameworks. */
import type { CatalogFamily } from "../kind.ts";

export const http: CatalogFamily = {
  family: "http",
  kinds: [
    {
      // Connects with its first request, and closes what is idle.
      id: "undici.Dispatcher",
      label: "undici dispatcher",
      grade: "idle",
      duty: "close",
      acquire: [
        {
          by: "construct",
          module: "undici",
          name: [
            "Client",
            "Pool",
            "BalancedPool",
            "RoundRobinPool",
            "Agent",
            "ProxyAgent",
            "EnvHttpProxyAgent",
            "RetryAgent",
            "MockAgent",
          ],
        },
      ],
      release: [{ method: "close" }, { method: "destroy" }],
      asyncRelease: true,
      releasedWhen: ["closed", "destroyed"],
      types: [
        {
          module: "undici",
          name: ["Client", "Pool", "BalancedPool", "Agent", "ProxyAgent", "MockAgent"],
        },
      ],
      source: "https://undici.nodejs.org/#/docs/api/Dispatcher?id=dispatcherclosecallback-promise",
    },
    {
      // One that is not read keeps its connection.
      id: "undici.body",
      label: "undici response body",
      grade: "must",
      duty: "close",
      acquire: [
        { by: "call", module: "undici", name: "request", at: { result: "body" } },
        {
          by: "call",
          module: "undici",
          name: "Dispatcher.request",
          at: { result: "body" },
          when: [{ argument: 1, is: { present: false } }],
        },
      ],
      release: [{ method: "dump" }, { method: "destroy" }],
      automatic: {
        events: ["data", "end", "close"],
        iteration: true,
        members: [
          "text",
          "json",
          "blob",
          "bytes",
          "arrayBuffer",
          "formData",
          "resume",
          "toArray",
          "forEach",
          "reduce",
        ],
      },
      releasedWhen: ["destroyed", "closed", "bodyUsed", "readableEnded"],
      releaseTwice: "harmless",
      types: [{ module: "undici", name: "BodyReadable" }],
      source: "https://undici.nodejs.org/#/?id=garbage-collection",
    },
    {
      id: "undici.socket",
      label: "socket of undici",
      grade: "must",
      duty: "close",
      acquire: [
        { by: "call", module: "undici", name: ["connect", "upgrade"], at: { result: "socket" } },
      ],
      release: [{ method: "destroy" }, { method: "end" }],
      automatic: { events: ["data", "end", "close"], iteration: true },
      releasedWhen: ["destroyed", "closed"],
      releaseTwice: "harmless",
      source:
        "https://undici.nodejs.org/#/docs/api/Dispatcher?id=dispatcherconnectoptions-callback",
    },
    {
      id: "undici.WebSocket",
      label: "undici WebSocket",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", module: "undici", name: ["WebSocket", "EventSource"] }],
      release: [{ method: "close" }],
      automatic: { events: ["close"] },
      releaseTwice: "harmless",
      types: [{ module: "undici", name: ["WebSocket", "EventSource"] }],
      source: "https://undici.nodejs.org/#/docs/api/WebSocket",
    },
    {
      // `express()` itself owns nothing.
      id: "express.Server",
      label: "server of Express",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "express-serve-static-core", name: "Application.listen" }],
      release: [{ method: "close" }],
      notReleasedBy: ["unref", "closeAllConnections", "closeIdleConnections"],
      releaseTwice: "harmless",
      source: "https://expressjs.com/en/advanced/healthcheck-graceful-shutdown.html",
    },
    {
      id: "koa.Server",
      label: "server of Koa",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "koa", name: "Application.listen" }],
      release: [{ method: "close" }],
      notReleasedBy: ["unref", "closeAllConnections", "closeIdleConnections"],
      releaseTwice: "harmless",
      source: "https://koajs.com/#app-listen-",
    },
    {
      // close() runs the hooks by which plugins release what they opened.
      id: "fastify.FastifyInstance",
      label: "Fastify instance",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "fastify", name: "fastify" }],
      release: [{ method: "close" }],
      asyncRelease: true,
      armedBy: ["listen", "ready", "inject"],
      releaseTwice: "harmless",
      types: [{ module: "fastify", name: "FastifyInstance" }],
      source: "https://fastify.dev/docs/latest/Reference/Server/#close",
    },
  ],
  functions: [
    {
      module: "undici",
      name: "setGlobalDispatcher",
      takes: [0],
      source: "https://undici.nodejs.org/#/?id=undicisetglobaldispatcherdispatcher",
    },
    {
      module: "undici",
      name: ["Dispatcher.compose", "RetryAgent"],
      takes: ["this", "all"],
      source:
        "https://undici.nodejs.org/#/docs/api/Dispatcher?id=dispatchercomposeinterceptors-interceptor",
    },
  ],
  noDuty: [],
  // Fastify and Express are none: plugins and routers keep what they are given.
  closedWorlds: ["undici"],
};
