/**
 * The functions and values that a file declares where a member access finds them, by their name: read
 * off the text, so that the type of a receiver is asked only where a member of the name could matter.
 */
import ts from "typescript";
import { skipWrappers } from "./syntax.ts";

/** A file, or a `declare module "name"` in one. */
export type DeclaringCode = ts.SourceFile | ts.ModuleDeclaration;

type DeclaredModule = ts.ModuleDeclaration & { readonly name: ts.StringLiteral };

export type DeclaredMembers = ReadonlyMap<string, readonly ts.Node[]>;

const membersByCode = new WeakMap<DeclaringCode, DeclaredMembers>();
const modulesByFile = new WeakMap<ts.SourceFile, readonly DeclaredModule[]>();

/** The `declare module "name"` of a file. */
export function modulesDeclaredIn(file: ts.SourceFile): readonly DeclaredModule[] {
  let modules = modulesByFile.get(file);
  if (modules === undefined) {
    modules = file.statements.filter(
      (one): one is DeclaredModule => ts.isModuleDeclaration(one) && ts.isStringLiteral(one.name),
    );
    modulesByFile.set(file, modules);
  }
  return modules;
}

/**
 * Methods, properties, accessors, and what a module or namespace exports, by name. `declare module`s
 * of a file are left out: they are code of their own. Members that a mapped type makes up have no
 * declaration, and are not among them.
 */
export function declaredMembers(code: DeclaringCode): DeclaredMembers {
  let members = membersByCode.get(code);
  if (members === undefined) {
    members = collect(code);
    membersByCode.set(code, members);
  }
  return members;
}

/**
 * Whether some member of a name, with code in the program, passes a test of its syntax. What is only
 * another name for something declared elsewhere passes always.
 */
export function someMemberThat(
  test: (member: ts.Node) => boolean,
): (name: string, program: ts.Program) => boolean {
  const byProgram = new WeakMap<ts.Program, Map<string, boolean>>();
  const isFound = (name: string, program: ts.Program): boolean =>
    name === "default" ||
    program.getSourceFiles().some(
      (file) =>
        !file.isDeclarationFile &&
        declaredMembers(file)
          .get(name)
          ?.some((member) => isOtherName(member) || test(member)),
    );
  return (name, program) => {
    const names = byProgram.get(program) ?? new Map<string, boolean>();
    byProgram.set(program, names);
    const found = names.get(name) ?? isFound(name, program);
    names.set(name, found);
    return found;
  };
}

/** `{ open }`, `{ open: connect }`, `export { connect as open }` */
function isOtherName(member: ts.Node): boolean {
  if (ts.isShorthandPropertyAssignment(member)) return true;
  if (ts.isExportSpecifier(member)) return member.propertyName !== undefined;
  if (ts.isIdentifier(member)) return true;
  const value =
    ts.isPropertyAssignment(member) ||
    ts.isPropertyDeclaration(member) ||
    ts.isVariableDeclaration(member)
      ? member.initializer
      : undefined;
  return value !== undefined && ts.isIdentifier(skipWrappers(value));
}

function collect(code: DeclaringCode): DeclaredMembers {
  const found = new Map<string, ts.Node[]>();
  const note = (name: ts.Node | undefined, node: ts.Node): void => {
    const text = name && textOf(name);
    if (text === undefined) return;
    const list = found.get(text);
    if (list === undefined) found.set(text, [node]);
    else list.push(node);
  };
  const visit = (node: ts.Node): void => {
    switch (node.kind) {
      case ts.SyntaxKind.MethodDeclaration:
      case ts.SyntaxKind.MethodSignature:
      case ts.SyntaxKind.GetAccessor:
      case ts.SyntaxKind.PropertySignature:
      case ts.SyntaxKind.PropertyDeclaration:
      case ts.SyntaxKind.PropertyAssignment:
      case ts.SyntaxKind.ShorthandPropertyAssignment:
      case ts.SyntaxKind.ExportSpecifier:
        note((node as ts.MethodDeclaration | ts.ExportSpecifier).name, node);
        break;
      case ts.SyntaxKind.FunctionDeclaration:
        if (isExportable(node.parent)) note((node as ts.FunctionDeclaration).name, node);
        break;
      case ts.SyntaxKind.VariableDeclaration:
        if (isExportable(node.parent.parent.parent))
          noteBound((node as ts.VariableDeclaration).name, node, note);
        break;
      case ts.SyntaxKind.Parameter:
        if (ts.isParameterPropertyDeclaration(node, node.parent)) note(node.name, node);
        break;
      case ts.SyntaxKind.BinaryExpression:
        noteAssigned(node as ts.BinaryExpression, note);
        break;
      case ts.SyntaxKind.ModuleDeclaration:
        if (node !== code && ts.isStringLiteral((node as ts.ModuleDeclaration).name)) return;
    }
    ts.forEachChild(node, visit);
  };
  visit(code);
  return found;
}

function textOf(name: ts.Node): string | undefined {
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name)
    ? name.text
    : undefined;
}

function isExportable(container: ts.Node): boolean {
  return ts.isSourceFile(container) || ts.isModuleBlock(container);
}

/** `export const open = …`, and the names of a pattern. */
function noteBound(
  name: ts.BindingName,
  node: ts.Node,
  note: (name: ts.Node, node: ts.Node) => void,
): void {
  if (ts.isIdentifier(name)) {
    note(name, node);
    return;
  }
  for (const element of name.elements)
    if (ts.isBindingElement(element)) noteBound(element.name, element, note);
}

/** `render.start = …`: functions may be given members, and in JavaScript `this` too. */
function noteAssigned(
  { left, operatorToken, right }: ts.BinaryExpression,
  note: (name: ts.Node, node: ts.Node) => void,
): void {
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  if (ts.isPropertyAccessExpression(left)) {
    if (left.expression.kind !== ts.SyntaxKind.ThisKeyword || isScript(left))
      note(left.name, right);
  } else if (ts.isElementAccessExpression(left)) note(left.argumentExpression, right);
}

function isScript(node: ts.Node): boolean {
  return (node.flags & ts.NodeFlags.JavaScriptFile) !== 0;
}
