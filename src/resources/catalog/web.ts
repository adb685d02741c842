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
      id: "web.RTCPeerConnection",
      label: "RTCPeerConnection",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", name: "RTCPeerConnection" }],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      types: [{ name: "RTCPeerConnection" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/RTCPeerConnection/close",
    },
    {
      id: "web.RTCDataChannel",
      label: "RTCDataChannel",
      grade: "should",
      duty: "close",
      acquire: [{ by: "call", name: "RTCPeerConnection.createDataChannel" }],
      release: [{ method: "close" }],
      automatic: { parent: true, events: ["close"] },
      types: [{ name: "RTCDataChannel" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/RTCDataChannel/close",
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

    // Media.
    {
      id: "web.MediaStream",
      label: "MediaStream",
      grade: "must",
      duty: "close",
      acquire: [
        { by: "call", name: ["MediaDevices.getUserMedia", "MediaDevices.getDisplayMedia"] },
        { by: "call", name: ["MediaStream.clone", "HTMLCanvasElement.captureStream"] },
      ],
      // The stream has no stop of its own.
      release: [
        { method: "stop", ofEach: "getTracks" },
        { method: "stop", ofEach: "getVideoTracks" },
        { method: "stop", ofEach: "getAudioTracks" },
      ],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MediaStreamTrack/stop",
    },
    {
      id: "web.MediaStreamTrack",
      label: "MediaStreamTrack",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", name: "MediaStreamTrack.clone" }],
      release: [{ method: "stop" }],
      automatic: { events: ["ended"] },
      releaseTwice: "harmless",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MediaStreamTrack/stop",
    },
    {
      id: "web.MediaRecorder",
      label: "MediaRecorder",
      grade: "should",
      duty: "close",
      acquire: [{ by: "construct", name: "MediaRecorder" }],
      release: [{ method: "stop" }],
      armedBy: ["start"],
      automatic: { events: ["stop"] },
      notReleasedBy: ["pause"],
      types: [{ name: "MediaRecorder" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MediaRecorder/stop",
    },
    {
      id: "web.AudioContext",
      label: "AudioContext",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", name: "AudioContext" }],
      release: [{ method: "close" }],
      asyncRelease: true,
      notReleasedBy: ["suspend"],
      types: [{ name: "AudioContext" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/AudioContext/close",
    },
    {
      id: "web.codec",
      label: "codec",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "construct",
          name: ["VideoDecoder", "VideoEncoder", "AudioDecoder", "AudioEncoder", "ImageDecoder"],
        },
      ],
      release: [{ method: "close" }],
      notReleasedBy: ["reset", "flush"],
      types: [
        { name: ["VideoDecoder", "VideoEncoder", "AudioDecoder", "AudioEncoder", "ImageDecoder"] },
      ],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/VideoDecoder/close",
    },

    // Memory outside the garbage collector's reach.
    {
      id: "web.objectURL",
      label: "object URL",
      grade: "must",
      duty: "free",
      acquire: [
        { by: "call", name: "URL.createObjectURL" },
        { by: "call", module: "url", name: "URL.createObjectURL" },
      ],
      release: [
        { name: "URL.revokeObjectURL", argument: 0 },
        { module: "url", name: "URL.revokeObjectURL", argument: 0 },
      ],
      releaseTwice: "harmless",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/URL/revokeObjectURL_static",
    },
    {
      id: "web.ImageBitmap",
      label: "ImageBitmap",
      grade: "should",
      duty: "free",
      acquire: [
        { by: "call", name: "createImageBitmap" },
        { by: "call", name: "OffscreenCanvas.transferToImageBitmap" },
      ],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      types: [{ name: "ImageBitmap" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/ImageBitmap/close",
    },
    {
      id: "web.VideoFrame",
      label: "VideoFrame",
      grade: "must",
      duty: "free",
      acquire: [
        { by: "construct", name: "VideoFrame" },
        { by: "call", name: "VideoFrame.clone" },
      ],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      types: [{ name: "VideoFrame" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/VideoFrame/close",
    },
    {
      id: "web.AudioData",
      label: "AudioData",
      grade: "must",
      duty: "free",
      acquire: [
        { by: "construct", name: "AudioData" },
        { by: "call", name: "AudioData.clone" },
      ],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      types: [{ name: "AudioData" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/AudioData/close",
    },

    // Observers and watches: the duty is to remove them.
    {
      id: "web.observer",
      label: "observer",
      grade: "should",
      duty: "remove",
      acquire: [
        {
          by: "construct",
          name: [
            "MutationObserver",
            "ResizeObserver",
            "IntersectionObserver",
            "PerformanceObserver",
            "ReportingObserver",
          ],
        },
      ],
      release: [{ method: "disconnect" }],
      armedBy: ["observe"],
      releaseTwice: "harmless",
      types: [
        {
          name: [
            "MutationObserver",
            "ResizeObserver",
            "IntersectionObserver",
            "PerformanceObserver",
            "ReportingObserver",
          ],
        },
      ],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MutationObserver/disconnect",
    },
    {
      id: "web.geolocationWatch",
      label: "geolocation watch",
      grade: "must",
      duty: "remove",
      acquire: [{ by: "call", name: "Geolocation.watchPosition" }],
      release: [{ name: "Geolocation.clearWatch", argument: 0 }],
      releaseTwice: "harmless",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/Geolocation/clearWatch",
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
      name: "ImageBitmapRenderingContext.transferFromImageBitmap",
      takes: [0],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/ImageBitmapRenderingContext/transferFromImageBitmap",
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
      name: [
        "EventTarget.addEventListener",
        "AbortSignal.addEventListener",
        "Window.addEventListener",
        "Document.addEventListener",
        "HTMLElement.addEventListener",
        "WebSocket.addEventListener",
        "addEventListener",
      ],
      takes: [1],
      never: "throws",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/EventTarget/addEventListener",
    },
    {
      name: ["AbortController", "AbortController.abort", "Performance.now"],
      never: "throws",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/AbortController/abort",
    },
    {
      name: [
        "MediaStream.getTracks",
        "MediaStream.getVideoTracks",
        "MediaStream.getAudioTracks",
        "MediaStreamTrack.stop",
      ],
      never: "throws",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MediaStream/getTracks",
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
      by: "construct",
      name: "AbortController",
      reason: "it holds nothing; aborting is for work that is no longer wanted",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/AbortController",
    },
    {
      by: "construct",
      name: "OfflineAudioContext",
      reason: "renders into memory and has nothing to close",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/OfflineAudioContext",
    },
  ],
  closedWorlds: [],
};
