import type { TSESLint } from "@typescript-eslint/utils";
import type { TextEdit } from "../suggestions/edits.ts";

/**
 * A suggestion in the words of ESLint, or none where its edits cannot be made.
 *
 * @param data what the message of the suggestion needs
 */
export function offer<MessageIds extends string>(
  messageId: MessageIds,
  edits: readonly TextEdit[] | undefined,
  data: Readonly<Record<string, string>> = {},
): TSESLint.SuggestionReportDescriptor<MessageIds>[] {
  if (edits === undefined || edits.length === 0) return [];
  return [
    {
      messageId,
      data,
      fix: (fixer) =>
        edits.map(({ start, end, text }) => fixer.replaceTextRange([start, end], text)),
    },
  ];
}
