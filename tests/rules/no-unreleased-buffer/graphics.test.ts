import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unreleased-buffer", "frames that are converted", {
  "the variable gets what the old frame was made into": {
    leak: {
      "a function of the file makes a new one": `
        function scaled(frame: VideoFrame): VideoFrame {
          return new VideoFrame(frame, { timestamp: 0 });
        }
        export function show(given: VideoFrame): void {
          let frame = given.clone(); //! overwritten
          frame = scaled(frame);
          frame.close();
        }`,
      "in a loop": `
        function scaled(frame: VideoFrame): VideoFrame {
          return new VideoFrame(frame, { timestamp: 0 });
        }
        export function show(given: VideoFrame, times: number): void {
          let frame = given.clone(); //! overwritten
          for (let i = 0; i < times; i++) frame = scaled(frame); //! overwritten
          frame.close();
        }`,
      "an async one": `
        async function scaled(frame: VideoFrame): Promise<ImageBitmap> {
          return createImageBitmap(frame);
        }
        async function cropped(bitmap: ImageBitmap): Promise<ImageBitmap> {
          return createImageBitmap(bitmap, 0, 0, 1, 1);
        }
        export async function show(given: VideoFrame): Promise<void> {
          let bitmap = await scaled(given); //! overwritten
          bitmap = await cropped(bitmap);
          bitmap.close();
        }`,
    },
    quiet: {
      "nobody knows what the function does": `
        declare function convert(frame: VideoFrame): VideoFrame;
        export function show(given: VideoFrame): void {
          let frame = given.clone();
          frame = convert(frame);
          frame.close();
        }`,
      "the old one is closed first": `
        function scaled(frame: VideoFrame): VideoFrame {
          return new VideoFrame(frame, { timestamp: 0 });
        }
        export function show(given: VideoFrame): void {
          let frame = given.clone();
          const next = scaled(frame);
          frame.close();
          frame = next;
          frame.close();
        }`,
    },
    fine: {
      "the function closes the old one": `
        function scaled(frame: VideoFrame): VideoFrame {
          const result = new VideoFrame(frame, { timestamp: 0 });
          frame.close();
          return result;
        }
        export function show(given: VideoFrame): void {
          let frame = given.clone();
          frame = scaled(frame);
          frame.close();
        }`,
      "it is the same one": `
        function named(frame: VideoFrame): VideoFrame {
          console.log(frame.timestamp);
          return frame;
        }
        export function show(given: VideoFrame): void {
          let frame = given.clone();
          frame = named(frame);
          frame.close();
        }`,
    },
  },
});

verdicts("no-unreleased-buffer", "buffers of WebGPU that are mapped", {
  "one report for one buffer": {
    leak: {
      "neither unmapped nor destroyed": `
        export async function read(device: GPUDevice): Promise<Uint8Array> {
          const buffer = device.createBuffer({ size: 4, usage: 1 }); //! neverReleased
          await buffer.mapAsync(1);
          return new Uint8Array(buffer.getMappedRange()).slice();
        }`,
      "unmapped, and not destroyed": `
        export async function read(device: GPUDevice): Promise<Uint8Array> {
          const buffer = device.createBuffer({ size: 4, usage: 1 }); //! neverReleased
          await buffer.mapAsync(1);
          const read = new Uint8Array(buffer.getMappedRange()).slice();
          buffer.unmap();
          return read;
        }`,
      "neither on one path": `
        export async function read(device: GPUDevice, early: boolean): Promise<void> {
          const buffer = device.createBuffer({ size: 4, usage: 1 }); //! notReleasedOnPath
          await buffer.mapAsync(1);
          if (early) return;
          buffer.unmap();
          buffer.destroy();
        }`,
      "neither when something rejects": `
        export async function read(device: GPUDevice, url: string): Promise<void> {
          const buffer = device.createBuffer({ size: 4, usage: 1 }); //! notReleasedOnThrow
          await buffer.mapAsync(1);
          await fetch(url, { method: "POST", body: buffer.getMappedRange() });
          buffer.destroy();
        }`,
    },
    fine: {
      destroyed: `
        export async function read(device: GPUDevice): Promise<Uint8Array> {
          const buffer = device.createBuffer({ size: 4, usage: 1 });
          try {
            await buffer.mapAsync(1);
            return new Uint8Array(buffer.getMappedRange()).slice();
          } finally {
            buffer.destroy();
          }
        }`,
    },
  },
});

verdicts("no-unreleased-buffer", "what belongs to a context of WebGL", {
  "the context is made in the same function": {
    leak: {
      "the canvas is somebody else's": `
        export function draw(canvas: HTMLCanvasElement): number {
          const gl = canvas.getContext("webgl2")!;
          const buffer = gl.createBuffer(); //! neverReleased
          gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
          return gl.getError();
        }`,
      "the context is somebody else's": `
        export function draw(gl: WebGL2RenderingContext): number {
          const texture = gl.createTexture(); //! neverReleased
          gl.bindTexture(gl.TEXTURE_2D, texture);
          return gl.getError();
        }`,
      "the canvas is the module's": `
        const canvas = new OffscreenCanvas(1, 1);
        export function draw(): number {
          const gl = canvas.getContext("webgl2")!;
          const buffer = gl.createBuffer(); //! neverReleased
          gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
          return gl.getError();
        }`,
    },
    strict: {
      "of a new canvas": `
        export function open(): { canvas: OffscreenCanvas; gl: WebGL2RenderingContext } {
          const canvas = new OffscreenCanvas(1, 1);
          const gl = canvas.getContext("webgl2")!;
          const buffer = gl.createBuffer(); //! neverReleased
          gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
          return { canvas, gl };
        }`,
      "of an element": `
        export function open(): WebGL2RenderingContext | null {
          const canvas = document.createElement("canvas");
          const gl = canvas.getContext("webgl2");
          if (gl === null) return null;
          const texture = gl.createTexture(); //! neverReleased
          gl.bindTexture(gl.TEXTURE_2D, texture);
          return gl;
        }`,
      "through a helper": `
        function compiled(gl: WebGLRenderingContext): WebGLProgram {
          return gl.createProgram();
        }
        export function open(onPage: boolean): HTMLCanvasElement | OffscreenCanvas {
          const canvas = onPage ? document.createElement("canvas") : new OffscreenCanvas(1, 1);
          const gl = canvas.getContext("webgl") as WebGLRenderingContext;
          const program = compiled(gl); //! neverReleased
          gl.useProgram(program);
          return canvas;
        }`,
    },
  },
});
