/** `h?.close();` as `if (h !== undefined && h !== null) h.close();`. */
import ts from "typescript";
import { rangeOf, replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { isPath } from "./syntax.ts";

export function optionalChainToIf(program: Program): readonly Rewritten[] {
  return program.all(ts.isExpressionStatement).flatMap((statement) => {
    const { expression } = statement;
    const chain = ts.isAwaitExpression(expression) ? expression.expression : expression;
    const tokens = program.all(ts.isQuestionDotToken, chain);
    const [token] = tokens;
    if (token === undefined || tokens.length > 1 || !ts.isOptionalChain(chain)) return [];
    const link = token.parent;
    // Inside an argument, or behind a call, it is another question.
    if (!ts.isOptionalChain(link) || !("expression" in link) || !isPath(link.expression)) return [];
    if (!isLinkOf(link, chain)) return [];
    const subject = rangeOf(link.expression);
    const plain = ts.isPropertyAccessExpression(link) ? "." : "";
    return [
      {
        edits: [
          replace(
            statement,
            "if (",
            subject,
            " !== undefined && ",
            subject,
            " !== null) { ",
            rangeOf(statement),
            " }",
          ),
          replace(token, plain),
        ],
      },
    ];
  });
}

function isLinkOf(link: ts.Node, chain: ts.Node): boolean {
  let node = chain;
  while (node !== link) {
    if (!("expression" in node)) return false;
    node = node.expression as ts.Node;
  }
  return true;
}
