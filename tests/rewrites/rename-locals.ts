/** `const socket = …` as `const name1 = …`: names decide nothing. */
import ts from "typescript";
import { replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { isAmbient, isExported, renamed } from "./syntax.ts";

export function renameLocals(program: Program): readonly Rewritten[] {
  const edits = program
    .symbols()
    .filter((symbol) => isLocal(program, symbol))
    .flatMap((symbol, index) => {
      const to = program.fresh("name", index + 1);
      return program.referencesTo(symbol).map((name) => replace(name, renamed(name, to)));
    });
  return edits.length === 0 ? [] : [{ edits }];
}

function isLocal(program: Program, symbol: ts.Symbol): boolean {
  const { declarations = [] } = symbol;
  return (
    declarations.length > 0 &&
    declarations.every(
      (one) =>
        one.getSourceFile() === program.source &&
        (ts.isVariableDeclaration(one) ||
          ts.isBindingElement(one) ||
          ts.isFunctionDeclaration(one) ||
          ts.isImportSpecifier(one) ||
          ts.isNamespaceImport(one) ||
          ts.isImportClause(one) ||
          isPlainParameter(one)) &&
        !isAmbient(one) &&
        ts.findAncestor(one, isExportedDeclaration) === undefined,
    ) &&
    program.referencesTo(symbol).every((name) => !ts.isJsxOpeningLikeElement(name.parent))
  );
}

/** What is declared here is seen elsewhere: by its name. What is inside it is not. */
function isExportedDeclaration(node: ts.Node): boolean | "quit" {
  if (ts.isBlock(node)) return "quit";
  if (ts.isParameter(node)) return "quit";
  if (ts.isFunctionDeclaration(node) || ts.isVariableStatement(node)) return isExported(node);
  return false;
}

/** Tags in the comment of a function name its parameters; a parameter property names a field. */
function isPlainParameter(node: ts.Node): boolean {
  return (
    ts.isParameter(node) &&
    "body" in node.parent &&
    ts.getJSDocCommentsAndTags(node.parent).length === 0 &&
    ts.getModifiers(node) === undefined
  );
}
