/**
 * The JSDoc tags by which a declaration says who must release: read from any declaration, those of
 * `.d.ts` files included. `docs/declaring-resources.md` is their grammar for users.
 *
 * - `@mustCall name …` on a class, interface or type: its values must be released by one of the names;
 *   on a function: what it returns must be.
 * - `@owning`, `@notOwning` on a parameter or field; on a function about what it returns; with the
 *   name of a parameter, on a function, about that parameter.
 */
import ts from "typescript";
import { plainStatements, skipWrappers } from "../typescript/syntax.ts";

export const tagNames = ["mustCall", "owning", "notOwning"] as const;
export type TagName = (typeof tagNames)[number];

export function isOurTag(name: string): name is TagName {
  return (tagNames as readonly string[]).includes(name);
}

/** Whether a place owns what is put there, a parameter, field or result. */
export type Ownership = Exclude<TagName, "mustCall">;

export interface Tags {
  /** What may be called to release; the first is what messages recommend. */
  readonly mustCall: readonly string[];
  /** Of the declaration itself, or of what the function returns. */
  readonly own: Ownership | undefined;
  /** Of parameters, by name. */
  readonly parameters: ReadonlyMap<string, Ownership>;
}

/** `@mustCall ()`: the resource is a function, and calling it releases. */
export const invocation = "()";

const inFile = new WeakMap<ts.SourceFile, boolean>();
const read = new WeakMap<ts.Node, Tags | undefined>();

/** Most files have no tags, and their text says so at once. */
export function mayHaveTags(file: ts.SourceFile): boolean {
  let may = inFile.get(file);
  if (may === undefined) {
    may = /@(?:mustCall|owning|notOwning)\b/.test(file.text);
    inFile.set(file, may);
  }
  return may;
}

/** The tags of a declaration; undefined when it has none. */
export function tagsOf(declaration: ts.Node): Tags | undefined {
  if (!mayHaveTags(declaration.getSourceFile())) return undefined;
  if (!read.has(declaration)) read.set(declaration, readTags(declaration));
  return read.get(declaration);
}

function readTags(declaration: ts.Node): Tags | undefined {
  const mustCall: string[] = [];
  let own: Ownership | undefined;
  const parameters = new Map<string, Ownership>();
  for (const tag of ts.getJSDocTags(declaration)) {
    const name = tag.tagName.text;
    if (!isOurTag(name)) continue;
    const words = wordsOf(tag);
    if (name === "mustCall") mustCall.push(...words);
    else {
      const parameter = isFunction(declaration) ? words[0] : undefined;
      // Of tags that contradict each other the first counts.
      if (parameter === undefined) own ??= name;
      else if (!parameters.has(parameter)) parameters.set(parameter, name);
    }
  }
  if (mustCall.length === 0 && own === undefined && parameters.size === 0) return undefined;
  return { mustCall, own, parameters };
}

/** The words behind a tag; what follows a dash is for readers. */
export function wordsOf(tag: ts.JSDocTag): readonly string[] {
  const text = ts.getTextOfJSDocComment(tag.comment) ?? "";
  const [said = ""] = text.split(/(?:^|\s)[-–—](?=\s|$)|\n/, 1);
  return said.split(/[\s,]+/).filter((word) => word !== "");
}

/** The declaration is of a function, whatever it is kept in: what it returns is what it is about. */
export function isFunction(declaration: ts.Node): boolean {
  return signatureOf(declaration) !== undefined;
}

/** The function that a declaration declares: itself, its initialiser, or its written type. */
export function signatureOf(declaration: ts.Node): ts.SignatureDeclaration | undefined {
  if (ts.isFunctionLike(declaration)) return declaration;
  if (
    ts.isVariableDeclaration(declaration) ||
    ts.isPropertyDeclaration(declaration) ||
    ts.isPropertySignature(declaration)
  ) {
    const { type } = declaration;
    if (type !== undefined) return ts.isFunctionTypeNode(type) ? type : undefined;
  }
  if (
    ts.isVariableDeclaration(declaration) ||
    ts.isPropertyDeclaration(declaration) ||
    ts.isPropertyAssignment(declaration)
  ) {
    const { initializer } = declaration;
    if (
      initializer !== undefined &&
      (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
    )
      return initializer;
  }
  return undefined;
}

/** What the declarations of a type or function say must be called; undefined when they say nothing. */
export function mustCallOf(symbol: ts.Symbol): readonly string[] | undefined {
  for (const declaration of symbol.declarations ?? []) {
    const names = tagsOf(declaration)?.mustCall ?? [];
    if (names.length > 0) return names;
  }
  return undefined;
}

/** Whether the declarations of a function, field or parameter say that it owns. */
export function ownershipOf(symbol: ts.Symbol): Ownership | undefined {
  for (const declaration of symbol.declarations ?? []) {
    const own = tagsOf(declaration)?.own;
    if (own !== undefined) return own;
  }
  return undefined;
}

/** What the declarations of a function or class say of the argument at a position. */
export function ownershipOfArgument(symbol: ts.Symbol, index: number): Ownership | undefined {
  for (const declaration of symbol.declarations ?? []) {
    if (!mayHaveTags(declaration.getSourceFile())) continue;
    const functions = ts.isClassLike(declaration)
      ? declaration.members.filter(ts.isConstructorDeclaration)
      : [declaration];
    for (const one of functions) {
      const signature = signatureOf(one);
      const parameter = signature && parameterAt(signature, index);
      const own = parameter && ownershipOfParameter(one, parameter);
      if (own !== undefined) return own;
    }
  }
  return undefined;
}

/**
 * What is said of a parameter: by its own tag, by that of its function, or by that of the field in
 * which the function puts it.
 *
 * @param owner the declaration of the function
 */
export function ownershipOfParameter(
  owner: ts.Node,
  parameter: ts.ParameterDeclaration,
): Ownership | undefined {
  const own = tagsOf(parameter)?.own;
  if (own !== undefined || !ts.isIdentifier(parameter.name)) return own;
  const { text } = parameter.name;
  return tagsOf(owner)?.parameters.get(text) ?? ownershipOfFieldFor(owner, text);
}

/** The tag of the field in `this.field = parameter`, a statement of the body of a member. */
function ownershipOfFieldFor(member: ts.Node, parameter: string): Ownership | undefined {
  if (!ts.isConstructorDeclaration(member) && !ts.isMethodDeclaration(member)) return undefined;
  if (!ts.isClassLike(member.parent)) return undefined;
  if (member.body === undefined) return undefined;
  for (const statement of plainStatements(member.body)) {
    if (!ts.isExpressionStatement(statement)) continue;
    const { expression } = statement;
    if (!ts.isBinaryExpression(expression)) continue;
    const { left, operatorToken } = expression;
    const right = skipWrappers(expression.right);
    const isStored =
      operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isIdentifier(right) &&
      right.text === parameter;
    const isField =
      ts.isPropertyAccessExpression(left) && left.expression.kind === ts.SyntaxKind.ThisKeyword;
    const own = isStored && isField ? ownershipOfField(member.parent, left.name.text) : undefined;
    if (own !== undefined) return own;
  }
  return undefined;
}

/** The tag of a field of a class. */
export function ownershipOfField(
  { members }: ts.ClassLikeDeclaration,
  field: string,
): Ownership | undefined {
  const declaration = members.find(
    (member): member is ts.PropertyDeclaration =>
      ts.isPropertyDeclaration(member) &&
      (ts.isIdentifier(member.name) || ts.isPrivateIdentifier(member.name)) &&
      member.name.text === field,
  );
  return declaration && tagsOf(declaration)?.own;
}

function parameterAt(
  { parameters }: ts.SignatureDeclaration,
  index: number,
): ts.ParameterDeclaration | undefined {
  const taken = parameters.filter(({ name }) => !(ts.isIdentifier(name) && name.text === "this"));
  const last = taken.at(-1);
  return taken[index] ?? (last?.dotDotDotToken === undefined ? undefined : last);
}
