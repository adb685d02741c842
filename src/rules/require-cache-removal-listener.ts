import { ofCache } from "../lifetimes/assignment.ts";
import { analyseCaches } from "../lifetimes/caches/analyse-caches.ts";
import type { CacheFault } from "../lifetimes/caches/cache-finding.ts";
import { releaseBeforeDrop } from "../suggestions/release-before-drop.ts";
import { hookSuggestion } from "../suggestions/removal-hook.ts";
import {
  describeCache,
  describeHook,
  describeHookName,
  describeRemoval,
  describeWhen,
} from "./cache-words.ts";
import { createRule } from "./create-rule.ts";
import { reportFindings } from "./report-findings.ts";
import { offer } from "./suggest.ts";
import { describeReleaseOf } from "./words.ts";

export type MessageIds =
  | "noListener"
  | "noListenerOffered"
  | "listenerMissesRemoval"
  | "listenerForgetsValue"
  | "listenerReleasesKey"
  | "droppedUnreleased"
  | "addListener"
  | "releaseInListener"
  | "releaseFirst";

export interface Options {
  readonly removals?: "some" | "every";
}

const messageOf = {
  "no-hook": "noListener",
  "no-hook-offered": "noListenerOffered",
  "hook-misses": "listenerMissesRemoval",
  "hook-forgets": "listenerForgetsValue",
  "hook-releases-key": "listenerReleasesKey",
  dropped: "droppedUnreleased",
} as const satisfies Record<CacheFault, MessageIds>;

export const requireCacheRemovalListener = createRule<[Options], MessageIds>({
  name: "require-cache-removal-listener",
  meta: {
    type: "problem",
    hasSuggestions: true,
    docs: {
      description: "Require that a cache releases the resources it drops",
      recommended: "recommended",
      strictOptions: [{ removals: "every" }],
      requiresTypeChecking: true,
    },
    messages: {
      noListener:
        "{{cache}} drops {{kind}} values {{when}}, and nobody releases them. Give it {{hook}} that calls {{release}}.",
      noListenerOffered:
        "{{cache}} drops {{kind}} values {{when}}, and no hook of it gets them. Use {{instead}}, and call {{release}} there.",
      listenerMissesRemoval:
        "{{cache}} does not release its {{kind}} values {{when}}: {{hookName}} leaves that out. Call {{release}} there too.",
      listenerForgetsValue:
        "{{hookName}} of {{cache}} gets {{kind}} values that were removed and does not release them. Call {{release}} in it.",
      listenerReleasesKey:
        "{{hookName}} of {{cache}} releases the key and not the {{kind}} value. Call {{release}} on the value.",
      droppedUnreleased:
        "{{cache}} holds {{kind}} values, and {{removal}} drops one that nobody releases. Call {{release}} on it first.",
      addListener:
        "Add {{hook}} that calls {{release}}. It closes values that somebody may still be using: lend them with a count, or a delay, where that can be.",
      releaseFirst:
        "Call {{release}} on it before {{removal}} drops it. It closes what somebody may still be using: lend it with a count, or a delay, where that can be.",
      releaseInListener:
        "Call {{release}} in {{hookName}}. It closes values that somebody may still be using: lend them with a count, or a delay, where that can be.",
    },
    defaultOptions: [{ removals: "some" }],
    schema: [
      {
        type: "object",
        description: "How much a hook has to cover.",
        additionalProperties: false,
        properties: {
          removals: {
            type: "string",
            enum: ["some", "every"],
            description:
              "Whether a hook is enough that releases what is removed for some reason, or whether it must be every reason that occurs.",
          },
        },
      },
    ],
  },
  create: (context, [{ removals = "some" }]) =>
    reportFindings(context, {
      analysis: analyseCaches,
      reports(finding, isOurs) {
        const [first] = ofCache(finding);
        const isWanted = !finding.isPartial || removals === "every";
        return isWanted && (first === undefined || isOurs(first));
      },
      at: ({ node }) => node,
      say(finding, { program, environment }) {
        const { fault, held, hook, instead } = finding;
        const data = {
          cache: describeCache(finding),
          kind: held.kind.label,
          when: describeWhen(finding),
          hook: describeHook(hook),
          hookName: describeHookName(hook),
          release: describeReleaseOf(held.kind),
          removal: describeRemoval(finding),
          instead: instead ?? "lru-cache, whose 'dispose' option gets every removed value",
        };
        const suggested = fault === "hook-forgets" ? "releaseInListener" : "addListener";
        return {
          messageId: messageOf[fault],
          data,
          suggest: [
            ...offer(suggested, hookSuggestion(finding, program), data),
            ...offer("releaseFirst", releaseBeforeDrop(finding, environment), data),
          ],
        };
      },
    }),
});
