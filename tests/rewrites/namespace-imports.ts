/** `import { open } from "…"` … `open()` as `import * as module from "…"` … `module.open()`. */
import ts from "typescript";
import { insertAt, replace, type Edit, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { renamed } from "./syntax.ts";

export function namespaceImports(program: Program): readonly Rewritten[] {
  return program.source.statements.filter(ts.isImportDeclaration).flatMap((statement, index) => {
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
    const module = program.fresh("module", index + 1);
    const uses = bindings.elements.flatMap((one): Edit[] => {
      const symbol = program.symbolOf(one.name);
      if (symbol === undefined || one.isTypeOnly) return [];
      return program
        .referencesTo(symbol)
        .filter((use) => !ts.isImportSpecifier(use.parent) && !ts.isExportSpecifier(use.parent))
        .map((use) =>
          replace(use, renamed(use, `${module}.${(one.propertyName ?? one.name).text}`)),
        );
    });
    if (uses.length === 0) return [];
    const words = ` import * as ${module} from ${statement.moduleSpecifier.getText()};`;
    return [{ edits: [insertAt(statement.end, words), ...uses] }];
  });
}
