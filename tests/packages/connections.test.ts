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
    },
    fine: {
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
});
