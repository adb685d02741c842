/** What newer types of Node declare, or declare otherwise, than those the project is compiled with. */
import { kindCases } from "../support/kind-cases.ts";

kindCases(
  "newer types of Node",
  {
    "node.sqlite.DatabaseSync": {
      leak: `const database = new DatabaseSync("a"); database.exec("select 1");`,
      release: `const database = new DatabaseSync("a"); database.close();`,
    },
    "node.sqlite.DatabaseSync.closed": {
      leak: `const database = new DatabaseSync("a", { open: false }); database.open();`,
      release: `const database = new DatabaseSync("a", { open: false }); database.open(); database.close();`,
    },
    "node.events.on": {
      leak: `const events = on(emitter, "a"); console.log(await events.next());`,
      release: `const events = on(emitter, "a"); await events.return?.();`,
      automatic: `for await (const event of on(emitter, "a")) console.log(event);`,
    },
    "node.events.addAbortListener": {
      leak: `const listener = addAbortListener(signal, done); console.log(listener);`,
      release: `const listener = addAbortListener(signal, done); listener[Symbol.dispose]();`,
    },
    "node.fs.promises.watch": {
      leak: `const changes = watch("a"); console.log(await changes.next());`,
      release: `const changes = watch("a"); try { console.log(await changes.next()); } finally { await changes.return?.(); }`,
      automatic: `for await (const change of watch("a")) console.log(change);`,
    },
    "node.zlib.stream": {
      leak: `const zstd = createZstdCompress(); console.log(zstd.bytesWritten);`,
      release: `const zstd = createZstdCompress(); zstd.close();`,
      automatic: `const zstd = createZstdCompress(); zstd.resume();`,
    },
    "node.perf_hooks.IntervalHistogram": {
      leak: `const delays = monitorEventLoopDelay(); delays.enable(); if (early) return; delays.disable();`,
      release: `const delays = monitorEventLoopDelay(); delays.enable(); delays.disable();`,
    },
  },
  {
    packages: true,
    versions: { "@types/node": "node-newer-types" },
    prelude: `
      import { addAbortListener, type EventEmitter, on } from "node:events";
      import { watch } from "node:fs/promises";
      import { monitorEventLoopDelay } from "node:perf_hooks";
      import { DatabaseSync } from "node:sqlite";
      import { createZstdCompress } from "node:zlib";
      declare const emitter: EventEmitter;
      declare const signal: AbortSignal;
      declare const early: boolean;
      declare function done(): void;`,
  },
);
