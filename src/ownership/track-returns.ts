/**
 * Returns: what hands the resource to the caller, and under which type.
 */
import ts from "typescript";
import type { FlowEvent } from "../flow/graph.ts";
import { type AccessPath, pathOf, thisRoot } from "./access-path.ts";
import { capturedByValue, releasersIn } from "./captured.ts";
import { type Disjunct, Ended, hasAlias, membersBehind, type State } from "./obligation-state.ts";
import { isPromiseAll } from "./promise-combinators.ts";
import { type Applied, ended, keeps, type TrackingContext } from "./tracking.ts";

/** What a constructor stored in `this` is part of the new object, like a member of a result. */
export function leaveConstructor(state: State, context: TrackingContext): State {
  const self: AccessPath = { root: thisRoot, members: [] };
  const held: Disjunct[] = [];
  let { ended } = state;
  for (const disjunct of state.held) {
    if (recordReturn(disjunct, self, context)) ended |= Ended.returned;
    else held.push(disjunct);
  }
  return { held, ended };
}

export function returnEvent(
  disjunct: Disjunct,
  event: Extract<FlowEvent, { kind: "return" }>,
  context: TrackingContext,
): Applied {
  const { value } = event;
  noteFields(disjunct, context);
  if (value !== undefined && !isResultIgnored(context)) {
    const path = pathOf(value, context.environment.resolve);
    const hidden =
      hides(disjunct, value, path, context) && !capturedByValue(disjunct, value, context);
    if (recordReturn(disjunct, path, context)) {
      // Returned beside the function that releases it: whoever has that is the owner.
      if (!hasAlias(disjunct, path) && capturedByValue(disjunct, value, context)) {
        return ended(Ended.returned | Ended.kept);
      }
      if (hidden) context.notes.hiddenReturns.add(event.node);
      if (isPromiseAll(value) && !hasAlias(disjunct, path)) context.notes.siblings.add(event.node);
      return ended(hidden ? Ended.returned | Ended.hidden : Ended.returned);
    }
    if (capturedByValue(disjunct, value, context)) {
      const releasers = releasersIn(disjunct, value, context);
      for (const member of releasers) context.notes.releasers.add(member);
      return ended(releasers.length > 0 ? Ended.handed : Ended.kept);
    }
  }
  return keeps({ ...disjunct, exits: [event.node] });
}

function noteFields({ aliases }: Disjunct, { tracked, notes }: TrackingContext): void {
  if (tracked.fieldRoots === undefined) return;
  for (const [key, alias] of aliases)
    if (tracked.fieldRoots.has(alias.root)) notes.namedAtReturn.set(key, alias);
}

/** `forEach((path) => open(path))`: nobody takes what the callback returns. */
function isResultIgnored(context: TrackingContext): boolean {
  const { unit } = context.tracked.graph;
  if (!ts.isArrowFunction(unit) && !ts.isFunctionExpression(unit)) return false;
  return (
    ts.isCallExpression(unit.parent) && context.environment.types.isExpectedToReturnNothing(unit)
  );
}

/** The result type of the function has none of the members that release the resource. */
function hides(
  disjunct: Disjunct,
  value: ts.Expression,
  path: AccessPath,
  context: TrackingContext,
): boolean {
  const { unit } = context.tracked.graph;
  if (context.tracked.site === undefined || !ts.isFunctionLike(unit)) return false;
  const methods = context.tracked.kind.release.flatMap((release) =>
    "method" in release ? [release.method] : [],
  );
  if (methods.length === 0) return false;
  const { types } = context.environment;
  const whole = types.declaredResult(unit) ?? (isCast(value) ? types.valueType(value) : undefined);
  if (whole === undefined) return false;
  return membersBehind(disjunct, path).every((members) => {
    let type: ts.Type | undefined = whole;
    for (const member of members) type = type && types.memberType(type, member);
    return type !== undefined && lacksRelease(type, methods, context);
  });
}

function lacksRelease(
  type: ts.Type,
  methods: readonly string[],
  context: TrackingContext,
): boolean {
  const { types } = context.environment;
  if ((type.flags & ts.TypeFlags.Unknown) !== 0) return true;
  if (types.isAny(type) || types.isPrimitive(type) || types.isChosenByCaller(type)) return false;
  // Who iterates to the end releases, and so does leaving the loop.
  if (types.isIterable(type)) return false;
  const carried = types.disposeSymbols(type);
  if (carried.dispose || carried.asyncDispose) return false;
  return types
    .constituents(type)
    .every((part) => methods.every((method) => types.member(part, method) === undefined));
}

function recordReturn(disjunct: Disjunct, path: AccessPath, context: TrackingContext): boolean {
  const found = membersBehind(disjunct, path);
  for (const members of found) context.notes.returnedAs.add(members.join("."));
  return found.length > 0;
}

function isCast(value: ts.Expression): boolean {
  return (
    ts.isAssertionExpression(value) ||
    (ts.isParenthesizedExpression(value) && isCast(value.expression))
  );
}
