/**
 * Timers that come once and are kept in a field. They end by themselves, so they owe nothing; but a class
 * that stops one of them when it ends means to stop all.
 */
import ts from "typescript";
import type { ResourceKind } from "../resources/kind.ts";
import type { Environment } from "./environment.ts";

/** No catalog entry acquires it: only a sibling says that it must be stopped. */
export const oneShotTimer: ResourceKind = {
  id: "timers.one-shot",
  label: "timer",
  grade: "should",
  duty: "stop",
  acquire: [],
  release: [
    { name: "clearTimeout", argument: 0 },
    { module: "timers", name: "clearTimeout", argument: 0 },
    { name: "clearInterval", argument: 0 },
    { name: "cancelAnimationFrame", argument: 0 },
    { method: "close" },
    { method: "unref" },
  ],
  releasedWhen: [],
  releaseTwice: "harmless",
  source: "https://nodejs.org/api/timers.html#cleartimeouttimeout",
};

const arming: ReadonlySet<string> = new Set(["setTimeout", "requestAnimationFrame"]);

/** What a call arms that calls back once, into the object that keeps its handle; undefined for all else. */
export function timerKindAt(
  site: ts.CallExpression,
  { recogniser }: Environment,
): ResourceKind | undefined {
  const name = recogniser.calleeName(site);
  const [callback] = site.arguments;
  if (name === undefined || !arming.has(name) || callback === undefined) return undefined;
  return mentionsThis(callback) ? oneShotTimer : undefined;
}

function mentionsThis(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.ThisKeyword || (ts.forEachChild(node, mentionsThis) ?? false);
}
