/**
 * Child processes, cluster workers, threads and the ports between them.
 */
import type { CatalogFamily } from "../kind.ts";

export const nodeProcesses: CatalogFamily = {
  family: "node-processes",
  kinds: [
    {
      id: "node.child_process.fork",
      label: "forked ChildProcess",
      grade: "should",
      duty: "close",
      // Its IPC channel keeps both processes alive. What spawn and exec start runs to its own end.
      acquire: [{ by: "call", module: "child_process", name: "fork" }],
      release: [
        { method: "kill" },
        { method: "disconnect" },
        // `process.kill(child.pid)`
        { name: "Process.kill", argument: 0 },
      ],
      standIns: ["pid"],
      automatic: { events: ["exit", "close", "disconnect"], signal: { argument: 2 } },
      notReleasedBy: ["unref"],
      releasedWhen: ["killed"],
      releaseTwice: "harmless",
      source: "https://nodejs.org/api/child_process.html#child_processforkmodulepath-args-options",
    },
    {
      id: "node.cluster.Worker",
      label: "cluster Worker",
      // The primary process finds every worker in cluster.workers, whoever forked it.
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: "cluster", name: "Cluster.fork" }],
      release: [{ method: "kill" }, { method: "disconnect" }, { method: "destroy" }],
      automatic: { events: ["exit", "disconnect"] },
      types: [{ module: "cluster", name: "Worker" }],
      source: "https://nodejs.org/api/cluster.html#clusterforkenv",
    },
    {
      id: "node.worker_threads.Worker",
      label: "Worker",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", module: "worker_threads", name: "Worker" }],
      release: [{ method: "terminate" }],
      asyncRelease: true,
      automatic: { events: ["exit"] },
      notReleasedBy: ["unref"],
      releaseTwice: "harmless",
      types: [{ module: "worker_threads", name: "Worker" }],
      source: "https://nodejs.org/api/worker_threads.html#workerterminate",
    },
    {
      id: "node.worker_threads.MessagePort",
      label: "MessagePort",
      grade: "should",
      duty: "close",
      acquire: [
        {
          by: "construct",
          module: "worker_threads",
          name: "MessageChannel",
          at: [{ result: "port1" }, { result: "port2" }],
        },
      ],
      release: [{ method: "close" }],
      // A port without a listener holds nothing. Closing one end closes the other.
      armedBy: ["on", "addListener", "addEventListener", "onmessage", "ref", "start"],
      automatic: { events: ["close"] },
      notReleasedBy: ["unref"],
      releaseTwice: "harmless",
      types: [{ module: "worker_threads", name: "MessagePort" }],
      source: "https://nodejs.org/api/worker_threads.html#portclose",
    },
    {
      id: "node.worker_threads.BroadcastChannel",
      label: "BroadcastChannel",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", module: "worker_threads", name: "BroadcastChannel" }],
      release: [{ method: "close" }],
      notReleasedBy: ["unref"],
      releaseTwice: "harmless",
      types: [{ module: "worker_threads", name: "BroadcastChannel" }],
      source: "https://nodejs.org/api/worker_threads.html#broadcastchannelclose",
    },
  ],
  functions: [
    {
      // The socket is closed here once the other process has it, unless `keepOpen` says otherwise.
      module: "child_process",
      name: "ChildProcess.send",
      takes: [1],
      unless: [{ argument: 2, property: "keepOpen", is: true }],
      source:
        "https://nodejs.org/api/child_process.html#subprocesssendmessage-sendhandle-options-callback",
    },
    {
      module: "cluster",
      name: "Worker.send",
      takes: [1],
      unless: [{ argument: 2, property: "keepOpen", is: true }],
      source: "https://nodejs.org/api/cluster.html#workersendmessage-sendhandle-options-callback",
    },
    {
      name: "Process.send",
      takes: [1],
      unless: [{ argument: 2, property: "keepOpen", is: true }],
      source: "https://nodejs.org/api/process.html#processsendmessage-sendhandle-options-callback",
    },
    {
      // The transfer list moves its ports and file handles to the other side.
      module: "worker_threads",
      name: ["Worker.postMessage", "MessagePort.postMessage"],
      takes: [1],
      source: "https://nodejs.org/api/worker_threads.html#portpostmessagevalue-transferlist",
    },
    {
      module: "worker_threads",
      name: "Worker",
      takes: [{ argument: 1, property: "transferList" }],
      source: "https://nodejs.org/api/worker_threads.html#new-workerfilename-options",
    },
    {
      module: "worker_threads",
      name: "moveMessagePortToContext",
      takes: [0],
      source:
        "https://nodejs.org/api/worker_threads.html#workermovemessageporttocontextport-contextifiedsandbox",
    },
  ],
  noDuty: [
    {
      by: "call",
      module: "child_process",
      name: ["spawn", "exec", "execFile"],
      reason: "a child that runs to its own end is the norm",
      source: "https://nodejs.org/api/child_process.html#child_processspawncommand-args-options",
    },
    {
      by: "type",
      module: "child_process",
      name: "ChildProcess",
      reason: "a child that runs to its own end is the norm",
      source: "https://nodejs.org/api/child_process.html#class-childprocess",
    },
  ],
  closedWorlds: ["child_process", "cluster", "worker_threads"],
};
