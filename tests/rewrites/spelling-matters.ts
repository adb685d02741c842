/** Rewritten programs of the sample whose verdict changes, each with the reason. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  "the parts of a race against time are looked for in one function": [
    "extract helper: no-dangling-timeout: G59 guard timers: a timer that gives up on an event [never cleared]",
    "extract helper: no-dangling-timeout: G59 the losing timer of a race: is never cleared [as a list]",
    "extract helper: require-cancel-on-timeout: G57 the operation is not aborted: its signal is never aborted [no abort]",
    "alias locals: require-cancel-on-timeout: G57 the operation is not aborted: its signal is never aborted [no abort]",
  ],
  "what a decoder is fed with is looked for among the parameters, in the method that feeds it": [
    "extract helper: no-retained-payload: H67 what is fed with a message: a decoder that lets go when it is told to [a field]",
    "alias parameters: no-retained-payload: H67 what is fed with a message: a decoder that lets go when it is told to [a field]",
  ],
  "the value of a field may be replaced, so a call of it is not followed into the constructor": [
    "method as arrow: no-undisposed-field: D. fields, 36-38: D36 a live field is overwritten [private opener that only the constructor calls]",
  ],
  "which of two rules reports it depends on the function that empties the collection": [
    "extract helper: no-undisposed-field: F. collections in fields: F48 every element is released [a map, clear]",
  ],
};

export const spellingMatters: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, names]) => names.map((name) => [name, reason])),
);
