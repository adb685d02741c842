import type { TSESLint } from "@typescript-eslint/utils";

/** An error for the user: one sentence, and no stack, because ESLint prints the stack. */
export class SentenceError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.stack = sentence;
  }
}

const issues = "https://github.com/resource-hygiene/eslint-plugin-resource-hygiene/issues";

type Context = Pick<TSESLint.RuleContext<string, readonly unknown[]>, "id" | "filename">;

/**
 * Runs a piece of a rule, so that an error inside says which rule failed on which line of which
 * file, and where to report it. The original error is the `cause`.
 *
 * @param line 1-based, where the rule is at
 * @example reportingCrash(context, node.loc.start.line, () => analyse(node))
 */
export function reportingCrash<T>(context: Context, line: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isSentence(error) ? error : crashOf(context, line, error);
  }
}

/**
 * Errors that were put into words already: those of the user's set-up, and crashes that were
 * placed closer to their cause. Lower rooms have error classes of their own, hence no `instanceof`.
 */
function isSentence(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === crashName || error.stack === undefined || error.stack === error.message)
  );
}

const crashName = "ResourceHygieneCrash";

function crashOf({ id, filename }: Context, line: number, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const crash = new Error(
    `${id} crashed at ${filename}:${String(line)} (${reason}): please report this, with the code of that line, at ${issues}.`,
    { cause },
  );
  crash.name = crashName;
  crash.stack = `${crash.message}\n${(cause instanceof Error ? cause.stack : undefined) ?? reason}`;
  return crash;
}
