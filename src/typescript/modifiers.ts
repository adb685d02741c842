/**
 * What the modifiers of a declaration say, `#names` and export lists included.
 */
import ts from "typescript";
import { mentionsName } from "./syntax.ts";

export function isStatic(member: ts.Declaration): boolean {
  return hasFlag(member, ts.ModifierFlags.Static);
}

/** Only the class itself may use the member. */
export function isPrivate(member: ts.NamedDeclaration): boolean {
  return isPrivateName(member) || hasFlag(member, ts.ModifierFlags.Private);
}

/** Only the class itself, and those that extend it, may use the member. */
export function isHidden(member: ts.NamedDeclaration): boolean {
  return (
    isPrivateName(member) || hasFlag(member, ts.ModifierFlags.Private | ts.ModifierFlags.Protected)
  );
}

export function isAsyncFunction(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && hasFlag(node, ts.ModifierFlags.Async);
}

/** The variable, function or class is exported by its own declaration, or by a list of exports. */
export function isExported(declaration: ts.Declaration): boolean {
  const flags = ts.ModifierFlags.Export | ts.ModifierFlags.Default;
  if ((ts.getCombinedModifierFlags(declaration) & flags) !== 0) return true;
  const name = ts.getNameOfDeclaration(declaration);
  if (name === undefined || !ts.isIdentifier(name)) return false;
  // A variable inside of `export default setUp({ … })` is mentioned there, and is not exported.
  if (isInsideFunction(declaration)) return false;
  return declaration
    .getSourceFile()
    .statements.some(
      (statement) =>
        (ts.isExportDeclaration(statement) &&
          statement.moduleSpecifier === undefined &&
          statement.exportClause !== undefined &&
          ts.isNamedExports(statement.exportClause) &&
          statement.exportClause.elements.some(
            (one) => (one.propertyName ?? one.name).text === name.text,
          )) ||
        (ts.isExportAssignment(statement) && mentionsName(statement.expression, name.text)),
    );
}

/** `export default function …`, or what `export default` names. */
export function isDefaultExport(declaration: ts.Declaration): boolean {
  if (hasFlag(declaration, ts.ModifierFlags.Default)) return true;
  const name = ts.getNameOfDeclaration(declaration);
  return (
    name !== undefined &&
    ts.isIdentifier(name) &&
    declaration
      .getSourceFile()
      .statements.some(
        (statement) =>
          ts.isExportAssignment(statement) &&
          ts.isIdentifier(statement.expression) &&
          statement.expression.text === name.text,
      )
  );
}

function isInsideFunction(declaration: ts.Declaration): boolean {
  return ts.findAncestor(declaration.parent, ts.isFunctionLike) !== undefined;
}

/** Code outside its class or its file can name it. */
export function isSeenOutside(declaration: ts.Declaration): boolean {
  return ts.isClassLike(declaration.parent) ? !isPrivate(declaration) : isExported(declaration);
}

function isPrivateName({ name }: ts.NamedDeclaration): boolean {
  return name !== undefined && ts.isPrivateIdentifier(name);
}

function hasFlag(declaration: ts.Declaration, flags: ts.ModifierFlags): boolean {
  return (ts.getCombinedModifierFlags(declaration) & flags) !== 0;
}
