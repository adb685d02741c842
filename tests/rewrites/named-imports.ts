/** `import * as net from "node:net"` … `net.connect()` as `import { connect } from "node:net"`. */
import ts from "typescript";
import { insertAt, replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";

export function namedImports(program: Program): readonly Rewritten[] {
  return program.source.statements.filter(ts.isImportDeclaration).flatMap((statement, index) => {
    const clause = statement.importClause;
    const bindings = clause?.namedBindings;
    const name = bindings && ts.isNamespaceImport(bindings) ? bindings.name : clause?.name;
    const symbol = name && program.symbolOf(name);
    if (clause === undefined || symbol === undefined) return [];
    const members = program
      .referencesTo(symbol)
      .filter((use) => use !== name)
      .map(({ parent }) => parent)
      .filter(
        (member): member is ts.PropertyAccessExpression & { readonly name: ts.Identifier } =>
          ts.isPropertyAccessExpression(member) && ts.isIdentifier(member.name),
      );
    if (members.length === 0) return [];
    const names = [...new Set(members.map((member) => member.name.text))];
    const locals = new Map(
      names.map((one, at) => [one, program.fresh("imported", index * 10 + at + 1)]),
    );
    const specifiers = names.map((one) => `${one} as ${locals.get(one)!}`);
    const from = statement.moduleSpecifier.getText();
    return [
      {
        edits: [
          insertAt(statement.end, ` import { ${specifiers.join(", ")} } from ${from};`),
          ...members.map((member) => replace(member, locals.get(member.name.text)!)),
        ],
      },
    ];
  });
}
