/**
 * The members of a class that run code, and what their declarations say of them.
 */
import ts from "typescript";
import { nodesIn } from "../typescript/nodes-in-file.ts";
import type { FunctionWithBody } from "../flow/graph.ts";
import { isStatic } from "../typescript/modifiers.ts";
import { memberCode } from "../typescript/syntax.ts";
import { callsIn } from "./calls-in.ts";

/** A member of an owner that runs code on it: a method, an accessor, a property that holds a function. */
export interface Member {
  readonly node:
    ts.ClassElement | ts.ObjectLiteralElementLike | FunctionWithBody | ts.VariableDeclaration;
  readonly code: FunctionWithBody;
}

/** The members of a class that run code, on its instances or on the class itself. */
export function membersWithBody(
  declaration: ts.ClassLikeDeclaration,
  side: "instance" | "static",
): readonly Member[] {
  return declaration.members.flatMap((node) => {
    const code = memberCode(node);
    return code === undefined || isStatic(node) !== (side === "static") ? [] : [{ node, code }];
  });
}

/** What a subclass overrides does not run on its instances. */
export function overridingFirst(members: readonly Member[]): readonly Member[] {
  return members.filter(
    ({ node }, index) =>
      ts.isConstructorDeclaration(node) ||
      members.findIndex((other) => sameName(other.node, node)) === index ||
      ts.isAccessor(node),
  );
}

export function sameName(
  a: Pick<ts.NamedDeclaration, "name">,
  b: Pick<ts.NamedDeclaration, "name">,
): boolean {
  const name = a.name?.getText();
  return name !== undefined && name === b.name?.getText();
}

/** The name as code uses it behind a dot; undefined for a computed one. */
export function memberName({ node }: Member): string | undefined {
  const { name } = node;
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))
    ? name.text
    : undefined;
}

/** `this.name(…)` in a piece of code. */
export function callsOfMember(name: string, code: ts.Node): readonly ts.CallExpression[] {
  return callsIn(code).filter(
    (call): call is ts.CallExpression =>
      ts.isCallExpression(call) &&
      ts.isPropertyAccessExpression(call.expression) &&
      call.expression.expression.kind === ts.SyntaxKind.ThisKeyword &&
      call.expression.name.text === name,
  );
}

/** `this` is the same in both: the function itself, or an arrow function in it. */
export function sharesThis(unit: ts.Node, code: ts.Node): boolean {
  let current = unit;
  while (current !== code) {
    if (!ts.isArrowFunction(current)) return false;
    do {
      current = current.parent;
    } while (
      !ts.isFunctionLike(current) &&
      !ts.isSourceFile(current) &&
      !ts.isPropertyDeclaration(current)
    );
  }
  return true;
}

/** The classes declared in a file, in source order. */
export function classesIn(file: ts.SourceFile): readonly ts.ClassLikeDeclaration[] {
  return nodesIn(file).classes;
}
