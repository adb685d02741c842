/**
 * What the web platform goes on calling until it is told to stop: observers, watches, frames.
 */
import type { CatalogFamily } from "../kind.ts";

export const webEvents: CatalogFamily = {
  family: "web-events",
  kinds: [
    {
      id: "web.observer",
      label: "observer",
      grade: "should",
      duty: "remove",
      acquire: [
        {
          by: "construct",
          name: [
            "MutationObserver",
            "ResizeObserver",
            "IntersectionObserver",
            "PerformanceObserver",
            "ReportingObserver",
          ],
        },
      ],
      release: [{ method: "disconnect" }],
      armedBy: ["observe"],
      releaseTwice: "harmless",
      types: [
        {
          name: [
            "MutationObserver",
            "ResizeObserver",
            "IntersectionObserver",
            "PerformanceObserver",
            "ReportingObserver",
          ],
        },
      ],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MutationObserver/disconnect",
    },
    {
      id: "web.geolocationWatch",
      label: "geolocation watch",
      grade: "must",
      duty: "remove",
      acquire: [{ by: "call", name: "Geolocation.watchPosition" }],
      release: [{ name: "Geolocation.clearWatch", argument: 0 }],
      releaseTwice: "harmless",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/Geolocation/clearWatch",
    },

    // Each runs once; one that asks for the next from its own callback is a loop.
    {
      id: "web.animationFrame",
      label: "animation loop",
      grade: "should",
      duty: "stop",
      acquire: [
        {
          by: "call",
          name: ["requestAnimationFrame", "AnimationFrameProvider.requestAnimationFrame"],
        },
      ],
      release: [
        {
          name: ["cancelAnimationFrame", "AnimationFrameProvider.cancelAnimationFrame"],
          argument: 0,
        },
      ],
      automatic: { once: { callback: 0 } },
      releaseTwice: "harmless",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/Window/cancelAnimationFrame",
    },
    {
      id: "web.idleCallback",
      label: "idle callback loop",
      grade: "should",
      duty: "stop",
      acquire: [{ by: "call", name: ["requestIdleCallback", "Window.requestIdleCallback"] }],
      release: [{ name: ["cancelIdleCallback", "Window.cancelIdleCallback"], argument: 0 }],
      automatic: { once: { callback: 0 } },
      releaseTwice: "harmless",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/Window/cancelIdleCallback",
    },
    {
      id: "web.videoFrameCallback",
      label: "video frame loop",
      grade: "should",
      duty: "stop",
      acquire: [{ by: "call", name: "HTMLVideoElement.requestVideoFrameCallback" }],
      release: [{ name: "HTMLVideoElement.cancelVideoFrameCallback", argument: 0 }],
      automatic: { once: { callback: 0 } },
      releaseTwice: "harmless",
      source:
        "https://developer.mozilla.org/en-US/docs/Web/API/HTMLVideoElement/cancelVideoFrameCallback",
    },
  ],
  functions: [
    {
      name: [
        "EventTarget.addEventListener",
        "AbortSignal.addEventListener",
        "Window.addEventListener",
        "Document.addEventListener",
        "HTMLElement.addEventListener",
        "WebSocket.addEventListener",
        "addEventListener",
      ],
      takes: [1],
      never: "throws",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/EventTarget/addEventListener",
    },
  ],
  noDuty: [],
  closedWorlds: [],
};
