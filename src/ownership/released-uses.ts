/**
 * What may still be done with a resource that is released, and what is a mistake.
 *
 * Reading plain data, asking whether it is released, removing listeners and releasing again in
 * another way is harmless. Members of classes of the program are not judged: what they need of the
 * resource after its end cannot be told from their names.
 */
import ts from "typescript";
import { lastPart, namesOf } from "../resources/catalog-index.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { isInside, isName, skipWrappers, withWrappers } from "../typescript/syntax.ts";
import { anyElement } from "../flow/graph.ts";
import { type AccessPath, keyOf, pathOf } from "./access-path.ts";
import type { Environment } from "./environment.ts";
import { type CallEvent, receiverOf } from "./effects.ts";
import { type Disjunct, hasAlias } from "./obligation-state.ts";
import { isReleaseMethod, releasesByFunction } from "./releases.ts";
import type { TrackingContext } from "./tracking.ts";

/** What a call does with a resource, as far as its being released counts. */
export type Handling =
  /** Releases it, by the function or method of this name. */
  | { readonly does: "releases"; readonly by: string }
  /** Opens it again, or may do so. */
  | { readonly does: "revives" }
  /** Needs it alive. */
  | { readonly does: "uses" }
  | { readonly does: "nothing" };

const nothing: Handling = { does: "nothing" };
const revives: Handling = { does: "revives" };

/** Members by which a released object is set going again. */
const revivingVerb =
  /^(?:open|connect|reconnect|listen|start|restart|init|initialize|begin|resume|reset|bind|reopen|launch|run|setup|observe|attach|fork)(?![a-z])/;

/** Members that ask or tidy up: they are made for objects that have ended or are about to. */
const tidyingVerb =
  /^(?:on|once|off|emit|addListener|prependListener|prependOnceListener|addEventListener|dispatchEvent|remove|removeListener|removeAllListeners|removeEventListener|listeners|listenerCount|eventNames|setMaxListeners|getMaxListeners|ref|unref|hasRef|close|end|destroy|dispose|release|terminate|shutdown|disconnect|unsubscribe|stop|free|kill|abort|cancel|detach|clear|flush|finish|wait|join|then|catch|finally|toString|valueOf|toJSON|is|has|get|set|inspect|log|pause|cork|uncork)(?![a-z])/;

/** The path names this very resource; some element of a collection may be another one. */
export function isNamed(disjunct: Disjunct, path: AccessPath): boolean {
  return !path.members.includes(anyElement) && disjunct.aliases.has(keyOf(path));
}

/** @param disjunct under which names the resource is reachable before the call */
export function handlingOf(
  disjunct: Disjunct,
  event: CallEvent,
  context: TrackingContext,
): Handling {
  const { environment, tracked } = context;
  const callee = skipWrappers(event.callee);
  const name = environment.recogniser.nameOfCallee(callee) ?? "";
  const receiver = receiverOf(callee);
  if (receiver !== undefined && isNamed(disjunct, pathOf(receiver, environment.resolve))) {
    return methodHandling(disjunct, event, callee, name, context);
  }
  const isFunction = tracked.kind.release.some((release) => "invoke" in release);
  if (isFunction && isNamed(disjunct, pathOf(callee, environment.resolve))) {
    return { does: "releases", by: "" };
  }
  const isGiven = event.args.some((argument) =>
    isNamed(disjunct, pathOf(argument, environment.resolve)),
  );
  if (!isGiven) return nothing;
  if (releasesByFunction(disjunct, event, callee, name, context))
    return { does: "releases", by: name };
  return argumentHandling(event, callee, context);
}

function methodHandling(
  disjunct: Disjunct,
  event: CallEvent,
  callee: ts.Expression,
  name: string,
  { environment, tracked: { kind } }: TrackingContext,
): Handling {
  const { types } = environment;
  if (ts.isElementAccessExpression(callee)) {
    return types.isDisposeKey(callee.argumentExpression)
      ? { does: "releases", by: "[Symbol.dispose]" }
      : revives;
  }
  if (isReleaseMethod(kind, name)) return { does: "releases", by: name };
  if (kind.armedBy?.includes(name) === true || revivingVerb.test(name)) return revives;
  if (tidyingVerb.test(name) || kind.notReleasedBy?.includes(name) === true) return nothing;
  // What such a member needs is for the class to say.
  if (types.implementations(callee, false).length > 0) return revives;
  if (!ts.isCallExpression(event.node) || isPredicate(event.node, environment)) return nothing;
  if (isOnlyHalfClosed(disjunct, callee, environment) && !/^write(?![a-z])/.test(name))
    return nothing;
  return { does: "uses" };
}

/** `end()` of a stream that can be read as well ends the writing. */
function isOnlyHalfClosed(
  disjunct: Disjunct,
  callee: ts.Expression,
  { recogniser, types }: Environment,
): boolean {
  const receiver = receiverOf(callee);
  if (receiver === undefined || types.member(types.valueType(receiver), "pipe") === undefined)
    return false;
  return disjunct.via.some(
    (node) => ts.isCallExpression(node) && recogniser.calleeName(node) === "end",
  );
}

/** `isOpen()`: asks and takes nothing. */
function isPredicate(node: ts.CallExpression, { types }: Environment): boolean {
  return node.arguments.length === 0 && types.isBoolean(types.typeOf(node));
}

function argumentHandling(
  event: CallEvent,
  callee: ts.Expression,
  { environment, tracked: { kind }, summaries }: TrackingContext,
): Handling {
  const symbol = environment.types.calleeSymbol(callee);
  if (symbol === undefined || summaries.bodies(event).length > 0) return revives;
  if (!environment.recogniser.isClosedWorld(symbol)) return revives;
  // A handle that is a number is used by the functions of the module that closes it.
  const declared = environment.types.declaredNames(symbol);
  const uses = functionReleases(kind).some(({ module }) =>
    declared.some((one) => one.origin === "module" && [module].flat().includes(one.module)),
  );
  return uses ? { does: "uses" } : nothing;
}

function functionReleases(kind: ResourceKind): readonly { module?: string | readonly string[] }[] {
  const releases = kind.release.flatMap((release) => ("argument" in release ? [release] : []));
  return releases.length === kind.release.length ? releases : [];
}

/** The names of the methods and functions that release a kind. */
export function releaseNamesOf(kind: ResourceKind): readonly string[] {
  return kind.release.flatMap((release) => {
    if ("argument" in release) return namesOf(release).map(lastPart);
    return "method" in release ? [release.method] : [];
  });
}

/**
 * The code expects the use to fail: a `try` with a `catch` stands around it and not around the
 * release, or its promise goes to a call that looks at the rejection.
 */
export function expectsFailure(
  use: ts.Node,
  releases: readonly ts.Node[],
  { types }: Environment,
): boolean {
  for (let node = use; !ts.isFunctionLike(node) && !ts.isSourceFile(node); node = node.parent) {
    const { parent } = node;
    if (!ts.isTryStatement(parent) || parent.tryBlock !== node || !parent.catchClause) continue;
    if (!releases.every((one) => isInside(one, node))) return true;
  }
  const value = withWrappers(use);
  const { parent } = value;
  if (!ts.isExpression(use) || !types.isPromise(use)) return false;
  if (ts.isCallExpression(parent)) return parent.expression !== value;
  return ts.isPropertyAccessExpression(parent) && parent.name.text === "catch";
}

/**
 * Whether a promise in an expression is still at work with the resource: its call is made on the
 * resource or is given it. An awaited part has finished, and plain data that is read from it has
 * nothing to do with its life.
 */
export function worksWith(
  value: ts.Expression,
  disjunct: Disjunct,
  environment: Environment,
): boolean {
  const node = skipWrappers(value);
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].some((arm) => worksWith(arm, disjunct, environment));
  }
  if (ts.isIdentifier(node)) {
    const declaration = environment.resolve(node)?.valueDeclaration;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false;
    const { initializer } = declaration;
    return (
      initializer !== undefined &&
      !ts.isIdentifier(initializer) &&
      worksWith(initializer, disjunct, environment)
    );
  }
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  if (!environment.types.isPromise(node)) return false;
  return namesResource(node, disjunct, environment);
}

function namesResource(code: ts.Node, disjunct: Disjunct, environment: Environment): boolean {
  const visit = (node: ts.Node, later: boolean): boolean => {
    if (ts.isAwaitExpression(node) || ts.isTypeNode(node)) return false;
    if (ts.isExpression(node) && isName(node)) {
      if (hasAlias(disjunct, pathOf(node, environment.resolve)))
        return !isPlainRead(node) && (later || !isReadAtOnce(node, environment));
      if (ts.isIdentifier(node)) return false;
    }
    const inside = later || ts.isFunctionLike(node);
    return ts.forEachChild(node, (child) => visit(child, inside)) ?? false;
  };
  return visit(code, false);
}

/** `file.readSync()` as an argument: the promise gets what was read. */
function isReadAtOnce(node: ts.Expression, { types }: Environment): boolean {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent)) return false;
  const result = types.typeOf(parent.parent);
  return types.isPrimitive(result) && !types.isPromise(parent.parent);
}

/** `file.path`, and not `file.read()`. */
function isPlainRead(node: ts.Expression): boolean {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node) return false;
  return !ts.isCallExpression(parent.parent) || parent.parent.expression !== parent;
}
