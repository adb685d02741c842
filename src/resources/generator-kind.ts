/**
 * Generators as resources: what they hold while they are left half-way.
 */
import ts from "typescript";
import type { ResourceKind } from "./kind.ts";

const generatorKinds = new WeakMap<ts.Node, ResourceKind | undefined>();

/**
 * The kind of what a generator function returns, where leaving it half-way matters: it releases
 * something when it is left, by a `finally` or a `using` around a `yield`.
 */
export function kindOfGenerator(body: ts.FunctionLikeDeclaration): ResourceKind | undefined {
  if (!("asteriskToken" in body) || body.asteriskToken === undefined || body.body === undefined)
    return undefined;
  if (!generatorKinds.has(body)) {
    const name = body.name !== undefined && ts.isIdentifier(body.name) ? `${body.name.text}()` : "";
    generatorKinds.set(
      body,
      holdsWhileYielding(body.body) ? generatorKind(`generator ${name}`.trim()) : undefined,
    );
  }
  return generatorKinds.get(body);
}

function generatorKind(label: string): ResourceKind {
  return {
    id: `inferred.${label}`,
    label,
    grade: "should",
    duty: "close",
    acquire: [],
    release: [{ method: "return" }, { method: "throw" }],
    armedBy: ["next"],
    automatic: { iteration: true },
    source: "https://tc39.es/ecma262/#sec-generator.prototype.return",
  };
}

function holdsWhileYielding(body: ts.Node): boolean {
  const yields = (node: ts.Node): boolean =>
    ts.isYieldExpression(node) ||
    (!ts.isFunctionLike(node) && (ts.forEachChild(node, yields) ?? false));
  const visit = (node: ts.Node): boolean => {
    if (ts.isTryStatement(node) && node.finallyBlock !== undefined && yields(node.tryBlock))
      return true;
    if (ts.isVariableDeclarationList(node)) {
      const flags: ts.NodeFlags = node.flags & ts.NodeFlags.BlockScoped;
      if (
        (flags === ts.NodeFlags.Using || flags === ts.NodeFlags.AwaitUsing) &&
        yields(node.parent.parent)
      )
        return true;
    }
    return !ts.isFunctionLike(node) && (ts.forEachChild(node, visit) ?? false);
  };
  return ts.forEachChild(body, visit) ?? false;
}
