import type { Session } from "./session.ts";

/** Who is in which room. */
export class Rooms {
  readonly #rooms = new Map<string, Set<Session>>(); // expect: no-unbounded-collection

  get size(): number {
    return this.#rooms.size;
  }

  join(name: string, session: Session): void {
    const members = this.#rooms.get(name) ?? new Set<Session>();
    this.#rooms.set(name, members.add(session));
  }

  leave(session: Session): void {
    for (const members of this.#rooms.values()) members.delete(session);
  }

  members(name: string): ReadonlySet<Session> {
    return this.#rooms.get(name) ?? new Set<Session>();
  }

  /** Everybody who shares a room with somebody. */
  beside(session: Session): readonly string[] {
    const found = new Set<string>();
    for (const members of this.#rooms.values())
      if (members.has(session)) for (const { id } of members) found.add(id);
    return [...found];
  }
}
