/** What an effect of a component begins is ended in the function that the effect returns. */
import { packageSuggestions } from "../support/package-suggestions.ts";

packageSuggestions("a listener of an effect", "no-leaked-listener", {
  programs: {
    "a function with a name": `
import { useEffect } from "react";
export function Size(): void {
  useEffect(() => {
    const draw = (): void => console.log("draw");
    window.addEventListener("resize", draw, { passive: true, capture: true });
  }, []);
}
`,
    "a cleanup for something else": `
import { useEffect } from "react";
export function Size({ draw }: { draw: () => void }): void {
  useEffect(() => {
    const timer = setInterval(draw, 1000);
    window.addEventListener("resize", draw);
    return () => clearInterval(timer);
  }, [draw]);
}
`,
    "a cleanup of several statements": `
import { useEffect } from "react";
export function Size({ draw }: { draw: () => void }): void {
  useEffect(() => {
    const timer = setInterval(draw, 1000);
    window.addEventListener("resize", draw);
    return () => {
      clearInterval(timer);
    };
  }, [draw]);
}
`,
  },
  unsuggested: {
    "an effect that returns on two paths": `
import { useEffect } from "react";
export function Size({ draw, on }: { draw: () => void; on: boolean }): void {
  useEffect(() => {
    if (!on) return;
    window.addEventListener("resize", draw);
  }, [draw, on]);
}
`,
  },
  words: "in the function that the effect returns",
});

packageSuggestions("a listener without a name", "no-leaked-listener", {
  programs: {
    "of an effect": `
import { useEffect } from "react";
export function Size(): void {
  useEffect(() => {
    window.addEventListener("resize", () => console.log("draw"));
  }, []);
}
`,
    "with options of its own": `
import { useEffect } from "react";
export function Size(): void {
  useEffect(() => {
    window.addEventListener("resize", () => console.log("draw"), { passive: true });
  }, []);
}
`,
  },
  words: "a signal that is aborted",
});

packageSuggestions("a timer of an effect", "no-unstoppable-task", {
  programs: {
    dropped: `
import { useEffect } from "react";
export function Clock({ tick }: { tick: () => void }): void {
  useEffect(() => {
    setInterval(tick, 1000);
  }, [tick]);
}
`,
  },
  words: "in the function that the effect returns",
});

packageSuggestions("a connection of an effect", "no-unclosed-disposable", {
  programs: {
    "that is used": `
import { useEffect } from "react";
export function Feed({ show }: { show: (text: unknown) => void }): void {
  useEffect(() => {
    const socket = new WebSocket("wss://example.org");
    socket.onmessage = ({ data }) => show(data);
  }, [show]);
}
`,
  },
  words: "in the function that the effect returns",
});
