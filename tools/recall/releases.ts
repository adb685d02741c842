import ts from "typescript";

/** The shapes of release that are taken out, by the words of the report. */
export const shapes = [
  "release in a finally block",
  "release in a release method",
  "timer cleared in a release method",
  "listener taken off in a release method",
  "entry deleted in a handler of an end",
  "disposal hook of a cache",
  "signal passed on",
] as const;
export type Shape = (typeof shapes)[number];

/** A release that exists, and the text that is taken out with it. */
export interface ExistingRelease {
  readonly shape: Shape;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const releasing =
  /^(?:close|release|end|destroy|dispose|terminate|disconnect|stop|quit|free|kill)$/;
const clearing = /^(?:clearInterval|clearTimeout|cancelAnimationFrame)$/;
const takingOff = /^(?:off|removeListener|removeAllListeners|removeEventListener|unsubscribe)$/;
const ends = /^(?:close|end|error|disconnect|exit|finish|aborted)$/;

/** The releases of a file, by syntax alone: what the rules think of them is not asked. */
export function releasesIn(file: ts.SourceFile): readonly ExistingRelease[] {
  const found: ExistingRelease[] = [];
  const add = (shape: Shape, node: ts.Node): void => {
    const start = node.getStart(file);
    const { line } = file.getLineAndCharacterOfPosition(start);
    found.push({ shape, file: file.fileName, line: line + 1, start, end: node.getEnd() });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node)) {
      const shape = shapeOfStatement(node);
      if (shape !== undefined) add(shape, node);
    } else if (isHook(node)) add("disposal hook of a cache", node);
    else if (isSignal(node)) add("signal passed on", node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function shapeOfStatement(statement: ts.ExpressionStatement): Shape | undefined {
  let { expression } = statement;
  while (ts.isAwaitExpression(expression) || ts.isVoidExpression(expression))
    expression = expression.expression;
  if (!ts.isCallExpression(expression)) return undefined;
  const { expression: callee } = expression;
  const name = ts.isPropertyAccessExpression(callee)
    ? callee.name.text
    : ts.isIdentifier(callee)
      ? callee.text
      : "";
  const isMethod = ts.isPropertyAccessExpression(callee);
  if (isMethod && name === "delete")
    return isInEndHandler(statement) ? "entry deleted in a handler of an end" : undefined;
  const isOfThis = isMethod && callee.expression.kind !== ts.SyntaxKind.ThisKeyword;
  if (isInReleaseMethod(statement)) {
    if (clearing.test(name)) return "timer cleared in a release method";
    if (isMethod && takingOff.test(name)) return "listener taken off in a release method";
    if (isOfThis && releasing.test(name)) return "release in a release method";
  }
  return isOfThis && releasing.test(name) && isInFinally(statement)
    ? "release in a finally block"
    : undefined;
}

function isInFinally(node: ts.Node): boolean {
  for (let at = node; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isTryStatement(at.parent) && at.parent.finallyBlock === at) return true;
  }
  return false;
}

function isInReleaseMethod(node: ts.Node): boolean {
  let at = node;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent;
  return (
    ts.isMethodDeclaration(at) &&
    ts.isClassLike(at.parent) &&
    (releasing.test(at.name.getText()) || /Symbol\.(?:asyncD|d)ispose/.test(at.name.getText()))
  );
}

/** `socket.on("close", () => { sessions.delete(socket); })` */
function isInEndHandler(node: ts.Node): boolean {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (!ts.isFunctionLike(at) || !ts.isCallExpression(parent)) continue;
    const [event] = parent.arguments;
    return event !== undefined && ts.isStringLiteral(event) && ends.test(event.text);
  }
  return false;
}

function isHook(node: ts.Node): node is ts.ObjectLiteralElementLike {
  return (
    (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)) &&
    ts.isObjectLiteralExpression(node.parent) &&
    /^(?:dispose|disposeAfter|onEviction|onEvict)$/.test(node.name.getText()) &&
    ts.isNewExpression(node.parent.parent)
  );
}

/** `fetch(url, { signal })` */
function isSignal(node: ts.Node): boolean {
  return (
    (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
    node.name.getText() === "signal" &&
    ts.isObjectLiteralExpression(node.parent) &&
    ts.isCallExpression(node.parent.parent)
  );
}
