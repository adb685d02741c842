import { verdicts } from "../../support/verdicts.ts";

verdicts("no-undisposed-field", "tags", {
  "a field that is filled with an owned parameter": {
    leak: {
      "tagged parameter": `
import { type Handle } from "./kit/handles.js";
export class Reader {
  private readonly handle: Handle;
  constructor(/** @owning */ handle: Handle) { //! noRelease
    this.handle = handle;
  }
  read(): string {
    return this.handle.read();
  }
}`,
      "tagged on the constructor": `
import { type Handle } from "./kit/handles.js";
export class Reader {
  private readonly handle: Handle;
  /** @owning handle */
  constructor(handle: Handle) { //! noRelease
    this.handle = handle;
  }
}`,
      "parameter property": `
import { type Handle } from "./kit/handles.js";
export class Reader {
  constructor(/** @owning */ private readonly handle: Handle) {} //! noRelease
  read(): string {
    return this.handle.read();
  }
}`,
      "tagged field": `
import { type Handle } from "./kit/handles.js";
export class Reader {
  /** @owning */
  private readonly handle: Handle;
  constructor(handle: Handle) { //! noRelease
    this.handle = handle;
  }
}`,
      "forgotten by the method that ends it": `
import { type Handle } from "./kit/handles.js";
export class Reader {
  constructor(/** @owning */ private readonly handle: Handle) {} //! fieldNotReleased
  close(): void {
    console.log(this.handle.closed);
  }
}`,
    },
    fine: {
      "tagged parameter": `
import { type Handle } from "./kit/handles.js";
export class Reader {
  private readonly handle: Handle;
  constructor(/** @owning */ handle: Handle) {
    this.handle = handle;
  }
  close(): void {
    this.handle.close();
  }
}`,
      "tagged field": `
import { type Handle } from "./kit/handles.js";
export class Reader {
  /** @owning */
  private readonly handle: Handle;
  constructor(handle: Handle) {
    this.handle = handle;
  }
  close(): void {
    this.handle.close();
  }
}`,
      "no tag": `
import { type Handle } from "./kit/handles.js";
export class Reader {
  private readonly handle: Handle;
  constructor(handle: Handle) {
    this.handle = handle;
  }
}`,
    },
  },
  "a field that borrows": {
    fine: {
      "what a member makes": `
import { open, type Handle } from "./kit/handles.js";
export class Reader {
  /** @notOwning */
  private readonly handle = open();
  current(): Handle {
    return this.handle;
  }
}`,
    },
    leak: {
      "is left out, the other is not": `
import { open } from "./kit/handles.js";
export class Reader {
  /** @notOwning */
  readonly lent = open();
  readonly own = open(); //! noRelease
}`,
    },
  },
});

verdicts("no-unclosed-disposable", "tags of fields, for callers", {
  "what is given to a field": {
    fine: {
      "that owns": `
import { open, type Handle } from "./kit/handles.js";
class Reader {
  /** @owning */
  #handle: Handle;
  constructor(handle: Handle) {
    this.#handle = handle;
  }
  close(): void {
    this.#handle.close();
  }
}
export function f(): Reader {
  const handle = open();
  return new Reader(handle);
}`,
    },
    leak: {
      "that borrows": `
import { open, type Handle } from "./kit/handles.js";
class Reader {
  /** @notOwning */
  private handle: Handle;
  constructor(handle: Handle) {
    this.handle = handle;
  }
  read(): string {
    return this.handle.read();
  }
}
export function f(): Reader {
  const handle = open(); //! neverReleased
  return new Reader(handle);
}`,
    },
  },
});
