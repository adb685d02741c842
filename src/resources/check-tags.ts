/**
 * Finds tags of ours that say nothing where they stand: misspelt, without what they need, or on a
 * declaration that they are not for.
 */
import ts from "typescript";
import type { Types } from "../typescript/types.ts";
import { isSimilar } from "./similar.ts";
import { invocation, isOurTag, signatureOf, type TagName, tagNames, wordsOf } from "./tags.ts";

/** What a doc comment stands on, as far as tags go. */
export type TagHost = "type" | "function" | "constructor" | "parameter" | "field" | "nothing";

export type TagFault =
  /** Nearly one of the tags. */
  | { readonly is: "misspelt"; readonly meant: TagName }
  /** The tag is not for what it stands on. */
  | { readonly is: "misplaced"; readonly host: TagHost }
  /** `@mustCall` without a name. */
  | { readonly is: "nameless" }
  /** `@mustCall` with the name of a member that the type does not have. */
  | { readonly is: "unknown-member"; readonly name: string; readonly type: string }
  /** `@owning` with the name of a parameter that the function does not have. */
  | { readonly is: "unknown-parameter"; readonly name: string; readonly known: readonly string[] }
  /** `@owning` and `@notOwning` of one thing. */
  | { readonly is: "contradictory"; readonly first: TagName };

export interface FaultyTag {
  /** As it is written, without `@`. */
  readonly name: string;
  /** Where it starts and ends in the text, `@` included. */
  readonly start: number;
  readonly end: number;
  readonly fault: TagFault;
}

/**
 * Every tag of a file that says nothing, in the order of the text.
 *
 * @param comments where the comments of the file start and end: a parser knows them from strings
 */
export function faultyTags(
  file: ts.SourceFile,
  comments: readonly (readonly [start: number, end: number])[],
  types: Types,
): readonly FaultyTag[] {
  const documents = comments.filter(([start, end]) =>
    // A near miss has a piece of the real name.
    /^\/\*\*[^]*@[\w-]*(?:call|must|own)/i.test(file.text.slice(start, end)),
  );
  if (documents.length === 0) return [];
  const found: FaultyTag[] = [];
  const attached = new Set<number>();
  const visit = (node: ts.Node): void => {
    for (const doc of ts.getJSDocCommentsAndTags(node)) {
      if (!ts.isJSDoc(doc) || doc.parent !== node || attached.has(doc.pos)) continue;
      attached.add(doc.pos);
      found.push(...faultsOfComment(doc, node, file, types));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const [start, end] of documents)
    if (!attached.has(start)) found.push(...detachedTags(file.text.slice(start, end), start));
  return found.sort((a, b) => a.start - b.start);
}

function faultsOfComment(
  doc: ts.JSDoc,
  node: ts.Node,
  file: ts.SourceFile,
  types: Types,
): readonly FaultyTag[] {
  const host = hostOf(node);
  const said = new Map<string, TagName>();
  return (doc.tags ?? []).flatMap((tag): readonly FaultyTag[] => {
    const name = tag.tagName.text;
    const fault = faultOf(tag, host, node, said, types);
    const start = tag.tagName.getStart(file) - 1;
    return fault === undefined ? [] : [{ name, start, end: tag.tagName.end, fault }];
  });
}

/** @param said what the tags before say, by the parameter they are about, or `""` */
function faultOf(
  tag: ts.JSDocTag,
  host: TagHost,
  node: ts.Node,
  said: Map<string, TagName>,
  types: Types,
): TagFault | undefined {
  const name = tag.tagName.text;
  if (!isOurTag(name)) {
    const meant = meantBy(name);
    return meant === undefined ? undefined : { is: "misspelt", meant };
  }
  const words = wordsOf(tag);
  if (name === "mustCall") {
    if (host !== "type" && host !== "function") return { is: "misplaced", host };
    return words.length === 0 ? { is: "nameless" } : unknownMember(words, node, types);
  }
  const isOfFunction = host === "function" || host === "constructor";
  const parameter = isOfFunction ? words[0] : undefined;
  if (host === "type" || host === "nothing" || (host === "constructor" && !parameter))
    return { is: "misplaced", host };
  if (parameter !== undefined) {
    const known = parametersOf(node);
    if (!known.includes(parameter)) return { is: "unknown-parameter", name: parameter, known };
  }
  const first = said.get(parameter ?? "");
  if (first !== undefined && first !== name) return { is: "contradictory", first };
  said.set(parameter ?? "", name);
  return undefined;
}

/** Words that mean one of the tags and are further away than typing errors. */
const synonyms: ReadonlyMap<string, TagName> = new Map([
  ["owned", "owning"],
  ["owns", "owning"],
  ["notowned", "notOwning"],
  ["notowns", "notOwning"],
]);

function meantBy(name: string): TagName | undefined {
  const lower = name.toLowerCase();
  return synonyms.get(lower) ?? tagNames.find((one) => isSimilar(one.toLowerCase(), lower));
}

function hostOf(node: ts.Node): TagHost {
  if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node)) return "type";
  if (ts.isTypeAliasDeclaration(node)) return ts.isFunctionTypeNode(node.type) ? "nothing" : "type";
  if (ts.isConstructorDeclaration(node)) return "constructor";
  if (ts.isParameter(node)) return "parameter";
  if (ts.isAccessor(node)) return "nothing";
  if (functionOf(node) !== undefined) return "function";
  return ts.isPropertyDeclaration(node) ? "field" : "nothing";
}

/** The function that a comment is about: the declaration it stands on, or the one variable of a statement. */
function functionOf(node: ts.Node): ts.SignatureDeclaration | undefined {
  if (!ts.isVariableStatement(node)) return signatureOf(node);
  const [first, ...others] = node.declarationList.declarations;
  return first === undefined || others.length > 0 ? undefined : signatureOf(first);
}

function parametersOf(node: ts.Node): readonly string[] {
  return (functionOf(node)?.parameters ?? []).flatMap(({ name }) =>
    ts.isIdentifier(name) && name.text !== "this" ? [name.text] : [],
  );
}

function unknownMember(
  names: readonly string[],
  node: ts.Node,
  types: Types,
): TagFault | undefined {
  const signature = functionOf(node);
  // The type of a class expression is that of its constructor.
  if (ts.isClassExpression(node)) return undefined;
  const type = signature === undefined ? types.typeOf(node) : types.resultOf(signature);
  // A function that nothing says the result of may return anything.
  if (type === undefined || types.isAny(type)) return undefined;
  const missing = names.find((name) =>
    name === invocation ? !types.isCallable(type) : !types.hasMember(type, name),
  );
  return missing === undefined
    ? undefined
    : { is: "unknown-member", name: missing, type: types.display(type) };
}

/** The tags of a doc comment that stands on nothing at all. */
function detachedTags(comment: string, at: number): readonly FaultyTag[] {
  const tags = comment.matchAll(/(?<=^\/\*\*[ \t]*|\n[ \t]*\*?[ \t]*)@(\w+)/g);
  return [...tags].flatMap((tag): readonly FaultyTag[] => {
    const [written, name = ""] = tag;
    const start = at + tag.index;
    const fault: TagFault = { is: "misplaced", host: "nothing" };
    return isOurTag(name) ? [{ name, start, end: start + written.length, fault }] : [];
  });
}
