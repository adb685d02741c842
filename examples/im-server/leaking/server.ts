import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import type { AddressInfo } from "node:net";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { History } from "./history.ts";
import { Rooms } from "./rooms.ts";
import { Session, type Timing } from "./session.ts";

/** What operators tell all users. It lives as long as the process. */
export const news = new EventEmitter<{ announcement: [text: string] }>().setMaxListeners(0);

type Frame =
  | { readonly type: "join"; readonly room: string }
  | { readonly type: "say"; readonly room: string; readonly text: string }
  | { readonly type: "ack"; readonly id: string };

export interface ChatOptions extends Timing {
  readonly port: number;
}

export class ChatServer {
  readonly #server: WebSocketServer;
  readonly #timing: Timing;
  readonly #sessions = new Map<string, Session>();
  readonly #rooms = new Rooms();
  readonly #history: History;

  constructor({ port, ...timing }: ChatOptions) {
    this.#timing = timing;
    this.#history = new History(timing.presence);
    this.#server = new WebSocketServer({ port, host: "127.0.0.1" });
    this.#server.on("connection", (socket) => this.#welcome(socket));
  }

  async listening(): Promise<number> {
    if (this.#server.address() === null) await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  /** How much the server holds at the moment. */
  counts(): Readonly<Record<"sessions" | "rooms" | "messages" | "waiting" | "listeners", number>> {
    let waiting = 0;
    for (const session of this.#sessions.values()) waiting += session.waiting;
    return {
      sessions: this.#sessions.size,
      rooms: this.#rooms.size,
      messages: this.#history.size,
      waiting,
      listeners: news.listenerCount("announcement"),
    };
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.close(1001, "going away");
    const closed = once(this.#server, "close");
    this.#server.close();
    await closed;
    this.#history.close();
  }

  #welcome(socket: WebSocket): void {
    const session: Session = new Session(socket, this.#timing, () => this.#rooms.beside(session));
    const announce = (text: string): void => session.send({ type: "announcement", text });
    this.#sessions.set(session.id, session); // expect: require-disconnect-cleanup
    news.on("announcement", announce);
    socket.on("pong", () => session.answered());
    socket.on("message", (data) => this.#receive(session, data));
    socket.on("error", (error) => console.error(`${session.id}: ${error.message}`));
    socket.once("close", () => {
      this.#rooms.leave(session);
      session.close();
    });
  }

  #receive(session: Session, data: RawData): void {
    const frame = JSON.parse(String(data)) as Frame;
    switch (frame.type) {
      case "join":
        this.#rooms.join(frame.room, session);
        for (const message of this.#history.of(frame.room)) session.deliver(message);
        break;
      case "say": {
        const { room, text } = frame;
        const message = { id: randomUUID(), room, from: session.id, text };
        this.#history.add(message);
        for (const member of this.#rooms.members(room)) member.deliver(message);
        break;
      }
      case "ack":
        session.acknowledge(frame.id);
        break;
    }
  }
}
