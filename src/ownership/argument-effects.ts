/**
 * What a call does to a resource that it is given as an argument.
 *
 * The order of evidence: facts of the settings, tags, facts of the catalog, the body of the callee, then what is unknown, which
 * the option `unknownCallee` decides.
 */
import ts from "typescript";
import { anyElement } from "../flow/build-graph.ts";
import type { FunctionWithBody } from "../flow/graph.ts";
import { isOfItsModule } from "../resources/foreign-memory.ts";
import { hasReleaseMember } from "../resources/infer-kind.ts";
import type { FunctionFact } from "../resources/kind.ts";
import { optionHolds } from "../resources/option-conditions.ts";
import { isHidden } from "../typescript/modifiers.ts";
import { isInside } from "../typescript/syntax.ts";
import { type AccessPath, extend, pathOf, thisRoot } from "./access-path.ts";
import { bodiesOfFunction, boundFunction } from "./bindings.ts";
import { capturedByValue } from "./captured.ts";
import { mentions } from "./closures.ts";
import { collectionEffect, listedElements } from "./collections.ts";
import {
  type CallEffect,
  type CallEvent,
  combine,
  fromSummary,
  kept,
  receiverOf,
  released,
  releaseMember,
  sourceMember,
  unknownCallee,
  uses,
} from "./effects.ts";
import { type Disjunct, membersBehind } from "./obligation-state.ts";
import { combinatorOf } from "./promise-combinators.ts";
import { listensToEnd } from "./releases.ts";
import type { TrackingContext } from "./tracking.ts";

export function argumentsEffect(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  name: string,
  receiver: AccessPath | undefined,
  context: TrackingContext,
): CallEffect {
  let effect = uses;
  event.args.forEach((argument, index) => {
    const value = ts.isSpreadElement(argument) ? argument.expression : argument;
    if (!mentions(value, disjunct, context.environment)) return;
    const rest = ts.isSpreadElement(argument) ? slicedOff(value) : undefined;
    if (rest !== undefined) {
      const list = pathOf(rest.list, context.environment.resolve);
      for (const [first = "", ...inner] of membersBehind(disjunct, list)) {
        const at = Number(first) - rest.from;
        if (!(at >= 0)) continue;
        const element = extend(list, [first]);
        effect = combine(
          effect,
          givenEffect(
            disjunct,
            event,
            callee,
            name,
            receiver,
            index + at,
            element,
            [inner],
            context,
          ),
        );
      }
      return;
    }
    const path = pathOf(value, context.environment.resolve);
    const members = membersBehind(disjunct, path);
    if (members.length > 0) {
      if (isOutOfReach(value, members, event, context)) return;
      effect = combine(
        effect,
        givenEffect(disjunct, event, callee, name, receiver, index, path, members, context),
      );
    } else if (capturedByValue(disjunct, value, context)) {
      effect = combine(effect, kept);
    }
  });
  return effect;
}

/** `list.add(this)`: the receiver of the call cannot get at a field that only the class may use. */
function isOutOfReach(
  argument: ts.Expression,
  members: readonly (readonly string[])[],
  event: CallEvent,
  { environment: { types }, summaries }: TrackingContext,
): boolean {
  if (argument.kind !== ts.SyntaxKind.ThisKeyword) return false;
  const owner = ts.findAncestor(argument, ts.isClassLike);
  if (owner === undefined || summaries.bodies(event).some((body) => isInside(body, owner)))
    return false;
  const type = types.typeOf(argument);
  return members.every(([name = ""]) => {
    if (name.startsWith("#")) return true;
    const declaration = types.member(type, name)?.valueDeclaration;
    return declaration !== undefined && isHidden(declaration);
  });
}

/** `finish(...streams.slice(1))`: the elements behind the first so many. */
function slicedOff(
  value: ts.Expression,
): { readonly list: ts.Expression; readonly from: number } | undefined {
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression))
    return undefined;
  const [from, end] = value.arguments;
  return value.expression.name.text === "slice" &&
    from !== undefined &&
    ts.isNumericLiteral(from) &&
    end === undefined
    ? { list: value.expression.expression, from: Number(from.text) }
    : undefined;
}

/** The resource itself, or something that holds it at `members`, is passed as argument `index`. */
function givenEffect(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  name: string,
  receiver: AccessPath | undefined,
  index: number,
  path: AccessPath,
  members: readonly (readonly string[])[],
  context: TrackingContext,
): CallEffect {
  const { environment, summaries, tracked } = context;
  const result: AccessPath = { root: event.node, members: [] };
  const combined = combinatorEffect(event, path);
  if (combined !== undefined) return combined;
  const listed = listedElements(disjunct, event, callee, index, path, members, context);
  if (listed !== undefined) return listed;
  const collected = collectionEffect(disjunct, event, receiver, name, context, { index, path });
  if (collected !== undefined) return collected;
  const told = environment.recogniser.ownershipOfArgument(callee, name, index);
  if (told !== undefined) return told === "owning" ? kept : uses;
  const fact = environment.recogniser.functionFact(callee, name);
  if (fact !== undefined) {
    if (takes(fact, index, event.args, members)) return kept;
    const { reads } = fact;
    if (reads?.argument === index && members.some((inner) => inner[0] === reads.property)) {
      const source = extend(result, [sourceMember]);
      return { ...uses, copies: [{ from: extend(path, [reads.property]), to: source }] };
    }
    if (fact.returns === index) return { ...uses, copies: [{ from: path, to: result }] };
    if (listensToEnd(event, index, tracked.kind)) return released;
    return isGivenRelease(members, context) ? kept : uses;
  }
  const bound = boundFunction(callee, tracked.bindings, environment);
  const bodies =
    bound === undefined ? summaries.bodies(event) : bodiesOfFunction(bound, environment);
  if (bodies.length > 0) {
    const stored = storedByMember(bodies, event, index, path, members, context);
    if (stored !== undefined) return stored;
    const call = { args: event.args, bindings: tracked.bindings };
    // Of `closeAll(...rs)` the parameter gets the elements.
    const argument = event.args[index];
    const isSpread = argument !== undefined && ts.isSpreadElement(argument);
    const effects = members.map((inner) =>
      summaries.argumentEffect(
        bodies,
        index,
        isSpread ? inner.slice(1) : inner,
        tracked.kind,
        call,
      ),
    );
    return effects
      .map((effect) =>
        constructionOwns(fromSummary(effect, event, argument, context), event, context),
      )
      .reduce(combine, uses);
  }
  const symbol = environment.types.calleeSymbol(callee);
  if (symbol !== undefined && environment.recogniser.isClosedWorld(symbol)) {
    if (listensToEnd(event, index, tracked.kind)) return released;
    return isGivenRelease(members, context) ? kept : uses;
  }
  if (isOfItsModule(callee, tracked.kind, environment.types)) return uses;
  if (ts.isNewExpression(event.node)) {
    const type = environment.types.typeOf(event.node);
    if (!environment.types.isAny(type) && hasReleaseMember(type, environment.types)) return kept;
  }
  return unknownCallee(context);
}

/** What is given is the function that releases: whoever has it is there to call it. */
function isGivenRelease(
  members: readonly (readonly string[])[],
  { tracked }: TrackingContext,
): boolean {
  const invoked = tracked.kind.release.some((release) => "invoke" in release);
  return members.some((inner) => inner.at(-1) === releaseMember || (invoked && inner.length === 0));
}

/**
 * `this.register(r)`: a member of the owner that is looked at puts it into a field, so the owner has it
 * there.
 */
function storedByMember(
  bodies: readonly FunctionWithBody[],
  event: CallEvent,
  index: number,
  path: AccessPath,
  members: readonly (readonly string[])[],
  context: TrackingContext,
): CallEffect | undefined {
  const { summaries, tracked } = context;
  const [body] = bodies;
  const receiver = receiverOf(event.callee);
  if (tracked.fieldRoots?.has(thisRoot) !== true || body === undefined || receiver === undefined)
    return undefined;
  const owner = pathOf(receiver, context.environment.resolve);
  if (owner.root !== thisRoot || owner.members.length > 0) return undefined;
  const copies = members.flatMap((inner) => {
    const from = extend(path, inner);
    const { fields, returnedAs } = summaries.fieldsStoring(body, index, inner, tracked.kind);
    const results = [...returnedAs].map((joined) =>
      extend({ root: event.node, members: [] }, joined === "" ? [] : joined.split(".")),
    );
    return fields.length === 0 ? [] : [...fields, ...results].map((to) => ({ from, to }));
  });
  return copies.length === 0 ? undefined : { ...uses, copies };
}

/** `Promise.all(rs)` holds what its argument holds; the late loser of a race is not followed here. */
function combinatorEffect(event: CallEvent, path: AccessPath): CallEffect | undefined {
  const combinator = combinatorOf(event.node);
  const result: AccessPath = { root: event.node, members: [] };
  switch (combinator) {
    case undefined:
      return undefined;
    case "all":
      return { ...uses, copies: [{ from: path, to: result }] };
    case "allSettled":
      return {
        ...uses,
        copies: [{ from: extend(path, [anyElement]), to: extend(result, [anyElement, "value"]) }],
      };
    case "race":
    case "any":
      return kept;
  }
}

/** An object that is itself a resource owns what its constructor stored in it. */
function constructionOwns(
  effect: CallEffect,
  event: CallEvent,
  context: TrackingContext,
): CallEffect {
  if (!ts.isNewExpression(event.node) || effect.copies.length === 0) return effect;
  const { recogniser, types } = context.environment;
  const acquired = recogniser
    .acquisitions(event.node)
    .some((one) => one.freshness !== "body" && one.kind.weak !== true);
  const owner = acquired || recogniser.kindOfType(types.typeOf(event.node)) !== undefined;
  return owner ? { ...kept, onThrow: effect.onThrow } : effect;
}

/** The catalog says that the argument, or the receiver, is taken over. */
export function takes(
  fact: FunctionFact,
  argument: number | "this",
  args: readonly ts.Expression[],
  members: readonly (readonly string[])[] = [[]],
): boolean {
  const taken = fact.takes?.some((one) => {
    if (one === "all") return argument !== "this";
    if (typeof one === "object") {
      return one.argument === argument && members.some((path) => path[0] === one.property);
    }
    return one === argument;
  });
  if (taken !== true) return false;
  return (fact.unless ?? []).every((condition) => optionHolds(condition, args) !== true);
}
