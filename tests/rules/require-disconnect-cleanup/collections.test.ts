/** Collections that keep connections: when something takes them out again. */
import { verdicts } from "../../support/verdicts.ts";

verdicts("require-disconnect-cleanup", "collections", {
  "a connection that is added and never taken out": {
    leak: {
      "to a set of the module": `
        import { createServer, type Socket } from "node:net";
        const clients = new Set<Socket>();
        createServer((socket) => {
          clients.add(socket); //! neverRemoved
        }).listen(7000);`,
      "to an array": `
        import { createServer, type Socket } from "node:net";
        const clients: Socket[] = [];
        const server = createServer();
        server.on("connection", (socket) => {
          clients.push(socket); //! neverRemoved
        });`,
      "to a record": `
        import { createServer, type Socket } from "node:net";
        const clients: Record<string, Socket> = {};
        createServer((socket) => {
          clients[String(socket.remotePort)] = socket; //! neverRemoved
        }).listen(7000);`,
      "in an object, under a key of its own": `
        import { randomUUID } from "node:crypto";
        import { createServer, type Socket } from "node:net";
        interface Session {
          readonly socket: Socket;
          readonly since: number;
        }
        const sessions = new Map<string, Session>();
        createServer((socket) => {
          const id = randomUUID();
          const session: Session = { socket, since: Date.now() };
          sessions.set(id, session); //! neverRemoved
        }).listen(7000);`,
      "in a closure": `
        import { createServer } from "node:http";
        const waiting: (() => void)[] = [];
        createServer((request, response) => {
          waiting.push(() => response.end()); //! neverRemoved
        }).listen(7000);`,
      "to a private field": `
        import { createServer, type Socket } from "node:net";
        export class Hub {
          readonly #clients = new Set<Socket>();
          listen(): void {
            createServer((socket) => this.accept(socket)).listen(7000);
          }
          private accept(socket: Socket): void {
            this.#clients.add(socket); //! neverRemoved
          }
        }`,
      "by an object that wraps it": `
        import { createServer, type Socket } from "node:net";
        class Session {
          constructor(readonly socket: Socket) {}
        }
        const sessions = new Set<Session>();
        createServer((socket) => {
          const session = new Session(socket);
          sessions.add(session); //! neverRemoved
        }).listen(7000);`,
      "to a set under a key": `
        import { createServer, type Socket } from "node:net";
        const rooms = new Map<string, Set<Socket>>();
        createServer((socket) => {
          rooms.get("hall")?.add(socket); //! neverRemoved
        }).listen(7000);`,
    },
    fine: {
      "taken out when it is closed": `
        import { createServer, type Socket } from "node:net";
        const clients = new Set<Socket>();
        createServer((socket) => {
          clients.add(socket);
          socket.on("close", () => clients.delete(socket));
        }).listen(7000);`,
      "its slot is emptied": `
        import { createServer, type Socket } from "node:net";
        const clients: (Socket | null)[] = [];
        createServer((socket) => {
          const at = clients.push(socket) - 1;
          socket.on("close", () => {
            clients[at] = null;
          });
        }).listen(7000);`,
      "by a function that the listener calls": `
        import { createServer, type Socket } from "node:net";
        const clients = new Set<Socket>();
        function leave(socket: Socket): void {
          clients.delete(socket);
        }
        createServer((socket) => {
          clients.add(socket);
          socket.once("close", () => leave(socket));
        }).listen(7000);`,
      "by a private method that is the listener": `
        import { createServer, type Socket } from "node:net";
        export class Hub {
          readonly #clients = new Set<Socket>();
          listen(): void {
            createServer((socket) => {
              this.#clients.add(socket);
              socket.on("close", this.#leave.bind(this, socket));
            }).listen(7000);
          }
          #leave(socket: Socket): void {
            this.#clients.delete(socket);
          }
        }`,
      "out of an array": `
        import { createServer, type Socket } from "node:net";
        let clients: Socket[] = [];
        createServer((socket) => {
          clients.push(socket);
          socket.on("close", () => {
            clients = clients.filter((one) => one !== socket);
          });
        }).listen(7000);`,
      "out of every room": `
        import { createServer, type Socket } from "node:net";
        const rooms = new Map<string, Set<Socket>>();
        createServer((socket) => {
          const room = rooms.get("hall") ?? new Set();
          room.add(socket);
          rooms.set("hall", room);
          socket.on("close", () => {
            for (const one of rooms.values()) one.delete(socket);
          });
        }).listen(7000);`,
      "by the handler itself": `
        import { createServer, type IncomingMessage } from "node:http";
        const active = new Set<IncomingMessage>();
        createServer(async (request, response) => {
          active.add(request);
          try {
            await Promise.resolve();
            response.end();
          } finally {
            active.delete(request);
          }
        }).listen(7000);`,
      "by a timer that looks for dead ones": `
        import { createServer, type Socket } from "node:net";
        const clients = new Set<Socket>();
        createServer((socket) => {
          clients.add(socket);
        }).listen(7000);
        setInterval(() => {
          for (const client of clients) if (client.destroyed) clients.delete(client);
        }, 1000).unref();`,
      "a weak map": `
        import { createServer, type Socket } from "node:net";
        const since = new WeakMap<Socket, number>();
        createServer((socket) => {
          since.set(socket, Date.now());
        }).listen(7000);`,
      "a number that is read from it": `
        import { createServer } from "node:net";
        const sizes: number[] = [];
        createServer((socket) => {
          sizes.push(socket.bytesRead);
        }).listen(7000);`,
      "an object that is made for one connection": `
        import type { Socket } from "node:net";
        export class Session {
          private readonly pending: (() => void)[] = [];
          constructor(socket: Socket) {
            this.pending.push(() => socket.end());
          }
        }`,
      "an object that keeps the one connection, cast": `
        import type { Socket } from "node:net";
        export class Client {
          private socket: Socket | undefined;
          private readonly pending: (() => void)[] = [];
          attach(socket: Socket): void {
            this.socket = <Socket>socket!;
            this.pending.push(() => socket.end());
          }
        }`,
      "an object that keeps the one connection": `
        import type { Socket } from "node:net";
        export class Client {
          private socket: Socket | undefined;
          private readonly pending: (() => void)[] = [];
          attach(socket: Socket): void {
            this.socket = socket;
            this.pending.push(() => socket.end());
          }
        }`,
      "a list of one test": `
        import { createServer, type Socket } from "node:net";
        test("accepts", () => {
          const clients: Socket[] = [];
          const server = createServer((socket) => {
            clients.push(socket);
          });
          server.listen(0);
          server.close();
        });`,
      "a list of the call": `
        import type { Socket } from "node:net";
        export function pair(socket: Socket): Socket[] {
          const both: Socket[] = [];
          both.push(socket);
          return both;
        }`,
    },
    strict: {
      "a collection that other files can empty": `
        import { createServer, type Socket } from "node:net";
        export const clients = new Set<Socket>();
        createServer((socket) => {
          clients.add(socket); //! neverRemoved
        }).listen(7000);`,
    },
  },
  "a connection that is taken out on other occasions than its end": {
    leak: {
      "when it says so": `
        import { createServer, type Socket } from "node:net";
        const clients = new Set<Socket>();
        createServer((socket) => {
          clients.add(socket); //! notRemovedAtEnd
          socket.on("data", (chunk) => {
            if (chunk.toString() === "bye") clients.delete(socket);
          });
        }).listen(7000);`,
      "when it says so, in a method": `
        import { createServer, type Socket } from "node:net";
        export class Hub {
          private readonly clients = new Map<number, Socket>();
          listen(): void {
            createServer((socket) => {
              const id = socket.remotePort ?? 0;
              this.clients.set(id, socket); //! notRemovedAtEnd
              socket.on("data", () => this.leave(id));
            }).listen(7000);
          }
          private leave(id: number): void {
            this.clients.delete(id);
          }
        }`,
      "when the other side is done": `
        import { createServer, type Socket } from "node:net";
        const clients = new Set<Socket>();
        createServer((socket) => {
          clients.add(socket); //! notRemovedAtEveryEnd
          socket.on("end", () => clients.delete(socket));
        }).listen(7000);`,
      "when it fails": `
        import { createServer, type Socket } from "node:net";
        const clients = new Set<Socket>();
        createServer((socket) => {
          clients.add(socket); //! notRemovedAtEveryEnd
          socket.on("error", () => {
            clients.delete(socket);
          });
        }).listen(7000);`,
      "when the response is written": `
        import { createServer, type ServerResponse } from "node:http";
        const open = new Set<ServerResponse>();
        createServer((request, response) => {
          open.add(response); //! notRemovedAtEveryEnd
          response.on("finish", () => open.delete(response));
        }).listen(7000);`,
    },
    fine: {
      "on success and on failure": `
        import { createServer, type Socket } from "node:net";
        const clients = new Set<Socket>();
        createServer((socket) => {
          clients.add(socket);
          const leave = (): void => void clients.delete(socket);
          socket.on("end", leave);
          socket.on("error", leave);
        }).listen(7000);`,
      "when it says so and when it is closed": `
        import { createServer, type Socket } from "node:net";
        const clients = new Set<Socket>();
        createServer((socket) => {
          clients.add(socket);
          const leave = (): void => void clients.delete(socket);
          socket.on("data", leave).on("close", leave);
        }).listen(7000);`,
    },
  },
});
