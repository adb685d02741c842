/** A function or class at the top of the file, with what it needs, as a module of its own. */
import ts from "typescript";
import { insertAt, replace, secondFile, type Edit, type Piece, type Rewritten } from "./edits.ts";
import { freeSymbols, isOfModule } from "./free-names.ts";
import type { Program } from "./program.ts";
import { hasModifier, isAmbient, isExported, soleVariable } from "./syntax.ts";

export function splitFile(program: Program): readonly Rewritten[] {
  return program.source.statements.flatMap((statement) => {
    const moved = isMovable(statement) ? withNeeds(program, statement) : undefined;
    if (moved === undefined) return [];
    const stay = program.source.statements.filter(
      (one) => !moved.statements.has(one) && !ts.isImportDeclaration(one),
    );
    // Something must be left that uses it, or it would be the same file with another name.
    if (!stay.some((one) => !ts.isExportDeclaration(one))) return [];
    return [split(program, moved)];
  });
}

interface Moved {
  readonly statements: ReadonlySet<ts.Statement>;
  readonly imports: ReadonlySet<ts.ImportDeclaration>;
}

/** A declaration, and all of this file that it uses; undefined if that cannot be moved. */
function withNeeds(program: Program, start: ts.Statement): Moved | undefined {
  const statements = new Set<ts.Statement>([start]);
  const imports = new Set<ts.ImportDeclaration>();
  for (const statement of statements) {
    const range = { from: statement.getStart(), to: statement.end };
    for (const symbol of freeSymbols(program, range)) {
      const declaration = program.declarationOf(symbol)!;
      const home = topLevel(declaration);
      if (home === undefined || !isOfModule(declaration)) return undefined;
      if (ts.isImportDeclaration(home)) imports.add(home);
      else if (isMovable(home)) statements.add(home);
      else return undefined;
    }
  }
  return { statements, imports };
}

function isMovable(statement: ts.Statement): boolean {
  if (isAmbient(statement) || hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) return false;
  if (ts.isFunctionDeclaration(statement))
    return statement.name !== undefined && statement.body !== undefined;
  if (ts.isClassDeclaration(statement)) return statement.name !== undefined;
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true;
  const variable = soleVariable(statement);
  return variable !== undefined && ts.isFunctionLike(variable.initializer);
}

function topLevel(node: ts.Node): ts.Statement | undefined {
  return ts.findAncestor(
    node,
    (one): one is ts.Statement => ts.isStatement(one) && ts.isSourceFile(one.parent),
  );
}

function split(program: Program, { statements, imports }: Moved): Rewritten {
  const edits: Edit[] = [];
  const second: Piece[] = [...imports].flatMap((one): Piece[] => [
    { from: one.getStart(), to: one.end },
    "\n",
  ]);
  const names: string[] = [];
  const again: string[] = [];
  for (const statement of statements) {
    const from = statement.getFullStart();
    const range = { from, to: statement.end };
    edits.push(replace(range, ""));
    second.push(
      { from, to: statement.getStart() },
      isExported(statement) ? "" : "export ",
      { from: statement.getStart(), to: statement.end },
      "\n",
    );
    const name = nameOf(statement);
    const symbol = program.checker.getSymbolAtLocation(name);
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    const specifier = `${isType ? "type " : ""}${name.text}`;
    const isUsed =
      symbol !== undefined &&
      [symbol, program.symbolOf(name)].some(
        (one) =>
          one !== undefined &&
          program.referencesTo(one).some((use) => !statements.has(topLevel(use)!)),
      );
    if (isUsed) names.push(specifier);
    if (isExported(statement)) again.push(specifier);
  }
  const words: Piece[] = [
    ...(names.length > 0 ? [`import { ${names.join(", ")} } from `, secondFile, ";\n"] : []),
    ...(again.length > 0 ? [`export { ${again.join(", ")} } from `, secondFile, ";\n"] : []),
  ] as Piece[];
  return { edits: [insertAt(0, ...words), ...edits], second };
}

function nameOf(statement: ts.Statement): ts.Identifier {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations[0]!.name as ts.Identifier;
  return (statement as ts.FunctionDeclaration).name!;
}
