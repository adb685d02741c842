/** `const h = await open(); …` as `return await open().then(async (h) => { … });`. */
import ts from "typescript";
import { rangeOf, replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import {
  hasLoopExit,
  hasReturn,
  hasYield,
  isAsync,
  isGenerator,
  isReassigned,
  soleVariable,
} from "./syntax.ts";

export function awaitToChain(program: Program): readonly Rewritten[] {
  return [...continuations(program), ...finallyChains(program)];
}

/** What stands behind the `await` goes into the callback. */
function continuations(program: Program): readonly Rewritten[] {
  return program.functions().flatMap((one) => {
    const { body } = one;
    if (!isAsync(one) || isGenerator(one) || !ts.isBlock(body)) return [];
    return body.statements.flatMap((statement, index): Rewritten[] => {
      const awaited = awaitedIn(program, statement);
      const last = body.statements.at(-1);
      if (awaited === undefined || last === undefined) return [];
      const rest =
        index + 1 < body.statements.length ? [{ from: statement.end, to: last.end }] : [];
      const whole = { from: statement.getStart(), to: last.end };
      const [parameter, promise] = awaited;
      return [
        {
          edits: [
            replace(
              whole,
              "return await (",
              rangeOf(promise),
              ").then(async (",
              ...(parameter ? [rangeOf(parameter)] : []),
              ") => {",
              ...rest,
              " });",
            ),
          ],
        },
      ];
    });
  });
}

function awaitedIn(
  program: Program,
  statement: ts.Statement,
): readonly [ts.BindingName | undefined, ts.Expression] | undefined {
  if (ts.isExpressionStatement(statement)) {
    if (!ts.isAwaitExpression(statement.expression)) return undefined;
    const promise = statement.expression.expression;
    return isPromise(program, promise) ? [undefined, promise] : undefined;
  }
  const variable = soleVariable(statement);
  if (variable === undefined || !ts.isAwaitExpression(variable.initializer)) return undefined;
  const promise = variable.initializer.expression;
  const symbol = program.symbolOf(variable.name);
  if (symbol === undefined || isReassigned(program, symbol) || variable.type !== undefined)
    return undefined;
  return isPromise(program, promise) ? [variable.name, promise] : undefined;
}

function isPromise(program: Program, value: ts.Expression): boolean {
  return program.checker.getTypeAtLocation(value).getSymbol()?.name === "Promise";
}

/** `try { … } finally { … }` as `await (async () => { … })().finally(() => { … });`. */
function finallyChains(program: Program): readonly Rewritten[] {
  return program.all(ts.isTryStatement).flatMap((statement) => {
    const { tryBlock, catchClause, finallyBlock } = statement;
    const around = ts.findAncestor(statement.parent, ts.isFunctionLike);
    if (around === undefined || !isAsync(around) || isGenerator(around)) return [];
    if (catchClause !== undefined || finallyBlock === undefined) return [];
    const parts = [tryBlock, finallyBlock];
    if (parts.some((part) => hasLoopExit(part) || hasYield(part)) || hasReturn(finallyBlock))
      return [];
    // The function returns either always or never here, so that its result is one of the chain.
    const returns = hasReturn(tryBlock);
    if (returns && !ts.isReturnStatement(tryBlock.statements.at(-1)!)) return [];
    return [
      {
        edits: [
          replace(
            statement,
            returns ? "return await " : "await ",
            "(async () => ",
            rangeOf(tryBlock),
            ")().finally(async () => ",
            rangeOf(finallyBlock),
            ");",
          ),
        ],
      },
    ];
  });
}
