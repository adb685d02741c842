import { foundUnderEveryName, type KindCases, kindCases } from "../support/kind-cases.ts";

function ended(made: string, release: string, use = "console.log(it)"): KindCases {
  return {
    leak: `const it = ${made}; ${use};`,
    release: [`const it = ${made}; it.${release}();`, `return ${made};`],
  };
}

kindCases(
  "maps, charts and players",
  {
    "leaflet.Map": {
      leak: [`const it = L.map("a"); it.stop();`, `const it = new L.Map("a"); it.off();`],
      release: `const it = L.map("a"); it.remove();`,
    },
    "mapbox-gl.Map": ended(`new mapboxgl.Map({ container: "a" })`, "remove", "it.stop()"),
    "maplibre-gl.Map": ended(`new MapLibre({ container: "a", style: "b" })`, "remove", "it.stop()"),
    "chart.js.Chart": ended(`new Chart(canvas, config)`, "destroy", "it.stop()"),
    "echarts.ECharts": {
      ...ended(`echarts.init(element)`, "dispose", "it.clear()"),
      release: [
        `const it = echarts.init(element); it.dispose();`,
        `const it = echarts.init(element); echarts.dispose(it);`,
      ],
    },
    "cytoscape.Core": ended(`cytoscape({})`, "destroy", "it.stop()"),
    "hls.js.Hls": ended(`new Hls()`, "destroy", "it.stopLoad()"),
    "video.js.Player": ended(`videojs("a")`, "dispose"),
    "wavesurfer.js.WaveSurfer": ended(
      `WaveSurfer.create({ container: "a" })`,
      "destroy",
      "it.stop()",
    ),
    "howler.Howl": ended(`new Howl({ src: ["a"] })`, "unload", "it.stop()"),
    "tone.ToneAudioNode": {
      leak: `const it = new Player("a"); if (idle) return; it.dispose();`,
      release: [
        `const it = new Synth(); it.dispose();`,
        `const it = new Synth(); it.disconnect();`,
      ],
    },
    "pdfjs.PDFDocumentLoadingTask": {
      leak: [
        `const task = getDocument("a"); const pdf = await task.promise; console.log(pdf.numPages);`,
        `const pdf = await getDocument("a").promise; await pdf.cleanup();`,
      ],
      release: [
        `const task = getDocument("a"); try { await task.promise; } finally { await task.destroy(); }`,
        `const pdf = await getDocument("a").promise; await pdf.destroy();`,
        `return await getDocument("a").promise;`,
      ],
    },
    "pdfjs.PDFWorker": ended(`new PDFWorker()`, "destroy"),
  },
  {
    packages: true,
    prelude: `
      import L from "leaflet";
      import mapboxgl from "mapbox-gl";
      import { Map as MapLibre } from "maplibre-gl";
      import { Chart, type ChartConfiguration } from "chart.js";
      import * as echarts from "echarts";
      import cytoscape from "cytoscape";
      import Hls from "hls.js";
      import video from "video.js";
      import WaveSurfer from "wavesurfer.js";
      import { Howl } from "howler";
      import { Player, Synth } from "tone";
      import { getDocument, PDFWorker } from "pdfjs-dist";
      const { default: videojs } = video;
      declare const idle: boolean;
      declare const canvas: HTMLCanvasElement;
      declare const element: HTMLElement;
      declare const config: ChartConfiguration;`,
  },
);
foundUnderEveryName("players", {
  kind: "maplibre-gl.Map",
  module: "maplibre-gl",
  name: "Map",
  acquire: `new NAME({ container: "a", style: "b" })`,
  extended: "NAME",
  versions: { "an older version": { "maplibre-gl": "maplibre-gl-4" } },
});
foundUnderEveryName("players", {
  kind: "chart.js.Chart",
  module: "chart.js",
  name: "Chart",
  acquire: `new NAME("a", { data: { datasets: [] } })`,
  extended: "NAME",
});
