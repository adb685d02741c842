/**
 * The words of messages about collections that only grow.
 */
import ts from "typescript";
import type { GrowthFinding } from "../lifetimes/collections/growing-collections.ts";
import type { EventKind } from "../resources/events.ts";
import { describeCall, describeLines } from "./words.ts";

/** Everything that a message about a collection may name. */
export function describeGrowth(finding: GrowthFinding): Record<string, string> {
  const { name, label, at, other } = finding;
  return {
    what: `'${name}' (${nouns[label]})`,
    when: describeWhen(finding),
    advice: describeAdvice(finding),
    place: at === undefined ? "code" : describePlace(at),
    line: at === undefined ? "another line" : describeLines([at]),
    other: other ?? "another collection",
  };
}

const nouns = { Map: "Map", Set: "Set", Array: "array", Record: "record" } as const;

/** `with every connection, on line 12`, `on lines 12 and 20`. */
function describeWhen({ adds, event }: GrowthFinding): string {
  const lines = describeLines(adds.slice(0, maximalLines).map(({ node }) => node));
  return event === undefined ? `on ${lines}` : `${occasions[event]}, on ${lines},`;
}

const maximalLines = 3;

const occasions: Readonly<Record<EventKind, string>> = {
  connection: "with every connection",
  request: "with every request",
  message: "with every message",
  tick: "with every tick of a timer",
  event: "with every event",
};

function describeAdvice({ label, event, adds }: GrowthFinding): string {
  if (event === "connection") return "Take the entry out when the connection ends.";
  if (event === "request")
    return "Take the entry out when the request is done, or give the collection a limit.";
  if (label === "Array") return "Take out what was handled, or keep only the newest.";
  const isKeyed = adds.some(({ key }) => key !== undefined);
  return isKeyed
    ? "Delete keys that are no longer used, or give it a limit, as an LRU cache has."
    : "Take out what was handled, or give it a limit.";
}

/** `rooms.delete() on line 9`, `the assignment on line 9`. */
function describePlace(node: ts.Node): string {
  const line = describeLines([node]);
  if (ts.isCallExpression(node)) return `${describeCall(node)} on ${line}`;
  return `the ${ts.isDeleteExpression(node) ? "delete" : "assignment"} on ${line}`;
}
