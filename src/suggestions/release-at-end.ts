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
import { type BlockEnd, blockEnd, type HeldVariable, heldVariable } from "./held-variable.ts";
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
  const held = heldVariable(obligation.site, environment);
  const end = held && blockEnd(held, obligation, environment);
  if (held === undefined || end === undefined) return { using: undefined, inFinally: undefined };
  return {
    using: usingDeclaration(held, end, obligation.kind, environment),
    inFinally: inFinally(held, end, obligation, environment),
  };
}

function usingDeclaration(
  held: HeldVariable,
  end: BlockEnd,
  kind: ResourceKind,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const forms = formsFor(held, kind, environment);
  const [preferred, second] =
    kind.asyncRelease === true
      ? (["await using", "using"] as const)
      : (["using", "await using"] as const);
  const form = [preferred, second].find((one) => forms.includes(one));
  return form && [...declareUsing(held, form), ...withoutSuperfluous(end)];
}

/** By which forms of `using` the variable could be declared. */
export function formsFor(
  { name, isAsync }: HeldVariable,
  { release: [best] }: ResourceKind,
  { types }: Environment,
): readonly UsingForm[] {
  // JavaScript runs as it is written, wherever that may be; and what is written to a stream
  // arrives when it is ended, not when it is disposed of.
  if (/\.[cm]?jsx?$/.test(name.getSourceFile().fileName)) return [];
  if (best !== undefined && "method" in best && best.method === "end") return [];
  return usingForms(types.typeOf(name), types.program).filter(
    (form) => isAsync || form === "using",
  );
}

export function declareUsing(held: HeldVariable, form: UsingForm): readonly TextEdit[] {
  const { list } = held;
  if (list.declarations.length > 1) return split(held, form);
  const start = list.getStart();
  return [{ start, end: start + keywordOf(list).length, text: form }];
}

function keywordOf(list: ts.VariableDeclarationList): string {
  return (list.flags & ts.NodeFlags.Const) !== 0 ? "const" : "let";
}

/** One declaration for each part of a list: those before the variable, itself, those behind it. */
function split({ declaration, list, statement }: HeldVariable, keyword: string): TextEdit[] {
  const index = list.declarations.indexOf(declaration);
  const gap = lineBreak(list.getSourceFile()) + indentOf(statement);
  const edits: TextEdit[] = [];
  const before = list.declarations[index - 1];
  const after = list.declarations[index + 1];
  const cut = (from: ts.Node, to: ts.Node, word: string): TextEdit => ({
    start: from.end,
    end: to.getStart(),
    text: `;${gap}${word} `,
  });
  const start = list.getStart();
  if (before === undefined)
    edits.push({ start, end: start + keywordOf(list).length, text: keyword });
  else edits.push(cut(before, declaration, keyword));
  if (after !== undefined) edits.push(cut(declaration, after, keywordOf(list)));
  return edits;
}

function withoutSuperfluous({ releases, pending }: BlockEnd): TextEdit[] {
  return [...releases.map(removeStatement), ...pending.flatMap(awaited)];
}

function inFinally(
  held: HeldVariable,
  end: BlockEnd,
  { kind, site }: Pick<Obligation, "site" | "kind">,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const { name, list, declaration, statement, block, rest, isAsync } = held;
  const type = environment.types.typeOf(name);
  const release = releaseStatement(
    { kind, name: name.text, type, site, canAwait: isAsync, mayBeEmpty: isNullable(type) },
    environment,
  );
  const isLast = list.declarations.at(-1) === declaration;
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
