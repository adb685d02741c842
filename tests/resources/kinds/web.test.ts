import { type KindCases, kindCases } from "../../support/kind-cases.ts";

kindCases(
  "connections, workers, streams and locks of the web platform",
  {
    "web.WebSocket": {
      leak: `const socket = new WebSocket("wss://a"); socket.binaryType = "blob";`,
      release: `const socket = new WebSocket("wss://a"); socket.close();`,
      automatic: `const socket = new WebSocket("wss://a"); socket.addEventListener("close", () => undefined);`,
    },
    "web.EventSource": {
      leak: `const source = new EventSource("/a"); source.onmessage = () => undefined;`,
      release: `const source = new EventSource("/a"); source.close();`,
    },
    "web.WebTransport": {
      leak: `const transport = new WebTransport("https://a"); await transport.ready;`,
      release: `const transport = new WebTransport("https://a"); transport.close();`,
    },
    "web.Worker": {
      leak: `const worker = new Worker("a.js"); worker.postMessage(1);`,
      release: `const worker = new Worker("a.js"); worker.terminate();`,
    },
    "web.SharedWorker": {
      leak: `const { port } = new SharedWorker("a.js"); port.start();`,
      release: [
        `const { port } = new SharedWorker("a.js"); port.start(); port.close();`,
        `const worker = new SharedWorker("a.js"); worker.port.onmessage = () => undefined; worker.port.close();`,
      ],
      automatic: `const worker = new SharedWorker("a.js"); worker.port.addEventListener("message", () => undefined);`,
    },
    "web.BroadcastChannel": {
      leak: `const channel = new BroadcastChannel("a"); channel.postMessage(1);`,
      release: `const channel = new BroadcastChannel("a"); channel.close();`,
    },
    "web.MessagePort": {
      leak: `const { port1 } = new MessageChannel(); port1.start();`,
      release: `const { port1 } = new MessageChannel(); port1.start(); port1.close();`,
      automatic: [
        `const { port1 } = new MessageChannel(); port1.postMessage(1);`,
        `const channel = new MessageChannel(); channel.port2.start(); new Worker("a.js").terminate(); postMessage(1, "*", [channel.port2]);`,
      ],
    },
    "web.ReadableStreamReader": {
      leak: `const reader = stream.getReader(); console.log(reader.closed);`,
      release: [
        `const reader = stream.getReader(); reader.releaseLock();`,
        `const reader = stream.getReader(); await reader.cancel();`,
      ],
      automatic: `const reader = stream.getReader(); while (!(await reader.read()).done);`,
    },
    "web.WritableStreamDefaultWriter": {
      leak: `const writer = writable.getWriter(); console.log(writer.desiredSize);`,
      release: [
        `const writer = writable.getWriter(); writer.releaseLock();`,
        `const writer = writable.getWriter(); await writer.close();`,
        `const writer = writable.getWriter(); await writer.abort();`,
      ],
    },
    "web.ReadableStreamBranch": {
      leak: `const [a, b] = stream.tee(); for await (const part of a) console.log(part, b.locked);`,
      release: [
        `const [a, b] = stream.tee(); await Promise.all([a.cancel(), b.cancel()]);`,
        `const [a, b] = stream.tee(); new Response(a); await b.cancel();`,
      ],
      automatic: [
        `const [a, b] = stream.tee(); await Promise.all([a.pipeTo(writable), new Response(b).text()]);`,
        `const [a, b] = stream.tee(); for await (const part of a) console.log(part); for await (const part of b) console.log(part);`,
      ],
    },
    "web.FileSystemWritableFileStream": {
      leak: `const out = await file.createWritable(); console.log(out.locked);`,
      release: [
        `const out = await file.createWritable(); try { await out.write("a"); } finally { await out.close(); }`,
        `const out = await file.createWritable(); await out.abort();`,
      ],
      automatic: `const out = await file.createWritable(); await stream.pipeTo(out);`,
    },
    "web.WakeLockSentinel": {
      leak: `const lock = await navigator.wakeLock.request("screen"); console.log(lock.type);`,
      release: `const lock = await navigator.wakeLock.request("screen"); await lock.release();`,
      automatic: `const lock = await navigator.wakeLock.request("screen"); lock.addEventListener("release", () => undefined);`,
    },
    "web.IDBDatabase": {
      leak: `const request = indexedDB.open("a"); await settled(request); console.log(request.result.name);`,
      release: `const request = indexedDB.open("a"); await settled(request); request.result.close();`,
    },
  },
  {
    prelude: `
    declare const stream: ReadableStream<Uint8Array>;
    declare const writable: WritableStream<Uint8Array>;
    declare const file: FileSystemFileHandle;
    async function settled(request: IDBRequest): Promise<void> {
      while (request.readyState !== "done") await Promise.resolve();
    }`,
  },
);

kindCases(
  "files in a worker of the web",
  {
    "web.FileSystemSyncAccessHandle": {
      leak: `const handle = await file.createSyncAccessHandle(); console.log(handle.getSize());`,
      release: `const handle = await file.createSyncAccessHandle(); handle.close();`,
    },
  },
  { worker: true, prelude: "declare const file: FileSystemFileHandle;" },
);

kindCases(
  "cameras, sound, calls and codecs",
  {
    "web.RTCPeerConnection": {
      leak: `const peer = new RTCPeerConnection(); await peer.createOffer();`,
      release: `const peer = new RTCPeerConnection(); peer.close();`,
    },
    "web.RTCDataChannel": {
      // The connection is what leaks.
      leak: [],
      release: `const channel = peer.createDataChannel("a"); channel.close();`,
      automatic: `const channel = peer.createDataChannel("a"); channel.send("a");`,
    },
    "web.MediaStream": {
      leak: [
        `const media = await navigator.mediaDevices.getUserMedia({ video: true }); const video = document.createElement("video"); video.srcObject = media;`,
        `const media = canvas.captureStream(); console.log(media.active);`,
      ],
      release: [
        `const media = await navigator.mediaDevices.getUserMedia({ video: true });
       for (const track of media.getTracks()) track.stop();`,
        `const media = await navigator.mediaDevices.getDisplayMedia();
       media.getTracks().forEach((track) => track.stop());`,
      ],
    },
    "web.MediaStreamTrack": {
      leak: `const copy = track.clone(); copy.enabled = false;`,
      release: `const copy = track.clone(); copy.stop();`,
      automatic: `const copy = track.clone(); copy.addEventListener("ended", () => undefined);`,
    },
    "web.MediaRecorder": {
      leak: `const recorder = new MediaRecorder(media); recorder.start(); recorder.pause();`,
      release: `const recorder = new MediaRecorder(media); recorder.start(); recorder.stop();`,
      automatic: [
        `const recorder = new MediaRecorder(media); console.log(recorder.state);`,
        `const recorder = new MediaRecorder(media); recorder.addEventListener("stop", () => undefined); recorder.start();`,
      ],
    },
    "web.AudioContext": {
      leak: `const audio = new AudioContext(); await audio.suspend();`,
      release: `const audio = new AudioContext(); await audio.close();`,
    },
    "web.codec": {
      leak: `const encoder = new VideoEncoder({ output() {}, error() {} }); encoder.reset();`,
      release: `const encoder = new VideoEncoder({ output() {}, error() {} }); encoder.close();`,
    },
    "web.MediaKeySession": {
      leak: `const session = keys.createSession(); await session.load("a");`,
      release: `const session = keys.createSession(); try { await session.load("a"); } finally { await session.close(); }`,
      automatic: `const session = keys.createSession(); console.log(session.sessionId);`,
    },
    "web.VideoFrame": {
      leak: [
        `const frame = new VideoFrame(canvas); console.log(frame.codedWidth);`,
        `const copy = given.clone(); console.log(copy.codedWidth);`,
        `const { image } = await images.decode(); console.log(image.codedWidth);`,
        `return new VideoDecoder({ output: (frame) => { console.log(frame.codedWidth); }, error() {} });`,
        `return new VideoDecoder({ output(frame) { console.log(frame.codedWidth); }, error() {} });`,
      ],
      release: [
        `const frame = new VideoFrame(canvas); frame.close();`,
        `const copy = given.clone(); copy.close();`,
        `const { image } = await images.decode(); image.close();`,
        `return new VideoDecoder({ output: (frame) => { frame.close(); }, error() {} });`,
      ],
      automatic: `return new VideoDecoder({ output: (frame) => controller.enqueue(frame), error() {} });`,
    },
    "web.AudioData": {
      leak: [
        `const copy = sound.clone(); console.log(copy.duration);`,
        `return new AudioDecoder({ output: (data) => { console.log(data.duration); }, error() {} });`,
      ],
      release: [
        `const copy = sound.clone(); copy.close();`,
        `return new AudioDecoder({ output: (data) => data.close(), error() {} });`,
      ],
      automatic: `const copy = sound.clone(); new Worker("a").terminate(); postMessage(1, "*", [copy]);`,
    },
  },
  {
    prelude: `
    declare const peer: RTCPeerConnection;
    declare const track: MediaStreamTrack;
    declare const media: MediaStream;
    declare const canvas: HTMLCanvasElement;
    declare const keys: MediaKeys;
    declare const given: VideoFrame;
    declare const sound: AudioData;
    declare const images: ImageDecoder;
    declare const controller: ReadableStreamDefaultController<VideoFrame>;`,
  },
);

/** A WebGL object: made and deleted through its context. */
function webgl(name: string, made = `gl.create${name}()`): KindCases {
  return {
    leak: `const made = ${made}; console.log(made);`,
    release: `const made = ${made}; gl.delete${name}(made);`,
  };
}

kindCases(
  "memory of the GPU",
  {
    "web.objectURL": {
      leak: `const image = new Image(); image.src = URL.createObjectURL(blob); await image.decode();`,
      release: `const url = URL.createObjectURL(blob); try { await shown(url); } finally { URL.revokeObjectURL(url); }`,
      handOver: [
        `return URL.createObjectURL(blob);`,
        `const url = URL.createObjectURL(blob); return { url, revoke: () => URL.revokeObjectURL(url) };`,
        `const image = new Image(); const url = URL.createObjectURL(blob); image.onload = () => URL.revokeObjectURL(url); image.src = url;`,
      ],
    },
    "web.ImageBitmap": {
      leak: [
        `const bitmap = await createImageBitmap(blob); console.log(bitmap.width);`,
        `const bitmap = offscreen.transferToImageBitmap(); console.log(bitmap.width);`,
      ],
      release: `const bitmap = await createImageBitmap(blob); bitmap.close();`,
      automatic: `const bitmap = await createImageBitmap(blob); renderer.transferFromImageBitmap(bitmap);`,
    },
    "webgl.Texture": webgl("Texture"),
    "webgl.Buffer": webgl("Buffer"),
    "webgl.Framebuffer": webgl("Framebuffer"),
    "webgl.Renderbuffer": webgl("Renderbuffer"),
    "webgl.Program": webgl("Program"),
    "webgl.Shader": webgl("Shader", "gl.createShader(gl.VERTEX_SHADER)"),
    "webgl.VertexArrayObject": webgl("VertexArray"),
    "webgl.Sampler": webgl("Sampler"),
    "webgl.Query": webgl("Query"),
    "webgl.TransformFeedback": webgl("TransformFeedback"),
    "webgl.Sync": webgl("Sync", "gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)"),
    "webgpu.GPUBuffer": {
      leak: `const buffer = device.createBuffer({ size: 4, usage: 1 }); console.log(buffer.size);`,
      release: `const buffer = device.createBuffer({ size: 4, usage: 1 }); buffer.destroy();`,
    },
    "webgpu.GPUTexture": {
      leak: `const texture = device.createTexture(texels); console.log(texture.width);`,
      release: `const texture = device.createTexture(texels); texture.destroy();`,
    },
    "webgpu.GPUQuerySet": {
      leak: `const set = device.createQuerySet({ type: "occlusion", count: 1 }); console.log(set.count);`,
      release: `const set = device.createQuerySet({ type: "occlusion", count: 1 }); set.destroy();`,
    },
    "webgpu.GPUDevice": {
      leak: `const own = await adapter.requestDevice(); if (own.label === "") return 1; own.destroy();`,
      release: `const own = await adapter.requestDevice(); own.destroy();`,
    },
    "webgpu.mappedBuffer": {
      leak: [
        `const buffer = lent(); await buffer.mapAsync(1); console.log(buffer.getMappedRange());`,
        `await shared.mapAsync(1); if (shared.size === 0) return 1; shared.unmap();`,
      ],
      release: [
        `const buffer = lent(); try { await buffer.mapAsync(1); console.log(buffer.size); } finally { buffer.unmap(); }`,
        `await shared.mapAsync(1); shared.unmap();`,
        // Who else holds it may unmap it.
        `await shared.mapAsync(1);`,
      ],
      handOver: [
        `const buffer = lent(); await buffer.mapAsync(1); return buffer;`,
        `const buffer = lent(); await buffer.mapAsync(1); return new Mapped(buffer);`,
      ],
    },
  },
  {
    prelude: `
    declare const gl: WebGL2RenderingContext;
    declare const device: GPUDevice;
    declare const adapter: GPUAdapter;
    declare const texels: GPUTextureDescriptor;
    declare const shared: GPUBuffer;
    declare function lent(): GPUBuffer;
    class Mapped {
      constructor(private readonly buffer: GPUBuffer) {}
      close() { this.buffer.unmap(); }
    }
    declare const blob: Blob;
    declare function shown(url: string): Promise<void>;
    declare const offscreen: OffscreenCanvas;
    declare const renderer: ImageBitmapRenderingContext;`,
  },
);

/** An observer holds nothing before it observes. */
function observer(made: string, target: string): KindCases {
  return {
    leak: `const observer = ${made}; observer.observe(${target});`,
    release: `const observer = ${made}; observer.observe(${target}); observer.disconnect();`,
    automatic: `const observer = ${made}; console.log(observer.takeRecords);`,
  };
}

for (const [made, target] of [
  ["new MutationObserver(() => undefined)", "document, { childList: true }"],
  ["new IntersectionObserver(() => undefined)", "document.body"],
  ["new PerformanceObserver(() => undefined)", '{ type: "longtask" }'],
] as const) {
  kindCases(made, { "web.observer": observer(made, target) });
}

kindCases(
  "what the page calls until it is told to stop",
  {
    "web.observer": {
      leak: `new ResizeObserver(() => undefined).observe(document.body);`,
      release: `const observer = new ResizeObserver(() => undefined); observer.observe(document.body); observer.disconnect();`,
      automatic: `const observer = new ResizeObserver(() => undefined); console.log(observer);`,
    },
    "web.geolocationWatch": {
      leak: `const id = navigator.geolocation.watchPosition(() => undefined); console.log(id);`,
      release: `const id = navigator.geolocation.watchPosition(() => undefined); navigator.geolocation.clearWatch(id);`,
      none: `navigator.geolocation.getCurrentPosition(() => undefined);`,
    },
    "web.animationFrame": {
      leak: [
        `const turn = () => { requestAnimationFrame(turn); }; requestAnimationFrame(turn);`,
        `function turn() { window.requestAnimationFrame(turn); } turn();`,
      ],
      release: `const turn = () => { const id = requestAnimationFrame(turn); cancelAnimationFrame(id); }; turn();`,
      handOver: `let id = 0; const turn = () => { id = requestAnimationFrame(turn); }; turn(); return () => cancelAnimationFrame(id);`,
      automatic: [
        `requestAnimationFrame(() => console.log(1));`,
        `const draw = () => console.log(1); requestAnimationFrame(draw);`,
      ],
    },
    "web.idleCallback": {
      leak: `const turn = () => { requestIdleCallback(turn); }; turn();`,
      release: `const turn = () => { const id = requestIdleCallback(turn); cancelIdleCallback(id); }; turn();`,
      handOver: `let id = 0; const turn = () => { id = requestIdleCallback(turn); }; turn(); return () => cancelIdleCallback(id);`,
      automatic: `requestIdleCallback(() => console.log(1));`,
    },
    "web.videoFrameCallback": {
      leak: `const turn = () => { video.requestVideoFrameCallback(turn); }; turn();`,
      release: `const turn = () => { const id = video.requestVideoFrameCallback(turn); video.cancelVideoFrameCallback(id); }; turn();`,
      handOver: `let id = 0; const turn = () => { id = video.requestVideoFrameCallback(turn); }; turn(); return () => video.cancelVideoFrameCallback(id);`,
      automatic: `video.requestVideoFrameCallback(() => console.log(1));`,
    },
  },
  { prelude: "declare const video: HTMLVideoElement;" },
);
