/**
 * The story that this rule exists for, in three styles: one client per customer in a cache that evicts
 * and expires, and nobody closes what it drops.
 */
import { packageVerdicts } from "../../support/packages.ts";

const rule = "require-cache-removal-listener";

packageVerdicts(rule, "clients of a push service", {
  "a class": {
    leak: {
      "leaves the clients to the cache": `
import { connect, type ClientHttp2Session } from "node:http2";
import { LRUCache } from "lru-cache";
export class PushService {
  private readonly clients = new LRUCache<string, ClientHttp2Session>({ max: 100, ttl: 60_000 }); //! noListener
  send(customer: string, payload: string): void {
    this.clientOf(customer).request({ ":method": "POST" }).end(payload);
  }
  private clientOf(customer: string): ClientHttp2Session {
    let client = this.clients.get(customer);
    if (client === undefined) {
      client = connect("https://push.example.org");
      this.clients.set(customer, client);
    }
    return client;
  }
}`,
    },
    fine: {
      "closes what the cache drops": `
import { connect, type ClientHttp2Session } from "node:http2";
import { LRUCache } from "lru-cache";
export class PushService {
  private readonly clients = new LRUCache<string, ClientHttp2Session>({
    max: 100,
    ttl: 60_000,
    dispose: (client) => client.close(),
  });
  send(customer: string, payload: string): void {
    this.clientOf(customer).request({ ":method": "POST" }).end(payload);
  }
  private clientOf(customer: string): ClientHttp2Session {
    let client = this.clients.get(customer);
    if (client === undefined) {
      client = connect("https://push.example.org");
      this.clients.set(customer, client);
    }
    return client;
  }
}`,
    },
  },
  functions: {
    leak: {
      "sweep idle clients out of a map": `
import { connect, type ClientHttp2Session } from "node:http2";
interface Entry {
  readonly client: ClientHttp2Session;
  usedAt: number;
}
const clients = new Map<string, Entry>();
export function clientOf(customer: string): ClientHttp2Session {
  const known = clients.get(customer);
  if (known !== undefined) {
    known.usedAt = Date.now();
    return known.client;
  }
  const client = connect("https://push.example.org"); //! droppedUnreleased
  clients.set(customer, { client, usedAt: Date.now() });
  return client;
}
export function sweep(): void {
  for (const [customer, entry] of clients) {
    if (Date.now() - entry.usedAt > 60_000) clients.delete(customer);
  }
}`,
    },
    fine: {
      "close the idle clients first": `
import { connect, type ClientHttp2Session } from "node:http2";
interface Entry {
  readonly client: ClientHttp2Session;
  usedAt: number;
}
const clients = new Map<string, Entry>();
export function clientOf(customer: string): ClientHttp2Session {
  const known = clients.get(customer);
  if (known !== undefined) {
    known.usedAt = Date.now();
    return known.client;
  }
  const client = connect("https://push.example.org");
  clients.set(customer, { client, usedAt: Date.now() });
  return client;
}
export function sweep(): void {
  for (const [customer, entry] of clients) {
    if (Date.now() - entry.usedAt <= 60_000) continue;
    entry.client.close();
    clients.delete(customer);
  }
}`,
    },
  },
  "a promise chain": {
    leak: {
      "keeps the client that was made": `
import { connect, type ClientHttp2Session } from "node:http2";
import { LRUCache } from "lru-cache";
const clients = new LRUCache<string, ClientHttp2Session>({ max: 100, ttl: 60_000 }); //! noListener
const open = (host: string): Promise<ClientHttp2Session> =>
  new Promise((resolve, reject) => {
    const client = connect(host, () => resolve(client)).once("error", reject);
  });
export const send = (customer: string, payload: string): Promise<void> =>
  Promise.resolve(clients.get(customer) ?? open("https://push.example.org"))
    .then((client) => {
      clients.set(customer, client);
      return client;
    })
    .then((client) => void client.request({ ":method": "POST" }).end(payload));`,
      "keeps the promise of a client": `
import { connect, type ClientHttp2Session } from "node:http2";
import { LRUCache } from "lru-cache";
const clients = new LRUCache<string, Promise<ClientHttp2Session>>({ max: 100 }); //! noListener
const open = (host: string): Promise<ClientHttp2Session> =>
  new Promise((resolve, reject) => {
    const client = connect(host, () => resolve(client)).once("error", reject);
  });
export function send(customer: string, payload: string): Promise<void> {
  const client = clients.get(customer) ?? open("https://push.example.org");
  clients.set(customer, client);
  return client.then((ready) => void ready.request({ ":method": "POST" }).end(payload));
}`,
    },
    fine: {
      "closes what the cache drops": `
import { connect, type ClientHttp2Session } from "node:http2";
import { LRUCache } from "lru-cache";
const clients = new LRUCache<string, Promise<ClientHttp2Session>>({
  max: 100,
  dispose: (client) => void client.then((ready) => ready.close()),
});
const open = (host: string): Promise<ClientHttp2Session> =>
  new Promise((resolve, reject) => {
    const client = connect(host, () => resolve(client)).once("error", reject);
  });
export function send(customer: string, payload: string): Promise<void> {
  const client = clients.get(customer) ?? open("https://push.example.org");
  clients.set(customer, client);
  return client.then((ready) => void ready.request({ ":method": "POST" }).end(payload));
}`,
    },
  },
});
