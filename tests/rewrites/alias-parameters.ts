/** `(h) => { … h … }` as `(h) => { const second = h; … second … }`. */
import ts from "typescript";
import { insertAt, replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { isReassigned, renamed } from "./syntax.ts";

export function aliasParameters(program: Program): readonly Rewritten[] {
  const edits = program.functions().flatMap((one, index) => {
    const { body, parameters } = one;
    if (!ts.isBlock(body) || ts.isConstructorDeclaration(one)) return [];
    return parameters.flatMap((parameter, position) => {
      if (!ts.isIdentifier(parameter.name)) return [];
      const symbol = program.symbolOf(parameter.name);
      if (symbol === undefined || isReassigned(program, symbol)) return [];
      const uses = program
        .referencesTo(symbol)
        .filter((name) => name.pos >= body.pos && name.end <= body.end);
      if (uses.length === 0) return [];
      const second = program.fresh("second", index * 10 + position + 1);
      return [
        insertAt(body.getStart() + 1, ` const ${second} = ${parameter.name.text};`),
        ...uses.map((name) => replace(name, renamed(name, second))),
      ];
    });
  });
  return edits.length === 0 ? [] : [{ edits }];
}
