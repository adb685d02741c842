/**
 * Releases a resource where its block ends, whichever way it is left: by `using`, or in `finally`.
 */
import ts from "typescript";
import type { Obligation } from "../ownership/analyse-file.ts";
import type { Environment } from "../ownership/environment.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { isNullable, type UsingForm, usingForms } from "../typescript/writable-code.ts";
import {
  awaited,
  endOfLine,
  indentOf,
  insertAt,
  lineBreak,
  removeStatement,
  type TextEdit,
} from "./edits.ts";
import {
  type BlockEnd,
  blockEnd,
  type Declared,
  type Held,
  type HeldVariable,
  heldVariable,
} from "./held-variable.ts";
import { loopVariable } from "./loop-variable.ts";
import { releaseInTry } from "./release-in-try.ts";
import { releaseStatement } from "./release-statement.ts";
import { isClosed, wrapInTry } from "./try-block.ts";

export interface AtEnd {
  readonly using: readonly TextEdit[] | undefined;
  readonly inFinally: readonly TextEdit[] | undefined;
}

/** The two ways for one obligation; each undefined where it would not do. */
export function releaseAtEnd(
  obligation: Pick<Obligation, "site" | "kind" | "ended">,
  environment: Environment,
): AtEnd {
  const { site, kind } = obligation;
  const held = heldVariable(site, environment);
  const end = held && blockEnd(held, obligation, environment);
  if (held !== undefined && end !== undefined)
    return {
      using: usingDeclaration(held, end, kind, environment),
      inFinally: inFinally(held, end, obligation, environment),
    };
  const ofLoop = loopVariable(site, environment);
  const loopEnd = ofLoop && blockEnd(ofLoop, obligation, environment);
  return {
    using: loopEnd && usingDeclaration(ofLoop, loopEnd, kind, environment),
    inFinally: releaseInTry(obligation, environment),
  };
}

function usingDeclaration(
  held: Held,
  end: BlockEnd,
  kind: ResourceKind,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const form = usingFormFor(held, kind, environment, held.name.getSourceFile());
  const declaration = form && declareUsing(held, form);
  return declaration && [...declaration, ...withoutSuperfluous(end)];
}

/** The form of `using` that suits the kind best, of those by which a value can be declared. */
export function usingFormFor(
  value: Pick<Held, "type" | "isAsync">,
  kind: ResourceKind,
  environment: Environment,
  file: ts.SourceFile,
): UsingForm | undefined {
  const forms = formsFor(value, kind, environment, file);
  const [preferred, second] =
    kind.asyncRelease === true
      ? (["await using", "using"] as const)
      : (["using", "await using"] as const);
  return [preferred, second].find((one) => forms.includes(one));
}

/** By which forms of `using` a value could be declared. */
export function formsFor(
  { type, isAsync }: Pick<Held, "type" | "isAsync">,
  { release: [best] }: ResourceKind,
  { types }: Environment,
  file: ts.SourceFile,
): readonly UsingForm[] {
  // JavaScript runs as it is written, wherever that may be; and what is written to a stream
  // arrives when it is ended, not when it is disposed of.
  if (/\.[cm]?jsx?$/.test(file.fileName)) return [];
  if (best !== undefined && "method" in best && best.method === "end") return [];
  return usingForms(type, types.program).filter((form) => isAsync || form === "using");
}

/** @returns undefined where the variable was declared before it got the resource */
export function declareUsing({ declared }: Held, form: UsingForm): readonly TextEdit[] | undefined {
  if (declared === undefined) return undefined;
  if (declared.list.declarations.length > 1) return split(declared, form);
  const start = declared.list.getStart();
  return [{ start, end: start + keywordOf(declared.list).length, text: form }];
}

function keywordOf(list: ts.VariableDeclarationList): string {
  return (list.flags & ts.NodeFlags.Const) !== 0 ? "const" : "let";
}

/** One declaration for each part of a list: those before the variable, itself, those behind it. */
function split({ declaration, list }: Declared, keyword: string): TextEdit[] {
  const index = list.declarations.indexOf(declaration);
  const edits: TextEdit[] = [];
  const before = list.declarations[index - 1];
  const after = list.declarations[index + 1];
  const start = list.getStart();
  if (before === undefined)
    edits.push({ start, end: start + keywordOf(list).length, text: keyword });
  else edits.push(cut(before, declaration, keyword));
  if (after !== undefined) edits.push(cut(declaration, after, keywordOf(list)));
  return edits;
}

/** Ends a declaration between two of its parts, and begins another one with a keyword. */
function cut(from: ts.Node, to: ts.Node, keyword: string): TextEdit {
  const gap = lineBreak(from.getSourceFile()) + indentOf(from.parent);
  return { start: from.end, end: to.getStart(), text: `;${gap}${keyword} ` };
}

/** What a release at the end makes superfluous or too early. */
export function withoutSuperfluous({ releases, pending }: BlockEnd): TextEdit[] {
  return [...releases.map(removeStatement), ...pending.flatMap(awaited)];
}

function inFinally(
  held: HeldVariable,
  end: BlockEnd,
  { kind, site }: Pick<Obligation, "site" | "kind">,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const { name, type, declared, statement, block, rest, isAsync } = held;
  const release = releaseStatement(
    { kind, name: name.text, type, site, canAwait: isAsync, mayBeEmpty: isNullable(type) },
    environment,
  );
  const isLast =
    declared === undefined || declared.list.declarations.at(-1) === declared.declaration;
  if (release === undefined || !isLast) return undefined;
  const edits = [...withoutSuperfluous(end), ...release.edits];
  const left = rest.filter((one) => !end.releases.some((gone) => gone === one));
  const gap = lineBreak(block.getSourceFile()) + indentOf(statement);
  if (left.length === 0) {
    return [...edits, insertAt(endOfLine(statement, block.end), gap + release.text)];
  }
  const others = block.statements.filter((one) => !left.includes(one));
  if (!isClosed(left, others)) return undefined;
  const tail = `finally {\n  ${release.text}\n}`;
  const indent = indentOf(statement);
  return [...edits, ...wrapInTry({ block, behind: statement, indent, without: edits, tail })];
}
