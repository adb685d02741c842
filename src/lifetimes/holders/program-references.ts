/**
 * Where something is used in the whole program: the question for who makes the instances of a class,
 * or who calls a function.
 *
 * The texts of the files decide first, so that a program is never walked for a name that few of its
 * files mention. What is reached through an interface is not found, so "nobody" is no answer here.
 */
import ts from "typescript";
import type { Environment } from "../../ownership/environment.ts";
import { isExported, isPrivate } from "../../typescript/modifiers.ts";
import { nameReferences } from "./references.ts";

/** A name that more files mention is not looked up: it says too little. */
const maximalFiles = 60;

type Found = readonly ts.Expression[] | "too-many";
const foundIn = new WeakMap<Environment, Map<ts.Declaration, Found>>();

/**
 * The expressions of the program that stand for a variable, function, class or member.
 *
 * @returns "too-many" when the name is too common to be looked up
 */
export function referencesInProgram(declaration: ts.Declaration, environment: Environment): Found {
  const known = foundIn.get(environment) ?? new Map<ts.Declaration, Found>();
  foundIn.set(environment, known);
  let found = known.get(declaration);
  if (found === undefined) {
    found = lookUp(declaration, environment);
    known.set(declaration, found);
  }
  return found;
}

const filesByEnvironment = new WeakMap<Environment, readonly ts.SourceFile[]>();

/** The files of the program itself. */
function filesOf(environment: Environment): readonly ts.SourceFile[] {
  let files = filesByEnvironment.get(environment);
  if (files === undefined) {
    const { types } = environment;
    files = types.program.getSourceFiles().filter((file) => types.isOfProgram(file));
    filesByEnvironment.set(environment, files);
  }
  return files;
}

function lookUp(declaration: ts.Declaration, environment: Environment): Found {
  const own = ts.getNameOfDeclaration(declaration);
  const file = declaration.getSourceFile();
  const name =
    own !== undefined && (ts.isIdentifier(own) || ts.isPrivateIdentifier(own))
      ? own.text
      : undefined;
  const isDefault = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Default) !== 0;
  const here = name === undefined ? [] : nameReferences(name, declaration, file, environment);
  if (!isVisibleOutside(declaration)) return here;
  const searched = isDefault ? baseName(file.fileName) : name;
  if (searched === undefined) return here;
  const others: ts.SourceFile[] = [];
  for (const other of filesOf(environment)) {
    if (other === file || !other.text.includes(searched)) continue;
    others.push(other);
    if (others.length > maximalFiles) return "too-many";
  }
  return [
    ...here,
    ...others.flatMap((other) =>
      namesFor(name, isDefault, other).flatMap((one) =>
        nameReferences(one, declaration, other, environment),
      ),
    ),
  ];
}

/** Other files can name it: it is not local to a function or its module, nor hidden in its class. */
function isVisibleOutside(declaration: ts.Declaration): boolean {
  if (isPrivate(declaration)) return false;
  if (!isMember(declaration) && !isExported(declaration)) return false;
  for (let at: ts.Node = declaration.parent; !ts.isSourceFile(at); at = at.parent)
    if (ts.isFunctionLike(at)) return false;
  return ts.isExternalModule(declaration.getSourceFile());
}

/** Found through an object: whoever has that can name it, whether its class is exported or not. */
function isMember({ parent }: ts.Declaration): boolean {
  return (
    ts.isClassLike(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeLiteralNode(parent) ||
    ts.isParameter(parent) ||
    ts.isConstructorDeclaration(parent)
  );
}

function baseName(fileName: string): string | undefined {
  const [, base] = /([^/\\]+?)(?:\.d)?\.[cm]?[jt]sx?$/.exec(fileName) ?? [];
  return base === "index" ? /([^/\\]+)[/\\][^/\\]+$/.exec(fileName)?.[1] : base;
}

/** The names under which a file imports it. */
function namesFor(name: string | undefined, isDefault: boolean, file: ts.SourceFile): string[] {
  const names = new Set<string>(name === undefined ? [] : [name]);
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const clause = statement.importClause;
    if (isDefault && clause?.name !== undefined) names.add(clause.name.text);
    const bindings = clause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    for (const element of bindings.elements) {
      const imported = (element.propertyName ?? element.name).text;
      if (imported === name || (isDefault && imported === "default")) names.add(element.name.text);
    }
  }
  return [...names];
}
