import { foundUnderEveryName, kindCases } from "../support/kind-cases.ts";

kindCases(
  "watchers and terminals",
  {
    "chokidar.FSWatcher": {
      leak: [
        `const watcher = watch("a"); watcher.unwatch("b");`,
        `const watcher = chokidar.watch("a"); watcher.on("change", console.log);`,
      ],
      release: `const watcher = watch("a"); await watcher.close();`,
    },
    "parcel.watcher.AsyncSubscription": {
      leak: `const seen = await subscribe("a", () => undefined); console.log(seen);`,
      release: `const seen = await subscribe("a", () => undefined); await seen.unsubscribe();`,
    },
    "watchpack.Watchpack": {
      leak: `const pack = new Watchpack({}); pack.watch({ files: ["a"] }); pack.pause();`,
      release: `const pack = new Watchpack({}); pack.watch({ files: ["a"] }); pack.close();`,
      automatic: `const pack = new Watchpack({}); console.log(pack);`,
    },
    "node-pty.IPty": {
      leak: `const pty = spawn("sh", [], {}); pty.write("a");`,
      release: `const pty = spawn("sh", [], {}); pty.kill();`,
      automatic: `const pty = spawn("sh", [], {}); return pty.onExit(() => undefined);`,
    },
    "node-pty.listener": {
      leak: `const seen = pty.onData(console.log); console.log(seen);`,
      release: `const seen = pty.onData(console.log); seen.dispose();`,
    },
  },
  {
    packages: true,
    prelude: `
      import chokidar, { watch } from "chokidar";
      import { subscribe } from "@parcel/watcher";
      import Watchpack from "watchpack";
      import { type IPty, spawn } from "node-pty";
      declare const pty: IPty;`,
  },
);
foundUnderEveryName("watchers", {
  kind: "chokidar.FSWatcher",
  module: "chokidar",
  name: "FSWatcher",
  acquire: `new NAME()`,
  extended: "NAME",
  versions: { "an older version": { chokidar: "chokidar-3" } },
});
foundUnderEveryName("watchers", {
  kind: "chokidar.FSWatcher",
  module: "chokidar",
  name: "watch",
  acquire: `NAME("a")`,
  versions: { "an older version": { chokidar: "chokidar-3" } },
});
