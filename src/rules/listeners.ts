import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

/** One listener that asks several, one behind the other, when a file begins. */
export function inTurn(...listeners: readonly TSESLint.RuleListener[]): TSESLint.RuleListener {
  return {
    Program(program: TSESTree.Program) {
      for (const listener of listeners) listener.Program?.(program);
    },
  };
}
