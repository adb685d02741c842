/**
 * Functions that measure time: those whose promise is a timer, and those that race a promise against
 * one. Data only, in the shapes of `resources/timeouts.ts`.
 */
import type { DeclarationPattern, ResourceKind } from "../kind.ts";
import type { Runner, TimeoutHelper, TimerFunction } from "../timeouts.ts";

/** The functions that arm a timer and call back once. */
export const armingFunctions: readonly DeclarationPattern[] = [
  { name: "setTimeout" },
  { module: "timers", name: "setTimeout" },
];

/**
 * A timer that guards something. No catalog entry acquires it: `setTimeout` alone owes nothing, and
 * only what its callback does tells that it guards.
 */
export const guardTimer: ResourceKind = {
  id: "timers.guard",
  label: "timer",
  grade: "must",
  duty: "stop",
  acquire: [],
  release: [
    { name: "clearTimeout", argument: 0 },
    { module: "timers", name: "clearTimeout", argument: 0 },
    { name: "clearInterval", argument: 0 },
    { method: "close" },
    // An armed timer that is unreferenced delays nothing.
    { method: "unref" },
  ],
  releaseTwice: "harmless",
  source: "https://nodejs.org/api/timers.html#cleartimeouttimeout",
};

export const timerFunctions: readonly TimerFunction[] = [
  {
    module: "timers/promises",
    name: "setTimeout",
    delay: 0,
    options: 2,
    source: "https://nodejs.org/api/timers.html#timerspromisessettimeoutdelay-value-options",
  },
  {
    module: "timers/promises",
    name: "Scheduler.wait",
    delay: 0,
    options: 1,
    source: "https://nodejs.org/api/timers.html#timerspromisesschedulerwaitdelay-options",
  },
  {
    module: "delay",
    name: ["default", "delay"],
    delay: 0,
    options: 1,
    source: "https://github.com/sindresorhus/delay#readme",
  },
  {
    module: "bluebird",
    name: ["Bluebird.delay"],
    delay: 0,
    source: "http://bluebirdjs.com/docs/api/promise.delay.html",
  },
];

export const timeoutHelpers: readonly TimeoutHelper[] = [
  {
    module: "p-timeout",
    name: ["default", "pTimeout"],
    operation: 0,
    cancels: ["cancel"],
    source: "https://github.com/sindresorhus/p-timeout#readme",
  },
  {
    // Stops the work only where cancellation is configured and the promise was made with `onCancel`.
    module: "bluebird",
    name: "Bluebird.timeout",
    operation: "this",
    cancels: [],
    source: "http://bluebirdjs.com/docs/api/timeout.html",
  },
  {
    module: "promise-timeout",
    name: "timeout",
    operation: 0,
    cancels: [],
    source: "https://github.com/building5/promise-timeout#readme",
  },
];

/**
 * What begins and what gives it up, where one type declares both: `subscribe` and `unsubscribe`. The
 * pair on the type is the evidence; a lone name is none.
 */
export const counterparts: readonly {
  readonly begins: readonly string[];
  readonly gives: readonly string[];
}[] = [
  { begins: ["subscribe", "subscribeAsync"], gives: ["unsubscribe", "cancelSubscription"] },
  {
    begins: ["connect", "open", "dial"],
    gives: ["disconnect", "close", "end", "destroy", "quit", "cancel", "abort"],
  },
  { begins: ["acquire", "lock", "reserve", "checkout"], gives: ["cancel", "abort"] },
  { begins: ["read", "resolve"], gives: ["cancel"] },
];

/** What races wait for by its events, and what has to be stopped when time is up. */
export const runners: readonly Runner[] = [
  {
    module: "child_process",
    name: "ChildProcess",
    stop: "kill",
    limits: ["timeout", "detached"],
    source: "https://nodejs.org/api/child_process.html#subprocesskillsignal",
  },
];

/** Members by which a pending promise is told that nobody waits for it any more. */
export const promiseCancels: readonly string[] = [
  "cancel",
  "abort",
  "kill",
  "terminate",
  "destroy",
];

/** Sources that a loop draws from without end, unless the options at this position carry a signal. */
export const endlessSources: readonly (DeclarationPattern & { readonly options: number })[] = [
  { module: "timers/promises", name: "setInterval", options: 2 },
  { module: "events", name: ["EventEmitter.on", "on"], options: 2 },
];

/** Properties of options objects in which a signal is given. */
export const signalOptions: readonly string[] = ["signal", "abortSignal", "cancelSignal"];

/** Methods that take a listener, an entry or a waiter off again, or end what it was put on. */
export const removals: readonly string[] = [
  "off",
  "removeListener",
  "removeEventListener",
  "removeAllListeners",
  "removeHandler",
  "unsubscribe",
  "delete",
  "clear",
  "splice",
  "shift",
  "pop",
  "remove",
];
