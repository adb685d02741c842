/** `{ close() { … } }` as `{ close: () => { … } }`; a private method as a field with an arrow. */
import ts from "typescript";
import { replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { has, hasModifier, isAsync, isGenerator, usesFunctionWords } from "./syntax.ts";

export function methodAsArrow(program: Program): readonly Rewritten[] {
  return program.all(ts.isMethodDeclaration).flatMap((method) => {
    const { body, name, parent } = method;
    if (body === undefined || isGenerator(method) || method.questionToken !== undefined) return [];
    const inObject = ts.isObjectLiteralExpression(parent);
    if (inObject ? usesFunctionWords(method) : !isOwnMethod(method)) return [];
    const asynchronous = isAsync(method) ? "async " : "";
    const modifiers = (ts.getModifiers(method) ?? [])
      .filter(({ kind }) => kind !== ts.SyntaxKind.AsyncKeyword)
      .map((one) => `${one.getText()} `)
      .join("");
    const joined = inObject ? ": " : " = ";
    return [
      {
        edits: [
          replace(
            { from: method.getStart(), to: name.end },
            `${modifiers}${name.getText()}${joined}${asynchronous}`,
          ),
          replace({ from: body.getStart(), to: body.getStart() }, "=> "),
          ...(inObject ? [] : [replace({ from: body.end, to: body.end }, ";")]),
        ],
      },
    ];
  });
}

/** Nobody overrides it, and only its class can call it. */
function isOwnMethod(method: ts.MethodDeclaration): boolean {
  const isPrivate =
    ts.isPrivateIdentifier(method.name) || hasModifier(method, ts.SyntaxKind.PrivateKeyword);
  const namesakes = ts.isClassLike(method.parent)
    ? method.parent.members.filter((one) => one.name?.getText() === method.name.getText())
    : [];
  const usesSuper = has(method, ({ kind }) => kind === ts.SyntaxKind.SuperKeyword, {
    intoFunctions: true,
  });
  const isStatic = hasModifier(method, ts.SyntaxKind.StaticKeyword);
  return isPrivate && namesakes.length === 1 && !usesSuper && !isStatic;
}

export function arrowAsMethod(program: Program): readonly Rewritten[] {
  return program.all(ts.isPropertyAssignment).flatMap(({ name, initializer, parent }) => {
    if (!ts.isArrowFunction(initializer) || usesFunctionWords(initializer)) return [];
    if (!ts.isObjectLiteralExpression(parent) || !ts.isBlock(initializer.body)) return [];
    const open = initializer
      .getChildren()
      .find(({ kind }) => kind === ts.SyntaxKind.OpenParenToken);
    if (open === undefined) return [];
    const asynchronous = isAsync(initializer) ? "async " : "";
    return [
      {
        edits: [
          replace(
            { from: name.getStart(), to: open.getStart() },
            `${asynchronous}${name.getText()}`,
          ),
          replace(initializer.equalsGreaterThanToken, ""),
        ],
      },
    ];
  });
}
