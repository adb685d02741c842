import type { TSESLint } from "@typescript-eslint/utils";
import type { RuleDocs } from "./create-rule.ts";
import type { RuleName } from "./names.ts";
import { noBorrowedRelease } from "./no-borrowed-release.ts";
import { noDanglingTimeout } from "./no-dangling-timeout.ts";
import { noUseAfterRelease } from "./no-use-after-release.ts";
import { noRetainedPayload } from "./no-retained-payload.ts";
import { noUnboundedCollection } from "./no-unbounded-collection.ts";
import { noUndisposedField } from "./no-undisposed-field.ts";
import { noLeakedListener } from "./no-leaked-listener.ts";
import { noUnclosedDisposable } from "./no-unclosed-disposable.ts";
import { noUnreleasedBuffer } from "./no-unreleased-buffer.ts";
import { noUnstoppableTask } from "./no-unstoppable-task.ts";
import { requireCacheRemovalListener } from "./require-cache-removal-listener.ts";
import { preferUsing } from "./prefer-using.ts";
import { validTags } from "./valid-tags.ts";
import { requireDisconnectCleanup } from "./require-disconnect-cleanup.ts";
import { requireCancelOnTimeout } from "./require-cancel-on-timeout.ts";

/** A rule whose message ids and options the caller need not know. */
export type AnyRule = TSESLint.RuleModule<string, readonly unknown[], RuleDocs>;

/** Every rule by its name without prefix. */
export const rules: Readonly<Record<RuleName, AnyRule>> = {
  "no-unclosed-disposable": noUnclosedDisposable,
  "no-undisposed-field": noUndisposedField,
  "require-cancel-on-timeout": requireCancelOnTimeout,
  "no-dangling-timeout": noDanglingTimeout,
  "no-use-after-release": noUseAfterRelease,
  "no-borrowed-release": noBorrowedRelease,
  "require-cache-removal-listener": requireCacheRemovalListener,
  "no-unreleased-buffer": noUnreleasedBuffer,
  "no-retained-payload": noRetainedPayload,
  "no-leaked-listener": noLeakedListener,
  "require-disconnect-cleanup": requireDisconnectCleanup,
  "no-unstoppable-task": noUnstoppableTask,
  "no-unbounded-collection": noUnboundedCollection,
  "prefer-using": preferUsing,
  "valid-tags": validTags,
};
