import { kindCases } from "../../support/kind-cases.ts";

kindCases(
  "the language and the files of Node",
  {
    "js.DisposableStack": {
      leak: `const stack = new DisposableStack(); stack.defer(done);`,
      release: `const stack = new DisposableStack(); stack.defer(done); stack.dispose();`,
      automatic: [
        `const stack = new DisposableStack(); stack.defer(done); return stack.move();`,
        `const stack = new DisposableStack(); console.log(stack.disposed);`,
      ],
    },
    "js.AsyncDisposableStack": {
      leak: `const stack = new AsyncDisposableStack(); stack.defer(async () => undefined);`,
      release: `const stack = new AsyncDisposableStack(); stack.defer(async () => undefined); await stack.disposeAsync();`,
      automatic: `const stack = new AsyncDisposableStack(); stack.defer(async () => undefined); return stack.move();`,
    },
    "node.fs.FileHandle": {
      leak: `const file = await open("a"); console.log(file.fd);`,
      release: `const file = await open("a"); await file.close();`,
    },
    "node.fs.descriptor": {
      leak: [
        `const fd = fs.openSync("a", "r"); console.log(fd);`,
        `fs.open("a", (error, fd) => { if (error) throw error; console.log(fd); });`,
      ],
      release: [
        `const fd = fs.openSync("a", "r"); fs.closeSync(fd);`,
        `const fd = fs.openSync("a", "r"); fs.close(fd, done);`,
        `fs.open("a", (error, fd) => { if (error) throw error; fs.closeSync(fd); });`,
      ],
    },
    "node.fs.Dir": {
      leak: [
        `const dir = await opendir("a"); console.log(dir.path);`,
        `const dir = fs.opendirSync("a"); console.log(dir.path);`,
      ],
      release: [
        `const dir = await opendir("a"); await dir.close();`,
        `const dir = fs.opendirSync("a"); dir.closeSync();`,
      ],
      automatic: `const dir = await opendir("a"); for await (const one of dir) console.log(one.name);`,
    },
    "node.fs.ReadStream": {
      leak: [
        `const input = fs.createReadStream("a"); console.log(input.path);`,
        `const input = fs.createReadStream("a"); input.on("error", console.error);`,
      ],
      release: [
        `const input = fs.createReadStream("a"); input.destroy();`,
        `const input = fs.createReadStream("a"); input.close();`,
      ],
      automatic: [
        `const input = fs.createReadStream("a"); input.on("data", console.log);`,
        `const input = fs.createReadStream("a"); input.once("close", done);`,
        `const input = fs.createReadStream("a"); await once(input, "end");`,
        `const input = fs.createReadStream("a"); for await (const part of input) console.log(part);`,
        `const input = fs.createReadStream("a"); console.log(await input.toArray());`,
        `const input = fs.createReadStream("a"); input.resume();`,
        `const input = fs.createReadStream("a", { signal }); console.log(input.path);`,
      ],
    },
    "node.fs.ReadStream.manual": {
      leak: [
        `const input = fs.createReadStream("a", { autoClose: false }); console.log(input.path);`,
        `const input = fs.createReadStream("a", { autoClose: false }); for await (const part of input) console.log(part);`,
      ],
      release: `const input = fs.createReadStream("a", { autoClose: false }); input.destroy();`,
      automatic: `const input = fs.createReadStream("a", { autoClose: false }); input.once("close", done);`,
    },
    "node.fs.WriteStream": {
      leak: `const out = fs.createWriteStream("a"); out.write("b");`,
      release: [
        `const out = fs.createWriteStream("a"); out.end();`,
        `const out = fs.createWriteStream("a"); out.destroy();`,
      ],
      automatic: [
        `const out = fs.createWriteStream("a"); out.once("finish", done);`,
        `const out = fs.createWriteStream("a", { signal }); out.write("b");`,
      ],
    },
    "node.fs.WriteStream.manual": {
      leak: `const out = fs.createWriteStream("a", { autoClose: false }); out.write("b");`,
      release: `const out = fs.createWriteStream("a", { autoClose: false }); out.destroy();`,
      automatic: `const out = fs.createWriteStream("a", { autoClose: false }); out.once("close", done);`,
    },
    "node.fs.FSWatcher": {
      leak: `const watcher = fs.watch("a"); watcher.on("change", console.log); watcher.unref();`,
      release: `const watcher = fs.watch("a"); watcher.close();`,
      automatic: [
        `const watcher = fs.watch("a"); watcher.once("close", done);`,
        `const watcher = fs.watch("a", { signal }); watcher.on("change", console.log);`,
      ],
    },
    "node.fs.promises.watch": {
      leak: `const changes = watch("a") as AsyncIterableIterator<unknown>; console.log(await changes.next());`,
      release: `const changes = watch("a") as AsyncIterableIterator<unknown>; try { console.log(await changes.next()); } finally { await changes.return?.(); }`,
      automatic: [
        `for await (const change of watch("a")) console.log(change);`,
        `const changes = watch("a", { signal }) as AsyncIterableIterator<unknown>; console.log(await changes.next());`,
      ],
    },
  },
  {
    prelude: `
      import { once } from "node:events";
      import fs from "node:fs";
      import { open, opendir, watch } from "node:fs/promises";
      declare const signal: AbortSignal;
      declare function done(): void;`,
  },
);

kindCases(
  "streams, timers and diagnostics of Node",
  {
    "node.zlib.stream": {
      leak: `const gzip = createGzip(); console.log(gzip.bytesWritten);`,
      release: [
        `const gzip = createGzip(); gzip.close();`,
        `const gzip = createGzip(); gzip.end("a");`,
      ],
      automatic: [
        `const gzip = createGzip(); for await (const part of gzip) console.log(part);`,
        `const gzip = createGzip(); gzip.once("close", done);`,
        `const gzip = createGzip(); gzip.resume();`,
      ],
    },
    "node.v8.heapSnapshot": {
      leak: `const heap = getHeapSnapshot(); console.log(heap.readable);`,
      release: `const heap = getHeapSnapshot(); heap.destroy();`,
      automatic: [
        `const heap = getHeapSnapshot(); for await (const part of heap) console.log(part);`,
        `const heap = getHeapSnapshot(); heap.on("data", console.log);`,
      ],
    },
    "node.readline.Interface": {
      leak: `const lines = createInterface({ input: process.stdin }); lines.prompt();`,
      release: `const lines = createInterface({ input: process.stdin }); lines.close();`,
      automatic: [
        `const lines = createInterface({ input: process.stdin }); for await (const line of lines) console.log(line);`,
        `const lines = createInterface({ input: process.stdin }); lines.on("line", console.log);`,
        `const lines = createInterface({ input: process.stdin, signal }); lines.prompt();`,
      ],
    },
    "node.repl.REPLServer": {
      leak: `const repl = start(); if (early) return; repl.close();`,
      release: `const repl = start(); repl.close();`,
      automatic: `const repl = start(); repl.once("exit", done); if (early) return; repl.close();`,
    },
    "node.inspector.Session": {
      leak: `const session = new Session(); session.connect();`,
      release: `const session = new Session(); session.connect(); session.disconnect();`,
      automatic: `const session = new Session(); console.log(session);`,
    },
    "node.timers.interval": {
      leak: `const timer = setInterval(done, 1000); console.log(timer.hasRef());`,
      release: [
        `const timer = setInterval(done, 1000); clearInterval(timer);`,
        `const timer = setInterval(done, 1000); timer.close();`,
      ],
      automatic: `const timer = setInterval(done, 1000); timer.unref();`,
    },
    "node.perf_hooks.IntervalHistogram": {
      leak: `const delays = monitorEventLoopDelay(); delays.enable(); if (early) return; delays.disable();`,
      release: `const delays = monitorEventLoopDelay(); delays.enable(); delays.disable();`,
    },
    "node.v8.GCProfiler": {
      leak: `const profiler = new GCProfiler(); profiler.start();`,
      release: `const profiler = new GCProfiler(); profiler.start(); profiler.stop();`,
    },
    "node.trace_events.Tracing": {
      leak: `const tracing = createTracing({ categories: ["a"] }); tracing.enable(); if (early) return; tracing.disable();`,
      release: `const tracing = createTracing({ categories: ["a"] }); tracing.enable(); tracing.disable();`,
    },
    "node.perf_hooks.PerformanceObserver": {
      leak: `const observer = new PerformanceObserver(done); observer.observe({ type: "gc" });`,
      release: `const observer = new PerformanceObserver(done); observer.observe({ type: "gc" }); observer.disconnect();`,
    },
    "node.async_hooks.AsyncHook": {
      leak: `const hook = createHook({}); hook.enable();`,
      release: `const hook = createHook({}); hook.enable(); hook.disable();`,
    },
    "node.events.on": {
      leak: `const events = on(emitter, "a"); console.log(await events.next());`,
      release: `const events = on(emitter, "a"); await events.return?.();`,
      automatic: [
        `for await (const event of on(emitter, "a")) console.log(event);`,
        `const events = on(emitter, "a", { signal }); console.log(await events.next());`,
      ],
    },
    "node.events.addAbortListener": {
      leak: `const listener = addAbortListener(signal, done); console.log(listener);`,
      release: `const listener = addAbortListener(signal, done); listener[Symbol.dispose]();`,
    },
  },
  {
    prelude: `
      import { createHook } from "node:async_hooks";
      import { addAbortListener, type EventEmitter, on } from "node:events";
      import { Session } from "node:inspector";
      import { monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";
      import { createInterface } from "node:readline";
      import { start } from "node:repl";
      import { createTracing } from "node:trace_events";
      import { GCProfiler, getHeapSnapshot } from "node:v8";
      import { createGzip } from "node:zlib";
      declare const signal: AbortSignal;
      declare const emitter: EventEmitter;
      declare const early: boolean;
      declare function done(): void;`,
  },
);

kindCases(
  "connections, servers and processes of Node",
  {
    "node.net.Socket": {
      leak: `const socket = connect(1); socket.write("a"); socket.unref();`,
      release: [
        `const socket = connect(1); socket.destroy();`,
        `const socket = connect(1); socket.end("a");`,
        `const socket = new Socket({ fd: 3 }); socket.destroy();`,
      ],
      automatic: [
        `const socket = connect(1); socket.once("close", done);`,
        `const socket = connect(1); for await (const part of socket) console.log(part);`,
        `const socket = connect({ port: 1, signal }); socket.write("a");`,
      ],
    },
    "node.net.Socket.unconnected": {
      leak: `const socket = new Socket(); socket.connect(1);`,
      release: `const socket = new Socket(); socket.connect(1); socket.end();`,
      automatic: [
        `const socket = new Socket(); console.log(socket.connecting);`,
        `const socket = new Socket(); socket.connect(1); socket.once("end", done);`,
      ],
    },
    "node.tls.TLSSocket": {
      leak: `const socket = tls.connect(1); socket.write("a");`,
      release: `const socket = tls.connect(1); socket.end();`,
      automatic: `const socket = tls.connect(1); socket.once("close", done);`,
    },
    "node.net.Server": {
      leak: `const server = createServer(); server.listen(1); if (early) return; server.close();`,
      release: `const server = createServer(); server.listen(1); server.close();`,
      automatic: `const server = createServer(); if (early) return; server.close();`,
    },
    "node.http.Server": {
      leak: `const server = http.createServer(); server.listen(1); if (early) return; server.close();`,
      release: `const server = http.createServer(); server.listen(1); server.close();`,
    },
    "node.http2.Server": {
      leak: `const server = http2.createServer(); server.listen(1); if (early) return; server.close();`,
      release: `const server = http2.createServer(); server.listen(1); server.close();`,
    },
    "node.http.Agent": {
      leak: `const agent = new http.Agent({ keepAlive: true }); console.log(agent.maxSockets);`,
      release: `const agent = new http.Agent({ keepAlive: true }); agent.destroy();`,
      none: `const agent = new http.Agent(); console.log(agent.maxSockets);`,
    },
    "node.http.ClientRequest": {
      leak: `const request = http.request("http://a"); request.setTimeout(1);`,
      release: [
        `const request = http.request("http://a"); request.end();`,
        `const request = http.request("http://a"); request.destroy();`,
      ],
      automatic: `const request = http.request("http://a"); request.once("close", done);`,
      none: `const request = http.get("http://a"); request.setTimeout(1);`,
    },
    "node.http2.ClientHttp2Session": {
      leak: `const session = http2.connect("http://a"); session.unref();`,
      release: `const session = http2.connect("http://a"); session.close();`,
      automatic: `const session = http2.connect("http://a"); session.once("close", done);`,
    },
    "node.http2.ClientHttp2Stream": {
      leak: `const stream = given.request({}); console.log(stream.id);`,
      release: `const stream = given.request({}); stream.close();`,
      automatic: [
        `const stream = given.request({}); stream.on("data", console.log);`,
        `const stream = given.request({}); for await (const part of stream) console.log(part);`,
        `const stream = given.request({}); stream.resume();`,
        `const stream = given.request({}, { signal }); console.log(stream.id);`,
      ],
    },
    "node.dgram.Socket": {
      leak: `const socket = createSocket("udp4"); socket.bind(1); socket.unref();`,
      release: `const socket = createSocket("udp4"); socket.bind(1); socket.close();`,
      automatic: [
        `const socket = createSocket("udp4"); console.log(socket.getRecvBufferSize());`,
        `const socket = createSocket("udp4"); socket.once("close", done); socket.bind(1);`,
        `const socket = createSocket({ type: "udp4", signal }); socket.bind(1);`,
      ],
    },
    "node.child_process.fork": {
      leak: `const child = fork("a.js"); child.send("b"); child.unref();`,
      release: [
        `const child = fork("a.js"); child.kill();`,
        `const child = fork("a.js"); child.disconnect();`,
        `const child = fork("a.js"); process.kill(child.pid!);`,
        `const child = fork("a.js"); if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");`,
      ],
      automatic: [
        `const child = fork("a.js"); child.once("exit", done);`,
        `const child = fork("a.js", [], { signal }); child.send("b");`,
      ],
    },
    "node.cluster.Worker": {
      leak: `const worker = cluster.fork(); if (early) return; worker.kill();`,
      release: `const worker = cluster.fork(); worker.kill();`,
      automatic: `const worker = cluster.fork(); worker.once("exit", done); if (early) return; worker.kill();`,
    },
    "node.worker_threads.Worker": {
      leak: `const worker = new Worker("a.js"); worker.postMessage(1);`,
      release: `const worker = new Worker("a.js"); await worker.terminate();`,
      automatic: `const worker = new Worker("a.js"); worker.once("exit", done);`,
    },
    "node.worker_threads.MessagePort": {
      leak: `const { port1 } = new MessageChannel(); port1.on("message", done);`,
      release: `const { port1 } = new MessageChannel(); port1.on("message", done); port1.close();`,
      automatic: [
        `const { port1 } = new MessageChannel(); port1.postMessage(1);`,
        `const { port1 } = new MessageChannel(); port1.once("close", done); port1.start();`,
      ],
    },
    "node.worker_threads.BroadcastChannel": {
      leak: `const channel = new BroadcastChannel("a"); channel.postMessage(1);`,
      release: `const channel = new BroadcastChannel("a"); channel.close();`,
    },
  },
  {
    prelude: `
      import { fork } from "node:child_process";
      import cluster from "node:cluster";
      import { createSocket } from "node:dgram";
      import http from "node:http";
      import http2 from "node:http2";
      import { connect, createServer, Socket } from "node:net";
      import tls from "node:tls";
      import { BroadcastChannel, MessageChannel, Worker } from "node:worker_threads";
      declare const given: http2.ClientHttp2Session;
      declare const signal: AbortSignal;
      declare const early: boolean;
      declare function done(): void;`,
  },
);
