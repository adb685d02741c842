/**
 * Takes a listener off: where the object that registered it ends, or by mending the call that is meant
 * to do it.
 */
import ts from "typescript";
import type { ListenerFinding } from "../lifetimes/listeners/analyse-listeners.ts";
import type { Environment } from "../ownership/environment.ts";
import { removersOf } from "../resources/emitters.ts";
import { isAsyncFunction } from "../typescript/modifiers.ts";
import { someInside } from "../typescript/syntax.ts";
import { memberNamed, takesOption } from "../typescript/writable-code.ts";
import { awaited, indentOf, statementAround, type TextEdit } from "./edits.ts";
import { cleanupOf, inCleanup } from "./effect-cleanup.ts";
import { functionAround, pendingReturns } from "./held-variable.ts";
import { withOption } from "./options.ts";
import { appendToBody } from "./release-in-member.ts";
import { isClosed, wrapInTry } from "./try-block.ts";

/** The removal, in the method that ends the object. */
export function removeAtEnd(
  { site, fault }: ListenerFinding,
  environment: Environment,
): readonly TextEdit[] | undefined {
  if (fault.how !== "kept" || fault.by.is !== "instance") return undefined;
  const [end, ...others] = fault.by.ends;
  if (end === undefined || others.length > 0 || end.node.parent !== fault.by.code) return undefined;
  const { body } = end.code;
  const removal = removalOf(site, environment);
  if (!ts.isBlock(body) || removal === undefined) return undefined;
  const isSeen = partsOf(site).every((one) => isSeenEverywhere(one, environment));
  return isSeen ? appendToBody(body, removal) : undefined;
}

/** The removal, in the function that the effect of a component returns. */
export function removeInCleanup(
  { site, fault }: ListenerFinding,
  environment: Environment,
): readonly TextEdit[] | undefined {
  if (fault.how !== "kept" || fault.by.is !== "component") return undefined;
  const cleanup = cleanupOf(fault.by.code, environment);
  const removal = removalOf(site, environment);
  const isOfBody = cleanup !== undefined && statementAround(site)?.parent === cleanup.body;
  return isOfBody && removal !== undefined && partsOf(site).every(isNamed)
    ? inCleanup(cleanup, removal)
    : undefined;
}

/** The removal, whichever way the function is left that adds it. */
export function removeInFinally(
  { site, fault }: ListenerFinding,
  environment: Environment,
): readonly TextEdit[] | undefined {
  if (fault.how !== "per-call") return undefined;
  const statement = statementAround(site);
  const removal = removalOf(site, environment);
  const block = statement?.parent;
  if (removal === undefined || statement === undefined || block === undefined) return undefined;
  const unit = functionAround(statement);
  // The function must be over when its block is: an executor is not, and its promise goes on.
  if (!ts.isBlock(block) || unit !== block.parent || !isAsyncFunction(unit)) return undefined;
  if (!partsOf(site).every(isNamed)) return undefined;
  const rest = block.statements.slice(block.statements.indexOf(statement) + 1);
  const before = block.statements.filter((one) => !rest.includes(one));
  if (rest.length === 0 || !isClosed(rest, before)) return undefined;
  const tail = `finally {\n  ${removal}\n}`;
  const indent = indentOf(statement);
  const pending = rest.flatMap((one) => pendingReturns(one, unit, environment));
  return [
    ...pending.flatMap(awaited),
    ...wrapInTry({ block, behind: statement, indent, without: [], tail }),
  ];
}

/** The listener is called for the first event, and no more. */
export function listenOnce(
  { site, fault }: ListenerFinding,
  { types }: Environment,
): readonly TextEdit[] | undefined {
  if (fault.how !== "per-event") return undefined;
  const { expression } = site;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  if (name.getText() === "addEventListener") {
    return takesOption(site, 2, "once", types.program)
      ? withOption(site, 2, "once: true")
      : undefined;
  }
  const once = onceInstead[name.getText()];
  if (once === undefined || !ts.isPropertyAccessExpression(expression)) return undefined;
  return memberNamed(types.typeOf(expression.expression), once, types.program) === undefined
    ? undefined
    : [{ start: name.getStart(), end: name.end, text: once }];
}

const onceInstead: Readonly<Record<string, string | undefined>> = {
  on: "once",
  addListener: "once",
  prependListener: "prependOnceListener",
};

/** The statement that takes off what a call adds. */
function removalOf(
  { expression, arguments: given }: ts.CallExpression,
  { types }: Environment,
): string | undefined {
  const [event, listener, options, ...others] = given;
  const capture = options && captureOf(options);
  const parts = [event, listener].flatMap((one) => one?.getText() ?? []);
  const words = [...parts, ...(capture ?? []), ...others.map((one) => one.getText())];
  if (!ts.isPropertyAccessExpression(expression)) {
    const isGlobal = expression.getText() === "addEventListener";
    return isGlobal ? `removeEventListener(${words.join(", ")});` : undefined;
  }
  const target = types.typeOf(expression.expression);
  const removers = removersOf(expression.name.text, given.length) ?? [];
  const remover = removers.find((one) => memberNamed(target, one, types.program) !== undefined);
  return remover && `${expression.expression.getText()}.${remover}(${words.join(", ")});`;
}

/** What a removal has to name again. */
function partsOf({ expression, arguments: given }: ts.CallExpression): readonly ts.Expression[] {
  return ts.isPropertyAccessExpression(expression) ? [expression.expression, ...given] : given;
}

/** Evaluating it again gives the same: no function is made, and nothing is called. */
function isNamed(part: ts.Node): boolean {
  return !someInside(
    part,
    (node) => ts.isFunctionLike(node) || ts.isCallExpression(node) || ts.isNewExpression(node),
  );
}

/** The removal names what was registered. */
export function removeWhatWasAdded(
  { site, fault }: ListenerFinding,
  environment: Environment,
): readonly TextEdit[] | undefined {
  if (fault.how !== "missed") return undefined;
  const removal = fault.by.site;
  const [event, , options] = site.arguments;
  const [otherEvent, otherListener, otherOptions] = removal.arguments;
  switch (fault.mismatch) {
    case "event":
      return event && otherEvent && isSeenEverywhere(event, environment)
        ? [replaced(otherEvent, event)]
        : undefined;
    case "capture": {
      if (otherListener === undefined) return undefined;
      const end = otherOptions?.end ?? otherListener.end;
      if (options === undefined) return [{ start: otherListener.end, end, text: "" }];
      return isSeenEverywhere(options, environment)
        ? [{ start: otherListener.end, end, text: ["", ...captureOf(options)].join(", ") }]
        : undefined;
    }
    case "target":
      return ts.isPropertyAccessExpression(site.expression) &&
        ts.isPropertyAccessExpression(removal.expression) &&
        isSeenEverywhere(site.expression.expression, environment)
        ? [replaced(removal.expression.expression, site.expression.expression)]
        : undefined;
    case "function":
      return undefined;
  }
}

/** Of the options, those that a removal has to be given; none where nothing is said of capturing. */
function captureOf(options: ts.Expression): readonly string[] {
  if (!ts.isObjectLiteralExpression(options)) return [options.getText()];
  const capture = options.properties.find((one) => one.name?.getText() === "capture");
  return capture === undefined ? [] : [`{ ${capture.getText()} }`];
}

function replaced(old: ts.Node, by: ts.Node): TextEdit {
  return { start: old.getStart(), end: old.end, text: by.getText() };
}

/** It says the same in every method of the class: literals, members of `this`, names of the module. */
function isSeenEverywhere(node: ts.Node, environment: Environment): boolean {
  if (ts.isFunctionLike(node) || ts.isCallExpression(node) || ts.isNewExpression(node))
    return false;
  if (ts.isIdentifier(node) && isRead(node)) {
    const declarations = environment.resolve(node)?.declarations ?? [];
    const isLocal = declarations.some(
      (one) => ts.findAncestor(one.parent, ts.isFunctionLike) !== undefined,
    );
    if (isLocal) return false;
  }
  return (
    ts.forEachChild(node, (child) => !isSeenEverywhere(child, environment) || undefined) !== true
  );
}

/** The name stands for a value of its own, and not for a member of another one. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !ts.isPropertyAssignment(parent) || parent.initializer === node;
}
