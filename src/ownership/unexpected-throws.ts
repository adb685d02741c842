/**
 * Throws that nobody expects: those that the types rule out, and those of functions that exist to
 * check what they are given.
 */
import ts from "typescript";
import type { FlowUnit } from "../flow/graph.ts";
import type { Environment } from "./environment.ts";
import type { Strength } from "./obligation-state.ts";

/**
 * How likely a `throw` statement runs; undefined where the types say that it never does: in the
 * `default` of a `switch` whose labels cover every value of its subject.
 */
export function strengthOfThrow(
  statement: ts.Node,
  environment: Environment,
): Strength | undefined {
  for (
    let node: ts.Node = statement;
    !ts.isSourceFile(node) && !ts.isFunctionLike(node);
    node = node.parent
  ) {
    if (!ts.isDefaultClause(node)) continue;
    return environment.types.coversSubject(node.parent.parent) ? undefined : "likely";
  }
  return "likely";
}

/** `assertNever(value: never)`: no value can be passed to it, so it is not called. */
export function takesNever(unit: FlowUnit): boolean {
  return (
    "parameters" in unit &&
    unit.parameters.some(({ type }) => type?.kind === ts.SyntaxKind.NeverKeyword)
  );
}

/** `asserts value is T`: it throws where the program is wrong. */
export function isAssertion(unit: FlowUnit): boolean {
  if (!("type" in unit) || unit.type === undefined) return false;
  return ts.isTypePredicateNode(unit.type) && unit.type.assertsModifier !== undefined;
}
