/**
 * The words of errors about settings.
 */
import { settingsKey } from "./settings.ts";

/** An error for whoever wrote the settings: one sentence and no stack, because ESLint prints the stack. */
export class SettingsError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.stack = sentence;
  }
}

/** A key or the position in a list. */
export type PathPart = string | number;

/**
 * @param at the keys below `settings['resource-hygiene']`
 * @param found what is there, as a predicate
 * @param allowed what may be there
 */
export function settingSentence(at: readonly PathPart[], found: string, allowed: string): string {
  const keys = at.map((part) =>
    typeof part === "number"
      ? `[${String(part)}]`
      : /^[a-z_$][\w$]*$/i.test(part)
        ? `.${shortened(part)}`
        : `[${quoted(part)}]`,
  );
  return `settings["${settingsKey}"]${keys.join("")} ${found}; allowed: ${allowed}.`;
}

export function quoted(value: string): string {
  return JSON.stringify(shortened(value));
}

/** Keys and values can be of any length; a sentence cannot. */
const longestShown = 60;

function shortened(value: string): string {
  return value.length <= longestShown ? value : `${value.slice(0, longestShown)}…`;
}

/** `a, b and c` */
export function listed(words: readonly string[], last = "and"): string {
  const final = words.at(-1) ?? "";
  return words.length < 2 ? final : `${words.slice(0, -1).join(", ")} ${last} ${final}`;
}
