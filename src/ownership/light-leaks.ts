/**
 * Leaks of memory that are true and light: what is lost is next to nothing, or soon gone with what it
 * belongs to. Only who asks for every possible leak hears of them.
 */
import ts from "typescript";
import type { ResourceKind } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import { functionAround, isConstant, skipWrappers, withWrappers } from "../typescript/syntax.ts";
import type { ResolveName } from "./access-path.ts";

/**
 * Whether what leaks is light.
 *
 * @param site the call that acquires
 * @returns false too where it is not known what the memory belongs to
 */
export function isLight(site: ts.Node, kind: ResourceKind, resolve: ResolveName): boolean {
  if (kind.duty !== "free" || (!ts.isCallExpression(site) && !ts.isNewExpression(site)))
    return false;
  return isFallbackArgument(site) || endsWithItsContext(site, kind, resolve);
}

/** `predict(face.tensor || tf.tensor([]))`: made only where there is nothing to work with. */
function isFallbackArgument(site: CallLike): boolean {
  const fallback = withWrappers(site);
  const choice = fallback.parent;
  if (!ts.isBinaryExpression(choice) || choice.right !== fallback) return false;
  const isChoice =
    choice.operatorToken.kind === ts.SyntaxKind.BarBarToken ||
    choice.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  if (!isChoice || !isPath(choice.left)) return false;
  const argument = withWrappers(choice);
  const call = argument.parent;
  return (
    (ts.isCallExpression(call) || ts.isNewExpression(call)) &&
    call.arguments?.some((one) => one === argument) === true
  );
}

function isPath(expression: ts.Expression): boolean {
  const node = skipWrappers(expression);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return isPath(node.expression);
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}

/**
 * `const gl = canvas.getContext("webgl2"); gl.createBuffer()` where the canvas is made in the same
 * function: what belongs to a context goes with it, and nobody else draws with this one.
 */
function endsWithItsContext(site: CallLike, kind: ResourceKind, resolve: ResolveName): boolean {
  const throughContext = kind.release.every((one) => "argument" in one && "name" in one);
  if (!throughContext) return false;
  const callee = skipWrappers(site.expression);
  const makers = [
    ...(ts.isPropertyAccessExpression(callee) ? [callee.expression] : []),
    // A helper that is given the context: `compile(gl, source)`.
    ...(site.arguments ?? []),
  ];
  return makers.some((maker) => {
    const context = madeHere(maker, site, resolve);
    const getter = context && ts.isCallExpression(context) && skipWrappers(context.expression);
    if (!getter || !ts.isPropertyAccessExpression(getter) || getter.name.text !== "getContext")
      return false;
    const canvas = madeHere(getter.expression, site, resolve);
    return canvas !== undefined && isMaking(canvas);
  });
}

/** What a constant of the function around the site was declared with. */
function madeHere(
  name: ts.Expression,
  site: ts.Node,
  resolve: ResolveName,
): ts.Expression | undefined {
  const node = skipWrappers(name);
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = resolve(node)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  if (!isConstant(declaration) || functionAround(declaration) !== functionAround(site))
    return undefined;
  if (ts.isSourceFile(functionAround(site))) return undefined;
  return declaration.initializer && skipWrappers(declaration.initializer);
}

/** `new OffscreenCanvas(1, 1)`, `document.createElement("canvas")`, or one of the two. */
function isMaking(expression: ts.Expression): boolean {
  const node = skipWrappers(expression);
  if (ts.isConditionalExpression(node)) return isMaking(node.whenTrue) && isMaking(node.whenFalse);
  if (ts.isNewExpression(node)) return true;
  if (!ts.isCallExpression(node)) return false;
  const callee = skipWrappers(node.expression);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === "createElement";
}
