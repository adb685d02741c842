/**
 * Handlers that get at what they are a handler of: an event says who sent it, and a function that is no
 * arrow function is called on it.
 */
import ts from "typescript";
import { someInside } from "../typescript/syntax.ts";
import { closuresIn } from "./closures.ts";
import type { Environment } from "./environment.ts";

/** The members of an event that are its sender, of the platform's own `Event`. */
const senders = ["Event.target", "Event.currentTarget", "Event.srcElement"];
const senderNames = new Set(["target", "currentTarget", "srcElement"]);

/** `(event) => use(event.target)`, `({ currentTarget }) => …`, `function () { this… }`. */
export function reachesSender(handler: ts.Expression, environment: Environment): boolean {
  return closuresIn(handler, environment).some(
    (closure) =>
      (ts.isFunctionExpression(closure) && usesThis(closure.body)) ||
      someInside(closure, (node) => isSender(node, environment)),
  );
}

function isSender(node: ts.Node, { recogniser, types }: Environment): boolean {
  if (ts.isPropertyAccessExpression(node))
    return senderNames.has(node.name.text) && recogniser.isStandardMember(node, senders);
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return false;
  const name = node.propertyName ?? node.name;
  if (!ts.isIdentifier(name) || !senderNames.has(name.text)) return false;
  const symbol = types.member(types.typeOf(node.parent), name.text);
  return (
    symbol !== undefined && types.declaredNames(symbol).some(({ origin }) => origin === "global")
  );
}

/** `this` of the function itself; arrow functions in it share it. */
function usesThis(code: ts.Node): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
    if (ts.isClassLike(node) || (ts.isFunctionLike(node) && !ts.isArrowFunction(node)))
      return false;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(code);
}
