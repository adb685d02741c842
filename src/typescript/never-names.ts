/**
 * The names of members whose call never comes back: read off the text, so that the type of a receiver
 * is asked only where a member of the name could be such a function.
 */
import ts from "typescript";

const namesByProgram = new WeakMap<ts.Program, ReadonlySet<string>>();

/** The names under which a member access of a program finds a function that is declared to return `never`. */
export function namesReturningNever(program: ts.Program): ReadonlySet<string> {
  let names = namesByProgram.get(program);
  if (names === undefined) {
    names = collect(program.getSourceFiles());
    namesByProgram.set(program, names);
  }
  return names;
}

function collect(files: readonly ts.SourceFile[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of files) {
    // Few files have one, and reading a text is cheaper than walking its tree.
    if (/\)\s*:\s*never\b/.test(file.text)) noteDeclared(file, names);
  }
  const renames = names.size === 0 ? [] : files.flatMap(renamesOf);
  for (let before = -1; before !== names.size;) {
    before = names.size;
    for (const { from, to } of renames) if (names.has(from)) names.add(to);
  }
  return names;
}

function noteDeclared(file: ts.SourceFile, names: Set<string>): void {
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && node.type?.kind === ts.SyntaxKind.NeverKeyword) {
      const { name } = node;
      if (name !== undefined) names.add(textOf(name));
      if (ts.isFunctionDeclaration(node)) names.add("default");
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

function textOf(name: ts.PropertyName): string {
  const inner = ts.isComputedPropertyName(name) ? name.expression : name;
  return ts.isIdentifier(inner) || ts.isPrivateIdentifier(inner) || ts.isStringLiteralLike(inner)
    ? inner.text
    : inner.getText();
}

/** `export { fail as stop }`: a member of the module under another name. */
function renamesOf(file: ts.SourceFile): readonly { from: string; to: string }[] {
  return file.statements.flatMap((statement) => {
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    if (clause === undefined || !ts.isNamedExports(clause)) return [];
    return clause.elements.flatMap(({ propertyName, name }) =>
      propertyName === undefined ? [] : [{ from: propertyName.text, to: name.text }],
    );
  });
}
