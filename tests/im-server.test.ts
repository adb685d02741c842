/** The chat server of the examples, with real connections: what comes with one must go with it. */
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventEmitter } from "node:events";
import { pathToFileURL } from "node:url";
import { existsSync } from "node:fs";

const examples = path.resolve(import.meta.dirname, "../examples");
const connections = 100;
const timing = { heartbeat: 2_000, presence: 50, retry: 50 };
const historyLimit = 50;

interface Client extends EventEmitter {
  send: (text: string) => void;
  close: () => void;
  terminate: () => void;
}

interface ChatServer {
  listening: () => Promise<number>;
  counts: () => Readonly<Record<string, number>>;
  close: () => Promise<void>;
}

interface ServerModule {
  readonly ChatServer: new (options: object) => ChatServer;
}

const load = async (version: "fixed" | "leaking"): Promise<ServerModule> =>
  (await import(
    pathToFileURL(path.join(examples, "im-server", version, "server.ts")).href
  )) as ServerModule;

const start = async (version: "fixed" | "leaking"): Promise<ChatServer> => {
  const { ChatServer } = await load(version);
  return new ChatServer({ port: 0, history: historyLimit, ...timing });
};

/** The timers that keep this process alive. */
const timers = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

const open = (port: number): Promise<Client> => {
  const { WebSocket } = createRequire(path.join(examples, "package.json"))("ws") as {
    WebSocket: new (url: string) => Client;
  };
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  return new Promise((resolve, reject) => {
    client.once("open", () => {
      resolve(client);
    });
    client.once("error", reject);
  });
};

/** Asks again until it holds; no timer of its own runs while it asks. */
async function becomes(check: () => void): Promise<void> {
  for (let turns = 0; turns < 500; turns++) {
    try {
      check();
      return;
    } catch {
      await sleep(10);
    }
  }
  check();
}

/** One user comes, talks, acknowledges some of what he reads, and leaves, every third without a word. */
async function visit(port: number, number: number): Promise<void> {
  const client = await open(port);
  const closed = new Promise((resolve) => client.once("close", resolve));
  let unread = number % 5;
  client.on("message", (data: unknown) => {
    const frame = JSON.parse(String(data)) as { type: string; id: string };
    if (frame.type === "message" && unread-- > 0)
      client.send(JSON.stringify({ type: "ack", id: frame.id }));
  });
  const room = `room ${number % 10}`;
  client.send(JSON.stringify({ type: "join", room }));
  client.send(JSON.stringify({ type: "say", room, text: `hello from ${number}` }));
  await sleep(30 + (number % 7) * 5);
  if (number % 3 === 0) client.terminate();
  else client.close();
  await closed;
}

async function visitAll(port: number): Promise<void> {
  await Promise.all(Array.from({ length: connections }, (_, number) => visit(port, number)));
}

describe.skipIf(!existsSync(path.join(examples, "node_modules/ws")))("the chat server", () => {
  it("fixed: holds after a hundred visits what it held before", { timeout: 60_000 }, async () => {
    const idle = timers();
    const server = await start("fixed");
    const port = await server.listening();
    const before = { counts: server.counts(), timers: timers() };
    expect(before.counts).toEqual({ sessions: 0, rooms: 0, messages: 0, waiting: 0, listeners: 0 });
    const peak = visitAll(port);
    await becomes(() => {
      expect(server.counts().sessions).toBeGreaterThan(10);
    });
    expect(timers()).toBeGreaterThan(before.timers);
    await peak;
    await becomes(() => {
      expect({ ...server.counts(), messages: 0 }).toEqual(before.counts);
      // Fewer where one of somebody else ran out meanwhile.
      expect(timers()).toBeLessThanOrEqual(before.timers);
    });
    // The last messages stay for those who come later, and no more of them.
    expect(server.counts().messages).toBe(historyLimit);
    await server.close();
    expect(server.counts()).toEqual(before.counts);
    await becomes(() => {
      expect(timers()).toBeLessThanOrEqual(idle);
    });
  });

  it("fixed: closes while users are connected", { timeout: 60_000 }, async () => {
    const idle = timers();
    const server = await start("fixed");
    const port = await server.listening();
    const clients = await Promise.all(Array.from({ length: 10 }, () => open(port)));
    await becomes(() => {
      expect(server.counts().sessions).toBe(clients.length);
    });
    await server.close();
    await becomes(() => {
      expect(server.counts()).toMatchObject({ sessions: 0, waiting: 0, listeners: 0 });
      expect(timers()).toBeLessThanOrEqual(idle);
    });
  });

  it("leaking: keeps something of every visit", { timeout: 60_000 }, async () => {
    const server = await start("leaking");
    const port = await server.listening();
    await visitAll(port);
    await sleep(100);
    const { sessions, rooms, messages, waiting, listeners } = server.counts();
    expect({ sessions, rooms, messages, listeners }).toEqual({
      sessions: connections,
      rooms: 10,
      messages: connections,
      listeners: connections,
    });
    expect(waiting).toBeGreaterThan(0);
    // The presence of each user is still told, and his messages are still delivered, to nobody.
    expect(timers()).toBeGreaterThanOrEqual(2 * connections);
    await server.close();
    await sleep(50);
    expect(timers()).toBeGreaterThanOrEqual(2 * connections);
  });
});
