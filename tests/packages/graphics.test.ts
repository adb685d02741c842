import { foundUnderEveryName, type KindCases, kindCases } from "../support/kind-cases.ts";

/** A thing that is made, used and given back by one method. */
function disposable(made: string, release: string, use = "console.log(it)"): KindCases {
  return {
    leak: [`const it = ${made}; ${use};`],
    release: [
      `const it = ${made}; it.${release}();`,
      `const it = ${made}; try { ${use}; } finally { it.${release}(); }`,
    ],
  };
}

const three = {
  "three.BufferGeometry": {
    ...disposable(`new BoxGeometry()`, "dispose"),
    leak: [
      `const it = new BoxGeometry(); console.log(it);`,
      `const it = new BufferGeometry(); console.log(it);`,
    ],
  },
  "three.Material": disposable(`new MeshBasicMaterial()`, "dispose"),
  "three.Texture": disposable(`new CanvasTexture(canvas)`, "dispose"),
  "three.RenderTarget": disposable(`new WebGLRenderTarget(1, 1)`, "dispose"),
  "three.Skeleton": disposable(`new Skeleton([])`, "dispose"),
  "three.InstancedMesh": {
    ...disposable(`new InstancedMesh(undefined, undefined, 1)`, "dispose"),
    leak: `const it = new InstancedMesh(undefined, undefined, 1); it.removeFromParent();`,
  },
  "three.UniformsGroup": disposable(`new UniformsGroup()`, "dispose"),
  "three.PMREMGenerator": disposable(`new PMREMGenerator(renderer)`, "dispose"),
  "three.Renderer": disposable(`new WebGLRenderer()`, "dispose", "it.clear()"),
};
kindCases("three.js", three, {
  packages: true,
  prelude: `
    import { BoxGeometry, BufferGeometry, CanvasTexture, InstancedMesh, MeshBasicMaterial, PMREMGenerator, Skeleton, UniformsGroup, WebGLRenderer, WebGLRenderTarget } from "three";
    declare const canvas: HTMLCanvasElement;
    declare const renderer: WebGLRenderer;`,
});
kindCases(
  "three.js, addons",
  {
    "three.Controls": disposable(`new OrbitControls(camera)`, "dispose"),
    "three.EffectComposer": disposable(`new EffectComposer(renderer)`, "dispose"),
  },
  {
    packages: true,
    prelude: `
      import type { Camera, WebGLRenderer } from "three";
      import { OrbitControls } from "three/addons/controls/OrbitControls.js";
      import { EffectComposer } from "three/addons/postprocessing/EffectComposer.js";
      declare const camera: Camera;
      declare const renderer: WebGLRenderer;`,
  },
);
foundUnderEveryName("graphics", {
  kind: "three.Texture",
  module: "three",
  name: "Texture",
  acquire: `new NAME()`,
  extended: "NAME",
  versions: { "older types": { "@types/three": "three-older-types" } },
});

kindCases(
  "other libraries that draw",
  {
    "babylon.Engine": disposable(`new NullEngine()`, "dispose", "it.stopRenderLoop()"),
    "babylon.Scene": {
      release: `const it = new Scene(engine); it.dispose();`,
      automatic: `const it = new Scene(engine); it.render();`,
    },
    "pixi.Application": {
      leak: `const it = new Application(); await it.init(); it.stop();`,
      release: `const it = new Application(); try { await it.init(); } finally { it.destroy(); }`,
      automatic: `const it = new Application(); console.log(it);`,
    },
    "pixi.RenderTexture": disposable(`RenderTexture.create({ width: 1 })`, "destroy"),
    "regl.context": disposable(`createREGL()`, "destroy", "it.poll()"),
    "regl.resource": {
      leak: [
        `const it = regl.texture(); console.log(it);`,
        `const it = regl.framebuffer(); console.log(it);`,
      ],
      release: `const it = regl.buffer(1); it.destroy();`,
    },
    "regl.frame": {
      leak: `regl.frame(() => undefined);`,
      release: `const loop = regl.frame(() => undefined); loop.cancel();`,
    },
    "konva.Stage": disposable(`new Konva.Stage({ container: "a" })`, "destroy", "it.clear()"),
  },
  {
    packages: true,
    prelude: `
      import { type AbstractEngine, NullEngine, Scene } from "@babylonjs/core";
      import { Application, RenderTexture } from "pixi.js";
      import createREGL, { type Regl } from "regl";
      import Konva from "konva";
      declare const engine: AbstractEngine;
      declare const regl: Regl;`,
  },
);
