/**
 * The places of a file that put a listener on an emitter, and those that take one off.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { type Environment, foundOnce } from "../../ownership/environment.ts";
import { clearers, isRemover, onceMembers, removersOf } from "../../resources/emitters.ts";
import { globalObject, type Identity, identityOf } from "./identities.ts";
import { settledValue } from "../holders/values.ts";

/** What a call says of a listener: where it is, for which event, and which function it is. */
interface ListenerCall {
  readonly site: ts.CallExpression;
  readonly member: string;
  /** The emitter; undefined where the global object is meant without being named. */
  readonly target: ts.Expression | undefined;
  readonly targetIdentity: Identity;
  readonly event: ts.Expression | undefined;
  /** Whether the listener is called while an event is still on its way down; undefined: not known. */
  readonly capture: boolean | undefined;
}

export interface Registration extends ListenerCall {
  readonly removers: readonly string[];
  readonly listener: ts.Expression;
  readonly listenerIdentity: Identity;
  /** Taken off when the event comes for the first time. */
  readonly once: boolean;
  /** What registering gives is used: whoever has it may take the listener off. */
  readonly used: boolean;
  /** Only what the call gives takes the listener off, and nobody takes that. */
  readonly isHandle?: true;
  /** Nothing but a type says so. */
  readonly isByType?: true;
  /** The platform keeps one entry for one function, however often it is registered. */
  readonly keepsOne: boolean;
}

export interface RemovalCall extends ListenerCall {
  /** Undefined: all listeners are taken off. */
  readonly listener: ts.Expression | undefined;
  readonly listenerIdentity: Identity | undefined;
}

interface Listeners {
  readonly registrations: readonly Registration[];
  readonly removals: readonly RemovalCall[];
}

/** Every listener that a file puts on something or takes off, in source order. */
export const listenersIn = foundOnce((file, environment): Listeners => {
  const calls = callsIn(file).filter(ts.isCallExpression);
  return {
    registrations: calls.flatMap((call) => registrationAt(call, environment) ?? []),
    removals: calls.flatMap((call) => removalAt(call, environment) ?? []),
  };
});

function registrationAt(
  site: ts.CallExpression,
  environment: Environment,
): Registration | undefined {
  const callee = calleeOf(site, environment);
  if (callee === undefined) return undefined;
  const { member } = callee;
  const removers = removersOf(member, site.arguments.length);
  if (removers === undefined || site.arguments.some(ts.isSpreadElement)) return undefined;
  const position = site.arguments.findIndex((one) => isListener(one, member, environment));
  const listener = site.arguments[position];
  if (listener === undefined || position > 1) return undefined;
  if (!declaresOneOf(callee.target, removers, environment)) return undefined;
  const target = callee.target && emitterOf(callee.target, environment);
  const options = site.arguments[position + 1];
  const keepsOne = member === "addEventListener";
  const said =
    !keepsOne && isReceiver(options, environment) ? nothingSaid : optionsOf(options, environment);
  if (said.signal) return undefined;
  return {
    site,
    member,
    removers,
    target,
    targetIdentity: target === undefined ? globalObject : identityOf(target, environment),
    event: position === 0 ? undefined : site.arguments[0],
    listener,
    listenerIdentity: identityOf(listener, environment),
    capture: keepsOne ? said.capture : false,
    once: said.once || onceMembers.has(member),
    used: isUsed(site, environment),
    keepsOne,
  };
}

function removalAt(site: ts.CallExpression, environment: Environment): RemovalCall | undefined {
  const callee = calleeOf(site, environment);
  if (callee === undefined) return undefined;
  const { member, target } = callee;
  const takesAll = clearers.has(member);
  if (!takesAll && !isRemover(member, site.arguments.length)) return undefined;
  const [first, second, third] = site.arguments;
  const hasEvent = second !== undefined || takesAll || isEvent(first, environment);
  const listener = takesAll ? undefined : hasEvent ? second : first;
  return {
    site,
    member,
    target,
    targetIdentity: target === undefined ? globalObject : identityOf(target, environment),
    event: hasEvent ? first : undefined,
    listener,
    listenerIdentity: listener && identityOf(listener, environment),
    capture: member === "removeEventListener" ? optionsOf(third, environment).capture : false,
  };
}

function isEvent(first: ts.Expression | undefined, { types }: Environment): boolean {
  if (first === undefined) return false;
  if (ts.isStringLiteralLike(first)) return true;
  if (ts.isArrowFunction(first) || ts.isFunctionExpression(first)) return false;
  return types.isPrimitive(types.typeOf(first));
}

interface Callee {
  readonly member: string;
  readonly target: ts.Expression | undefined;
}

function calleeOf(site: ts.CallExpression, environment: Environment): Callee | undefined {
  const callee = valueOf(site.expression);
  if (ts.isPropertyAccessExpression(callee))
    return { member: callee.name.text, target: callee.expression };
  if (!ts.isIdentifier(callee)) return undefined;
  const member = callee.text;
  if (member !== "addEventListener" && member !== "removeEventListener") return undefined;
  return environment.recogniser.isStandardMember(callee, member)
    ? { member, target: undefined }
    : undefined;
}

/** A function, or for the platform's own emitters an object that has `handleEvent`. */
function isListener(argument: ts.Expression, member: string, { types }: Environment): boolean {
  const value = valueOf(argument);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return true;
  if (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) return false;
  const type = types.valueType(argument);
  if (types.isCallable(type)) return true;
  return member === "addEventListener" && types.member(type, "handleEvent") !== undefined;
}

function declaresOneOf(
  target: ts.Expression | undefined,
  removers: readonly string[],
  { types }: Environment,
): boolean {
  if (target === undefined) return true;
  const type = types.valueType(target);
  return !types.isAny(type) && removers.some((name) => types.hasMember(type, name));
}

/** `bus` of `bus.on("a", f).on("b", g)`. */
function emitterOf(target: ts.Expression, { types }: Environment): ts.Expression {
  let node = valueOf(target);
  while (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    types.returnsThis(node)
  )
    node = valueOf(node.expression.expression);
  return node;
}

/** Somebody takes what the call gives, which is not the emitter itself. */
function isUsed(site: ts.CallExpression, { types }: Environment): boolean {
  let node: ts.Node = site;
  while (ts.isParenthesizedExpression(node.parent) || ts.isAwaitExpression(node.parent))
    node = node.parent;
  const { parent } = node;
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return false;
  if (ts.isArrowFunction(parent) && types.isExpectedToReturnNothing(parent)) return false;
  return !types.returnsThis(site) && !types.isPrimitive(types.typeOf(site));
}

interface Said {
  readonly capture: boolean | undefined;
  readonly once: boolean;
  /** A signal takes the listener off, or might. */
  readonly signal: boolean;
}

const nothingSaid: Said = { capture: false, once: false, signal: false };

/** `on("change", this.update, this)`: what the listener is called on, and nothing that takes it off. */
function isReceiver(argument: ts.Expression | undefined, { types }: Environment): boolean {
  if (argument?.kind !== ts.SyntaxKind.ThisKeyword) return false;
  return types.member(types.typeOf(argument), "signal") === undefined;
}

/** What the third argument of `addEventListener` and of what resembles it says. */
function optionsOf(options: ts.Expression | undefined, environment: Environment): Said {
  if (options === undefined) return nothingSaid;
  const value = settledValue(options, environment);
  if (value.kind === ts.SyntaxKind.TrueKeyword) return { ...nothingSaid, capture: true };
  if (value.kind === ts.SyntaxKind.FalseKeyword) return nothingSaid;
  if (!ts.isObjectLiteralExpression(value)) {
    const { types } = environment;
    const type = types.typeOf(value);
    const isFlag = types.isBoolean(type) || types.isPrimitive(type);
    return { capture: undefined, once: false, signal: !isFlag };
  }
  let said: Said = nothingSaid;
  for (const property of value.properties) {
    if (ts.isSpreadAssignment(property)) return { capture: undefined, once: false, signal: true };
    const name = property.name.getText();
    if (name === "signal") said = { ...said, signal: true };
    else if (name === "capture" || name === "once") {
      const flag = ts.isPropertyAssignment(property)
        ? valueOf(property.initializer).kind
        : undefined;
      const is =
        flag === ts.SyntaxKind.TrueKeyword
          ? true
          : flag === ts.SyntaxKind.FalseKeyword
            ? false
            : undefined;
      said = name === "once" ? { ...said, once: is !== false } : { ...said, capture: is };
    }
  }
  return said;
}
