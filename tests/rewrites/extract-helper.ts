/** A run of statements as a function of its own: `f() { a(); b(h); }` as `f() { a(); helper(h); }`. */
import ts from "typescript";
import { isUsing } from "../../src/typescript/syntax.ts";
import { replace, insertAt, type Piece, type Range, type Rewritten } from "./edits.ts";
import { freeSymbols, givenOut, isOfModule, usesIn } from "./free-names.ts";
import { type FunctionWithBody, type Program } from "./program.ts";
import {
  enclosingFunction,
  hasAwait,
  hasLoopExit,
  hasModifier,
  hasReturn,
  hasYield,
  isGenerator,
  isReassigned,
  usesFunctionWords,
} from "./syntax.ts";

const mostParameters = 4;
const mostResults = 2;

export function extractHelper(program: Program): readonly Rewritten[] {
  return program.all(ts.isBlock).flatMap((block) => {
    const around = enclosingFunction(block);
    const { statements } = block;
    if (around === undefined || isGenerator(around)) return [];
    const runs = statements.flatMap((_, first) =>
      statements.slice(first).map((_, length) => ({ first, last: first + length })),
    );
    return runs
      .filter(({ first, last }) => last - first + 1 < statements.length || statements.length === 1)
      .flatMap(({ first, last }) => extracted(program, around, block, first, last) ?? []);
  });
}

function extracted(
  program: Program,
  around: FunctionWithBody,
  block: ts.Block,
  first: number,
  last: number,
): Rewritten | undefined {
  const run = block.statements.slice(first, last + 1);
  const range = { from: run[0]!.getStart(), to: run.at(-1)!.end };
  const isTail = last === block.statements.length - 1;
  const answers = run.some(hasReturn);
  const leaves = run.some((one) => hasLoopExit(one) || hasYield(one));
  // What a run returns in its midst can be returned only where the function ends with it.
  if (leaves || (answers && !(isTail && around.body === block))) return undefined;
  if (!isTail && run.some((one) => ts.isVariableStatement(one) && isUsing(one.declarationList)))
    return undefined;
  if (run.some((one) => ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one)))
    return undefined;

  const taken = freeSymbols(program, range).filter(
    (symbol) => !isOfModule(program.declarationOf(symbol)!),
  );
  const given = givenOut(program, range);
  if (taken.length > mostParameters || given.length > mostResults) return undefined;
  if (answers && given.length > 0) return undefined;
  if (taken.some((symbol) => !isVariable(symbol) || isReassigned(program, symbol)))
    return undefined;
  if (given.some((symbol) => !isVariable(symbol) || isReassigned(program, symbol)))
    return undefined;
  return written(program, around, { run, range, taken, given, answers });
}

function isVariable({ flags }: ts.Symbol): boolean {
  return (flags & ts.SymbolFlags.Variable) !== 0;
}

interface Run {
  readonly run: readonly ts.Statement[];
  readonly range: Range;
  readonly taken: readonly ts.Symbol[];
  readonly given: readonly ts.Symbol[];
  readonly answers: boolean;
}

function written(program: Program, around: FunctionWithBody, one: Run): Rewritten | undefined {
  const { run, range, taken, given, answers } = one;
  const usesThis = run.some(usesFunctionWords);
  const owner = usesThis ? methodAround(around) : undefined;
  if (usesThis && (owner === undefined || run.some(usesSuperOrArguments))) return undefined;
  const helper = program.fresh("helper");
  const waits = run.some(hasAwait);
  const names = given.map(({ name }) => name).join(", ");
  const result = given.length === 1 ? names : `{ ${names} }`;
  const parameters = taken.map((symbol) => {
    const use = usesIn(program, symbol, range)[0]!;
    return `${symbol.name}: ${program.typeText(program.checker.getTypeAtLocation(use))}`;
  });
  const call = [
    answers ? "return " : given.length > 0 ? `const ${result} = ` : "",
    waits ? "await " : "",
    owner === undefined ? "" : "this.",
    `${helper}(${taken.map(({ name }) => name).join(", ")});`,
  ].join("");
  const head = `${owner ? "private " : ""}${waits ? "async " : ""}${owner ? "" : "function "}${helper}`;
  const back = given.length > 0 ? ` return ${result};` : "";
  const pieces: Piece[] = [`\n${head}(${parameters.join(", ")}) { `, range, `${back} }\n`];
  const place = owner === undefined ? program.source.end : owner.end - 1;
  return { edits: [replace(range, call), insertAt(place, ...pieces)] };
}

/** The class whose `this` a function has. */
function methodAround(one: FunctionWithBody): ts.ClassLikeDeclaration | undefined {
  if (ts.isArrowFunction(one)) {
    const outer = enclosingFunction(one);
    return outer && methodAround(outer);
  }
  if (hasModifier(one, ts.SyntaxKind.StaticKeyword)) return undefined;
  const isOfInstance =
    ts.isMethodDeclaration(one) || ts.isAccessor(one) || ts.isConstructorDeclaration(one);
  return isOfInstance && ts.isClassLike(one.parent) ? one.parent : undefined;
}

function usesSuperOrArguments(statement: ts.Statement): boolean {
  const visit = (node: ts.Node): boolean =>
    node.kind === ts.SyntaxKind.SuperKeyword ||
    ts.isMetaProperty(node) ||
    (ts.isIdentifier(node) && node.text === "arguments") ||
    (ts.forEachChild(node, (child) => (visit(child) ? true : undefined)) ?? false);
  return visit(statement);
}
