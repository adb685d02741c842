/**
 * The words about listeners that stay, and about removals that take nothing off.
 */
import ts from "typescript";
import type { ListenerFinding } from "../lifetimes/listeners/analyse-listeners.ts";
import type { Mismatch } from "../lifetimes/listeners/listener-removal.ts";
import type { Subscriber } from "../lifetimes/listeners/subscribers.ts";
import { describeCall, describeLines, describeMember, describeOwner } from "./words.ts";

export type ListenerMessageIds =
  | "neverRemoved"
  | "addedPerEvent"
  | "addedPerStart"
  | "addedPerCall"
  | "onlyOneIsCalled"
  | "handleDropped"
  | "otherFunction"
  | "otherEvent"
  | "otherCapture"
  | "otherTarget"
  | "removesNothing"
  | "removeAtEnd"
  | "removeInCleanup"
  | "removeInFinally"
  | "passSignal"
  | "listenOnce"
  | "removeWhatWasAdded";

export const listenerMessages: Record<ListenerMessageIds, string> = {
  neverRemoved:
    "{{listener}} is never removed, and {{target}} outlives {{subscriber}}. Remove it {{end}}.",
  addedPerEvent:
    "{{listener}} is added each time {{outer}} is emitted, and nothing removes it. Add it once, or remove it when it is no longer needed.",
  addedPerStart:
    "{{listener}} is added for each {{starts}}, and nothing removes it. Remove it when the {{starts}} ends.",
  handleDropped:
    "What takes the listener of {{call}} off is dropped, and {{target}} outlives {{subscriber}}. Keep it and use it {{end}}.",
  addedPerCall:
    "{{listener}} is added by each call and not removed when the call is done, and the signal may outlive it. Remove it in a finally block.",
  onlyOneIsCalled:
    "{{listener}} stays when {{other}} is emitted, for which this call waits as well, and each call adds another one. Remove both when one of them is called.",
  otherFunction:
    "{{listener}} stays: {{removal}} is given another function. Keep the function that is registered here and pass that very one.",
  otherEvent:
    "{{listener}} stays: {{removal}} names the event {{other}}. Name the same event in both.",
  otherCapture:
    "{{listener}} stays: {{removal}} has another value for 'capture'. Pass the same one to both.",
  otherTarget:
    "{{listener}} stays: {{removal}} is called on another object. Remove it from the one that it is added to.",
  removesNothing:
    "This removes nothing: the function is made here, so nobody has registered it. Pass the function that was registered.",
  removeAtEnd: "Remove it in the method that ends the object.",
  removeInCleanup: "Remove it in the function that the effect returns.",
  removeInFinally: "Remove it in a finally block.",
  passSignal: "Give it a signal that is aborted when what registers it ends.",
  listenOnce: "Listen for the first of these events only.",
  removeWhatWasAdded: "Remove what is registered here.",
};

const missed = {
  function: "otherFunction",
  event: "otherEvent",
  capture: "otherCapture",
  target: "otherTarget",
} as const satisfies Record<Mismatch, ListenerMessageIds>;

interface Message {
  readonly messageId: ListenerMessageIds;
  readonly data: Readonly<Record<string, string>>;
}

/** What is said of a finding. */
export function messageFor({ site, fault, target, event, isHandle }: ListenerFinding): Message {
  const emitter = target === undefined ? "window" : shortText(target);
  const listener = `The ${event === undefined ? "listener" : `${shortText(event)} listener`} on ${emitter}`;
  switch (fault.how) {
    case "nothing":
      return { messageId: "removesNothing", data: {} };
    case "missed": {
      const { site, member, event: other } = fault.by;
      const removal = `${member}() on ${describeLines([site])}`;
      return {
        messageId: missed[fault.mismatch],
        data: { listener, removal, other: other === undefined ? "" : shortText(other) },
      };
    }
    case "per-call":
      return { messageId: "addedPerCall", data: { listener } };
    case "left-over": {
      const { event: other } = fault.other;
      return {
        messageId: "onlyOneIsCalled",
        data: { listener, other: other === undefined ? "" : shortText(other) },
      };
    }
    case "per-event": {
      const outer = fault.of.event === undefined ? "the event" : shortText(fault.of.event);
      return { messageId: "addedPerEvent", data: { listener, outer } };
    }
    case "per-start":
      return { messageId: "addedPerStart", data: { listener, starts: fault.starts } };
    case "kept": {
      const said = { target: emitter, ...describeSubscriber(fault.by) };
      return isHandle
        ? { messageId: "handleDropped", data: { call: describeCall(site), ...said } }
        : { messageId: "neverRemoved", data: { listener, ...said } };
    }
  }
}

function describeSubscriber(by: Subscriber): { subscriber: string; end: string } {
  switch (by.is) {
    case "component":
      return { subscriber: "the component", end: `in ${by.end}` };
    case "instance": {
      const [end] = by.ends;
      return {
        subscriber: describeOwner(by.code),
        end:
          end === undefined ? "in a method that ends the object" : `in ${describeMember(end.node)}`,
      };
    }
    case "event":
    case "call":
      return {
        subscriber: ts.isFunctionLike(by.code) ? "the call" : "the code",
        end: "when it is no longer needed",
      };
  }
}

const longest = 40;

function shortText(expression: ts.Expression): string {
  const text = expression.getText().replace(/\s+/g, " ").replaceAll('"', "'");
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
