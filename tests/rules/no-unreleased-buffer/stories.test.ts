/**
 * The decoder of request bodies: slices with a reference of their own are copied and forgotten, in the
 * branch of the last chunk and where the data are bad.
 */
import { rules } from "../../../src/rules/index.ts";
import { cachedBitmaps } from "../../support/cached-bitmaps.ts";
import { fileFor } from "../../support/shared-programs.ts";
import { ruleTester, verdicts, withoutSuggestions } from "../../support/verdicts.ts";

const prelude = `import { Chunk } from "./kit/counted.ts";
  interface Sink { push(bytes: Uint8Array): void; finish(): void }
  declare function check(bytes: Uint8Array): Promise<void>;
  declare function open(): Chunk;
`;

verdicts("no-unreleased-buffer", "the body decoder", {
  "the last chunk": {
    leak: {
      "a class": `${prelude}
        export class Decoder {
          private readonly sink: Sink;
          constructor(sink: Sink) {
            this.sink = sink;
          }
          offer(body: Chunk, last: boolean): void {
            const slice = body.retainedSlice(0, 8); //! notReleasedOnPath
            this.sink.push(slice.copyBytes());
            if (last) {
              this.sink.finish();
              return;
            }
            slice.release();
          }
        }`,
      functions: `${prelude}
        const done = (sink: Sink): void => sink.finish();
        export function offer(body: Chunk, last: boolean, sink: Sink): void {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnPath
          sink.push(slice.copyBytes());
          if (last) done(sink);
          else slice.release();
        }`,
      "a promise chain": `${prelude}
        export function offer(body: Chunk, last: boolean, sink: Sink): Promise<void> {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnPath
          return check(slice.copyBytes()).then(
            () => {
              if (last) sink.finish();
              else slice.release();
            },
            (error: unknown) => {
              slice.release();
              throw error;
            },
          );
        }`,
    },
    fine: {
      "a class": `${prelude}
        export class Decoder {
          private readonly sink: Sink;
          constructor(sink: Sink) {
            this.sink = sink;
          }
          offer(body: Chunk, last: boolean): void {
            const slice = body.retainedSlice(0, 8);
            try {
              this.sink.push(slice.copyBytes());
            } finally {
              slice.release();
            }
            if (last) this.sink.finish();
          }
        }`,
      functions: `${prelude}
        const take = (slice: Chunk, sink: Sink): void => {
          try {
            sink.push(slice.copyBytes());
          } finally {
            slice.release();
          }
        };
        export function offer(body: Chunk, last: boolean, sink: Sink): void {
          take(body.retainedSlice(0, 8), sink);
          if (last) sink.finish();
        }`,
      "a promise chain": `${prelude}
        export function offer(body: Chunk, last: boolean, sink: Sink): Promise<void> {
          const slice = body.retainedSlice(0, 8);
          return check(slice.copyBytes())
            .then(() => {
              if (last) sink.finish();
            })
            .finally(() => {
              slice.release();
            });
        }`,
    },
  },
  "bad data": {
    leak: {
      "a class": `${prelude}
        export class Decoder {
          private readonly found: unknown[] = [];
          offer(body: Chunk): void {
            const slice = body.retainedSlice(0, 8); //! notReleasedOnThrow
            this.found.push(this.parse(slice));
            slice.release();
          }
          private parse(slice: Chunk): unknown {
            return JSON.parse(new TextDecoder().decode(slice.copyBytes()));
          }
        }`,
      functions: `${prelude}
        const parse = (slice: Chunk): unknown =>
          JSON.parse(new TextDecoder().decode(slice.copyBytes()));
        export function offer(body: Chunk): unknown {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnThrow
          const value = parse(slice);
          slice.release();
          return value;
        }`,
      "a promise chain": `${prelude}
        export function offer(body: Chunk): Promise<void> {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnThrow
          return check(slice.copyBytes()).then(() => {
            slice.release();
          });
        }`,
      "a throw of its own": `${prelude}
        export function offer(body: Chunk): Uint8Array {
          const slice = body.retainedSlice(0, 8); //! notReleasedOnThrow
          const bytes = slice.copyBytes();
          if (bytes[0] !== 1) throw new Error("malformed");
          slice.release();
          return bytes;
        }`,
    },
  },
  "the way out is named": {
    leak: {
      "two slices, each with its own": `${prelude}
        export function offer(body: Chunk, last: boolean, sink: Sink): void {
          const head = body.retainedSlice(0, 8); //! notReleasedOnThrow
          const size: unknown = JSON.parse(new TextDecoder().decode(head.copyBytes()));
          head.release();
          const rest = body.retainedSlice(8, Number(size)); //! notReleasedOnPath
          sink.push(rest.copyBytes());
          if (last) return;
          rest.release();
        }`,
    },
  },
});

verdicts("no-unreleased-buffer", "H65 every reference needs its own release", {
  "several references to one object": {
    fine: {
      "two taken, two given back": `${prelude}
        declare function next(): Chunk;
        export function look(): number {
          const chunk = next();
          chunk.retain();
          chunk.retain();
          const { length } = chunk;
          chunk.release();
          chunk.release();
          return length;
        }`,
      "as many loops": `${prelude}
        export function hold(chunk: Chunk, times: number): void {
          for (let i = 0; i < times; i++) chunk.retain();
          for (let i = 0; i < times; i++) chunk.release();
        }`,
      "its own and another, both given back": `${prelude}
        export function look(bytes: Uint8Array): number {
          const chunk = new Chunk(bytes);
          chunk.retain();
          const { length } = chunk;
          chunk.release();
          chunk.release();
          return length;
        }`,
    },
    quiet: {
      "one for each consumer": `${prelude}
        export function deal(chunk: Chunk, consumers: readonly ((chunk: Chunk) => void)[]): void {
          for (const consumer of consumers) {
            chunk.retain();
            consumer(chunk);
          }
        }`,
    },
    leak: {
      "two taken, one given back": `${prelude}
        declare function next(): Chunk;
        export function look(): number {
          const chunk = next();
          chunk.retain(); //! neverReleased
          chunk.retain();
          chunk.release();
          return chunk.length;
        }`,
      "its own and another, one given back": `${prelude}
        export function look(bytes: Uint8Array): number {
          const chunk = new Chunk(bytes); //! notReleasedOnPath
          chunk.retain();
          const { length } = chunk;
          chunk.release();
          if (length > 0) return length;
          chunk.release();
          return 0;
        }`,
      "one is handed on, one is kept": `${prelude}
        export function look(bytes: Uint8Array, store: (chunk: Chunk) => void): void {
          const chunk = new Chunk(bytes); //! neverReleased
          chunk.retain();
          store(chunk);
        }`,
    },
  },
  "values in the middle of a chain": {
    leak: {
      "what a call makes": `${prelude}
        export function head(): Uint8Array {
          const part = open().retainedSlice(0, 8); //! resultDropped
          const bytes = part.copyBytes();
          part.release();
          return bytes;
        }`,
      "a slice of a slice": `${prelude}
        export function head(body: Chunk): Uint8Array {
          const inner = body.retainedSlice(0, 8).retainedSlice(0, 4); //! resultDropped
          const bytes = inner.copyBytes();
          inner.release();
          return bytes;
        }`,
    },
  },
  "a variable gets a value that was derived from it": {
    leak: {
      "by a method": `${prelude}
        export function narrow(body: Chunk): Uint8Array {
          let chunk = body.retainedSlice(0, 16); //! overwritten
          chunk = chunk.retainedSlice(0, 8);
          const bytes = chunk.copyBytes();
          chunk.release();
          return bytes;
        }`,
      "by a helper": `${prelude}
        const half = (chunk: Chunk): Chunk => chunk.retainedSlice(0, 8);
        export function narrow(body: Chunk): Uint8Array {
          let chunk = body.retainedSlice(0, 16); //! overwritten
          chunk = half(chunk);
          const bytes = chunk.copyBytes();
          chunk.release();
          return bytes;
        }`,
    },
    strict: {
      "by a function that nobody can look into": `${prelude}
        declare function narrower(chunk: Chunk): Chunk;
        export function narrow(body: Chunk): void {
          let chunk = body.retainedSlice(0, 16); //! overwritten
          chunk = narrower(chunk);
          chunk.release();
        }`,
      "a frame": `
        declare function convert(frame: VideoFrame): VideoFrame;
        export function show(source: HTMLVideoElement): void {
          let frame = new VideoFrame(source); //! overwritten
          frame = convert(frame);
          frame.close();
        }`,
    },
    quiet: {
      "released before": `${prelude}
        export function narrow(body: Chunk): Uint8Array {
          const wide = body.retainedSlice(0, 16);
          let chunk = wide;
          chunk = wide.retainedSlice(0, 8);
          wide.release();
          const bytes = chunk.copyBytes();
          chunk.release();
          return bytes;
        }`,
    },
  },
  "a loop": {
    leak: {
      "takes one each turn": `${prelude}
        export function size(bodies: readonly Chunk[]): number {
          let sum = 0;
          for (const body of bodies) {
            const slice = body.retainedSlice(0, 8); //! notReleasedOnPath
            if (slice.length === 0) continue;
            sum += slice.length;
            slice.release();
          }
          return sum;
        }`,
      "leaves in the middle": `${prelude}
        export function first(bodies: readonly Chunk[]): number {
          for (const body of bodies) {
            const slice = body.retainedSlice(0, 8); //! notReleasedOnPath
            const { length } = slice;
            if (length > 0) return length;
            slice.release();
          }
          return 0;
        }`,
    },
  },
});

verdicts("no-unreleased-buffer", "bitmaps that a class keeps", {
  "released where the platform has its class": {
    leak: {
      "asked for something else": cachedBitmaps("!this.quiet", {
        mark: "//! fieldOverwritten",
        field: `private readonly quiet = location.hash === "#quiet";`,
      }),
    },
    quiet: {
      "a member of the window": cachedBitmaps("window.ImageBitmap"),
      "the type of its name": cachedBitmaps('typeof ImageBitmap !== "undefined"'),
    },
  },
});

/** One slice, forgotten in both ways: the branch is reported, and the message names the exception too. */
const both = `${prelude}
export async function offer(body: Chunk, last: boolean): Promise<void> {
  const slice = body.retainedSlice(0, 8);
  if (last) return;
  await check(slice.copyBytes());
  slice.release();
}`;
const firstLine = both.split("\n").findIndex((line) => line.includes("offer")) + 1;
ruleTester.run(
  "no-unreleased-buffer: the branch and the exception",
  withoutSuggestions(rules["no-unreleased-buffer"]),
  {
    valid: [],
    invalid: [
      {
        code: both,
        filename: fileFor(both),
        errors: [
          {
            messageId: "notReleasedOnPath",
            data: {
              what: "'slice' (Chunk reference)",
              exit:
                `by the return on line ${firstLine + 2}, nor when check() on line ${firstLine + 3} ` +
                `rejects, only by slice.release() on line ${firstLine + 4}`,
              advice: "Call release() before leaving, or in a finally block.",
            },
          },
        ],
      },
    ],
  },
);
