/**
 * Which one rule reports an obligation. Everybody who finds something wrong with an obligation asks
 * here, so that no two rules speak of the same one.
 */
import type { ResourceKind } from "./kind.ts";

/** What is wrong, as far as it decides who says so. In the order in which the first match counts. */
export type Charge =
  /** A resource is used after its release, or somebody releases what is only lent to him. */
  | { readonly wrong: "use-after-release" | "borrowed-release" }
  /** A race against time: its timer is left running, or its operation is not cancelled. */
  | { readonly wrong: "racing-timer" | "racing-operation" }
  /** The duty of the kind is not done; `keptIn` is the holder whose business the release is. */
  | {
      readonly wrong: "duty";
      readonly kind: Pick<ResourceKind, "duty">;
      readonly keptIn: "cache" | "field" | "function";
    }
  /** No duty at all, only memory that stays reachable. */
  | { readonly wrong: "retained-memory"; readonly keptIn: "slot" | "connection" | "collection" };

/**
 * Every rule that reports, in the order of precedence: of two rules that find fault with one
 * obligation and are equally sure, the one that stands first reports it.
 */
export const reportingRules = [
  "no-use-after-release",
  "no-borrowed-release",
  "no-dangling-timeout",
  "require-cancel-on-timeout",
  "no-leaked-listener",
  "no-unstoppable-task",
  "no-unreleased-buffer",
  "require-cache-removal-listener",
  "no-undisposed-field",
  "no-unclosed-disposable",
  "no-retained-payload",
  "require-disconnect-cleanup",
  "no-unbounded-collection",
] as const;

export type ReportingRule = (typeof reportingRules)[number];

/** The rule that reports a charge, whether or not it is switched on. */
export function reportingRule(charge: Charge): ReportingRule {
  switch (charge.wrong) {
    case "use-after-release":
      return "no-use-after-release";
    case "borrowed-release":
      return "no-borrowed-release";
    case "racing-timer":
      return "no-dangling-timeout";
    case "racing-operation":
      return "require-cancel-on-timeout";
    case "duty":
      return ruleOfDuty(charge.kind, charge.keptIn);
    case "retained-memory":
      return ruleOfMemory(charge.keptIn);
  }
}

function ruleOfDuty(
  { duty }: Pick<ResourceKind, "duty">,
  keptIn: "cache" | "field" | "function",
): ReportingRule {
  // A cache drops whatever it holds in one way, and one hook is the cure.
  if (keptIn === "cache") return "require-cache-removal-listener";
  switch (duty) {
    case "remove":
      return "no-leaked-listener";
    case "stop":
      return "no-unstoppable-task";
    case "free":
      return "no-unreleased-buffer";
    case "close":
      return keptIn === "field" ? "no-undisposed-field" : "no-unclosed-disposable";
  }
}

function ruleOfMemory(keptIn: "slot" | "connection" | "collection"): ReportingRule {
  switch (keptIn) {
    case "slot":
      return "no-retained-payload";
    case "connection":
      return "require-disconnect-cleanup";
    case "collection":
      return "no-unbounded-collection";
  }
}
