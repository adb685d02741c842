/**
 * Tests of one text that exclude each other by what they ask for: of `name.includes("rvm")` and
 * `name.includes("meet")` only one is meant to hold, however often the text is asked anew.
 */
import ts from "typescript";
import { skipWrappers } from "../typescript/syntax.ts";

interface TextTest {
  /** What is tested, and how, as it is written. */
  readonly question: string;
  readonly answer: string;
}

/**
 * Whether two places are each behind a test, and only one of the two tests holds.
 *
 * @returns false where the tests are not known to exclude each other
 */
export function excludeEachOther(a: ts.Node, b: ts.Node): boolean {
  const others = testsAround(b);
  return testsAround(a).some((one) => others.some((other) => areExclusive(one, other)));
}

function areExclusive(a: TextTest, b: TextTest): boolean {
  return a.question === b.question && !a.answer.includes(b.answer) && !b.answer.includes(a.answer);
}

/** The tests that hold where the node stands, inside its function. */
function testsAround(place: ts.Node): readonly TextTest[] {
  const found: TextTest[] = [];
  for (let node = place; !ts.isFunctionLike(node) && !ts.isSourceFile(node); node = node.parent) {
    const { parent } = node;
    if (ts.isIfStatement(parent) && parent.thenStatement === node)
      found.push(...testsIn(parent.expression));
  }
  return found;
}

function testsIn(condition: ts.Expression): readonly TextTest[] {
  const node = skipWrappers(condition);
  if (ts.isBinaryExpression(node)) {
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.AmpersandAmpersandToken:
        return [...testsIn(node.left), ...testsIn(node.right)];
      case ts.SyntaxKind.EqualsEqualsToken:
      case ts.SyntaxKind.EqualsEqualsEqualsToken:
        return ts.isStringLiteralLike(node.right)
          ? [{ question: `${node.left.getText()}==`, answer: `"${node.right.text}"` }]
          : [];
      default:
        return [];
    }
  }
  if (!ts.isCallExpression(node)) return [];
  const callee = skipWrappers(node.expression);
  const [text] = node.arguments;
  if (text === undefined || !ts.isStringLiteralLike(text)) return [];
  const asksForText =
    ts.isPropertyAccessExpression(callee) &&
    /^(?:includes|startsWith|endsWith)$/.test(callee.name.text);
  return asksForText ? [{ question: callee.getText(), answer: text.text }] : [];
}
