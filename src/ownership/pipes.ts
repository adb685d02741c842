import ts from "typescript";
import { idOf, pathOf, type ResolveName } from "./access-path.ts";

/**
 * Whether the function around `source.pipe(destination)` watches the end or failure of either
 * stream. `pipe` forwards neither errors nor destruction, so someone else must.
 */
export function hasErrorHandler(pipe: ts.CallExpression, resolve: ResolveName): boolean {
  const destination = pipe.arguments[0];
  if (destination === undefined || !ts.isPropertyAccessExpression(pipe.expression)) return true;
  if (isStandardStream(destination)) return true;
  const watched = new Set(
    [destination, pipe.expression.expression, pipe].map((node) => idOf(pathOf(node, resolve).root)),
  );
  let scope: ts.Node = pipe;
  while (!ts.isSourceFile(scope) && !(ts.isFunctionLike(scope) && "body" in scope))
    scope = scope.parent;
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node) && watches(node)) return true;
    return ts.forEachChild(node, (child) => visit(child)) ?? false;
  };
  const watches = (call: ts.CallExpression): boolean => {
    const { expression } = call;
    const [first, second] = call.arguments;
    if (
      ts.isPropertyAccessExpression(expression) &&
      /^(?:on|once|addListener)$/.test(expression.name.text)
    ) {
      return (
        first !== undefined &&
        ts.isStringLiteralLike(first) &&
        /^(?:error|close)$/.test(first.text) &&
        watched.has(idOf(pathOf(expression.expression, resolve).root))
      );
    }
    const name = ts.isIdentifier(expression) ? expression.text : "";
    return (
      (name === "finished" || (name === "once" && second !== undefined)) &&
      first !== undefined &&
      watched.has(idOf(pathOf(first, resolve).root))
    );
  };
  return visit(scope);
}

/** `process.stdout` and `process.stderr` do not fail while the process lives. */
function isStandardStream(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && /^process\.(?:stdout|stderr)$/.test(node.getText());
}
