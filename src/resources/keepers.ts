/**
 * Objects of libraries that go on holding what they were fed with last, until they are fed again. Those of
 * fflate do not: behind the last part of a message they hold nothing.
 */
import ts from "typescript";
import type { Types } from "../typescript/types.ts";
import { matchesPattern } from "./catalog-index.ts";
import type { DeclarationPattern } from "./kind.ts";

export interface Keeper extends DeclarationPattern {
  readonly module: string;
  /** The method that feeds it; the message is argument 0. */
  readonly feed: string;
  /** The argument that says that the message is whole, by `true` or by a number; before that it is needed. */
  readonly whole: number;
  readonly source: string;
}

const keepers: readonly Keeper[] = [
  {
    // The input stays in `strm.input`, and the output in `result` or `chunks`.
    module: "pako",
    name: ["Deflate", "Inflate"],
    feed: "push",
    whole: 1,
    source: "https://github.com/nodeca/pako/blob/2.1.0/lib/deflate.js",
  },
];

/** The cheap question: whether a file imports a library with such objects. */
export function importsKeepers(file: ts.SourceFile): boolean {
  return file.statements.some((one) => {
    const named = ts.isImportDeclaration(one) ? one.moduleSpecifier : undefined;
    return (
      named !== undefined &&
      ts.isStringLiteral(named) &&
      keepers.some(({ module }) => module === named.text)
    );
  });
}

/** What is known of the objects of a type; undefined where nothing is, or where they keep nothing. */
export function keeperOf(type: ts.Type, types: Types): Keeper | undefined {
  const declared = types
    .constituents(type)
    .flatMap((part) => types.classSymbols(part))
    .flatMap((symbol) => types.declaredNames(symbol));
  return keepers.find((one) => matchesPattern(one, declared));
}
