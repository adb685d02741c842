import ts from "typescript";

/** Where a symbol is declared, in the words of the catalog. */
export interface DeclaredName {
  /**
   * `global`: the standard library, the DOM, or a global of Node's types. `module`: an ambient
   * module or a package. `program`: a source file of the program itself.
   */
  readonly origin: "global" | "module" | "program";
  /**
   * Module or package name, `node:` and `@types/` stripped; the path of a file of the program; empty
   * for globals.
   */
  readonly module: string;
  /** `openSync`, or `Pool.connect` for a member of the class, interface or namespace object `Pool`. */
  readonly name: string;
}

/**
 * Every declaration of a symbol as the catalog would name it.
 *
 * A class can be declared in one module and exported by another, and interfaces merge over files,
 * so there may be several. A symbol without declarations (built into the compiler) has none.
 */
export function declaredNames(symbol: ts.Symbol, program: ts.Program): readonly DeclaredName[] {
  const names: DeclaredName[] = [];
  for (const declaration of symbol.declarations ?? []) {
    const name = { ...originOf(declaration, program), name: qualifiedName(symbol, declaration) };
    if (
      !names.some(
        (one) => one.module === name.module && one.name === name.name && one.origin === name.origin,
      )
    ) {
      names.push(name);
    }
  }
  return names;
}

/** The name a symbol is declared under: what `export default class Client` exports is called `Client`. */
export function ownName(symbol: ts.Symbol): string {
  if (symbol.escapedName === ts.InternalSymbolName.Default) {
    for (const declaration of symbol.declarations ?? []) {
      const name = ts.getNameOfDeclaration(declaration);
      if (name !== undefined && ts.isIdentifier(name)) return name.text;
    }
  }
  return ts.unescapeLeadingUnderscores(symbol.escapedName);
}

function qualifiedName(symbol: ts.Symbol, declaration: ts.Declaration): string {
  const own = ownName(symbol);
  const container = containerName(declaration);
  return container === undefined ? own : `${container}.${own}`;
}

/** The class, interface or object type that a member belongs to. */
function containerName(declaration: ts.Node): string | undefined {
  // A whole file is a declaration too: of its module.
  if (ts.isSourceFile(declaration)) return undefined;
  const { parent } = declaration;
  if (ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent))
    return parent.name?.text ?? "default";
  if (ts.isTypeLiteralNode(parent)) {
    let owner = parent.parent;
    while (ts.isIntersectionTypeNode(owner) || ts.isParenthesizedTypeNode(owner))
      owner = owner.parent;
    if (ts.isVariableDeclaration(owner) && ts.isIdentifier(owner.name)) return owner.name.text;
    if (ts.isTypeAliasDeclaration(owner)) return owner.name.text;
  }
  return undefined;
}

function originOf(declaration: ts.Declaration, program: ts.Program): Omit<DeclaredName, "name"> {
  const file = declaration.getSourceFile();
  for (let node: ts.Node = declaration; !ts.isSourceFile(node); node = node.parent) {
    if (!ts.isModuleDeclaration(node)) continue;
    // A package that adds to one of its own files names it by its path.
    if (ts.isStringLiteral(node.name) && !node.name.text.startsWith("."))
      return { origin: "module", module: withoutNodePrefix(node.name.text) };
    if ((node.flags & ts.NodeFlags.GlobalAugmentation) !== 0)
      return { origin: "global", module: "" };
  }
  if (program.isSourceFileDefaultLibrary(file)) return { origin: "global", module: "" };
  const fromPackage = packageOf(file.fileName);
  if (fromPackage === undefined) return { origin: "program", module: file.fileName };
  if (!ts.isExternalModule(file)) return { origin: "global", module: "" };
  return { origin: "module", module: fromPackage };
}

/** The package a file under `node_modules` belongs to; undefined for the program's own files. */
export function packageOf(fileName: string): string | undefined {
  const marker = "/node_modules/";
  const start = fileName.lastIndexOf(marker);
  if (start < 0) return undefined;
  const [first = "", second = ""] = fileName.slice(start + marker.length).split("/");
  if (first === "@types") {
    const [scope, name] = second.split("__");
    return name === undefined ? second : `@${scope ?? ""}/${name}`;
  }
  return first.startsWith("@") ? `${first}/${second}` : first;
}

/** `node:fs` and `fs` are one module. */
export function withoutNodePrefix(module: string): string {
  return module.startsWith("node:") ? module.slice("node:".length) : module;
}
