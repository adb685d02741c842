/**
 * Messages that stay in a slot after they were handled: a field or a shared variable that only the
 * operation which fills it looks at, and that the operation leaves filled.
 *
 * What another operation looks at is state: it is kept on purpose.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { atLeast } from "../../ownership/obligation-state.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import { reportingRule } from "../../resources/reporting-rule.ts";
import { fedObjects } from "./fed-objects.ts";
import { isPartOf, type Operation, Operations } from "./operations.ts";
import type { PayloadFinding } from "./payload-finding.ts";
import { SlotFlow } from "./slot-flow.ts";
import type { HeldExit, SlotOutcome } from "./slot-outcome.ts";
import { outlivesMessage, payloadSlots, type Slot } from "./slots.ts";

/** Every slot of a file in which a message stays behind, in source order. */
export function retainedSlots(
  file: ts.SourceFile,
  environment: Environment,
  summaries: Summaries,
): readonly PayloadFinding[] {
  const slots = [...payloadSlots(file, environment), ...fedObjects(file, environment)];
  if (slots.length === 0) return [];
  const operations = new Operations(environment);
  return slots.flatMap((slot) =>
    outlivesMessage(slot.declaration, environment)
      ? retained(slot, operations, new SlotFlow(slot, environment, summaries))
      : [],
  );
}

function retained(slot: Slot, operations: Operations, flow: SlotFlow): readonly PayloadFinding[] {
  const filling = operations.of(slot);
  if (filling === undefined || !isOnlyTheirs(slot, filling, operations)) return [];
  const found: PayloadFinding[] = [];
  for (const operation of filling) {
    const outcome = flow.follow(operation.root, "before");
    if (outcome === undefined || outcome.readsEarlier) return [];
    const [fill] = slot.fills.filter(({ node }) => isPartOf(node, operation.functions));
    const left = leftBehind(slot, operation, outcome, flow, operations);
    if (fill === undefined || left === undefined) continue;
    found.push({
      ...left,
      ...(slot.fed === undefined
        ? { node: fill.node.parent, site: valueOf(fill.value) }
        : { node: fill.node, site: fill.node, fed: slot.fed }),
      name: nameOf(fill.node),
      payload: slot.payload,
      unit: operation.root,
      emptyValue: isNeededLater(slot, operation, operations) ? undefined : slot.emptyValue,
      rule: reportingRule({ wrong: "retained-memory", keptIn: "slot" }),
    });
  }
  return found;
}

/** `this.decoder` of `this.decoder.setInput(bytes)`, `this.last` of an assignment. */
function nameOf(fill: ts.Expression): string {
  const callee = ts.isCallExpression(fill) ? fill.expression : undefined;
  return callee !== undefined && ts.isPropertyAccessExpression(callee)
    ? callee.expression.getText()
    : fill.getText();
}

/** Nobody but the operations that fill the slot looks at it, or empties it while the holder lives. */
function isOnlyTheirs(
  { uses }: Slot,
  filling: readonly Operation[],
  operations: Operations,
): boolean {
  const theirs = new Set(filling.flatMap(({ functions }) => [...functions]));
  return uses.every(({ node, does }) => {
    if (does === "fill" || isPartOf(node, theirs)) return true;
    if (does === "read") return false;
    const unit = operations.unitOf(node);
    // A clear at the top level, or where the holder starts or ends, does not end an operation.
    return unit === undefined || operations.isOutsideOfLife(unit);
  });
}

type Left = Pick<PayloadFinding, "fault" | "at" | "strength">;

/** How an operation leaves the message behind; undefined when it does not. */
function leftBehind(
  slot: Slot,
  operation: Operation,
  { exits, clears }: SlotOutcome,
  flow: SlotFlow,
  operations: Operations,
): Left | undefined {
  if (!clears) return { fault: "never-cleared", at: [operation.root], strength: "sure" };
  const later = callbacksThatClear(slot, operation, operations).flatMap(
    (callback) => flow.follow(callback, "held")?.exits ?? [],
  );
  const all: readonly HeldExit[] = [...exits, ...later];
  const [first, ...others] = all;
  if (first === undefined) return undefined;
  const { how, strength, at } = others.reduce(
    (best, one) =>
      one.strength !== best.strength && atLeast(one.strength, best.strength) ? one : best,
    first,
  );
  return { fault: how === "path" ? "kept-on-path" : "kept-on-throw", at, strength };
}

/** A callback of the operation mentions the slot: it may run when the operation has ended. */
function isNeededLater({ uses }: Slot, { functions }: Operation, operations: Operations): boolean {
  return uses.some(({ node }) => {
    if (!isPartOf(node, functions)) return false;
    const unit = operations.unitOf(node);
    return unit === undefined || !functions.has(unit);
  });
}

/** Functions inside an operation, run later, that empty the slot: they are where it ends. */
function callbacksThatClear(
  { uses, fills }: Slot,
  { functions }: Operation,
  operations: Operations,
): readonly FunctionWithBody[] {
  const found = new Set<FunctionWithBody>();
  for (const { node, does } of uses) {
    if (does !== "clear" || !isPartOf(node, functions)) continue;
    const callback = operations.unitOf(node);
    if (callback === undefined || functions.has(callback)) continue;
    const isFilled = fills.some((fill) => isPartOf(fill.node, new Set([callback])));
    if (!isFilled) found.add(callback);
  }
  return [...found];
}
