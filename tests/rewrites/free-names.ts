/** Which names a piece of code takes from outside, and which it gives to the code behind it. */
import ts from "typescript";
import type { Range } from "./edits.ts";
import type { Program } from "./program.ts";

/** The variables and functions of a program that are used in a range and declared outside of it. */
export function freeSymbols(program: Program, range: Range): readonly ts.Symbol[] {
  return program.symbols().filter((symbol) => {
    const declaration = program.declarationOf(symbol);
    if (declaration === undefined || isInside(declaration, range)) return false;
    return !isMember(declaration) && usesIn(program, symbol, range).length > 0;
  });
}

export function usesIn(
  program: Program,
  symbol: ts.Symbol,
  range: Range,
): readonly ts.Identifier[] {
  return program.referencesTo(symbol).filter((name) => isInside(name, range));
}

/** What a range declares and the rest of the program uses. */
export function givenOut(program: Program, range: Range): readonly ts.Symbol[] {
  return program.symbols().filter((symbol) => {
    const declaration = program.declarationOf(symbol);
    if (declaration === undefined || !isInside(declaration, range) || isMember(declaration))
      return false;
    return program.referencesTo(symbol).some((name) => !isInside(name, range));
  });
}

export function isInside(node: ts.Node, { from, to }: Range): boolean {
  return node.getStart() >= from && node.end <= to;
}

/** Declared at the top of the file: seen by every function of it. */
export function isOfModule(declaration: ts.Declaration): boolean {
  return (
    ts.findAncestor(
      declaration.parent,
      (one) =>
        ts.isFunctionLike(one) ||
        ts.isBlock(one) ||
        ts.isCaseBlock(one) ||
        ts.isIterationStatement(one, false),
    ) === undefined
  );
}

/** Found through an object and not by its name alone. */
function isMember(declaration: ts.Declaration): boolean {
  return (
    ts.isClassElement(declaration) ||
    ts.isTypeElement(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isShorthandPropertyAssignment(declaration) ||
    ts.isObjectLiteralElement(declaration) ||
    ts.isEnumMember(declaration)
  );
}
