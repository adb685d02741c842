/** One leak, one release and one end by itself for each kind that Node declares, and what owes nothing. */
import { verdicts } from "../../support/verdicts.ts";

const rule = "no-unclosed-disposable";

verdicts(rule, "catalog: files of Node", {
  "fs/promises open": {
    leak: {
      "never closed": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<number> {
  const file = await open(path); //! neverReleased
  return (await file.stat()).size;
}`,
      "stream made with autoClose: false": `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<void> {
  const file = await open(path); //! neverReleased
  file.createReadStream({ autoClose: false }).resume();
}`,
    },
    fine: {
      closed: `
import { open } from "node:fs/promises";
export async function f(path: string): Promise<number> {
  const file = await open(path);
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}`,
      "read as lines to the end": `
import { open } from "fs/promises";
export async function f(path: string): Promise<number> {
  let count = 0;
  const file = await open(path);
  for await (const line of file.readLines()) count += line.length;
  return count;
}`,
      "handed to its stream": `
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
export async function f(path: string, target: NodeJS.WritableStream): Promise<void> {
  const file = await open(path);
  await pipeline(file.createReadStream(), target);
}`,
    },
  },
  "numeric descriptors": {
    leak: {
      openSync: `
import { openSync, fstatSync } from "node:fs";
export function f(path: string): number {
  const fd = openSync(path, "r"); //! neverReleased
  return fstatSync(fd).size;
}`,
      "open with a callback": `
import * as fs from "fs";
export function f(path: string): void {
  fs.open(path, (error, fd) => { //! neverReleased
    if (error) return;
    console.log(fs.fstatSync(fd).size);
  });
}`,
      "the stream leaves it open": `
import { createReadStream, openSync } from "node:fs";
export function f(path: string): void {
  const fd = openSync(path, "r"); //! neverReleased
  createReadStream(path, { fd, autoClose: false }).resume();
}`,
    },
    fine: {
      closeSync: `
import { closeSync, fstatSync, openSync } from "node:fs";
export function f(path: string): number {
  const fd = openSync(path, "r");
  try {
    return fstatSync(fd).size;
  } finally {
    closeSync(fd);
  }
}`,
      "close with a callback": `
import * as fs from "node:fs";
export function f(path: string): void {
  fs.open(path, "wx", (error, fd) => {
    if (error) throw error;
    fs.close(fd);
  });
}`,
      "taken over by a stream": `
import { createReadStream, openSync } from "node:fs";
export function f(path: string): void {
  const fd = openSync(path, "r");
  createReadStream(path, { fd }).resume();
}`,
    },
  },
  directories: {
    leak: {
      "read by hand": `
import { opendir } from "node:fs/promises";
export async function f(path: string): Promise<string | undefined> {
  const dir = await opendir(path); //! neverReleased
  return (await dir.read())?.name;
}`,
      "opened in a sync way": `
import { opendirSync } from "node:fs";
export function f(path: string): string | undefined {
  const dir = opendirSync(path); //! neverReleased
  return dir.readSync()?.name;
}`,
    },
    fine: {
      closed: `
import { opendirSync } from "node:fs";
export function f(path: string): string | undefined {
  const dir = opendirSync(path);
  try {
    return dir.readSync()?.name;
  } finally {
    dir.closeSync();
  }
}`,
      "iterated, and left early": `
import { opendir } from "node:fs/promises";
export async function f(path: string): Promise<string | undefined> {
  const dir = await opendir(path);
  for await (const entry of dir) return entry.name;
  return undefined;
}`,
    },
  },
  "file streams": {
    leak: {
      "never read": `
import { createReadStream } from "node:fs";
export function f(path: string): void {
  const stream = createReadStream(path); //! neverReleased
  stream.on("error", console.error);
}`,
      "autoClose: false, read to the end": `
import { createReadStream } from "node:fs";
export async function f(path: string): Promise<void> {
  const stream = createReadStream(path, { autoClose: false }); //! neverReleased
  for await (const chunk of stream) console.log(chunk);
}`,
      "never ended": `
import { createWriteStream } from "node:fs";
export function f(path: string, text: string): void {
  const stream = createWriteStream(path); //! neverReleased
  stream.write(text);
}`,
      "autoClose: false, only ended": `
import { createWriteStream } from "node:fs";
export function f(path: string, text: string): void {
  const stream = createWriteStream(path, { autoClose: false }); //! neverReleased
  stream.end(text);
}`,
    },
    fine: {
      destroyed: `
import { createReadStream } from "node:fs";
export function f(path: string): void {
  const stream = createReadStream(path);
  stream.destroy();
}`,
      ended: `
import { createWriteStream } from "node:fs";
export function f(path: string, text: string): void {
  const stream = createWriteStream(path);
  stream.end(text);
}`,
      "read to the end": `
import { createReadStream } from "node:fs";
export async function f(path: string): Promise<void> {
  for await (const chunk of createReadStream(path)) console.log(chunk);
}`,
      "flowing into a listener": `
import { createReadStream } from "node:fs";
export function f(path: string, take: (chunk: unknown) => void): void {
  const stream = createReadStream(path);
  stream.on("data", take);
}`,
      "read by a consumer": `
import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";
export async function f(path: string): Promise<string> {
  return text(createReadStream(path));
}`,
      "the descriptor stays with the caller": `
import { createReadStream } from "node:fs";
export function f(fd: number): void {
  const stream = createReadStream("", { fd, autoClose: false });
  stream.on("error", console.error);
}`,
    },
    // The arming call, or the next acquisition, may throw: strict says so.
    quiet: {
      pipeline: `
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
export async function f(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createGzip(), createWriteStream(to));
}`,
    },
  },
  watchers: {
    leak: {
      "never closed": `
import { watch } from "node:fs";
export function f(path: string): void {
  const watcher = watch(path); //! neverReleased
  watcher.on("change", console.log);
}`,
      unref: `
import { watch } from "node:fs";
export function f(path: string): void {
  const watcher = watch(path, console.log); //! neverReleased
  watcher.unref();
}`,
    },
    fine: {
      closed: `
import { watch } from "node:fs";
export function f(path: string): () => void {
  const watcher = watch(path, console.log);
  return () => watcher.close();
}`,
      signal: `
import { watch } from "node:fs";
export function f(path: string, signal: AbortSignal): void {
  watch(path, { signal }, console.log);
}`,
      "watched by path": `
import { watchFile } from "node:fs";
export function f(path: string): void {
  watchFile(path, console.log);
}`,
      iterated: `
import { watch } from "node:fs/promises";
export async function f(path: string): Promise<void> {
  for await (const change of watch(path)) console.log(change.eventType);
}`,
    },
  },
});

verdicts(rule, "catalog: network of Node", {
  sockets: {
    leak: {
      connected: `
import { connect } from "node:net";
export function f(port: number): void {
  const socket = connect(port); //! neverReleased
  socket.setNoDelay(true);
}`,
      "constructed, then connected": `
import { Socket } from "node:net";
export function f(port: number): void {
  const socket = new Socket(); //! neverReleased
  socket.connect(port);
}`,
      tls: `
import * as tls from "node:tls";
export function f(port: number): void {
  const socket = tls.connect(port); //! neverReleased
  socket.unref();
}`,
    },
    fine: {
      ended: `
import { createConnection } from "node:net";
export function f(port: number): void {
  const socket = createConnection(port);
  socket.end("bye");
}`,
      "its end is observed": `
import { connect } from "node:net";
export function f(port: number, done: () => void): void {
  const socket = connect(port);
  socket.once("close", done);
}`,
      "never connected": `
import { Socket } from "node:net";
export function f(): void {
  const socket = new Socket();
  socket.setNoDelay(true);
}`,
      "taken over by TLS": `
import { connect } from "node:net";
import * as tls from "node:tls";
export function f(port: number): tls.TLSSocket {
  const socket = connect(port);
  return tls.connect({ socket });
}`,
    },
  },
  "servers live as long as the process": {
    fine: {
      "never listening": `
import { createServer } from "node:http";
export function f(): void {
  const server = createServer();
  server.setTimeout(1000);
}`,
      listening: `
import { createServer } from "node:net";
createServer().listen(0).on("error", console.error);`,
      closed: `
import { createServer } from "node:http";
export function f(): () => void {
  const server = createServer().listen(0);
  return () => server.close();
}`,
    },
  },
  HTTP: {
    leak: {
      "keep-alive agent": `
import { Agent } from "node:https";
export function f(): number {
  const agent = new Agent({ keepAlive: true }); //! neverReleased
  return agent.maxSockets;
}`,
      "request never sent": `
import { request } from "node:http";
export function f(url: string): void {
  const sent = request(url); //! neverReleased
  sent.setHeader("accept", "text/plain");
}`,
    },
    fine: {
      "agent without keep-alive": `
import { Agent } from "node:http";
export function f(): number {
  const agent = new Agent({ maxSockets: 4 });
  return agent.maxSockets;
}`,
      "agent destroyed": `
import { Agent } from "node:http";
export function f(): void {
  const agent = new Agent({ keepAlive: true });
  agent.destroy();
}`,
      "request ended": `
import { request } from "node:http";
export function f(url: string): void {
  const sent = request(url);
  sent.end();
}`,
      get: `
import { get } from "node:http";
export function f(url: string): void {
  get(url, (response) => response.resume());
}`,
    },
  },
  "HTTP/2": {
    leak: {
      session: `
import { connect } from "node:http2";
export function f(url: string): void {
  const session = connect(url); //! neverReleased
  session.setTimeout(1000);
}`,
      stream: `
import type { ClientHttp2Session } from "node:http2";
export function f(session: ClientHttp2Session): void {
  const stream = session.request({ ":path": "/" }); //! neverReleased
  stream.setEncoding("utf8");
}`,
    },
    fine: {
      "session closed": `
import { connect } from "node:http2";
export function f(url: string): void {
  const session = connect(url);
  session.close();
}`,
      "session observed": `
import { connect } from "node:http2";
export function f(url: string, done: () => void): void {
  const session = connect(url);
  session.once("close", done);
}`,
      "stream read to its end": `
import type { ClientHttp2Session } from "node:http2";
export async function f(session: ClientHttp2Session): Promise<void> {
  for await (const chunk of session.request({ ":path": "/" })) console.log(chunk);
}`,
    },
  },
  UDP: {
    leak: {
      bound: `
import { createSocket } from "node:dgram";
export function f(): void {
  const socket = createSocket("udp4"); //! neverReleased
  socket.bind(0);
}`,
      "only disconnected": `
import { createSocket } from "node:dgram";
export function f(): void {
  const socket = createSocket("udp4"); //! neverReleased
  socket.connect(53);
  socket.disconnect();
}`,
    },
    fine: {
      "never bound": `
import { createSocket } from "node:dgram";
export function f(): void {
  const socket = createSocket("udp4");
  socket.unref();
}`,
      signal: `
import { createSocket } from "node:dgram";
export function f(signal: AbortSignal): void {
  const socket = createSocket({ type: "udp4", signal });
  socket.bind(0);
}`,
    },
    // The arming call, or the next acquisition, may throw: strict says so.
    quiet: {
      closed: `
import { createSocket } from "node:dgram";
export function f(): () => void {
  const socket = createSocket("udp4");
  socket.bind(0);
  return () => socket.close();
}`,
    },
  },
});

verdicts(rule, "catalog: processes and threads of Node", {
  "child processes": {
    leak: {
      forked: `
import { fork } from "node:child_process";
export function f(path: string): void {
  const child = fork(path); //! neverReleased
  child.send("go");
}`,
      "its number is printed": `
import { fork } from "node:child_process";
export function f(path: string): void {
  const child = fork(path); //! neverReleased
  console.log(child.pid);
}`,
    },
    fine: {
      killed: `
import { fork } from "node:child_process";
export function f(path: string): void {
  const child = fork(path);
  child.kill();
}`,
      "killed by its number, later": `
import { fork, type ChildProcess } from "node:child_process";
export class Runner {
  private child: ChildProcess | undefined;
  start(): void {
    this.child = fork("worker.js");
  }
  stop(): void {
    const { child } = this;
    this.child = undefined;
    if (child !== undefined) this.end(child);
  }
  private end(child: ChildProcess): void {
    setTimeout(() => {
      process.kill(child.pid as number);
    }, 2000);
  }
}`,
      "its exit is observed": `
import { fork } from "node:child_process";
export function f(path: string, done: () => void): void {
  const child = fork(path);
  child.once("exit", done);
}`,
      "runs to its own end": `
import { exec, execFile, spawn } from "node:child_process";
export function f(command: string): void {
  const child = spawn(command);
  child.unref();
  exec(command);
  execFile(command);
}`,
    },
    quiet: {
      "killed by a function that takes the number": `
import { fork } from "node:child_process";
declare function killTree(pid: number): void;
export function f(path: string): void {
  const { pid } = fork(path);
  if (pid !== undefined) killTree(pid);
}`,
    },
  },
  threads: {
    leak: {
      worker: `
import { Worker } from "node:worker_threads";
export function f(path: string): void {
  const worker = new Worker(path); //! neverReleased
  worker.postMessage("go");
}`,
      "broadcast channel": `
import { BroadcastChannel } from "node:worker_threads";
export function f(): void {
  const channel = new BroadcastChannel("news"); //! neverReleased
  channel.unref();
}`,
      "port with a listener": `
import { MessageChannel } from "node:worker_threads";
export function f(): void {
  const { port1 } = new MessageChannel(); //! neverReleased
  port1.on("message", console.log);
}`,
    },
    fine: {
      terminated: `
import { Worker } from "node:worker_threads";
export async function f(path: string): Promise<void> {
  const worker = new Worker(path);
  await worker.terminate();
}`,
      "its exit is awaited": `
import { once } from "node:events";
import { Worker } from "node:worker_threads";
export async function f(path: string): Promise<void> {
  const worker = new Worker(path);
  await once(worker, "exit");
}`,
      "port without a listener": `
import { MessageChannel } from "node:worker_threads";
export function f(): void {
  const { port1 } = new MessageChannel();
  port1.postMessage("nobody listens");
}`,
      "port moved to a worker": `
import { MessageChannel, type Worker } from "node:worker_threads";
export function f(worker: Worker): void {
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  port2.on("message", console.log);
  worker.postMessage({ port: port2 }, [port2]);
}`,
    },
  },
});

verdicts(rule, "catalog: streams and the rest of Node", {
  zlib: {
    leak: {
      "never ended": `
import { createGzip } from "node:zlib";
export function f(text: string): void {
  const gzip = createGzip(); //! neverReleased
  gzip.write(text);
}`,
    },
    fine: {
      closed: `
import { createGzip } from "node:zlib";
export function f(): void {
  const gzip = createGzip();
  gzip.close();
}`,
      "read to the end": `
import { createGunzip } from "node:zlib";
export async function f(): Promise<void> {
  for await (const chunk of createGunzip()) console.log(chunk);
}`,
    },
  },
  "heap snapshots": {
    leak: {
      "never read": `
import { getHeapSnapshot } from "node:v8";
export function f(): void {
  const snapshot = getHeapSnapshot(); //! neverReleased
  snapshot.setEncoding("utf8");
}`,
    },
    fine: {
      destroyed: `
import { getHeapSnapshot } from "node:v8";
export function f(): void {
  getHeapSnapshot().destroy();
}`,
      pipeline: `
import { getHeapSnapshot } from "node:v8";
import { pipeline } from "node:stream/promises";
export async function f(target: NodeJS.WritableStream): Promise<void> {
  await pipeline(getHeapSnapshot(), target);
}`,
    },
  },
  readline: {
    leak: {
      "one question": `
import { createInterface } from "node:readline/promises";
export async function f(): Promise<string> {
  const lines = createInterface({ input: process.stdin }); //! neverReleased
  return lines.question("name? ");
}`,
    },
    fine: {
      closed: `
import { createInterface } from "node:readline/promises";
export async function f(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  try {
    return await lines.question("name? ");
  } finally {
    lines.close();
  }
}`,
      iterated: `
import { createInterface } from "node:readline";
export async function f(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) console.log(line);
}`,
      "a listener for every line": `
import { createInterface } from "node:readline";
export function f(take: (line: string) => void): void {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", take);
}`,
    },
  },
  "inspector sessions": {
    leak: {
      connected: `
import { Session } from "node:inspector";
export function f(): void {
  const session = new Session(); //! neverReleased
  session.connect();
}`,
    },
    fine: {
      "never connected": `
import { Session } from "node:inspector";
export function f(): number {
  return new Session().listenerCount("x");
}`,
    },
    // The arming call, or the next acquisition, may throw: strict says so.
    quiet: {
      disconnected: `
import { Session } from "node:inspector";
export function f(): void {
  const session = new Session();
  session.connect();
  session.disconnect();
}`,
    },
  },
  "disposable stacks": {
    leak: {
      "never disposed": `
import { open } from "./kit/handles.js";
export function f(): void {
  const stack = new DisposableStack(); //! neverReleased
  stack.use(open("a")).read();
}`,
    },
    fine: {
      disposed: `
import { open } from "./kit/handles.js";
export function f(): void {
  using stack = new DisposableStack();
  stack.use(open("a")).read();
}`,
      empty: `
export function f(): boolean {
  const stack = new DisposableStack();
  return stack.disposed;
}`,
      moved: `
import { open } from "./kit/handles.js";
export function f(): DisposableStack {
  using stack = new DisposableStack();
  stack.use(open("a"));
  return stack.move();
}`,
    },
  },
  "owes nothing": {
    fine: {
      timers: `
import { setInterval as ticks } from "node:timers/promises";
export function f(tick: () => void): void {
  const timer = setTimeout(tick, 5);
  timer.unref();
  setImmediate(tick);
  const later = ticks(5);
  console.log(typeof later);
}`,
      "another rule reports intervals and observers": `
import { createHook } from "node:async_hooks";
import { on, type EventEmitter } from "node:events";
import { monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";
export function f(tick: () => void, emitter: EventEmitter): void {
  setInterval(tick, 5);
  const observer = new PerformanceObserver(tick);
  observer.observe({ type: "mark" });
  createHook({}).enable();
  monitorEventLoopDelay().enable();
  console.log(typeof on(emitter, "x"));
}`,
      hashes: `
import { createCipheriv, createHash, createHmac, createSign } from "node:crypto";
export function f(data: Buffer): string {
  createSign("sha256").update(data);
  createHmac("sha256", data).update(data);
  createCipheriv("aes-128-cbc", data, data).update(data);
  const hash = createHash("sha1");
  return hash.update(data).digest("hex");
}`,
      "in-memory streams": `
import { Duplex, PassThrough, Readable, Transform, Writable } from "node:stream";
export function f(list: string[]): void {
  const stream = Readable.from(list);
  stream.setEncoding("utf8");
  const through = new PassThrough();
  through.write("a");
  new Readable().setEncoding("utf8");
  new Writable().cork();
  new Duplex().cork();
  new Transform().cork();
}`,
      iterators: `
export function f(index: Map<string, number>, text: string): number[] {
  const first = index.values().next().value;
  const all = [...index.keys()];
  const found = text.matchAll(/a/g);
  const made = generate();
  console.log(first, all, made.next(), found.next());
  return [...index.values()];
}
function* generate(): Generator<number> {
  yield 1;
}`,
      "debugger and TLS context": `
import * as inspector from "node:inspector";
import { Resolver } from "node:dns";
import { createSecureContext } from "node:tls";
export function f(): void {
  inspector.open();
  const resolver = new Resolver();
  resolver.cancel();
  createSecureContext();
}`,
      spies: `
import { mock } from "node:test";
import { vi } from "vitest";
export function f(api: { get(): number }): void {
  const spy = vi.spyOn(api, "get");
  spy.mockReturnValue(1);
  mock.method(api, "get");
  mock.timers.enable();
}`,
      "registered in a test hook": `
import { open } from "node:fs/promises";
import { afterEach, test } from "vitest";
test("a", async () => {
  const file = await open("a");
  afterEach(() => file.close());
});`,
    },
  },
});

verdicts(rule, "catalog: the web platform", {
  connections: {
    leak: {
      WebSocket: `
export function f(url: string): void {
  const socket = new WebSocket(url); //! neverReleased
  socket.onmessage = console.log;
}`,
      EventSource: `
export function f(url: string): void {
  const source = new EventSource(url); //! neverReleased
  source.onmessage = console.log;
}`,
      RTCPeerConnection: `
export async function f(): Promise<void> {
  const peer = new RTCPeerConnection(); //! neverReleased
  await peer.createOffer();
}`,
      WebTransport: `
export async function f(url: string): Promise<void> {
  const transport = new WebTransport(url); //! neverReleased
  await transport.ready;
}`,
      Worker: `
export function f(url: string): void {
  const worker = new Worker(url); //! neverReleased
  worker.postMessage("go");
}`,
      BroadcastChannel: `
export function f(): void {
  const channel = new BroadcastChannel("news"); //! neverReleased
  channel.postMessage("go");
}`,
      "port that is listened to": `
export function f(): void {
  const { port1 } = new MessageChannel(); //! neverReleased
  port1.onmessage = console.log;
}`,
    },
    fine: {
      WebSocket: `
export function f(url: string): () => void {
  const socket = new WebSocket(url);
  return () => socket.close();
}`,
      EventSource: `
export function f(url: string): void {
  const source = new EventSource(url);
  source.close();
}`,
      RTCPeerConnection: `
export function f(): void {
  const peer = new RTCPeerConnection();
  peer.close();
}`,
      "channel of a peer": `
export function f(peer: RTCPeerConnection): void {
  const channel = peer.createDataChannel("chat");
  channel.send("hello");
}`,
      WebTransport: `
export function f(url: string): void {
  const transport = new WebTransport(url);
  transport.close();
}`,
      Worker: `
export function f(url: string): void {
  const worker = new Worker(url);
  worker.terminate();
}`,
      BroadcastChannel: `
export function f(): void {
  const channel = new BroadcastChannel("news");
  channel.close();
}`,
      "port without a listener": `
export function f(): void {
  const { port1 } = new MessageChannel();
  port1.postMessage("nobody listens");
}`,
    },
  },
  locks: {
    leak: {
      reader: `
export function f(stream: ReadableStream): Promise<unknown> {
  const reader = stream.getReader(); //! neverReleased
  return Promise.resolve(typeof reader);
}`,
      writer: `
export async function f(stream: WritableStream<string>): Promise<void> {
  const writer = stream.getWriter(); //! neverReleased
  await writer.write("a");
}`,
      "wake lock": `
export async function f(): Promise<boolean> {
  const lock = await navigator.wakeLock.request("screen"); //! neverReleased
  return lock.released;
}`,
      "writable file": `
export async function f(file: FileSystemFileHandle): Promise<void> {
  const writable = await file.createWritable(); //! neverReleased
  await writable.write("a");
}`,
    },
    fine: {
      reader: `
export async function f(stream: ReadableStream): Promise<unknown> {
  const reader = stream.getReader();
  try {
    return (await reader.read()).value;
  } finally {
    reader.releaseLock();
  }
}`,
      "read to the end": `
export async function f(stream: ReadableStream): Promise<void> {
  const reader = stream.getReader();
  for (;;) {
    const { done } = await reader.read();
    if (done) return;
  }
}`,
      writer: `
export async function f(stream: WritableStream<string>): Promise<void> {
  const writer = stream.getWriter();
  try {
    await writer.write("a");
  } finally {
    writer.releaseLock();
  }
}`,
      "wake lock": `
export async function f(): Promise<void> {
  const lock = await navigator.wakeLock.request("screen");
  await lock.release();
}`,
      "piped into": `
export async function f(stream: ReadableStream, file: FileSystemFileHandle): Promise<void> {
  await stream.pipeTo(await file.createWritable());
}`,
    },
  },
  media: {
    leak: {
      camera: `
export async function f(video: HTMLVideoElement): Promise<number> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true }); //! neverReleased
  return stream.getTracks().length;
}`,
      "track clone": `
export function f(track: MediaStreamTrack): string {
  const copy = track.clone(); //! neverReleased
  return copy.id;
}`,
      recorder: `
export function f(stream: MediaStream): void {
  const recorder = new MediaRecorder(stream); //! neverReleased
  recorder.start();
}`,
      "audio context, only suspended": `
export async function f(): Promise<void> {
  const context = new AudioContext(); //! neverReleased
  await context.suspend();
}`,
      "decoder, only reset": `
export function f(init: VideoDecoderInit): void {
  const decoder = new VideoDecoder(init); //! neverReleased
  decoder.reset();
}`,
    },
    fine: {
      camera: `
export async function f(): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  stream.getTracks().forEach((track) => track.stop());
}`,
      "camera, in a loop": `
export async function f(): Promise<void> {
  const stream = await navigator.mediaDevices.getDisplayMedia();
  for (const track of stream.getTracks()) track.stop();
}`,
      "track clone": `
export function f(track: MediaStreamTrack): void {
  const copy = track.clone();
  copy.stop();
}`,
      "recorder that never starts": `
export function f(stream: MediaStream): string {
  const recorder = new MediaRecorder(stream);
  return recorder.mimeType;
}`,
      "audio context": `
export async function f(): Promise<void> {
  const context = new AudioContext();
  await context.close();
}`,
      decoder: `
export function f(init: VideoDecoderInit): void {
  const decoder = new VideoDecoder(init);
  decoder.close();
}`,
      "offline audio": `
export function f(): number {
  const context = new OfflineAudioContext(1, 1, 44100);
  return context.length;
}`,
      controllers: `
export function f(): AbortSignal {
  return new AbortController().signal;
}`,
    },
    // The arming call, or the next acquisition, may throw: strict says so.
    quiet: {
      recorder: `
export function f(stream: MediaStream): () => void {
  const recorder = new MediaRecorder(stream);
  recorder.start();
  return () => recorder.stop();
}`,
    },
  },
});
