/** `const { b: x } = a;` as `const x = a.b;`. */
import ts from "typescript";
import { rangeOf, replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";

export function memberAccess(program: Program): readonly Rewritten[] {
  return program.all(ts.isVariableDeclaration).flatMap(({ name, initializer, parent }) => {
    if (initializer === undefined || !ts.isObjectBindingPattern(name)) return [];
    if (!ts.isVariableDeclarationList(parent)) return [];
    const { elements } = name;
    // The value is read once for each of them, so only a name can be read for several.
    if (elements.length > 1 && !ts.isIdentifier(initializer)) return [];
    const isPlain = elements.every(
      (one) =>
        one.initializer === undefined &&
        one.dotDotDotToken === undefined &&
        ts.isIdentifier(one.name) &&
        (one.propertyName === undefined || ts.isIdentifier(one.propertyName)),
    );
    if (!isPlain || elements.length === 0) return [];
    const pieces = elements.flatMap((one, index) => [
      `${index === 0 ? "" : ", "}${one.name.getText()} = `,
      rangeOf(initializer),
      `.${(one.propertyName ?? one.name).getText()}`,
    ]);
    return [{ edits: [replace({ from: name.getStart(), to: initializer.end }, ...pieces)] }];
  });
}
