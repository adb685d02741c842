import type { TSESTree } from "@typescript-eslint/utils";

/** The squiggle is one line long, on the line where the duty starts. */
export function firstLine(node: TSESTree.Node, lines: readonly string[]): TSESTree.SourceLocation {
  const { start, end } = node.loc;
  if (start.line === end.line) return node.loc;
  return {
    start,
    end: { line: start.line, column: lines[start.line - 1]?.length ?? start.column },
  };
}
