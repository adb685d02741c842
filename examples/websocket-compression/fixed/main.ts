import { WebSocketServer } from "ws";
import { CompressedConnection } from "./connection.ts";

const server = new WebSocketServer({
  port: Number(process.env["PORT"] ?? 8080),
  perMessageDeflate: false,
});

server.on("connection", (socket) => {
  const connection = new CompressedConnection(socket);
  socket.on("message", (data) => {
    connection.receive(data, (error, message) => {
      if (message === undefined) console.warn(`malformed: ${String(error)}`);
      else connection.send(message, true);
    });
  });
  socket.once("close", () => connection.close());
});

process.once("SIGTERM", () => server.close());
