/** Sockets that are lent, given back and closed together. */
import { connect, type Socket } from "node:net";

export class SocketPool implements Disposable {
  readonly #port: number;
  readonly #idle: Socket[] = [];
  readonly #lent = new Set<Socket>();

  constructor(port: number) {
    this.#port = port;
  }

  /** The caller borrows the socket until `giveBack`. */
  borrow(): Socket {
    const idle = this.#idle.pop();
    if (idle !== undefined && !idle.destroyed) {
      this.#lent.add(idle);
      return idle;
    }
    const fresh = connect(this.#port, "localhost");
    this.#lent.add(fresh);
    return fresh;
  }

  giveBack(socket: Socket): void {
    if (!this.#lent.delete(socket)) return;
    if (socket.destroyed || this.#idle.length >= 4) socket.destroy();
    else this.#idle.push(socket);
  }

  async with<T>(task: (socket: Socket) => Promise<T>): Promise<T> {
    const socket = this.borrow();
    try {
      return await task(socket);
    } finally {
      this.giveBack(socket);
    }
  }

  [Symbol.dispose](): void {
    for (const socket of this.#lent) socket.destroy();
    for (const socket of this.#idle) socket.destroy();
    this.#lent.clear();
    this.#idle.length = 0;
  }
}

export async function ping(port: number): Promise<boolean> {
  using pool = new SocketPool(port);
  return await pool.with(async (socket) => {
    await new Promise<void>((resolve) => socket.write("ping", () => resolve()));
    return !socket.destroyed;
  });
}
