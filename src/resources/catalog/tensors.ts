/**
 * Memory that no garbage collector takes: tensors, and objects of libraries compiled to WebAssembly.
 */
import type { CatalogFamily } from "../kind.ts";

const tfjs = "@tensorflow/tfjs-core";

export const tensors: CatalogFamily = {
  family: "tensors",
  kinds: [
    {
      id: "tfjs.Tensor",
      label: "Tensor",
      grade: "must",
      duty: "free",
      // Every operation makes new ones, methods of tensors included.
      acquire: [
        { by: "result", module: tfjs, name: "Tensor" },
        { by: "call", module: tfjs, name: "tidy", typed: true },
      ],
      release: [{ method: "dispose" }, { module: tfjs, name: "dispose", argument: 0, deep: true }],
      automatic: {
        // The callbacks of these run in a scope that disposes of what it leaves behind, and so do the
        // methods of layers.
        within: [
          {
            module: tfjs,
            name: [
              "tidy",
              "grad",
              "grads",
              "valueAndGrad",
              "valueAndGrads",
              "variableGrads",
              "customGrad",
              "Optimizer.minimize",
              "Optimizer.computeGradients",
            ],
          },
          { module: "@tensorflow/tfjs-layers", name: "Layer" },
        ],
      },
      releasedWhen: ["isDisposed"],
      releaseTwice: "harmless",
      types: [{ module: tfjs, name: "Tensor" }],
      source: "https://js.tensorflow.org/api/latest/#Performance-Memory",
    },
    {
      id: "tfjs.model",
      label: "TensorFlow.js model",
      grade: "idle",
      duty: "free",
      acquire: [
        {
          by: "call",
          module: "@tensorflow/tfjs-layers",
          name: ["loadLayersModel", "sequential", "model"],
        },
        {
          by: "call",
          module: "@tensorflow/tfjs-converter",
          name: ["loadGraphModel", "loadGraphModelSync"],
        },
      ],
      release: [{ method: "dispose" }],
      notReleasedBy: ["disposeIntermediateTensors"],
      types: [
        { module: "@tensorflow/tfjs-layers", name: "LayersModel" },
        { module: "@tensorflow/tfjs-converter", name: "GraphModel" },
      ],
      source: "https://js.tensorflow.org/api/latest/#tf.GraphModel.dispose",
    },
    {
      id: "onnxruntime.InferenceSession",
      label: "InferenceSession",
      grade: "should",
      duty: "free",
      acquire: [
        {
          by: "call",
          module: "onnxruntime-common",
          name: "InferenceSessionFactory.create",
        },
      ],
      release: [{ method: "release" }],
      asyncRelease: true,
      notReleasedBy: ["endProfiling"],
      types: [{ module: "onnxruntime-common", name: "InferenceSession" }],
      source: "https://onnxruntime.ai/docs/api/js/interfaces/InferenceSession-1.html#release",
    },
    {
      id: "onnxruntime.Tensor.gpu",
      label: "Tensor on the GPU",
      grade: "should",
      duty: "free",
      // Tensors of the CPU are plain memory.
      acquire: [
        {
          by: "call",
          module: "onnxruntime-common",
          name: ["TensorFactory.fromGpuBuffer", "TensorFactory.fromTexture"],
        },
      ],
      release: [{ method: "dispose" }],
      releaseTwice: "harmless",
      source: "https://onnxruntime.ai/docs/api/js/interfaces/Tensor-1.html#dispose",
    },
    {
      id: "opencv.Mat",
      label: "OpenCV object",
      grade: "must",
      duty: "free",
      // Vectors and classifiers are declared as matrices.
      acquire: [
        { by: "construct", module: "mirada", name: "Mat" },
        {
          by: "call",
          module: "mirada",
          name: ["imread", "Mat.clone", "Mat_.roi"],
        },
      ],
      release: [{ method: "delete" }, { method: "deleteLater" }],
      // It counts a reference to the data down and keeps the object.
      notReleasedBy: ["release"],
      releaseTwice: "throws",
      types: [{ module: "mirada", name: "Mat" }],
      source: "https://docs.opencv.org/4.x/de/d06/tutorial_js_basic_ops.html",
    },
  ],
  functions: [
    {
      // What is there is read: only the loss of the device makes that fail.
      module: tfjs,
      name: [
        "Tensor.data",
        "Tensor.dataSync",
        "Tensor.array",
        "Tensor.arraySync",
        "Tensor.bytes",
        "image.nonMaxSuppressionAsync",
      ],
      never: "throws",
      source: "https://js.tensorflow.org/api/latest/#tf.Tensor.data",
    },
    {
      module: tfjs,
      name: ["keep"],
      takes: [0],
      returns: 0,
      source: "https://js.tensorflow.org/api/latest/#keep",
    },
    {
      // The variable has the memory of the tensor from here.
      module: tfjs,
      name: "variable",
      source: "https://js.tensorflow.org/api/latest/#variable",
    },
  ],
  noDuty: [
    {
      by: "call",
      module: tfjs,
      name: "Optimizer.minimize",
      reason: "returns nothing unless it is asked for the cost",
      source: "https://js.tensorflow.org/api/latest/#tf.train.Optimizer.minimize",
    },
    {
      by: "call",
      module: "sharp",
      name: "sharp",
      reason: "a stream over memory; there is nothing to close",
      source: "https://sharp.pixelplumbing.com/api-constructor/",
    },
    {
      by: "type",
      module: "sharp",
      name: "Sharp",
      reason: "a stream over memory; there is nothing to close",
      source: "https://sharp.pixelplumbing.com/api-constructor/",
    },
  ],
  closedWorlds: [tfjs, "@tensorflow/tfjs-layers", "@tensorflow/tfjs-converter", "mirada", "sharp"],
};
