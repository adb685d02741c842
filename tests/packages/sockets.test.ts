/** WebSockets, gRPC, SSH, FTP, LDAP and serial lines. */
import { foundUnderEveryName, kindCases } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "ws.WebSocket": {
    imports: 'import WebSocket from "ws";',
    acquire: 'const x = new WebSocket("ws://a")',
    use: 'x.send("a")',
    release: "x.close()",
    automatic: 'x.once("close", () => undefined)',
  },
  "ws.WebSocketServer": {
    imports: 'import { WebSocketServer } from "ws";',
    acquire: "const x = new WebSocketServer({ port: 1 })",
    use: 'x.on("connection", console.log)',
    release: "x.close()",
    automatic: 'x.once("close", () => undefined)',
  },
  "ws.stream": {
    imports: 'import WebSocket, { createWebSocketStream } from "ws";',
    given: "socket: WebSocket",
    acquire: "const x = createWebSocketStream(socket)",
    use: 'x.write("a")',
    release: "x.destroy()",
    automatic: [
      'x.on("data", () => undefined)',
      'x.once("end", () => undefined)',
      "for await (const part of x) console.log(part)",
    ],
  },
  "socket.io.Server": {
    imports: 'import { Server } from "socket.io";',
    acquire: "const x = new Server(1)",
    use: 'x.emit("a")',
    release: "await x.close()",
    notReleased: "x.disconnectSockets()",
  },
  "socket.io-client.Socket": {
    imports: 'import { io } from "socket.io-client";',
    acquire: 'const x = io("http://a")',
    use: 'x.emit("a")',
    release: "x.disconnect()",
  },
  "grpc.Client": {
    imports: 'import { Client, credentials } from "@grpc/grpc-js";',
    acquire: 'const x = new Client("a", credentials.createInsecure())',
    use: "x.getChannel()",
    release: "x.close()",
  },
  "grpc.Channel": {
    imports: 'import { Channel, credentials } from "@grpc/grpc-js";',
    acquire: 'const x = new Channel("a", credentials.createInsecure(), {})',
    use: "x.getTarget()",
    release: "x.close()",
  },
  "grpc.Server": {
    imports: 'import { Server, ServerCredentials } from "@grpc/grpc-js";',
    acquire: "const x = new Server()",
    use: 'x.bindAsync("a", ServerCredentials.createInsecure(), () => undefined)',
    release: "x.forceShutdown()",
  },
  "grpc.stream": {
    imports: 'import type { Client } from "@grpc/grpc-js";',
    given: "client: Client",
    acquire:
      'const x = client.makeServerStreamRequest("/a", (b: string) => Buffer.from(b), String, "a")',
    use: "x.getPeer()",
    release: "x.cancel()",
    automatic: 'x.on("data", () => undefined)',
  },
  "ssh2.Client": {
    imports: 'import { Client } from "ssh2";',
    acquire: "const x = new Client()",
    use: 'x.connect({ host: "a" })',
    release: "x.end()",
    automatic: ['x.once("end", () => undefined)', 'x.once("close", () => undefined)'],
  },
  "ssh2-sftp-client.Client": {
    imports: 'import Client from "ssh2-sftp-client";',
    acquire: "const x = new Client()",
    use: 'await x.connect({ host: "a" })',
    release: "await x.end()",
    notReleased: 'await x.delete("a")',
  },
  "basic-ftp.Client": {
    imports: 'import { Client } from "basic-ftp";',
    acquire: "const x = new Client()",
    use: 'await x.access({ host: "a" })',
    release: "x.close()",
  },
  "ldapjs.Client": {
    imports: 'import ldap from "ldapjs";',
    acquire: 'const x = ldap.createClient({ url: "ldap://a" })',
    use: "console.log(x.connected)",
    release: "x.unbind()",
    automatic: 'x.once("close", () => undefined)',
  },
  "serialport.SerialPort": {
    imports: 'import { SerialPort } from "serialport";',
    acquire: 'const x = new SerialPort({ path: "a", baudRate: 1 })',
    use: 'x.write("a")',
    release: "x.close()",
    automatic: 'x.once("close", () => undefined)',
  },
};

packageKinds(rule, "sockets", kinds);

kindCases(
  "sockets: callbacks",
  {
    "ssh2.Channel": {
      leak: `client.exec("ls", (error, channel) => { if (error || early) return; channel.close(); });`,
      release: `client.exec("ls", (error, channel) => { if (error) return; channel.close(); });`,
      handOver: `return new Promise((resolve, reject) => { client.exec("ls", (error, channel) => { if (error) reject(error); else resolve(channel); }); });`,
      automatic: [
        `client.exec("ls", (error, channel) => { if (error) return; channel.on("data", console.log); if (early) return; channel.close(); });`,
        `client.exec("ls", (error, channel) => { if (error) return; channel.resume(); if (early) return; channel.close(); });`,
      ],
    },
    "ssh2.SFTPWrapper": {
      leak: `client.sftp((error, sftp) => { if (error || early) return; sftp.end(); });`,
      release: `client.sftp((error, sftp) => { if (error) return; sftp.end(); });`,
      handOver: `return new Promise((resolve, reject) => { client.sftp((error, sftp) => { if (error) reject(error); else resolve(sftp); }); });`,
      automatic: `client.sftp((error, sftp) => { if (error) return; sftp.once("close", console.log); if (early) return; sftp.end(); });`,
    },
  },
  {
    packages: true,
    prelude: `
      import type { Client } from "ssh2";
      declare const client: Client;
      declare const early: boolean;`,
  },
);

packageKinds(
  rule,
  "sockets",
  {
    "ws.WebSocket": kinds["ws.WebSocket"],
  },
  { versions: { "@types/ws": "ws-older-types" } },
);

foundUnderEveryName("sockets", {
  kind: "grpc.Client",
  module: "@grpc/grpc-js",
  name: "Client",
  acquire: `new NAME("a", credentials.createInsecure())`,
  extended: "NAME",
  prelude: `import { credentials } from "@grpc/grpc-js";`,
});
