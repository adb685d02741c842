import { parentPort } from "node:worker_threads";

parentPort?.on("message", (text: string) => {
  const levels = new Map<string, number>();
  for (const [level] of text.matchAll(/\b(?:DEBUG|INFO|WARN|ERROR)\b/g)) {
    levels.set(level, (levels.get(level) ?? 0) + 1);
  }
  parentPort?.postMessage(levels);
});
