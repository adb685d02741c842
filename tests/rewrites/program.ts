/** What rewrites ask of a program: its tree, its names, and its types as text. */
import ts from "typescript";
import type { Rewritten } from "./edits.ts";

/** The programs that say the same as the given one, each with one thing spelled otherwise. */
export type Rewrite = (program: Program) => readonly Rewritten[];

export type FunctionWithBody = ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody };

export class Program {
  readonly text: string;
  private references: Map<ts.Symbol, ts.Identifier[]> | undefined;
  private names: Set<string> | undefined;

  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;

  constructor(source: ts.SourceFile, checker: ts.TypeChecker) {
    this.source = source;
    this.checker = checker;
    this.text = source.text;
  }

  /** All nodes of a kind, in reading order. */
  all<T extends ts.Node>(is: (node: ts.Node) => node is T, within: ts.Node = this.source): T[] {
    const found: T[] = [];
    const visit = (node: ts.Node): void => {
      if (is(node)) found.push(node);
      ts.forEachChild(node, visit);
    };
    visit(within);
    return found;
  }

  functions(within?: ts.Node): FunctionWithBody[] {
    return this.all(isFunctionWithBody, within);
  }

  /** Every identifier that stands for a symbol, its declarations included. */
  referencesTo(symbol: ts.Symbol): readonly ts.Identifier[] {
    return this.bySymbol().get(symbol) ?? [];
  }

  /** Everything that has a name here. */
  symbols(): readonly ts.Symbol[] {
    return [...this.bySymbol().keys()];
  }

  symbolOf(name: ts.Identifier): ts.Symbol | undefined {
    const { parent } = name;
    if (ts.isShorthandPropertyAssignment(parent))
      return this.checker.getShorthandAssignmentValueSymbol(parent);
    if (ts.isExportSpecifier(parent))
      return this.checker.getExportSpecifierLocalTargetSymbol(parent);
    // `{ h }` in a pattern is the name of the property as well.
    if (ts.isBindingElement(parent) && parent.propertyName === name) return undefined;
    return this.checker.getSymbolAtLocation(name);
  }

  /** A name that nothing has yet; numbers tell those of one rewrite apart. */
  fresh(base: string, number = 1): string {
    this.names ??= new Set(this.all(ts.isIdentifier).map(({ text }) => text));
    for (let at = number; ; at += 100) {
      const name = `${base}${at}`;
      if (!this.names.has(name)) return name;
    }
  }

  /** The type in words that mean the same at the top of the file. */
  typeText(type: ts.Type): string {
    const node = this.checker.typeToTypeNode(
      type,
      this.source,
      ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.UseFullyQualifiedType,
    );
    if (node === undefined) return "unknown";
    const relative = ts.transform(node, [namingModulesFrom(this.source.fileName)]);
    const text = ts
      .createPrinter({ removeComments: true })
      .printNode(ts.EmitHint.Unspecified, relative.transformed[0]!, this.source);
    relative.dispose();
    return text;
  }

  /** Where a symbol of this file is declared. */
  declarationOf(symbol: ts.Symbol): ts.Declaration | undefined {
    return symbol.declarations?.find((one) => one.getSourceFile() === this.source);
  }

  private bySymbol(): Map<ts.Symbol, ts.Identifier[]> {
    if (this.references !== undefined) return this.references;
    this.references = new Map();
    for (const name of this.all(ts.isIdentifier)) {
      const symbol = this.symbolOf(name);
      if (symbol === undefined) continue;
      const known = this.references.get(symbol);
      if (known === undefined) this.references.set(symbol, [name]);
      else known.push(name);
    }
    return this.references;
  }
}

export function isFunctionWithBody(node: ts.Node): node is FunctionWithBody {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

/** Types name modules by the path of their file; a program imports them from where it stands. */
function namingModulesFrom(file: string): ts.TransformerFactory<ts.TypeNode> {
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  return (context) => (root) => {
    const visit = (node: ts.Node): ts.Node => {
      if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) {
        const { text } = node.literal;
        if (!text.startsWith(folder)) return node;
        const relative = ts.factory.createStringLiteral(`./${text.slice(folder.length)}.js`);
        return ts.factory.createLiteralTypeNode(relative);
      }
      return ts.visitEachChild(node, visit, context);
    };
    return visit(root) as ts.TypeNode;
  };
}
