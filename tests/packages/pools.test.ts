/** Pools of workers and of other things, locks and semaphores. */
import { foundUnderEveryName, kindCases } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
import { packageVerdicts } from "../support/packages.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "piscina.Piscina": {
    imports: 'import { Piscina } from "piscina";',
    acquire: 'const x = new Piscina({ filename: "a.js" })',
    use: "await x.run(1)",
    release: "await x.destroy()",
  },
  "tinypool.Tinypool": {
    imports: 'import { Tinypool } from "tinypool";',
    acquire: 'const x = new Tinypool({ filename: "a.js" })',
    use: "await x.run(1)",
    release: "await x.destroy()",
    notReleased: "x.cancelPendingTasks()",
  },
  "workerpool.Pool": {
    imports: 'import { pool } from "workerpool";',
    acquire: 'const x = pool("a.js")',
    use: "x.stats()",
    release: "await x.terminate()",
  },
  "generic-pool.Pool": {
    imports: 'import { createPool, type Factory } from "generic-pool";',
    given: "factory: Factory<object>",
    acquire: "const x = createPool(factory)",
    use: "x.start()",
    release: "await x.clear()",
    notReleased: "await x.drain()",
  },
  "generic-pool.resource": {
    imports: 'import type { Pool } from "generic-pool";',
    given: "pool: Pool<{ work(): void }>",
    acquire: "const x = await pool.acquire()",
    use: "x.work()",
    release: "await pool.release(x)",
  },
  "async-mutex.Releaser": {
    imports: 'import type { Mutex } from "async-mutex";',
    given: "mutex: Mutex",
    acquire: "const x = await mutex.acquire()",
    use: "mutex.isLocked()",
    release: "x()",
  },
  "async-mutex.SemaphoreReleaser": {
    imports: 'import type { Semaphore } from "async-mutex";',
    given: "semaphore: Semaphore",
    acquire: "const [, x] = await semaphore.acquire()",
    use: "semaphore.isLocked()",
    release: "x()",
  },
  "proper-lockfile.lock": {
    imports: 'import { lock } from "proper-lockfile";',
    given: "path: string",
    acquire: "const x = await lock(path)",
    use: "console.log(path)",
    release: "await x()",
  },
};

packageKinds(rule, "pools", kinds);

kindCases(
  "pools: calls that are paired",
  {
    "async-sema.slot": {
      leak: `await sema.acquire(); if (early) return; sema.release();`,
      release: `await sema.acquire(); try { await sema.drain(); } finally { sema.release(); }`,
      handOver: `await sema.acquire(); return () => sema.release();`,
    },
  },
  {
    packages: true,
    prelude: `
      import type { Sema } from "async-sema";
      declare const sema: Sema;
      declare const early: boolean;`,
  },
);

packageVerdicts(rule, "pools: calls that are paired", {
  "async-sema.slot": {
    leak: {
      "not released when the work is rejected": `
import type { Sema } from "async-sema";
export async function f(sema: Sema, work: () => Promise<void>): Promise<void> {
  await sema.acquire(); //! notReleasedOnThrow
  await work();
  sema.release();
}`,
      "released on one path": `
import type { Sema } from "async-sema";
export async function f(sema: Sema, early: boolean): Promise<void> {
  await sema.acquire(); //! notReleasedOnPath
  if (early) return;
  sema.release();
}`,
    },
    fine: {
      released: `
import type { Sema } from "async-sema";
export async function f(sema: Sema, work: () => Promise<void>): Promise<void> {
  await sema.acquire();
  try {
    await work();
  } finally {
    sema.release();
  }
}`,
    },
    quiet: {
      "released by another function": `
import type { Sema } from "async-sema";
class Gate {
  constructor(private readonly sema: Sema) {}
  async enter(): Promise<void> {
    await this.sema.acquire();
  }
  leave(): void {
    this.sema.release();
  }
}
export { Gate };`,
    },
  },
  "the owner of a lock": {
    leak: {
      "another one is released": `
import type { Mutex } from "async-mutex";
export async function f(one: Mutex, other: Mutex, early: boolean): Promise<void> {
  await one.acquire(); //! notReleasedOnPath
  if (early) {
    other.release();
    return;
  }
  one.release();
}`,
    },
    fine: {
      "releases it": `
import type { Mutex } from "async-mutex";
export async function f(mutex: Mutex, work: () => Promise<void>): Promise<void> {
  await mutex.acquire();
  try {
    await work();
  } finally {
    mutex.release();
  }
}`,
      "unlocks the file": `
import { lock, unlock } from "proper-lockfile";
export async function f(path: string, work: () => Promise<void>): Promise<void> {
  await lock(path);
  try {
    await work();
  } finally {
    await unlock(path);
  }
}`,
    },
  },
});

packageKinds(
  rule,
  "pools",
  {
    "async-mutex.Releaser": kinds["async-mutex.Releaser"],
    "async-mutex.SemaphoreReleaser": kinds["async-mutex.SemaphoreReleaser"],
  },
  { versions: { "async-mutex": "async-mutex-older" } },
);

packageKinds(
  rule,
  "pools",
  {
    "piscina.Piscina": kinds["piscina.Piscina"],
  },
  { versions: { piscina: "piscina-older" } },
);

foundUnderEveryName("pools", {
  kind: "piscina.Piscina",
  module: "piscina",
  name: "Piscina",
  acquire: `new NAME()`,
  extended: "NAME",
  versions: { "older types": { piscina: "piscina-older" } },
});
