/**
 * How listeners are put on an emitter and taken off again: data, matched by the members that a type
 * declares. A type is an emitter when it declares both the member that adds and one that removes.
 */

/** Members that add a listener, each with those that take it off again, the best known first. */
const pairs: Readonly<Record<string, readonly string[]>> = {
  addEventListener: ["removeEventListener"],
  on: ["off", "removeListener", "un"],
  once: ["off", "removeListener"],
  addListener: ["removeListener", "off"],
  prependListener: ["removeListener", "off"],
  prependOnceListener: ["removeListener", "off"],
};

/** Of these the listener is the only argument: others say by a callback that they are done. */
const lonePairs: Readonly<Record<string, readonly string[]>> = {
  subscribe: ["unsubscribe"],
  observe: ["unobserve"],
  listen: ["unlisten"],
};

/** `addMessageHandler` and `removeMessageHandler`: what is added and removed says that it is called. */
const adding = /^add(\w*(?:Listener|Handler|Observer|Callback|Subscriber))$/;

/** The members that take off what `member` adds; undefined when it adds no listener. */
export function removersOf(member: string, argumentCount: number): readonly string[] | undefined {
  if (Object.hasOwn(pairs, member)) return pairs[member];
  if (Object.hasOwn(lonePairs, member)) return argumentCount === 1 ? lonePairs[member] : undefined;
  const what = adding.exec(member)?.[1];
  return what === undefined ? undefined : [`remove${what}`];
}

/** Members that subscribe to something by its name, each with those that end it. */
const subscribing: Readonly<Record<string, readonly string[]>> = {
  subscribe: ["unsubscribe"],
  psubscribe: ["punsubscribe"],
  pSubscribe: ["pUnsubscribe"],
  ssubscribe: ["sunsubscribe"],
  sSubscribe: ["sUnsubscribe"],
  listenTo: ["unlisten", "unlistenTo"],
  listen: ["unlisten"],
  watch: ["unwatch"],
  join: ["leave"],
};

/** The members that end what `member` subscribes to; undefined when it does not subscribe. */
export function unsubscribersOf(member: string): readonly string[] | undefined {
  return Object.hasOwn(subscribing, member) ? subscribing[member] : undefined;
}

/** What a call adds is taken off when the event comes for the first time. */
export const onceMembers: ReadonlySet<string> = new Set(["once", "prependOnceListener"]);

const removing = /^remove\w*(?:Listener|Handler|Observer|Callback|Subscriber)$/;
const removers = new Set(Object.values(pairs).flat());
const loneRemovers = new Set(Object.values(lonePairs).flat());

/** The member takes one listener off. */
export function isRemover(member: string, argumentCount: number): boolean {
  return (
    removers.has(member) ||
    removing.test(member) ||
    (argumentCount === 1 && loneRemovers.has(member))
  );
}

/** Members that take off every listener, or every one of an event. */
export const clearers: ReadonlySet<string> = new Set([
  "removeAllListeners",
  "offAll",
  "clearListeners",
]);

/** Events after which nothing more comes: an emitter that has emitted one is let go of. */
export const lastEvents: ReadonlySet<string> = new Set([
  "close",
  "closed",
  "end",
  "ended",
  "exit",
  "finish",
  "disconnect",
  "disconnected",
  "destroy",
  "destroyed",
  "dispose",
  "disposed",
]);

/** Events that come once in the life of most emitters, so that what they start is started once. */
export const firstEvents: ReadonlySet<string> = new Set([
  "ready",
  "load",
  "loaded",
  "DOMContentLoaded",
  "listening",
  "open",
  "connect",
  "spawn",
  "online",
  "init",
  "abort",
  ...lastEvents,
]);
