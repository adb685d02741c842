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

/** The names of the members that the code calls on `this`, or on its base class. */
export function calledOnThis(code: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { expression } of callsIn(code)) {
    if (!ts.isPropertyAccessExpression(expression)) continue;
    const { kind } = expression.expression;
    if (kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.SuperKeyword)
      names.add(expression.name.text);
  }
  return names;
}

/** The members that run when one of `from` does: they themselves, and what they call on `this`. */
export function withOwnCallees(from: readonly Member[], all: readonly Member[]): readonly Member[] {
  const reached = new Set(from);
  for (const { code } of reached) {
    const called = calledOnThis(code);
    for (const member of all) {
      if (called.has(member.node.name?.getText() ?? "")) reached.add(member);
    }
  }
  return [...reached];
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
