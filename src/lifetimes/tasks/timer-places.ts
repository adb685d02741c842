/**
 * Where the handle of a timer goes, and which code can stop the timer by it.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import type { CallLike } from "../../resources/recognise.ts";
import { isExported } from "../../typescript/modifiers.ts";
import { isLogical, isWrapper, withWrappers } from "../../typescript/syntax.ts";
import { boundDeclaration, referencesTo } from "../holders/references.ts";

export type TimerPlace =
  /** Nobody has the handle. */
  | { readonly is: "dropped" }
  /** A variable or field of the file has it, and nothing else does. */
  | {
      readonly is: "kept";
      /** The field or variable, as the code names it. */
      readonly name: string;
      /** Code that may stop the timer, or gives the handle to somebody who may. */
      readonly stops: readonly ts.Expression[];
      /** The code that declares it. */
      readonly declaration: ts.Declaration;
    }
  /** Somebody else has it, or it cannot be told. */
  | { readonly is: "unknown" };

/** The place of the value of a call that arms a timer. */
export function placeOfTimer(arming: CallLike, environment: Environment): TimerPlace {
  if (isDropped(arming, environment)) return { is: "dropped" };
  const kept = keeper(arming, environment);
  if (kept === undefined) return { is: "unknown" };
  const { declaration, name } = kept;
  if (declaration.getSourceFile() !== arming.getSourceFile() || isExported(declaration))
    return { is: "unknown" };
  const references = referencesTo(declaration, environment);
  if (isTakenApart(declaration) || references.some(isUnreferenced)) return { is: "unknown" };
  return { is: "kept", name, declaration, stops: references.filter(mayStop) };
}

/** The value is a statement of its own, or the result of a callback that nobody asks for one. */
function isDropped(arming: CallLike, { types }: Environment): boolean {
  let node: ts.Node = arming;
  while (isWrapper(node.parent) || ts.isVoidExpression(node.parent)) node = node.parent;
  if (ts.isExpressionStatement(node.parent)) return true;
  const { parent } = node;
  // `running && setTimeout(…)`, `a ? setTimeout(…) : undefined`
  const isArm =
    (ts.isBinaryExpression(parent) && isLogical(parent.operatorToken.kind)) ||
    ts.isConditionalExpression(parent);
  if (isArm && ts.isExpressionStatement(parent.parent)) return true;
  return (
    ts.isArrowFunction(node.parent) &&
    node.parent.body === node &&
    types.isExpectedToReturnNothing(node.parent)
  );
}

/** What keeps the handle: a variable, a field, or a variable whose member it becomes (`ref.current`). */
function keeper(
  arming: CallLike,
  environment: Environment,
): { readonly declaration: ts.Declaration; readonly name: string } | undefined {
  const bound = boundDeclaration(arming, environment);
  if (bound === undefined) return undefined;
  const name = ts.getNameOfDeclaration(bound)?.getText() ?? "";
  if (bound.getSourceFile() === arming.getSourceFile()) {
    const isKeeper =
      ts.isVariableDeclaration(bound) || ts.isPropertyDeclaration(bound) || ts.isParameter(bound);
    return isKeeper ? { declaration: bound, name } : undefined;
  }
  const root = ownerOfMember(arming);
  const declaration = root && environment.resolve(root)?.valueDeclaration;
  return root !== undefined && declaration !== undefined && ts.isVariableDeclaration(declaration)
    ? { declaration, name: root.text }
    : undefined;
}

/** `ref` in `ref.current = setInterval(…)`. */
function ownerOfMember(arming: CallLike): ts.Identifier | undefined {
  let node: ts.Node = arming;
  while (!ts.isBinaryExpression(node.parent)) {
    if (ts.isStatement(node.parent) || ts.isFunctionLike(node.parent)) return undefined;
    node = node.parent;
  }
  const target = valueOf(node.parent.left);
  if (!ts.isPropertyAccessExpression(target)) return undefined;
  const owner = valueOf(target.expression);
  return ts.isIdentifier(owner) ? owner : undefined;
}

/** `timer.unref()`: the process may end without it. */
function isUnreferenced(reference: ts.Expression): boolean {
  const node = withWrappers(reference);
  const { parent } = node;
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    parent.name.text === "unref"
  );
}

/** The reference is more than a test or an assignment: it gives the handle away, or stops by it. */
function mayStop(reference: ts.Expression): boolean {
  let node: ts.Node = reference;
  for (;;) {
    const { parent }: ts.Node = node;
    const isSameHandle =
      isWrapper(parent) ||
      // The member of what keeps it: `ref.current`, `state.timer`.
      (ts.isPropertyAccessExpression(parent) &&
        parent.expression === node &&
        !(ts.isCallExpression(parent.parent) && parent.parent.expression === parent));
    if (!isSameHandle) break;
    node = parent;
  }
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) {
    // A method of the handle: all but these stop it, or nobody knows.
    return !/^(?:refresh|ref|hasRef)$/.test(parent.name.text);
  }
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.kind;
    if (operator === ts.SyntaxKind.EqualsToken) return parent.left !== node;
    return false;
  }
  const isTest =
    ts.isIfStatement(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isExpressionStatement(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isWhileStatement(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition === node);
  return !isTest;
}

/** `const { timer } = this`: another name, behind which anything may happen. */
function isTakenApart(declaration: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(declaration)?.getText();
  if (name === undefined || !ts.isPropertyDeclaration(declaration)) return false;
  const visit = (node: ts.Node): boolean => {
    if (ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === name)
      return true;
    if (ts.isStringLiteralLike(node) && node.text === name) return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(declaration.getSourceFile());
}
