/**
 * The web platform: what browsers, workers and the web-like globals of Node hand out.
 *
 * The library files of TypeScript declare no `Symbol.dispose` on any of these.
 */
import type { CatalogFamily } from "../kind.ts";

export const web: CatalogFamily = {
  family: "web",
  kinds: [
    {
      id: "web.WebSocket",
      label: "WebSocket",
      grade: "must",
      duty: "close",
      acquire: [
        { by: "construct", name: "WebSocket" },
        { by: "construct", module: "undici-types", name: "WebSocket" },
      ],
      release: [{ method: "close" }],
      automatic: { events: ["close"] },
      releaseTwice: "harmless",
      types: [{ name: "WebSocket" }, { module: "undici-types", name: "WebSocket" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/close",
    },
    {
      id: "web.EventSource",
      label: "EventSource",
      grade: "must",
      duty: "close",
      acquire: [
        { by: "construct", name: "EventSource" },
        { by: "construct", module: "undici-types", name: "EventSource" },
      ],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      types: [{ name: "EventSource" }, { module: "undici-types", name: "EventSource" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/EventSource/close",
    },
    {
      id: "web.WebTransport",
      label: "WebTransport",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", name: "WebTransport" }],
      release: [{ method: "close" }],
      types: [{ name: "WebTransport" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/WebTransport/close",
    },
    {
      id: "web.Worker",
      label: "Worker",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", name: "Worker" }],
      release: [{ method: "terminate" }],
      releaseTwice: "harmless",
      types: [{ name: "Worker" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/Worker/terminate",
    },
    {
      id: "web.SharedWorker",
      label: "port of a SharedWorker",
      grade: "should",
      duty: "close",
      // The worker has no member of its own that ends it: it lives as long as one of its ports.
      acquire: [{ by: "construct", name: "SharedWorker", at: { result: "port" } }],
      release: [{ method: "close" }],
      armedBy: ["onmessage", "start"],
      releaseTwice: "harmless",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/SharedWorker/port",
    },
    {
      id: "web.BroadcastChannel",
      label: "BroadcastChannel",
      grade: "should",
      duty: "close",
      acquire: [{ by: "construct", name: "BroadcastChannel" }],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      types: [{ name: "BroadcastChannel" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/BroadcastChannel/close",
    },
    {
      id: "web.MessagePort",
      label: "MessagePort",
      grade: "should",
      duty: "close",
      acquire: [
        {
          by: "construct",
          name: "MessageChannel",
          at: [{ result: "port1" }, { result: "port2" }],
        },
      ],
      release: [{ method: "close" }],
      // addEventListener alone delivers nothing before start().
      armedBy: ["onmessage", "start"],
      releaseTwice: "harmless",
      types: [{ name: "MessagePort" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MessagePort/close",
    },

    // Locks on streams and files.
    {
      id: "web.ReadableStreamReader",
      label: "stream reader",
      // A lock on a stream that nobody else sees harms nobody.
      grade: "should",
      duty: "close",
      acquire: [
        { by: "call", name: "ReadableStream.getReader" },
        { by: "call", module: "stream/web", name: "ReadableStream.getReader" },
      ],
      // cancel() keeps the lock and ends the source, so that nobody waits for the lock.
      release: [{ method: "releaseLock" }, { method: "cancel" }],
      // A loop over read() that runs to the end leaves nothing to release. Whether it does cannot be
      // said here, so reading at all counts.
      automatic: { members: ["read"] },
      releaseTwice: "harmless",
      types: [
        { name: ["ReadableStreamDefaultReader", "ReadableStreamBYOBReader"] },
        {
          module: "stream/web",
          name: ["ReadableStreamDefaultReader", "ReadableStreamBYOBReader"],
        },
      ],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/ReadableStreamDefaultReader/releaseLock",
    },
    {
      id: "web.WritableStreamDefaultWriter",
      label: "stream writer",
      grade: "must",
      duty: "close",
      acquire: [
        { by: "call", name: "WritableStream.getWriter" },
        { by: "call", module: "stream/web", name: "WritableStream.getWriter" },
      ],
      release: [{ method: "releaseLock" }, { method: "close" }, { method: "abort" }],
      types: [
        { name: "WritableStreamDefaultWriter" },
        { module: "stream/web", name: "WritableStreamDefaultWriter" },
      ],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/WritableStreamDefaultWriter/releaseLock",
    },
    {
      id: "web.ReadableStreamBranch",
      label: "branch of a teed stream",
      // What one branch has not read yet is kept for it, without limit.
      grade: "should",
      duty: "close",
      acquire: [
        { by: "call", name: "ReadableStream.tee", at: [{ result: "0" }, { result: "1" }] },
        {
          by: "call",
          module: "stream/web",
          name: "ReadableStream.tee",
          at: [{ result: "0" }, { result: "1" }],
        },
      ],
      release: [{ method: "cancel" }],
      asyncRelease: true,
      // A reader takes the branch over.
      automatic: { iteration: true, members: ["getReader", "tee"] },
      releaseTwice: "harmless",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/ReadableStream/tee",
    },
    {
      id: "web.FileSystemSyncAccessHandle",
      label: "FileSystemSyncAccessHandle",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", name: "FileSystemFileHandle.createSyncAccessHandle" }],
      release: [{ method: "close" }],
      types: [{ name: "FileSystemSyncAccessHandle" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/FileSystemSyncAccessHandle/close",
    },
    {
      id: "web.FileSystemWritableFileStream",
      label: "FileSystemWritableFileStream",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", name: "FileSystemFileHandle.createWritable" }],
      release: [{ method: "close" }, { method: "abort" }],
      asyncRelease: true,
      types: [{ name: "FileSystemWritableFileStream" }],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/FileSystemFileHandle/createWritable",
    },
    {
      id: "web.WakeLockSentinel",
      label: "WakeLockSentinel",
      grade: "should",
      duty: "close",
      acquire: [{ by: "call", name: "WakeLock.request" }],
      release: [{ method: "release" }],
      asyncRelease: true,
      automatic: { events: ["release"] },
      releasedWhen: ["released"],
      releaseTwice: "harmless",
      types: [{ name: "WakeLockSentinel" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/WakeLockSentinel/release",
    },
    {
      id: "web.IDBDatabase",
      label: "IDBDatabase",
      // While it is open nobody else can upgrade or delete the database.
      grade: "should",
      duty: "close",
      acquire: [{ by: "call", name: "IDBFactory.open", at: { result: "result" } }],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      types: [{ name: "IDBDatabase" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/IDBDatabase/close",
    },
  ],
  functions: [
    {
      name: "Response",
      takes: [0],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/Response/Response",
    },
    {
      name: ["Request", "fetch"],
      takes: [{ argument: 1, property: "body" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/RequestInit#body",
    },
    {
      name: "XMLHttpRequest.send",
      takes: [0],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/XMLHttpRequest/send",
    },
    {
      name: ["ReadableStream.pipeTo", "ReadableStream.pipeThrough"],
      takes: ["this", 0],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/ReadableStream/pipeTo",
    },
    {
      module: "stream/web",
      name: ["ReadableStream.pipeTo", "ReadableStream.pipeThrough"],
      takes: ["this", 0],
      source: "https://nodejs.org/api/webstreams.html#readablestreampipetodestination-options",
    },
    {
      name: ["ReadableStreamDefaultController.enqueue", "WritableStreamDefaultWriter.write"],
      takes: [0],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/ReadableStreamDefaultController/enqueue",
    },
    {
      // Argument 1 is the transfer list or options with one.
      name: [
        "Worker.postMessage",
        "MessagePort.postMessage",
        "DedicatedWorkerGlobalScope.postMessage",
        "ServiceWorker.postMessage",
      ],
      takes: [1],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/Worker/postMessage",
    },
    {
      name: ["Window.postMessage", "postMessage"],
      takes: [1, 2],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/Window/postMessage",
    },
    {
      name: "structuredClone",
      takes: [{ argument: 1, property: "transfer" }],
      throws: "on-bad-data",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/Window/structuredClone",
    },
    {
      name: ["AbortController", "AbortController.abort", "Performance.now"],
      never: "throws",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/AbortController/abort",
    },
    {
      name: ["URL", "atob", "btoa"],
      throws: "on-bad-data",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/URL/URL",
    },
    {
      module: "url",
      name: "URL",
      throws: "on-bad-data",
      source: "https://nodejs.org/api/url.html#new-urlinput-base",
    },
  ],
  noDuty: [
    {
      by: "call",
      name: "LockManager.request",
      reason: "the lock ends with its callback",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/LockManager/request",
    },
    {
      by: "construct",
      name: "AbortController",
      reason: "it holds nothing; aborting is for work that is no longer wanted",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/AbortController",
    },
  ],
  closedWorlds: [],
};
