/**
 * The kind model: what the plugin knows of one sort of resource, as plain data.
 *
 * The catalog is written in these very shapes. Nothing here asks the type checker;
 * `resources/recognise.ts` matches the patterns against resolved symbols.
 */

import type { CacheKind } from "./cache-kind.ts";

/**
 * How bad forgetting the resource is.
 *
 * - `must`: a descriptor, connection, process, lock, lease or native memory is lost.
 * - `should`: garbage collection may clean up late, or the cost is bounded.
 * - `idle`: normally lives as long as the process or the page.
 * - `memory`: nothing but memory, which the garbage collector gives back as well.
 */
export type Grade = "must" | "should" | "idle" | "memory";

/** What the owner owes: it decides which rule reports the resource. */
export type Duty = "close" | "stop" | "remove" | "free";

/**
 * Names a declaration wherever it is imported from, re-exported or renamed.
 *
 * `name` is the declared name inside the module: `openSync`, `Pool` or, for a member of a class,
 * interface or namespace object, `Pool.connect`. Several names mean "any of these" (a class can be
 * declared as `default` or `Map$1`).
 */
export interface DeclarationPattern {
  /**
   * The declaring module, without `node:`, and for packages the package name without subpath
   * (`@types/pg` counts as `pg`). Absent for a global of the standard library, the DOM or Node.
   */
  readonly module?: string | readonly string[];
  readonly name: string | readonly string[];
}

/** A condition on a literal the call site passes. `argument` is 0-based. */
export interface OptionCondition {
  readonly argument: number;
  /** The property of an options object; absent when the argument itself is meant. */
  readonly property?: string;
  /** The literal that makes the condition true, whether it is there at all, or whether it is a function. */
  readonly is:
    | boolean
    | string
    | number
    | null
    | { readonly present: boolean }
    | { readonly callback: boolean };
}

/** Where a call puts the fresh resource. */
export type ResourcePlace =
  /** A property of the (awaited) result: `port1`, `body`, `0` for a tuple element. */
  | { readonly result: string }
  /**
   * Parameter `parameter` of the callback passed as argument `callback`; -1 is the last argument.
   * With `property` the argument is an object and the callback a member of it.
   */
  | { readonly callback: number; readonly property?: string; readonly parameter: number }
  /** The receiver of the call: `await buffer.mapAsync(mode)` maps `buffer`. */
  | { readonly receiver: true };

/** A way to come by a fresh resource. */
export interface Acquisition extends DeclarationPattern {
  /**
   * `call`: a function or method whose (awaited) result is fresh. `construct`: `new` of the class or
   * of a subclass. `result`: the pattern names a class or interface, and every function without a
   * body that returns one makes a new one, as `tf.add` and `vscode.window.onDid…` do; only lookups
   * (`getModel`), functions with a fact that says what they return, and functions of other modules
   * that pass their argument through do not.
   */
  readonly by: "call" | "construct" | "result";
  /** Absent: the (awaited) result itself. */
  readonly at?: ResourcePlace | readonly ResourcePlace[];
  /** It owes at once, although its kind starts to owe only when armed. */
  readonly armed?: true;
  /** Only where the (awaited) result has one of the kind's types: the function returns whatever its callback does. */
  readonly typed?: true;
  /**
   * Only where the receiver comes out of one of these functions, or is of one of these classes:
   * `fromEvent(…).pipe(…).subscribe()`.
   */
  readonly through?: readonly DeclarationPattern[];
  /** The acquisition counts only when every one of these holds at the call site. */
  readonly when?: readonly OptionCondition[];
  /** The acquisition does not count when one of these holds at the call site. */
  readonly unless?: readonly OptionCondition[];
}

/** A way to give the resource back. */
export type Release =
  /** `r.close()` */
  | { readonly method: string }
  /**
   * `clearInterval(r)`, `fs.closeSync(r)`, `pool.release(r)` (`Pool.release`); `none`: it is not told which.
   * `deep`: an array or a record that holds it will do, as for `tf.dispose([a, b])`.
   */
  | (DeclarationPattern & { readonly argument: number | "none"; readonly deep?: true })
  /**
   * The two calls name the same thing: `semaphore.acquire()` and `semaphore.release()` their receiver,
   * `lock(path)` and `unlock(path)` the argument at this position. When the result of acquiring is
   * dropped, only this can release it, and then nothing is said of a function that never does: another
   * one may.
   */
  | (DeclarationPattern & { readonly pairedBy: "receiver" | number })
  /** The resource is itself a function: `r()` */
  | { readonly invoke: true }
  /** `each track.stop()` of `r.getTracks()`: a method of every element that the named method returns. */
  | { readonly method: string; readonly ofEach: string };

/** How a resource ends without an explicit release. */
export interface AutomaticRelease {
  /** Observing one of these events counts: `r.once("exit", …)`, `once(r, "close")`. */
  readonly events?: readonly string[];
  /** Driving it with `for await` / `for of` to the end or out of it releases it. */
  readonly iteration?: true;
  /** These members hand the resource to their result, or consume it. */
  readonly members?: readonly string[];
  /** Owned and released by its parent (the receiver or an argument of the acquiring call). */
  readonly parent?: true;
  /** Releasing what the acquiring call was called on releases it too: a page ends with its browser. */
  readonly receiver?: true;
  /** An abort signal in the options at this position releases it. */
  readonly signal?: { readonly argument: number };
  /**
   * It ends when the callback at this position of the acquiring call has run. Only a callback that
   * makes the call again, with itself, goes on for ever; then the call inside it owes.
   */
  readonly once?: { readonly callback: number };
  /**
   * What is acquired in a function that is given to one of these, or in a method of a subclass of
   * one of these, is released by them: `tf.tidy(() => …)`.
   */
  readonly within?: readonly DeclarationPattern[];
  /** The receiver of the acquiring call comes out of one of these, so that it ends: `source.pipe(take(1)).subscribe()`. */
  readonly through?: readonly DeclarationPattern[];
}

export interface ResourceKind {
  /** Unique, stable: `<package or platform>.<type>`, for example `node.fs.FileHandle`. */
  readonly id: string;
  /** How messages call it: `FileHandle`, `pg PoolClient`. */
  readonly label: string;
  readonly grade: Grade;
  readonly duty: Duty;
  readonly acquire: readonly Acquisition[];
  /** The best way first: messages recommend it. */
  readonly release: readonly Release[];
  /** The release returns a promise that should be awaited. */
  readonly asyncRelease?: true;
  /**
   * The object owes nothing until one of these members is called on it (`listen`, `connect`,
   * `observe`) or assigned (`onmessage`). A failing arming call owes already.
   */
  readonly armedBy?: readonly string[];
  /** Of the arming members, those that leave nothing behind when they fail. */
  readonly failsClean?: readonly string[];
  readonly automatic?: AutomaticRelease;
  /** Members that bring what stands for the resource: releasing it releases both (`getDocument(url).promise`). */
  readonly standIns?: readonly string[];
  /** Members that look like a release and are none: messages name them (`unref`, `disconnect`). */
  readonly notReleasedBy?: readonly string[];
  /** Members that release the wrong way: the name, and what to call instead is `release[0]`. */
  readonly wrongRelease?: readonly string[];
  /** Boolean members that tell it is already released: `closed`, `destroyed`. */
  readonly releasedWhen?: readonly string[];
  /** Releasing twice throws or double-frees. */
  readonly releaseTwice?: "throws" | "harmless";
  /** The types whose values are this resource, where a type rather than a call identifies it (fields, elements, late results). */
  readonly types?: readonly DeclarationPattern[];
  /** Every reference that is taken must be given back: a new object has none unless its class says so. */
  readonly counted?: true;
  /** A number that stands for memory of compiled code: the functions of that module only look at it. */
  readonly foreign?: true;
  /** Its values only wrap what their constructor is given: who lent that owes it, not the wrapper. */
  readonly wraps?: true;
  /**
   * Nothing but a release of another value in the same file says that its values must be released.
   * Never releasing one is then no news; releasing it on one path and not on another is.
   */
  readonly weak?: true;
  /** The documentation the entry rests on. */
  readonly source: string;
}

/** What a closed-world function does with its arguments beyond borrowing them, which is the default. */
export interface FunctionFact extends DeclarationPattern {
  /** 0-based arguments it takes over; `this` for the receiver; `all` for every argument. `options.input` names a property of argument 0. */
  readonly takes?: readonly (
    number | "this" | "all" | { readonly argument: number; readonly property: string }
  )[];
  /** Iterating the result to its end, or listening to it, reads this argument to its end. */
  readonly reads?: { readonly argument: number; readonly property: string };
  /** The result is this argument (pass-through), so it is an alias and no new obligation. */
  readonly returns?: number | "this";
  /** Throws on bad data, so the throw is expected (`JSON.parse`). */
  readonly throws?: "on-bad-data";
  /** Never throws in practice (`console.log`, `clearTimeout`). */
  readonly never?: "throws" | "returns";
  /** The callback argument runs during the call, before it returns (`forEach`). */
  readonly runsCallback?: "now";
  readonly unless?: readonly OptionCondition[];
  readonly source: string;
}

/** A type or function whose values carry `Symbol.dispose` or a `close`, and owe nothing. */
export interface NoDuty extends DeclarationPattern {
  readonly by: "call" | "construct" | "type";
  readonly reason: string;
  readonly source: string;
}

/** What one data file under `catalog/` holds. */
export interface CatalogFamily {
  readonly family: string;
  readonly kinds: readonly ResourceKind[];
  readonly functions: readonly FunctionFact[];
  readonly noDuty: readonly NoDuty[];
  /** Modules whose functions all behave as `functions` says, and otherwise only borrow their arguments. */
  readonly closedWorlds: readonly string[];
  readonly caches?: readonly CacheKind[];
}

/**
 * What tells kinds apart that are remembered by a text: inferred ones may share their id, not their
 * source. With other type arguments a class is the same kind: its code does the same.
 */
export function keyOfKind({ id, source }: ResourceKind): string {
  return source === "" ? id : `${id.replace(/<.*>/s, "")} ${source}`;
}
