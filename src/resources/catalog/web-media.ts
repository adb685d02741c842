/**
 * Cameras, microphones, sound, calls and codecs of the web platform.
 */
import type { CatalogFamily } from "../kind.ts";

export const webMedia: CatalogFamily = {
  family: "web-media",
  kinds: [
    {
      id: "web.RTCPeerConnection",
      label: "RTCPeerConnection",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", name: "RTCPeerConnection" }],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      types: [{ name: "RTCPeerConnection" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/RTCPeerConnection/close",
    },
    {
      id: "web.RTCDataChannel",
      label: "RTCDataChannel",
      grade: "should",
      duty: "close",
      acquire: [{ by: "call", name: "RTCPeerConnection.createDataChannel" }],
      release: [{ method: "close" }],
      automatic: { parent: true, events: ["close"] },
      types: [{ name: "RTCDataChannel" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/RTCDataChannel/close",
    },
    {
      id: "web.MediaStream",
      label: "MediaStream",
      grade: "must",
      duty: "close",
      acquire: [
        { by: "call", name: ["MediaDevices.getUserMedia", "MediaDevices.getDisplayMedia"] },
        { by: "call", name: ["MediaStream.clone", "HTMLCanvasElement.captureStream"] },
      ],
      // The stream has no stop of its own.
      release: [
        { method: "stop", ofEach: "getTracks" },
        { method: "stop", ofEach: "getVideoTracks" },
        { method: "stop", ofEach: "getAudioTracks" },
      ],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MediaStreamTrack/stop",
    },
    {
      id: "web.MediaStreamTrack",
      label: "MediaStreamTrack",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", name: "MediaStreamTrack.clone" }],
      release: [{ method: "stop" }],
      automatic: { events: ["ended"] },
      releaseTwice: "harmless",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MediaStreamTrack/stop",
    },
    {
      id: "web.MediaRecorder",
      label: "MediaRecorder",
      grade: "should",
      duty: "close",
      acquire: [{ by: "construct", name: "MediaRecorder" }],
      release: [{ method: "stop" }],
      armedBy: ["start"],
      automatic: { events: ["stop"] },
      notReleasedBy: ["pause"],
      types: [{ name: "MediaRecorder" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MediaRecorder/stop",
    },
    {
      id: "web.AudioContext",
      label: "AudioContext",
      grade: "must",
      duty: "close",
      acquire: [{ by: "construct", name: "AudioContext" }],
      release: [{ method: "close" }],
      asyncRelease: true,
      notReleasedBy: ["suspend"],
      types: [{ name: "AudioContext" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/AudioContext/close",
    },
    {
      id: "web.codec",
      label: "codec",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "construct",
          name: ["VideoDecoder", "VideoEncoder", "AudioDecoder", "AudioEncoder", "ImageDecoder"],
        },
      ],
      release: [{ method: "close" }],
      notReleasedBy: ["reset", "flush"],
      types: [
        { name: ["VideoDecoder", "VideoEncoder", "AudioDecoder", "AudioEncoder", "ImageDecoder"] },
      ],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/VideoDecoder/close",
    },
    {
      id: "web.MediaKeySession",
      label: "MediaKeySession",
      grade: "should",
      duty: "close",
      acquire: [{ by: "call", name: "MediaKeys.createSession" }],
      release: [{ method: "close" }],
      asyncRelease: true,
      // It holds nothing at the decryption module before its first request or license.
      armedBy: ["generateRequest", "load"],
      releaseTwice: "harmless",
      types: [{ name: "MediaKeySession" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MediaKeySession/close",
    },

    // Frames hold memory of the decoder or of the GPU, which stalls when they are not given back.
    {
      id: "web.VideoFrame",
      label: "VideoFrame",
      grade: "must",
      duty: "free",
      acquire: [
        { by: "construct", name: "VideoFrame" },
        { by: "call", name: "VideoFrame.clone" },
        // What a decoder hands to its callback is the callback's.
        {
          by: "construct",
          name: "VideoDecoder",
          at: { callback: 0, property: "output", parameter: 0 },
        },
        { by: "call", name: "ImageDecoder.decode", at: { result: "image" } },
      ],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      types: [{ name: "VideoFrame" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/VideoFrame/close",
    },
    {
      id: "web.AudioData",
      label: "AudioData",
      grade: "must",
      duty: "free",
      acquire: [
        { by: "construct", name: "AudioData" },
        { by: "call", name: "AudioData.clone" },
        {
          by: "construct",
          name: "AudioDecoder",
          at: { callback: 0, property: "output", parameter: 0 },
        },
      ],
      release: [{ method: "close" }],
      releaseTwice: "harmless",
      types: [{ name: "AudioData" }],
      source: "https://developer.mozilla.org/en-US/docs/Web/API/AudioData/close",
    },
  ],
  functions: [
    {
      name: [
        "MediaStream.getTracks",
        "MediaStream.getVideoTracks",
        "MediaStream.getAudioTracks",
        "MediaStreamTrack.stop",
      ],
      never: "throws",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/MediaStream/getTracks",
    },
  ],
  noDuty: [
    {
      by: "construct",
      name: "OfflineAudioContext",
      reason: "renders into memory and has nothing to close",
      source: "https://developer.mozilla.org/en-US/docs/Web/API/OfflineAudioContext",
    },
  ],
  closedWorlds: [],
};
