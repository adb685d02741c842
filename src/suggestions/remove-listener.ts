/**
 * Takes a listener off: where the object that registered it ends, or by mending the call that is meant
 * to do it.
 */
import ts from "typescript";
import type { ListenerFinding } from "../lifetimes/listeners/analyse-listeners.ts";
import type { Environment } from "../ownership/environment.ts";
import { removersOf } from "../resources/emitters.ts";
import { memberNamed } from "../typescript/writable-code.ts";
import type { TextEdit } from "./edits.ts";
import { appendToBody } from "./release-in-member.ts";

/** The removal, in the method that ends the object. */
export function removeAtEnd(
  { site, fault }: ListenerFinding,
  environment: Environment,
): readonly TextEdit[] | undefined {
  if (fault.how !== "kept" || fault.by.is !== "instance") return undefined;
  const [end, ...others] = fault.by.ends;
  if (end === undefined || others.length > 0 || end.node.parent !== fault.by.code) return undefined;
  const { body } = end.code;
  const { expression } = site;
  if (!ts.isBlock(body) || !ts.isPropertyAccessExpression(expression)) return undefined;
  const { types } = environment;
  const target = types.typeOf(expression.expression);
  const removers = removersOf(expression.name.text, site.arguments.length) ?? [];
  const remover = removers.find((one) => memberNamed(target, one, types.program) !== undefined);
  const parts = [expression.expression, ...site.arguments];
  if (remover === undefined || !parts.every((one) => isSeenEverywhere(one, environment)))
    return undefined;
  const given = site.arguments.map((one) => one.getText()).join(", ");
  return appendToBody(body, `${expression.expression.getText()}.${remover}(${given});`);
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
        ? [{ start: otherListener.end, end, text: `, ${captureOf(options)}` }]
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

/** Of the options, those that a removal may be given. */
function captureOf(options: ts.Expression): string {
  if (!ts.isObjectLiteralExpression(options)) return options.getText();
  const capture = options.properties.find((one) => one.name?.getText() === "capture");
  return capture === undefined ? options.getText() : `{ ${capture.getText()} }`;
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
