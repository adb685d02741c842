/**
 * What a server is given when somebody connects or asks, and how it ends: data, matched by the declared
 * names of its type.
 */
import type { DeclarationPattern } from "./kind.ts";

export interface ConnectionKind {
  /** The key under which settings change it. */
  readonly id: string;
  /** How messages call it. */
  readonly label: string;
  /** Classes and interfaces of the value that a handler is given. */
  readonly types: readonly DeclarationPattern[];
  /** Events that come whichever way it ends; the first is the one to listen for. */
  readonly ends: readonly string[];
  /** Events of some ends only: a success, a failure, one side that is done. */
  readonly sometimes: readonly string[];
  /** Members that name it and no other. */
  readonly ids?: readonly string[];
  readonly source: string;
}

export const connectionKinds: readonly ConnectionKind[] = [
  {
    id: "ws.WebSocket",
    label: "ws connection",
    types: [{ module: "ws", name: ["default", "WebSocket"] }],
    ends: ["close"],
    sometimes: ["error", "unexpected-response"],
    source: "https://github.com/websockets/ws/blob/master/doc/ws.md#event-close-1",
  },
  {
    id: "socket.io.Socket",
    label: "Socket.IO connection",
    types: [{ module: "socket.io", name: "Socket" }],
    ends: ["disconnect", "disconnecting"],
    sometimes: ["error"],
    ids: ["id"],
    source: "https://socket.io/docs/v4/server-socket-instance/#disconnect",
  },
  {
    id: "node.http2.stream",
    label: "HTTP/2 stream",
    types: [{ module: "http2", name: ["ServerHttp2Stream", "Http2ServerResponse"] }],
    ends: ["close"],
    sometimes: ["end", "finish", "error", "aborted", "timeout"],
    ids: ["id"],
    source: "https://nodejs.org/api/http2.html#event-close_1",
  },
  {
    id: "node.http2.session",
    label: "HTTP/2 session",
    types: [{ module: "http2", name: ["ServerHttp2Session", "Http2Session"] }],
    ends: ["close"],
    sometimes: ["error", "goaway", "timeout", "frameError"],
    source: "https://nodejs.org/api/http2.html#event-close",
  },
  {
    id: "node.http.response",
    label: "response",
    types: [
      { module: "http", name: "ServerResponse" },
      { module: ["express", "express-serve-static-core"], name: "Response" },
      { module: "fastify", name: "FastifyReply" },
    ],
    ends: ["close"],
    sometimes: ["finish", "end", "error", "timeout"],
    source: "https://nodejs.org/api/http.html#event-close_2",
  },
  {
    id: "node.http.request",
    label: "request",
    types: [
      { module: "http", name: "IncomingMessage" },
      { module: ["express", "express-serve-static-core"], name: "Request" },
      { module: "fastify", name: "FastifyRequest" },
      { module: "koa", name: ["Context", "ParameterizedContext", "ExtendableContext"] },
    ],
    ends: ["close"],
    sometimes: ["end", "error", "aborted", "timeout", "finish"],
    source: "https://nodejs.org/api/http.html#event-close_3",
  },
  {
    id: "grpc.call",
    label: "gRPC call",
    types: [
      {
        module: "@grpc/grpc-js",
        name: ["ServerReadableStream", "ServerWritableStream", "ServerDuplexStream"],
      },
    ],
    ends: ["close", "cancelled"],
    sometimes: ["end", "finish", "error"],
    source: "https://grpc.github.io/grpc/node/grpc-ServerDuplexStream.html",
  },
  {
    id: "aedes.Client",
    label: "MQTT client",
    types: [{ module: "aedes", name: "Client" }],
    ends: ["close", "clientDisconnect"],
    sometimes: ["error"],
    ids: ["id"],
    source: "https://github.com/moscajs/aedes/blob/main/docs/Client.md",
  },
  {
    id: "node.net.Socket",
    label: "connection",
    types: [
      { module: "net", name: "Socket" },
      { module: "tls", name: "TLSSocket" },
    ],
    ends: ["close"],
    sometimes: ["end", "error", "timeout", "finish"],
    source: "https://nodejs.org/api/net.html#event-close_1",
  },
];
