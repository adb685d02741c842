/**
 * What is found wrong with a cache, of the catalog or made by hand.
 */
import type ts from "typescript";
import type { RemovalHook, RemovalReason } from "../../resources/cache-kind.ts";
import type { RecognisedCache } from "../../resources/recognise-cache.ts";
import type { CallLike } from "../../resources/recognise.ts";
import type { HeldResource } from "./held-resources.ts";

export type CacheFault =
  /** It drops values and has no hook, although it offers one. */
  | "no-hook"
  /** It drops values and offers no hook that gets them. */
  | "no-hook-offered"
  /** The hook is not called, or does nothing, for some reason that this cache can cause. */
  | "hook-misses"
  | "hook-forgets"
  | "hook-releases-key"
  /** Code of the file removes values and does not release them. */
  | "dropped";

export interface CacheFinding {
  readonly fault: CacheFault;
  /** Where the cache is made, or where what it drops is acquired. */
  readonly node: ts.Node;
  readonly name: string | undefined;
  /** How messages call the cache. */
  readonly label: string;
  readonly held: HeldResource;
  /** The acquisitions that the finding is about, as far as the file shows them. */
  readonly sites: readonly CallLike[];
  /** The hook that is missing or wrong. */
  readonly hook: RemovalHook | undefined;
  readonly reasons: readonly RemovalReason[];
  /** The code that removes, where no policy does. */
  readonly removals: readonly ts.Node[];
  readonly instead: string | undefined;
  /** Some removals are covered: only the strict want to hear of the rest. */
  readonly isPartial: boolean;
  /** Of the catalog: what suggestions need. */
  readonly cache: RecognisedCache | undefined;
}

/** The parts of a finding that most have in common. */
export const plainFinding = {
  sites: [],
  hook: undefined,
  reasons: [],
  removals: [],
  instead: undefined,
  isPartial: false,
  cache: undefined,
} as const satisfies Partial<CacheFinding>;
