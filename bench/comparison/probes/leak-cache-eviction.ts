import { LRUCache } from "lru-cache";
import { connect, type Socket } from "node:net";

const sockets = new LRUCache<string, Socket>({ max: 100, ttl: 60_000 });

export function socketFor(host: string): Socket {
  let socket = sockets.get(host);
  if (socket === undefined) {
    socket = connect(443, host);
    sockets.set(host, socket);
  }
  return socket;
}
