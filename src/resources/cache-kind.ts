/**
 * The cache model: what the plugin knows of one sort of cache, as plain data.
 *
 * A cache drops values by a policy of its own. What a value owes is said by its kind (see `kind.ts`);
 * this says when the cache lets go of it, and who hears of that.
 */
import type { DeclarationPattern } from "./kind.ts";

/** Why a value leaves a cache. */
export type RemovalReason =
  /** To make room. */
  | "evicted"
  /** Its time is over. */
  | "expired"
  /** Another value is set under its key. */
  | "overwritten"
  /** Its key is deleted. */
  | "deleted"
  /** All keys are deleted. */
  | "cleared"
  /** The garbage collector took its key. */
  | "collected";

/** A way to make a cache. */
export interface CacheMaker extends DeclarationPattern {
  /** `construct`: `new` of the class or of a subclass. `call`: a factory, or a function that memoises another. */
  readonly by: "call" | "construct";
  /** Where its options may stand; the first object there counts. */
  readonly options?: readonly number[];
  /** The argument whose results it keeps. */
  readonly memoises?: number;
}

/** Where the type of the cached values is found. What is not found there is taken from what is stored. */
export type CacheValues =
  /** The result of a method of the cache. */
  | { readonly member: string }
  /** A type argument of the cache, where its methods have type parameters of their own. */
  | { readonly typeArgument: number }
  /** The cache is a memoised function: its result. */
  | { readonly result: true }
  /** No type tells. */
  | { readonly stored: true };

/** A setting by which the cache drops values of its own accord. */
export interface CachePolicy {
  readonly drops: RemovalReason;
  /** The option that asks for it, by any of these names. */
  readonly option?: string | readonly string[];
  /** The positional argument that asks for it. Without option and argument the cache always does it. */
  readonly argument?: number;
}

/** Where a hook finds the removed value or its key: a parameter, or a property of one. */
export interface HookPlace {
  readonly parameter: number;
  readonly property?: string;
}

/** How a cache tells of a removal. */
export interface RemovalHook {
  /**
   * `option`: a function in the options. `event`: a listener for the event `name`. `method`: the
   * method `name` of the cache takes the function. `override`: a subclass overrides the method `name`.
   */
  readonly form: "option" | "event" | "method" | "override";
  readonly name: string;
  readonly covers: readonly RemovalReason[];
  /** Absent where the removed value never reaches the hook, which has to look it up by its key. */
  readonly value?: HookPlace;
  readonly key?: HookPlace;
  /** The members that register a listener, where they are not those of an emitter: `hooks.addHandler`. */
  readonly registeredBy?: readonly string[];
  /** The parameter that says why, and the words it uses. */
  readonly reason?: {
    readonly parameter: number;
    readonly words: Readonly<Partial<Record<RemovalReason, string>>>;
  };
  /** Boolean options that switch the hook off for a reason. */
  readonly unless?: readonly { readonly option: string; readonly loses: RemovalReason }[];
}

/** A method by which code removes values, or stores them. */
export interface CacheMethods {
  /**
   * Methods that store: the argument that is the value, and the one that limits its life, if any.
   * `gives`: the result has what was removed to make room.
   */
  readonly store: readonly {
    readonly method: string;
    readonly value: number;
    readonly gives?: true;
    readonly expires?: { readonly argument: number; readonly property?: string };
  }[];
  readonly look: readonly string[];
  readonly delete: readonly string[];
  readonly clear: readonly string[];
}

/** The methods of a `Map`, which most caches take over. */
export const mapMethods: CacheMethods = {
  store: [{ method: "set", value: 1 }],
  look: ["get", "has", "peek"],
  delete: ["delete"],
  clear: ["clear"],
};

export interface CacheKind {
  /** Unique, stable: `<package>.<type>`. */
  readonly id: string;
  /** How messages call it. */
  readonly label: string;
  readonly make: readonly CacheMaker[];
  /** The entry is about versions, or classes of one name, whose objects have this member. */
  readonly withMember?: string;
  readonly values: CacheValues;
  readonly policies: readonly CachePolicy[];
  /** The best first: messages recommend it. */
  readonly hooks: readonly RemovalHook[];
  readonly methods: CacheMethods;
  /** Options whose functions make the values that the cache stores. */
  readonly loaders?: readonly string[];
  /** A function of the package that empties the cache it is given. */
  readonly clearedBy?: DeclarationPattern;
  /** The option that takes another cache as the store. Then that one decides. */
  readonly storeOption?: string;
  /** What to use where no hook gets the removed value; absent: a cache whose hook gets all of them. */
  readonly instead?: string;
  readonly source: string;
}
