/** Servers: what they keep for a connection or request, with the types of their packages. */
import { packageVerdicts } from "../support/packages.ts";

packageVerdicts("require-disconnect-cleanup", "servers", {
  "a WebSocket server": {
    leak: {
      "clients by name": `
        import { type WebSocket, WebSocketServer } from "ws";
        const users = new Map<string, WebSocket>();
        const server = new WebSocketServer({ port: 7000 });
        server.on("connection", (socket, request) => {
          users.set(request.url ?? "", socket); //! neverRemoved
        });`,
      "taken out on error only": `
        import { type WebSocket, WebSocketServer } from "ws";
        const users = new Set<WebSocket>();
        new WebSocketServer({ port: 7000 }).on("connection", (socket) => {
          users.add(socket); //! notRemovedAtEveryEnd
          socket.on("error", () => users.delete(socket));
        });`,
    },
    fine: {
      "taken out on close": `
        import WebSocket, { WebSocketServer } from "ws";
        const users = new Set<WebSocket>();
        new WebSocketServer({ port: 7000 }).on("connection", (socket) => {
          users.add(socket);
          socket.addEventListener("close", () => users.delete(socket));
        });`,
      "a handler property": `
        import WebSocket, { WebSocketServer } from "ws";
        const users = new Set<WebSocket>();
        new WebSocketServer({ port: 7000 }).on("connection", (socket) => {
          users.add(socket);
          socket.onclose = () => {
            users.delete(socket);
          };
        });`,
    },
  },
  "a Socket.IO server": {
    leak: {
      "names by id": `
        import { Server } from "socket.io";
        const names = new Map<string, string>();
        new Server(7000).on("connection", (socket) => {
          socket.on("name", (name: string) => {
            names.set(socket.id, name); //! neverRemoved
          });
        });`,
      "removed under another key": `
        import { Server } from "socket.io";
        const names = new Map<string, string>();
        new Server(7000).on("connection", (socket) => {
          socket.on("name", (name: string) => {
            names.set(socket.id, name); //! removedUnderOtherKey
          });
          socket.on("disconnect", () => names.delete(socket.handshake.auth["user"] as string));
        });`,
    },
    fine: {
      "under another id of its own": `
        import { Server } from "socket.io";
        const names = new Map<string, string>();
        new Server(7000).on("connection", (socket) => {
          const { id } = socket;
          socket.on("name", (name: string) => names.set(id, name));
          socket.on("disconnect", () => names.delete(id));
        });`,
      "taken out on disconnect": `
        import { Server } from "socket.io";
        const names = new Map<string, string>();
        new Server(7000).on("connection", (socket) => {
          socket.on("name", (name: string) => names.set(socket.id, name));
          socket.on("disconnect", () => names.delete(socket.id));
        });`,
    },
  },
  "server-sent events": {
    leak: {
      "of Express": `
        import express, { type Response } from "express";
        const streams: Response[] = [];
        express().get("/events", (request, response) => {
          response.setHeader("content-type", "text/event-stream");
          streams.push(response); //! neverRemoved
        });`,
    },
    fine: {
      "taken out when the request is closed": `
        import express, { type Response } from "express";
        const streams = new Set<Response>();
        express().get("/events", (request, response) => {
          streams.add(response);
          request.on("close", () => streams.delete(response));
        });`,
    },
  },
  "a gRPC stream": {
    leak: {
      subscribers: `
        import type { ServerWritableStream } from "@grpc/grpc-js";
        const subscribers = new Set<ServerWritableStream<object, object>>();
        export function subscribe(call: ServerWritableStream<object, object>): void {
          subscribers.add(call); //! neverRemoved
        }`,
    },
    fine: {
      "taken out when it is cancelled": `
        import type { ServerWritableStream } from "@grpc/grpc-js";
        const subscribers = new Set<ServerWritableStream<object, object>>();
        export function subscribe(call: ServerWritableStream<object, object>): void {
          subscribers.add(call);
          call.on("cancelled", () => subscribers.delete(call));
        }`,
    },
  },
  "server-sent events of Fastify": {
    leak: {
      "removed when the answer is written": `
        import fastify, { type FastifyReply } from "fastify";
        const streams = new Set<FastifyReply>();
        fastify().get("/events", (request, reply) => {
          streams.add(reply); //! notRemovedAtEveryEnd
          reply.raw.on("finish", () => streams.delete(reply));
        });`,
    },
    fine: {
      "removed when it is closed": `
        import fastify, { type FastifyReply } from "fastify";
        const streams = new Set<FastifyReply>();
        fastify().get("/events", (request, reply) => {
          streams.add(reply);
          request.raw.on("close", () => streams.delete(reply));
        });`,
    },
  },
  "server-sent events of Koa": {
    leak: {
      "a stream for each client": `
        import Koa, { type Context } from "koa";
        const clients: Context[] = [];
        new Koa().use((context) => {
          clients.push(context); //! neverRemoved
          context.status = 200;
        });`,
    },
    fine: {
      "removed when the request is closed": `
        import Koa, { type Context } from "koa";
        const clients = new Set<Context>();
        new Koa().use((context) => {
          clients.add(context);
          context.req.on("close", () => clients.delete(context));
        });`,
    },
  },
  "servers of Node": {
    leak: {
      "HTTP/2 streams": `
        import { createServer, type ServerHttp2Stream } from "node:http2";
        const streams = new Set<ServerHttp2Stream>();
        createServer().on("stream", (stream) => {
          streams.add(stream); //! notRemovedAtEveryEnd
          stream.on("aborted", () => streams.delete(stream));
        });`,
      "HTTP/2 sessions": `
        import { createServer, type ServerHttp2Session } from "node:http2";
        const sessions: ServerHttp2Session[] = [];
        createServer().on("session", (session) => {
          sessions.push(session); //! neverRemoved
        });`,
      "upgraded connections": `
        import { createServer } from "node:http";
        import type { Duplex } from "node:stream";
        import type { Socket } from "node:net";
        const upgraded = new Set<Duplex>();
        createServer().on("upgrade", (request, socket: Socket) => {
          upgraded.add(socket); //! neverRemoved
        });`,
      "TLS connections": `
        import { createServer, type TLSSocket } from "node:tls";
        const byName = new Map<string, TLSSocket>();
        createServer({}, (socket) => {
          byName.set(String(socket.remotePort), socket); //! notRemovedAtEveryEnd
          socket.on("timeout", () => byName.delete(String(socket.remotePort)));
        });`,
    },
    fine: {
      "HTTP/2 streams": `
        import { createServer, type ServerHttp2Stream } from "node:http2";
        const streams = new Set<ServerHttp2Stream>();
        createServer().on("stream", (stream) => {
          streams.add(stream);
          stream.on("close", () => streams.delete(stream));
        });`,
      "upgraded connections": `
        import { createServer } from "node:http";
        import type { Socket } from "node:net";
        const upgraded = new Set<Socket>();
        createServer().on("upgrade", (request, socket: Socket) => {
          upgraded.add(socket);
          socket.once("close", () => upgraded.delete(socket));
        });`,
    },
  },
  "an MQTT server": {
    leak: {
      "taken out when it fails": `
        import { createBroker, type Client } from "aedes";
        const clients = new Map<string, Client>();
        createBroker({
          authenticate(client, user, password, done) {
            clients.set(client.id, client); //! notRemovedAtEveryEnd
            client.on("error", () => clients.delete(client.id));
            done(null, true);
          },
        });`,
    },
    fine: {
      "taken out when the server says that it is gone": `
        import { createBroker, type Client } from "aedes";
        const clients = new Map<string, Client>();
        const broker = createBroker();
        broker.on("client", (client) => {
          clients.set(client.id, client);
        });
        broker.on("clientDisconnect", (client) => clients.delete(client.id));`,
    },
  },
});

packageVerdicts("require-disconnect-cleanup", "subscriptions of packages", {
  "for the sockets of a channel": {
    leak: {
      "of Redis": `
        import { createClient } from "redis";
        import type { WebSocket } from "ws";
        export class Channels {
          readonly #redis = createClient();
          readonly #channels = new Map<string, Set<WebSocket>>();
          async join(channel: string, socket: WebSocket): Promise<void> {
            let sockets = this.#channels.get(channel);
            if (!sockets) {
              sockets = new Set();
              this.#channels.set(channel, sockets);
              await this.#redis.subscribe(channel, (text) => this.#send(channel, text)); //! subscriptionStays
            }
            sockets.add(socket);
            socket.once("close", () => this.#leave(channel, socket));
          }
          #send(channel: string, text: string): void {
            for (const one of this.#channels.get(channel) ?? []) one.send(text);
          }
          #leave(channel: string, socket: WebSocket): void {
            const sockets = this.#channels.get(channel);
            sockets?.delete(socket);
            if (sockets?.size === 0) this.#channels.delete(channel);
          }
        }`,
    },
    fine: {
      "of an MQTT client": `
        import { connect } from "mqtt";
        const client = connect("mqtt://localhost");
        const topics = new Map<string, Set<(text: string) => void>>();
        export function add(topic: string, listener: (text: string) => void): () => void {
          const listeners = topics.get(topic) ?? new Set();
          if (listeners.size === 0) client.subscribe(topic);
          topics.set(topic, listeners.add(listener));
          return () => {
            listeners.delete(listener);
            if (listeners.size > 0) return;
            topics.delete(topic);
            client.unsubscribe(topic);
          };
        }`,
    },
  },
});
