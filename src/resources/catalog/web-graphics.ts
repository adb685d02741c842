/**
 * Images, WebGL and WebGPU: memory that the garbage collector does not see, or sees late.
 *
 * WebGL objects are deleted through the context that made them.
 */
import type { CatalogFamily } from "../kind.ts";

export const webGraphics: CatalogFamily = {
  family: "web-graphics",
  kinds: [
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
      id: "webgl.Texture",
      label: "WebGLTexture",
      grade: "should",
      duty: "free",
      acquire: [{ by: "call", name: "WebGLRenderingContextBase.createTexture" }],
      release: [{ name: "WebGLRenderingContextBase.deleteTexture", argument: 0 }],
      releaseTwice: "harmless",
      types: [{ name: "WebGLTexture" }],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/WebGLRenderingContext/deleteTexture",
    },
    {
      id: "webgl.Buffer",
      label: "WebGLBuffer",
      grade: "should",
      duty: "free",
      acquire: [{ by: "call", name: "WebGLRenderingContextBase.createBuffer" }],
      release: [{ name: "WebGLRenderingContextBase.deleteBuffer", argument: 0 }],
      releaseTwice: "harmless",
      types: [{ name: "WebGLBuffer" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/WebGLRenderingContext/deleteBuffer",
    },
    {
      id: "webgl.Framebuffer",
      label: "WebGLFramebuffer",
      grade: "should",
      duty: "free",
      acquire: [{ by: "call", name: "WebGLRenderingContextBase.createFramebuffer" }],
      release: [{ name: "WebGLRenderingContextBase.deleteFramebuffer", argument: 0 }],
      releaseTwice: "harmless",
      types: [{ name: "WebGLFramebuffer" }],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/WebGLRenderingContext/deleteFramebuffer",
    },
    {
      id: "webgl.Renderbuffer",
      label: "WebGLRenderbuffer",
      grade: "should",
      duty: "free",
      acquire: [{ by: "call", name: "WebGLRenderingContextBase.createRenderbuffer" }],
      release: [{ name: "WebGLRenderingContextBase.deleteRenderbuffer", argument: 0 }],
      releaseTwice: "harmless",
      types: [{ name: "WebGLRenderbuffer" }],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/WebGLRenderingContext/deleteRenderbuffer",
    },
    {
      id: "webgl.Program",
      label: "WebGLProgram",
      grade: "should",
      duty: "free",
      acquire: [{ by: "call", name: "WebGLRenderingContextBase.createProgram" }],
      release: [{ name: "WebGLRenderingContextBase.deleteProgram", argument: 0 }],
      releaseTwice: "harmless",
      types: [{ name: "WebGLProgram" }],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/WebGLRenderingContext/deleteProgram",
    },
    {
      id: "webgl.Shader",
      label: "WebGLShader",
      grade: "should",
      duty: "free",
      acquire: [{ by: "call", name: "WebGLRenderingContextBase.createShader" }],
      release: [{ name: "WebGLRenderingContextBase.deleteShader", argument: 0 }],
      releaseTwice: "harmless",
      types: [{ name: "WebGLShader" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/WebGLRenderingContext/deleteShader",
    },
    {
      id: "webgl.VertexArrayObject",
      label: "WebGLVertexArrayObject",
      grade: "should",
      duty: "free",
      acquire: [
        {
          by: "call",
          name: [
            "WebGL2RenderingContextBase.createVertexArray",
            "OES_vertex_array_object.createVertexArrayOES",
          ],
        },
      ],
      release: [
        {
          name: [
            "WebGL2RenderingContextBase.deleteVertexArray",
            "OES_vertex_array_object.deleteVertexArrayOES",
          ],
          argument: 0,
        },
      ],
      releaseTwice: "harmless",
      types: [{ name: ["WebGLVertexArrayObject", "WebGLVertexArrayObjectOES"] }],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/WebGL2RenderingContext/deleteVertexArray",
    },
    {
      id: "webgl.Sampler",
      label: "WebGLSampler",
      grade: "should",
      duty: "free",
      acquire: [{ by: "call", name: "WebGL2RenderingContextBase.createSampler" }],
      release: [{ name: "WebGL2RenderingContextBase.deleteSampler", argument: 0 }],
      releaseTwice: "harmless",
      types: [{ name: "WebGLSampler" }],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/WebGL2RenderingContext/deleteSampler",
    },
    {
      id: "webgl.Query",
      label: "WebGLQuery",
      grade: "should",
      duty: "free",
      acquire: [{ by: "call", name: "WebGL2RenderingContextBase.createQuery" }],
      release: [{ name: "WebGL2RenderingContextBase.deleteQuery", argument: 0 }],
      releaseTwice: "harmless",
      types: [{ name: "WebGLQuery" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/WebGL2RenderingContext/deleteQuery",
    },
    {
      id: "webgl.TransformFeedback",
      label: "WebGLTransformFeedback",
      grade: "should",
      duty: "free",
      acquire: [{ by: "call", name: "WebGL2RenderingContextBase.createTransformFeedback" }],
      release: [{ name: "WebGL2RenderingContextBase.deleteTransformFeedback", argument: 0 }],
      releaseTwice: "harmless",
      types: [{ name: "WebGLTransformFeedback" }],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/WebGL2RenderingContext/deleteTransformFeedback",
    },
    {
      id: "webgl.Sync",
      label: "WebGLSync",
      grade: "should",
      duty: "free",
      acquire: [{ by: "call", name: "WebGL2RenderingContextBase.fenceSync" }],
      release: [{ name: "WebGL2RenderingContextBase.deleteSync", argument: 0 }],
      releaseTwice: "harmless",
      types: [{ name: "WebGLSync" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/WebGL2RenderingContext/deleteSync",
    },

    // WebGPU: pipelines, bind groups, samplers and shader modules have nothing to destroy.
    {
      id: "webgpu.GPUBuffer",
      label: "GPUBuffer",
      grade: "must",
      duty: "free",
      acquire: [{ by: "call", name: "GPUDevice.createBuffer" }],
      release: [{ method: "destroy" }],
      releaseTwice: "harmless",
      types: [{ name: "GPUBuffer" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/GPUBuffer/destroy",
    },
    {
      id: "webgpu.GPUTexture",
      label: "GPUTexture",
      grade: "must",
      duty: "free",
      acquire: [{ by: "call", name: "GPUDevice.createTexture" }],
      release: [{ method: "destroy" }],
      releaseTwice: "harmless",
      types: [{ name: "GPUTexture" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/GPUTexture/destroy",
    },
    {
      id: "webgpu.GPUQuerySet",
      label: "GPUQuerySet",
      grade: "must",
      duty: "free",
      acquire: [{ by: "call", name: "GPUDevice.createQuerySet" }],
      release: [{ method: "destroy" }],
      releaseTwice: "harmless",
      types: [{ name: "GPUQuerySet" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/GPUQuerySet/destroy",
    },
    {
      id: "webgpu.GPUDevice",
      label: "GPUDevice",
      grade: "idle",
      duty: "free",
      acquire: [{ by: "call", name: "GPUAdapter.requestDevice" }],
      release: [{ method: "destroy" }],
      releaseTwice: "harmless",
      types: [{ name: "GPUDevice" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/GPUDevice/destroy",
    },
    {
      id: "webgpu.mappedBuffer",
      label: "mapped GPUBuffer",
      // The GPU cannot use a buffer that is mapped.
      grade: "must",
      duty: "free",
      acquire: [{ by: "call", name: "GPUBuffer.mapAsync", at: { receiver: true } }],
      release: [{ method: "unmap" }, { method: "destroy" }],
      releaseTwice: "harmless",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/GPUBuffer/unmap",
    },
  ],
  functions: [
    {
      name: "ImageBitmapRenderingContext.transferFromImageBitmap",
      takes: [0],
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/ImageBitmapRenderingContext/transferFromImageBitmap",
    },
  ],
  noDuty: [
    {
      by: "call",
      name: "GPUDevice.importExternalTexture",
      reason: "it expires with its frame",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/GPUDevice/importExternalTexture",
    },
  ],
  closedWorlds: [],
};
