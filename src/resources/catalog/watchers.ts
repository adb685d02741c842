/**
 * Watchers of files, and terminals.
 */
import type { CatalogFamily } from "../kind.ts";

export const watchers: CatalogFamily = {
  family: "watchers",
  kinds: [
    {
      id: "chokidar.FSWatcher",
      label: "chokidar watcher",
      grade: "should",
      duty: "close",
      acquire: [
        { by: "call", module: "chokidar", name: ["watch", "_default.watch"] },
        { by: "construct", module: "chokidar", name: "FSWatcher" },
      ],
      release: [{ method: "close" }],
      asyncRelease: true,
      // It only takes paths out.
      notReleasedBy: ["unwatch"],
      releasedWhen: ["closed"],
      releaseTwice: "harmless",
      types: [{ module: "chokidar", name: "FSWatcher" }],
      source: "https://github.com/paulmillr/chokidar#methods--events",
    },
    {
      id: "parcel.watcher.AsyncSubscription",
      label: "watcher subscription",
      grade: "should",
      duty: "close",
      acquire: [{ by: "call", module: "@parcel/watcher", name: "subscribe" }],
      release: [{ method: "unsubscribe" }],
      asyncRelease: true,
      releaseTwice: "harmless",
      types: [{ module: "@parcel/watcher", name: "AsyncSubscription" }],
      source: "https://github.com/parcel-bundler/watcher#watching",
    },
    {
      id: "watchpack.Watchpack",
      label: "Watchpack",
      grade: "should",
      duty: "close",
      acquire: [{ by: "construct", module: "watchpack", name: ["Watchpack", "_exports"] }],
      release: [{ method: "close" }],
      armedBy: ["watch"],
      // It keeps its watchers for later.
      notReleasedBy: ["pause"],
      releaseTwice: "harmless",
      types: [{ module: "watchpack", name: "Watchpack" }],
      source: "https://github.com/webpack/watchpack#api",
    },
    {
      id: "node-pty.IPty",
      label: "pseudo terminal",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "node-pty", name: "spawn" }],
      release: [{ method: "kill" }],
      // It ends with its process, and who listens for that knows.
      automatic: { members: ["onExit"] },
      types: [{ module: "node-pty", name: "IPty" }],
      source: "https://github.com/microsoft/node-pty#example-usage",
    },
    {
      id: "node-pty.listener",
      label: "terminal listener",
      grade: "should",
      duty: "remove",
      acquire: [{ by: "call", module: "node-pty", name: ["IPty.onData", "IPty.onExit"] }],
      release: [{ method: "dispose" }],
      releaseTwice: "harmless",
      types: [{ module: "node-pty", name: "IDisposable" }],
      source: "https://github.com/microsoft/node-pty/blob/main/typings/node-pty.d.ts",
    },
  ],
  functions: [],
  noDuty: [],
  closedWorlds: ["@parcel/watcher", "chokidar", "node-pty"],
};
