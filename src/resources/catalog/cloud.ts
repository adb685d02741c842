/** Clients of cloud services and of cluster coordination. */
import type { CatalogFamily } from "../kind.ts";

const smithy = ["@smithy/core", "@smithy/smithy-client", "@aws-sdk/smithy-client"];

export const cloud: CatalogFamily = {
  family: "cloud",
  kinds: [
    {
      // Every client of version 3 extends it. Idle sockets time out, so that destroy() is optional.
      id: "aws-sdk.Client",
      label: "AWS client",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "construct", module: smithy, name: "Client" }],
      release: [{ method: "destroy" }],
      releaseTwice: "harmless",
      types: [{ module: smithy, name: "Client" }],
      source: "https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/s3/#destroy",
    },
    {
      id: "etcd3.Etcd3",
      label: "etcd client",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "construct", module: "etcd3", name: "Etcd3" }],
      release: [{ method: "close" }],
      types: [{ module: "etcd3", name: "Etcd3" }],
      source: "https://microsoft.github.io/etcd3/classes/etcd3.html#close",
    },
    {
      // Renewed until it is revoked.
      id: "etcd3.Lease",
      label: "etcd lease",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "etcd3", name: "Namespace.lease" }],
      release: [{ method: "revoke" }, { method: "release" }],
      automatic: { events: ["lost"] },
      types: [{ module: "etcd3", name: "Lease" }],
      source: "https://microsoft.github.io/etcd3/classes/lease.html",
    },
    {
      id: "etcd3.Lock",
      label: "etcd lock",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "etcd3", name: "Namespace.lock" }],
      release: [{ method: "release" }],
      asyncRelease: true,
      armedBy: ["acquire"],
      automatic: { members: ["do"] },
      types: [{ module: "etcd3", name: "Lock" }],
      source: "https://microsoft.github.io/etcd3/classes/lock.html",
    },
    {
      id: "etcd3.Watcher",
      label: "etcd watcher",
      grade: "should",
      duty: "close",
      acquire: [
        { by: "call", module: "etcd3", name: ["WatchBuilder.create", "WatchBuilder.watcher"] },
      ],
      release: [{ method: "cancel" }],
      asyncRelease: true,
      types: [{ module: "etcd3", name: "Watcher" }],
      source: "https://microsoft.github.io/etcd3/classes/watcher.html",
    },
  ],
  functions: [],
  noDuty: [],
  closedWorlds: ["etcd3", ...smithy],
};
