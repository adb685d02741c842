/** Every rule of the plugin, in the order of the documentation. */
export type RuleName =
  | "no-unclosed-disposable"
  | "no-undisposed-field"
  | "require-cache-removal-listener"
  | "require-cancel-on-timeout"
  | "no-dangling-timeout"
  | "no-unreleased-buffer"
  | "no-retained-payload"
  | "no-leaked-listener"
  | "require-disconnect-cleanup"
  | "no-unstoppable-task"
  | "no-unbounded-collection"
  | "no-use-after-release"
  | "no-borrowed-release"
  | "prefer-using"
  | "valid-tags";
