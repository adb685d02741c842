/** `finish(h);` as `{ const handle = h; … }`, with what `finish` does, where it is called but once. */
import ts from "typescript";
import { rangeOf, replace, type Edit, type Piece, type Rewritten } from "./edits.ts";
import { freeSymbols } from "./free-names.ts";
import type { Program } from "./program.ts";
import {
  enclosingFunction,
  hasReturn,
  isAmbient,
  isAsync,
  isExported,
  isGenerator,
  soleVariable,
  statementsAround,
  usesFunctionWords,
} from "./syntax.ts";

type Helper = (ts.FunctionDeclaration | ts.ArrowFunction) & { readonly body: ts.Block };

export function inlineHelper(program: Program): readonly Rewritten[] {
  return program.source.statements.flatMap((statement) => {
    const helper = helperOf(statement);
    if (helper === undefined || isExported(statement) || isAmbient(statement)) return [];
    const { one, name } = helper;
    const symbol = program.symbolOf(name);
    if (symbol?.declarations?.length !== 1 || isGenerator(one) || usesFunctionWords(one)) return [];
    if (one.typeParameters !== undefined || hasSpecialParameter(one)) return [];
    const uses = program.referencesTo(symbol).filter((use) => use !== name);
    const [use] = uses;
    if (use === undefined || uses.length > 1) return [];
    const edit = inlined(program, one, use);
    return edit === undefined ? [] : [{ edits: [replace(statement, ""), edit] }];
  });
}

function helperOf(statement: ts.Statement): { one: Helper; name: ts.Identifier } | undefined {
  if (ts.isFunctionDeclaration(statement))
    return statement.body && statement.name
      ? { one: statement as Helper, name: statement.name }
      : undefined;
  const variable = soleVariable(statement);
  if (variable === undefined || !ts.isArrowFunction(variable.initializer)) return undefined;
  return ts.isBlock(variable.initializer.body)
    ? { one: variable.initializer as Helper, name: variable.name }
    : undefined;
}

/** A parameter that is more than a name for one argument. */
function hasSpecialParameter({ parameters }: Helper): boolean {
  return parameters.some(
    ({ name, dotDotDotToken, initializer, questionToken }) =>
      !ts.isIdentifier(name) || (dotDotDotToken ?? initializer ?? questionToken) !== undefined,
  );
}

function inlined(program: Program, helper: Helper, use: ts.Identifier): Edit | undefined {
  const call = use.parent;
  if (!ts.isCallExpression(call) || call.expression !== use) return undefined;
  if (call.arguments.length !== helper.parameters.length) return undefined;
  const awaited = ts.isAwaitExpression(call.parent);
  const value = awaited ? call.parent : call;
  const around = enclosingFunction(call);
  // An asynchronous helper goes on by itself where nobody waits for it.
  if (around === undefined || isAsync(helper) !== awaited || isGenerator(around)) return undefined;
  if (!namesMeanTheSame(program, helper, call)) return undefined;
  const code = body(helper, call);
  if (code === undefined) return undefined;
  return atStatement(helper, value, code);
}

/** The statements of the helper behind its parameters. */
function body(helper: Helper, call: ts.CallExpression): Piece[] | undefined {
  const words = new Set(helper.parameters.map(({ name }) => name.getText()));
  const bound = helper.parameters.map((parameter, index): Piece[] | undefined => {
    const argument = call.arguments[index]!;
    if (ts.isSpreadElement(argument)) return undefined;
    if (ts.isIdentifier(argument) && argument.text === parameter.name.getText()) return [];
    if (mentions(argument, words)) return undefined;
    const typed = parameter.type ? `: ${parameter.type.getText()}` : "";
    return [`let ${parameter.name.getText()}${typed} = `, rangeOf(argument), "; "];
  });
  if (bound.some((one) => one === undefined)) return undefined;
  return bound.flatMap((one) => one ?? []);
}

function atStatement(
  helper: Helper,
  value: ts.Expression,
  bound: readonly Piece[],
): Edit | undefined {
  const { statements } = helper.body;
  const last = statements.at(-1);
  const inner = { from: helper.body.getStart() + 1, to: helper.body.end - 1 };
  const statement = value.parent;
  if (ts.isReturnStatement(statement) && statementsAround(statement))
    return replace(statement, "{ ", ...bound, inner, " }");
  if (ts.isExpressionStatement(statement))
    return statements.some(hasReturn) ? undefined : replace(statement, "{ ", ...bound, inner, " }");
  const declared = statement.parent.parent;
  const variable = soleVariable(declared);
  if (variable?.initializer !== value || last === undefined || !ts.isReturnStatement(last))
    return undefined;
  if (last.expression === undefined || statements.slice(0, -1).some(hasReturn)) return undefined;
  const type = variable.type?.getText();
  const before = { from: inner.from, to: last.getStart() };
  return replace(
    declared,
    `let ${variable.name.text}${type ? `: ${type}` : ""}; { `,
    ...bound,
    before,
    `${variable.name.text} = ${isAsync(helper) ? "await " : ""}`,
    rangeOf(last.expression),
    "; }",
  );
}

/** What the helper sees at the top of the file, the caller sees too. */
function namesMeanTheSame(program: Program, helper: Helper, call: ts.CallExpression): boolean {
  const meaning: ts.SymbolFlags = ts.SymbolFlags.Value | ts.SymbolFlags.Type | ts.SymbolFlags.Alias;
  const visible = program.checker.getSymbolsInScope(call, meaning);
  const free = freeSymbols(program, rangeOf(helper));
  const parameters = helper.parameters.map(({ name }) => name.getText());
  return free.every((symbol) => {
    const there = visible.find(({ name }) => name === symbol.name);
    return (
      !parameters.includes(symbol.name) &&
      (there === undefined || there === symbol || there.exports === symbol.exports)
    );
  });
}

function mentions(node: ts.Node, words: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node) && words.has(node.text)) return true;
  return ts.forEachChild(node, (child) => (mentions(child, words) ? true : undefined)) ?? false;
}
