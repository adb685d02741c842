/**
 * Events that come again and again while a program runs, and what starts with one: data, matched by the
 * declared names of the emitter, or of what a handler is given.
 */
import type { DeclarationPattern } from "./kind.ts";

/** What starts when an event comes. What is made for it should go when it ends. */
export type EventKind = "connection" | "request" | "message" | "tick" | "event";

/** Something that tells of the same event many times in its life. */
export interface EventSource {
  /** Classes and interfaces of the emitter. */
  readonly emitters: readonly DeclarationPattern[];
  /** The events by which something starts; all others of the emitter are plain events. */
  readonly events: readonly string[];
  readonly starts: EventKind;
  readonly source: string;
}

export const eventSources: readonly EventSource[] = [
  {
    emitters: [{ module: ["net", "tls"], name: "Server" }],
    events: ["connection", "secureConnection"],
    starts: "connection",
    source: "https://nodejs.org/api/net.html#event-connection",
  },
  {
    emitters: [{ module: ["http", "https"], name: "Server" }],
    events: ["connection", "secureConnection", "upgrade", "connect"],
    starts: "connection",
    source: "https://nodejs.org/api/http.html#event-upgrade",
  },
  {
    emitters: [{ module: ["http", "https"], name: "Server" }],
    events: ["request", "checkContinue", "checkExpectation"],
    starts: "request",
    source: "https://nodejs.org/api/http.html#event-request",
  },
  {
    emitters: [
      { module: "http2", name: ["Http2Server", "Http2SecureServer", "HTTP2ServerCommon"] },
    ],
    events: ["session", "connection", "secureConnection"],
    starts: "connection",
    source: "https://nodejs.org/api/http2.html#event-session",
  },
  {
    emitters: [
      { module: "http2", name: ["Http2Server", "Http2SecureServer", "HTTP2ServerCommon"] },
    ],
    events: ["stream", "request"],
    starts: "request",
    source: "https://nodejs.org/api/http2.html#event-stream",
  },
  {
    emitters: [{ module: "ws", name: ["Server", "WebSocketServer"] }],
    events: ["connection"],
    starts: "connection",
    source: "https://github.com/websockets/ws/blob/master/doc/ws.md#event-connection",
  },
  {
    emitters: [{ module: "socket.io", name: ["Server", "Namespace", "ParentNamespace"] }],
    events: ["connection", "connect"],
    starts: "connection",
    source: "https://socket.io/docs/v4/server-api/#event-connection",
  },
  {
    emitters: [{ module: "aedes", name: "default" }],
    events: ["client", "clientReady"],
    starts: "connection",
    source: "https://github.com/moscajs/aedes/blob/main/docs/Aedes.md#event-client",
  },
  {
    emitters: [
      { module: ["net", "tls", "dgram"], name: ["Socket", "TLSSocket"] },
      { module: "ws", name: ["default", "WebSocket"] },
      { module: "mqtt", name: ["MqttClient", "default"] },
      { module: "worker_threads", name: ["Worker", "MessagePort"] },
      { module: "child_process", name: "ChildProcess" },
      { name: ["WebSocket", "MessagePort", "BroadcastChannel", "Worker", "EventSource"] },
    ],
    events: ["message", "data"],
    starts: "message",
    source: "https://nodejs.org/api/net.html#event-data",
  },
];

/** What a function is given when it is called for an event: a function with such a parameter handles it. */
export interface EventCarrier extends DeclarationPattern {
  readonly starts: EventKind;
}

export const eventCarriers: readonly EventCarrier[] = [
  { module: "http", name: ["IncomingMessage", "ServerResponse"], starts: "request" },
  {
    module: "http2",
    name: ["Http2ServerRequest", "Http2ServerResponse", "ServerHttp2Stream"],
    starts: "request",
  },
  {
    module: ["express", "express-serve-static-core"],
    name: ["Request", "Response"],
    starts: "request",
  },
  { module: "fastify", name: ["FastifyRequest", "FastifyReply"], starts: "request" },
  { module: "koa", name: ["Context", "ParameterizedContext", "BaseContext"], starts: "request" },
  { module: "hono", name: "Context", starts: "request" },
  {
    module: "@grpc/grpc-js",
    name: ["ServerUnaryCall", "ServerReadableStream", "ServerWritableStream", "ServerDuplexStream"],
    starts: "request",
  },
];
