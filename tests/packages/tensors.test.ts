import { foundUnderEveryName, kindCases } from "../support/kind-cases.ts";
import { packageVerdicts } from "../support/packages.ts";

const tfjs = {
  "tfjs.Tensor": {
    leak: [
      `const a = tf.tensor([1]); console.log(a.shape);`,
      `const a = x.add(y); console.log(a.shape);`,
      `const a = tf.matMul(x, y); try { await a.data(); } finally { console.log(a.rank); }`,
      `const a = tf.tidy(() => x.add(y)); console.log(a.shape);`,
      // The square is never bound.
      `const a = x.square().sum(); a.dispose();`,
    ],
    release: [
      `const a = tf.tensor([1]); a.dispose();`,
      `const a = x.add(y); tf.dispose(a);`,
      `const a = tf.tidy(() => x.add(y)); a.dispose();`,
      `return x.add(y);`,
    ],
    handOver: [
      `const a = tf.tensor([1]); return a;`,
      `const a = x.square(); const b = a.sum(); a.dispose(); return b;`,
      `return tf.tidy(() => x.square().sum());`,
      `const a = tf.tidy(() => x.square().sum()); return { sum: a };`,
      `return [x.add(y), x.sub(y)];`,
    ],
    automatic: [
      `tf.tidy(() => { const a = x.add(y); console.log(a.shape); });`,
      `tf.tidy(() => x.square().sum().dataSync());`,
      `const loss = () => x.sub(y).square().mean() as tf.Scalar; tf.train.sgd(1).minimize(loss);`,
      `function loss() { return x.sub(y).square().mean() as tf.Scalar; } tf.variableGrads(loss);`,
    ],
    none: [`console.log(tf.tidy(() => 1));`, `console.log(x.dataSync(), x.shape);`],
  },
};
const prelude = `
  import * as tf from "@tensorflow/tfjs-core";
  import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
  declare const x: tf.Tensor;
  declare const y: tf.Tensor;`;
kindCases("TensorFlow.js", tfjs, { packages: true, prelude });
kindCases("TensorFlow.js, an older version", tfjs, {
  packages: true,
  prelude,
  versions: { "@tensorflow/tfjs-core": "tfjs-core-3" },
});
foundUnderEveryName("tensors", {
  kind: "tfjs.Tensor",
  module: "@tensorflow/tfjs-core",
  name: "tensor",
  acquire: `NAME([1])`,
  versions: { "an older version": { "@tensorflow/tfjs-core": "tfjs-core-3" } },
});

kindCases(
  "models, sessions and OpenCV",
  {
    "tfjs.model": {
      leak: `const model = await loadLayersModel("a"); if (idle) return; model.dispose();`,
      release: [
        `const model = await loadGraphModel("a"); model.dispose();`,
        `const model = await loadLayersModel("a"); console.log(model.name);`,
      ],
    },
    "onnxruntime.InferenceSession": {
      leak: `const session = await InferenceSession.create("a"); console.log(session.inputNames);`,
      release: `const session = await InferenceSession.create("a"); await session.release();`,
    },
    "onnxruntime.Tensor.gpu": {
      leak: `const tensor = Tensor.fromGpuBuffer(buffer, { dims: [1] }); console.log(tensor.dims);`,
      release: `const tensor = Tensor.fromGpuBuffer(buffer, { dims: [1] }); tensor.dispose();`,
    },
    "opencv.Mat": {
      leak: [
        `const mat = new cv.Mat(); console.log(mat.rows);`,
        `const image = cv.imread("a"); console.log(image.rows);`,
        `const image = cv.imread("a"); const copy = image.clone(); image.delete(); console.log(copy.rows);`,
      ],
      release: [
        `const mat = new cv.Mat(); mat.delete();`,
        `const image = cv.imread("a"); try { console.log(image.rows); } finally { image.delete(); }`,
      ],
    },
  },
  {
    packages: true,
    prelude: `
      import { loadLayersModel } from "@tensorflow/tfjs-layers";
      import { loadGraphModel } from "@tensorflow/tfjs-converter";
      import { InferenceSession, Tensor } from "onnxruntime-common";
      import cv from "@techstark/opencv-js";
      import sharp from "sharp";
      export const noDuty = () => sharp("a");
      declare const idle: boolean;
      declare const buffer: GPUBuffer;`,
  },
);

packageVerdicts("no-unreleased-buffer", "TensorFlow.js, several at once", {
  "dispose() of what holds them": {
    leak: {
      "made by a function, dropped in a chain": `
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
function half(input: tf.Tensor): tf.Tensor {
  return tf.mul(input, 0.5);
}
export function sum(input: tf.Tensor): tf.Tensor {
  return half(input).add(input); //! resultDropped
}`,
      "one is left out": `
import * as tf from "@tensorflow/tfjs-core";
export function sum(input: tf.Tensor): number {
  const half = tf.mul(input, 0.5);
  const all = tf.sum(half); //! neverReleased
  const value = all.dataSync()[0] ?? 0;
  tf.dispose([half]);
  return value;
}`,
      "a field": `
import * as tf from "@tensorflow/tfjs-core";
export class Scale {
  readonly #by: tf.Tensor;
  constructor(by: number) {
    this.#by = tf.scalar(by); //! noRelease
  }
  apply(input: tf.Tensor): tf.Tensor {
    return tf.mul(input, this.#by);
  }
}`,
    },
    fine: {
      "made by a function inside tidy()": `
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
function half(input: tf.Tensor): tf.Tensor {
  return tf.mul(input, 0.5);
}
export function sum(inputs: tf.Tensor[]): tf.Tensor {
  return tf.tidy(() => {
    let all: tf.Tensor = tf.scalar(0);
    for (const input of inputs) all = half(input).add(all);
    return all;
  });
}`,
      "a list": `
import * as tf from "@tensorflow/tfjs-core";
export async function sum(input: tf.Tensor): Promise<number> {
  const half = tf.mul(input, 0.5);
  const all = tf.sum(half);
  const [value = 0] = await all.data();
  tf.dispose([half, all]);
  return value;
}`,
      "a record": `
import * as tf from "@tensorflow/tfjs-core";
export function sum(input: tf.Tensor): number {
  const t: Record<string, tf.Tensor> = {};
  t.half = tf.mul(input, 0.5);
  t.all = tf.sum(t.half);
  const value = t.all.dataSync()[0] ?? 0;
  tf.dispose(t);
  return value;
}`,
      "a record, by its keys": `
import * as tf from "@tensorflow/tfjs-core";
export function sum(input: tf.Tensor): number {
  const t: Record<string, tf.Tensor> = {};
  t.half = tf.mul(input, 0.5);
  t.all = tf.sum(t.half);
  const value = t.all.dataSync()[0] ?? 0;
  Object.keys(t).forEach((name) => tf.dispose(t[name]));
  return value;
}`,
    },
    quiet: {
      "reading them all at once": `
import * as tf from "@tensorflow/tfjs-core";
export async function largest(a: tf.Tensor, b: tf.Tensor): Promise<number> {
  const all = [tf.max(a), tf.max(b)];
  const values = await Promise.all(all.map((one) => one.data()));
  tf.dispose(all);
  return Math.max(...values.map(([first = 0]) => first));
}`,
      "what is awaited is no promise": `
import * as tf from "@tensorflow/tfjs-core";
export async function both(a: tf.Tensor2D): Promise<tf.Tensor> {
  const half = tf.mul(a, 0.5);
  const joined = await tf.concat([half, a], 0);
  half.dispose();
  return joined;
}`,
    },
  },
});

packageVerdicts("no-unreleased-buffer", "TensorFlow.js, what is hardly worth a word", {
  "the fallback of an argument": {
    leak: {
      "it has a name": `
import * as tf from "@tensorflow/tfjs-core";
function rank(tensor: tf.Tensor): number {
  return tensor.rank;
}
export function look(face: { tensor?: tf.Tensor }): number {
  const tensor = face.tensor ?? tf.tensor([1, 2]); //! neverReleased
  return rank(tensor);
}`,
      "it is always made": `
import * as tf from "@tensorflow/tfjs-core";
function rank(tensor: tf.Tensor): number {
  return tensor.rank;
}
export function look(): number {
  return rank(tf.tensor([1, 2])); //! resultDropped
}`,
    },
    strict: {
      "of ||": `
import * as tf from "@tensorflow/tfjs-core";
function rank(tensor: tf.Tensor): number {
  return tensor.rank;
}
export function look(face: { tensor?: tf.Tensor }): number {
  return rank(face.tensor || tf.tensor([])); //! resultDropped
}`,
      "of ??": `
import * as tf from "@tensorflow/tfjs-core";
function rank(tensor: tf.Tensor): number {
  return tensor.rank;
}
export function look(faces: { tensor?: tf.Tensor }[]): number {
  return rank((faces[0]!.tensor as tf.Tensor) ?? tf.tensor([])); //! resultDropped
}`,
    },
  },
  "tests of one text that exclude each other": {
    leak: {
      "one text contains the other": `
import * as tf from "@tensorflow/tfjs-core";
export function choose(model: string, input: tf.Tensor): tf.Tensor | null {
  let output: tf.Tensor | null = null;
  if (model.includes("meet")) output = tf.add(input, 1); //! overwritten
  if (model.includes("meet-lite")) output = tf.add(input, 2);
  return output;
}`,
      "they are of two texts": `
import * as tf from "@tensorflow/tfjs-core";
export function choose(model: string, size: string, input: tf.Tensor): tf.Tensor | null {
  let output: tf.Tensor | null = null;
  if (model.includes("meet")) output = tf.add(input, 1); //! overwritten
  if (size.includes("large")) output = tf.add(input, 2);
  return output;
}`,
      "the second is no test": `
import * as tf from "@tensorflow/tfjs-core";
export function choose(model: string, input: tf.Tensor): tf.Tensor | null {
  let output: tf.Tensor | null = null;
  if (model.includes("meet")) output = tf.add(input, 1); //! overwritten
  output = tf.add(input, 2);
  return output;
}`,
    },
    quiet: {
      "what it includes": `
import * as tf from "@tensorflow/tfjs-core";
declare const config: { model?: string };
async function run(input: tf.Tensor): Promise<tf.Tensor> {
  await Promise.resolve();
  return tf.add(input, 1);
}
export async function choose(input: tf.Tensor): Promise<tf.Tensor | null> {
  let output: tf.Tensor | null = null;
  if (config.model?.includes("rvm")) output = await run(input);
  if (config.model?.includes("meet")) output = await run(input);
  if (config.model?.includes("selfie")) output = await run(input);
  return output;
}`,
      "what it ends with": `
import * as tf from "@tensorflow/tfjs-core";
export function choose(model: string, input: tf.Tensor): tf.Tensor | null {
  let output: tf.Tensor | null = null;
  if (model.endsWith(".json")) output = tf.add(input, 1);
  if (model.endsWith(".bin") && input.rank > 1) output = tf.add(input, 2);
  return output;
}`,
      "what it is": `
import * as tf from "@tensorflow/tfjs-core";
declare function load(): Promise<void>;
export class Chooser {
  model = "";
  async choose(input: tf.Tensor): Promise<tf.Tensor | null> {
    let output: tf.Tensor | null = null;
    if (this.model === "rvm") output = tf.add(input, 1);
    if (this.model === "meet") output = tf.add(input, 2);
    return output;
  }
}`,
    },
  },
});
