import type {
  ParserServicesWithTypeInformation,
  TSESLint,
  TSESTree,
} from "@typescript-eslint/utils";
import type ts from "typescript";

/**
 * Where the squiggle goes: one line long, on the line where the duty starts.
 *
 * @returns undefined for a node that no line of the file stands for, as virtual code of a processor has
 */
export function squiggleAt(
  node: ts.Node,
  services: ParserServicesWithTypeInformation,
  { lines }: Pick<TSESLint.SourceCode, "lines">,
): TSESTree.SourceLocation | undefined {
  const mapped = services.tsNodeToESTreeNodeMap.get(node) as TSESTree.Node | undefined;
  if (mapped === undefined) return undefined;
  const { start, end } = mapped.loc;
  if (start.line === end.line) return mapped.loc;
  return {
    start,
    end: { line: start.line, column: lines[start.line - 1]?.length ?? start.column },
  };
}
