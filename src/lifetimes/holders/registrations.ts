/**
 * When a call runs the function that it is given.
 */
import ts from "typescript";
import { isChainMethod } from "../../flow/syntax.ts";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { matchesPattern } from "../../resources/catalog-index.ts";
import { type EventKind, eventSources } from "../../resources/events.ts";
import { isTestFunction } from "../../resources/test-functions.ts";
import { skipWrappers } from "../../typescript/syntax.ts";

type Registration =
  | "now"
  | { readonly when: "event"; readonly event: EventKind }
  | { readonly when: "component" }
  | { readonly when: "test" };

const runsSoon = new Set(["setTimeout", "setImmediate", "queueMicrotask", "nextTick"]);
const animation = new Set(["requestAnimationFrame", "requestIdleCallback"]);

/**
 * When a call runs the function that it is given: `now` (and not again later), each time an event
 * comes, or undefined where nothing is known.
 */
export function registration(
  call: ts.CallExpression,
  environment: Environment,
): Registration | undefined {
  const { recogniser, types } = environment;
  const name = recogniser.calleeName(call);
  if (name === undefined) return undefined;
  const callee = skipWrappers(call.expression);
  if (recogniser.functionFact(callee, name)?.runsCallback === "now") return "now";
  if (runsSoon.has(name) || animation.has(name))
    return isGlobal(callee, environment) ? "now" : undefined;
  if (name === "setInterval" && isGlobal(callee, environment))
    return { when: "event", event: "tick" };
  if (isHookOf(callee, environment)) return { when: "component" };
  if (isTestFunction(callee, name, types)) return { when: "test" };
  if (!ts.isPropertyAccessExpression(callee)) return madeServer(call, environment);
  if (isChainMethod(name) && types.isPromise(callee.expression)) return "now";
  const again = repeats(name, types.valueType(callee.expression), environment);
  if (!again) {
    // Methods of arrays, maps and sets call back before they return; so does a listener that runs once.
    if (isOnce(name, callee, environment)) return "now";
    return isGlobal(callee, environment) ? "now" : madeServer(call, environment);
  }
  return { when: "event", event: eventOf(call, callee, environment) };
}

function isGlobal(callee: ts.Expression, { types }: Environment): boolean {
  const symbol = types.calleeSymbol(callee);
  if (symbol === undefined) return false;
  const declared = types.declaredNames(symbol);
  return (
    declared.length > 0 &&
    declared.every(
      ({ origin, module }) => origin === "global" || module === "timers" || module === "process",
    )
  );
}

/** Methods that take a listener, with those by which a type shows that it is removed again. */
const listening: ReadonlyMap<string, readonly string[]> = new Map([
  ["on", ["off", "removeListener"]],
  ["addListener", ["removeListener"]],
  ["prependListener", ["removeListener"]],
  ["addEventListener", ["removeEventListener"]],
  ["subscribe", ["subscribe"]],
]);

function repeats(method: string, receiver: ts.Type, { types }: Environment): boolean {
  return listening.get(method)?.some((one) => types.hasMember(receiver, one)) === true;
}

function isOnce(
  method: string,
  callee: ts.PropertyAccessExpression,
  { types }: Environment,
): boolean {
  if (method !== "once" && method !== "prependOnceListener") return false;
  return types.hasMember(types.valueType(callee.expression), "removeListener");
}

function eventOf(
  call: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  { types }: Environment,
): EventKind {
  const [first] = call.arguments;
  const event = first && valueOf(first);
  if (event === undefined || !ts.isStringLiteralLike(event)) return "event";
  const names = types
    .classSymbols(types.valueType(callee.expression))
    .map((symbol) => types.declaredNames(symbol));
  const source = eventSources.find(
    ({ emitters, events }) =>
      events.includes(event.text) &&
      emitters.some((pattern) => names.some((declared) => matchesPattern(pattern, declared))),
  );
  return source?.starts ?? "event";
}

/** `createServer((socket) => …)`: the handler of the connections or requests of what the call makes. */
function madeServer(call: ts.CallExpression, { types }: Environment): Registration | undefined {
  const names = types
    .classSymbols(types.valueType(call))
    .map((symbol) => types.declaredNames(symbol));
  const source = eventSources.find(
    ({ emitters, events }) =>
      (events.includes("request") || events.includes("connection")) &&
      emitters.some((pattern) => names.some((declared) => matchesPattern(pattern, declared))),
  );
  return source && { when: "event", event: source.starts };
}

const hookModules = [
  "react",
  "preact/hooks",
  "preact",
  "vue",
  "@vue/runtime-core",
  "solid-js",
  "svelte",
];

/** A hook of a framework for components: `useEffect`, `onMounted`. */
function isHookOf(callee: ts.Expression, { types }: Environment): boolean {
  const symbol = types.calleeSymbol(callee);
  return (
    symbol !== undefined &&
    types
      .declaredNames(symbol)
      .some(({ origin, module }) => origin === "module" && hookModules.includes(module))
  );
}
